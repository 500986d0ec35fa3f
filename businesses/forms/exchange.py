"""Lists of businesses: a file, what its columns are, what becomes of a row in doubt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from businesses.enums import RowChoice
from businesses.exchange.columns import COLUMNS
from businesses.forms.fieldwork import SubmissionForm
from businesses.models import RegisterImport
from iqquadrat.core.forms import SheetHelper
from iqquadrat.core.importing.guessing import guess_columns
from iqquadrat.core.importing.problems import FileColumn, file_columns
from iqquadrat.core.importing.reading import MAX_BYTES

PLACES = ({"sign_name", "legal_name"}, {"reference"})


class RegisterFileForm(SubmissionForm):
    """A list of businesses."""

    helper = SheetHelper("submission", "file")

    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.txt,.geojson,.json"}),
        help_text=_("XLSX, ODS, XLS, CSV or GeoJSON, up to 32 MB and 200,000 rows. Nothing is taken over before you have seen it."),
    )  # fmt: skip

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data)
        if files is not None:
            self.files = files

    def clean_file(self) -> Any:
        """Refuse what is too large before anything is stored."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 32 MB. Please divide it."), code="size")
        return file


class RegisterColumnsForm(forms.Form):
    """One choice for each column of the file."""

    def __init__(self, *args: Any, run: RegisterImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.file_columns = file_columns(run)
        guessed = run.columns or guess_columns(COLUMNS, run.headers, {})
        options = [
            ("", gettext("is left out")),
            *((name, str(column.label)) for name, column in COLUMNS.items()),
        ]
        for column in self.file_columns:
            self.fields[f"c{column.place}"] = forms.ChoiceField(
                label=column.header or column.letters, choices=options, required=False,
                initial=guessed.get(str(column.place), ""),
            )  # fmt: skip

    def lines(self) -> list[tuple[FileColumn, Any]]:
        """Each column of the file with its choice."""
        return [(column, self[f"c{column.place}"]) for column in self.file_columns]

    def clean(self) -> dict[str, Any]:
        """Each field once, and something by which a business is known."""
        data = super().clean() or {}
        chosen: dict[str, FileColumn] = {}
        for column in self.file_columns:
            name = data.get(f"c{column.place}")
            if name and name in chosen:
                words = _("Column %(letters)s is this already.") % {"letters": chosen[name].letters}
                self.add_error(f"c{column.place}", words)
            elif name:
                chosen[name] = column
        if not any(names & set(chosen) for names in PLACES):
            self.add_error(
                None, _("Please say which column holds the name, or the number by which a business is known.")
            )
        data["columns"] = {str(column.place): name for name, column in chosen.items()}
        return data


class RowDecisionForm(forms.Form):
    """What becomes of one row, or of all that nobody has said anything about."""

    choice = forms.ChoiceField(choices=RowChoice.choices, required=False)
    line = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000)
    # The row above that this one is the same as.
    same_line = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000)

    def clean(self) -> dict[str, Any]:
        """One decision: a choice, or the row above."""
        data = super().clean() or {}
        if data.get("same_line") is not None and data.get("line") is not None:
            data["choice"] = RowChoice.UPDATE
        if not data.get("choice"):
            raise ValidationError(_("Please choose what becomes of the row."), code="required")
        return data
