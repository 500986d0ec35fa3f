"""Input of this room: what to count, and a programme with its targets."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, submission_field
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.figures import Figure
from iqquadrat.core.forms import Fold, Section, SheetHelper, Together, records_field
from iqquadrat.core.text import latin_digits
from iqquadrat.reporting.catalogue import CHAPTERS, chapters_of, figures
from iqquadrat.reporting.comparison import Against
from iqquadrat.reporting.models import Programme, Target
from iqquadrat.reporting.services import Funder

LONGEST_PERIOD_YEARS = 10
# So many lines for funders stand open, the others in a fold.
OPEN_FUNDERS, MOST_FUNDERS = 3, 6
WHOLE = Decimal(100)
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


class ComparisonForm(SelectionForm):
    """Which two periods stand side by side, and of which chapter; it stays in the address."""

    against = forms.ChoiceField(
        label=_("compared with"), choices=Against.choices, required=False, initial=Against.BEFORE
    )
    other_starts_on = DayField(label=_("other days from"), required=False)
    other_ends_on = DayField(label=_("other days to"), required=False)
    chapter = forms.ChoiceField(
        label=_("Chapter"),
        choices=[("", _("All figures")), *chapters_of(None).items()],
        required=False,
        widget=forms.HiddenInput,
    )

    def clean(self) -> dict[str, Any]:
        """Other days are given as a whole, in their order."""
        data = super().clean()
        first, last = data.get("other_starts_on"), data.get("other_ends_on")
        if data.get("against") == Against.FREE and not self.errors:
            if not first or not last:
                self.add_error("other_starts_on", _("Please give the first and the last of the other days."))
            elif last < first:
                self.add_error("other_ends_on", _("The end lies before the beginning."))
            elif last.year - first.year > LONGEST_PERIOD_YEARS:
                self.add_error("other_ends_on", _("Please choose ten years at most."))
        return data


class ShareField(forms.DecimalField):
    """A part in per cent, more than nothing, with comma or point, in the digits of any script."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            min_value=Decimal("0.01"),
            max_value=WHOLE,
            max_digits=5,
            decimal_places=2,
            localize=True,
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        """Read the digits of any script."""
        return (
            super().to_python(latin_digits(value.strip()))
            if isinstance(value, str)
            else super().to_python(value)
        )


class ProgrammeForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A programme with its funders; one field a figure for what was promised over the whole time, empty where nothing was."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )
    name = LineField(label=_("Name"), max_length=120)
    title = LineField(label=_("Full title"), max_length=300, required=False)
    starts_on = DayField(label=_("from"))
    ends_on = DayField(label=_("to"))

    class Meta:
        model = Programme
        fields = ["code", "name", "title", "starts_on", "ends_on", "esf_plus"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        stored = self.instance.targets.filter(year=None) if self.instance.pk else Target.objects.none()
        self.targets_by_chapter = _add_targets(self, dict(stored.values_list("figure", "value")))
        self._add_funders()
        if self.instance.pk:
            self.fields["code"].disabled = True
        self.fields["revision"].initial = self.instance.revision
        lines = [
            Together(
                _("Funder %(number)s") % {"number": number},
                *(f"funder_{number}_{part}" for part in ("name", "reference", "share")),
            )
            for number in range(1, MOST_FUNDERS + 1)
        ]
        self.helper = SheetHelper(
            "revision",
            Section(_("Programme"), "name", "code", "title", "esf_plus"),
            Section(_("Period"), Together(_("Days"), "starts_on", "ends_on")),
            Section(_("Funders"), *lines[:OPEN_FUNDERS], Fold(_("Further funders"), *lines[OPEN_FUNDERS:])),
            Section(
                _("Targets: what was promised to the funder"),
                *(Together(CHAPTERS[key], *names) for key, names in self.targets_by_chapter.items() if names),
            ),
        )

    def _add_funders(self) -> None:
        stored = list(self.instance.funders.all()) if self.instance.pk else []
        for number in range(1, MOST_FUNDERS + 1):
            one = stored[number - 1] if number <= len(stored) else None
            self.fields[f"funder_{number}_name"] = LineField(
                label=_("Name"), max_length=300, required=False, initial=one.name if one else ""
            )
            self.fields[f"funder_{number}_reference"] = LineField(
                label=_("Funder's reference"), max_length=100, required=False, initial=one.reference if one else ""
            )  # fmt: skip
            self.fields[f"funder_{number}_share"] = ShareField(
                label=_("Share in per cent"), required=False, initial=one.share if one else None
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
        self._check_funders(data)
        return data

    def _check_funders(self, data: dict[str, Any]) -> None:
        """A reference or a share belongs to somebody, and all shares together are no more than the whole."""
        total = Decimal(0)
        for number in range(1, MOST_FUNDERS + 1):
            share = data.get(f"funder_{number}_share")
            total += share or 0
            if not data.get(f"funder_{number}_name") and (share or data.get(f"funder_{number}_reference")):
                self.add_error(f"funder_{number}_name", _("Please name the funder."))
            elif share and total > WHOLE:
                self.add_error(f"funder_{number}_share", _("All shares together are more than 100 per cent."))

    def facts(self) -> dict[str, Any]:
        """Return what the service writes on the programme; the code of an existing one never changes."""
        names = [name for name in self.Meta.fields if not (name == "code" and self.instance.pk)]
        return {name: self.cleaned_data[name] for name in names}

    def funders(self) -> list[Funder]:
        """Return the funders in the order of their lines; empty lines are left out."""
        data = self.cleaned_data
        return [
            Funder(data[f"funder_{number}_name"], data[f"funder_{number}_reference"], data[f"funder_{number}_share"])
            for number in range(1, MOST_FUNDERS + 1)
            if data[f"funder_{number}_name"]
        ]  # fmt: skip

    def targets(self) -> dict[str, int]:
        """Return the promised values by figure."""
        return _targets(self)


class YearTargetsForm(forms.Form):
    """What was promised for one calendar year, one field a figure."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, programme: Programme, year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = programme.revision
        stored = dict(programme.targets.filter(year=year).values_list("figure", "value"))
        by_chapter = _add_targets(self, stored)
        self.helper = SheetHelper(
            "revision", *(Together(CHAPTERS[key], *names) for key, names in by_chapter.items() if names)
        )

    def targets(self) -> dict[str, int]:
        """Return the promised values by figure."""
        return _targets(self)


def _add_targets(form: forms.BaseForm, stored: dict[str, int]) -> dict[str, list[str]]:
    """Add one field a figure; return their names by chapter."""
    by_chapter: dict[str, list[str]] = {key: [] for key in CHAPTERS}
    for figure in figures():
        by_chapter[figure.chapter].append(name := _field_of(figure))
        form.fields[name] = WholeNumberField(
            label=figure.name, required=False, initial=stored.get(figure.code)
        )
    return by_chapter


def _targets(form: forms.BaseForm) -> dict[str, int]:
    typed = {figure.code: form.cleaned_data.get(_field_of(figure)) for figure in figures()}
    return {code: value for code, value in typed.items() if value is not None}


def _field_of(figure: Figure) -> str:
    return f"target_{figure.code}"


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
