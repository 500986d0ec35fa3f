"""Planning waves, and what a surveyor notes at the door."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import WITHOUT_INTERVIEW, Disposition, RefusalReason, Side
from businesses.forms.numbers import NumbersForm
from businesses.models import Street, Wave
from businesses.models.places import HIGHEST_NUMBER
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, StackedHelper, Together, records_field


class DateInput(forms.DateInput):
    """The calendar of the browser."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SubmissionForm(forms.Form):
    """A form that makes one record, however often it is sent."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"submission": uuid4()})


class WaveForm(SubmissionForm):
    """A new wave over whole streets."""

    name = LineField(label=_("Name"), max_length=120, help_text=_("For example: Autumn 2026"))
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput)
    streets = forms.ModelMultipleChoiceField(
        Street.objects.none(), label=_("Streets"), widget=forms.CheckboxSelectMultiple,
        help_text=_("All businesses of the register in these streets come onto the list, vacant and closed shops too."),
    )  # fmt: skip

    helper = SheetHelper("name", Together(_("Period"), "starts_on", "ends_on"), "streets", "submission")

    def __init__(self, data: Any = None, *, centre: Centre) -> None:
        super().__init__(data)
        self.centre = centre
        records_field(self, "streets").queryset = Street.objects.filter(centre=centre)

    def clean_name(self) -> str:
        """A centre has one wave of a name; the same form sent twice is not another one."""
        name: str = self.cleaned_data["name"]
        same = Wave.objects.filter(centre=self.centre, name=name).first()
        if same and str(same.submission) != str(self.data.get("submission", "")):
            raise forms.ValidationError(_("There is a wave of this name already."), code="unique")
        return name

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data = super().clean() or {}
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


class RefusalForm(SubmissionForm):
    """Why somebody does not want to be asked."""

    reason = forms.ChoiceField(label=_("Why not?"), choices=RefusalReason.choices, widget=forms.RadioSelect)


class StartForm(SubmissionForm):
    """How an interview is held."""

    language = forms.ChoiceField(
        label=_("Language of the interview"), choices=languages.choices, initial="de"
    )
    with_interpreter = forms.BooleanField(label=_("somebody interprets"), required=False)

    helper = StackedHelper("language", "with_interpreter", "submission")
