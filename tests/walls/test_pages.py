"""Real pages under the role of the site: whole, with the queries they had; and what a forgotten condition would show."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from competence.enums import AssessmentState
from competence.models import Assessment
from counselling.models import Client
from counselling.models.client import ClientQuerySet
from iqquadrat.accounts.models import User
from iqquadrat.core import walls
from tests.competence.factories import AssessmentFactory
from tests.counselling.factories import ClientFactory, ConsultationFactory
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
    with CaptureQueriesContext(connection, ) as queries:
        answer = browser.get(address)
    return answer, len(queries)


PAGES = ["counselling:client_list", "counselling:client_detail", "home", "counselling:consultation_list"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_the_same_with_the_same_queries(name: str, file: Client, counsellor: User, as_role: Role) -> None:
    address = reverse(name, args=[file.public_id] if name == "counselling:client_detail" else [])
    before, asked = _get(counsellor, address)
    with as_role():
        after, asked_walled = _get(counsellor, address)
    assert (before.status_code, after.status_code) == (200, 200)
    assert asked_walled == asked
    if name in ("counselling:client_list", "counselling:client_detail"):
        assert "Haidari" in after.content.decode()


def test_the_search_finds_the_own_and_no_others(file: Client, foreign: Client, counsellor: User, as_role: Role) -> None:
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
    from tests.fixtures.people import PASSWORD

    with as_role():
        browser = Browser()
        wrong = browser.post(reverse("accounts:sign_in"), {"username": counsellor.email, "password": "falsch-falsch-1"})
        assert wrong.status_code in (200, 422)
        right = browser.post(reverse("accounts:sign_in"), {"username": counsellor.email, "password": PASSWORD})
        assert right.status_code == 302
        assert browser.post(reverse("accounts:sign_out")).status_code == 302
    with connection.cursor() as cursor:
        cursor.execute("SELECT action FROM accesslog_entry ORDER BY id")
        assert {row[0] for row in cursor.fetchall()} >= {"sign_in_failed", "sign_in", "sign_out"}
