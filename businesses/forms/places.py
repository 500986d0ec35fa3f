"""Streets with their course, and sections."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses.enums import Side
from businesses.forms.numbers import NumbersForm
from businesses.lines import LineError, read_line, write_line
from businesses.models import Section as StreetSection
from businesses.models import Street
from businesses.models.places import HIGHEST_NUMBER
from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import Section, SheetHelper, Together


def _number(label: Any, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=1, max_value=HIGHEST_NUMBER, **more)


class RevisionForm(forms.Form):
    """A form of a record that two people may have open at once."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )


class StreetForm(RevisionForm):
    """A street: name, numbers at its ends, points along it."""

    name = LineField(label=_("Name"), max_length=120)
    number_at_start = _number(_("Lowest number"))
    number_at_end = _number(_("Highest number"))
    line = ParagraphField(
        label=_("Points along the street"), required=False, max_length=20_000,
        help_text=_(
            "One point a line, latitude and longitude, from the lowest number to the highest: 51.3456, 12.3965. A GeoJSON LineString is taken as well."
        ),
    )  # fmt: skip

    helper = SheetHelper(
        Section(_("Street"), "name", Together(_("Numbers"), "number_at_start", "number_at_end"), "line"),
        "revision",
    )

    def __init__(self, data: Any = None, *, street: Street | None = None) -> None:
        initial = {}
        if street:
            initial = {
                name: getattr(street, name)
                for name in ("name", "number_at_start", "number_at_end", "revision")
            }
            initial["line"] = write_line(street.line)
        super().__init__(data, initial=initial)

    def clean_line(self) -> list[list[float]] | None:
        """The points as they are stored."""
        text = self.cleaned_data["line"]
        if not text:
            return None
        try:
            return read_line(text)
        except LineError:
            raise forms.ValidationError(
                _("This is no line: please give two points or more, one a line, like 51.3456, 12.3965."),
                code="invalid",
            ) from None

    def clean(self) -> dict[str, Any]:
        """The numbers come together, and rise; a line needs them."""
        data = super().clean() or {}
        first, last = data.get("number_at_start"), data.get("number_at_end")
        if "number_at_start" in self.errors or "number_at_end" in self.errors:
            return data
        if (first is None) != (last is None) or (data.get("line") and first is None):
            self.add_error("number_at_end", _("Please give the lowest and the highest number."))
        elif first is not None and last is not None and last <= first:
            self.add_error("number_at_end", _("The highest number is greater than the lowest."))
        return data


class StreetSectionForm(NumbersForm, RevisionForm):
    """A section of a street."""

    name = LineField(label=_("Name"), max_length=80)
    side = forms.ChoiceField(label=_("Side"), choices=Side.choices, initial=Side.BOTH)
    number_from = _number(_("From number"))
    number_to = _number(_("To number"))
    frontage_m = forms.IntegerField(
        label=_("Frontage in metres"), required=False, min_value=1, max_value=60_000,
        help_text=_("Both sides added up. Left empty, it is reckoned from the line of the street."),
    )  # fmt: skip

    helper = SheetHelper(
        Section(
            _("Section"), "name", "side", Together(_("Numbers"), "number_from", "number_to"), "frontage_m"
        ),
        "revision",
    )

    def __init__(self, data: Any = None, *, section: StreetSection | None = None) -> None:
        names = ("name", "side", "number_from", "number_to", "frontage_m", "revision")
        super().__init__(data, initial={name: getattr(section, name) for name in names} if section else {})
