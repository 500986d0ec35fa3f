"""Drafts of vacancies from interviews: made, clarified, opened with the business's consent, or discarded with a reason."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import pgettext

from businesses.enums import ConsentPurpose
from businesses.models import Business, BusinessConsent, Interview
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.folding import search_key
from placements.enums import FieldOfWork, VacancyKind, VacancySource, VacancyState
from placements.models import Vacancy, VacancyNaming
from placements.naming import VacancyNamed, vacancies_named
from placements.wording import HOURS, START, joined_words

LONGEST_TITLE = 200


class NoConsentError(Exception):
    """The business has not agreed that its vacancies are passed on."""


class NotADraftError(Exception):
    """Somebody has opened or discarded the draft already."""


@transaction.atomic
def drafts_from_interview(*, interview: Interview, values: Mapping[str, Any], by: User) -> list[Vacancy]:
    """Make a draft of every vacancy that an interview names; return them.

    The same interview never drafts twice. Where a vacancy of that kind and field (and, for training, of these occupations) is open or
    waits as a draft, the interview points to it instead.
    """
    Business.objects.select_for_update().get(pk=interview.business_id)
    done = set(VacancyNaming.objects.filter(interview=interview).values_list("question", flat=True))
    found = [_named(interview, one, by) for one in vacancies_named(values) if one.question not in done]
    return [vacancy for vacancy in found if vacancy is not None]


def _named(interview: Interview, one: VacancyNamed, by: User) -> Vacancy | None:
    standing = _standing(interview, one)
    vacancy = standing or _drafted(interview, one, by)
    VacancyNaming.objects.create(vacancy=vacancy, interview=interview, question=one.question)
    return None if standing else vacancy


def _standing(interview: Interview, one: VacancyNamed) -> Vacancy | None:
    """The vacancy that an earlier interview named, or that was entered by hand. Two of one interview are two."""
    rows = Vacancy.objects.filter(
        business=interview.business_id, kind=one.kind, state__in=[VacancyState.OPEN, VacancyState.DRAFT]
    ).exclude(namings__interview=interview)
    if one.kind == VacancyKind.JOB:
        return rows.filter(field_of_work=one.field).order_by("pk").first()
    return next((row for row in rows.order_by("pk") if _offers(row, one)), None)


def _offers(vacancy: Vacancy, one: VacancyNamed) -> bool:
    """Whether a vacancy is the training offer that is named: the same occupation, or one of the two names none.

    ``Köchin/Koch`` that was entered by hand and ``Ausbildungsplatz: Köchin/Koch`` from an earlier interview are the same offer.
    """
    with translation.override("de"):
        bare = search_key(str(VacancyKind(one.kind).label))
    named, wanted = search_key(vacancy.title).removeprefix(bare).strip(), search_key(one.occupations)
    return not named or not wanted or wanted in named or named in wanted


def _drafted(interview: Interview, one: VacancyNamed, by: User) -> Vacancy:
    day = timezone.localdate(interview.completed_at)
    with translation.override("de"):  # the register is kept in German, whatever the surveyor's page speaks
        title, times = _title(one), joined_words([HOURS.get(one.hours), START.get(one.start)])
    vacancy = Vacancy.objects.create(
        centre_id=interview.business.centre_id, business_id=interview.business_id, title=title, kind=one.kind,
        field_of_work=one.field, positions=one.positions, times=times, starts_on=day if one.start == "now" else None,
        source=VacancySource.SURVEY, state=VacancyState.DRAFT, opened_on=day, programme_code=interview.wave.programme_code,
        created_by=by,
    )  # fmt: skip
    record(Action.CREATE, by=by, obj=vacancy, state=VacancyState.DRAFT.value, question=one.question)
    return vacancy


def _title(one: VacancyNamed) -> str:
    if one.kind == VacancyKind.JOB:
        return str(FieldOfWork(one.field).label)
    kind = str(VacancyKind(one.kind).label)
    if not one.occupations:
        return kind
    words = pgettext("vacancy", "%(kind)s: %(occupations)s") % {"kind": kind, "occupations": one.occupations}
    return words[:LONGEST_TITLE]


def may_be_passed_on(vacancy: Vacancy) -> bool:
    """Whether the business agreed that its vacancies are passed on. An employer outside the register came by itself."""
    return vacancy.business_id is None or (
        BusinessConsent.objects.filter(
            business=vacancy.business_id, purpose=ConsentPurpose.SHARE_VACANCIES, withdrawn_at__isnull=True
        ).exists()
    )


@transaction.atomic
def open_draft(*, vacancy: Vacancy, by: User) -> Vacancy:
    """Make a draft a vacancy that everybody may propose. Raises ``NoConsentError``, ``NotADraftError``."""
    stored = _draft(vacancy)
    if not may_be_passed_on(stored):
        raise NoConsentError
    # Who clarified it with the business looks after it.
    stored.in_charge = stored.in_charge or by
    stored.confirmed_on = max(timezone.localdate(), stored.opened_on)
    return _set(stored, VacancyState.OPEN, by)


@transaction.atomic
def discard_draft(*, vacancy: Vacancy, reason: str, by: User) -> Vacancy:
    """Set a draft aside, with the reason. Raises ``NotADraftError``, and ``ValueError`` without a reason."""
    if not reason:
        raise ValueError("a draft is discarded for a reason")
    stored = _draft(vacancy)
    stored.discard_reason = reason
    return _set(stored, VacancyState.DISCARDED, by)


def _draft(vacancy: Vacancy) -> Vacancy:
    stored = Vacancy.objects.select_for_update().get(pk=vacancy.pk)
    if stored.state != VacancyState.DRAFT:
        raise NotADraftError
    return stored


def _set(vacancy: Vacancy, state: VacancyState, by: User) -> Vacancy:
    vacancy.state = state
    vacancy.revision += 1
    vacancy.save()
    record(Action.CHANGE, by=by, obj=vacancy, fields=["state"], state=state.value)
    return vacancy
