"""The quarter sheet: counted by hand, nothing hidden can be worked out, paper and map say the same."""

import datetime as dt
import io
import itertools
from decimal import Decimal
from typing import Any

import pypdf
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from businesses.analysis.disclosure import DOMINANT, LEAST_CONTRIBUTORS, may_show_sum
from businesses.analysis.jobs import Step
from businesses.analysis.training_answers import step_of
from businesses.geometry import stretch
from businesses.models import Business, Section, Street, Unit, Wave
from businesses.quarter_sheet.cells import hide_counts, hide_together
from businesses.quarter_sheet.documents import QuarterSheet, squares
from businesses.quarter_sheet.figures import Sheet, count_sheet, told_of
from businesses.quarter_sheet.geojson import collection_of
from businesses.services import record_interview
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Version
from tests.businesses.factories import (
    BusinessFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
    WzBranchFactory,
)

D = Decimal
LINE = [[12.40, 51.345], [12.41, 51.345], [12.42, 51.345]]


# --- what may be shown ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("amounts", "shown"),
    [
        ([], True),
        ([5], False),
        ([5, 5], False),
        ([5, 5, 5], True),
        ([7, 2, 1], True),  # exactly 70 per cent
        ([71, 20, 9], False),
        ([0, 0, 0], True),
        ([0, 0], False),
        ([4, 4, 0, 0], False),  # two businesses hold it all: each could work out the other
    ],
)
def test_number_and_dominance(amounts: list[int], shown: bool) -> None:
    assert may_show_sum([D(amount) for amount in amounts]) is shown


def test_a_hidden_sum_takes_the_smallest_other_one_along() -> None:
    cells = [[D(4), D(4), D(4)], [D(9), D(1)], [D(2), D(2), D(2)], [D(5)] * 5]
    (sums,) = hide_together(cells)
    assert sums.sums == [D(12), None, None, D(25)]
    assert sums.total == D(53)


def test_where_nothing_else_can_hide_it_the_total_is_hidden() -> None:
    (sums,) = hide_together([[D(9), D(1)], []])
    assert sums.sums[0] is None
    assert sums.total is None


def test_what_is_hidden_in_one_list_is_hidden_in_the_other() -> None:
    heads = [[D(3)] * 4, [D(3)] * 3, [D(90), D(2), D(2)]]
    fte = [[D(2)] * 4, [D(2)] * 3, [D(3), D(2), D(2)]]
    first, second = hide_together(heads, fte)
    assert [cell is None for cell in first.sums] == [cell is None for cell in second.sums]
    assert first.sums[2] is None


_AMOUNTS = st.lists(st.integers(0, 40).map(D), max_size=6)


@given(st.lists(_AMOUNTS, min_size=1, max_size=6), st.data())
def test_nobody_can_work_out_a_hidden_sum(cells: list[list[Decimal]], data: st.DataObject) -> None:
    other = [
        data.draw(st.lists(st.integers(1, 9).map(D), min_size=len(amounts), max_size=len(amounts)))
        for amounts in cells
    ]
    for sums, source in zip(hide_together(cells, other), (cells, other), strict=True):
        hidden = [at for at, cell in enumerate(sums.sums) if cell is None]
        for at, cell in enumerate(sums.sums):
            if cell is not None:
                assert cell == sum(source[at])
                assert may_show_sum(source[at])
        if sums.total is not None and hidden:
            rest = [amount for at in hidden for amount in source[at]]
            assert sums.total - sum(cell for cell in sums.sums if cell is not None) == sum(rest)
            assert len(hidden) >= 2
            told = [amount for amount in rest if amount]
            assert len(told or rest) >= LEAST_CONTRIBUTORS
            assert not told or 100 * max(told) <= DOMINANT * sum(told)


