"""Clients: the search before, the details, the filters of the list."""

from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.enums import BirthPrecision
from counselling.forms.charges import counsellors_of
from counselling.forms.fields import (
    BirthField,
    Chip,
    DayField,
    language_chips,
    revision_field,
    submission_field,
    with_empty,
)
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import Section, SheetHelper, Together


def birth_text(client: Client) -> str:
    """Return the birth date as it would be typed, as exact as it is known."""
    if client.birth_date is None:
        return ""
    day = client.birth_date
    if client.birth_precision == BirthPrecision.YEAR:
        return str(day.year)
    if client.birth_precision == BirthPrecision.MONTH:
        return f"{day.month}/{day.year}"
    return f"{day.day}.{day.month}.{day.year}"


class DuplicateSearchForm(forms.Form):
    """Is the person here already?"""

    name = LineField(label=_("Name"), max_length=200, required=True)
    birth = BirthField(label=_("Born"), required=False)
    phone = LineField(label=_("Phone"), max_length=50, required=False)


ROWS = [
    Together(_("As written"), "given_name", "family_name"),
    Together(_("In Latin letters"), "latin_given_name", "latin_family_name"),
    Together(_("Called"), "form_of_address", "name_order", "aliases"),
    Together(_("Person"), "birth", "gender", "country_of_birth"),
    Field("spoken_languages", template="counselling/includes/language_row.html"),
    Together(_("Reading"), "reading_language"),
    Section(
        _("How to reach"),
        Together(_("Contact"), "phone", "email", "messenger"),
        Together(_("Lives at"), "street", "postal_code", "district"),
    ),
    Section(
        _("Residence and work"),
        Together(_("Residence"), "residence_status", "residence_until", "work_permission"),
        Together(_("Origin"), "nationalities", "arrived_year"),
        Together(_("Education"), "school_isced", "training"),
        Together(_("At entry"), "labour_market_status", "income_type"),
        Together(_("Organisation"), "availability", "heard_from"),
    ),
]


