"""Placements: proposed, taken on step by step, undone."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from counselling.enums import Purpose
from counselling.models import Client
from counselling.queries import has_consent
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.enums import Funding, Stage, TrialBasis
from placements.models import Placement, PlacementEvent, RetentionCheck, Vacancy
from placements.rules import next_stages
from placements.services.matching import reason_of, store_match
from placements.services.retention import plan_checks


class PlacementError(Exception):
    """A step that cannot be taken; the text of each kind stands in the form that caught it."""


class ConsentMissingError(PlacementError):
    """The client has not agreed that this employer gets to know of them."""


class OtherCentreError(PlacementError):
    """Client and vacancy belong to different centres."""


class StepNotPossibleError(PlacementError):
    """The step does not follow from the present one, or a fact that it needs is missing."""


class AskedAboutError(PlacementError):
    """The start cannot be undone while it is noted what became of it."""


@transaction.atomic
def propose(
    *, client: Client, vacancy: Vacancy, by: User, stage: Stage = Stage.PROPOSED, note: str = "",
    at: datetime | None = None, programme_code: str = "", submission: UUID | None = None, match_reason: str | None = None,
) -> Placement:  # fmt: skip
    """Begin a placement as a wish or a proposal. A second proposal of the same vacancy returns the first.

    Raises ``ConsentMissingError`` when a proposal lacks the client's consent to this employer, and ``ReasonNeededError`` of
    ``services.matching`` when ``match_reason`` was left out (``""``) where the checklist asks for one.
    """
    if client.centre_id != vacancy.centre_id:
        raise OtherCentreError
    hold_still(client)
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
    last = PlacementEvent.objects.standing().filter(placement=placement).order_by("at", "pk").last()
    return Stage(last.stage) if last else Stage.WISH


@transaction.atomic
def advance(
    *, placement: Placement, stage: Stage, by: User, note: str = "", at: datetime | None = None, reason: str = "",
    trial_basis: TrialBasis | str = "", trial_until: date | None = None, category: str = "", started_on: date | None = None,
    ended_on: date | None = None, hours_per_week: int | None = None, contract_until: date | None = None, funding: Funding | str = "",
) -> Placement:  # fmt: skip
    """Take the next step with the facts it needs.

    ``trial`` needs a ground and an end, ``started`` a category and a day, ``ended`` a day, ``closed`` a reason; everything
    from ``proposed`` on needs the client's consent to the employer. Raises ``ConsentMissingError``, ``StepNotPossibleError``.
    """
    placement = (
        Placement.objects.select_for_update(of=("self",))
        .select_related("client", "vacancy__business")
        .get(pk=placement.pk)
    )
    if stage not in next_stages(current_stage(placement)):
        raise StepNotPossibleError(stage)
    if stage is not Stage.CLOSED:
        _require_consent(placement.client, placement.vacancy)
    facts = _facts_of(
        stage, trial_basis=trial_basis, trial_until=trial_until, category=category, started_on=started_on, ended_on=ended_on,
        hours_per_week=hours_per_week, contract_until=contract_until, funding=funding, reason=reason,
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


# What each step writes on the placement, and which of it must be there.
_STEP_FACTS: dict[Stage, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Stage.TRIAL: (("trial_basis", "trial_until"), ()),
    Stage.STARTED: (("category", "started_on"), ("hours_per_week", "contract_until", "funding")),
    Stage.ENDED: (("ended_on",), ()),
}


def _facts_of(stage: Stage, **given: Any) -> dict[str, Any]:
    needed, optional = _STEP_FACTS.get(stage, ((), ()))
    if not all(given[name] for name in needed) or (stage is Stage.CLOSED and not given["reason"]):
        raise StepNotPossibleError(stage)
    return {name: given[name] for name in (*needed, *optional)}


@transaction.atomic
def undo_last_step(*, placement: Placement, by: User, event_id: int | None = None) -> Placement:
    """Undo the last step; the log keeps both. Raises ``StepNotPossibleError`` when only the first one is left, and
    ``AskedAboutError`` for a start of which it is noted already what became of it.

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
