"""Versions: kept, published, languages switched."""

import uuid

from django.db import transaction
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.enums import Origin, VersionState
from iqquadrat.questionnaires.models import Questionnaire, Version
from iqquadrat.questionnaires.specification import GERMAN, Specification
from iqquadrat.questionnaires.storing import bring_new_languages, bring_texts, create_draft
from iqquadrat.questionnaires.texts import LANGUAGE_CODES


class NotADraftError(Exception):
    """Only a draft can be published."""


class DraftChangedError(Exception):
    """Somebody else has changed the draft since it was shown."""


@transaction.atomic
def store(*, specification: Specification, origin: Origin, by: User | None) -> tuple[Version, bool]:
    """Keep a checked specification; return its version and whether that is a new one.

    When a version asks the same (equal structure and German), its translations are renewed; otherwise a new draft is made.
    """
    questionnaire, _created = Questionnaire.objects.get_or_create(
        key=specification.key,
        defaults={f"title_{language}": text for language, text in specification.title.items()},
    )
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    versions = Version.objects.with_content().filter(questionnaire=questionnaire).order_by("-number")
    before = versions.first()
    same = versions.filter(fingerprint=specification.fingerprint())
    # A draft copied from the published version asks the same until it is changed: it must not take the texts of that one.
    version = same.exclude(state=VersionState.DRAFT).first() or same.first()
    created = version is None
    if version is None:
        draft = create_draft(questionnaire, specification, origin)
        version = Version.objects.with_content().get(pk=draft.pk)
    changed = bring_texts(version, specification, origin=origin, before=before if created else None, by=by)
    if created or changed:
        action = Action.CREATE if created else Action.CHANGE
        record(action, by=by, obj=version, origin=str(origin), texts=changed)
    return version, created


@transaction.atomic
def store_delivered(*, specification: Specification) -> Version:
    """Keep a questionnaire delivered with the programme, and publish it unless one from a workbook or edited here is in use.

    That one still gets the languages that came with an update.
    """
    version, created = store(specification=specification, origin=Origin.FILES, by=None)
    in_use = version.questionnaire.versions.filter(state=VersionState.PUBLISHED).first()
    if in_use is None or in_use.origin == Origin.FILES:
        if created:
            publish_version(version=version, by=None)
    elif in_use.pk != version.pk:
        theirs = Version.objects.with_content().get(pk=in_use.pk)
        if brought := bring_new_languages(theirs, specification):
            record(Action.CHANGE, by=None, obj=theirs, origin=str(Origin.FILES), texts=brought)
    return version


@transaction.atomic
def publish_version(*, version: Version, by: User | None, seen: str | None = None) -> Version:
    """Put a draft into use; the version used until now is retired.

    ``seen`` is its fingerprint when it was looked over. Raises ``NotADraftError``, and ``DraftChangedError`` where it asks something else now.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    version.refresh_from_db(fields=["state", "published_at", "fingerprint"])
    if version.state != VersionState.DRAFT:
        raise NotADraftError
    if seen is not None and seen != version.fingerprint:
        raise DraftChangedError
    questionnaire.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
    version.state, version.published_at = VersionState.PUBLISHED, timezone.now()
    version.save(update_fields=["state", "published_at"])
    if getattr(questionnaire, f"title_{GERMAN}") != getattr(version, f"title_{GERMAN}"):
        setattr(questionnaire, f"title_{GERMAN}", getattr(version, f"title_{GERMAN}"))
        questionnaire.save()
    record(Action.CHANGE, by=by, obj=version, published=version.number)
    return version


@transaction.atomic
def switch_language(*, questionnaire: Questionnaire, language: str, on: bool, by: User) -> Questionnaire:
    """Offer a language to clients or not, whatever its texts allow. German cannot be switched off."""
    if language == GERMAN or language not in LANGUAGE_CODES:
        raise ValueError(language)
    questionnaire = Questionnaire.objects.select_for_update().get(pk=questionnaire.pk)
    off = set(questionnaire.languages_off) - {language}
    questionnaire.languages_off = sorted(off if on else off | {language})
    questionnaire.save(update_fields=["languages_off"])
    questionnaire.versions.update(content_stamp=uuid.uuid4())
    record(Action.CHANGE, by=by, obj=questionnaire, language=language, on=on)
    return questionnaire
