"""Holding an interview: begun at the door, saved answer by answer, handed in."""

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from businesses.enums import INTERVIEWED, Channel
from businesses.errors import (
    AlreadyInterviewedError,
    InterviewClosedError,
    NoQuestionnaireError,
    NotOnTheListError,
    TooFewAnswersError,
)
from businesses.interviewing import CONSENT_ITEMS, CoreAnswered, core_answered
from businesses.models import Business, BusinessConsent, Contact, ContactAttempt, Interview, Unit
from businesses.services.fieldwork import settle
from businesses.services.needs import needs_from_interview
from businesses.signals import interview_finished
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.answers import AnswerValue, parse_answer
from iqquadrat.questionnaires.flow import applicable_items, counted_values
from iqquadrat.questionnaires.models import Answer, Version
from iqquadrat.questionnaires.queries import values_of, version_content
from iqquadrat.questionnaires.services import (
    VersionNotPublishedError,
    complete_response,
    save_answer,
    start_response,
)

YES = "yes"
SURVEY = "business_survey"
# The questions always stand there in German; the language beside it is that of the interview, and is kept there.
SHOWN_IN = "de"


@transaction.atomic
def begin_interview(
    *,
    unit: Unit,
    by: User,
    language: str = "de",
    with_interpreter: bool = False,
    started_at: datetime | None = None,
    channel: str = Channel.ON_SITE,
    position: Mapping[str, Decimal] | None = None,
    submission: UUID | None = None,
) -> Interview:
    """Begin the interview of a unit, or return the one that this surveyor has begun.

    ``started_at`` is for interviews entered afterwards. Raises ``AlreadyInterviewedError`` when it was handed in or somebody
    else has begun it, ``NoQuestionnaireError`` when the wave's version is not in use any more.
    """
    unit = Unit.objects.select_for_update(of=("self",)).select_related("wave__version").get(pk=unit.pk)
    begun = (
        Interview.objects.filter(wave=unit.wave_id, business=unit.business_id)
        .select_related("surveyor")
        .first()
    )
    if begun is not None:
        if begun.completed_at is None and begun.surveyor_id == by.pk:
            return begun
        raise AlreadyInterviewedError(begun)
    if unit.disposition in INTERVIEWED:
        raise AlreadyInterviewedError
    started_at = started_at or timezone.now()
    try:
        response = start_response(version=unit.wave.version, language=SHOWN_IN, by=by)
    except VersionNotPublishedError:
        raise NoQuestionnaireError from None
    response.started_at = started_at
    response.save(update_fields=["started_at"])
    interview = Interview.objects.create(
        business_id=unit.business_id, wave=unit.wave, response=response, surveyor=by, language=language,
        with_interpreter=with_interpreter, started_at=started_at, channel=Channel(channel), submission=submission,
        created_by=by, **(position or {}),
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=interview, centre_id=unit.wave.centre_id, language=language)
    return interview


@transaction.atomic
def record_answers(
    *,
    interview: Interview,
    answers: Mapping[str, AnswerValue],
    seq: int,
    op_id: UUID,
    by: User,
    at: datetime | None = None,
) -> bool:
    """Save the answers of one page; return whether they stand.

    ``seq`` and ``op_id`` were given to the page when it was shown: the same page sent twice arrives once, and one that was overtaken
    (a second tab, a late repetition) does not overwrite what is newer: then False. ``at``: when they were given; now when not told.
    Raises ``InterviewClosedError``.
    """
    stored = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
    if stored.completed_at is not None:
        raise InterviewClosedError
    items = version_content(interview.response.version_id).items_by_key
    saved = [
        save_answer(
            response=interview.response, item=items[key], value=value, epoch=stored.turn, seq=seq, op_id=uuid5(op_id, key),
            language_shown=SHOWN_IN, answered_at=at,
        )
        for key, value in answers.items()
    ]  # fmt: skip
    applied = all(result.applied for result in saved)
    record(Action.CHANGE, by=by, obj=interview, centre_id=by.centre_id, items=list(answers), applied=applied)
    return applied


