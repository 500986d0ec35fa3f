"""Pages of figures and programmes: who sees which numbers and records, addresses that make no sense, targets, conflicts."""

import datetime as dt
import html
import io
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from iqquadrat.accesslog.models import Entry
from iqquadrat.reporting.catalogue import CHAPTERS, breakdowns, figures
from iqquadrat.reporting.models import Programme
from placements.categories import Category
from tests.businesses.factories import BusinessFactory, TrainingPlaceFactory
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import started
from tests.reporting.factories import ProgrammeFactory

pytestmark = pytest.mark.django_db
CODE = "iq-quadrat"
INSIDE = dt.datetime(2007, 10, 2, 9, tzinfo=dt.UTC)
DASHBOARD = "/figures/"


@pytest.fixture
def programme(centre: Any) -> Programme:
    made: Programme = ProgrammeFactory(
        code=CODE,
        centres=[centre],
        targets={"employment_relationships": 3, "training_places_created": 1, "contacts": 2512},
    )
    return made


@pytest.fixture
def lead(coordinator: Any, as_user: Any, programme: Programme) -> Browser:
    """The coordinator's browser."""
    return as_user(coordinator)


def _placed(counsellor: Any, category: Category = Category.SV_FT) -> Any:
    return started(ClientFactory(counsellor=counsellor), category, INSIDE.date(), programme_code=CODE)


def test_the_definitions_name_every_figure_and_every_table(lead: Browser) -> None:
    address = reverse("reporting:definitions")
    pages = {
        chapter: html.unescape(lead.get(address, {"chapter": chapter}).content.decode())
        for chapter in CHAPTERS
    }
    for one in (*figures(), *breakdowns()):
        assert f'id="{one.code}"' in pages[one.chapter]
        assert str(one.definition) in pages[one.chapter]
    assert all(f'id="chapter-{chapter}"' in page for chapter, page in pages.items())
    assert lead.get(address, {"chapter": "nothing"}).context["chosen"] == next(iter(CHAPTERS))


def test_a_definition_is_found_by_its_words_in_any_chapter(lead: Browser) -> None:
    address = reverse("reporting:definitions")
    found = lead.get(address, {"q": "PLACEMENTS_by"})
    assert {entry.said.code for entry in found.context["entries"]} == {
        "placements_by_category",
        "placements_by_field",
    }
    many = lead.get(address, {"q": "e"})
    assert len(many.context["entries"]) == 25
    assert many.context["page_obj"].paginator.count > 60
    assert not lead.get(address, {"q": "nowhere at all"}).context["entries"]


def test_a_figure_leads_to_its_definition_on_the_page_of_its_chapter(lead: Browser) -> None:
    page = lead.get(
        reverse("reporting:figure_detail", args=["vacancies"]), {"programme": CODE, "page": "1"}
    ).content.decode()
    assert f'{reverse("reporting:definitions")}?programme={CODE}&amp;chapter=placements#vacancies"' in page


def test_what_never_becomes_public_says_so_in_its_definition(lead: Browser) -> None:
    for chapter, codes in (
        ("esf", {f"eeco{number}" for number in range(12, 18)}),
        ("counselling", {"persons_gone", "persons_present"}),
    ):
        entries = lead.get(reverse("reporting:definitions"), {"chapter": chapter}).context["entries"]
        assert {entry.said.code for entry in entries if entry.stays_inside} == codes


# --- The numbers and their records ----------------------------------------------------------------------
def test_the_page_shows_headlines_targets_and_german_numbers(lead: Browser, counsellor: Any) -> None:
    _placed(counsellor)
    _placed(counsellor, Category.MINI)
    TrainingPlaceFactory(business__centre=counsellor.centre, created_on=INSIDE.date(), programme_code=CODE)
    ConsultationFactory(client__counsellor=counsellor, held_at=INSIDE, programme_code=CODE)
    answer = lead.get(DASHBOARD)
    page = answer.content.decode()
    assert [(h["counted"].value, h["full"], h["half"]) for h in answer.context["heads"]] == [
        (2, 1, 1),
        (1, 1, 0),
        (1, 1, 0),
    ]
    for words in (
        "Ziel 3, 1 fehlt",
        "Ziel 1 erreicht",
        "2.512",
        "davon auf dem 1. Arbeitsmarkt",
        "ohne Angabe",
        "Wie gezählt wird",
    ):
        assert words in page, words


