"""Closed periods: corrections stay possible and are visible as such."""

import datetime as dt
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.models import Consultation
from iqquadrat.accounts.models import User
from iqquadrat.reporting.closing_services import MayNotCloseError, close_period, reopen_period
from iqquadrat.reporting.models import ClosedPeriod, LateChange, Programme
from tests.counselling.factories import CaseFactory, ClientFactory, ConsultationFactory, topic
from tests.fixtures.people import CentreFactory, UserFactory
from tests.rights.agreed import erase_by_two

UNTIL = dt.date(2026, 6, 30)
INSIDE, AFTER = (dt.datetime(2026, month, 15, 10, tzinfo=dt.UTC) for month in (5, 8))


def _correct(talk: Consultation, by: User, **facts: object) -> Consultation:
    talk.refresh_from_db()
    return services.update_consultation(
        consultation=talk, by=by, revision=talk.revision, other_topics=[], held_at=facts.pop("held_at", talk.held_at),
        channel=talk.channel, minutes=facts.pop("minutes", talk.minutes), languages=talk.languages, main_topic=talk.main_topic, **facts,
    )  # fmt: skip


def _seen() -> list[tuple[str, dt.date]]:
    return [(change.action, change.day) for change in LateChange.objects.order_by("pk")]


def test_what_is_made_or_changed_inside_is_listed_and_what_lies_after_is_not(
    counsellor: User, coordinator: User
) -> None:
    client = ClientFactory(counsellor=counsellor)
    inside, after = (ConsultationFactory(client=client, held_at=at) for at in (INSIDE, AFTER))
    _correct(inside, counsellor, minutes=20)
    close_period(until=UNTIL, by=coordinator)
    assert _seen() == []
    _correct(inside, counsellor, minutes=30)
    _correct(after, counsellor, minutes=30)
    _correct(inside, counsellor, concern="Schreibfehler")
    services.log_consultation(
        by=counsellor,
        client=client,
        held_at=INSIDE,
        channel="phone",
        minutes=10,
        languages=["de"],
        main_topic=topic(),
    )
    assert _seen() == [("change", INSIDE.date()), ("create", INSIDE.date())]
    assert LateChange.objects.first().by == counsellor  # type: ignore[union-attr]


def test_the_wording_of_a_goal_and_its_talks_are_no_correction(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    case, talk = CaseFactory(client=client), ConsultationFactory(client=client, held_at=INSIDE)
    close_period(until=UNTIL, by=coordinator)
    services.update_case(case=case, by=counsellor, revision=1, goal="Genauer", opened_on=case.opened_on)
    services.put_into_case(consultation=talk, case=case, by=counsellor)
    assert _seen() == []
    case.refresh_from_db()
    day = case.opened_on + dt.timedelta(days=1)
    services.update_case(case=case, by=counsellor, revision=case.revision, goal="Genauer", opened_on=day)
    assert len(_seen()) == 1


def test_a_record_that_is_moved_out_of_the_period_is_listed(counsellor: User, coordinator: User) -> None:
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=INSIDE)
    close_period(until=UNTIL, by=coordinator)
    _correct(talk, counsellor, held_at=AFTER)
    assert _seen() == [("change", INSIDE.date())]


def test_only_the_programme_and_the_centre_that_closed(counsellor: User, coordinator: User) -> None:
    programme = Programme.objects.create(
        code="iq", name="IQ", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31)
    )
    programme.centres.add(coordinator.centre)
    close_period(until=UNTIL, by=coordinator, programme=programme)
    stranger = UserFactory(centre=CentreFactory(), roles=["coordinator"])
    close_period(until=UNTIL, by=stranger)
    client = ClientFactory(counsellor=counsellor)
    for code in ("iq", ""):
        talk = ConsultationFactory(client=client, held_at=INSIDE, programme_code=code)
        _correct(talk, counsellor, minutes=30)
    assert [change.period.programme for change in LateChange.objects.all()] == [programme]
    with pytest.raises(MayNotCloseError):
        close_period(until=UNTIL, by=stranger, programme=programme)
    with pytest.raises(MayNotCloseError):
        close_period(until=UNTIL, by=counsellor)


def test_opened_again_with_a_reason_nothing_more_is_listed(counsellor: User, coordinator: User) -> None:
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=INSIDE)
    period = close_period(until=UNTIL, by=coordinator)
    _correct(talk, counsellor, minutes=30)
    reopen_period(period=period, reason="Nachmeldung an den Zuwendungsgeber", by=coordinator)
    _correct(talk, counsellor, minutes=40)
    assert len(_seen()) == 1


def test_erasing_a_client_is_no_correction(counsellor: User, coordinator: User) -> None:
    client = ClientFactory(counsellor=counsellor)
    ConsultationFactory(client=client, held_at=INSIDE)
    close_period(until=UNTIL, by=coordinator)
    erase_by_two(client=client, by=coordinator)
    assert _seen() == []


def test_the_pages_of_the_coordination(counsellor: User, coordinator: User) -> None:
    browser = Browser()
    browser.force_login(coordinator)
    address = reverse("reporting:closed_periods")
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert (
        browser.post(address, {"submission": str(uuid4()), "until": f"{tomorrow:%Y-%m-%d}"}).status_code
        == 422
    )
    form = {"submission": str(uuid4()), "until": "2026-06-30"}
    for _press in range(2):
        assert browser.post(address, form).status_code == 302
    period = ClosedPeriod.objects.get()
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=INSIDE)
    _correct(talk, counsellor, minutes=30)
    page = browser.get(reverse("reporting:late_changes", args=[period.pk])).content.decode()
    assert counsellor.get_full_name() in page
    assert talk.client.latin_family_name not in page
    reopen = reverse("reporting:period_reopen", args=[period.pk])
    assert browser.post(reopen, {"reason": "kurz"}).status_code == 422
    assert browser.post(reopen, {"reason": "Nachmeldung an den Zuwendungsgeber"}).status_code == 302
    assert "Nachmeldung" in browser.get(reverse("reporting:late_changes", args=[period.pk])).content.decode()