class ClientForm(forms.Form):
    """Everything about a client; nearly everything optional."""

    PLAIN = [
        "given_name", "family_name", "latin_given_name", "latin_family_name", "aliases", "name_order", "form_of_address",
        "gender", "country_of_birth", "arrived_year", "spoken_languages", "reading_language", "residence_status",
        "residence_until", "work_permission", "street", "postal_code", "district", "phone", "email", "messenger",
        "school_isced", "training", "labour_market_status", "income_type", "availability", "heard_from",
    ]  # fmt: skip

    submission = submission_field()
    given_name = LineField(
        label=_("Given name"),
        max_length=120,
        required=False,
        help_text=_("as the person writes it, in any script"),
    )
    family_name = LineField(label=_("Family name"), max_length=120, required=False)
    latin_given_name = LineField(label=_("Given name in Latin letters"), max_length=120, required=False)
    latin_family_name = LineField(label=_("Family name in Latin letters"), max_length=120, required=False)
    aliases = LineField(label=_("Other names"), max_length=200, required=False)
    name_order = forms.ChoiceField(
        label=_("Order of the name"),
        choices=enums.NameOrder.choices,
        initial=enums.NameOrder.GIVEN_FIRST,
        required=False,
    )
    form_of_address = forms.ChoiceField(
        label=_("Form of address"),
        choices=with_empty(enums.FormOfAddress.choices, _("full name")),
        required=False,
    )
    gender = forms.ChoiceField(label=_("Gender"), choices=with_empty(enums.Gender.choices), required=False)
    birth = BirthField(
        label=_("Born"), required=False, help_text=_("14.3.1991, or only 3/1991, or only 1991")
    )
    country_of_birth = LineField(label=_("Country of birth"), max_length=80, required=False)
    nationalities = LineField(
        label=_("Nationalities"), max_length=200, required=False, help_text=_("several with a comma")
    )
    arrived_year = WholeNumberField(
        label=_("In Germany since (year)"), min_value=1900, max_value=2199, required=False
    )
    spoken_languages = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple,
        label=_("Speaks"),
        choices=enums.SpokenLanguage.choices,
        required=False,
    )
    reading_language = forms.ChoiceField(
        label=_("Reads best"), choices=with_empty(enums.SpokenLanguage.choices), required=False
    )
    residence_status = forms.ChoiceField(
        label=_("Residence status"), choices=with_empty(enums.ResidenceStatus.choices), required=False
    )
    residence_until = DayField(label=_("Valid until"), required=False)
    work_permission = forms.ChoiceField(
        label=_("Work"), choices=with_empty(enums.WorkPermission.choices), required=False
    )
    street = LineField(label=_("Street and number"), max_length=200, required=False)
    postal_code = LineField(label=_("Postal code"), max_length=10, required=False)
    district = LineField(label=_("District"), max_length=100, required=False)
    phone = LineField(label=_("Phone"), max_length=50, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    messenger = LineField(label=_("Messenger"), max_length=100, required=False)
    school_isced = forms.ChoiceField(
        label=_("School"), choices=with_empty(enums.SchoolLevel.choices), required=False
    )
    training = LineField(label=_("Training and occupation"), max_length=200, required=False)
    labour_market_status = forms.ChoiceField(
        label=_("Work situation at entry"),
        choices=with_empty(enums.LabourMarketStatus.choices),
        required=False,
    )
    income_type = forms.ChoiceField(
        label=_("Lives on"), choices=with_empty(enums.IncomeType.choices), required=False
    )
    availability = LineField(
        label=_("Available"),
        max_length=200,
        required=False,
        help_text=_("for example Monday to Friday, 8 to 14"),
    )
    heard_from = forms.ChoiceField(
        label=_("Heard of the centre"), choices=with_empty(enums.HeardFrom.choices), required=False
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("Deputies"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, user: User, client: Client | None = None, **kwargs: Any) -> None:
        if client is not None:
            initial = {name: getattr(client, name) for name in self.PLAIN}
            initial |= {
                "birth": birth_text(client), "nationalities": ", ".join(client.nationalities),
                "revision": client.revision,
            }  # fmt: skip
            kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        team = []
        if client is not None:
            # Deputies have days of their own: they are kept on the client's page.
            del self.fields["submission"], self.fields["deputies"]
            self.fields["revision"] = revision_field()
        else:
            others = counsellors_of(user).exclude(pk=user.pk)
            self.fields["deputies"].queryset = others  # type: ignore[attr-defined]
            # Alone in a centre there is nobody to deputise.
            team = [Section(_("In the team"), "deputies")] if others else []
        self.helper = SheetHelper("submission" if client is None else "revision", *ROWS, *team)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            not self.errors.keys() & {"given_name", "family_name"}
            and not data.get("given_name")
            and not data.get("family_name")
        ):
            raise ValidationError({"given_name": _("Please enter at least one name.")}, code="required")
        if data.get("residence_until") and not data.get("residence_status"):
            raise ValidationError(
                {"residence_status": _("Please choose the status that is valid until then.")}, code="required"
            )
        return data

    def facts(self) -> dict[str, Any]:
        """Return the fields of ``Client`` as they are stored."""
        data = self.cleaned_data
        facts = {name: data[name] for name in self.PLAIN}
        facts["name_order"] = facts["name_order"] or enums.NameOrder.GIVEN_FIRST
        facts["nationalities"] = [
            part.strip()[:80] for part in data["nationalities"].split(",") if part.strip()
        ]
        facts["birth_date"], facts["birth_precision"] = data["birth"] or (None, "")
        return facts

    def _language_chips(self) -> tuple[list[Chip], list[Chip]]:
        return language_chips(list(self["spoken_languages"].value() or []))

    def shown_languages(self) -> list[Chip]:
        """The languages most spoken here, as chips."""
        return self._language_chips()[0]

    def more_languages(self) -> list[Chip]:
        """All others."""
        return self._language_chips()[1]


class ClientFilterForm(forms.Form):
    """The filters of the list; they live in the address. What cannot be read is as if it were not there."""

    # People whose name is written in Latin letters anyway have no second one: they are sorted among the others.
    NAME = Coalesce(NullIf("latin_family_name", Value("")), NullIf("family_name", Value("")), "given_name")
    SORTS = {
        "name": (NAME.asc(), "given_name", "pk"),
        "-name": (NAME.desc(), "-given_name", "-pk"),
        "number": ("number", "pk"),
        "-number": ("-number", "-pk"),
    }

    q = LineField(label=_("Name, number, phone"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=with_empty(enums.SpokenLanguage.choices, _("all")), required=False
    )
    charge = forms.ChoiceField(label=_("In charge"), required=False)
    district = forms.ChoiceField(label=_("District"), required=False)
    status = forms.ChoiceField(
        label=_("Work situation"),
        choices=with_empty(enums.LabourMarketStatus.choices, _("all")),
        required=False,
    )
    sort = forms.ChoiceField(widget=forms.HiddenInput, choices=[(key, key) for key in SORTS], required=False)

    def __init__(self, *args: Any, user: User, districts: list[str], full: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [
            (str(person.pk), person.get_full_name())
            for person in counsellors_of(user)
            if person.pk != user.pk
        ]
        mine = [("me", _("me"))] if full else []
        self.fields["charge"].choices = [("", _("everybody I may see")), *mine, *people]  # type: ignore[attr-defined]
        self.fields["district"].choices = [("", _("all")), *((name, name) for name in districts)]  # type: ignore[attr-defined]
        if not full:
            del self.fields["status"]
