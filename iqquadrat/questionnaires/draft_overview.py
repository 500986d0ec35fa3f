"""What the overview of a draft shows: sections with their questions, and beside each what to look at again."""

from dataclasses import dataclass, field

from iqquadrat.questionnaires.checking import Fault
from iqquadrat.questionnaires.condition_rows import in_words
from iqquadrat.questionnaires.enums import ItemType
from iqquadrat.questionnaires.pointing import label_of
from iqquadrat.questionnaires.specification import (
    GERMAN,
    ItemSpecification,
    SectionSpecification,
    Specification,
)
from iqquadrat.questionnaires.wording import Note, notes_on

_KINDS: dict[str, object] = dict(ItemType.choices)


@dataclass(frozen=True)
class Question:
    """A question of the overview."""

    item: ItemSpecification
    label: str
    kind: object
    condition: str
    notes: list[Note]
    has_fault: bool


@dataclass(frozen=True)
class Part:
    """A section of the overview."""

    section: SectionSpecification
    title: str
    questions: list[Question] = field(default_factory=list)


def parts_of(specification: Specification, faults: list[Fault]) -> list[Part]:
    """Return the sections of a draft as the overview shows them."""
    wrong = {fault.place.split(".")[1] for fault in faults if fault.place.startswith("item.")}
    return [
        Part(
            section,
            section.title.get(GERMAN, "") or section.key,
            [
                Question(
                    item, label_of(item), _KINDS.get(item.type, item.type), in_words(specification, item.condition),
                    notes_on(item.label.get(GERMAN, ""), item.level), item.key in wrong,
                )
                for item in section.items
            ],
        )
        for section in specification.sections
    ]  # fmt: skip