def test_a_counsellor_sees_the_own_caseload_and_its_records(
    as_user: Any, counsellor: Any, programme: Programme
) -> None:  # fmt: skip
    mine, theirs = _placed(counsellor), _placed(UserFactory(centre=counsellor.centre))
    browser = as_user(counsellor)
    answer = browser.get(DASHBOARD)
    assert answer.context["report"].value("employment_relationships") == 1
    assert "eigene Klient/innen" in answer.content.decode()
    records = browser.get(reverse("reporting:figure_detail", args=["employment_relationships"]))
    page = records.content.decode()
    assert records.context["value"] == 1
    assert mine.client.number in page
    assert theirs.client.number not in page
    assert Entry.objects.filter(action="view", object_type="figure").count() == 1


def test_a_coordinator_sees_records_without_names(lead: Browser, counsellor: Any) -> None:
    placement = _placed(counsellor)
    ConsultationFactory(client=placement.client, held_at=INSIDE, programme_code=CODE)
    for entry in figures():
        answer = lead.get(reverse("reporting:figure_detail", args=[entry.code]))
        assert answer.status_code == 200, entry.code
        assert "Haddad" not in answer.content.decode(), entry.code
    page = lead.get(reverse("reporting:figure_detail", args=["employment_relationships"])).content.decode()
    assert placement.client.number in page
    assert "2.10.2007" in page


def test_another_centre_s_records_are_not_counted(lead: Browser, stranger: Any) -> None:
    _placed(stranger)
    assert lead.get(DASHBOARD).context["report"].value("employment_relationships") == 0


def test_figures_are_paged_and_the_way_back_keeps_the_period(lead: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    for _each in range(26):
        started(client, Category.SV_FT, INSIDE.date(), programme_code=CODE)
    url = reverse("reporting:figure_detail", args=["employment_relationships"])
    answer = lead.get(url, {"programme": CODE, "page": "2"})
    assert (len(answer.context["rows"]), answer.context["value"]) == (1, 26)
    assert answer.context["query"] == f"programme={CODE}"


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_with_one_row_and_with_three(
    lead: Browser, counsellor: Any, django_assert_num_queries: Any, rows: int
) -> None:
    for _row in range(rows):
        _placed(counsellor)
        ConsultationFactory(client__counsellor=counsellor, held_at=INSIDE, programme_code=CODE)
        BusinessFactory(centre=counsellor.centre, programme_code=CODE)
    lead.get(DASHBOARD)
    with django_assert_num_queries(DASHBOARD_QUERIES):
        lead.get(DASHBOARD)
    for code, queries in (("employment_relationships", 12), ("contacts", 12), ("persons_advised", 12)):
        with django_assert_num_queries(queries):
            lead.get(reverse("reporting:figure_detail", args=[code]))


DASHBOARD_QUERIES = 84


# --- Addresses that make no sense -----------------------------------------------------------------------
@pytest.mark.parametrize(
    "query",
    [
        "programme=no-such", "starts_on=0001-01-01", "ends_on=9999-12-31", "starts_on=2008-05-01&ends_on=2007-05-01",
        "starts_on=gestern", "starts_on=1900-01-01&ends_on=2199-01-01", "starts_on=2199-12-31", "ends_on=1900-01-01",
        "programme=%00", "page=99", "starts_on=2026-01-01&ends_on=2026-02-01", "starts_on=%D9%A2%D9%A0",
    ],
)  # fmt: skip
@pytest.mark.parametrize("with_programme", [True, False])
def test_an_odd_period_is_answered_in_words(
    coordinator: Any, as_user: Any, centre: Any, query: str, with_programme: bool
) -> None:
    if with_programme:
        ProgrammeFactory(code=CODE, centres=[centre])
    browser = as_user(coordinator)
    for name, arguments in (
        ("dashboard", []),
        ("figure_detail", ["contacts"]),
        ("report_json", []),
        ("report_xlsx", []),
    ):
        answer = browser.get(f"{reverse(f'reporting:{name}', args=arguments)}?{query}")
        assert answer.status_code in (200, 400, 422), (name, query)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.text(max_size=12) | st.dates().map(str), last=st.text(max_size=12) | st.dates().map(str))
def test_no_period_breaks_a_figure(coordinator: Any, as_user: Any, first: str, last: str) -> None:
    answer = as_user(coordinator).get(
        reverse("reporting:figure_detail", args=["contacts"]), {"starts_on": first, "ends_on": last}
    )
    assert answer.status_code in (200, 400)


