"""Notes are locked after some days; then there are addenda. A coordinator reads them only by breaking the glass."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.errors import NotAllowedError, NotesLockedError
from counselling.models import Addendum, Client, Consultation, EmergencyAccess
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.middleware import CONFIRMED_AT
from iqquadrat.core.registry import timeline_for
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


def aged(days: int, **facts: Any) -> Consultation:
    talk = ConsultationFactory(concern="sucht Arbeit", private_note="nur für mich", **facts)
    Consultation.objects.filter(pk=talk.pk).update(created_at=timezone.now() - dt.timedelta(days=days))
    talk.refresh_from_db()
    return talk


def correct(talk: Consultation, **facts: Any) -> Consultation:
    return services.update_consultation(
        consultation=talk, by=talk.counsellor, revision=talk.revision, other_topics=[], **facts
    )


def test_a_note_is_open_for_fourteen_days(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    young, old = aged(13, client=client), aged(15, client=client)
    assert correct(young, concern="sucht Ausbildung").concern == "sucht Ausbildung"
    with pytest.raises(NotesLockedError):
        correct(old, concern="sucht Ausbildung")
    assert correct(old, minutes=50).minutes == 50, "facts can be corrected for longer"
    old.refresh_from_db()
    assert old.concern == "sucht Arbeit"


def test_the_days_are_a_setting(counsellor: Any, settings: Any) -> None:
    settings.NOTES_OPEN_DAYS = 30
    assert (
        correct(aged(15, client=ClientFactory(counsellor=counsellor)), done="angerufen").done == "angerufen"
    )


def test_the_form_shows_a_locked_note_and_keeps_it(client: Browser, counsellor: Any) -> None:
    talk = aged(20, client=ClientFactory(counsellor=counsellor))
    client.force_login(counsellor)
    url = reverse("counselling:consultation_edit", args=[talk.public_id])
    page = client.get(url).content.decode()
    assert "sucht Arbeit" in page
    assert 'name="concern"' not in page
    held = timezone.localtime(talk.held_at)
    sent = {
        "revision": talk.revision, "held_on": held.date().isoformat(), "held_time": f"{held:%H:%M}", "minutes": 55,
        "channel": talk.channel, "languages": talk.languages, "topics": [talk.main_topic.key],
        "main_topic": talk.main_topic.key,
    }  # fmt: skip
    reply = client.post(url, sent | {"concern": "überschrieben"})
    assert (reply.status_code, "überschrieben" in reply.content.decode()) == (422, True)
    assert client.post(url, sent).status_code == 302
    talk.refresh_from_db()
    assert (talk.minutes, talk.concern, talk.private_note) == (55, "sucht Arbeit", "nur für mich")


def test_an_addendum_is_written_once_and_stands_on_the_timeline(client: Browser, counsellor: Any) -> None:
    person = ClientFactory(counsellor=counsellor)
    talk = aged(20, client=person)
    client.force_login(counsellor)
    form = {"submission": str(uuid4()), "text": "Der Antrag ist jetzt da."}
    for _again in range(2):
        assert (
            client.post(reverse("counselling:addendum_add", args=[talk.public_id]), form).status_code == 302
        )
    assert Addendum.objects.count() == 1
    assert "Der Antrag ist jetzt da." in client.get(person.get_absolute_url()).content.decode()
    empty = client.post(reverse("counselling:addendum_add", args=[talk.public_id]), {"text": " "})
    assert empty.status_code == 422
    assert Addendum.objects.count() == 1


def test_an_addendum_stays_as_written_and_is_the_authors(counsellor: Any) -> None:
    talk = aged(20, client=ClientFactory(counsellor=counsellor))
    made = services.add_addendum(consultation=talk, text="Ergänzung", by=counsellor)
    with pytest.raises(InternalError), transaction.atomic():
        Addendum.objects.filter(pk=made.pk).update(text="anders")
    with pytest.raises(NotAllowedError):
        services.add_addendum(consultation=talk, text="fremd", by=UserFactory(centre=counsellor.centre))


@pytest.fixture
def file(counsellor: Any) -> Client:
    person: Client = ClientFactory(counsellor=counsellor)
    aged(3, client=person)
    return person


def confirm(browser: Browser) -> None:
    """A fresh sign-in, as opening a file asks for."""
    session = browser.session
    session[CONFIRMED_AT] = int(timezone.now().timestamp())
    session.save()


def test_breaking_the_glass_shows_notes_for_a_day_and_tells_the_counsellor(
    client: Browser, counsellor: Any, coordinator: Any, file: Client, time_machine: Any
) -> None:
    client.force_login(coordinator)
    confirm(client)
    url = reverse("counselling:emergency_file", args=[file.public_id])
    assert "sucht Arbeit" not in client.get(url).content.decode()
    assert client.post(url, {"reason": "kurz"}).status_code == 422, "a reason has words"
    assert client.post(url, {"reason": "Drohung am Telefon, die Kollegin ist krank"}).status_code == 302
    page = client.get(url).content.decode()
    assert "sucht Arbeit" in page
    assert "nur für mich" not in page, "private notes stay closed"
    assert Entry.objects.filter(action=Action.BREAK_GLASS, user_id=coordinator.pk).count() == 1

    desk = Browser()
    desk.force_login(counsellor)
    for told in (reverse("home"), file.get_absolute_url()):
        assert "Drohung am Telefon" in desk.get(told).content.decode()

    time_machine.move_to(timezone.now() + dt.timedelta(hours=25), tick=False)
    client.force_login(coordinator)
    confirm(client)
    assert "sucht Arbeit" not in client.get(url).content.decode()


def test_only_a_coordinator_of_the_same_centre_breaks_the_glass(
    counsellor: Any, coordinator: Any, file: Client
) -> None:
    stranger = UserFactory(roles=["coordinator"])
    for somebody in (stranger, UserFactory(centre=counsellor.centre, roles=["counsellor"])):
        with pytest.raises(NotAllowedError):
            services.break_glass(client=file, reason="weil ich es möchte", by=somebody)
    opened = services.break_glass(client=file, reason="ein guter Grund", by=coordinator)
    assert services.break_glass(client=file, reason="noch einer", by=coordinator) == opened
    coordinator.roles = ["administrator"]
    coordinator.save()
    moved = type(coordinator).objects.get(pk=coordinator.pk)
    assert not EmergencyAccess.objects.now_open_to(moved).exists(), "who loses the role loses the file"


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"hours": 25}, {"hours": -1}])
def test_the_database_refuses(counsellor: Any, file: Client, wrong: dict[str, Any]) -> None:
    now = timezone.now()
    until = now + dt.timedelta(hours=wrong.get("hours", 24))
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.create(
            client=file, user=counsellor, reason=wrong.get("reason", "Grund"), opened_at=now, until=until
        )


def test_an_addendum_of_the_night_bears_the_day_of_the_clock_on_the_wall(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    talk = ConsultationFactory(client=client)
    at = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)  # half past midnight in Berlin
    Addendum.objects.create(consultation=talk, author=counsellor, at=at, text="Nachtrag")
    (entry,) = timeline_for(counsellor, client.pk)
    assert "4.3.2026" in entry.note[-1][0]


def test_words_for_a_note_that_was_locked_meanwhile_are_not_dropped_in_silence(
    client: Browser, counsellor: Any
) -> None:
    talk = aged(15, client=ClientFactory(counsellor=counsellor), counsellor=counsellor)
    client.force_login(counsellor)
    sent = {
        "revision": talk.revision, "held_on": "2026-01-05", "held_time": "10:00", "minutes": "25", "channel": "phone",
        "languages": ["ar"], "topics": ["application"], "main_topic": "application", "concern": "sucht Arbeit",
        "done": "Lebenslauf <geschrieben>",
    }  # fmt: skip
    address = reverse("counselling:consultation_edit", args=[talk.public_id])
    answer = client.post(address, sent)
    assert answer.status_code == 422
    assert "Lebenslauf &lt;geschrieben&gt;" in answer.content.decode()
    assert client.post(address, sent | {"done": ""}).status_code == 302, "nothing new in it"
