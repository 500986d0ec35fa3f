"""A workbook as a questionnaire, or everything that is wrong with it: sheet, row and column of each fault."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import IO, Any

from django.utils.translation import gettext as _

from iqquadrat.questionnaires.checking import faults_of
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    ListSpecification,
    SectionSpecification,
    Specification,
)
from iqquadrat.questionnaires.xlsform.layout import (
    CHOICES,
    CHOICES_OWN,
    FORM,
    FORM_LIST,
    LANGUAGE_CODES,
    REQUIRED,
    SETTINGS,
    SETTINGS_PLAIN,
    STIMULUS,
    SURVEY,
    SURVEY_OWN,
    SURVEY_PLAIN,
    YES,
    column,
    is_exclusive,
    parse_column,
    parse_constraint,
    parse_filter,
)
from iqquadrat.questionnaires.xlsform.opening import Sheet, UnreadableError, open_sheets

_PLAIN = {
    SURVEY: {"type", "name", REQUIRED, *SURVEY_PLAIN, *SURVEY_OWN},
    CHOICES: {"list_name", "name", *CHOICES_OWN},
    SETTINGS: set(SETTINGS_PLAIN),
}
_TRANSLATED = {SURVEY: {"label", "hint"}, CHOICES: {"label"}, SETTINGS: {"iq_title", "iq_intro"}}
_NEEDED = {SURVEY: ("type", "name", column("label", GERMAN)), CHOICES: ("list_name", "name", column("label", GERMAN)), SETTINGS: ("form_title", "form_id")}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """Something wrong in a workbook. ``row`` counts as the spreadsheet does, 0 when it is about no single row."""

    message: str
    sheet: str = ""
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        where = {"sheet": self.sheet, "row": self.row, "column": self.column, "message": self.message}
        if self.column:
            return _("Sheet “%(sheet)s”, row %(row)d, column “%(column)s”: %(message)s") % where
        if self.row:
            return _("Sheet “%(sheet)s”, row %(row)d: %(message)s") % where
        if self.sheet:
            return _("Sheet “%(sheet)s”: %(message)s") % where
        return self.message


class WorkbookError(ValueError):
    """The workbook is not taken, as a whole; every fault that was found is named."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__("\n".join(str(problem) for problem in problems))


@dataclass(frozen=True)
class _Row:
    """A row by column: plain cells by head, translated ones by field and language."""

    sheet: str
    number: int
    cells: Mapping[str, str]
    texts: Mapping[str, Mapping[str, str]]

    def get(self, name: str) -> str:
        return self.cells.get(name, "")

    def text(self, field: str) -> Mapping[str, str]:
        return self.texts.get(field, {})


def read_workbook(file: IO[bytes]) -> Specification:
    """Return the questionnaire of a workbook. Raises ``WorkbookError``."""
    try:
        sheets = open_sheets(file)
    except UnreadableError as error:
        raise WorkbookError([Problem(str(error))]) from error
    missing = [
        Problem(_("The sheet “%(sheet)s” is missing.") % {"sheet": name})
        for name in (SURVEY, CHOICES, SETTINGS)
        if name not in sheets
    ]
    if missing:
        raise WorkbookError(missing)
    reader = _Reader()
    rows = {name: reader.rows(name, sheets[name]) for name in (SURVEY, CHOICES, SETTINGS)}
    reader.stop_on_problems()
    specification = reader.specification(rows)
    reader.stop_on_problems()
    reader.problems = [reader.located(fault.place, fault.message) for fault in faults_of(specification)]
    reader.stop_on_problems()
    return specification


