"""Values of a list that nobody knows: found, counted, and said what they mean; what a centre has said once is proposed in its next list."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from businesses.branches import group_codes
from businesses.exchange.columns import ALSO, COLUMNS, choices_of
from businesses.models import RegisterImport, ValueMeaning
from businesses.survey_data.csv_file import restored
from iqquadrat.accounts.models import User
from iqquadrat.core.importing.columns import Column, of_choice
from iqquadrat.core.importing.guessing import Meanings, meanings_of, parts
from iqquadrat.core.importing.values import different_cells, value_key
from iqquadrat.core.text import latin_digits

Said = Mapping[str, Mapping[str, str]]  # by field and folded value: the code, "" where it stays empty
STAYS_AN_ERROR = "?"
# Of one column: different cells that are looked at, and unknown values that are listed.
MOST_CELLS, MOST_VALUES = 1_000, 200
LONGEST_KEY = 400


@dataclass(frozen=True)
class UnknownValue:
    """A value of a column of choices that is none of ours; ``rows`` have it."""

    column: Column
    key: str
    written: str
    rows: int


@dataclass(frozen=True)
class Unknown:
    """The unknown values of a list, column by column, the most frequent first; ``has_more``: not all could be listed."""

    values: list[UnknownValue]
    has_more: bool


def said_of(run: RegisterImport, field: str) -> dict[str, str]:
    """Return what was said about the values of this column in this list, without those that stay errors."""
    said = run.meanings.get(field, {})
    return {key: code for key, code in said.items() if code != STAYS_AN_ERROR}


def vocabulary(column: Column, said: Mapping[str, str]) -> Meanings:
    """Return everything by which values of this column are known: what was ``said`` about this list comes first."""
    return meanings_of(partial(choices_of, column), ALSO.get(column.field, {}), said)


def unknown_values(run: RegisterImport) -> Unknown:
    """Return the values of the columns of this run that nobody would know without being told: one query for each such column."""
    chosen = {name: int(place) for place, name in run.columns.items() if name in COLUMNS}
    columns = [
        *of_choice(COLUMNS[name] for name in chosen),
        *(COLUMNS[name] for name in chosen if name == "branch"),
    ]
    found: list[UnknownValue] = []
    has_more = False
    for column in columns:
        cells, is_cut = different_cells(run, chosen[column.field], MOST_CELLS)
        values = _unknown(column, cells, is_plain=run.file_format == "geojson")
        found += values[:MOST_VALUES]
        has_more |= is_cut or len(values) > MOST_VALUES
    return Unknown(found, has_more)


def _unknown(column: Column, cells: list[tuple[str, int]], *, is_plain: bool) -> list[UnknownValue]:
    known = _is_known(column)
    counts: Counter[str] = Counter()
    written: dict[str, str] = {}
    for cell, rows in cells:
        for text in parts(column, cell if is_plain else restored(cell)):
            key = value_key(text)
            if len(key) <= LONGEST_KEY and not known(text):
                counts[key] += rows
                written.setdefault(key, text)
    return [UnknownValue(column, key, written[key], rows) for key, rows in counts.most_common()]


def _is_known(column: Column) -> Callable[[str], bool]:
    """Return what tells whether a value is known. A branch is by being a group of some version: of which one, the rest of the row says."""
    if column.field == "branch":
        codes = group_codes()
        return lambda text: latin_digits(text) in codes
    meanings = vocabulary(column, {})
    return lambda text: meanings.of(text) is not None


def remembered(centre_id: int) -> dict[str, dict[str, str]]:
    """Return what the centre has said about values of earlier lists."""
    known: dict[str, dict[str, str]] = {}
    said = ValueMeaning.objects.filter(centre=centre_id)
    for field, written, code in said.values_list("field", "written", "code"):
        known.setdefault(field, {})[written] = code
    return known


def remember(centre_id: int, said: Said, by: User) -> None:
    """Keep what was said for the next list; what stays an error now is proposed no more."""
    told = sorted(
        (field, written, code) for field, values in said.items() for written, code in values.items()
    )
    ValueMeaning.objects.bulk_create(
        [
            ValueMeaning(centre_id=centre_id, field=field, written=written, code=code, changed_by=by)
            for field, written, code in told
            if code != STAYS_AN_ERROR
        ],
        update_conflicts=True, unique_fields=["centre", "field", "written"], update_fields=["code", "changed_by", "changed_at"],
    )  # fmt: skip
    for field, values in said.items():
        errors = [written for written, code in values.items() if code == STAYS_AN_ERROR]
        ValueMeaning.objects.filter(centre=centre_id, field=field, written__in=errors).delete()
