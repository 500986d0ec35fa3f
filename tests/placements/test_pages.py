"""Pages: what is shown to whom, what a form says to bad input, and that a list costs the same with one row and with three."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from counselling.models import Consent
from placements.categories import Category
from placements.enums import Stage
from placements.models import Placement, PlacementEvent
from tests.businesses.factories import BusinessFactory
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import PlacementFactory, VacancyFactory, agree, started

pytestmark = pytest.mark.django_db
CONTROL = "Koch\x00in"


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _vacancy(**typed: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "revision": "1", "title": "Küchenhilfe", "kind": "job", "field_of_work": "kitchen",
        "positions": "1", "employer_name": "Restaurant Levante", "source": "call", "hours_per_week": "٢٥",
    } | typed  # fmt: skip


# --- Who sees what --------------------------------------------------------------------------------------
def test_the_board_shows_own_clients_by_name_and_nobody_else_s(desk: Browser, counsellor: Any) -> None:
    PlacementFactory(client__counsellor=counsellor)
    colleague = UserFactory(centre=counsellor.centre)
    other = PlacementFactory(client__counsellor=colleague, client__latin_family_name="Nguyen")
    page = desk.get(reverse("placements:board")).content.decode()
    assert "Amal Haddad" in page
    assert "1 laufende Vermittlung" in page
    assert "Nguyen" not in page
    assert other.client.number not in page


def test_a_coordinator_meets_numbers_instead_of_names(
    as_user: Any, coordinator: Any, counsellor: Any
) -> None:
    placement = PlacementFactory(client__counsellor=counsellor)
    browser = as_user(coordinator)
    for url in (
        reverse("placements:board"),
        reverse("placements:placement_list"),
        reverse("placements:placement_detail", args=[placement.public_id]),
        reverse("placements:vacancy_detail", args=[placement.vacancy.public_id]),
    ):
        page = browser.get(url).content.decode()
        assert placement.client.number in page, url
        for secret in ("Haddad", "أمل", str(placement.client.public_id)):
            assert secret not in page, (url, secret)
    step = reverse("placements:placement_detail", args=[placement.public_id])
    assert browser.post(step, {"stage": "applied"}).status_code == 403


def test_a_colleague_s_placement_does_not_exist(as_user: Any, counsellor: Any, stranger: Any) -> None:
    placement = PlacementFactory(client__counsellor=counsellor)
    for other in (stranger, UserFactory(centre=counsellor.centre)):
        url = reverse("placements:placement_detail", args=[placement.public_id])
        assert as_user(other).get(url).status_code == 404


def test_who_leads_and_counsels_takes_steps_for_own_clients_only(as_user: Any, counsellor: Any) -> None:
    both = UserFactory(centre=counsellor.centre, roles=["counsellor", "coordinator"])
    placement = PlacementFactory(client__counsellor=counsellor)
    agree(placement.client, placement.vacancy)
    browser = as_user(both)
    event = PlacementEvent.objects.create(placement=placement, stage="applied", at=timezone.now())
    for url, typed in (
        (reverse("placements:placement_detail", args=[placement.public_id]), {"stage": "interview"}),
        (reverse("placements:placement_undo", args=[placement.public_id]), {"event": event.pk}),
    ):
        assert browser.post(url, typed).status_code == 403
    found = browser.get(reverse("placements:client_choices"), {"q": "Haddad"}).content.decode()
    assert placement.client.number not in found
    answer = browser.post(
        reverse("placements:placement_create"),
        {
            "client": placement.client.public_id,
            "vacancy": VacancyFactory(centre=both.centre).public_id,
            "stage": "wish",
        },
    )
    assert answer.status_code == 422
    assert Placement.objects.count() == 1


def test_the_board_leaves_out_work_that_began_long_ago(desk: Browser, counsellor: Any) -> None:
    for day in (dt.date(2008, 1, 2), timezone.localdate()):
        started(ClientFactory(counsellor=counsellor), on=day)
    PlacementFactory(client__counsellor=counsellor, stage=Stage.CLOSED)
    assert desk.get(reverse("placements:board")).context["total"] == 1
    assert desk.get(reverse("placements:placement_list")).context["page_obj"].paginator.count == 3


def test_a_long_lane_names_the_rest(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    PlacementFactory.create_batch(10, client=client)
    page = desk.get(reverse("placements:board"))
    lane = page.context["lanes"][0]
    assert (lane["count"], len(lane["placements"]), lane["more"]) == (10, 8, 2)
    assert "2 weitere" in page.content.decode()


# --- Vacancies ------------------------------------------------------------------------------------------
def test_a_proposal_is_made_from_the_client_s_page_with_its_consent(desk: Browser, counsellor: Any) -> None:
    client, vacancy = ClientFactory(counsellor=counsellor), VacancyFactory(centre=counsellor.centre)
    head = desk.get(client.get_absolute_url()).content.decode()
    door = reverse("placements:client_propose", args=[client.public_id])
    assert door in head
    begun = desk.get(door, follow=True)
    assert begun.context["client"] == client
    assert "Amal Haddad" in begun.content.decode()
    typed = {
        "client": client.public_id, "vacancy": vacancy.public_id, "stage": "proposed", "explained_in": "ar",
        "submission": str(uuid.uuid4()), "note": "gern abends", "match_reason": "known_from_talk",
    }  # fmt: skip
    url = reverse("placements:placement_create")
    refused = desk.post(url, typed)
    assert refused.status_code == 422
    assert "agreed" in refused.context["form"].errors
    assert "gern abends" in refused.content.decode()
    assert refused.context["client"] == client
    for _again in range(2):
        assert desk.post(url, typed | {"agreed": "on"}).status_code == 302
    assert Placement.objects.get().events.get().note == "gern abends"
    assert Consent.objects.get(client=client).explained_in == "ar"


@pytest.mark.parametrize("name", ["client", "vacancy"])
@pytest.mark.parametrize("value", ["", "kaputt", str(uuid.UUID(int=7))])
def test_a_forged_client_or_vacancy_is_refused_in_words(
    desk: Browser, counsellor: Any, name: str, value: str
) -> None:
    typed = {
        "client": str(ClientFactory(counsellor=counsellor).public_id), "stage": "wish",
        "vacancy": str(VacancyFactory(centre=counsellor.centre).public_id),
    } | {name: value}  # fmt: skip
    url = reverse("placements:placement_create")
    assert desk.get(url, typed).status_code == 200
    answer = desk.post(url, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]


def test_clients_are_found_as_one_types_the_last_ones_first(desk: Browser, counsellor: Any) -> None:
    VacancyFactory(centre=counsellor.centre)
    known = ClientFactory(counsellor=counsellor, latin_family_name="Shcherbakov", family_name="Щербаков")
    last = ClientFactory(counsellor=counsellor)
    ConsultationFactory(client=last)
    ClientFactory.create_batch(9, counsellor=counsellor)
    assert desk.get(reverse("placements:placement_create")).context["found"][0] == last
    url = reverse("placements:client_choices")
    assert [c.pk for c in desk.get(url, {"q": "Schtscherbakow"}).context["found"]] == [known.pk]
    assert "niemand gefunden" in desk.get(url, {"q": "Zzyzx"}).content.decode()
    assert len(desk.get(url).context["found"]) == 8


def test_without_an_open_vacancy_the_page_says_what_to_do_first(desk: Browser) -> None:
    page = desk.get(reverse("placements:placement_create")).content.decode()
    assert reverse("placements:vacancy_create") in page


def test_steps_by_form_then_undone_once(desk: Browser, counsellor: Any) -> None:
    placement = PlacementFactory(client__counsellor=counsellor)
    agree(placement.client, placement.vacancy)
    url = reverse("placements:placement_detail", args=[placement.public_id])
    begin = {"stage": "started", "category": "SV_FT", "started_on": "3.3.2008", "hours_per_week": "۴۰"}
    assert desk.post(url, begin).status_code == 302
    placement.refresh_from_db()
    assert (placement.category, placement.started_on, placement.hours_per_week) == (
        "SV_FT",
        dt.date(2008, 3, 3),
        40,
    )
    late = desk.post(url, begin)  # the second press of the same button
    assert late.status_code == 422
    event = desk.get(url).context["last"]
    undo = reverse("placements:placement_undo", args=[placement.public_id])
    for _again in range(2):
        assert desk.post(undo, {"event": event.pk}).status_code == 302
    placement.refresh_from_db()
    assert placement.category == ""
    assert Placement.objects.with_stage().get().stage == Stage.PROPOSED
    page = desk.get(url).content.decode()
    assert "Zurückgenommen: Begonnen" in page
    assert desk.post(undo, {"event": "x" * 40}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "stage"),
        ({"stage": "ended", "ended_on": "2008-01-01"}, "stage"),
        ({"stage": "trial"}, "trial_basis"),
        ({"stage": "started", "category": "SV_FT"}, "started_on"),
        ({"stage": "started", "category": "XX", "started_on": "2008-01-01"}, "category"),
        ({"stage": "started", "category": "SV_FT", "started_on": "9999-12-31"}, "started_on"),
        (
            {
                "stage": "started",
                "category": "SV_FT",
                "started_on": "2008-02-01",
                "contract_until": "2008-01-01",
            },
            "contract_until",
        ),
        (
            {"stage": "started", "category": "SV_FT", "started_on": "2008-02-01", "hours_per_week": "1e9"},
            "hours_per_week",
        ),
        ({"stage": "closed"}, "reason"),
        ({"stage": "applied", "note": "x" * 501}, "note"),
    ],
)
def test_a_step_with_bad_facts_is_shown_again(
    desk: Browser, counsellor: Any, typed: dict[str, Any], field: str
) -> None:
    placement = PlacementFactory(client__counsellor=counsellor)
    agree(placement.client, placement.vacancy)
    answer = desk.post(reverse("placements:placement_detail", args=[placement.public_id]), typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert placement.events.count() == 1


def test_a_step_without_consent_is_refused_in_words(desk: Browser, counsellor: Any) -> None:
    placement = PlacementFactory(client__counsellor=counsellor)
    answer = desk.post(
        reverse("placements:placement_detail", args=[placement.public_id]), {"stage": "applied"}
    )
    assert answer.status_code == 422
    assert "Einwilligung" in answer.content.decode()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.dictionaries(
    st.sampled_from(["stage", "category", "started_on", "hours_per_week", "note", "reason", "trial_until", "ended_on"]),
    st.text(max_size=30) | st.sampled_from(["started", "trial", "SV_FT", "2008-02-30", "-1"]),
))  # fmt: skip
def test_no_input_breaks_the_step_form(desk: Browser, counsellor: Any, typed: dict[str, str]) -> None:
    placement = PlacementFactory(client__counsellor=counsellor)
    answer = desk.post(reverse("placements:placement_detail", args=[placement.public_id]), typed)
    assert answer.status_code in (302, 400, 422)


# --- Panels ---------------------------------------------------------------------------------------------
def test_tabs_and_timeline_show_what_is_under_way(desk: Browser, counsellor: Any) -> None:
    placement = started(ClientFactory(counsellor=counsellor), Category.MINI)
    client, business = placement.client, placement.vacancy.business
    tab = desk.get(reverse("placements:client_panel", args=[client.public_id])).content.decode()
    assert "Küchenhilfe" in tab
    assert "Minijob" in tab
    tab = desk.get(reverse("placements:business_panel", args=[business.public_id])).content.decode()
    assert reverse("placements:vacancy_detail", args=[placement.vacancy.public_id]) in tab
    file = desk.get(client.get_absolute_url()).content.decode()
    assert reverse("placements:placement_detail", args=[placement.public_id]) in file


# --- What a page costs ----------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("board", 9), ("placement_list", 9), ("vacancy_list", 13), ("client_panel", 7), ("business_panel", 7)],
)
def test_lists_cost_the_same_with_one_row_and_with_three(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any, name: str, queries: int, rows: int
) -> None:
    client = ClientFactory(counsellor=counsellor)
    business = BusinessFactory(centre=counsellor.centre)
    for _row in range(rows):
        PlacementFactory(client=client, vacancy__business=business)
    arguments = {"client_panel": [client.public_id], "business_panel": [business.public_id]}.get(name, [])
    url = reverse(f"placements:{name}", args=arguments)
    desk.get(url)
    with django_assert_num_queries(queries):
        assert desk.get(url).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_pages_of_one_record_cost_the_same_with_one_row_and_with_three(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any, rows: int
) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre)
    BusinessFactory.create_batch(rows, centre=counsellor.centre)
    for _row in range(rows):
        placement = PlacementFactory(client__counsellor=counsellor, vacancy=vacancy)
    for _more in range(rows - 1):
        PlacementEvent.objects.create(placement=placement, stage="applied", at=timezone.now())
    desk.get("/placements/")
    with django_assert_num_queries(9):
        desk.get(reverse("placements:vacancy_detail", args=[vacancy.public_id]))
    with django_assert_num_queries(14):
        desk.get(reverse("placements:placement_detail", args=[placement.public_id]))
    with django_assert_num_queries(7):
        desk.get(reverse("placements:vacancy_create"))
    with django_assert_num_queries(9):
        desk.get(reverse("placements:placement_create"))
