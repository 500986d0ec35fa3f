"""While one writes, another one merges, erases, hands over or writes the same: nothing lands where nobody looks."""

import datetime as dt
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from competence.services.assessments import create_assessment
from counselling import services
from counselling.enums import Cancelled, Channel, Purpose
from counselling.errors import ClientGoneError, RecordChangedError
from counselling.models import Appointment, Client, Consultation, Draft, FollowUp, Merge
from counselling.rules import is_own
from iqquadrat.rights import services as rights
from placements.enums import Stage
from placements.services.placements import propose
from tests.counselling.factories import (
    AbsenceFactory,
    CaseFactory,
    ClientFactory,
    FollowUpFactory,
    GroupEventFactory,
    InstitutionFactory,
    topic,
)
from tests.fixtures.people import UserFactory
from tests.placements.factories import VacancyFactory

pytestmark = pytest.mark.django_db


def talk_of(client: Client, by: Any, **more: Any) -> Consultation:
    return services.log_consultation(
        **{
            "by": by, "client": client, "held_at": timezone.now(), "channel": Channel.PHONE, "minutes": 20, "languages": ["ar"],
            "main_topic": topic(), "concern": "vertraulich", **more,
        }
    )  # fmt: skip


# --- The record is merged or erased in the same moment ----------------------------------------------------
WRITES: dict[str, Callable[[Client, Any], Any]] = {
    "talk": talk_of,
    "further person": lambda one, by: talk_of(ClientFactory(counsellor=by), by, companions=[one]),
    "absent": lambda one, by: talk_of(ClientFactory(counsellor=by), by, absent=[one]),
    "appointment": lambda one, by: services.create_appointment(by=by, client=one, starts_at=timezone.now()),
    "follow-up": lambda one, by: services.create_follow_up(
        client=one, text="x", due_on=timezone.localdate(), by=by
    ),
    "case": lambda one, by: services.open_case(client=one, goal="x", by=by),
    "details": lambda one, by: services.update_client(
        client=one, by=by, revision=one.revision, district="Ost"
    ),
    "deputy": lambda one, by: services.add_deputy(client=one, by=by, user=UserFactory(centre=by.centre)),
    "situation": lambda one, by: services.add_situation(
        client=one, by=by, since=timezone.localdate(), income_type="sgb2"
    ),
    "draft": lambda one, by: services.keep_draft(
        key=uuid4(), typed={"concern": ["vertraulich"]}, client=one, by=by
    ),
    "list": lambda one, by: services.put_on_list(
        event=GroupEventFactory(centre=by.centre), client=one, by=by
    ),
    "own answer": lambda one, by: services.note_own_answer(
        client=one, purpose=Purpose.SWITCH_MEASURING, agreed=True, explained_in="ar"
    ),
    "referral": lambda one, by: services.refer(
        client=one, institution=InstitutionFactory(centre=by.centre), by=by
    ),
    "cover": lambda one, by: services.cover_client(
        absence=AbsenceFactory(counsellor=by), client=one, deputy=UserFactory(centre=by.centre), by=by
    ),
    "assessment": lambda one, by: create_assessment(client=one, by=by),
    "placement": lambda one, by: propose(
        client=one, vacancy=VacancyFactory(centre=by.centre), by=by, stage=Stage.WISH
    ),
    "request": lambda one, by: rights.note_request(
        client=one, kind="access", received_on=timezone.localdate(), by=by
    ),
}


def merged(client: Client, by: Any) -> None:
    services.merge_clients(kept=ClientFactory(counsellor=by), absorbed=client, choices={}, by=by)


def erased(client: Client, by: Any) -> None:
    rights.erase_client(client=Client.objects.get(pk=client.pk), by=None, ground="retention")  # type: ignore[arg-type]


@pytest.mark.parametrize("what", WRITES)
@pytest.mark.parametrize("goes", [merged, erased])
def test_nothing_is_written_to_a_record_that_is_gone(
    counsellor: Any, what: str, goes: Callable[[Client, Any], None]
) -> None:
    seen = ClientFactory(counsellor=counsellor)
    goes(seen, counsellor)  # ``seen`` is what another request has looked up a moment before
    with pytest.raises(ClientGoneError):
        WRITES[what](seen, counsellor)


