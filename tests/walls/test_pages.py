"""Real pages under the role of the site: whole, with the queries they had; and what a forgotten condition would show."""

import json
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competence import tasks
from competence.enums import BatchState
from competence.kiosk_door import token_hash
from competence.models import Assessment
from competence.services import batches
from competence.services.assessments import issue_code
from counselling.models import Client
from counselling.models.client import ClientQuerySet
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core import walls
from iqquadrat.core.figures import Period
from iqquadrat.reporting.exports import as_data
from iqquadrat.reporting.queries import count_report
from iqquadrat.rights.services import apply_retention, erase_client
from tests.competence.kiosk import Pc, sit_down
from tests.competence.profiles import full_assessment
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import PASSWORD
from tests.walls.conftest import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(counsellor: User) -> Client:
    client = ClientFactory(centre=counsellor.centre, counsellor=counsellor, family_name="Haidari")
    ConsultationFactory(client=client, centre=counsellor.centre, counsellor=counsellor)
    return client


@pytest.fixture
def foreign(stranger: User) -> Client:
    return ClientFactory(centre=stranger.centre, counsellor=stranger, family_name="Unsichtbar")


def _get(user: User, address: str) -> tuple[Any, int]:
    browser = Browser()
    browser.force_login(user)
    browser.get(address)  # what is looked up once only is looked up
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(address)
    return answer, len(queries)


