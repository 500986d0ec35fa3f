"""Translations: written, taken away, put back, reviewed by another person. Each step is one line of the history."""

import hashlib
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.enums import Change, TextStatus, VersionState
from iqquadrat.questionnaires.models import Questionnaire, TextChange, TextState, Version
from iqquadrat.questionnaires.specification import GERMAN, source_hash
from iqquadrat.questionnaires.storing import change_of, set_draft
from iqquadrat.questionnaires.texts import LANGUAGE_CODES, Slot


class TextChangedError(Exception):
    """Somebody has changed the text since it was shown."""


class OwnTextError(Exception):
    """Nobody reviews a translation of their own."""


class NotReviewableError(Exception):
    """Only a draft is reviewed: a missing text has nothing to read, an outdated one is translated anew first."""


class RetiredError(Exception):
    """A retired version is kept as it was."""


@dataclass(frozen=True)
class _Locked:
    """A text while nobody else writes any text of its questionnaire."""

    slot: Slot
    state: TextState
    german: str
    words: str


def lock_for_writing(version: Version, *, also_retired: bool = False) -> None:
    """Let nobody else write texts or recordings of the questionnaire until the end of the transaction. Raises ``RetiredError``."""
    Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    state = Version.objects.values_list("state", flat=True).get(pk=version.pk)
    if state == VersionState.RETIRED and not also_retired:
        raise RetiredError


def stored_text(slot: Slot, language: str) -> str:
    """Return what the database holds for a text now, whatever is in memory."""
    manager: models.Manager[Any] = type(slot.carrier).objects
    return str(
        manager.filter(pk=slot.carrier.pk).values_list(f"{slot.field}_{language}", flat=True).get() or ""
    )


def renew_stamp(version: Version) -> None:
    """Let every process read the content of the version anew."""
    Version.objects.filter(pk=version.pk).update(content_stamp=uuid.uuid4())


def _lock(version: Version, slot: Slot, language: str) -> _Locked:
    if language == GERMAN or language not in LANGUAGE_CODES or slot.fixed:
        raise ValueError(language)
    lock_for_writing(version)
    element, key, field = slot.place
    place = {"version": version, "element": element, "element_key": key, "field": field, "language": language}
    state = TextState.objects.filter(**place).first() or TextState(**place)
    return _Locked(slot, state, stored_text(slot, GERMAN), stored_text(slot, language))


def _stands(text: _Locked) -> TextStatus:
    """How far it is now; the German of a draft may have changed since."""
    state = text.state
    if state.state == TextStatus.MISSING:
        return TextStatus.MISSING
    outdated = bool(state.source_hash) and state.source_hash != source_hash(text.german)
    return TextStatus.OUTDATED if outdated else TextStatus(state.state)


@transaction.atomic
def translate(
    *,
    version: Version,
    slot: Slot,
    language: str,
    text: str,
    by: User,
    revision: int | None = None,
    what: Change = Change.TRANSLATED,
) -> TextState:
    """Write a translation: a draft by this person, made from the German of now. An empty text takes it away.

    The same words again change nothing, unless they were outdated: then they are said to fit the German of now. Raises
    ``TextChangedError`` when the text is newer than ``revision``, and ``RetiredError``.
    """
    found = _lock(version, slot, language)
    if text == found.words and _stands(found) != TextStatus.OUTDATED:
        return found.state
    if revision is not None and revision != found.state.revision:
        raise TextChangedError
    return _write(version, found, text, by, what if text else Change.REMOVED)


def _write(version: Version, found: _Locked, text: str, by: User, what: Change) -> TextState:
    state = found.state
    set_draft(state, found.german, by=by, by_hand=True)
    if not text:
        state.state, state.translated_by, state.source_hash, state.source_text = (
            TextStatus.MISSING,
            None,
            "",
            "",
        )
    state.save()
    column = f"{found.slot.field}_{state.language}"
    manager: models.Manager[Any] = type(found.slot.carrier).objects
    manager.filter(pk=found.slot.carrier.pk).update(**{column: text})
    change_of(state, what=what, before=found.words, after=text, by=by).save()
    renew_stamp(version)
    record(Action.CHANGE, by=by, obj=version, language=state.language, text=_named(state), what=str(what))
    return state


