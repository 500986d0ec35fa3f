"""The translation desk: every text of a version in the order in which a client meets it, with its state in one language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from iqquadrat.questionnaires.audio import may_be_spoken
from iqquadrat.questionnaires.enums import Element, TextStatus
from iqquadrat.questionnaires.models import Item, Recording, Section, TextState, Version
from iqquadrat.questionnaires.pages import SIGNS
from iqquadrat.questionnaires.specification import GERMAN, source_hash
from iqquadrat.questionnaires.texts import Slot, slots

# The part that holds the title and the introduction of the whole.
FRONT = "-"


@dataclass(frozen=True)
class Text:
    """One text on the desk. ``state`` is None while the language is not begun, and for German."""

    slot: Slot
    language: str
    part: str  # the key of the section, FRONT for title and introduction
    kind: str  # in words: question, hint, answer ...
    item: Item | None
    state: TextState | None
    recording: Recording | None

    @property
    def name(self) -> str:
        """What names it in an address: ``item.arr_year.label``."""
        return ".".join(part for part in self.slot.place if part)

    @property
    def german(self) -> str:
        """The German of today."""
        return self.slot.text(GERMAN)

    @property
    def words(self) -> str:
        """The translation; empty when there is none."""
        return self.slot.text(self.language)

    @property
    def status(self) -> TextStatus:
        """How far it is; outdated also where the German of a draft has changed since."""
        if self.state is None or self.state.state == TextStatus.MISSING:
            return TextStatus.MISSING
        if self.state.source_hash and self.state.source_hash != source_hash(self.german):
            return TextStatus.OUTDATED
        return TextStatus(self.state.state)

    @property
    def icon(self) -> str:
        """The sign of the state."""
        return SIGNS[self.status][0]

    @property
    def sign(self) -> str:
        """The kind of the state: ok, info, warn, off."""
        return SIGNS[self.status][1]

    @property
    def revision(self) -> int:
        """Counts the wordings."""
        return self.state.revision if self.state else 0

    @property
    def source(self) -> str:
        """The German it was translated from, where it is another one than today's and known."""
        if self.state is None or self.status != TextStatus.OUTDATED:
            return ""
        return self.state.source_text

    @property
    def note(self) -> str:
        """What is meant and what must not be explained, for translators."""
        return self.item.note if self.item else ""

    @property
    def is_spoken(self) -> bool:
        """Whether the client's page reads it aloud."""
        return may_be_spoken(self.slot)

    @property
    def recording_is_old(self) -> bool:
        """Whether the recording speaks another wording."""
        return self.recording is not None and self.recording.text_hash != source_hash(self.words)


def texts_of(version: Version, language: str) -> list[Text]:
    """Return all texts that need words in this language, in the order of the questionnaire. One query, for the states."""
    states = {
        (state.element, state.element_key, state.field): state
        for state in TextState.objects.filter(version=version, language=language).select_related(
            "translated_by", "reviewed_by"
        )
    }
    recordings = {one.place: one for one in version.recordings.all() if one.language == language}
    found = []
    for slot, part, item in _in_order(version):
        if slot.text(GERMAN) and not (slot.fixed and language != GERMAN):
            found.append(
                Text(
                    slot,
                    language,
                    part,
                    _kind(slot),
                    item,
                    states.get(slot.place),
                    recordings.get(slot.place),
                )
            )
    return found


def _in_order(version: Version) -> Iterable[tuple[Slot, str, Item | None]]:
    """Slots as a client meets them: a list of answers belongs to the first question that offers it."""
    by_place = {slot.place: slot for slot in slots(version)}
    for field in ("title", "intro"):
        yield by_place[Element.VERSION.value, "", field], FRONT, None
    lists: set[int] = set()
    by_section: dict[int, list[Item]] = {}
    for item in version.ordered_items:
        by_section.setdefault(item.section_id, []).append(item)
    for section in version.ordered_sections:
        yield by_place[Element.SECTION.value, section.key, "title"], section.key, None
        for item in by_section.get(section.pk, []):
            for field in ("label", "hint"):
                yield by_place[Element.ITEM.value, item.key, field], section.key, item
            if item.choice_list_id and item.choice_list_id not in lists:
                lists.add(item.choice_list_id)
                name = version.lists[item.choice_list_id].name
                for choice in item.all_choices:
                    yield by_place[Element.CHOICE.value, f"{name}.{choice.key}", "text"], section.key, item


def _kind(slot: Slot) -> str:
    return {
        ("version", "title"): _("title"),
        ("version", "intro"): _("introduction"),
        ("section", "title"): _("part"),
        ("item", "label"): _("question"),
        ("item", "hint"): _("hint"),
    }.get((slot.element.value, slot.field), pgettext("to a question", "answer"))


def parts_of(version: Version) -> list[tuple[str, str]]:
    """Return the parts of a version to choose from: title and introduction, then the sections."""
    return [(FRONT, _("Title and introduction"))] + [
        (section.key, _title(section)) for section in version.ordered_sections
    ]


def _title(section: Section) -> str:
    return str(getattr(section, f"title_{GERMAN}") or section.key)


def filtered(texts: list[Text], wanted: Mapping[str, Any]) -> list[Text]:
    """Return the texts that fit: ``state``, ``part``, ``q`` (in German, translation, note or key), ``sound``."""
    return [text for text in texts if _fits(text, wanted)]


def _fits(text: Text, wanted: Mapping[str, Any]) -> bool:
    state, part, query = wanted.get("state"), wanted.get("part"), str(wanted.get("q") or "").casefold()
    if state and text.status != state:
        return False
    if part and text.part != part:
        return False
    if wanted.get("sound") and not _sounds(text, str(wanted["sound"])):
        return False
    return not query or any(
        query in words.casefold() for words in (text.german, text.words, text.note, text.name)
    )


def _sounds(text: Text, wanted: str) -> bool:
    if not text.is_spoken:
        return False
    if wanted == "none":
        return text.recording is None
    return text.recording is not None and text.recording_is_old == (wanted == "old")


@dataclass(frozen=True)
class Way:
    """Where a text stands in the chosen ones, and its neighbours there."""

    before: Text | None
    after: Text | None
    left: int  # of the chosen ones, those after this one


def way_of(texts: list[Text], chosen: list[Text], text: Text) -> Way:
    """Return the neighbours among the chosen ones, also of a text that has just dropped out of them."""
    places = {one.slot.place: number for number, one in enumerate(texts)}
    here = places[text.slot.place]
    earlier = [one for one in chosen if places[one.slot.place] < here]
    later = [one for one in chosen if places[one.slot.place] > here]
    return Way(earlier[-1] if earlier else None, later[0] if later else None, len(later))
