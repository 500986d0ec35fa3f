"""Cases: a goal is opened, worded anew, closed with an outcome, opened again; talks are put into it."""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.errors import CaseDatesError, FutureDayError, NotAllowedError
from counselling.models import Case, Client, Consultation
from counselling.rules import can_change_client
from counselling.services.records import already_made, apply_changes, hold_still, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def open_case(
    *,
    client: Client,
    goal: str,
    by: User,
    opened_on: dt.date | None = None,
    programme_code: str | None = None,
    submission: UUID | None = None,
) -> Case:
    """Open a case with its goal. The same ``submission`` again returns the case it made. Raises ``FutureDayError``."""
    if twin := already_made(Case.objects, submission):
        return twin
    hold_still(client)
    if not can_change_client(by, client):
        raise NotAllowedError
    code = client.centre.current_programme_code if programme_code is None else programme_code
    case = Case(
        client=client, centre_id=client.centre_id, goal=goal, opened_on=opened_on or timezone.localdate(), opened_by=by,
        programme_code=code, submission=submission, created_by=by,
    )  # fmt: skip
    _check_days(case)
    case.save()
    record(Action.CREATE, by=by, obj=case, client=client.pk)
    return case


@transaction.atomic
def update_case(*, case: Case, by: User, revision: int, goal: str, opened_on: dt.date) -> Case:
    """Word the goal anew or correct the day. Raises ``RecordChangedError``, ``CaseDatesError``, ``FutureDayError``."""
    stored = _own(case, by, revision)
    _change(stored, {"goal": goal, "opened_on": opened_on}, by)
    return stored


@transaction.atomic
def close_case(
    *, case: Case, outcome: str, by: User, closed_on: dt.date | None = None, note: str = "", revision: int | None = None
) -> Case:  # fmt: skip
    """Close it with an outcome; closing a closed one corrects how it ended. Raises as ``update_case`` does."""
    stored = _own(case, by, revision)
    facts = {"closed_on": closed_on or timezone.localdate(), "outcome": outcome, "outcome_note": note}
    if stored.closed_by_id is None:
        facts["closed_by_id"] = by.pk
    _change(stored, facts, by)
    return stored


@transaction.atomic
def reopen_case(*, case: Case, by: User) -> Case:
    """Go on with a closed case. Opening an open one changes nothing."""
    stored = _own(case, by, None)
    _change(stored, {"closed_on": None, "closed_by_id": None, "outcome": "", "outcome_note": ""}, by)
    return stored


@transaction.atomic
def put_into_case(*, consultation: Consultation, case: Case | None, by: User) -> Consultation:
    """Let a talk belong to a case of the same client, or to none."""
    if consultation.client is None or not can_change_client(by, consultation.client):
        raise NotAllowedError
    if case is not None and case.client_id != consultation.client_id:
        raise NotAllowedError
    stored = lock(consultation, revision=None)
    if changed := apply_changes(stored, {"case_id": case.pk if case else None}):
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, fields=changed)
    return stored


@transaction.atomic
def set_case_talks(*, case: Case, talks: Iterable[Consultation], by: User, revision: int) -> Case:
    """Let exactly these talks of the client belong to the case. Raises ``RecordChangedError`` when somebody was faster."""
    stored, wanted = _own(case, by, revision), {talk.pk: talk for talk in talks}
    before = {talk.pk: talk for talk in stored.consultations.select_related("client")}
    for pk in before.keys() - wanted.keys():
        put_into_case(consultation=before[pk], case=None, by=by)
    for pk in wanted.keys() - before.keys():
        put_into_case(consultation=wanted[pk], case=stored, by=by)
    if wanted.keys() != before.keys():
        stored.revision += 1
        stored.save()
    return stored


def _own(case: Case, by: User, revision: int | None) -> Case:
    if not can_change_client(by, case.client):
        raise NotAllowedError
    return lock(case, revision=revision)


def _change(case: Case, facts: dict[str, object], by: User) -> None:
    if changed := apply_changes(case, facts):
        _check_days(case)
        case.save()
        record(Action.CHANGE, by=by, obj=case, client=case.client_id, fields=sorted(changed))


def _check_days(case: Case) -> None:
    if max(case.opened_on, case.closed_on or case.opened_on) > timezone.localdate():
        raise FutureDayError
    if case.closed_on is not None and case.closed_on < case.opened_on:
        raise CaseDatesError