@transaction.atomic
def hand_over_interview(*, interview: Interview, to: User, by: User) -> Interview:
    """Let another surveyor go on with an interview that was begun; what was answered stays, what comes next is newer.

    Handing it to whom it belongs changes nothing. Raises ``InterviewClosedError`` when it was handed in.
    """
    stored = Interview.objects.select_for_update(of=("self",)).select_related("wave").get(pk=interview.pk)
    if stored.completed_at is not None:
        raise InterviewClosedError
    if stored.surveyor_id == to.pk:
        return stored
    record(
        Action.CHANGE, by=by, obj=stored, centre_id=stored.wave.centre_id, taken_from=stored.surveyor_id,
        given_to=to.pk,
    )  # fmt: skip
    stored.surveyor = to
    stored.turn += 1
    stored.revision += 1
    stored.save(update_fields=["surveyor", "turn", "revision", "changed_at"])
    return stored


def core_of(interview: Interview) -> CoreAnswered:
    """Return how much of the core is answered."""
    version = version_content(interview.response.version_id)
    values = values_of(interview.response)
    return core_answered(applicable_items(version, values), counted_values(version, values))


@transaction.atomic
def finish_interview(
    *,
    interview: Interview,
    by: User,
    note: str = "",
    at: datetime | None = None,
) -> Interview:
    """Hand in an interview: complete or partial by what is answered; consents given in it become records of their own.

    Handing it in twice changes nothing. Raises ``TooFewAnswersError`` when less than half of the core is answered, and
    ``NotOnTheListError`` when the unit was taken off the wave.
    """
    stored = (
        Interview.objects.select_for_update(of=("self",))
        .select_related("business", "response")
        .get(pk=interview.pk)
    )
    if stored.completed_at is not None:
        return stored
    unit = Unit.objects.select_for_update().filter(wave=stored.wave_id, business=stored.business_id).first()
    if unit is None:
        raise NotOnTheListError
    core = core_of(stored)
    if core.disposition is None:
        raise TooFewAnswersError(answered=core.answered, core=core.core)
    stored.completed_at = max(at or timezone.now(), stored.started_at)
    stored.disposition, stored.note = core.disposition, note or stored.note
    stored.revision += 1
    stored.save()
    complete_response(response=stored.response, by=by, at=stored.completed_at)
    _keep_consents(stored, stored.channel, stored.completed_at)
    ContactAttempt.objects.create(
        unit=unit,
        surveyor=by,
        at=stored.completed_at,
        disposition=core.disposition,
        channel=Channel.PHONE if stored.channel == Channel.PHONE else Channel.ON_SITE,
    )
    settle(unit)
    record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id, disposition=str(core.disposition))
    _follow(stored, by)
    return stored


@transaction.atomic
def record_interview(
    *,
    unit: Unit,
    answers: Mapping[str, Mapping[str, Any]],
    by: User,
    started_at: datetime,
    completed_at: datetime,
    language: str = "de",
    with_interpreter: bool = False,
    note: str = "",
    channel: str = Channel.ON_SITE,
) -> Interview:
    """Enter a whole interview at once, as from paper. ``answers`` by item key, raw as ``parse_answer`` takes them:
    ``{"v20_now": {"choices": ["good"]}, "v09_heads": {"value": 4}, "v08_qualification": {"status": "skipped"}}``.

    Answers to questions that are not asked under the others are left out. Raises ``InvalidAnswer`` and what
    ``finish_interview`` raises.
    """
    interview = begin_interview(
        unit=unit,
        by=by,
        language=language,
        with_interpreter=with_interpreter,
        started_at=started_at,
        channel=channel,
    )
    version = version_content(interview.response.version_id)
    parsed = {key: parse_answer(version.items_by_key[key], raw) for key, raw in answers.items()}
    Answer.objects.bulk_create(
        Answer(
            response=interview.response, item=version.items_by_key[key], status=value.status, choices=list(value.choices),
            number=value.number, text=value.text, date=value.date, date_precision=value.date_precision, seq=1,
            language_shown=SHOWN_IN, answered_at=completed_at,
        )
        for key, value in parsed.items()
    )  # fmt: skip
    asked = {item.key for item in applicable_items(version, values_of(interview.response))}
    interview.response.answers.exclude(item__key__in=asked).delete()
    return finish_interview(interview=interview, by=by, note=note, at=completed_at)


