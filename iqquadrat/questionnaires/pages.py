"""What the staff pages show: texts side by side with their states."""

from dataclasses import dataclass

from iqquadrat.questionnaires.enums import Element, TextStatus
from iqquadrat.questionnaires.models import ChoiceList, Item, Section, TextState, Version
from iqquadrat.questionnaires.specification import GERMAN
from iqquadrat.questionnaires.texts import Carrier, text

# Sign and kind of each state: never by colour alone.
SIGNS = {
    TextStatus.MISSING: ("dash-circle", "off"),
    TextStatus.DRAFT: ("pencil", "info"),
    TextStatus.REVIEWED: ("check-circle-fill", "ok"),
    TextStatus.OUTDATED: ("exclamation-circle", "warn"),
}


@dataclass(frozen=True)
class Pair:
    """One text in German and in the language beside it. ``state`` is empty for a text that stays German."""

    german: str
    other: str
    state: str = ""
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True)
class ItemRow:
    """A question with its texts; its answers where the list is met for the first time on the page."""

    item: Item
    label: Pair
    hint: Pair | None
    list_name: str
    choices: list[Pair]


def rows(version: Version, section: Section, language: str) -> list[ItemRow]:
    """Return the questions of a part with German and ``language`` side by side. One query, for the states."""
    states = {
        (state.element, state.element_key, state.field): TextStatus(state.state)
        for state in version.text_states.filter(language=language)
    }
    seen: set[int] = set()
    found = []
    for item in version.ordered_items:
        if item.section_id != section.pk:
            continue
        choice_list = version.lists[item.choice_list_id] if item.choice_list_id else None
        choices = []
        if choice_list is not None and choice_list.pk not in seen:
            seen.add(choice_list.pk)
            choices = _choices(choice_list, language, states)
        found.append(
            ItemRow(
                item=item,
                label=_pair(item, "label", language, states.get((Element.ITEM, item.key, "label"))),
                hint=_pair(item, "hint", language, states.get((Element.ITEM, item.key, "hint")))
                if text(item, "hint", GERMAN)
                else None,
                list_name=choice_list.name if choice_list else "",
                choices=choices,
            )
        )
    return found


def _choices(
    choice_list: ChoiceList, language: str, states: dict[tuple[str, str, str], TextStatus]
) -> list[Pair]:
    return [
        _pair(
            choice, "text", language, states.get((Element.CHOICE, f"{choice_list.name}.{choice.key}", "text"))
        )
        for choice in sorted(choice_list.choices.all(), key=lambda choice: choice.position)
    ]


def _pair(carrier: Carrier, field: str, language: str, state: TextStatus | None) -> Pair:
    german = text(carrier, field, GERMAN) or ""
    if state is None:
        return Pair(german, german if getattr(carrier, "fixed", False) else "")
    icon, kind = SIGNS[state]
    return Pair(german, text(carrier, field, language) or "", str(state.label), icon, kind)


def begun_languages(version: Version) -> list[str]:
    """Return the languages of a version that have states, in order. One query."""
    found = set(TextState.objects.filter(version=version).values_list("language", flat=True).distinct())
    return [language for language in _ORDER if language in found]


_ORDER = ("de", "ru", "vi", "ar", "fa", "tr", "uk", "ku", "en", "fr")
