"""Two periods side by side: which days, which difference, and what a difference must not tell."""

import datetime as dt
import io
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from iqquadrat.accesslog.models import Entry
from iqquadrat.core.figures import Period, Slice
from iqquadrat.core.small_counts import is_small
from iqquadrat.reporting.catalogue import breakdowns
from iqquadrat.reporting.comparison import (
    Pair,
    _compare_table,
    compare,
    overlap,
    same_time_last_year,
    time_before,
)
from iqquadrat.reporting.comparison_sheet import comparison_workbook
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.reporting.factories import ProgrammeFactory

CODE = "iq-quadrat"
URL = "/figures/compare/"


def _period(first: str, last: str) -> Period:
    return Period(
        starts_on=dt.date.fromisoformat(first), ends_on=dt.date.fromisoformat(last), centre_ids=(1,)
    )


# --- Which days -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "before", "year"),
    [
        (("2008-03-01", "2008-03-31"), ("2008-02-01", "2008-02-29"), ("2007-03-01", "2007-03-31")),
        (("2008-01-01", "2008-06-30"), ("2007-07-01", "2007-12-31"), ("2007-01-01", "2007-06-30")),
        (("2008-02-01", "2008-02-29"), ("2008-01-01", "2008-01-31"), ("2007-02-01", "2007-02-28")),
        (("2009-02-01", "2009-02-28"), ("2009-01-01", "2009-01-31"), ("2008-02-01", "2008-02-29")),
        (("2008-03-10", "2008-03-16"), ("2008-03-03", "2008-03-09"), ("2007-03-10", "2007-03-16")),
    ],
)
def test_the_time_before_and_last_year(now: Any, before: Any, year: Any) -> None:
    period = _period(*now)
    assert time_before(period) == _period(*before)
    assert same_time_last_year(period) == _period(*year)


@given(st.dates(dt.date(1995, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 800))
def test_the_time_before_ends_the_day_before_and_never_overlaps(first: dt.date, days: int) -> None:
    period = _period(first.isoformat(), (first + dt.timedelta(days=days)).isoformat())
    before = time_before(period)
    assert before.ends_on + dt.timedelta(days=1) == period.starts_on
    assert before.starts_on <= before.ends_on
    assert not overlap(period, before)


# --- What a difference tells ----------------------------------------------------------------------------
def test_a_change_in_per_cent_needs_a_base_of_twenty() -> None:
    assert (Pair("a", 30, 20).difference, Pair("a", 30, 20).in_per_cent) == (10, 50)
    assert Pair("a", 30, 19).in_per_cent is None
    assert Pair("a", 10, 40).in_per_cent == -75
    assert Pair("a", None, None).hidden


_lists = st.lists(st.integers(0, 30), min_size=2, max_size=6)


@given(_lists, st.data())
def test_a_row_is_hidden_in_both_periods_or_in_none(now: list[int], data: st.DataObject) -> None:
    then = data.draw(st.lists(st.integers(0, 30), min_size=len(now), max_size=len(now)))
    breakdown = next(one for one in breakdowns() if one.of_persons)
    rows = [
        [Slice(str(place), str(place), count) for place, count in enumerate(counts)] for counts in (now, then)
    ]
    table = _compare_table(breakdown, *rows, hide=True)
    for place, pair in enumerate(table.rows):
        assert (pair.now is None) == (pair.then is None)
        if not pair.hidden:
            assert (pair.now, pair.then) == (now[place], then[place])
            assert not is_small(now[place])
            assert not is_small(then[place])
    for counts in (now, then):
        hidden = [counts[place] for place, pair in enumerate(table.rows) if pair.hidden]
        # Whoever knows the total knows the sum of what is hidden: it is never that of a single small count.
        assert len(hidden) != 1
        assert not any(map(is_small, hidden)) or sum(hidden) >= 5 or sum(counts) < 5


# --- Pages and the workbook -----------------------------------------------------------------------------
@pytest.fixture
def lead(coordinator: Any, as_user: Any, centre: Any, counsellor: Any) -> Browser:
    ProgrammeFactory(code=CODE, centres=[centre], name="=1+1")
    client = ClientFactory(counsellor=counsellor)
    for month, talks in ((5, 20), (8, 30)):
        for day in range(1, 1 + talks):
            ConsultationFactory(
                client=client, programme_code=CODE, held_at=dt.datetime(2008, month, day, 9, tzinfo=dt.UTC)
            )
    return as_user(coordinator)


@pytest.mark.django_db
def test_the_last_quarter_stands_beside_the_one_before(lead: Browser) -> None:
    answer = lead.get(URL)
    compared = answer.context["compared"]
    assert (compared.now.starts_on, compared.then.starts_on) == (dt.date(2008, 7, 1), dt.date(2008, 4, 1))
    contacts = next(
        row for part in compared.chapters for row in part.figures if row.figure.code == "contacts"
    )
    assert (contacts.now, contacts.then, contacts.difference, contacts.in_per_cent) == (30, 20, 10, 50)
    assert "+10" in answer.content.decode()
    assert not any(part.tables for part in compared.chapters)
    tables = lead.get(URL, {"chapter": "counselling"}).context["compared"].chapters
    [chapter] = tables
    topics = next(table for table in chapter.tables if table.breakdown.code == "topics")
    assert [(row.now, row.then) for row in topics.rows if row.now] == [(30, 20)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("starts_on=2008-07-01&ends_on=2008-09-30&against=free", "other_starts_on"),
        ("starts_on=2008-07-01&ends_on=2008-09-30&against=free&other_starts_on=2008-09-30&other_ends_on=2008-10-31", "other_starts_on"),
        ("starts_on=2008-07-01&ends_on=2008-09-30&against=free&other_starts_on=2008-03-30&other_ends_on=2008-01-31", "other_ends_on"),
        ("starts_on=2007-01-01&ends_on=2008-09-30&against=year", "against"),
        ("starts_on=2007-01-01&ends_on=2008-09-30&against=nothing", "against"),
    ],
)  # fmt: skip
def test_days_that_make_no_comparison_are_said_in_words(lead: Browser, query: str, field: str) -> None:
    answer = lead.get(f"{URL}?{query}")
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    # What was typed is still there.
    assert str(answer.context["form"]["starts_on"].value())[:4] in query


