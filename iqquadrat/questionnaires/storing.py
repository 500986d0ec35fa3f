"""Between specification and database: make a version of it, read it back, bring translations in.

Used by ``services`` only, inside its transactions.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.enums import Change, Origin, TextStatus
from iqquadrat.questionnaires.models import (
    Choice,
    ChoiceList,
    Item,
    Questionnaire,
    Recording,
    Section,
    TextChange,
    TextState,
    Version,
)
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ChoiceSpecification,
    ItemSpecification,
    ListSpecification,
    SectionSpecification,
    Specification,
    Texts,
    source_hash,
)
from iqquadrat.questionnaires.texts import LANGUAGE_CODES, Carrier, Slot, slots

Place = tuple[str, str, str]
_PLAIN_ITEM_FIELDS = (
    "key", "type", "level", "dimension", "evidence", "probe", "choice_filter", "condition", "appearance", "min_value", "max_value",
    "correct", "stimulus", "required_core", "extra", "note",
)  # fmt: skip
_PLAIN_CHOICE_FIELDS = ("key", "score", "icon", "filter_value", "fixed", "exclusive", "extra")


def specification_of(version: Version) -> Specification:
    """Return a version, in memory with its content, as plain data."""
    items = defaultdict(list)
    for item in version.ordered_items:
        items[item.section_id].append(
            ItemSpecification(
                **{name: getattr(item, name) for name in _PLAIN_ITEM_FIELDS},
                choice_list=version.lists[item.choice_list_id].name if item.choice_list_id else "",
                label=_texts(item, "label"),
                hint=_texts(item, "hint"),
            )
        )
    return Specification(
        key=version.questionnaire.key,
        title=_texts(version, "title"),
        intro=_texts(version, "intro"),
        sections=tuple(
            SectionSpecification(
                key=section.key, title=_texts(section, "title"), items=tuple(items[section.pk])
            )
            for section in version.ordered_sections
        ),
        lists=tuple(
            ListSpecification(
                name=choice_list.name,
                choices=tuple(
                    ChoiceSpecification(
                        **{name: getattr(choice, name) for name in _PLAIN_CHOICE_FIELDS},
                        text=_texts(choice, "text"),
                    )
                    for choice in sorted(choice_list.choices.all(), key=lambda choice: choice.position)
                ),
            )
            for choice_list in sorted(version.lists.values(), key=lambda choice_list: choice_list.pk)
        ),
    )


def _texts(carrier: models.Model, field: str) -> Texts:
    texts = {language: getattr(carrier, f"{field}_{language}") for language in LANGUAGE_CODES}
    return {language: text for language, text in texts.items() if text}


def _columns(field: str, texts: Texts) -> dict[str, str]:
    columns = {f"{field}_{language}": text for language, text in texts.items()}
    columns.setdefault(f"{field}_{GERMAN}", "")
    return columns


def create_draft(questionnaire: Questionnaire, specification: Specification, origin: Origin) -> Version:
    """Store a new draft with the next number: a fixed number of statements, however long it is."""
    last = questionnaire.versions.aggregate(last=models.Max("number"))["last"] or 0
    columns: dict[str, Any] = _columns("title", specification.title) | _columns("intro", specification.intro)
    version = Version.objects.create(
        questionnaire=questionnaire, number=last + 1, origin=origin, fingerprint=specification.fingerprint(), **columns
    )  # fmt: skip
    _place_content(version, specification, {})
    return version


def replace_content(version: Version, specification: Specification) -> None:
    """Let a draft, in memory with its content, hold this title, these sections, questions and lists instead of its own.

    What keeps its key keeps its row: a page of a text that was opened before still finds it. The database refuses it for all but drafts.
    """
    rows = {("section", section.key): section.pk for section in version.ordered_sections}
    rows |= {("item", item.key): item.pk for item in version.ordered_items}
    for choice_list in version.lists.values():
        rows["list", choice_list.name] = choice_list.pk
        rows |= {
            ("choice", f"{choice_list.name}.{choice.key}"): choice.pk for choice in choice_list.choices.all()
        }
    # Taken away and put in again: positions are unique, and an update in place would pass through equal ones.
    for parts in (version.items, version.sections, version.choice_lists):
        parts.all().delete()
    _place_content(version, specification, rows)
    nothing = {f"{field}_{language}": None for field in ("title", "intro") for language in LANGUAGE_CODES}
    columns = _columns("title", specification.title) | _columns("intro", specification.intro)
    Version.objects.filter(pk=version.pk).update(**(nothing | columns))


def _place_content(
    version: Version, specification: Specification, rows: Mapping[tuple[str, str], int]
) -> None:
    lists = ChoiceList.objects.bulk_create(
        ChoiceList(pk=rows.get(("list", choice_list.name)), version=version, name=choice_list.name)
        for choice_list in specification.lists
    )
    by_name = {choice_list.name: choice_list for choice_list in lists}
    Choice.objects.bulk_create(
        Choice(
            pk=rows.get(("choice", f"{choice_list.name}.{choice.key}")), choice_list=by_name[choice_list.name], position=position,
            **{name: getattr(choice, name) for name in _PLAIN_CHOICE_FIELDS}, **_columns("text", choice.text),
        )
        for choice_list in specification.lists
        for position, choice in enumerate(choice_list.choices, 1)
    )  # fmt: skip
    sections = Section.objects.bulk_create(
        Section(
            pk=rows.get(("section", section.key)), version=version, key=section.key, position=position,
            **_columns("title", section.title),
        )
        for position, section in enumerate(specification.sections, 1)
    )  # fmt: skip
    placed = [
        (stored, item)
        for stored, section in zip(sections, specification.sections, strict=True)
        for item in section.items
    ]
    Item.objects.bulk_create(
        Item(
            pk=rows.get(("item", item.key)), version=version, section=section, position=position, choice_list=by_name.get(item.choice_list),
            **{name: getattr(item, name) for name in _PLAIN_ITEM_FIELDS},
            **_columns("label", item.label), **_columns("hint", item.hint),
        )
        for position, (section, item) in enumerate(placed, 1)
    )  # fmt: skip


def bring_texts(
    version: Version,
    specification: Specification,
    *,
    origin: Origin,
    before: Version | None,
    by: User | None = None,
    only: Collection[str] = LANGUAGE_CODES,
) -> int:
    """Bring translations into a version, keep their states, and return how many texts changed.

    Only what was made from the very German of the version comes in: all of it where the version asks the same. ``only`` names the
    languages that may come.

    A text that the specification does not have stays as it is: nothing vanishes because a column or a cell is empty. Files never
    overwrite what a person has reviewed or brought by a workbook. A text that is missing is taken over from the version
    ``before``, outdated when its German was another one. What comes by a workbook is a draft of whoever brings it.
    """
    places = {slot.place: slot for slot in slots(version)}
    given: dict[tuple[Place, str], str] = {
        ((element, key, field), language): text
        for element, key, field, texts, fixed in specification.slots()
        if not fixed
        and (slot := places.get((element, key, field)))
        and slot.text(GERMAN) == texts.get(GERMAN)
        for language, text in texts.items()
        if language != GERMAN and language in only
    }
    known = {(_place(state), state.language): state for state in version.text_states.all()}
    before_states = {state.pk: _content(state) for state in known.values()}
    heritage = _Heritage(before)
    languages = _languages(specification, known, heritage)
    changed: dict[type[Carrier], dict[int, Carrier]] = defaultdict(dict)
    columns: dict[type[Carrier], set[str]] = defaultdict(set)
    states: list[TextState] = []
    steps: list[TextChange] = []
    changes = 0
    for place, slot in places.items():
        if slot.fixed or not slot.text(GERMAN):
            continue
        for language in languages:
            state = known.get((place, language)) or _new_state(version, place, language)
            wordings, was = (
                state.revision,
                slot.text(language) if state.pk else heritage.of(place, language)[0],
            )
            text = _settle(slot, state, given.get((place, language), ""), origin, heritage, by)
            if text is not None:
                setattr(slot.carrier, f"{slot.field}_{language}", text)
                changed[type(slot.carrier)][slot.carrier.pk] = slot.carrier
                columns[type(slot.carrier)].add(f"{slot.field}_{language}")
                changes += 1
            states.append(state)
            # What the programme brings first needs no line: it is what the first change of it was made from.
            if state.revision != wordings and (by is not None or was):
                steps.append(
                    change_of(state, what=_MEANT[origin], before=was, after=slot.text(language), by=by)
                )
    for model, carriers in changed.items():
        manager: models.Manager[Any] = model.objects
        manager.bulk_update(list(carriers.values()), sorted(columns[model]), batch_size=200)
    _keep_states(states, before_states)
    TextChange.objects.bulk_create(steps, batch_size=1000)
    if before is not None:
        _take_recordings(version, places, before)
    if changes:
        version.content_stamp = uuid.uuid4()
        version.save(update_fields=["content_stamp"])
    return changes


def bring_new_languages(version: Version, specification: Specification) -> int:
    """Bring delivered languages into a version that was edited here and has no word in them yet; return how many texts changed.

    A language somebody has begun is theirs. Texts come where the German is still the delivered one; the others are missing.
    """
    begun = {language for slot in slots(version) for language in LANGUAGE_CODES if slot.text(language)}
    new = specification.languages() - begun
    if not new:
        return 0
    return bring_texts(version, specification, origin=Origin.FILES, before=None, only=new)


_MEANT = {Origin.FILES: Change.DELIVERED, Origin.WORKBOOK: Change.IMPORTED}


def change_of(state: TextState, *, what: Change, before: str, after: str, by: User | None) -> TextChange:
    """Return the line of the history for what was just done to a text, not stored yet."""
    return TextChange(
        version_id=state.version_id, element=state.element, element_key=state.element_key, field=state.field,
        language=state.language, by=by, what=what, state=state.state, before=before, after=after, source_text=state.source_text,
    )  # fmt: skip


def _take_recordings(version: Version, places: Mapping[Place, Slot], before: Version) -> None:
    """Take over what was recorded for the version before; one of another wording is outdated, as its hash says."""
    Recording.objects.bulk_create(
        Recording(
            version=version, element=old.element, element_key=old.element_key, field=old.field, language=old.language, file=old.file.name,
            sha256=old.sha256, kind=old.kind, size=old.size, text_hash=old.text_hash, by_id=old.by_id, at=old.at,
        )
        for old in before.recordings.all()
        if old.place in places
    )  # fmt: skip


def _place(state: TextState) -> Place:
    return (state.element, state.element_key, state.field)


def _new_state(version: Version, place: Place, language: str) -> TextState:
    element, key, field = place
    return TextState(version=version, element=element, element_key=key, field=field, language=language)


class _Heritage:
    """The texts of the version before, with their states."""

    def __init__(self, before: Version | None) -> None:
        self.slots = {slot.place: slot for slot in slots(before)} if before else {}
        self.states = (
            {(_place(state), state.language): state for state in before.text_states.all()} if before else {}
        )

    def of(self, place: Place, language: str) -> tuple[str, TextState | None]:
        """The text that was there, and its state."""
        slot = self.slots.get(place)
        return (slot.text(language) if slot else "", self.states.get((place, language)))

    def german(self, place: Place) -> str:
        """The German that was there."""
        slot = self.slots.get(place)
        return slot.text(GERMAN) if slot else ""


def _languages(
    specification: Specification, known: dict[tuple[Place, str], TextState], heritage: _Heritage
) -> list[str]:
    begun = (
        specification.languages()
        | {language for _at, language in known}
        | {language for _at, language in heritage.states}
    )
    begun |= set(settings.CLIENT_LANGUAGES)
    return [language for language in LANGUAGE_CODES if language in begun and language != GERMAN]


def _settle(
    slot: Slot, state: TextState, given: str, origin: Origin, heritage: _Heritage, by: User | None
) -> str | None:
    """Decide what stands in one place, set its state, and return the new text or None when it stays."""
    german = slot.text(GERMAN)
    stored = slot.text(state.language)
    inherited, old_state = heritage.of(slot.place, state.language) if not state.pk else ("", None)
    if old_state is not None and inherited and given in ("", inherited):
        _inherit(state, old_state, german)
        _keep_source(state, german, heritage.german(slot.place))
        return inherited if inherited != stored else None
    kept = origin == Origin.FILES and (state.by_hand or state.state == TextStatus.REVIEWED)
    if given and given != stored and not kept:
        set_draft(state, german, by=by, by_hand=origin == Origin.WORKBOOK)
        return given
    if stored and state.state == TextStatus.MISSING:
        set_draft(state, german, by=by, by_hand=origin == Origin.WORKBOOK)
    _keep_source(state, german)
    return None


_INHERITED = ("by_hand", "source_hash", "source_text", "translated_by_id", "translated_at", "revision")


def _inherit(state: TextState, old: TextState, german: str) -> None:
    """A translation of the same German keeps its state; of another German it is outdated, and no review holds."""
    for name in _INHERITED:
        setattr(state, name, getattr(old, name))
    if old.source_hash != source_hash(german):
        state.state = TextStatus.OUTDATED
        return
    state.state = old.state
    if old.state == TextStatus.REVIEWED:
        state.reviewed_by_id, state.reviewed_at = old.reviewed_by_id, old.reviewed_at


def _keep_source(state: TextState, *germans: str) -> None:
    """Keep the German that a translation was made from where only its hash was known."""
    if state.source_hash and not state.source_text:
        state.source_text = next((text for text in germans if source_hash(text) == state.source_hash), "")


def set_draft(state: TextState, german: str, *, by: User | None, by_hand: bool) -> None:
    """Make a state that of a new wording, made from this German by this person; nobody has reviewed it."""
    state.state, state.source_hash, state.source_text = TextStatus.DRAFT, source_hash(german), german
    state.by_hand, state.translated_by, state.translated_at = by_hand, by, timezone.now()
    state.reviewed_by = state.reviewed_at = None
    state.revision += 1


def _keep_states(states: list[TextState], before: Mapping[int, tuple[Any, ...]]) -> None:
    """Store what is new or was changed. One upsert: an update of thousands of rows by cases takes ten times as long."""
    new = [state for state in states if not state.pk]
    changed = [state for state in states if state.pk and before[state.pk] != _content(state)]
    TextState.objects.bulk_create(new, batch_size=2000)
    TextState.objects.bulk_create(
        changed, batch_size=2000, update_conflicts=True, unique_fields=["id"],
        update_fields=list(_KEPT),
    )  # fmt: skip


_KEPT = (
    "state", "source_hash", "source_text", "by_hand", "revision", "translated_by", "translated_at", "reviewed_by", "reviewed_at",
)  # fmt: skip


def _content(state: TextState) -> tuple[Any, ...]:
    return tuple(getattr(state, f"{name}_id" if name.endswith("_by") else name) for name in _KEPT)
