"""Clients: the search before, the details, the filters of the list."""

from typing import Any, cast

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.birth_dates import typed_birth
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
from counselling.law import income_choices
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import Fold, SheetHelper, Together, choice_field, records_field
from iqquadrat.core.latin import propose_latin


def birth_text(client: Client) -> str:
    """Return the birth date as it would be typed, as exact as it is known."""
    return typed_birth(client.birth_date, client.birth_precision, client.birth_calendar)


class NameForm(forms.Form):
    """The name of somebody who was known without one. ``sure``: those found are not the same person."""

    given_name = LineField(label=_("Given name"), max_length=120, required=False)
    family_name = LineField(label=_("Family name"), max_length=120, required=False)
    latin_given_name = LineField(label=_("Given name in Latin letters"), max_length=120, required=False)
    latin_family_name = LineField(label=_("Family name in Latin letters"), max_length=120, required=False)
    name_order = forms.ChoiceField(
        label=_("Order of the name"), choices=enums.NameOrder.choices, initial=enums.NameOrder.GIVEN_FIRST
    )
    revision = revision_field()
    sure = forms.BooleanField(widget=forms.HiddenInput, required=False)

    helper = SheetHelper(
        "revision",
        Together(_("As written"), "given_name", "family_name"),
        Together(_("In Latin letters"), "latin_given_name", "latin_family_name"),
        "name_order",
    )

    def clean(self) -> dict[str, Any]:
        """One name at least."""
        data = super().clean() or {}
        if not self.errors and not (data.get("given_name") or data.get("family_name")):
            raise ValidationError({"given_name": _("Please enter at least one name.")}, code="required")
        return data

    def names(self) -> dict[str, Any]:
        """What the service takes beside the revision."""
        return {name: self.cleaned_data[name] for name in NAMES}


class DuplicateSearchForm(forms.Form):
    """Is the person here already?"""

    name = LineField(label=_("Name"), max_length=200, required=True)
    birth = BirthField(label=_("Born"), required=False)
    phone = LineField(label=_("Phone"), max_length=50, required=False)


class LatinNames(Together):
    """The Latin form, and a button that proposes one. Saving stays what the enter key does: it is the form's first button."""

    below = "counselling/includes/latin_names.html"


NAMES = ("given_name", "family_name", "latin_given_name", "latin_family_name", "name_order")
NAME_ROWS = [
    Together(_("As written"), "given_name", "family_name"),
    LatinNames(_("In Latin letters"), "latin_given_name", "latin_family_name"),
    Together(_("Called"), "form_of_address", "name_order", "aliases"),
]
ROWS = [
    Together(_("Person"), "birth", "age_band", "gender", "country_of_birth"),
    Field("spoken_languages", template="counselling/includes/language_row.html"),
    Together(_("Reading"), "reading_language"),
    Fold(
        _("How to reach"),
        Together(_("Contact"), "phone", "email", "messenger"),
        Together(_("Lives at"), "street", "postal_code", "district"),
    ),
    Fold(
        _("Origin and residence"),
        Together(_("Origin"), "nationalities", "arrived_year"),
        Together(_("Residence"), "residence_status", "residence_until", "work_permission"),
    ),
    Fold(
        _("School and training"),
        Together(_("Education"), "school_isced", "training", "recognition"),
        "driving_licences",
    ),
    Fold(
        _("Work and income"),
        Together(_("At entry"), "labour_market_status", "income_type"),
        "availability",
    ),
    Fold(_("How the person came to us"), "heard_from"),
]