PAGES = ["counselling:client_list", "counselling:client_detail", "home", "counselling:consultation_list"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_with_the_same_queries(
    name: str, file: Client, counsellor: User, as_role: Role
) -> None:
    address = reverse(name, args=[file.public_id] if name == "counselling:client_detail" else [])
    before, asked = _get(counsellor, address)
    with as_role():
        after, asked_walled = _get(counsellor, address)
    assert (before.status_code, after.status_code) == (200, 200)
    assert asked_walled == asked
    if name in ("counselling:client_list", "counselling:client_detail"):
        assert "Haidari" in after.content.decode()


def test_the_search_finds_the_own_and_no_others(
    file: Client, foreign: Client, counsellor: User, as_role: Role
) -> None:
    with as_role():
        found, _ = _get(counsellor, reverse("counselling:client_list") + "?q=haidari")
        nobody, _ = _get(counsellor, reverse("counselling:client_list") + "?q=unsichtbar")
    assert str(file.number) in found.content.decode()
    assert str(foreign.number) not in nobody.content.decode()


def test_a_view_that_forgets_the_centre_shows_nothing_more(
    file: Client, foreign: Client, counsellor: User, as_role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first wall is taken away on purpose: without the second, the stranger's client is on the page."""
    for name in ("visible_to", "own"):
        monkeypatch.setattr(ClientQuerySet, name, lambda self, _user, **_more: self.all())
    address = reverse("counselling:client_detail", args=[foreign.public_id])
    leaking, _ = _get(counsellor, address)
    assert "Unsichtbar" in leaking.content.decode()
    with as_role():
        walled, _ = _get(counsellor, address)
    assert walled.status_code == 404
    assert "Unsichtbar" not in walled.content.decode()


def test_nobody_signed_in_sees_nobody(file: Client, as_role: Role) -> None:
    with as_role():
        assert Browser().get(reverse("counselling:client_list")).status_code == 302
        assert not Client.objects.exists()
        with walls.in_centre(file.centre_id):
            assert Client.objects.count() == 1
        assert not Client.objects.exists()


def test_signing_in_and_out_is_logged_though_no_centre_is_known(counsellor: User, as_role: Role) -> None:
    with as_role():
        browser = Browser()
        wrong = browser.post(
            reverse("accounts:sign_in"), {"username": counsellor.email, "password": "falsch-falsch-1"}
        )
        assert wrong.status_code in (200, 422)
        right = browser.post(
            reverse("accounts:sign_in"), {"username": counsellor.email, "password": PASSWORD}
        )
        assert right.status_code == 302
        assert browser.post(reverse("accounts:sign_out")).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM accesslog_entry ORDER BY id")
        assert {row[0] for row in cursor.fetchall()} >= {"sign_in_failed", "sign_in", "sign_out"}


def _post(user: User, address: str, fields: dict[str, Any]) -> Any:
    browser = Browser()
    browser.force_login(user)
    return browser.post(address, fields)


def test_a_follow_up_is_saved_and_a_foreign_client_is_not_found(
    file: Client, foreign: Client, counsellor: User, as_role: Role
) -> None:
    fields = {
        "text": "Zeugnis",
        "due_on": "2030-05-01",
        "assigned_to": counsellor.pk,
        "submission": str(uuid4()),
    }
    with as_role():
        own = _post(counsellor, reverse("counselling:follow_up_create", args=[file.public_id]), fields)
        other = _post(
            counsellor,
            reverse("counselling:follow_up_create", args=[foreign.public_id]),
            fields | {"submission": str(uuid4())},
        )
    assert (own.status_code, other.status_code) == (302, 404)
    assert file.follow_ups.get().text == "Zeugnis"
    assert not foreign.follow_ups.exists()


def test_the_kiosk_saves_an_answer_with_the_same_statements(as_role: Role) -> None:
    """From the code to the stored answer nobody of the staff is known; the database finds the centre by the address."""
    free = sit_down()
    free.save("wrk_ever", {"choices": ["yes"]}, "shown")  # the questionnaire is in memory now
    with CaptureQueriesContext(connection) as before:
        assert free.save("wrk_ever", {"choices": ["no"]}, "answer").status_code == 200
    pc = Pc()
    code = issue_code(assessment=pc.assessment, by=pc.assessment.client.counsellor)
    with as_role():
        came = pc.browser.post(reverse("kiosk:welcome"), {"code": code, "lang": "ar"})
        assert came.status_code == 302
        pc.token = came["Location"].split("/")[2]
        pc.claim()
        assert pc.save("wrk_ever", {"choices": ["yes"]}, "shown").status_code == 200
        with CaptureQueriesContext(connection) as queries:
            assert pc.save("wrk_ever", {"choices": ["no"]}, "answer").status_code == 200
        assert len(queries) == len(before)
        assert not Assessment.objects.exists()
    assert pc.assessment.response.answers.get(item__key="wrk_ever").choices == ["no"]


def test_an_address_nobody_has_shows_nobody(as_role: Role) -> None:
    pc = sit_down()
    with as_role():
        with walls.at_kiosk(token_hash(pc.token)):
            assert Assessment.objects.count() == 1
        with walls.at_kiosk(token_hash("somebody-elses-address")):
            assert not Assessment.objects.exists()


def test_the_worker_makes_papers_of_its_centre_only(
    file: Client, foreign: Client, counsellor: User, as_role: Role
) -> None:
    own, other = full_assessment(file), full_assessment(foreign)
    # As if the order had been forged: an assessment of another centre is among them.
    batch = batches.order_papers(assessments=[own, other], kinds=["cv_pdf"], language="", by=counsellor)
    with as_role():
        tasks.make_papers.func(batch.pk, batch.attempt)
    batch.refresh_from_db()
    assert batch.state == BatchState.READY
    made = dict(batch.papers.values_list("assessment_id", "content"))
    assert bytes(made[own.pk]).startswith(b"%PDF")
    assert made[other.pk] is None


def test_the_clocks_run_under_the_wall(file: Client, as_role: Role) -> None:
    with as_role():
        due = apply_retention()
    assert {line.centre for line in due} >= {file.centre}


def test_erasing_empties_the_log_that_the_site_may_not_change(
    file: Client, counsellor: User, as_role: Role
) -> None:
    record(Action.CHANGE, by=counsellor, obj=file, fields=["family_name"])
    with as_role(), walls.in_centre(file.centre_id):
        erase_client(client=file, by=None)
    entries = Entry.objects.filter(
        object_type="counselling.client", object_id=str(file.pk), action=Action.CHANGE
    )
    assert [entry.detail for entry in entries] == [{}]


def test_a_report_counts_under_the_wall_what_it_counted_before(
    file: Client, coordinator: User, as_role: Role
) -> None:
    day = file.created_at.date()
    period = Period(
        starts_on=day.replace(month=1, day=1),
        ends_on=day.replace(month=12, day=31),
        centre_ids=(file.centre_id,),
    )
    before = as_data(count_report(None, period))
    with as_role(), walls.in_centre(coordinator.centre_id):
        assert as_data(count_report(None, period)) == before
    assert any(json.dumps(before).count(f": {number}") for number in range(1, 10))