@pytest.mark.django_db
def test_other_days_are_compared(lead: Browser) -> None:
    query = {
        "starts_on": "2008-08-01", "ends_on": "2008-08-31", "against": "free", "other_starts_on": "2008-05-01", "other_ends_on": "2008-05-10",
    }  # fmt: skip
    compared = lead.get(URL, query).context["compared"]
    contacts = next(
        row for part in compared.chapters for row in part.figures if row.figure.code == "contacts"
    )
    assert (contacts.now, contacts.then, contacts.in_per_cent) == (30, 10, None)


@pytest.mark.django_db
def test_a_counsellor_compares_the_own_caseload(lead: Browser, as_user: Any, counsellor: Any) -> None:
    answer = as_user(counsellor).get(URL)
    assert answer.context["compared"].now.counsellor_id == counsellor.pk
    assert answer.context["own_only"]


@pytest.mark.django_db
def test_the_workbook_is_plain_text_and_numbers(lead: Browser) -> None:
    answer = lead.get(reverse("reporting:compare_xlsx"))
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert book.worksheets[0]["A1"].value == "=1+1"
    again = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = {row[0]: row[1:5] for row in again.get_sheet_by_index(0).to_python()}
    assert rows["Beratungen"] == [30, 20, 10, 50]
    assert Entry.objects.filter(action="export", detail__format="comparison").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 3])
def test_comparing_costs_the_same_with_one_row_and_with_three(
    lead: Browser, counsellor: Any, django_assert_num_queries: Any, rows: int
) -> None:
    for _row in range(rows):
        ConsultationFactory(
            client__counsellor=counsellor,
            held_at=dt.datetime(2008, 9, 1, 9, tzinfo=dt.UTC),
            programme_code=CODE,
        )
    lead.get(URL)
    for query, queries in (({}, FIGURE_QUERIES), ({"chapter": "placements"}, CHAPTER_QUERIES)):
        with django_assert_num_queries(queries):
            lead.get(URL, query)


FIGURE_QUERIES, CHAPTER_QUERIES = 71, 39


@pytest.mark.django_db
def test_hidden_rows_say_so_in_the_workbook(centre: Any) -> None:
    period = Period(starts_on=dt.date(2008, 1, 1), ends_on=dt.date(2008, 12, 31), centre_ids=(centre.pk,))
    compared = compare(period, time_before(period))
    competence = next(part for part in compared.chapters if part.key == "competence")
    competence.tables[0].rows[:] = [Pair("Arabisch", None, None), Pair("Russisch", 7, 6)]
    sheet = load_workbook(io.BytesIO(comparison_workbook(compared, None)))["Kompetenzbilanz"]
    assert [cell.value for cell in sheet[2]][:4] == ["Arabisch", "verdeckt", "verdeckt", "verdeckt"]
    assert [cell.value for cell in sheet[3]][:4] == ["Russisch", 7, 6, 1]
