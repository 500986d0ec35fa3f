"""Several funders at once, and targets for single years set against what was reached."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from iqquadrat import pdf
from iqquadrat.reporting import services
from iqquadrat.reporting.documents import FunderReport
from iqquadrat.reporting.models import Programme, ProgrammeFunder, Target
from iqquadrat.reporting.queries import count_report, period_of
from iqquadrat.reporting.services import Funder
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.reporting.factories import ProgrammeFactory

CODE = "iq-quadrat"


@pytest.fixture
def programme(centre: Any) -> Programme:
    made: Programme = ProgrammeFactory(code=CODE, centres=[centre])
    return made


@pytest.fixture
def lead(coordinator: Any, as_user: Any, programme: Programme) -> Browser:
    return as_user(coordinator)


def _typed(**more: str) -> dict[str, str]:
    return {"name": "IQ", "starts_on": "2007-07-01", "ends_on": "2008-09-30", "revision": "1"} | more


@pytest.mark.django_db
def test_funders_are_kept_in_the_order_of_their_lines(lead: Browser, programme: Programme) -> None:
    typed = _typed(
        funder_1_name="XENOS", funder_1_reference="B-17", funder_1_share="62,5", funder_3_name="Stadt Leipzig", funder_3_share="٣٧.٥"
    )  # fmt: skip
    assert lead.post(reverse("reporting:programme_edit", args=[CODE]), typed).status_code == 302
    assert list(programme.funders.values_list("position", "name", "reference", "share")) == [
        (1, "XENOS", "B-17", Decimal("62.50")),
        (2, "Stadt Leipzig", "", Decimal("37.50")),
    ]
    page = lead.get(reverse("reporting:programme_list")).content.decode()
    assert "XENOS" in page
    assert "Stadt Leipzig" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"funder_1_name": "A", "funder_1_share": "60", "funder_2_name": "B", "funder_2_share": "40,01"}, "funder_2_share"),
        ({"funder_1_name": "A", "funder_1_share": "0"}, "funder_1_share"),
        ({"funder_1_name": "A", "funder_1_share": "100.01"}, "funder_1_share"),
        ({"funder_1_name": "A", "funder_1_share": "viel"}, "funder_1_share"),
        ({"funder_2_share": "10"}, "funder_2_name"),
        ({"funder_2_reference": "B-17"}, "funder_2_name"),
    ],
)  # fmt: skip
def test_shares_that_make_no_sense_are_refused_at_their_field(
    lead: Browser, programme: Programme, typed: dict[str, str], field: str
) -> None:
    answer = lead.post(reverse("reporting:programme_edit", args=[CODE]), _typed(**typed))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not programme.funders.exists()


@pytest.mark.django_db
def test_the_service_and_the_database_keep_the_shares(programme: Programme, coordinator: Any) -> None:
    with pytest.raises(services.SharesError):
        services.change_programme(
            programme=programme, revision=1, by=coordinator, targets={}, funders=[Funder("A", share=Decimal(60)), Funder("B", share=Decimal(41))]
        )  # fmt: skip
    programme.refresh_from_db()
    assert programme.revision == 1
    for facts in ({"name": ""}, {"name": "A", "share": 0}, {"name": "A", "share": 101}):
        with pytest.raises(IntegrityError), transaction.atomic():
            ProgrammeFunder.objects.create(programme=programme, position=1, **facts)


# --- Targets for single years ---------------------------------------------------------------------------
@pytest.mark.django_db
def test_a_year_has_targets_of_its_own(lead: Browser, programme: Programme) -> None:
    Target.objects.create(programme=programme, figure="contacts", value=100)
    url = reverse("reporting:programme_year", args=[CODE, 2007])
    assert lead.post(url, {"revision": "1", "target_contacts": "40"}).status_code == 302
    late = lead.post(url, {"revision": "1", "target_contacts": "50"})
    assert late.status_code == 409
    assert [row[1:] for row in late.context["theirs"]] == [("40", "50")]
    assert sorted(programme.targets.values_list("year", "value"), key=str) == [(2007, 40), (None, 100)]
    # The form of the whole time leaves the years alone.
    assert lead.post(
        reverse("reporting:programme_edit", args=[CODE]), _typed(revision="2", target_contacts="90")
    ).status_code == 302  # fmt: skip
    assert sorted(programme.targets.values_list("year", "value"), key=str) == [(2007, 40), (None, 90)]
    assert lead.get(reverse("reporting:programme_year", args=[CODE, 2009])).status_code == 404
    assert lead.post(url, {"revision": "3", "target_contacts": "viele"}).status_code == 422


@pytest.mark.django_db
def test_a_year_outside_the_programme_is_refused(programme: Programme, coordinator: Any) -> None:
    with pytest.raises(services.ForeignYearError):
        services.set_year_targets(
            programme=programme, year=2009, revision=1, by=coordinator, targets={"contacts": 1}
        )
    for year in (2007, None):
        Target.objects.create(programme=programme, figure="contacts", value=1, year=year)
        with pytest.raises(IntegrityError), transaction.atomic():
            Target.objects.create(programme=programme, figure="contacts", value=2, year=year)


@pytest.mark.django_db
def test_the_report_sets_each_year_against_its_targets(
    lead: Browser, programme: Programme, counsellor: Any, paper_text: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    for year in (2007, 2008, 2008):
        ConsultationFactory(
            client=client, programme_code=CODE, held_at=dt.datetime(year, 8, 2, 9, tzinfo=dt.UTC)
        )
    for year, value in ((2007, 5), (2008, 2)):
        Target.objects.create(programme=programme, figure="contacts", value=value, year=year)
    report = count_report(programme, period_of(programme))
    assert [
        (year.number, year.whole, year.figures[0].value, year.figures[0].target) for year in report.years
    ] == [
        (2007, False, 1, 5),
        (2008, False, 2, 2),
    ]
    assert report.counted_as("contacts").target is None
    page = lead.get("/figures/").content.decode()
    assert "Ziele für einzelne Jahre" in page
    text = paper_text(pdf.render(FunderReport(report)))
    assert "Ziele für 2007" in text
    assert "1. Juli 2007 bis 31. Dezember 2007" in text


# --- On paper, in both languages ------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_title_page_names_all_funders_in_either_language(
    lead: Browser, programme: Programme, paper_text: Any
) -> None:
    for position, (name, share) in enumerate((("XENOS", "62.5"), ("Stadt Leipzig", None)), start=1):
        ProgrammeFunder.objects.create(
            programme=programme, position=position, name=name, share=share, reference="B-17"
        )
    url = reverse("reporting:report_pdf")
    german = paper_text(lead.get(url, {"programme": CODE}).content)
    for words in ("XENOS (62,5 %)", "Stadt Leipzig", "Sachbericht an den Förderer", "Wie gezählt wird"):
        assert words in german, words
    english = paper_text(lead.get(url, {"programme": CODE, "language": "en"}).content)
    for words in (
        "XENOS (62.5 %)", "Report to the funder", "How it is counted", "What the figures do not say", "1 July 2007", "Persons advised",
    ):  # fmt: skip
        assert words in english, words
    for words in ("Förderer", "Kennzahl", "Zeitraum", "gezählt", "Personen"):
        assert words not in english, words
    assert lead.get(url, {"programme": CODE, "language": "fr"}).status_code == 404


@pytest.mark.django_db
def test_the_english_paper_says_its_language(programme: Programme) -> None:
    import io

    made = pdf.render(FunderReport(count_report(programme, period_of(programme)), "en"))
    root = PdfReader(io.BytesIO(made)).trailer["/Root"]
    assert root["/Lang"] == "en"


# --- The way there and back -----------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_one_funder_becomes_the_first_and_all_become_one_line_again() -> None:
    before, after = (
        [("reporting", "0003_corrections_by_record_and_programme")],
        [("reporting", "0004_funders_and_targets_a_year")],
    )
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        old = MigrationExecutor(connection).migrate(before)
        facts = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
        model: Any = old.apps.get_model("reporting", "Programme")
        model.objects.create(code="a", name="A", funder="XENOS", reference="B-17", **facts)
        model.objects.create(code="b", name="B", **facts)
        new = MigrationExecutor(connection).migrate(after)
        funders: Any = new.apps.get_model("reporting", "ProgrammeFunder")
        assert list(funders.objects.values_list("programme__code", "name", "reference")) == [
            ("a", "XENOS", "B-17")
        ]
        programme = new.apps.get_model("reporting", "Programme").objects.get(code="a")
        funders.objects.create(programme=programme, position=2, name="Stadt", reference="")
        back = MigrationExecutor(connection).migrate(before)
        again: Any = back.apps.get_model("reporting", "Programme")
        assert list(again.objects.order_by("code").values_list("funder", "reference")) == [
            ("XENOS; Stadt", "B-17"),
            ("", ""),
        ]
        again.objects.all().delete()
    finally:
        MigrationExecutor(connection).migrate(leaves)
