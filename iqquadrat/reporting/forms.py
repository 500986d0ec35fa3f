"""Input of this room: what to count, and a programme with its targets."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, submission_field
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import Section, SheetHelper, Together, records_field
from iqquadrat.reporting.catalogue import CHAPTERS, figures
from iqquadrat.reporting.models import Programme

LONGEST_PERIOD_YEARS = 10
# Words that stand in addresses beside the codes.
RESERVED_CODES = frozenset({"new"})


class SelectionForm(forms.Form):
    """Which programme and which days; it stays in the address."""

    programme = forms.ModelChoiceField(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=None,
    )
    starts_on = DayField(label=_("from"), required=False)
    ends_on = DayField(label=_("to"), required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records_field(self, "programme").queryset = Programme.objects.visible_to(user)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end lies before the beginning."))
        elif first and last and last.year - first.year > LONGEST_PERIOD_YEARS:
            self.add_error("ends_on", _("Please choose ten years at most."))
        return data


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A programme; one field a figure for what was promised, empty where nothing was."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )
    name = LineField(label=_("Name"), max_length=120)
    title = LineField(label=_("Full title"), max_length=300, required=False)
    funder = LineField(label=_("Funder"), max_length=300, required=False)
    reference = LineField(label=_("Funder's reference"), max_length=100, required=False)
    starts_on = DayField(label=_("from"))
    ends_on = DayField(label=_("to"))

    class Meta:
        model = Programme
        fields = ["code", "name", "title", "funder", "reference", "starts_on", "ends_on", "esf_plus"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        promised = dict(self.instance.targets.values_list("figure", "value")) if self.instance.pk else {}
        self.target_fields: dict[str, str] = {}
        by_chapter: dict[str, list[str]] = {key: [] for key in CHAPTERS}
        for figure in figures():
            name = f"target_{figure.code}"
            self.target_fields[name] = figure.code
            by_chapter[figure.chapter].append(name)
            self.fields[name] = WholeNumberField(
                label=figure.name, required=False, initial=promised.get(figure.code)
            )
        if self.instance.pk:
            self.fields["code"].disabled = True
        self.fields["revision"].initial = self.instance.revision
        self.helper = SheetHelper(
            "revision",
            Section(_("Programme"), "name", "code", "title", "funder", "reference", "esf_plus"),
            Section(_("Period"), Together(_("Days"), "starts_on", "ends_on")),
            Section(
                _("Targets: what was promised to the funder"),
                *(Together(CHAPTERS[key], *names) for key, names in by_chapter.items() if names),
            ),
        )

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code in RESERVED_CODES and not self.instance.pk:
            raise forms.ValidationError(_("This code is taken. Please choose another one."))
        return code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The end lies before the beginning."))
        elif first and last and last.year - first.year > LONGEST_PERIOD_YEARS:
            self.add_error("ends_on", _("Please choose ten years at most."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the service writes on the programme; the code of an existing one never changes."""
        names = [name for name in self.Meta.fields if not (name == "code" and self.instance.pk)]
        return {name: self.cleaned_data[name] for name in names}

    def targets(self) -> dict[str, int]:
        """Return the promised values by figure."""
        return {
            code: self.cleaned_data[name]
            for name, code in self.target_fields.items()
            if self.cleaned_data.get(name) is not None
        }


class ClosePeriodForm(forms.Form):
    """Up to which day, for one programme or all."""

    helper = SheetHelper("submission", "until", "programme")

    submission = submission_field()
    until = DayField(label=_("Closed up to and including"))
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), required=False, empty_label=_("everything the centre does")
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records_field(self, "programme").queryset = Programme.objects.visible_to(user)

    def clean_until(self) -> Any:
        """What is not over cannot have been reported."""
        day = self.cleaned_data["until"]
        if day >= timezone.localdate():
            raise ValidationError(_("This day is not over yet."), code="future")
        return day


class ReopenPeriodForm(forms.Form):
    """Why a closed period is opened again."""

    helper = SheetHelper("reason")

    reason = ParagraphField(label=_("Reason"), rows=2, max_length=300, min_length=10)
