"""Figures against worked examples; the report as workbook, data, paper and command."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

import placements.reports
from iqquadrat import pdf
from iqquadrat.core.figures import Period, Slice
from iqquadrat.reporting.catalogue import (
    CHAPTERS,
    UnknownFigureError,
    breakdowns,
    chapters_of,
    figure,
    figures,
)
from iqquadrat.reporting.charts import months_chart, round_up
from iqquadrat.reporting.documents import FunderReport
from iqquadrat.reporting.exports import as_data
from iqquadrat.reporting.queries import (
    Chapter,
    Month,
    Report,
    Table,
    count_report,
    headline,
    months_between,
    period_of,
    without_small_counts,
)
from iqquadrat.reporting.spreadsheets import workbook
from placements.categories import Category
from placements.enums import Stage
from placements.models import Placement, PlacementEvent
from tests.businesses.factories import TrainingPlaceFactory
from tests.counselling.factories import (
    ClientFactory,
    ConsultationFactory,
    NoShowFactory,
    ShortContactFactory,
)
from tests.placements.factories import PlacementFactory, VacancyFactory, started
from tests.reporting.factories import ProgrammeFactory

CODE = "iq-quadrat"
INSIDE = dt.datetime(2007, 10, 2, 9, tzinfo=dt.UTC)
DAY = INSIDE.date()


@pytest.fixture
def programme(centre: Any) -> Any:
    return ProgrammeFactory(
        code=CODE,
        centres=[centre],
        funders=["XENOS", "Stadt Leipzig"],
        targets={"employment_relationships": 5, "training_places_created": 6},
    )


@pytest.fixture
def example(programme: Any, counsellor: Any) -> Any:
    """A small quarter whose figures can be counted on the fingers."""
    amal, ihor, mai = (ClientFactory(counsellor=counsellor) for _each in range(3))
    facts = {"programme_code": CODE, "held_at": INSIDE}
    ConsultationFactory(client=amal, **facts)
    ConsultationFactory(client=amal, languages=["ar"], **facts)
    ConsultationFactory(client=ihor, languages=["ru"], **facts)
    ConsultationFactory(client=None, counsellor=counsellor, languages=["de"], **facts)
    NoShowFactory(client=mai, **facts)
    ConsultationFactory(
        client=mai, programme_code=CODE, held_at=dt.datetime(2008, 9, 30, 22, 30, tzinfo=dt.UTC)
    )
    ShortContactFactory(counsellor=counsellor, programme_code=CODE, at=INSIDE)
    for client, category in (
        (amal, Category.SV_FT), (amal, Category.MINI), (ihor, Category.SV_PT), (ihor, Category.SUBS), (mai, Category.VET_DUAL),
        (mai, Category.INT), (mai, Category.SELF),
    ):  # fmt: skip
        started(client, category, DAY, programme_code=CODE, stage__at=INSIDE)
    started(amal, Category.SV_FT, dt.date(2008, 10, 1), programme_code=CODE)
    started(amal, Category.SV_FT, DAY, programme_code="other")
    PlacementFactory(client=mai, stage=Stage.WISH, stage__at=INSIDE, programme_code=CODE)
    TrainingPlaceFactory(business__centre=counsellor.centre, created_on=DAY, programme_code=CODE)
    TrainingPlaceFactory(programme_code=CODE, created_on=DAY)  # another centre's
    VacancyFactory(centre=counsellor.centre, opened_on=DAY, programme_code=CODE, kind="training")
    return programme


def _count(programme: Any) -> Report:
    return count_report(programme, period_of(programme))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("persons_advised", 2), ("persons_new", 2), ("contacts", 4), ("short_contacts", 1), ("no_shows", 1),
        ("employment_relationships", 4), ("primary_labour_market", 2), ("training_taken_up", 1), ("placements_started", 7),
        ("placements_proposed", 7), ("training_places_created", 1), ("vacancies", 1), ("training_vacancies", 1),
        ("assessments_started", 0), ("businesses_surveyed", 0),
        ("persons_insured", 2), ("persons_subsidised", 1), ("persons_marginal", 1), ("persons_self_employed", 1),
        ("persons_training", 1), ("persons_steps", 1), ("services", 4), ("persons_returned", 0), ("persons_present", 2),
        ("training_places_first", 1), ("due_6", 0),
    ],
)  # fmt: skip
def test_the_example_is_counted_right(example: Any, code: str, value: int) -> None:
    assert figure(code).count(period_of(example)) == value


@pytest.mark.django_db
def test_employment_is_one_query_and_falls_with_a_placement(
    programme: Any, counsellor: Any, django_assert_num_queries: Any
) -> None:
    kinds = [Category.SV_FT] * 8 + [Category.SV_PT] * 6 + [Category.SUBS] * 13 + [Category.MINI] * 7
    client = ClientFactory(counsellor=counsellor)
    made = [started(client, kind, DAY, programme_code=CODE) for kind in kinds]
    for _place in range(4):
        TrainingPlaceFactory(business__centre=counsellor.centre, created_on=DAY, programme_code=CODE)
    period = period_of(programme)
    for code, value in (("employment_relationships", 34), ("primary_labour_market", 14)):
        with django_assert_num_queries(1):
            assert figure(code).count(period) == value
    with django_assert_num_queries(1):
        assert headline(period) == {
            "employment_relationships": 34, "primary_labour_market": 14, "training_places_created": 4,
        }  # fmt: skip
    with django_assert_num_queries(1):
        counts = {piece.key: piece.count for piece in next(
            table for table in placements.reports.BREAKDOWNS if table.code == "placements_by_category"
        ).slices(period)}  # fmt: skip
    assert sum(counts[kind] for kind in ("SV_FT", "SV_PT", "SUBS", "MINI")) == 34
    gone = Placement.objects.get(pk=made[0].pk)
    gone.delete()
    assert figure("employment_relationships").count(period) == 33
    assert figure("primary_labour_market").count(period) == 13


@pytest.mark.django_db
def test_an_undone_step_counts_no_longer(programme: Any, counsellor: Any) -> None:
    placement = PlacementFactory(client__counsellor=counsellor, programme_code=CODE, stage__at=INSIDE)
    assert figure("placements_proposed").count(period_of(programme)) == 1
    event = placement.events.get()
    PlacementEvent.objects.create(placement=placement, stage=event.stage, at=INSIDE, undoes=event)
    assert figure("placements_proposed").count(period_of(programme)) == 0


@pytest.mark.django_db
def test_a_report_joins_targets_months_steps_and_missing_answers(example: Any) -> None:
    report = _count(example)
    employment = report.counted_as("employment_relationships")
    assert (employment.value, employment.target, employment.missing, employment.reached) == (4, 5, 1, False)
    assert [counted.figure.code for counted in report.promised] == [
        "training_places_created",
        "employment_relationships",
    ]
    assert len(report.months) == 15
    october = report.months[3]
    assert (october.first, october.contacts, october.short_contacts) == (dt.date(2007, 10, 1), 4, 1)
    assert [step.count for step in report.steps] == [2, 0, 0, 3, 2, 0]
    tables = {
        table.breakdown.code: {s.key: s.count for s in table.slices}
        for c in report.chapters
        for table in c.tables
    }
    assert tables["languages"] == {"ar": 2, "de": 2, "ru": 1, "": 0}
    assert tables["topics"] == {"application": 4, "": 0}
    assert [chapter.key for chapter in report.chapters] == list(chapters_of(example))


@pytest.mark.django_db
def test_counting_costs_the_same_whatever_there_is_to_count(
    programme: Any, counsellor: Any, django_assert_num_queries: Any
) -> None:
    for _round in range(3):
        started(ClientFactory(counsellor=counsellor), on=DAY, programme_code=CODE)
        ConsultationFactory(client__counsellor=counsellor, held_at=INSIDE, programme_code=CODE)
        with django_assert_num_queries(REPORT_QUERIES):
            _count(programme)


REPORT_QUERIES = 75


def test_every_figure_has_a_code_of_its_own_and_a_chapter() -> None:
    codes = [entry.code for entry in [*figures(), *breakdowns()]]
    assert len(set(codes)) == len(codes)
    assert {entry.chapter for entry in [*figures(), *breakdowns()]} <= set(CHAPTERS)
    with pytest.raises(UnknownFigureError):
        figure("no-such")


@given(st.integers(0, 10**7))
def test_the_axis_ends_above_the_highest_month_and_can_be_quartered(highest: int) -> None:
    top = round_up(highest)
    assert top >= highest
    assert top % 4 == 0
    assert top <= max(4, highest * 2.5)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 2000))
def test_months_are_all_there_once(first: dt.date, days: int) -> None:
    last = first + dt.timedelta(days=days)
    months = months_between(first, last)
    assert months == sorted(set(months))
    assert (months[0].year, months[0].month) == (first.year, first.month)
    assert len(months) == (last.year - first.year) * 12 + last.month - first.month + 1


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(0, 1000))
def test_a_period_holds_its_first_and_its_last_day(first: dt.date, days: int) -> None:
    period = Period(starts_on=first, ends_on=first + dt.timedelta(days=days), centre_ids=(1,))
    assert timezone.localtime(period.starts_at).date() == first
    assert timezone.localtime(period.ends_before - dt.timedelta(seconds=1)).date() == period.ends_on


def test_months_without_anything_still_have_an_axis() -> None:
    chart = months_chart([Month(dt.date(2026, 1, 1), 0, 0)])
    assert chart.axis == [4, 3, 2, 1, 0]
    assert months_chart([]).labels == []


# --- Formats --------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_workbook_has_a_sheet_a_chapter_and_only_text_and_numbers(example: Any) -> None:
    example.name = '=HYPERLINK("http://example.org")'
    example.save()
    with translation.override("de"):
        book = load_workbook(io.BytesIO(workbook(_count(example))))
    assert book.sheetnames == [
        "Titel", "Überblick", "Beratung", "Kompetenzbilanz", "Betriebe des Quartiers", "Stellen und Vermittlung", "Wie gezählt wird",
    ]  # fmt: skip
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n"}
    assert book["Titel"]["A1"].value == book["Überblick"]["A1"].value == '=HYPERLINK("http://example.org")'
    rows = {row[0]: row[1:4] for row in book["Überblick"].iter_rows(values_only=True) if row[0]}
    assert rows["Aufgenommene Beschäftigungen"] == (4, 5, 1)
    assert rows["2007-10"][:2] == (4, 1)
    codes = [row[0] for row in book["Wie gezählt wird"].iter_rows(min_row=2, values_only=True)]
    columns = [cell.value for cell in book["Wie gezählt wird"][1]]
    assert columns == [
        "Kürzel",
        "Kapitel",
        "Name",
        "Wie gezählt wird",
        "Welcher Tag zählt",
        "Einheit",
        "Fehlende Angaben",
    ]
    for row in book["Wie gezählt wird"].iter_rows(min_row=2, values_only=True):
        assert all(row[:7]), row
    shown = chapters_of(example)
    in_report = [entry.code for entry in figures() if entry.chapter in shown]
    assert codes[: len(in_report)] == in_report
    assert set(codes) == {*in_report, *(entry.code for entry in breakdowns() if entry.chapter in shown)}


@pytest.mark.django_db
def test_the_data_carries_every_figure_by_its_code(example: Any) -> None:
    data = as_data(_count(example))
    for key in (
        "persons_advised", "contacts", "short_contacts", "assessments_started", "assessments_completed", "businesses_surveyed",
        "vacancies", "employment_relationships", "primary_labour_market", "training_places_created",
    ):  # fmt: skip
        assert isinstance(data[key], int), key
    assert data["targets"] == {"training_places_created": 6, "employment_relationships": 5}
    assert json.loads(json.dumps(data)) == data


@pytest.mark.django_db
def test_the_paper_says_it_in_german_without_an_empty_page(
    example: Any, paper_text: Any, paper_pages: Any
) -> None:
    made = pdf.render(FunderReport(_count(example)))
    text = paper_text(made)
    for words in (
        "Sachbericht an den Förderer", "IQ_QUADRAT", "1. Juli 2007 – 30. September 2008", "Aufgenommene Beschäftigungen",
        "davon auf dem 1. Arbeitsmarkt", "Was die Zahlen nicht sagen", "Wie gezählt wird", "XENOS", "Oktober 2007", "ohne Angabe",
    ):  # fmt: skip
        assert words in text, words
    reader = PdfReader(io.BytesIO(made))
    assert 8 <= paper_pages(made) <= 15
    # The foot alone has fewer than 200 signs: every page says something.
    assert all(len(page.extract_text()) > 220 for page in reader.pages), [
        len(p.extract_text()) for p in reader.pages
    ]
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Sachbericht IQ_QUADRAT"


@pytest.mark.django_db
def test_the_command_writes_what_is_asked_for(example: Any, tmp_path: Path, capsys: Any) -> None:
    sheet, paper, data = tmp_path / "r.xlsx", tmp_path / "r.pdf", tmp_path / "r.json"
    call_command("report", programme=CODE, xlsx=sheet, pdf=paper, json=str(data))
    assert load_workbook(sheet).sheetnames[:2] == ["Titel", "Überblick"]
    assert paper.read_bytes().startswith(b"%PDF")
    assert json.loads(data.read_text(encoding="utf-8"))["employment_relationships"] == 4
    call_command("report", programme=CODE)
    assert json.loads(capsys.readouterr().out)["programme"] == CODE
    with pytest.raises(CommandError, match=CODE):
        call_command("report", programme="no-such")


def test_pages_hide_small_counts_of_persons_and_the_funders_report_does_not() -> None:
    """The table of mother tongues counts persons whose profiles the coordination may not read."""
    period = Period(starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31), centre_ids=(1,))
    breakdown = next(entry for entry in breakdowns() if entry.code == "assessment_languages")
    table = Table(
        breakdown, [Slice("ar", "Arabisch", 12), Slice("tr", "Türkisch", 2), Slice("ru", "Russisch", 9)]
    )
    report = Report(None, period, [Chapter("competence", "Bilanz", [], [table])], [], [])
    shown = without_small_counts(report).chapters[0].tables[0]
    assert [(row.key, row.count, row.hidden) for row in shown.slices] == [
        ("ar", 12, False),
        ("tr", 0, True),
        ("ru", 0, True),
    ]
    assert shown.hides
    assert [row.count for row in report.chapters[0].tables[0].slices] == [12, 2, 9]
