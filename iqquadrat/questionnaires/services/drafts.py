"""Drafts: copied from a version, changed, discarded. What is published never changes; the database refuses it too."""

import uuid
from collections.abc import Callable
from typing import TypeVar

from django.db import models, transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.checking import Fault, faults_of
from iqquadrat.questionnaires.enums import Origin, TextStatus, VersionState
from iqquadrat.questionnaires.models import Questionnaire, Recording, TextState, Version
from iqquadrat.questionnaires.services.recordings import forget_file
from iqquadrat.questionnaires.services.versions import DraftChangedError, NotADraftError
from iqquadrat.questionnaires.specification import GERMAN, Specification, source_hash
from iqquadrat.questionnaires.storing import Place, create_draft, replace_content, specification_of
from iqquadrat.questionnaires.texts import slots

Row = TypeVar("Row", TextState, Recording)


class UnsoundError(Exception):
    """The change would make the questionnaire unsound; ``faults`` says where and why in what it would have become."""

    def __init__(self, faults: list[Fault], specification: Specification) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults, self.specification = faults, specification


@transaction.atomic
def copy_version(*, version: Version, by: User) -> tuple[Version, bool]:
    """Make a draft that asks what this version asks; return it and whether it is new.

    Texts, their states, notes and recordings come along, and every key stays, so that answers compare. A questionnaire has one draft at a
    time: where there is one already, that one is returned.
    """
    questionnaire = Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    open_draft = questionnaire.versions.filter(state=VersionState.DRAFT).order_by("-number").first()
    if open_draft is not None:
        return open_draft, False
    source = Version.objects.with_content().get(pk=version.pk)
    draft = create_draft(questionnaire, specification_of(source), Origin.EDITOR)
    TextState.objects.bulk_create(_copies(source.text_states.all(), draft), batch_size=2000)
    Recording.objects.bulk_create(_copies(source.recordings.all(), draft), batch_size=2000)
    record(Action.CREATE, by=by, obj=draft, copied_from=source.number)
    return draft, True


def _copies(rows: models.QuerySet[Row], draft: Version) -> list[Row]:
    """The same rows for another version, not stored yet."""
    found = list(rows)
    for row in found:
        row.pk, row.version = None, draft
    return found


@transaction.atomic
def discard_draft(*, version: Version, by: User) -> None:
    """Throw a draft away, with its texts and recordings; the history of its texts stays. Raises ``NotADraftError``."""
    draft = _locked_draft(version)
    names = {str(name) for name in draft.recordings.values_list("file", flat=True)}
    record(Action.DELETE, by=by, obj=draft, discarded=draft.number)
    draft.delete()
    transaction.on_commit(lambda: _forget(names))


@transaction.atomic
def change_draft(
    *,
    version: Version,
    change: Callable[[Specification], Specification],
    by: User,
    seen: str,
    what: str,
    mark: Callable[[Specification], str] = Specification.fingerprint,
) -> Version:
    """Apply a change of ``arranging`` to a draft; ``what`` names it in the log.

    ``seen`` is what ``mark`` said of the draft when it was shown. A change that changes nothing leaves no trace. Raises
    ``NotADraftError``, ``DraftChangedError``, ``UnsoundError`` (for faults that were not there before), and what the change itself raises.
    """
    _locked_draft(version)
    draft = Version.objects.with_content().get(pk=version.pk)
    before = specification_of(draft)
    after = change(before)
    if after == before:
        return draft
    if seen != mark(before):
        raise DraftChangedError
    # What was wrong before keeps nobody from putting the rest right, one thing after the other.
    known = set(faults_of(before))
    if faults := [fault for fault in faults_of(after) if fault not in known]:
        raise UnsoundError(faults, after)
    germans = {slot.place: slot.text(GERMAN) for slot in slots(draft)}
    replace_content(draft, after)
    draft.fingerprint = after.fingerprint()
    Version.objects.filter(pk=draft.pk).update(fingerprint=draft.fingerprint, content_stamp=uuid.uuid4())
    changed = Version.objects.with_content().get(pk=draft.pk)
    _keep_states(changed, germans)
    record(Action.CHANGE, by=by, obj=changed, what=what)
    return changed


def _locked_draft(version: Version) -> Version:
    """The draft while nobody else writes to its questionnaire."""
    Questionnaire.objects.select_for_update().get(pk=version.questionnaire_id)
    draft = Version.objects.filter(pk=version.pk).first()
    if draft is None or draft.state != VersionState.DRAFT:
        raise NotADraftError
    return draft


def _keep_states(draft: Version, germans: dict[Place, str]) -> None:
    """A translation of German that was changed is outdated, and no review of it holds; places come and go with their German."""
    now = {slot.place: slot.text(GERMAN) for slot in slots(draft)}
    wanted = {slot.place for slot in slots(draft) if slot.text(GERMAN) and not slot.fixed}
    _fit_places(draft, wanted, set(now))
    outdated = []
    for state in draft.text_states.exclude(state=TextStatus.MISSING):
        place = (state.element, state.element_key, state.field)
        german, was = now.get(place, ""), germans.get(place, "")
        if german == was:
            continue
        if not state.source_hash:
            state.source_hash = source_hash(was)
        if not state.source_text and state.source_hash == source_hash(was):
            state.source_text = was
        if state.source_hash != source_hash(german):
            state.state = TextStatus.OUTDATED
        elif state.state == TextStatus.OUTDATED:
            # The German it was made from stands again; whether it is good, somebody says anew.
            state.state = TextStatus.DRAFT
        state.reviewed_by = state.reviewed_at = None
        outdated.append(state)
    TextState.objects.bulk_update(
        outdated, ["state", "source_hash", "source_text", "reviewed_by", "reviewed_at"], batch_size=500
    )


def _fit_places(draft: Version, wanted: set[Place], there: set[Place]) -> None:
    """Every text to be translated has a state in every language begun; what is gone has none, and no recording."""
    known = list(draft.text_states.values_list("pk", "element", "element_key", "field", "language"))
    draft.text_states.filter(
        pk__in=[pk for pk, *place, _lang in known if tuple(place) not in wanted]
    ).delete()
    have = {tuple(place) for _pk, *place, _lang in known}
    languages = sorted({language for *_place, language in known})
    TextState.objects.bulk_create(
        TextState(version=draft, element=element, element_key=key, field=field, language=language)
        for element, key, field in sorted(wanted - have)
        for language in languages
    )
    gone = [recording for recording in draft.recordings.all() if recording.place not in there]
    draft.recordings.filter(pk__in=[recording.pk for recording in gone]).delete()
    names = {recording.file.name or "" for recording in gone}
    transaction.on_commit(lambda: _forget(names))


def _forget(names: set[str]) -> None:
    for name in names:
        forget_file(name)
