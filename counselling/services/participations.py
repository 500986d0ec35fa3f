"""Entering a programme, the voluntary answers, leaving, and what became of somebody afterwards."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.consents import current_text
from counselling.doors import funded_programmes
from counselling.enums import AnswerState, EntryStatus, Purpose, QuestionKind
from counselling.errors import (
    AnswerContradictsError,
    ConsentMissingError,
    FutureDayError,
    NotAllowedError,
    ParticipationDatesError,
    ParticipationOverlapError,
    QuestionsAnsweredError,
    RecordChangedError,
    TooEarlyError,
    UnknownProgrammeError,
)
from counselling.models import Client, Participation, ParticipationQuestion, ParticipationSensitive
from counselling.models.participation import LATER_RESULTS, RESULTS, SENSITIVE
from counselling.participation import age_band_at, days_asked
from counselling.rules import can_change_client
from counselling.services.consents import give_consent
from counselling.services.records import already_made, apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

Voluntary = Mapping[str, str]


def _own(client: Client, by: User) -> Client:
    """The client, locked: what is checked below holds until it is stored."""
    if not can_change_client(by, client):
        raise NotAllowedError
    return lock(client, revision=None)


def _note(action: Action, participation: Participation, by: User, **detail: Any) -> None:
    client = participation.client
    record(action, by=by, obj=participation, centre_id=client.centre_id, client=client.pk, **detail)


# --- Entry ------------------------------------------------------------------------------------------------
@transaction.atomic
def enter_participation(
    *, client: Client, by: User, programme_code: str, entered_on: dt.date, gender: str, status: str = "", isced: str = "",
    age_band: str = "", voluntary: Voluntary | None = None, explained_in: str = "", submission: UUID | None = None,
) -> Participation:  # fmt: skip
    """Let a client enter a programme. The same ``submission`` again returns what it made.

    ``age_band`` counts only where the birth date does not tell the age group. ``voluntary``: answers by name, kept only with the
    client's consent; ``explained_in``: the language in which it was explained just now. Raises ``UnknownProgrammeError``,
    ``FutureDayError``, ``ParticipationOverlapError``, ``ConsentMissingError``.
    """
    if twin := already_made(Participation.objects, submission):
        return twin
    stored = _own(client, by)
    participation = Participation(
        client=stored, programme_code=programme_code, entered_on=entered_on, gender=gender, status=status, isced=isced,
        age_band=age_group_of(stored, entered_on) or age_band, submission=submission, created_by=by,
    )  # fmt: skip
    _check_days(participation)
    participation.save()
    _note(Action.CREATE, participation, by)
    _keep_voluntary(participation, voluntary or {}, explained_in, by)
    return participation


@transaction.atomic
def correct_participation(
    *, participation: Participation, by: User, revision: int, entered_on: dt.date, gender: str, status: str, isced: str,
    age_band: str = "", voluntary: Voluntary | None = None, explained_in: str = "",
) -> Participation:  # fmt: skip
    """Correct what was true at entry. Raises as ``enter_participation`` does, and ``RecordChangedError`` when somebody was faster."""
    client = _own(participation.client, by)
    stored = lock(participation, revision=revision)
    stored.client = client
    facts = {
        "entered_on": entered_on, "gender": gender, "status": status, "isced": isced,
        "age_band": age_group_of(client, entered_on) or age_band,
    }  # fmt: skip
    changed = apply_changes(stored, facts)
    if _keep_voluntary(stored, voluntary or {}, explained_in, by):
        changed.append("voluntary")
        stored.revision += 0 if len(changed) > 1 else 1
    if changed:
        _check_days(stored)
        stored.save()
        _note(Action.CHANGE, stored, by, fields=sorted(changed))
    return stored


@transaction.atomic
def delete_participation(*, participation: Participation, by: User) -> None:
    """Take away an entry made by mistake. Raises ``QuestionsAnsweredError`` once something is noted about the time after it."""
    client = _own(participation.client, by)
    stored = lock(participation, revision=None)
    stored.client = client
    _refuse_answered(stored)
    _note(Action.DELETE, stored, by)
    stored.delete()


def age_group_of(client: Client, day: dt.date) -> str:
    """Return the age group that the record tells for a day; empty where it tells none."""
    if client.birth_date:
        return age_band_at(day, client.birth_date, client.birth_precision, client.birth_calendar)
    return client.age_band if client.age_band_on == day else ""


def renew_age_groups(client: Client) -> None:
    """Work the age groups out anew after the birth date was corrected; where it tells none, what was stated stays."""
    for participation in client.participations.all():
        band = age_group_of(client, participation.entered_on)
        if band and band != participation.age_band:
            Participation.objects.filter(pk=participation.pk).update(age_band=band)


def _check_days(participation: Participation) -> None:
    if participation.entered_on > timezone.localdate():
        raise FutureDayError
    if participation.left_on and participation.left_on < participation.entered_on:
        raise ParticipationDatesError
    programmes = {one.code: one for one in funded_programmes(participation.client.centre_id)}
    programme = programmes.get(participation.programme_code)
    if programme is None or not programme.covers(participation.entered_on):
        raise UnknownProgrammeError
    others = Participation.objects.filter(
        client_id=participation.client_id, programme_code=participation.programme_code
    ).exclude(pk=participation.pk)
    if participation.left_on:
        others = others.filter(entered_on__lte=participation.left_on)
    if others.exclude(left_on__lt=participation.entered_on).exists():
        raise ParticipationOverlapError


def _keep_voluntary(participation: Participation, answers: Voluntary, explained_in: str, by: User) -> bool:
    """Store the voluntary answers with the consent behind them; no answer at all leaves no row. Tells whether something changed."""
    facts = {name: answers.get(name, "") for name in SENSITIVE}
    client = participation.client
    if explained_in:
        text = current_text(Purpose.ESF_ANSWERS, client.centre_id)
        give_consent(
            client=client, purpose=Purpose.ESF_ANSWERS, text_version=text.version, explained_in=explained_in, by=by
        )  # fmt: skip
    kept = ParticipationSensitive.objects.filter(participation=participation)
    if not any(facts.values()):
        return bool(kept.delete()[0])
    if not client.consents.in_force().filter(purpose=Purpose.ESF_ANSWERS).exists():
        raise ConsentMissingError
    if kept.filter(**facts).exists():
        return False
    ParticipationSensitive.objects.update_or_create(participation=participation, defaults=facts)
    return True


# --- Leaving ----------------------------------------------------------------------------------------------
@transaction.atomic
def leave_programme(
    *, participation: Participation, by: User, revision: int, left_on: dt.date
) -> Participation:
    """Note the last day, and plan the two questions. Raises ``FutureDayError``, ``ParticipationDatesError``,
    ``ParticipationOverlapError``, ``QuestionsAnsweredError`` (the day was another one and something is noted about it)."""
    client = _own(participation.client, by)
    stored = lock(participation, revision=revision)
    stored.client = client
    if left_on > timezone.localdate():
        raise FutureDayError
    if stored.left_on == left_on:
        return stored
    _refuse_answered(stored)
    apply_changes(stored, {"left_on": left_on})
    _check_days(stored)
    stored.save()
    for kind, day in days_asked(left_on).items():
        ParticipationQuestion.objects.update_or_create(
            participation=stored, kind=kind, defaults={"due_on": day}, create_defaults={"due_on": day, "created_by": by}
        )  # fmt: skip
    _note(Action.CHANGE, stored, by, fields=["left_on"])
    return stored


@transaction.atomic
def take_leaving_back(*, participation: Participation, by: User, revision: int) -> Participation:
    """The client takes part after all. Raises ``QuestionsAnsweredError``, ``ParticipationOverlapError``."""
    client = _own(participation.client, by)
    stored = lock(participation, revision=revision)
    stored.client = client
    if stored.left_on is None:
        return stored
    _refuse_answered(stored)
    stored.questions.all().delete()
    apply_changes(stored, {"left_on": None})
    _check_days(stored)
    stored.save()
    _note(Action.CHANGE, stored, by, fields=["left_on"])
    return stored


def _refuse_answered(participation: Participation) -> None:
    if participation.questions.exclude(answer="").exists():
        raise QuestionsAnsweredError


# --- What became of somebody --------------------------------------------------------------------------------
@transaction.atomic
def answer_question(
    *, question: ParticipationQuestion, by: User, revision: int, answer: str, asked_on: dt.date, source: str = "",
    results: frozenset[str] = frozenset(),
) -> ParticipationQuestion:  # fmt: skip
    """Note what became of somebody, or that it could not be found out; a later answer replaces an earlier one.

    ``results``: names of what came about; none of them is an answer too. Raises ``RecordChangedError``, ``TooEarlyError``,
    ``FutureDayError``, ``AnswerContradictsError``.
    """
    stored = _locked(question, by, revision)
    if asked_on < stored.due_on:
        raise TooEarlyError
    if asked_on > timezone.localdate():
        raise FutureDayError
    results = results if answer == AnswerState.KNOWN else frozenset()
    if not results <= fitting_results(stored) or {"job_searching", "in_employment"} <= results:
        raise AnswerContradictsError
    stored.answer, stored.asked_on = answer, asked_on
    stored.source = source if answer == AnswerState.KNOWN else ""
    return _saved(stored, results, by)


def fitting_results(question: ParticipationQuestion) -> frozenset[str]:
    """Return which results can be noted: only who was inactive begins to look for work, only who was at work has a better situation."""
    status = question.participation.status
    if question.kind == QuestionKind.LEAVING:
        unfit = set() if status == EntryStatus.INACTIVE else {"job_searching"}
        return frozenset(RESULTS) - unfit
    unfit = set() if status == EntryStatus.EMPLOYED else {"improved"}
    return frozenset(LATER_RESULTS) - unfit


@transaction.atomic
def clear_question(*, question: ParticipationQuestion, by: User, revision: int) -> ParticipationQuestion:
    """Take an answer away that was noted by mistake. Raises ``RecordChangedError``."""
    stored = _locked(question, by, revision)
    stored.answer = stored.source = ""
    stored.asked_on = None
    return _saved(stored, frozenset(), by)


def _locked(question: ParticipationQuestion, by: User, revision: int) -> ParticipationQuestion:
    _own(question.participation.client, by)
    stored = (
        ParticipationQuestion.objects.select_for_update(of=("self",))
        .select_related(*ParticipationQuestion.NAMED_BY)
        .get(pk=question.pk)
    )
    if stored.revision != revision:
        raise RecordChangedError
    return stored


def _saved(stored: ParticipationQuestion, results: frozenset[str], by: User) -> ParticipationQuestion:
    for name in {*RESULTS, *LATER_RESULTS}:
        setattr(stored, name, name in results)
    stored.revision += 1
    stored.save()
    client = stored.participation.client
    record(
        Action.CHANGE,
        by=by,
        obj=stored,
        centre_id=client.centre_id,
        client=client.pk,
        question=stored.kind,
    )
    return stored
