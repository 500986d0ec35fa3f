"""What changes with a client over time: work and income, levels of languages. Added, corrected, taken away again."""

import datetime as dt
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.enums import LanguageLevel
from counselling.errors import (
    BeforeEntryError,
    FutureDayError,
    LanguageKnownError,
    NotAllowedError,
    SituationKnownError,
)
from counselling.models import Client, LanguageSkill, Situation
from counselling.queries import entry_day
from counselling.rules import can_change_client
from counselling.services.records import already_made, apply_changes, lock
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


def _own(client: Client, by: User) -> Client:
    """The client, locked: what is checked below holds until it is stored."""
    if not can_change_client(by, client):
        raise NotAllowedError
    return lock(client, revision=None)


# --- Work and income --------------------------------------------------------------------------------------
@transaction.atomic
def add_situation(
    *,
    client: Client,
    by: User,
    since: dt.date,
    labour_market_status: str = "",
    income_type: str = "",
    submission: UUID | None = None,
) -> Situation:
    """Note that work or income is different from ``since`` on. The same ``submission`` again returns what it made.

    Raises ``BeforeEntryError`` for a day on or before the client came (what held then stands with the client itself),
    ``FutureDayError``, and ``SituationKnownError`` when something is noted for that day already.
    """
    if twin := already_made(Situation.objects, submission):
        return twin
    stored = _own(client, by)
    situation = Situation(
        client=stored, since=since, labour_market_status=labour_market_status, income_type=income_type,
        submission=submission, created_by=by,
    )  # fmt: skip
    _check_day(situation)
    situation.save()
    record(Action.CREATE, by=by, obj=situation, centre_id=stored.centre_id, client=stored.pk)
    return situation


@transaction.atomic
def correct_situation(
    *,
    situation: Situation,
    by: User,
    revision: int,
    since: dt.date,
    labour_market_status: str,
    income_type: str,
) -> Situation:
    """Correct an entry. Raises as ``add_situation`` does, and ``RecordChangedError`` when somebody was faster."""
    client = _own(situation.client, by)
    stored = lock(situation, revision=revision)
    facts = {"since": since, "labour_market_status": labour_market_status, "income_type": income_type}
    if changed := apply_changes(stored, facts):
        _check_day(stored)
        stored.save()
        record(
            Action.CHANGE,
            by=by,
            obj=stored,
            centre_id=client.centre_id,
            client=client.pk,
            fields=sorted(changed),
        )
    return stored


@transaction.atomic
def delete_situation(*, situation: Situation, by: User) -> None:
    """Take away an entry made by mistake."""
    client = _own(situation.client, by)
    record(Action.DELETE, by=by, obj=situation, centre_id=client.centre_id, client=client.pk)
    situation.delete()


def _check_day(situation: Situation) -> None:
    if situation.since <= entry_day(situation.client):
        raise BeforeEntryError
    if situation.since > timezone.localdate():
        raise FutureDayError
    others = Situation.objects.filter(client_id=situation.client_id, since=situation.since)
    if others.exclude(pk=situation.pk).exists():
        raise SituationKnownError


# --- Languages ----------------------------------------------------------------------------------------------
@transaction.atomic
def add_language_skill(
    *,
    client: Client,
    by: User,
    language: str,
    source: str,
    speaking: str = "",
    reading: str = "",
    noted_on: dt.date | None = None,
    submission: UUID | None = None,
) -> LanguageSkill:
    """Note how well somebody speaks and reads a language; one that is spoken stands among the spoken ones from then on.

    Raises ``LanguageKnownError`` when there are levels for it already.
    """
    if twin := already_made(LanguageSkill.objects, submission):
        return twin
    stored = _own(client, by)
    if LanguageSkill.objects.filter(client=stored, language=language).exists():
        raise LanguageKnownError
    skill = LanguageSkill(
        client=stored, language=language, speaking=speaking, reading=reading, source=source,
        noted_on=noted_on or timezone.localdate(), submission=submission, created_by=by,
    )  # fmt: skip
    _check_noted(skill)
    skill.save()
    record(Action.CREATE, by=by, obj=skill, centre_id=stored.centre_id, client=stored.pk)
    _speaks(stored, skill, by)
    return skill


@transaction.atomic
def correct_language_skill(
    *,
    skill: LanguageSkill,
    by: User,
    revision: int,
    source: str,
    speaking: str,
    reading: str,
    noted_on: dt.date,
) -> LanguageSkill:
    """Write down new levels. Raises ``RecordChangedError`` when somebody was faster."""
    client = _own(skill.client, by)
    stored = lock(skill, revision=revision)
    facts = {"source": source, "speaking": speaking, "reading": reading, "noted_on": noted_on}
    if changed := apply_changes(stored, facts):
        _check_noted(stored)
        stored.save()
        record(
            Action.CHANGE,
            by=by,
            obj=stored,
            centre_id=client.centre_id,
            client=client.pk,
            fields=sorted(changed),
        )
        _speaks(client, stored, by)
    return stored


@transaction.atomic
def delete_language_skill(*, skill: LanguageSkill, by: User) -> None:
    """Take away levels noted by mistake; the language stays among the spoken ones."""
    client = _own(skill.client, by)
    record(Action.DELETE, by=by, obj=skill, centre_id=client.centre_id, client=client.pk)
    skill.delete()


def _check_noted(skill: LanguageSkill) -> None:
    if skill.noted_on > timezone.localdate():
        raise FutureDayError


def _speaks(client: Client, skill: LanguageSkill, by: User) -> None:
    """A language that somebody speaks stands among the spoken ones."""
    if skill.speaking in ("", LanguageLevel.NONE) or skill.language in client.spoken_languages:
        return
    spoken = [*client.spoken_languages, skill.language]
    changed = apply_changes(client, {"spoken_languages": spoken})
    client.save()
    record(Action.CHANGE, by=by, obj=client, fields=changed)
