"""Needs: opened, taken charge of, moved on, and what an interview does to them."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from businesses.enums import ENDED_NEEDS, NeedSource, NeedState, NeedTopic, Urgency
from businesses.errors import NeedAlreadyRunsError, RecordChangedError
from businesses.models import Business, Interview, Need, NeedStep
from businesses.naming import NeedNamed, needs_denied, needs_named
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns


@transaction.atomic
def open_need(
    *,
    business: Business,
    topic: str,
    by: User,
    urgency: str = Urgency.SOME,
    words: str = "",
    source: str = NeedSource.CONSULTATION,
    in_charge: User | None = None,
    due_on: date | None = None,
    programme_code: str = "",
    submission: UUID | None = None,
) -> Need:
    """Write down what a business needs. The same form sent twice opens it once.

    Raises ``NeedAlreadyRunsError`` with the need of this topic that runs already.
    """
    take_turns(submission)
    if submission and (made := Need.objects.filter(submission=submission, business=business).first()):
        return made
    Business.objects.select_for_update().get(pk=business.pk)
    if running := Need.objects.running().filter(business=business, topic=topic).first():
        raise NeedAlreadyRunsError(running)
    need = Need.objects.create(
        business=business, topic=topic, urgency=urgency, words=words, source=source, in_charge=in_charge, due_on=due_on,
        programme_code=programme_code, submission=submission, created_by=by,
    )  # fmt: skip
    NeedStep.objects.create(need=need, to_state=NeedState.OPEN, by=by)
    record(Action.CREATE, by=by, obj=need, centre_id=business.centre_id, topic=str(topic))
    return need


@transaction.atomic
def take_need(*, need: Need, by: User) -> Need:
    """Take charge of a need; whoever is in charge already stays so."""
    stored = Need.objects.select_for_update().get(pk=need.pk)
    if stored.in_charge_id == by.pk:
        return stored
    stored.in_charge = by
    _saved(stored, by=by, note="", fields=["in_charge"])
    return stored


@transaction.atomic
def change_need(
    *,
    need: Need,
    state: str,
    revision: int,
    in_charge: User | None,
    by: User,
    note: str = "",
    urgency: str | None = None,
    due_on: date | None = None,
) -> Need:
    """Move a need on, with a note, and set until when something is to be done and who sees to it (``None``: nobody yet).

    Raises ``RecordChangedError`` when somebody else was faster, ``NeedAlreadyRunsError`` when an ended need is to be opened again
    while another of its topic runs.
    """
    stored = Need.objects.select_for_update().get(pk=need.pk)
    if stored.revision != revision:
        raise RecordChangedError(stored)
    before = stored.state
    _refuse_a_second(stored, state)
    stored.due_on = due_on if state not in ENDED_NEEDS else None
    stored.urgency, stored.in_charge = urgency or stored.urgency, in_charge
    _move(stored, state, by=by, on=timezone.localdate())
    _saved(stored, by=by, note=note, fields=["state", "due_on", "urgency", "in_charge"], before=before)
    return stored


@transaction.atomic
def advance_need(*, need: Need, state: str, by: User, note: str = "") -> Need:
    """Move a need on because of a talk; one that stands there already, or has ended, stays as it is."""
    stored = Need.objects.select_for_update().get(pk=need.pk)
    if stored.state == state or not stored.is_running:
        return stored
    before = stored.state
    stored.in_charge = stored.in_charge or by
    _move(stored, state, by=by, on=timezone.localdate())
    _saved(stored, by=by, note=note, fields=["state"], before=before)
    return stored


@transaction.atomic
def needs_from_interview(*, interview: Interview, values: Mapping[str, Any], by: User) -> list[Need]:
    """Make, confirm or open again the needs that an interview names; propose to end those that it denies.

    ``values``: the answers that count, by key. A topic that runs is confirmed and may become urgent, one that had ended is opened
    again, so that there is never a second one. "None" ends nothing by itself: the page asks whether it is over.
    """
    Business.objects.select_for_update().get(pk=interview.business_id)
    day = timezone.localdate(interview.completed_at)
    known: dict[str, Need] = {}
    for need in Need.objects.select_for_update().filter(business=interview.business_id).order_by("pk"):
        if need.is_running or not (need.topic in known and known[need.topic].is_running):
            known[need.topic] = need
    named = [_named(interview, one, known.get(one.topic), day, by) for one in needs_named(values)]
    for topic in needs_denied(values):
        _propose_closing(known.get(topic), day, by)
    return named


def _named(interview: Interview, one: NeedNamed, need: Need | None, day: date, by: User) -> Need:
    if need is None:
        need = Need.objects.create(
            business_id=interview.business_id, topic=one.topic, urgency=one.urgency, source=NeedSource.INTERVIEW,
            interview=interview, opened_on=day, programme_code=interview.wave.programme_code, created_by=by,
        )  # fmt: skip
        NeedStep.objects.create(
            need=need, to_state=NeedState.OPEN, by=by, at=interview.completed_at or timezone.now()
        )
        record(Action.CREATE, by=by, obj=need, centre_id=by.centre_id, topic=str(one.topic))
        return need
    before = need.state
    need.interview, need.closing_proposed_on = interview, None
    if not need.is_running:
        need.urgency = one.urgency
        _move(need, NeedState.OPEN, by=by, on=day)
    elif one.urgency == Urgency.URGENT:
        need.urgency = Urgency.URGENT
    _saved(need, by=by, note="", fields=["interview", "urgency", "state"], before=before)
    return need


def _propose_closing(need: Need | None, day: date, by: User) -> None:
    if need is not None and need.is_running:
        need.closing_proposed_on = day
        need.revision += 1
        need.save()
        record(Action.CHANGE, by=by, obj=need, centre_id=by.centre_id, fields=["closing_proposed_on"])


def _refuse_a_second(need: Need, state: str) -> None:
    if need.is_running or state in ENDED_NEEDS:
        return
    Business.objects.select_for_update().get(pk=need.business_id)
    other = Need.objects.running().filter(business=need.business_id, topic=need.topic).first()
    if other is not None:
        raise NeedAlreadyRunsError(other)


def _move(need: Need, state: str, *, by: User, on: date) -> None:
    """Set the state with what belongs to it: an end has a day and somebody who saw it."""
    ends = state in ENDED_NEEDS
    if not ends or need.is_running:
        need.closed_on, need.closed_by = (on, by) if ends else (None, None)
    need.state, need.closing_proposed_on = state, None


def _saved(need: Need, *, by: User, note: str, fields: list[str], before: str | None = None) -> None:
    need.revision += 1
    need.save()
    NeedStep.objects.create(need=need, from_state=before or need.state, to_state=need.state, by=by, note=note)
    record(Action.CHANGE, by=by, obj=need, centre_id=by.centre_id, fields=fields, state=str(need.state))


def topics_without_need(business: Business) -> list[NeedTopic]:
    """Return the topics in which nothing runs for this business: what can be opened."""
    running = set(Need.objects.running().filter(business=business).values_list("topic", flat=True))
    return [topic for topic in NeedTopic if topic not in running]
