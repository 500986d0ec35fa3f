"""Reading the answers: two queries run side by side, however many interviews there are, and the rows wait on disk for the writers."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, NamedTuple, Self

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from businesses.enums import INTERVIEWED
from businesses.models import Interview, Section, Wave
from businesses.survey_data.frames import KINDS, UNKNOWN, Frame, Places, frames_for
from businesses.survey_data.science import (
    NOT_FOR_SCIENCE,
    OTHER_KINDS,
    SUMS_ONLY,
    Grouping,
    grouping_of,
)
from businesses.survey_data.variables import Catalogue, Column, Part, Variable
from iqquadrat.questionnaires.answers import value_of
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.enums import AnswerStatus, ItemType
from iqquadrat.questionnaires.flow import applicable_items
from iqquadrat.questionnaires.models import Answer, Version
from iqquadrat.questionnaires.queries import version_content

INTERNAL, SCIENCE = "internal", "science"
CHUNK = 2000
Cell = int | str

_INTERVIEW = (
    "pk", "response_id", "wave_id", "wave__name", "business_id", "surveyor_id", "started_at", "completed_at", "disposition",
    "language", "with_interpreter", "response__version_id", "response__version__number", "business__branch__code",
    "business__branch__version", "business__branch__kind", "business__premises__street_id", "business__premises__house_number",
)  # fmt: skip


class Stored(NamedTuple):
    """An answer as it is stored."""

    response_id: int
    key: str
    type: str
    status: str
    choices: list[str]
    number: int | None
    text: str
    date: Any


@dataclass
class Table:
    """The variables and, on disk, the rows. ``counts`` say how often each labelled number occurs."""

    variables: list[Variable]
    rows: "Spool"
    scope: str
    language: str
    waves: list[Wave]
    versions: list[int]
    counts: dict[str, Counter[int]] = field(default_factory=dict)
    filled: Counter[str] = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)
    # What is asked for each of a million cells is worked out once.
    labelled: list[frozenset[int]] = field(init=False)
    absent: list[frozenset[int]] = field(init=False)

    def __post_init__(self) -> None:
        self.labelled = [frozenset(variable.all_labels) for variable in self.variables]
        self.absent = [
            frozenset(variable.missing.codes if variable.missing else ()) for variable in self.variables
        ]

    def __len__(self) -> int:
        return len(self.rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.rows.close()


class Spool:
    """Rows in a temporary file: written once, read in order as often as wanted, never all in memory."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the spool
        self._places: list[tuple[str, int]] = []
        self._end = 0

    def add(self, row: list[Cell], *, order: str = "") -> None:
        """Keep a row; rows come back in the order of ``order``, equal ones as they came."""
        self._places.append((order, self._end))
        self._end += self._file.write(json.dumps(row).encode() + b"\n")

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[list[Cell]]:
        for _order, place in sorted(self._places, key=lambda pair: pair[0]):
            self._file.seek(place)
            yield json.loads(self._file.readline())

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()


def read_table(waves: Iterable[Wave], *, scope: str, language: str) -> Table:
    """Return the finished interviews of these waves of one centre; to be closed after use. Raises ``TooFewInterviewsError`` for science."""
    waves = sorted(waves, key=lambda wave: (wave.starts_on, wave.pk))
    catalogue = Catalogue(_versions(waves), language=language)
    places = Places.of(Section.objects.filter(street__centre=waves[0].centre_id).select_related("street"))
    grouping = grouping_of(_places(waves, places)) if scope == SCIENCE else None
    frames = frames_for(scope)
    if grouping is not None:
        for frame in frames:
            if frame.variable.name == "kind":
                frame.variable.values[OTHER_KINDS] = _("other kinds, put together")
    columns = [
        (column, variable)
        for column in catalogue.ordered
        for variable in column.variables
        if _shown(variable, scope)
    ]
    table = Table(
        variables=[frame.variable for frame in frames] + [variable for _column, variable in columns],
        rows=Spool(), scope=scope, language=language, waves=waves,
        versions=sorted({number for number, _key in catalogue.columns}),
        left_out=sorted({v.key for v in catalogue.variables if not _shown(v, scope)}),
    )  # fmt: skip
    for row, answers in _joined(waves):
        place = places.find(row["business__premises__street_id"], row["business__premises__house_number"])
        cells = _frame_cells(frames, row, str(place) if place else "", grouping)
        cells += _answer_cells(catalogue, columns, row, answers)
        table.rows.add(cells, order=str(cells[0]) if scope == SCIENCE else "")
        _count(table, cells)
    return table