def test_who_is_gone_is_nobodys(counsellor: Any) -> None:
    seen = ClientFactory(counsellor=counsellor)
    merged(seen, counsellor)
    seen.refresh_from_db()
    assert not is_own(counsellor, seen)


def test_what_was_overtaken_is_sent_once_more_and_finds_the_person(
    client: Browser, counsellor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    client.force_login(counsellor)
    real = services.create_follow_up

    def overtaken(**facts: Any) -> FollowUp:
        if not Merge.objects.exists():
            services.merge_clients(kept=other, absorbed=one, choices={}, by=counsellor)
        return real(**facts)

    monkeypatch.setattr(services, "create_follow_up", overtaken)
    address = reverse("counselling:follow_up_create", args=[one.public_id])
    sent = {"submission": str(uuid4()), "text": "Bescheid?", "due_on": "2026-12-01"}
    answer = client.post(address, sent)
    assert (answer.status_code, answer.headers["Location"]) == (307, address)
    # The merge of this test was rolled back with the request; in life it was another one's.
    services.merge_clients(kept=other, absorbed=one, choices={}, by=counsellor)
    again = client.post(client.post(address, sent).headers["Location"], sent)
    assert again.status_code == 302
    assert FollowUp.objects.get().client == other


def test_an_open_page_does_not_bring_back_what_was_erased(client: Browser, counsellor: Any) -> None:
    person, key = ClientFactory(counsellor=counsellor), uuid4()
    client.force_login(counsellor)
    address = reverse("counselling:draft_keep", args=[key])
    sent = {"client": str(person.public_id), "concern": "vertraulich"}
    assert client.post(address, sent).status_code == 200
    erased(person, counsellor)
    answer = client.post(address, sent)
    assert answer.status_code == 410
    assert "gelöscht" in answer.json()["message"]
    assert not Draft.objects.exists()
    assert client.post(address, sent | {"client": "Unfug"}).status_code == 200


class Worker(threading.Thread):
    """Does one thing again and again until told that it is over; keeps what went wrong."""

    def __init__(self, work: Callable[[], Any], over: threading.Event) -> None:
        super().__init__()
        self.work, self.over, self.fault = work, over, None

    def run(self) -> None:
        try:
            while not self.over.is_set():
                with suppress(ClientGoneError, RecordChangedError):
                    self.work()
        except Exception as error:  # noqa: BLE001 - a thread has nobody to raise to
            self.fault = error
        finally:
            connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_merging_and_writing_at_once_leave_nothing_behind_and_never_lock_each_other_out(
    counsellor: Any,
) -> None:
    kept, absorbed, third = (ClientFactory(counsellor=counsellor) for _each in range(3))
    over = threading.Event()

    def person() -> Client:
        return Client.objects.own(counsellor).filter(pk=absorbed.pk).first() or Client.objects.get(pk=kept.pk)

    def correct() -> None:
        rows = Consultation.objects.filter(client__in=[kept, absorbed]).select_related("client", "main_topic")
        if talk := rows.order_by("?").first():
            services.update_consultation(
                consultation=talk, by=counsellor, revision=talk.revision, other_topics=[], main_topic=talk.main_topic,
                companions=[third], minutes=talk.minutes % 50 + 1,
            )  # fmt: skip

    def merge_and_undo() -> None:
        made = services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
        services.undo_merge(merge=made, by=counsellor)

    works = (
        lambda: talk_of(person(), counsellor, companions=[third]),
        correct, merge_and_undo, lambda: services.open_case(client=person(), goal="x", by=counsellor),
    )  # fmt: skip
    threads = [Worker(work, over) for work in works]
    for thread in threads:
        thread.start()
    over.wait(3)
    over.set()
    for thread in threads:
        thread.join()
    assert [thread.fault for thread in threads if thread.fault] == []
    services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
    assert not Consultation.objects.filter(client=absorbed).exists()


# --- The same form twice ----------------------------------------------------------------------------------
def test_a_next_step_added_while_correcting_is_added_once(counsellor: Any) -> None:
    client, late = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    talk = talk_of(client, counsellor)
    for more in ({"next_step": "Antrag", "next_step_on": timezone.localdate()}, {"absent": [late]}):
        talk.refresh_from_db()
        revision = talk.revision

        def correct(seen: int = revision, more: dict[str, Any] = more) -> None:
            services.update_consultation(
                consultation=talk, by=counsellor, revision=seen, other_topics=[], main_topic=talk.main_topic, **more
            )  # fmt: skip

        correct()
        with pytest.raises(RecordChangedError):
            correct()
    assert FollowUp.objects.count() == 1
    assert Consultation.objects.filter(is_no_show=True).count() == 1


def test_a_talk_that_ticks_something_off_can_be_sent_twice(client: Browser, counsellor: Any) -> None:
    person = ClientFactory(counsellor=counsellor)
    step = FollowUpFactory(client=person, assigned_to=counsellor)
    client.force_login(counsellor)
    sent = {
        "submission": str(uuid4()), "client": str(person.public_id), "held_on": "2026-01-05", "held_time": "10:00", "minutes": "20",
        "channel": "phone", "languages": ["ar"], "topics": ["application"], "main_topic": "application", "finished": [step.pk],
    }  # fmt: skip
    for _again in range(2):
        assert client.post(reverse("counselling:consultation_create"), sent).status_code == 302
    assert Consultation.objects.count() == 1


# --- A series of which a part went into other hands -------------------------------------------------------
def test_cancelling_a_series_leaves_what_is_a_colleagues_by_now(counsellor: Any, coordinator: Any) -> None:
    client, colleague = ClientFactory(counsellor=counsellor), UserFactory(centre=counsellor.centre)
    begin = timezone.now() - dt.timedelta(days=3)
    first = services.create_appointment(by=counsellor, client=client, starts_at=begin, times=4, title="Kurs")
    services.hand_over(counsellor=counsellor, moves={client.pk: colleague}, by=coordinator)
    assert Appointment.objects.filter(counsellor=colleague).count() == 3
    done = services.cancel_appointment(
        appointment=first, by=counsellor, cancelled=Cancelled.BY_CENTRE, following=True
    )
    assert [row.pk for row in done] == [first.pk]
    assert not Appointment.objects.filter(counsellor=colleague, cancelled_at__isnull=False).exists()


def test_cancelling_a_series_leaves_what_was_given_to_another_client(counsellor: Any) -> None:
    client, other = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    first = services.create_appointment(by=counsellor, client=client, starts_at=timezone.now(), times=3)
    second = Appointment.objects.filter(series=first.series).order_by("starts_at")[1]
    facts = {name: getattr(second, name) for name in ("starts_at", "minutes", "title", "room")}
    services.update_appointment(
        appointment=second, by=counsellor, revision=second.revision, client=other, **facts
    )
    services.cancel_appointment(
        appointment=first, by=counsellor, cancelled=Cancelled.BY_CLIENT, following=True
    )
    second.refresh_from_db()
    assert second.cancelled_at is None


# --- Two persons again after a merge ----------------------------------------------------------------------
def test_after_undoing_a_merge_neither_file_points_into_the_other(counsellor: Any) -> None:
    kept, absorbed = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    theirs, goal = talk_of(absorbed, counsellor), CaseFactory(client=absorbed, goal="Entschuldung")
    made = services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
    kept.refresh_from_db()
    theirs.refresh_from_db()
    goal.refresh_from_db()
    mine = talk_of(kept, counsellor)
    services.put_into_case(consultation=mine, case=goal, by=counsellor)
    new_goal = services.open_case(client=kept, goal="Ausbildung", by=counsellor)
    services.put_into_case(consultation=theirs, case=new_goal, by=counsellor)
    theirs.refresh_from_db()
    services.update_consultation(
        consultation=theirs, by=counsellor, revision=theirs.revision, other_topics=[], main_topic=theirs.main_topic,
        next_step="Anruf", next_step_on=timezone.localdate(),
    )  # fmt: skip
    place = InstitutionFactory(centre=counsellor.centre)
    sent = services.refer(client=kept, institution=place, by=counsellor, consultation=theirs)
    services.undo_merge(merge=made, by=counsellor)
    step = FollowUp.objects.get()
    for row in (theirs, mine, goal, sent):
        row.refresh_from_db()
    assert (theirs.client, goal.client, mine.client, step.client) == (absorbed, absorbed, kept, kept)
    assert (theirs.case, mine.case, step.consultation, sent.consultation) == (None, None, None, None)
