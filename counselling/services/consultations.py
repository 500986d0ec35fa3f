"""Consultations: logged, corrected."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from counselling.errors import NotAllowedError, NotesLockedError, TooManyTopicsError
from counselling.models import Client, Consultation, FollowUp, Topic
from counselling.models.consultation import NOTE_FIELDS
from counselling.rules import can_change_consultation, can_read_client
from counselling.services.attendances import check_companions, note_absent, set_companions
from counselling.services.drafts import drop_draft
from counselling.services.records import already_made, apply_changes, hold_still, lock
from counselling.services.referrals import refer
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

MOST_OTHER_TOPICS = 2


def log_consultation(
    *,
    by: User,
    held_at: dt.datetime,
    channel: str,
    client: Client | None = None,
    submission: UUID | None = None,
    other_topics: list[Topic] | None = None,
    next_step: str = "",
    next_step_on: dt.date | None = None,
    finished_follow_ups: list[FollowUp] | None = None,
    programme_code: str | None = None,
    companions: Sequence[Client] = (),
    absent: Sequence[Client] = (),
    referral: Mapping[str, Any] | None = None,
    **facts: Any,
) -> Consultation:
    """Log one talk, or with ``is_no_show=True`` an appointment nobody came to (no minutes, languages and topics then).

    ``companions`` took part as well: one contact, several persons; the note lies in the file of ``client``. ``absent`` were
    expected with them: each gets a missed appointment, as the companions do when nobody came. ``referral``: what ``refer``
    takes (institution, passed_on, explained_in), noted with the talk or not at all.

    ``facts`` are further fields of ``Consultation``: minutes, languages, interpretation, main_topic, concern, done, agreed,
    private_note, is_no_show. A next step becomes a follow-up of ``by``; ``finished_follow_ups`` are ticked off. The same
    ``submission`` again returns the record it made the first time.
    """
    try:
        with transaction.atomic():
            if twin := already_made(Consultation.objects, submission):
                return twin
            return _log(
                by=by, client=client, other_topics=other_topics or [], next_step=next_step,
                next_step_on=next_step_on, finished=finished_follow_ups or [], companions=companions, absent=absent,
                referral=referral, facts=facts | {
                    "held_at": held_at, "channel": channel, "submission": submission,
                    "programme_code": by.centre.current_programme_code if programme_code is None else programme_code,
                },
            )  # fmt: skip
    except IntegrityError:
        twin = already_made(Consultation.objects, submission)
        if twin is None:
            raise
        return twin


def _log(
    *,
    by: User,
    client: Client | None,
    other_topics: list[Topic],
    next_step: str,
    next_step_on: dt.date | None,
    finished: list[FollowUp],
    companions: Sequence[Client],
    absent: Sequence[Client],
    referral: Mapping[str, Any] | None,
    facts: dict[str, Any],
) -> Consultation:
    from counselling.services.follow_ups import finish_follow_ups  # noqa: PLC0415 - each names the other

    hold_still(client, *companions, *absent)
    if client is not None and not can_read_client(by, client):
        raise NotAllowedError
    check_companions(client=client, companions=[*companions, *absent], by=by)
    facts = _without_what_no_show_lacks(facts)
    if facts.get("is_no_show"):
        other_topics, companions, absent = [], [], [*companions, *absent]
    _check_topics(facts.get("main_topic"), other_topics)
    consultation = Consultation.objects.create(
        client=client, counsellor=by, centre=by.centre, created_by=by, **facts
    )
    consultation.other_topics.set(other_topics)
    record(Action.CREATE, by=by, obj=consultation, client=client.pk if client else None)
    drop_draft(key=consultation.submission, by=by)
    set_companions(consultation=consultation, companions=companions, by=by)
    note_absent(consultation=consultation, absent=absent, by=by)
    if client is not None and referral:
        refer(client=client, consultation=consultation, topic=consultation.main_topic, by=by, **referral)
    if client is not None and next_step and next_step_on:
        _follow_up(client, consultation, next_step, next_step_on, by)
    finish_follow_ups(follow_ups=finished, by=by)
    return consultation


def _without_what_no_show_lacks(facts: dict[str, Any]) -> dict[str, Any]:
    if facts.get("is_no_show"):
        return facts | {"minutes": 0, "languages": [], "main_topic": None}
    return facts


def _check_topics(main: Topic | None, others: list[Topic]) -> None:
    if len(others) > MOST_OTHER_TOPICS or main in others or len(set(others)) != len(others):
        raise TooManyTopicsError


def _follow_up(client: Client, consultation: Consultation, text: str, due_on: dt.date, by: User) -> FollowUp:
    follow_up = FollowUp.objects.create(
        client=client, consultation=consultation, assigned_to=by, due_on=due_on, text=text, created_by=by
    )
    record(Action.CREATE, by=by, obj=follow_up, centre_id=client.centre_id, client=client.pk)
    return follow_up


@transaction.atomic
def update_consultation(
    *,
    consultation: Consultation,
    by: User,
    revision: int,
    other_topics: list[Topic],
    next_step: str = "",
    next_step_on: dt.date | None = None,
    companions: Sequence[Client] | None = None,
    absent: Sequence[Client] = (),
    **facts: Any,
) -> Consultation:
    """Correct what one has logged oneself. Raises ``RecordChangedError`` when it was changed meanwhile, ``NotesLockedError``
    when the note would be changed after its days. ``companions=None`` leaves the further persons as they are."""
    if not can_change_consultation(by, consultation):
        raise NotAllowedError
    hold_still(consultation.client, *(companions or []), *absent)
    stored = lock(consultation, revision=revision)
    if stored.notes_locked and any(
        getattr(stored, name) != facts.get(name, getattr(stored, name)) for name in NOTE_FIELDS
    ):
        raise NotesLockedError
    facts = _without_what_no_show_lacks(facts)
    check_companions(client=stored.client, companions=[*(companions or []), *absent], by=by)
    if facts.get("is_no_show"):
        other_topics, companions, absent = [], [], [*(companions or []), *absent]
    _check_topics(facts.get("main_topic"), other_topics)
    changed = apply_changes(stored, facts)
    if {topic.pk for topic in other_topics} != set(stored.other_topics.values_list("pk", flat=True)):
        stored.other_topics.set(other_topics)
        stored.revision += 0 if changed else 1
        changed.append("other_topics")
    if companions is not None and set_companions(consultation=stored, companions=companions, by=by):
        stored.revision += 0 if changed else 1
        changed.append("attendances")
    steps_on = stored.client is not None and next_step and next_step_on
    if not changed and (absent or steps_on):
        # What is added beside the talk counts as a change of it: the same form a second time comes too late.
        stored.revision += 1
        stored.save()
    if changed:
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=sorted(changed))
    note_absent(consultation=stored, absent=absent, by=by)
    if stored.client is not None and next_step and next_step_on:
        _follow_up(stored.client, stored, next_step, next_step_on, by)
    return stored
