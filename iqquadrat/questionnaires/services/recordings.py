"""Recordings: kept, replaced, removed. The file goes when nothing speaks it any more."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.audio import MAX_BYTES, kind_of, may_be_spoken
from iqquadrat.questionnaires.models import Recording, Version
from iqquadrat.questionnaires.services.translations import lock_for_writing, renew_stamp, stored_text
from iqquadrat.questionnaires.specification import source_hash
from iqquadrat.questionnaires.texts import LANGUAGE_CODES, Slot


class NotSoundError(ValueError):
    """The file is no sound that a browser plays, or too large."""


class NoTextError(ValueError):
    """There is no text to be read aloud here."""


@transaction.atomic
def keep_recording(*, version: Version, slot: Slot, language: str, data: bytes, by: User) -> Recording:
    """Keep a recording of a text as it stands now, in place of an older one. The same file again changes nothing.

    Raises ``NotSoundError``, ``NoTextError``, ``RetiredError``.
    """
    kind = kind_of(data) if len(data) <= MAX_BYTES else None
    if kind is None:
        raise NotSoundError
    lock_for_writing(version)
    words = stored_text(slot, language) if language in LANGUAGE_CODES else ""
    if not words or not may_be_spoken(slot):
        raise NoTextError
    element, key, field = slot.place
    place = {"version": version, "element": element, "element_key": key, "field": field, "language": language}
    recording = Recording.objects.filter(**place).first() or Recording(**place)
    digest, text_hash = hashlib.sha256(data).hexdigest(), source_hash(words)
    if recording.sha256 == digest and recording.text_hash == text_hash:
        return recording
    old = recording.file.name if recording.pk and recording.sha256 != digest else ""
    recording.sha256, recording.kind, recording.size, recording.text_hash = digest, kind, len(data), text_hash
    recording.by = by
    _place_file(recording, data)
    recording.save()
    if old:
        transaction.on_commit(lambda: forget_file(old))
    renew_stamp(version)
    record(
        Action.CHANGE,
        by=by,
        obj=version,
        language=language,
        text=f"{element}.{key}.{field}",
        recording=str(kind),
    )
    return recording


def _place_file(recording: Recording, data: bytes) -> None:
    """Store the file under the name of its content; the same content lies there once."""
    name = recording.file.field.generate_filename(recording, "")
    if default_storage.exists(name):
        recording.file.name = name
    else:
        recording.file.save("", ContentFile(data), save=False)


@transaction.atomic
def remove_recording(*, version: Version, slot: Slot, language: str, by: User) -> None:
    """Remove a recording; where there is none, nothing happens. Raises ``RetiredError``."""
    lock_for_writing(version)
    element, key, field = slot.place
    recording = Recording.objects.filter(
        version=version, element=element, element_key=key, field=field, language=language
    ).first()
    if recording is None:
        return
    name = recording.file.name or ""
    recording.delete()
    transaction.on_commit(lambda: forget_file(name))
    renew_stamp(version)
    record(
        Action.CHANGE,
        by=by,
        obj=version,
        language=language,
        text=f"{element}.{key}.{field}",
        recording="removed",
    )


def forget_file(name: str) -> None:
    """Delete a file that no recording of any version names any more."""
    if not Recording.objects.filter(file=name).exists():
        default_storage.delete(name)
