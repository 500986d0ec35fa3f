"""Courses, the regulars' table and information events: planned, filled, held, cancelled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from businesses.enums import EnrolmentState, EventState, Presence
from businesses.errors import HeldInTheFutureError, NotPlannedError, RecordChangedError
from businesses.models import (
    Business,
    Enrolment,
    Event,
    EventAttendance,
    EventSeries,
    Invitation,
    Need,
)
from businesses.models.events import USUAL_SHARE
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.submissions import take_turns


@dataclass(frozen=True)
class Came:
    """Whether somebody of a business came, and how many."""

    presence: Presence
    heads: int = 0


@transaction.atomic
def plan_event(
    *,
    centre: Centre,
    kind: str,
    title: str,
    at: datetime,
    by: User,
    further: Sequence[datetime] = (),
    certificate_share: int = USUAL_SHARE,
    submission: UUID | None = None,
    **facts: Any,
) -> Event:
    """Plan one date, or a course of several: ``further`` are the dates after the first. Returns the first date.

    ``facts``: ends_at (of the first date; the others last as long), place, languages, topic, capacity, responsible, agenda,
    programme_code. The same form sent twice plans once.
    """
    take_turns(submission)
    if submission and (made := Event.objects.filter(submission=submission, centre=centre).first()):
        return made
    series = None
    if further:
        series = EventSeries.objects.create(
            centre=centre, title=title, certificate_share=certificate_share, created_by=by
        )
        record(Action.CREATE, by=by, obj=series)
    ends_at = facts.pop("ends_at", None)
    length = ends_at - at if ends_at else None
    dates = [
        Event.objects.create(
            centre=centre, series=series, kind=kind, title=title, state=EventState.PLANNED, at=start,
            ends_at=start + length if length else None, submission=submission if start == at else None, created_by=by,
            **facts,
        )
        for start in (at, *further)
    ]  # fmt: skip
    for event in dates:
        record(Action.CREATE, by=by, obj=event, state=str(event.state))
    return dates[0]


@transaction.atomic
def hold_event(
    *,
    centre: Centre,
    kind: str,
    title: str,
    at: datetime,
    by: User,
    place: str = "",
    languages: Sequence[str] = (),
    head_count: int = 0,
    attendance: Mapping[Business, int] | None = None,
    programme_code: str = "",
    submission: UUID | None = None,
) -> Event:
    """Note a course or regulars' table that was held, and who came. ``attendance`` counts heads by business; all who came are at
    least as many as these together."""
    take_turns(submission)
    if submission and (made := Event.objects.filter(submission=submission, centre=centre).first()):
        return made
    came = {
        business: heads for business, heads in (attendance or {}).items() if business.centre_id == centre.pk
    }
    event = Event.objects.create(
        centre=centre, kind=kind, title=title, at=at, place=place, languages=list(languages), state=EventState.HELD,
        head_count=max(head_count, sum(came.values())), programme_code=programme_code, submission=submission, created_by=by,
    )  # fmt: skip
    EventAttendance.objects.bulk_create(
        EventAttendance(event=event, business=business, heads=heads) for business, heads in came.items()
    )
    record(Action.CREATE, by=by, obj=event, businesses=len(came))
    return event


@transaction.atomic
def change_event(*, event: Event, revision: int, by: User, **facts: Any) -> Event:
    """Change what is written about an event. Raises ``RecordChangedError`` when ``revision`` is not the stored one."""
    stored = _locked(event)
    if stored.revision != revision:
        raise RecordChangedError(stored)
    changed = sorted(name for name, value in facts.items() if getattr(stored, name) != value)
    if not changed:
        return stored
    for name in changed:
        setattr(stored, name, facts[name])
    _saved(stored, by, fields=changed)
    if "capacity" in changed:
        _share_seats(stored, by)
    return stored


@transaction.atomic
def add_date(*, series: EventSeries, at: datetime, by: User, submission: UUID | None = None) -> Event:
    """Add one more date to a course: as long, at the same place and with the same seats as its last one.

    A date that the course has already is returned as it is; so is the one that the same form made before.
    """
    take_turns(submission)
    series = EventSeries.objects.select_for_update().get(pk=series.pk)
    made = series.dates.filter(Q(submission=submission) if submission else Q(at=at)).first()
    if made or (made := series.dates.filter(at=at).first()):
        return made
    like = series.dates.order_by("at", "pk").last()
    if like is None:
        raise NotPlannedError
    length = like.ends_at - like.at if like.ends_at else None
    copied = {name: getattr(like, name) for name in _LIKE_THE_LAST}
    event = Event.objects.create(
        series=series, state=EventState.PLANNED, at=at, ends_at=at + length if length else None, submission=submission,
        created_by=by, **copied,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=event, state=EventState.PLANNED.value)
    return event


_LIKE_THE_LAST = (
    "centre_id", "kind", "title", "place", "languages", "topic", "capacity", "responsible_id", "programme_code",
)  # fmt: skip


@transaction.atomic
def cancel_event(*, event: Event, by: User, reason: str = "", whole_course: bool = False) -> int:
    """Call a planned date off, or with ``whole_course`` every planned one of its course. Return how many were called off.

    What was called off before stays so, with its reason. Raises ``NotPlannedError`` for a date that was held.
    """
    stored = _locked(event)
    if stored.state == EventState.HELD:
        raise NotPlannedError
    dates = Event.objects.select_for_update().filter(state=EventState.PLANNED)
    theirs = (
        dates.filter(series=stored.series_id)
        if whole_course and stored.series_id
        else dates.filter(pk=stored.pk)
    )
    count = 0
    for date in theirs.order_by("pk"):
        date.state, date.cancel_reason = EventState.CANCELLED, reason
        _saved(date, by, state=EventState.CANCELLED.value)
        count += 1
    return count


@transaction.atomic
def replan_event(*, event: Event, by: User) -> Event:
    """Take a cancellation back."""
    stored = _locked(event)
    if stored.state != EventState.CANCELLED:
        return stored
    stored.state, stored.cancel_reason = EventState.PLANNED, ""
    return _saved(stored, by, state=EventState.PLANNED.value)


@transaction.atomic
def enrol(
    *,
    event: Event,
    business: Business,
    by: User,
    person_name: str = "",
    need: Need | None = None,
    submission: UUID | None = None,
) -> Enrolment:
    """Give a business a seat in the whole course, or at this date; on the waiting list when all seats are taken.

    One that is enrolled stays so, with the new name; one that had withdrawn comes back at the end of the line. Raises
    ``NotPlannedError`` when the event is cancelled.
    """
    stored = _locked(event)
    if stored.state == EventState.CANCELLED:
        raise NotPlannedError
    if stored.series_id:
        EventSeries.objects.select_for_update().get(pk=stored.series_id)
    need = need if need is not None and need.business_id == business.pk else None
    seats = stored.enrolments
    found = seats.filter(business=business).first()
    if found is None or found.state == EnrolmentState.WITHDRAWN:
        taken = seats.filter(state=EnrolmentState.ENROLLED).count()
        full = stored.capacity is not None and taken >= stored.capacity
        state = EnrolmentState.WAITING if full else EnrolmentState.ENROLLED
    else:
        state = EnrolmentState(found.state)
    if found is None:
        found = Enrolment.objects.create(
            series_id=stored.series_id, event=None if stored.series_id else stored, business=business, person_name=person_name,
            need=need, state=state, submission=submission, created_by=by,
        )  # fmt: skip
        record(Action.CREATE, by=by, obj=found, centre_id=stored.centre_id, state=state.value)
        return found
    if found.state == EnrolmentState.WITHDRAWN:
        found.created_at = timezone.now()
    found.state, found.person_name, found.need = state, person_name or found.person_name, need or found.need
    found.revision += 1
    found.save()
    record(Action.CHANGE, by=by, obj=found, centre_id=stored.centre_id, state=state.value)
    return found


@transaction.atomic
def enrol_all(
    *, event: Event, businesses: Sequence[Business], by: User, person_name: str = ""
) -> list[Enrolment]:
    """Enrol these businesses, each because of its running need of the event's topic, if it has one. ``person_name`` is for a single one.

    Raises ``NotPlannedError`` when the event is cancelled.
    """
    theirs = [business for business in businesses if business.centre_id == event.centre_id]
    running = Need.objects.running().filter(business__in=theirs, topic=event.topic) if event.topic else ()
    needs = {need.business_id: need for need in running}
    name = person_name if len(theirs) == 1 else ""
    return [
        enrol(event=event, business=business, by=by, person_name=name, need=needs.get(business.pk))
        for business in theirs
    ]


@transaction.atomic
def withdraw_enrolment(*, event: Event, enrolment: Enrolment, by: User) -> Enrolment:
    """Take a business off the list; whoever has waited longest gets the seat."""
    stored = _locked(event)
    if stored.series_id:
        EventSeries.objects.select_for_update().get(pk=stored.series_id)
    leaving = Enrolment.objects.select_for_update().get(pk=enrolment.pk)
    if leaving.state == EnrolmentState.WITHDRAWN:
        return leaving
    had_seat = leaving.state == EnrolmentState.ENROLLED
    _set_seat(leaving, EnrolmentState.WITHDRAWN, stored, by)
    following = stored.enrolments.filter(state=EnrolmentState.WAITING).order_by("created_at", "pk").first()
    if had_seat and following is not None:
        _set_seat(following, EnrolmentState.ENROLLED, stored, by)
    return leaving


@transaction.atomic
def note_attendance(
    *, event: Event, came: Mapping[Business, Came], unnamed: int, revision: int, by: User
) -> Event:
    """Note who came, which makes a planned event a held one. ``unnamed``: heads whose business is not in the register.

    Raises ``RecordChangedError``, ``NotPlannedError`` (cancelled) and ``HeldInTheFutureError``.
    """
    stored = _locked(event)
    if stored.revision != revision:
        raise RecordChangedError(stored)
    if stored.state == EventState.CANCELLED:
        raise NotPlannedError
    if stored.at > timezone.now():
        raise HeldInTheFutureError
    stored.attendances.all().delete()
    EventAttendance.objects.bulk_create(
        EventAttendance(
            event=stored, business=business, presence=one.presence,
            heads=max(one.heads, 1) if one.presence == Presence.PRESENT else 0,
        )
        for business, one in came.items()
        if business.centre_id == stored.centre_id
    )  # fmt: skip
    named = sum(stored.attendances.values_list("heads", flat=True))
    stored.head_count, stored.state = named + unnamed, EventState.HELD
    return _saved(stored, by, fields=["attendances"], heads=stored.head_count)


@transaction.atomic
def invite(*, event: Event, letters: Mapping[Business, str], by: User) -> list[Invitation]:
    """Note that letters were made; ``letters`` gives the language by business. A letter made again is noted as the newer one."""
    stored = _locked(event)
    if stored.state != EventState.PLANNED:
        raise NotPlannedError
    theirs = [business for business in letters if business.centre_id == stored.centre_id]
    Invitation.objects.filter(event=stored, business__in=theirs).delete()
    made = Invitation.objects.bulk_create(
        Invitation(event=stored, business=business, language=letters[business], made_by=by)
        for business in theirs
    )
    record(Action.EXPORT, by=by, obj=stored, letters=len(made), languages=sorted(set(letters.values())))
    return made


def _locked(event: Event) -> Event:
    return Event.objects.select_for_update().get(pk=event.pk)


def _saved(event: Event, by: User, **detail: Any) -> Event:
    event.revision += 1
    event.save()
    record(Action.CHANGE, by=by, obj=event, **detail)
    return event


def _share_seats(event: Event, by: User) -> None:
    """The seats are those of the whole course; whoever has waited longest gets what has become free."""
    if event.series_id:
        EventSeries.objects.select_for_update().get(pk=event.series_id)
        Event.objects.filter(series=event.series_id).update(capacity=event.capacity)
    seats = event.enrolments.select_for_update()
    waiting = list(seats.filter(state=EnrolmentState.WAITING).order_by("created_at", "pk"))
    taken = seats.filter(state=EnrolmentState.ENROLLED).count()
    free = len(waiting) if event.capacity is None else max(event.capacity - taken, 0)
    for enrolment in waiting[:free]:
        _set_seat(enrolment, EnrolmentState.ENROLLED, event, by)


def _set_seat(enrolment: Enrolment, state: EnrolmentState, event: Event, by: User) -> None:
    enrolment.state = state
    enrolment.revision += 1
    enrolment.save()
    record(Action.CHANGE, by=by, obj=enrolment, centre_id=event.centre_id, state=state.value)