@transaction.atomic
def note_consent(
    *,
    business: Business,
    purpose: str,
    channel: str,
    by: User,
    contact: Contact | None = None,
    on: date | None = None,
) -> BusinessConsent:
    """Note a consent given outside an interview, to the text of the questionnaire in use; one that is valid stays.

    ``contact`` is who agreed, ``on`` the day, today when not given. Raises ``NoQuestionnaireError`` when no questionnaire for businesses is in use, as there is no text then.
    """
    Business.objects.select_for_update().get(pk=business.pk)
    valid = BusinessConsent.objects.filter(
        business=business, purpose=purpose, withdrawn_at__isnull=True
    ).first()
    if valid is not None:
        return valid
    version = (
        Version.objects.published().filter(questionnaire__key=SURVEY).select_related("questionnaire").first()
    )
    if version is None:
        raise NoQuestionnaireError
    consent = BusinessConsent.objects.create(
        business=business, purpose=purpose, channel=channel, given_at=_given_at(on), text_version=f"{SURVEY} {version.number}",
        contact=contact, noted_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=consent, centre_id=business.centre_id, purpose=str(purpose))
    return consent


def _given_at(day: date | None) -> datetime:
    """Now; of a day that is past nobody knows the hour: noon."""
    if day is None or day >= timezone.localdate():
        return timezone.now()
    return timezone.make_aware(datetime.combine(day, time(12)))


@transaction.atomic
def withdraw_consent(*, consent: BusinessConsent, by: User) -> BusinessConsent:
    """Note that a business has withdrawn a consent; withdrawing it twice changes nothing."""
    stored = BusinessConsent.objects.select_for_update().get(pk=consent.pk)
    if stored.withdrawn_at is None:
        stored.withdrawn_at = max(timezone.now(), stored.given_at)
        stored.save(update_fields=["withdrawn_at"])
        record(Action.CHANGE, by=by, obj=stored, centre_id=by.centre_id, withdrawn=stored.purpose)
    return stored


def _follow(interview: Interview, by: User) -> None:
    """What becomes of an interview: needs here, and whatever other rooms make of it."""
    values = counted_values(version_content(interview.response.version_id), values_of(interview.response))
    needs_from_interview(interview=interview, values=values, by=by)
    interview_finished.send(sender=Interview, interview=interview, values=values, by=by)


def _keep_consents(interview: Interview, channel: str, given_at: datetime) -> None:
    """A yes becomes a consent; a later one replaces the earlier, whose text may have been another.

    Only where the question is asked under the other answers: a yes that was hidden again is none.
    """
    version = version_content(interview.response.version_id)
    values = counted_values(version, values_of(interview.response))
    for key, purpose in CONSENT_ITEMS.items():
        if values.get(key) != YES:
            continue
        valid = BusinessConsent.objects.filter(
            business=interview.business_id, purpose=purpose, withdrawn_at__isnull=True
        )
        valid.filter(given_at__lte=given_at).update(withdrawn_at=given_at)
        if not valid.exists():
            BusinessConsent.objects.create(
                business=interview.business, interview=interview, purpose=purpose, channel=channel, given_at=given_at,
                text_version=f"{version.questionnaire.key} {version.number}",
            )  # fmt: skip
