"""Planning waves, and what a surveyor notes at the door."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import WITHOUT_INTERVIEW, Channel, Disposition, RefusalReason, Side
from businesses.forms.numbers import NumbersForm
from businesses.models import Section, Street, Wave
from businesses.models.places import HIGHEST_NUMBER
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, StackedHelper, Together, records_field

AT_A_DOOR = ((Channel.ON_SITE.value, Channel.ON_SITE.label), (Channel.PHONE.value, Channel.PHONE.label))


class DateInput(forms.DateInput):
    """The calendar of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SubmissionForm(forms.Form):
    """A form that makes one record, however often it is sent."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, channel: str = "") -> None:
        super().__init__(data, initial={"submission": uuid4(), "channel": channel})


class WaveForm(SubmissionForm):
    """A new wave over whole streets."""

    name = LineField(label=_("Name"), max_length=120, help_text=_("For example: Autumn 2026"))
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput)
    streets = forms.ModelMultipleChoiceField(
        Street.objects.none(), label=_("Streets"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("All businesses of the register in these streets come onto the list, vacant and closed shops too."),
    )  # fmt: skip

    sections = forms.ModelMultipleChoiceField(
        Section.objects.none(), label=_("Sections"), widget=forms.CheckboxSelectMultiple, required=False,
        help_text=_("Where only a part of a street is asked."),
    )  # fmt: skip
    with_photos = forms.BooleanField(
        label=_("Surveyors may photograph the shop signs"), required=False,
        help_text=_("One photo a business, kept for a year. Nobody may be recognisable on it."),
    )  # fmt: skip

    helper = SheetHelper(
        "name",
        Together(_("Period"), "starts_on", "ends_on"),
        "streets",
        "sections",
        "with_photos",
        "submission",
    )

    def __init__(self, data: Any = None, *, centre: Centre) -> None:
        super().__init__(data)
        self.centre = centre
        records_field(self, "streets").queryset = Street.objects.filter(centre=centre)
        sections = Section.objects.filter(street__centre=centre).select_related("street")
        records_field(self, "sections").queryset = sections

    def clean_name(self) -> str:
        """A centre has one wave of a name; the same form sent twice is not another one."""
        name: str = self.cleaned_data["name"]
        same = Wave.objects.filter(centre=self.centre, name=name).first()
        if same and str(same.submission) != str(self.data.get("submission", "")):
            raise forms.ValidationError(_("There is a wave of this name already."), code="unique")
        return name

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning; something is asked."""
        data = super().clean() or {}
        if "streets" not in self.errors and not data.get("streets") and not data.get("sections"):
            self.add_error("streets", _("Please choose a street or a section."))
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return data


class SectionForm(NumbersForm):
    """A street section for a surveyor."""

    surveyor = forms.ModelChoiceField(
        User.objects.none(), label=_("Surveyor"), empty_label=_("please choose")
    )
    street = forms.ModelChoiceField(Street.objects.none(), label=_("Street"), empty_label=_("please choose"))
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, initial=Side.BOTH)
    number_from = WholeNumberField(
        label=_("from number"), min_value=1, max_value=HIGHEST_NUMBER, required=False
    )
    number_to = WholeNumberField(label=_("to number"), min_value=1, max_value=HIGHEST_NUMBER, required=False)

    helper = StackedHelper("surveyor", "street", "side", "number_from", "number_to")

    def __init__(self, data: Any = None, *, wave: Wave) -> None:
        super().__init__(data, auto_id="section_%s")
        records_field(self, "surveyor").queryset = User.objects.filter(
            centre=wave.centre_id, is_active=True, roles__contains=[Role.SURVEYOR]
        )
        records_field(self, "street").queryset = Street.objects.filter(
            premises__businesses__units__wave=wave
        ).distinct()


class AttemptForm(SubmissionForm):
    """A visit without an interview, but for refusals, which have their own two taps."""

    disposition = forms.ChoiceField(
        label=_("How did it go?"),
        choices=[
            (choice.value, choice.label) for choice in WITHOUT_INTERVIEW if choice != Disposition.REFUSAL
        ],
        widget=forms.RadioSelect,
    )
    note = LineField(label=_("Note"), required=False, max_length=500)
    channel = forms.ChoiceField(choices=AT_A_DOOR, required=False, widget=forms.HiddenInput)

    def clean_channel(self) -> str:
        """At the business, where nothing else is said."""
        return self.cleaned_data["channel"] or Channel.ON_SITE.value


class RefusalForm(SubmissionForm):
    """Why somebody does not want to be asked."""

    channel = forms.ChoiceField(choices=AT_A_DOOR, required=False, widget=forms.HiddenInput)

    def clean_channel(self) -> str:
        """At the business, where nothing else is said."""
        return self.cleaned_data["channel"] or Channel.ON_SITE.value

    reason = forms.ChoiceField(label=_("Why not?"), choices=RefusalReason.choices, widget=forms.RadioSelect)


class StartForm(SubmissionForm):
    """How an interview is held."""

    language = forms.ChoiceField(
        label=_("Language of the interview"), choices=languages.choices, initial="de"
    )
    with_interpreter = forms.BooleanField(label=_("somebody interprets"), required=False)
    channel = forms.ChoiceField(choices=AT_A_DOOR, required=False, widget=forms.HiddenInput)

    helper = StackedHelper("channel", "language", "with_interpreter", "submission")

    def clean_channel(self) -> str:
        """At the business, where nothing else is said."""
        return self.cleaned_data["channel"] or Channel.ON_SITE.value