def _named(state: TextState) -> str:
    return ".".join(part for part in (state.element, state.element_key, state.field) if part)


@transaction.atomic
def put_back(
    *, version: Version, slot: Slot, language: str, change: TextChange, by: User, revision: int | None = None
) -> TextState:
    """Put an older wording back, as a draft by this person. Raises as ``translate`` does."""
    return translate(
        version=version, slot=slot, language=language, text=change.after, by=by, revision=revision, what=Change.PUT_BACK
    )  # fmt: skip


@transaction.atomic
def review(
    *,
    version: Version,
    slot: Slot,
    language: str,
    by: User,
    revision: int | None = None,
    good: bool = True,
) -> TextState:
    """Note that another person than the translator has read the text and found it good; ``good=False`` takes that back.

    A state that is there already stays. Raises ``OwnTextError``, ``NotReviewableError``, ``TextChangedError``, ``RetiredError``.
    """
    found = _lock(version, slot, language)
    state, stands = found.state, _stands(found)
    if stands == (TextStatus.REVIEWED if good else TextStatus.DRAFT):
        return state
    if revision is not None and revision != state.revision:
        raise TextChangedError
    if stands not in (TextStatus.DRAFT, TextStatus.REVIEWED):
        raise NotReviewableError
    if good and state.translated_by_id == by.pk:
        raise OwnTextError
    _judge(version, found, by, good)
    return state


def _judge(version: Version, found: _Locked, by: User, good: bool) -> None:
    state = found.state
    state.state = TextStatus.REVIEWED if good else TextStatus.DRAFT
    state.reviewed_by, state.reviewed_at = (by, timezone.now()) if good else (None, None)
    state.save()
    what = Change.REVIEWED if good else Change.REOPENED
    change_of(state, what=what, before=found.words, after=found.words, by=by).save()
    record(Action.CHANGE, by=by, obj=version, language=state.language, text=_named(state), what=str(what))


def fingerprint(states: Iterable[TextState]) -> str:
    """Return a short mark of these texts and their wordings: it is another one as soon as any of them has changed."""
    seen = sorted((state.pk, state.revision) for state in states)
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]


def reviewable(states: Iterable[TextState], by: User) -> list[TextState]:
    """Return the drafts among these that this person may review: those of others."""
    return [state for state in states if state.state == TextStatus.DRAFT and state.translated_by_id != by.pk]


@transaction.atomic
def review_many(
    *, version: Version, slots: list[Slot], language: str, by: User, seen: str
) -> tuple[int, int]:
    """Mark the drafts in these places as reviewed; return how many, and how many own ones were left alone.

    ``seen`` is the ``fingerprint`` of the drafts that were on the page. Raises ``TextChangedError`` when they are others now: nothing is
    marked that nobody has read. Raises ``RetiredError``.
    """
    lock_for_writing(version)
    places = {slot.place: slot for slot in slots}
    drafts = []
    for state in TextState.objects.filter(
        version=version, language=language, state=TextStatus.DRAFT
    ).order_by("pk"):
        slot = places.get((state.element, state.element_key, state.field))
        # The German of a draft version may have changed: then it is outdated, whatever the row says.
        if slot is not None and state.source_hash in ("", source_hash(slot.text(GERMAN))):
            drafts.append(state)
    mine = [state for state in drafts if state.translated_by_id == by.pk]
    others = reviewable(drafts, by)
    if not others:
        return 0, len(mine)
    if fingerprint(others) != seen:
        raise TextChangedError
    now = timezone.now()
    TextState.objects.filter(pk__in=[state.pk for state in others]).update(
        state=TextStatus.REVIEWED, reviewed_by=by, reviewed_at=now
    )
    steps = []
    for state in others:
        state.state = TextStatus.REVIEWED
        words = places[state.element, state.element_key, state.field].text(language)
        steps.append(change_of(state, what=Change.REVIEWED, before=words, after=words, by=by))
    TextChange.objects.bulk_create(steps)
    record(Action.CHANGE, by=by, obj=version, language=language, what=str(Change.REVIEWED), texts=len(others))
    return len(others), len(mine)