@given(st.lists(st.lists(st.integers(0, 30), min_size=6, max_size=6), min_size=1, max_size=6))
def test_no_small_count_is_shown_nor_what_gives_it_away(rows: list[list[int]]) -> None:
    shown = hide_counts(rows)
    lines = [*shown.cells, shown.row_totals, shown.column_totals]
    assert all(count is None or count == 0 or count >= 5 for line in lines for count in line)
    for line, total, truth in zip(shown.cells, shown.row_totals, rows, strict=True):
        hidden = [true for count, true in zip(line, truth, strict=True) if count is None]
        assert all(count in (None, true) for count, true in zip(line, truth, strict=True))
        assert total is None or len(hidden) != 1
    for counts, truth in (
        (shown.row_totals, [sum(row) for row in rows]),
        (shown.column_totals, [sum(c) for c in zip(*rows, strict=True)]),
    ):
        hidden = [true for count, true in zip(counts, truth, strict=True) if count is None]
        assert shown.total is None or not hidden or (len(hidden) >= 2 and sum(hidden) >= 5)
    if shown.total is None:
        assert None in shown.row_totals
        assert None in shown.column_totals


def test_the_totals_of_the_ladder_stay() -> None:
    """By hand: every total is five or more; 4 and 3 are hidden, and with them their neighbours in a rectangle of room enough."""
    shown = hide_counts([[20, 4, 10], [30, 12, 3]])
    assert shown.row_totals == [34, 45]
    assert shown.column_totals == [50, 16, 13]
    assert shown.total == 79
    assert shown.cells[0][1] is None
    assert shown.cells[1][2] is None


# --- the ladder ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("trainees", "right", "willing", "step"),
    [
        (2, [], "", Step.TRAINS),
        (0, ["trainer", "premises"], "yes", Step.READY),
        (0, ["master", "premises"], "rather_yes", Step.READY),
        (None, ["master"], "yes", Step.WILLING),
        (0, ["premises"], "yes", Step.WILLING),
        (0, ["none"], "rather_yes", Step.WILLING),
        (0, ["trainer", "master", "premises"], "rather_no", Step.ABLE),
        (0, ["trains"], "yes", Step.READY),  # who has trained may train
        (0, ["trains"], "no", Step.ABLE),
        (0, ["none"], "no", Step.NEITHER),
        (0, ["unknown"], "yes", None),
        (0, [], "yes", None),
        (0, ["none"], "", None),
    ],
)
def test_steps(trainees: int | None, right: list[str], willing: str, step: Step | None) -> None:
    assert step_of(trainees=trainees, right=right, willing=willing) == step


def test_full_time_equivalents() -> None:
    told = told_of({"v09_heads": 7, "v10_full": 2, "v11_part": 3, "v12_marginal": 1, "v14_trainees_now": 0})
    assert (told.heads, told.fte, told.trainees, told.step) == (7, D("4.75"), 0, None)
    assert told_of({"v10_full": 2, "v11_part": 3}).fte is None


# --- the cut -------------------------------------------------------------------------------------


def test_sections_cover_the_street_and_meet() -> None:
    parts = [stretch(LINE, 1, 101, low, high) for low, high in ((1, 40), (41, 60), (61, 9999))]
    assert all(parts)
    first, second, third = (part for part in parts if part)
    assert first[0] == (12.40, 51.345)
    assert third[-1] == (12.42, 51.345)
    assert first[-1] == second[0]
    assert second[-1] == third[0]
    # Number 51 stands in the middle of the street, where its line has a corner.
    assert second[1] == (12.41, 51.345)


@pytest.mark.parametrize("numbers", [(102, 200), (50, 40)])
def test_outside_of_the_street_there_is_nothing_to_stretch(numbers: tuple[int, int]) -> None:
    assert stretch(LINE, 1, 101, *numbers) is None


def test_a_line_of_one_point_is_no_line() -> None:
    assert stretch([[12.4, 51.3], [12.4, 51.3]], 1, 9, 1, 9) is None


# --- the sheet -----------------------------------------------------------------------------------


def _answers(heads: int, trainees: int, right: list[str], willing: str) -> dict[str, Any]:
    return {
        "v09_heads": {"value": heads}, "v10_full": {"value": 1}, "v11_part": {"value": 0}, "v12_marginal": {"value": 0},
        "v14_trainees_now": {"value": trainees}, "v24_right": {"choices": right}, "v25_willing": {"choices": [willing]},
    }  # fmt: skip


