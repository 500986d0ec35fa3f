"""A file with the city's figures, and what is said about it."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.city_files import MAX_BYTES, CityTable, read_rows, read_table, read_text
from businesses.models.analysis import FIRST_YEAR
from businesses.survey_analysis.cuts import branch_names
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import Section, SheetHelper
from iqquadrat.questionnaires.xlsform.opening import UnreadableError

VERSIONS = (("2008", "WZ 2008"), ("2025", "WZ 2025"))


class CityFiguresForm(forms.Form):
    """Version, year, source, and the file; ``table`` is what it holds. Once it was read, its text goes along in ``content``."""

    version = forms.TypedChoiceField(
        label=_("Classification"), choices=VERSIONS, coerce=int, widget=forms.RadioSelect, initial="2008"
    )
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR)
    source = LineField(
        label=_("Source"), max_length=200,
        help_text=_("As it is to be cited, for example: Stadt Leipzig, Amt für Statistik und Wahlen, Unternehmensregister."),
    )  # fmt: skip
    file = forms.FileField(
        label=_("File"), required=False, max_length=200,
        help_text=_(
            "CSV or XLSX with two columns, code and units: the division (two digits) and its businesses in the whole city. All divisions, also those that the street does not have."
        ),
    )  # fmt: skip
    content = forms.CharField(required=False, widget=forms.HiddenInput, max_length=MAX_BYTES)

    helper = SheetHelper(Section(_("Figures of the city"), "version", "year", "source", "file", "content"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.table: CityTable | None = None

    def clean_year(self) -> int:
        """A year that has been counted already."""
        year: int = self.cleaned_data["year"]
        if year > timezone.localdate().year:
            raise forms.ValidationError(_("This year is still to come."), code="invalid")
        return year

    def clean(self) -> dict[str, Any]:
        """Read the table: of the file, else of the text that was read before."""
        data = super().clean() or {}
        file = data.get("file")
        if "version" not in data or "file" in self.errors:
            return data
        if not file and not data.get("content"):
            self.add_error("file", _("Please choose a file."))
            return data
        try:
            rows = read_rows(file.name, file.read(MAX_BYTES + 1)) if file else read_text(data["content"])
            self.table = read_table(rows, _divisions(data["version"]))
        except UnreadableError as error:
            self.add_error("file", str(error))
        return data

    @property
    def text(self) -> str:
        """What was read, as it goes along with the page."""
        units = self.table.units if self.table else {}
        return "\n".join(["code;units", *(f"{code};{number}" for code, number in units.items())])


def _divisions(version: int) -> dict[str, str]:
    return {code: name for code, name in branch_names(version).items() if code.isdigit()}