def test_the_days_of_another_programme_do_not_empty_this_one(lead: Browser, centre: Any) -> None:
    ProgrammeFactory(
        code="now", centres=[centre], starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31)
    )
    answer = lead.get(DASHBOARD, {"programme": "now", "starts_on": "2007-07-01", "ends_on": "2008-09-30"})
    assert answer.context["period"].starts_on == dt.date(2026, 1, 1)
    assert answer.context["form"]["starts_on"].value() == dt.date(2026, 1, 1)


def test_an_unknown_figure_does_not_exist(lead: Browser) -> None:
    assert lead.get(reverse("reporting:figure_detail", args=["no-such"])).status_code == 404


# --- Files ----------------------------------------------------------------------------------------------
def test_files_are_handed_out_and_logged(lead: Browser, counsellor: Any) -> None:
    _placed(counsellor)
    sheet = lead.get(reverse("reporting:report_xlsx"))
    assert load_workbook(io.BytesIO(sheet.content)).sheetnames[:2] == ["Titel", "Überblick"]
    assert "iq-quadrat-2008-09-30.xlsx" in sheet["Content-Disposition"]
    assert lead.get(reverse("reporting:report_json")).json()["employment_relationships"] == 1
    assert lead.get(reverse("reporting:report_pdf")).content.startswith(b"%PDF")
    formats = {entry.detail["format"] for entry in Entry.objects.filter(action="export")}
    assert formats == {"xlsx", "json", "pdf"}


def test_without_a_programme_there_is_no_report_to_a_funder(as_user: Any, coordinator: Any) -> None:
    browser = as_user(coordinator)
    assert browser.get(DASHBOARD).status_code == 200
    assert browser.get(reverse("reporting:report_pdf")).status_code == 404
    assert (
        reverse("reporting:programme_create")
        in browser.get(reverse("reporting:programme_list")).content.decode()
    )


# --- Programmes -----------------------------------------------------------------------------------------
def _typed(**more: Any) -> dict[str, Any]:
    return {
        "code": "willkommen", "name": "Willkommen im Quartier", "starts_on": "2026-01-01", "ends_on": "2026-12-31", "revision": "1",
        "target_contacts": "٣٠٠", "target_persons_advised": "",
    } | more  # fmt: skip


def test_a_programme_is_kept_with_its_targets(lead: Browser, centre: Any) -> None:
    url = reverse("reporting:programme_create")
    assert lead.post(url, _typed()).status_code == 302
    made = Programme.objects.get(code="willkommen")
    assert list(made.centres.all()) == [centre]
    assert dict(made.targets.values_list("figure", "value")) == {"contacts": 300}
    edit = reverse("reporting:programme_edit", args=["willkommen"])
    change = _typed(target_contacts="", target_vacancies="12", code="heimlich-anders", name="Willkommen")
    assert lead.post(edit, change).status_code == 302
    made.refresh_from_db()
    assert (made.code, made.name) == ("willkommen", "Willkommen")
    assert dict(made.targets.values_list("figure", "value")) == {"vacancies": 12}


def test_the_second_of_two_editors_sees_both_versions(lead: Browser) -> None:
    url = reverse("reporting:programme_edit", args=[CODE])
    typed = _typed(name="IQ_QUADRAT", starts_on="2007-07-01", ends_on="2008-09-30")
    assert lead.post(url, typed | {"funder_1_name": "XENOS"}).status_code == 302
    late = lead.post(url, typed | {"funder_1_name": "BQN", "name": "Anders"})
    assert late.status_code == 409
    assert late.context["programme"].name == "IQ_QUADRAT"
    assert ("Name", "XENOS", "BQN") in late.context["theirs"]
    again = {"revision": late.context["form"]["revision"].value()}
    assert lead.post(url, typed | {"funder_1_name": "BQN"} | again).status_code == 302
    assert [one.name for one in Programme.objects.get(code=CODE).funders.all()] == ["BQN"]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"code": CODE}, "code"),
        ({"code": "new"}, "code"),
        ({"code": "IQ Quadrat"}, "code"),
        ({"code": "x" * 31}, "code"),
        ({"name": ""}, "name"),
        ({"name": "\u202eabc"}, "name"),
        ({"ends_on": "2025-01-01"}, "ends_on"),
        ({"ends_on": "2199-01-01"}, "ends_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"target_contacts": "-1"}, "target_contacts"),
        ({"target_contacts": "9" * 21}, "target_contacts"),
        ({"target_contacts": "viele"}, "target_contacts"),
    ],
)
def test_bad_input_is_said_at_its_field(lead: Browser, typed: dict[str, Any], field: str) -> None:
    answer = lead.post(reverse("reporting:programme_create"), _typed(**typed))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert Programme.objects.count() == 1