@pytest.fixture
def street(coordinator: User) -> Street:
    """A street of a hundred numbers in two sections; what lies behind number 80 is in none."""
    found: Street = StreetFactory(centre=coordinator.centre, line=LINE, number_at_start=1, number_at_end=101)
    Section.objects.create(street=found, name="West", number_from=1, number_to=40, frontage_m=200)
    Section.objects.create(street=found, name="Ost", number_from=41, number_to=80)
    return found


def _unit(wave: Wave, street: Street, number: int, status: str = "open", **business: Any) -> Unit:
    unit: Unit = UnitFactory(
        wave=wave, status=status,
        business=BusinessFactory(centre=wave.centre, premises__street=street, premises__house_number=number, **business),
    )  # fmt: skip
    return unit


@pytest.fixture
def wave(street: Street, survey: Version, surveyor: User, core: dict[str, Any]) -> Wave:
    """West: 6 open (5 interviewed), 1 closed, 2 vacant. East: 2 open (2 interviewed). Outside: 1 open, not interviewed."""
    wave: Wave = WaveFactory(centre=street.centre, version=survey, name="Herbst 2026")
    units = [_unit(wave, street, number) for number in (1, 3, 5, 7, 9)]
    units += [
        _unit(wave, street, number, branch=WzBranchFactory(code="47.1", kind="retail")) for number in (41, 43)
    ]
    _unit(wave, street, 11, "changed", branch=None)
    _unit(wave, street, 13, "closed")
    for number in (15, 17):
        _unit(wave, street, number, "vacant")
    _unit(wave, street, 19, "moved")
    _unit(wave, street, 99)
    told = [
        (2, 0, ["none"], "no"), (3, 0, ["none"], "no"), (4, 1, ["trains"], "yes"), (5, 2, ["trains"], "yes"), (6, 3, ["trains"], "yes"),
        (8, 0, ["none"], "yes"), (1, 0, ["none"], "yes"),
    ]  # fmt: skip
    now = timezone.now()
    for unit, (heads, trainees, right, willing) in zip(units, told, strict=True):
        record_interview(
            unit=unit, answers=core | _answers(heads, trainees, right, willing), by=surveyor, started_at=now, completed_at=now
        )  # fmt: skip
    return wave


def _sheet(wave: Wave) -> Sheet:
    return count_sheet(wave, rest="übrige", whole="zusammen")


def test_the_sheet_is_counted_by_hand(wave: Wave) -> None:
    sheet = _sheet(wave)
    west, east, rest = sheet.rows
    assert [row.name for row in sheet.rows] == ["Eisenbahnstraße, West", "Eisenbahnstraße, Ost", "übrige"]
    assert (west.units, west.active, west.others, west.vacant, west.vacancy_rate) == (9, 6, 1, 2, 22)
    assert west.per_100_m == D("4.5")
    assert (east.units, east.active, east.vacant, east.vacancy_rate, east.per_100_m) == (2, 2, 0, 0, None)
    assert (rest.units, rest.section) == (1, None)
    assert (sheet.total.units, sheet.total.vacant, sheet.total.vacancy_rate) == (12, 2, 17)
    assert dict(west.kinds) == {"gastronomy": 5, "": 1}
    assert sheet.kinds == ["gastronomy", "retail", ""]
    assert sheet.total.kinds["retail"] == 2


def test_two_interviews_are_hidden_and_so_is_what_would_give_them_away(wave: Wave) -> None:
    west, east, rest = _sheet(wave).rows
    total = _sheet(wave).total
    # East has two interviews (8 and 1): hidden. West is the only other section, so its sum goes too; the total may stay.
    assert (west.heads, east.heads, total.heads) == (None, None, D(29))
    assert (west.fte, east.fte, total.fte) == (None, None, D(14))
    # Trainees: 1, 2 and 3 in the west, none of two asked in the east.
    assert (west.trainees, east.trainees, total.trainees) == (None, None, D(6))
    assert (rest.heads, rest.interviews, rest.hides) == (None, 0, True)
    assert rest.nobody == {"heads", "fte", "trainees"}
    assert east.hides
    counts = [row.ladder for row in (west, east, rest)]
    assert all(
        number is None or number == 0 or number >= 5 for ladder in counts for number in ladder.values()
    )


