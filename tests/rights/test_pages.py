"""The pages: requests with their day, handing over, erasing by the number, the hold."""

import datetime as dt
import json
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from counselling.models import Client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.rights.models import LegalHold, PersonRequest
from iqquadrat.rights.services.requests import a_month_after
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.rights.agreed import propose


@pytest.fixture
def desk(counsellor: User) -> Browser:
    return _signed_in(counsellor)


@pytest.fixture
def office(coordinator: User) -> Browser:
    return _signed_in(coordinator)


def _signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def _asked(client: Client, kind: str = "access", **facts: Any) -> PersonRequest:
    today = timezone.localdate()
    return PersonRequest.objects.create(
        client=client,
        centre=client.centre,
        kind=kind,
        received_on=today,
        due_on=a_month_after(today),
        **facts,
    )


@pytest.mark.parametrize(
    ("day", "due"), [("2026-01-31", "2026-02-28"), ("2028-01-31", "2028-02-29"), ("2026-12-05", "2027-01-05"), ("2026-03-31", "2026-04-30")]
)  # fmt: skip
def test_a_request_is_answered_within_a_month(day: str, due: str) -> None:
    assert a_month_after(dt.date.fromisoformat(day)) == dt.date.fromisoformat(due)


def test_a_request_is_noted_once_and_stands_on_the_day_view(
    desk: Browser, office: Browser, counsellor: User
) -> None:
    client = ClientFactory(counsellor=counsellor)
    address = reverse("rights:request_create", args=[client.public_id])
    form = {
        "submission": str(uuid4()), "kind": "erase", "words": "Bitte alles löschen", "asked_by": "proxy", "way": "letter", "received_on": f"{timezone.localdate():%Y-%m-%d}",
    }  # fmt: skip
    for _press in range(2):
        assert desk.post(address, form).status_code == 302
    assert PersonRequest.objects.count() == 1
    for browser in (desk, office):
        part = browser.get(reverse("rights:requests_today")).content.decode()
        assert client.number in part
    assert (
        reverse("rights:client_erase", args=[client.public_id])
        in office.get(reverse("rights:request_list")).content.decode()
    )
    assert (
        reverse("rights:client_erase", args=[client.public_id])
        not in desk.get(reverse("rights:request_list")).content.decode()
    )


def test_a_day_to_come_and_nonsense_are_refused_and_nothing_is_lost(desk: Browser, counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    address = reverse("rights:request_create", args=[client.public_id])
    answer = desk.post(address, {"kind": "access", "words": "Wort", "received_on": "2199-01-01"})
    assert answer.status_code == 422
    assert "Wort" in answer.content.decode()
    assert desk.post(address, {"kind": "nothing", "received_on": "x"}).status_code == 422
    assert not PersonRequest.objects.exists()


def test_a_refusal_says_why_and_an_answer_stays(desk: Browser, counsellor: User) -> None:
    asked = _asked(ClientFactory(counsellor=counsellor))
    address = reverse("rights:request_answer", args=[asked.pk])
    assert desk.post(address, {"outcome": "refused"}).status_code == 422
    assert desk.post(address, {"outcome": "done"}).status_code == 302
    desk.post(address, {"outcome": "refused", "words": "zu spät"})
    asked.refresh_from_db()
    assert (asked.outcome, asked.done_by) == ("done", counsellor)


def test_the_data_leave_by_a_fresh_sign_in_and_are_logged(desk: Browser, counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    address = reverse("rights:hand_over_file", args=[client.public_id])
    answer = desk.get(address)
    assert json.loads(answer.content)["client"] == client.number
    assert answer["Cache-Control"] == "no-store, private"
    entry = Entry.objects.first()
    assert entry is not None
    assert (entry.action, entry.detail["format"]) == (Action.EXPORT, "json")
    assert desk.get(reverse("rights:hand_over_paper", args=[client.public_id, "xx"])).status_code == 404
    session = desk.session
    session["confirmed_at"] = 0
    session.save()
    assert reverse("accounts:confirm") in desk.get(address)["Location"]


def test_erasing_shows_what_goes_and_needs_the_number(office: Browser, counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    ConsultationFactory(client=client)
    propose(client)
    address = reverse("rights:client_erase", args=[client.public_id])
    page = office.get(address).content.decode()
    assert client.number in page
    wrong = office.post(address, {"number": "K-2026-9999"})
    assert wrong.status_code == 422
    assert not Client.objects.exclude(erased_at=None).exists()
    assert office.post(address, {"number": client.number}).status_code == 302
    assert Client.objects.exclude(erased_at=None).count() == 1
    assert office.get(address).status_code == 404


def test_a_hold_stops_erasing_until_it_is_lifted(office: Browser, counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    propose(client)
    hold, erase = (reverse(f"rights:client_{what}", args=[client.public_id]) for what in ("hold", "erase"))
    assert office.post(hold, {"reason": "kurz"}).status_code == 422
    assert office.post(hold, {"reason": "Klage am Sozialgericht", "until": "2001-01-01"}).status_code == 422
    for _press in range(2):
        assert office.post(hold, {"reason": "Klage am Sozialgericht"}).status_code == 302
    standing = LegalHold.objects.get()
    assert "Klage am Sozialgericht" in office.post(erase, {"number": client.number}).content.decode()
    assert not Client.objects.exclude(erased_at=None).exists()
    assert "Klage am Sozialgericht" in office.get(hold).content.decode()
    assert office.post(reverse("rights:hold_lift", args=[standing.pk])).status_code == 302
    assert office.post(erase, {"number": client.number}).status_code == 302


def test_a_hold_that_has_run_out_holds_nothing(office: Browser, counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    LegalHold.objects.create(client=client, reason="Prüfung", until=yesterday, set_by=coordinator)
    address = reverse("rights:client_hold", args=[client.public_id])
    assert office.post(address, {"reason": "Neue Prüfung läuft"}).status_code == 302
    assert LegalHold.objects.standing().get().reason == "Neue Prüfung läuft"


def test_queries_of_the_lists_do_not_grow(office: Browser, desk: Browser, counsellor: User) -> None:
    for count in (1, 3):
        while PersonRequest.objects.count() < count:
            _asked(ClientFactory(counsellor=counsellor), kind="erase")
        numbers = []
        for browser, name in (
            (office, "rights:request_list"), (office, "rights:requests_today"), (desk, "rights:request_list"),
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                browser.get(reverse(name))
            numbers.append(len(queries))
        assert numbers == [7, 6, 8]


def test_the_part_on_the_clients_page(desk: Browser, counsellor: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    _asked(client)
    assert (
        reverse("rights:client_rights", args=[client.public_id])
        in desk.get(f"/clients/{client.public_id}/data/").content.decode()
    )
    part = desk.get(reverse("rights:client_rights", args=[client.public_id])).content.decode()
    for language in settings.CLIENT_LANGUAGES:
        assert reverse("rights:hand_over_paper", args=[client.public_id, language]) in part
