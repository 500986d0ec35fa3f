"""The people of a business, and what it agrees to outside of an interview."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import Channel, ConsentPurpose, ContactRole, Reach
from businesses.forms.fieldwork import DateInput, SubmissionForm
from businesses.models import Business, Contact
from businesses.services.contacts import ContactFacts
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, choice_field, records_field

NOT_KNOWN = [("", _("not known"))]


class ContactForm(SubmissionForm):
    """Somebody of a business."""

    name = LineField(label=_("Name"))
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[*NOT_KNOWN, *ContactRole.choices])
    phone = LineField(label=_("Phone"), required=False, max_length=50)
    email = forms.EmailField(label=_("E-mail"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    reach = forms.ChoiceField(label=_("Best reached"), required=False, choices=[*NOT_KNOWN, *Reach.choices])
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )

    helper = SheetHelper(
        "name", "role", Together(_("Contact"), "phone", "email"), "reach", "languages", "submission", "revision"
    )  # fmt: skip

    def __init__(self, data: Any = None, *, contact: Contact | None = None) -> None:
        names = ("name", "role", "phone", "email", "languages", "reach", "revision")
        super().__init__(data)
        if contact:
            self.initial = {name: getattr(contact, name) for name in names}

    def clean(self) -> dict[str, Any]:
        """Somebody who is best reached by phone has a number."""
        data = super().clean() or {}
        if (
            data.get("reach") in (Reach.PHONE, Reach.MESSENGER)
            and not data.get("phone")
            and "phone" not in self.errors
        ):
            self.add_error("phone", _("Please give the number, or choose another way."))
        if data.get("reach") == Reach.EMAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Please give the address, or choose another way."))
        return data

    def rebase(self, revision: int) -> None:
        """Keep what was typed, and let it be saved on top of this revision: whoever sees it has seen the other version."""
        typed = cast("QueryDict", self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed

    def facts(self) -> ContactFacts:
        """What was entered, as the services take it."""
        data = self.cleaned_data
        names = ("name", "role", "phone", "email", "reach")
        return ContactFacts(languages=tuple(data["languages"]), **{name: data[name] for name in names})


class ConsentForm(forms.Form):
    """What a business agrees to, said by whom, how and when."""

    purpose = forms.ChoiceField(
        label=_("Agrees to"), choices=ConsentPurpose.choices, widget=forms.RadioSelect
    )
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, initial=Channel.ON_SITE)
    contact = forms.ModelChoiceField(
        Contact.objects.none(), label=_("Said by"), required=False, empty_label=_("not noted")
    )
    on = forms.DateField(label=_("On"), widget=DateInput, initial=timezone.localdate)

    helper = SheetHelper("purpose", "contact", Together(_("When and how"), "on", "channel"))

    def __init__(self, data: Any = None, *, business: Business) -> None:
        super().__init__(data)
        records_field(self, "contact").queryset = Contact.objects.filter(business=business)
        given = set(business.consents.filter(withdrawn_at__isnull=True).values_list("purpose", flat=True))
        choice_field(self, "purpose").choices = [
            (value, label) for value, label in ConsentPurpose.choices if value not in given
        ]

    def clean_on(self) -> Any:
        """Nobody has agreed tomorrow."""
        if self.cleaned_data["on"] > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return self.cleaned_data["on"]


class PredecessorForm(forms.Form):
    """Who was behind the same door before."""

    predecessor = forms.ModelChoiceField(
        Business.objects.none(), label=_("Before it there was"), required=False, empty_label=_("not known")
    )

    def __init__(self, data: Any = None, *, business: Business) -> None:
        super().__init__(data, initial={"predecessor": business.predecessor_id})
        others = Business.objects.filter(premises=business.premises_id, centre=business.centre_id)
        records_field(self, "predecessor").queryset = others.exclude(pk=business.pk)
