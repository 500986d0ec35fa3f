"""Placements: proposed, taken on step by step, undone."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from counselling.enums import Purpose
from counselling.models import Client
from counselling.queries import has_consent
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.enums import CloseReason, Funding, Stage, TrialBasis, TrialLonger
from placements.errors import (
    AgainstLawError,
    AskedAboutError,
    ConsentMissingError,
    OtherCentreError,
    PlacementError,
    StepNotPossibleError,
    SubsidisedError,
)
from placements.models import Placement, PlacementEvent, RetentionCheck, Vacancy, WageSubsidy
from placements.models.placement import PlacementQuerySet
from placements.rules import OTHERS_CLOSE_FOR, breaches, next_stages
from placements.services.consents import agree_to_employer
from placements.services.matching import reason_of, store_match
from placements.services.retention import plan_checks


@transaction.atomic
def propose(
    *, client: Client, vacancy: Vacancy, by: User, stage: Stage = Stage.PROPOSED, note: str = "",
    at: datetime | None = None, programme_code: str = "", submission: UUID | None = None, match_reason: str | None = None,
    agreed_in: str = "",
) -> Placement:  # fmt: skip
    """Begin a placement as a wish or a proposal. A second proposal of the same vacancy returns the first.

    ``agreed_in``: the client has just agreed to this employer, explained in this language; it is noted with the proposal or not at all.
    Raises ``ConsentMissingError`` when a proposal lacks the client's consent to this employer, and ``ReasonNeededError`` of
    ``services.matching`` when ``match_reason`` was left out (``""``) where the checklist asks for one.
    """
    if client.centre_id != vacancy.centre_id:
        raise OtherCentreError
    hold_still(client)
    if agreed_in and stage is not Stage.WISH:
        agree_to_employer(client=client, vacancy=vacancy, explained_in=agreed_in, by=by)
    existing = Placement.objects.filter(client=client, vacancy=vacancy).first()
    if existing:
        return existing
    if stage is not Stage.WISH:
        _require_consent(client, vacancy)
    try:
        with transaction.atomic():
            placement = Placement.objects.create(
                centre_id=client.centre_id, client=client, vacancy=vacancy, created_by=by, submission=submission,
                programme_code=programme_code or vacancy.programme_code or by.centre.current_programme_code,
            )  # fmt: skip
    except IntegrityError:
        return Placement.objects.get(client=client, vacancy=vacancy)
    _add_event(placement, stage, by=by, note=note, at=at)
    store_match(placement, by=by, reason=reason_of(is_wish=stage is Stage.WISH, chosen=match_reason))
    record(Action.CREATE, by=by, obj=placement, stage=stage)
    return placement


def _require_consent(client: Client, vacancy: Vacancy) -> None:
    if not has_consent(client, Purpose.SHARE_WITH_EMPLOYER, employer_name=vacancy.employer):
        raise ConsentMissingError


def _add_event(
    placement: Placement, stage: Stage, *, by: User, note: str, at: datetime | None, reason: str = ""
) -> PlacementEvent:
    return PlacementEvent.objects.create(
        placement=placement, stage=stage, by=by, note=note, reason=reason, at=at or timezone.now()
    )


def current_stage(placement: Placement) -> Stage:
    """Return the present step, derived from the log."""
    last = last_event(placement)
    return Stage(last.stage) if last else Stage.WISH


def last_event(placement: Placement) -> PlacementEvent | None:
    """Return the last step that was not undone."""
    return PlacementEvent.objects.standing().filter(placement=placement).order_by("at", "pk").last()


@transaction.atomic
def advance(
    *, placement: Placement, stage: Stage, by: User, note: str = "", at: datetime | None = None, reason: str = "",
    trial_basis: TrialBasis | str = "", trial_from: date | None = None, trial_until: date | None = None,
    trial_longer: TrialLonger | str = "", category: str = "", started_on: date | None = None, ended_on: date | None = None,
    hours_per_week: int | None = None, monthly_pay: int | None = None, contract_until: date | None = None, funding: Funding | str = "",
    revision: int | None = None,
) -> Placement:  # fmt: skip
    """Take the next step with the facts it needs.

    ``trial`` needs a ground and an end, ``started`` a category and a day, ``ended`` a day, ``closed`` a reason; everything
    from ``proposed`` on needs the client's consent to the employer. ``monthly_pay`` in whole euros. ``revision`` is the one that
    the reader saw: pressed twice, the step is taken once. Raises ``ConsentMissingError``, ``StepNotPossibleError``,
    ``AgainstLawError``.
    """
    placement = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("client", "vacancy__business")
        .get(pk=placement.pk)
    )
    last = last_event(placement)
    if stage not in next_stages(last.stage if last else Stage.WISH):
        raise StepNotPossibleError(stage)
    if revision is not None and placement.revision != revision:
        raise StepNotPossibleError(stage)
    if at is not None and last is not None and at < last.at:
        raise StepNotPossibleError(
            stage
        )  # the log is read by its moments: an earlier one would not be the present step
    if stage is not Stage.CLOSED:
        _require_consent(placement.client, placement.vacancy)
    facts = _facts_of(
        stage, trial_basis=trial_basis, trial_from=trial_from or _trial_begins(at, trial_until), trial_until=trial_until,
        trial_longer=trial_longer if trial_basis == TrialBasis.ACTIVATION else "", category=category, started_on=started_on,
        ended_on=ended_on, hours_per_week=hours_per_week, monthly_pay=monthly_pay, contract_until=contract_until, funding=funding,
        reason=reason,
    )  # fmt: skip
    for name, value in facts.items():
        setattr(placement, name, value)
    placement.revision += 1
    placement.save()
    _add_event(placement, stage, by=by, note=note, at=at, reason=reason if stage is Stage.CLOSED else "")
    if stage is Stage.STARTED:
        plan_checks(placement, by=by)
    record(Action.CHANGE, by=by, obj=placement, stage=stage)
    return placement


def _trial_begins(at: datetime | None, until: date | None) -> date | None:
    """The day of the step; unknown for a trial that is noted after it was over."""
    day = timezone.localdate(at)
    return day if until is None or day <= until else None


# What each step writes on the placement, and which of it must be there.
_STEP_FACTS: dict[Stage, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Stage.TRIAL: (("trial_basis", "trial_until"), ("trial_from", "trial_longer")),
    Stage.STARTED: (
        ("category", "started_on"),
        ("hours_per_week", "monthly_pay", "contract_until", "funding"),
    ),
    Stage.ENDED: (("ended_on",), ()),
}


def _facts_of(stage: Stage, **given: Any) -> dict[str, Any]:
    needed, optional = _STEP_FACTS.get(stage, ((), ()))
    if not all(given[name] for name in needed) or (stage is Stage.CLOSED and not given["reason"]):
        raise StepNotPossibleError(stage)
    if against := breaches(stage, given):
        raise AgainstLawError(against)
    return {name: given[name] for name in (*needed, *optional)}


@transaction.atomic
def undo_last_step(*, placement: Placement, by: User, event_id: int | None = None) -> Placement:
    """Undo the last step; the log keeps both. Raises ``StepNotPossibleError`` when only the first one is left,
    ``AskedAboutError`` for a start of which it is noted already what became of it, ``SubsidisedError`` for one with a wage subsidy.

    ``event_id`` is the step that the reader saw as the last one: pressed twice, only that one is undone.
    """
    placement = Placement.objects.select_for_update().get(pk=placement.pk)
    standing = list(PlacementEvent.objects.standing().filter(placement=placement).order_by("at", "pk"))
    if len(standing) < 2:
        raise StepNotPossibleError
    last = standing[-1]
    if event_id is not None and last.pk != event_id:
        raise StepNotPossibleError
    if last.stage == Stage.STARTED:
        if WageSubsidy.objects.filter(placement=placement).exists():
            raise SubsidisedError
        _forget_checks(placement)
    PlacementEvent.objects.create(
        placement=placement, stage=last.stage, reason=last.reason, by=by, at=timezone.now(), undoes=last
    )
    needed, optional = _STEP_FACTS.get(Stage(last.stage), ((), ()))
    blank = Placement()
    for name in (*needed, *optional):
        setattr(placement, name, getattr(blank, name))
    placement.revision += 1
    placement.save()
    record(Action.CHANGE, by=by, obj=placement, undone=last.stage)
    return placement


def _forget_checks(placement: Placement) -> None:
    checks = RetentionCheck.objects.select_for_update().filter(placement=placement)
    if any(check.situation for check in checks):
        raise AskedAboutError
    checks.delete()


@transaction.atomic
def close_others(
    *, started: Placement, chosen: Iterable[UUID], reason: CloseReason | str, by: User
) -> list[Placement]:
    """Close other running placements of the client whose work has started; all of them or none.

    Only ``filled_otherwise`` and ``client_declined`` say why. What is closed or ended already is left alone; each is undone like
    any step. Raises ``StepNotPossibleError`` when nothing has started or the reason is another one.
    """
    if reason not in OTHERS_CLOSE_FOR or current_stage(started) is not Stage.STARTED:
        raise StepNotPossibleError(Stage.CLOSED)
    others = other_running(started).filter(public_id__in=list(chosen)).order_by("pk")
    return [
        advance(placement=placement, stage=Stage.CLOSED, reason=reason, by=by) for placement in list(others)
    ]


def other_running(placement: Placement) -> PlacementQuerySet:
    """Return the other placements of this client that are under way and have not started yet, with their stage."""
    return (
        Placement.objects.with_stage()
        .filter(client=placement.client_id)
        .exclude(pk=placement.pk)
        .running()
        .exclude(Q(("stage", Stage.STARTED)))
    )


def closed_since(started: Placement) -> QuerySet[PlacementEvent]:
    """Return the closings of this client's other placements since this one was recorded as begun."""
    begun = last_event(started)
    if begun is None:
        return PlacementEvent.objects.none()
    rows = PlacementEvent.objects.standing().filter(
        stage=Stage.CLOSED, reason__in=OTHERS_CLOSE_FOR, at__gte=begun.at
    )
    return (
        rows.filter(placement__client=started.client_id)
        .select_related("placement__vacancy__business")
        .order_by("pk")
    )


__all__ = [
    "OTHERS_CLOSE_FOR",
    "AgainstLawError",
    "AskedAboutError",
    "ConsentMissingError",
    "OtherCentreError",
    "PlacementError",
    "StepNotPossibleError",
    "SubsidisedError",
    "advance",
    "close_others",
    "closed_since",
    "current_stage",
    "last_event",
    "other_running",
    "propose",
    "undo_last_step",
]