def test_the_map_says_what_the_sheet_says(wave: Wave) -> None:
    sheet = _sheet(wave)
    data = collection_of(sheet)
    assert data["type"] == "FeatureCollection"
    west, east, rest = data["features"]
    for feature in (west, east, rest):
        assert feature["type"] == "Feature"
        assert set(feature) >= {"geometry", "properties"}
    assert rest["geometry"] is None
    for feature in (west, east):
        assert feature["geometry"]["type"] == "LineString"
        assert len(feature["geometry"]["coordinates"]) >= 2
        for lon, lat in feature["geometry"]["coordinates"]:
            assert 12.40 <= lon <= 12.42
            assert lat == 51.345
    assert west["properties"]["vacancy_percent"] == 22
    assert west["properties"]["kind_gastronomy"] == 5
    assert (west["properties"]["heads"], west["properties"]["hidden"]) == (None, True)
    assert data["total"]["heads"] == 29
    assert data["total"]["full_time_equivalents"] == 14


def test_paper_and_map_carry_the_same_numbers(wave: Wave) -> None:
    sheet = _sheet(wave)
    data = collection_of(sheet)
    reader = pypdf.PdfReader(io.BytesIO(pdf.render(QuarterSheet(sheet))))
    assert len(reader.pages) == 2
    first, second = (" ".join(page.extract_text().split()) for page in reader.pages)
    for feature in data["features"][:2]:
        shown = feature["properties"]
        line = f"{shown['units']} {shown['active']} {shown['vacant']} {shown['vacancy_percent']} %"
        assert line in first
    assert (
        f"{data['total']['units']} {data['total']['active']} {data['total']['vacant']} {data['total']['vacancy_percent']} %"
        in first
    )
    assert "29 14 6" in f"{first} {second}".replace("• ", "")
    assert "•" in f"{first} {second}"


def test_the_wave_before_stands_beside(wave: Wave, street: Street, survey: Version) -> None:
    earlier = WaveFactory(
        centre=wave.centre, version=survey, name="Frühjahr 2025",
        starts_on=wave.starts_on - dt.timedelta(days=400), ends_on=wave.starts_on - dt.timedelta(days=380),
    )  # fmt: skip
    for number, status in ((1, "open"), (15, "vacant"), (17, "open")):
        business = Business.objects.get(premises__street=street, premises__house_number=number)
        UnitFactory(wave=earlier, status=status, business=business)
    sheet = _sheet(wave)
    assert sheet.before is not None
    assert sheet.before.wave == earlier
    before = sheet.earlier(sheet.rows[0])
    assert before is not None
    assert (before.units, before.vacant) == (3, 1)
    assert collection_of(sheet)["features"][0]["properties"]["vacant_before"] == 1
    text = pypdf.PdfReader(io.BytesIO(pdf.render(QuarterSheet(sheet)))).pages[0].extract_text()
    assert "Frühjahr 2025" in text
    assert sheet.before.before is None


def test_a_wave_without_units_has_a_sheet(coordinator: User, survey: Version) -> None:
    sheet = _sheet(WaveFactory(centre=coordinator.centre, version=survey))
    assert sheet.rows == []
    assert (sheet.total.units, sheet.total.vacancy_rate) == (0, None)
    assert squares(sheet.total) == ""
    assert pdf.render(QuarterSheet(sheet)).startswith(b"%PDF")


def test_one_square_is_one_unit(wave: Wave) -> None:
    assert squares(_sheet(wave).rows[0]).count("<rect") == 9


@pytest.mark.parametrize("rows", [1, 3])
def test_the_number_of_queries_does_not_grow(
    rows: int,
    street: Street,
    survey: Version,
    surveyor: User,
    core: dict[str, Any],
    django_assert_num_queries: Any,
) -> None:
    wave = WaveFactory(centre=street.centre, version=survey)
    now = timezone.now()
    for number in itertools.islice(itertools.count(1, 20), rows):
        record_interview(
            unit=_unit(wave, street, number), answers=core, by=surveyor, started_at=now, completed_at=now
        )
    _sheet(wave)  # the questionnaire is in memory
    with django_assert_num_queries(6):
        _sheet(wave)
