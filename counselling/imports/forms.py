"""The forms of an import: a file, the names of its columns, the meanings of its values."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.enums import ImportKind
from counselling.forms.charges import counsellors_of
from counselling.forms.fields import submission_field, with_empty
from counselling.imports.columns import choices_of, columns_of
from counselling.imports.guessing import guess_columns, meanings_of
from counselling.imports.queries import remembered, values_of
from counselling.models import ImportRun
from counselling.models.consultation import LONGEST_MINUTES
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.fields import WholeNumberField
from iqquadrat.core.forms import SheetHelper, records_field
from iqquadrat.core.importing.columns import Column, of_choice
from iqquadrat.core.importing.guessing import folded
from iqquadrat.core.importing.problems import FileColumn, file_columns
from iqquadrat.core.importing.reading import MAX_BYTES
from iqquadrat.core.importing.values import ValueLine

DAY_ORDERS = [("dmy", _("day first: 14.3.1991")), ("mdy", _("month first: 3/14/1991"))]


class ImportFileForm(forms.Form):
    """A file, and what is in it."""

    helper = SheetHelper("submission", "kind", "file")

    submission = submission_field()
    kind = forms.ChoiceField(
        label=_("What comes in"),
        choices=enums.ImportKind.choices,
        widget=forms.RadioSelect,
        initial=ImportKind.CLIENTS,
    )
    file = forms.FileField(
        label=_("File"), allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.xls,.csv,.txt"}),
        help_text=_("XLSX, ODS, XLS or CSV, up to 32 MB and 200,000 rows. Nothing is taken over before you have seen it."),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Refuse what is too large before anything is stored."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(_("The file is larger than 32 MB. Please divide it."), code="size")
        return file


def columns_for(run: ImportRun, user: User) -> dict[str, Column]:
    """Return the columns that this user may bring: clients for others only who may give them to others."""
    columns = columns_of(run.kind)
    if run.kind == ImportKind.CLIENTS and not user.may(Permission.CLIENT_REASSIGN):
        del columns["counsellor"]
    if run.kind == ImportKind.CONSULTATIONS and not user.may(Permission.CONSULTATION_WRITE):
        del columns["private_note"]
    return columns


class ImportColumnsForm(forms.Form):
    """One choice for each column of the file, and what counts where the file says nothing."""

    day_order = forms.ChoiceField(label=_("How days are written"), choices=DAY_ORDERS)
    counsellor = forms.ModelChoiceField(queryset=User.objects.none(), label=_("In charge"))
    channel = forms.ChoiceField(
        label=_("How"), choices=with_empty(enums.Channel.choices, _("report the row")), required=False
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=with_empty(enums.SpokenLanguage.choices, _("report the row")),
        required=False,
    )
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=LONGEST_MINUTES, required=False)
    programme = forms.BooleanField(label=_("counts for the current programme"), required=False)

    def __init__(self, *args: Any, run: ImportRun, user: User, **kwargs: Any) -> None:
        self.run, self.user = run, user
        self.file_columns = file_columns(run)
        self.columns = columns_for(run, user)
        self.known = remembered(run)
        guessed = run.columns or guess_columns(
            run.kind, run.headers, self.known.columns if self.known else {}
        )
        said = run.defaults or (self.known.defaults if self.known else {})
        kwargs["initial"] = {"counsellor": user.pk, "day_order": "dmy"} | said
        super().__init__(*args, **kwargs)
        self._own_fields()
        options = [
            ("", gettext("is left out")),
            *((name, str(column.label)) for name, column in self.columns.items()),
        ]
        for column in self.file_columns:
            guess = guessed.get(str(column.place), "")
            self.fields[f"c{column.place}"] = forms.ChoiceField(
                label=column.header or column.letters, choices=options, required=False,
                initial=guess if guess in self.columns else "",
            )  # fmt: skip

    def _own_fields(self) -> None:
        people = counsellors_of(self.user)
        if not self.user.may(Permission.CLIENT_REASSIGN):
            people = people.filter(pk=self.user.pk)
        records_field(self, "counsellor").queryset = people
        if self.run.kind == ImportKind.CLIENTS:
            for name in ("channel", "language", "minutes"):
                del self.fields[name]
        else:
            self.fields["counsellor"].label = _("Advised by")
        if not self.run.centre.current_programme_code:
            del self.fields["programme"]

    def default_fields(self) -> list[Any]:
        """What counts where the file says nothing."""
        names = ("counsellor", "channel", "language", "minutes", "day_order", "programme")
        return [self[name] for name in names if name in self.fields]

    def lines(self) -> list[tuple[FileColumn, Any]]:
        """Each column of the file with its choice."""
        return [(column, self[f"c{column.place}"]) for column in self.file_columns]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        chosen: dict[str, FileColumn] = {}
        for column in self.file_columns:
            name = data.get(f"c{column.place}")
            if name and name in chosen:
                self.add_error(
                    f"c{column.place}",
                    _("Column %(letters)s is this already.") % {"letters": chosen[name].letters},
                )
            elif name:
                chosen[name] = column
        if self.run.kind == ImportKind.CLIENTS and not {"given_name", "family_name"} & set(chosen):
            self.add_error(None, _("Please say which column holds the given name or the family name."))
        for column_of_ours in self.columns.values():
            if column_of_ours.needed and column_of_ours.field not in chosen:
                self.add_error(
                    None, _("Please say which column is “%(name)s”.") % {"name": column_of_ours.label}
                )
        data["columns"] = {str(column.place): name for name, column in chosen.items()}
        return data

    def defaults(self) -> dict[str, Any]:
        """Return what counts where the file says nothing, as it is stored."""
        data = self.cleaned_data
        return {
            "counsellor": data["counsellor"].pk,
            **{
                name: data[name]
                for name in ("day_order", "channel", "language", "minutes", "programme")
                if data.get(name)
            },
        }


UNSAID = "?"


class ImportValuesForm(forms.Form):
    """What the values of the columns of choices mean, column by column."""

    def __init__(self, *args: Any, run: ImportRun, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = remembered(run)
        mine = columns_of(run.kind)
        columns = of_choice(mine[name] for name in run.columns.values() if name in mine)
        self.values: list[tuple[Column, str, str, int]] = []
        found = values_of(run, columns)
        for column in columns:
            said = (known.meanings.get(column.field, {}) if known else {}) | run.meanings.get(
                column.field, {}
            )
            meanings = meanings_of(column, said)
            options = [(UNSAID, gettext("please choose")), ("", gettext("stays empty")), *choices_of(column)]
            for number, (value, count) in enumerate(found.get(column.field, [])):
                guess = meanings.of(value)
                name = f"{column.field}-{number}"
                self.fields[name] = forms.ChoiceField(
                    label=value, choices=options, required=False, initial=UNSAID if guess is None else guess
                )
                self.values.append((column, name, value, count))

    def parts(self) -> list[tuple[Column, list[ValueLine]]]:
        """Return the columns with their values, each with its field; what nobody knows stands in front."""
        grouped: dict[str, tuple[Column, list[ValueLine]]] = {}
        for column, name, value, count in self.values:
            line = ValueLine(value, count, [self[name]])
            grouped.setdefault(column.field, (column, []))[1].append(line)
        for _column, lines in grouped.values():
            lines.sort(key=lambda line: line.fields[0].field.initial != UNSAID)
        return list(grouped.values())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in [name for name, code in data.items() if code == UNSAID]:
            self.add_error(
                name,
                ValidationError(_("Please say what this means, or that it stays empty."), code="required"),
            )
        return data

    def meanings(self) -> dict[str, dict[str, str]]:
        """Return by field and folded value the code, as it is stored."""
        said: dict[str, dict[str, str]] = {}
        for column, name, value, _count in self.values:
            said.setdefault(column.field, {})[folded(value) or value] = self.cleaned_data[name]
        return said


class ImportDecisionForm(forms.Form):
    """What becomes of one row, or of all that nobody has said anything about."""

    choice = forms.ChoiceField(choices=enums.ImportChoice.choices)
    line = forms.IntegerField(required=False, min_value=0, max_value=2_000_000_000)