class _Reader:
    """Reads sheet by sheet and remembers where everything stood, so that a later check can say it."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.places: dict[str, _Row] = {}

    def stop_on_problems(self) -> None:
        if self.problems:
            raise WorkbookError(self.problems)

    def fault(self, row: _Row, message: str, head: str = "") -> None:
        self.problems.append(Problem(message, row.sheet, row.number, head))

    def located(self, place: str, message: str) -> Problem:
        """Find the row and column that a fault of the common checks is about."""
        parts = place.split(".")
        for length in range(len(parts), 0, -1):
            row = self.places.get(".".join(parts[:length]))
            if row is not None:
                rest = parts[length:]
                return Problem(message, row.sheet, row.number, _head(row.sheet, rest))
        return Problem(f"{place}: {message}")

    # --- cells -----------------------------------------------------------------------------------

    def rows(self, name: str, sheet: Sheet) -> list[_Row]:
        """Return the rows of a sheet that are not empty."""
        heads = [str(cell).strip() for cell in sheet[0]] if sheet else []
        for needed in _NEEDED[name]:
            if needed not in heads:
                self.problems.append(
                    Problem(_("The column “%(column)s” is missing.") % {"column": needed}, name)
                )
        for index, head in enumerate(heads):
            self._check_head(name, head, heads[:index])
        found = []
        for number, cells in enumerate(sheet[1:], 2):
            row = self._row(name, number, heads, cells)
            if row.cells or row.texts:
                found.append(row)
        return found

    def _check_head(self, name: str, head: str, before: list[str]) -> None:
        field, language = parse_column(head)
        message = ""
        if head and head in before:
            message = _("The column “%(column)s” occurs twice.")
        elif language and field in _TRANSLATED[name] and language not in LANGUAGE_CODES:
            message = _("The language of the column “%(column)s” is unknown.")
        elif head and not (field in _TRANSLATED[name] if language else head in _PLAIN[name]):
            message = _("The column “%(column)s” is unknown.")
        if message:
            self.problems.append(Problem(message % {"column": head}, name, 1))

    def _row(self, name: str, number: int, heads: list[str], cells: list[Any]) -> _Row:
        plain: dict[str, str] = {}
        texts: dict[str, dict[str, str]] = {}
        row = _Row(name, number, plain, texts)
        for head, cell in zip(heads, cells, strict=False):
            written = _written(cell)
            if written is None:
                self.fault(row, _("Please write this cell as text."), head)
            elif written:
                field, language = parse_column(head)
                if language:
                    texts.setdefault(field, {})[language] = written
                else:
                    plain[head] = written
        return row

    # --- meaning ---------------------------------------------------------------------------------

    def specification(self, rows: Mapping[str, list[_Row]]) -> Specification:
        """Return what the rows say, collecting problems."""
        settings_rows = rows[SETTINGS]
        settings = settings_rows[0] if settings_rows else _Row(SETTINGS, 2, {}, {})
        if len(settings_rows) > 1:
            self.fault(settings_rows[1], _("There must be one row of settings only."))
        self.places.update({"key": settings, "title": settings, "intro": settings, "version": settings})
        return Specification(
            key=settings.get("form_id"),
            title=dict(settings.text("iq_title"))
            | ({GERMAN: settings.get("form_title")} if settings.get("form_title") else {}),
            intro=settings.text("iq_intro"),
            lists=tuple(self._lists(rows[CHOICES])),
            sections=tuple(self._sections([row for row in rows[SURVEY] if row.get("iq_type") != FORM])),
        )

    def _lists(self, rows: list[_Row]) -> Iterator[ListSpecification]:
        lists: dict[str, list[ChoiceSpecification]] = {}
        for row in rows:
            name = row.get("list_name")
            if name.startswith(FORM_LIST):
                continue
            if not name or not row.get("name"):
                self.fault(row, _("list_name and name are needed."))
                continue
            self.places.setdefault(f"choice_list.{name}", row)
            self.places[f"choice.{name}.{row.get('name')}"] = row
            lists.setdefault(name, []).append(self._choice(row))
        for name, choices in lists.items():
            yield ListSpecification(name=name, choices=tuple(choices))

    def _choice(self, row: _Row) -> ChoiceSpecification:
        fixed = self._yes(row, "iq_fixed")
        texts = row.text("label")
        if fixed:
            german = texts.get(GERMAN, "")
            for language, text in texts.items():
                if text != german:
                    self.fault(
                        row, _("This answer stays German in every language."), column("label", language)
                    )
            texts = {GERMAN: german}
        return ChoiceSpecification(
            key=row.get("name"),
            text=texts,
            score=self._number(row, "iq_score"),
            icon=row.get("iq_icon"),
            filter_value=row.get("filter"),
            fixed=fixed,
            exclusive=self._yes(row, "iq_exclusive"),
            extra=self._json(row),
        )

    def _sections(self, rows: list[_Row]) -> Iterator[SectionSpecification]:
        section: _Row | None = None
        items: list[ItemSpecification] = []
        note: _Row | None = None
        for row in rows:
            kind = row.get("type").replace("begin group", "begin_group").replace("end group", "end_group")
            if kind != "end_group" and not row.get("name"):
                self.fault(row, _("A name is needed."), "name")
            if kind == "begin_group":
                if section is not None:
                    self.fault(row, _("A section begins inside another one."), "type")
                section, items = row, []
                self.places[f"section.{row.get('name')}"] = row
            elif section is None:
                self.fault(
                    row, _("This row stands outside of any section (begin_group … end_group)."), "type"
                )
            elif kind == "end_group":
                self._unused_note(note)
                yield SectionSpecification(
                    key=section.get("name"), title=section.text("label"), items=tuple(items)
                )
                section, note = None, None
            elif kind == "note":
                self._unused_note(note)
                note = row
            else:
                item = self._item(row, kind, note)
                note = None
                if item is not None:
                    items.append(item)
        if section is not None:
            self.fault(section, _("The section is not closed by end_group."), "type")

    def _unused_note(self, note: _Row | None) -> None:
        if note is not None:
            self.fault(
                note,
                _("A note is the text to read of the reading probe in the next row; there is none."),
                "type",
            )

    def _item(self, row: _Row, kind: str, note: _Row | None) -> ItemSpecification | None:
        key = row.get("name")
        self.places[f"item.{key}"] = row
        word, _space, choice_list = kind.partition(" ")
        types = {
            "select_one": "single",
            "select_multiple": "multiple",
            "integer": "integer",
            "date": "date",
            "text": "text",
        }
        if word not in types or bool(choice_list) != word.startswith("select_"):
            self.fault(row, _("Unknown type “%(type)s”.") % {"type": kind}, "type")
            return None
        year = row.get("iq_type")
        if year not in ("", "year") or (year and word != "integer"):
            self.fault(row, _("iq_type is “year” on an integer, or empty."), "iq_type")
        probe = self._yes(row, "iq_probe")
        if note is not None and (not probe or note.get("name") != f"{key}{STIMULUS}"):
            self._unused_note(note)
        low, high = self._bounds(row)
        return ItemSpecification(
            key=key,
            type="year" if year else types[word],
            label=row.text("label"),
            hint=row.text("hint"),
            level=row.get("iq_level"),
            dimension=row.get("iq_dimension"),
            evidence=self._yes(row, "iq_evidence"),
            probe=probe,
            choice_list=choice_list.strip(),
            choice_filter=self._filter(row),
            condition=row.get("relevant"),
            appearance=row.get("appearance"),
            min_value=low,
            max_value=high,
            correct=row.get("iq_correct"),
            stimulus=note.text("label").get(GERMAN, "") if note is not None else "",
            required_core=self._yes(row, "iq_core"),
            extra=self._json(row),
            note=row.get("iq_note"),
        )

    def _yes(self, row: _Row, head: str) -> bool:
        if row.get(head) not in ("", YES):
            self.fault(row, _("“yes” or nothing is expected."), head)
        return row.get(head) == YES

    def _number(self, row: _Row, head: str) -> int | None:
        written = row.get(head)
        try:
            return int(written) if written else None
        except ValueError:
            self.fault(row, _("A whole number is expected."), head)
            return None

    def _json(self, row: _Row) -> Mapping[str, Any]:
        written = row.get("iq_extra")
        try:
            extra = json.loads(written) if written else {}
        except (ValueError, RecursionError):
            extra = None
        if not isinstance(extra, dict):
            self.fault(row, _("This cell holds no JSON object."), "iq_extra")
            return {}
        return extra

    def _bounds(self, row: _Row) -> tuple[int | None, int | None]:
        if is_exclusive(row.get("constraint")) and row.get("type").startswith("select_multiple"):
            return None, None
        try:
            return parse_constraint(row.get("constraint"))
        except ValueError:
            self.fault(row, _("Only bounds such as “. >= 0 and . <= 70” are understood."), "constraint")
            return None, None

    def _filter(self, row: _Row) -> str:
        try:
            return parse_filter(row.get("choice_filter"))
        except ValueError:
            self.fault(row, _("Only a filter such as “filter = ${key}” is understood."), "choice_filter")
            return ""


def _head(sheet: str, rest: list[str]) -> str:
    """Return the column's head for the last steps of a fault's place: ``label.ru``, ``condition``, ``title.de``."""
    if not rest:
        return ""
    if rest[-1] in LANGUAGE_CODES:
        if sheet == SETTINGS:
            return "form_title" if rest == ["title", GERMAN] else column(f"iq_{rest[0]}", rest[-1])
        return column("hint" if rest[0] == "hint" else "label", rest[-1])
    return {"condition": "relevant"}.get(rest[-1], rest[-1] if rest[-1] in _PLAIN[sheet] else "")


def _written(cell: Any) -> str | None:
    """Return a cell as trimmed text in Unicode's normal form; None for dates and times, which spreadsheets make of texts."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else str(cell)
    if isinstance(cell, int):
        return str(cell)
    if not isinstance(cell, str):
        return None
    text = unicodedata.normalize("NFC", cell.replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()