def _versions(waves: list[Wave]) -> list[Version]:
    """Every version of the questionnaires of these waves that was published up to the newest one of them."""
    newest: dict[int, int] = {}
    for wave in waves:
        key = wave.version.questionnaire_id
        newest[key] = max(newest.get(key, 0), wave.version.number)
    found = (
        Version.objects.filter(questionnaire__in=newest)
        .exclude(state="draft")
        .values_list("pk", "number", "questionnaire")
    )
    kept = {pk for pk, number, key in found if number <= newest[key]} | {wave.version_id for wave in waves}
    return [version_content(pk) for pk in sorted(kept)]


def _shown(variable: Variable, scope: str) -> bool:
    if variable.key in SUMS_ONLY:
        return False
    if scope == INTERNAL:
        return True
    return variable.key not in NOT_FOR_SCIENCE and not (variable.is_text and variable.part == Part.WHOLE)


def _interviews(waves: list[Wave]) -> QuerySet[Interview]:
    return Interview.objects.finished().filter(wave__in=waves)


def _places(waves: list[Wave], places: Places) -> Iterator[tuple[int, str, int]]:
    found = _interviews(waves).order_by().values_list(
        "wave_id", "business__premises__street_id", "business__premises__house_number", "business__branch__kind"
    )  # fmt: skip
    for wave, street, number, kind in found.iterator(chunk_size=CHUNK):
        section = places.find(street, number)
        yield wave, str(section) if section else "", KINDS.get(kind, UNKNOWN.no_answer)


def _joined(waves: list[Wave]) -> Iterator[tuple[dict[str, Any], list[Stored]]]:
    """Yield each interview with its answers: two ordered streams, read side by side."""
    interviews = _interviews(waves).order_by("response_id").values(*_INTERVIEW, "channel")
    answers = iter(
        Answer.objects.filter(
            response__interview__wave__in=waves, response__interview__disposition__in=INTERVIEWED
        )
        .order_by("response_id")
        .values_list("response_id", "item__key", "item__type", "status", "choices", "number", "text", "date")
        .iterator(chunk_size=CHUNK)
    )
    waiting = next(answers, None)
    for row in interviews.iterator(chunk_size=CHUNK):
        mine: list[Stored] = []
        while waiting is not None and waiting[0] <= row["response_id"]:
            if waiting[0] == row["response_id"]:
                mine.append(Stored(*waiting))
            waiting = next(answers, None)
        yield row, mine


def _frame_cells(
    frames: list[Frame], row: dict[str, Any], place: str, grouping: Grouping | None
) -> list[Cell]:
    row["section"] = place
    cells: list[Cell] = [frame.read(row) for frame in frames]
    if grouping is None:
        return cells
    names = [frame.variable.name for frame in frames]
    at, kind = names.index("section"), names.index("kind")
    cells[kind] = grouping.kind(place, int(cells[kind]))
    cells[at] = grouping.section(place)
    return cells


def _answer_cells(
    catalogue: Catalogue,
    columns: list[tuple[Column, Variable]],
    row: Mapping[str, Any],
    answers: list[Stored],
) -> list[Cell]:
    version = catalogue.by_pk[row["response__version_id"]]
    values: dict[str, Value] = {}
    for answer in answers:
        value = value_of(answer.type, SimpleNamespace(**answer._asdict()))
        if value is not None:
            values[answer.key] = value
    asked = {item.key for item in applicable_items(version, values)}
    number = row["response__version__number"]
    found = {id(catalogue.columns[number, answer.key]): answer for answer in answers}
    known = {id(catalogue.columns[number, item.key]): item.key for item in version.ordered_items}
    return [
        cell_of(
            column, variable, found.get(id(column)),
            # An answer that this version did not offer was not asked for.
            asked=known.get(id(column)) in asked and number in variable.versions,
        )
        for column, variable in columns
    ]  # fmt: skip


def cell_of(column: Column, variable: Variable, answer: Stored | None, *, asked: bool) -> Cell:
    """Return what stands in one cell: the answer, or which of the three ways it is missing."""
    missing = column.missing
    if answer is None or not asked or answer.status != AnswerStatus.ANSWERED:
        if variable.is_text:
            return ""
        if not asked:
            return missing.not_asked
        return missing.not_reached if answer is None else missing.no_answer
    if variable.part == Part.JOINED:
        return " ".join(answer.choices)
    if variable.part == Part.CHOICE:
        return int(variable.choice in answer.choices)
    if variable.part == Part.STATUS:
        return 1
    if column.item_type == ItemType.SINGLE:
        return column.codes[answer.choices[0]]
    if column.item_type == ItemType.DATE:
        return str(answer.date)
    return answer.text if answer.number is None else answer.number


def _count(table: Table, cells: list[Cell]) -> None:
    for variable, labelled, absent, cell in zip(
        table.variables, table.labelled, table.absent, cells, strict=True
    ):
        if isinstance(cell, int):
            if cell in labelled:
                table.counts.setdefault(variable.name, Counter())[cell] += 1
            if cell not in absent:
                table.filled[variable.name] += 1
        elif cell:
            table.filled[variable.name] += 1