class ClientForm(forms.Form):
    """Everything about a client; nearly everything optional."""

    PLAIN = [
        "given_name", "family_name", "latin_given_name", "latin_family_name", "aliases", "name_order", "form_of_address",
        "pseudonym", "gender", "country_of_birth", "arrived_year", "spoken_languages", "reading_language", "residence_status",
        "residence_until", "work_permission", "street", "postal_code", "district", "phone", "email", "messenger",
        "school_isced", "training", "recognition", "driving_licences", "labour_market_status", "income_type",
        "availability", "heard_from", "age_band",
    ]  # fmt: skip

    submission = submission_field()
    kind = forms.ChoiceField(choices=enums.ClientKind.choices, widget=forms.HiddenInput, required=False)
    pseudonym = LineField(
        label=_("Chosen name"), max_length=80, help_text=_("any word by which the person can ask for the file again")
    )  # fmt: skip
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
        label=_("Born"), required=False,
        help_text=_("14.3.1991, or only 3/1991, or only 1991; also in the Persian calendar: 1370/5/2"),
    )  # fmt: skip
    age_band = forms.ChoiceField(
        label=_("Age group"), choices=with_empty(enums.AgeBand.choices), required=False,
        help_text=_("only where no date is known"),
    )  # fmt: skip
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
    recognition = forms.ChoiceField(
        label=_("Recognition"), choices=with_empty(enums.Recognition.choices), required=False
    )
    driving_licences = forms.MultipleChoiceField(
        label=_("Driving licence"), choices=enums.DrivingLicence.choices, required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    labour_market_status = forms.ChoiceField(
        label=_("Work situation at entry"),
        choices=with_empty(enums.LabourMarketStatus.choices),
        required=False,
    )
    income_type = forms.ChoiceField(label=_("Lives on"), required=False)
    availability = LineField(
        label=_("Available"),
        max_length=200,
        required=False,
        help_text=_("for example Monday to Friday, 8 to 14, while the child is in day care"),
    )
    heard_from = forms.ChoiceField(
        label=_("Heard of the centre"), choices=with_empty(enums.HeardFrom.choices), required=False
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("Deputies"), queryset=User.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, *args: Any, user: User, client: Client | None = None, kind: str = "", **kwargs: Any
    ) -> None:
        self.client = client
        if client is not None:
            initial = {name: getattr(client, name) for name in self.PLAIN}
            initial |= {
                "birth": birth_text(client), "nationalities": ", ".join(client.nationalities),
                "revision": client.revision,
            }  # fmt: skip
            kwargs["initial"] = initial | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        asked = client.kind if client else self.data.get("kind") or kind
        self.known_as = asked if asked in enums.ClientKind.values else enums.ClientKind.NAMED.value
        self.fields["kind"].initial = self.known_as
        day = client.in_charge_since if client else timezone.localdate()
        choice_field(self, "income_type").choices = with_empty(income_choices(day))
        head = self._head()
        team: list[Any] = []
        if client is not None:
            # Deputies have days of their own: they are kept on the client's page. So is the giving of a name.
            del self.fields["submission"], self.fields["deputies"], self.fields["kind"]
            self.fields["revision"] = revision_field()
        else:
            others = counsellors_of(user).exclude(pk=user.pk)
            records_field(self, "deputies").queryset = others
            # Alone in a centre there is nobody to deputise.
            team = ["kind", *([Fold(_("In the team"), "deputies")] if others else [])]
        self.helper = SheetHelper("submission" if client is None else "revision", *head, *ROWS, *team)

    def _head(self) -> list[Any]:
        """The rows of the name; fields that this kind of record does not have are taken out."""
        if self.known_as == enums.ClientKind.NAMED:
            del self.fields["pseudonym"]
            return NAME_ROWS
        for name in (*NAMES, "aliases"):
            del self.fields[name]
        if self.known_as == enums.ClientKind.PSEUDONYMOUS:
            return [Together(_("Chosen name"), "pseudonym", "form_of_address")]
        del self.fields["pseudonym"]
        return [Together(_("Called"), "form_of_address")]

    def clean_driving_licences(self) -> list[str]:
        """Whoever has a licence does not have none."""
        chosen: list[str] = self.cleaned_data["driving_licences"]
        if enums.DrivingLicence.NONE in chosen and len(chosen) > 1:
            raise ValidationError(_("Please choose either “none” or the licences there are."), code="none")
        return chosen

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (
            self.known_as == enums.ClientKind.NAMED
            and not self.errors.keys() & {"given_name", "family_name"}
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
        facts = {name: data[name] for name in self.PLAIN if name in self.fields}
        if self.client is None:
            facts["kind"] = self.known_as
        if "name_order" in facts:
            facts["name_order"] = facts["name_order"] or enums.NameOrder.GIVEN_FIRST
        facts["nationalities"] = [
            part.strip()[:80] for part in data["nationalities"].split(",") if part.strip()
        ]
        return facts | self._birth()

    def _birth(self) -> dict[str, Any]:
        """The birth date; only where there is none the age group, with the day on which it was told."""
        birth, band = self.cleaned_data["birth"], self.cleaned_data["age_band"]
        if birth:
            date, precision, calendar = birth
            return {
                "birth_date": date, "birth_precision": precision, "birth_calendar": calendar, "age_band": "",
                "age_band_on": None,
            }  # fmt: skip
        told = timezone.localdate() if band else None
        if band and self.client is not None and self.client.age_band == band:
            told = self.client.age_band_on
        return {
            "birth_date": None, "birth_precision": "", "birth_calendar": enums.Calendar.GREGORIAN, "age_band": band,
            "age_band_on": told,
        }  # fmt: skip

    def propose_latin(self) -> None:
        """Fill in Latin letters where none are typed and the script tells them; nothing else changes."""
        data = cast("QueryDict", self.data).copy()
        for name in ("given_name", "family_name"):
            if not data.get(f"latin_{name}", "").strip():
                data[f"latin_{name}"] = propose_latin(data.get(name, "")[:120])
        self.data = data

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
    NAME = Coalesce(
        NullIf("latin_family_name", Value("")), NullIf("family_name", Value("")), NullIf("given_name", Value("")),
        NullIf("pseudonym", Value("")), "number",
    )  # fmt: skip
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
        choice_field(self, "charge").choices = [("", _("everybody I may see")), *mine, *people]
        choice_field(self, "district").choices = [("", _("all")), *((name, name) for name in districts)]
        if not full:
            del self.fields["status"]
