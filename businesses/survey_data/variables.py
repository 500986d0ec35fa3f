"""The columns of the survey's data: one for a question, and one more for each answer where several can be given.

They are made of every published version of the questionnaire, oldest first: a number that stands for an answer keeps its meaning when
later versions add, drop or reorder answers, and a question keeps its name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.translation import gettext as _

from businesses.interviewing import question_number
from businesses.survey_data.names import choice_name, marked_name, valid_name
from iqquadrat.questionnaires.condition_rows import in_words
from iqquadrat.questionnaires.enums import ItemType
from iqquadrat.questionnaires.models import Item, Version
from iqquadrat.questionnaires.specification import GERMAN
from iqquadrat.questionnaires.storing import specification_of
from iqquadrat.questionnaires.texts import text


class Kind(StrEnum):
    """What stands in a column."""

    CODE = "code"
    NUMBER = "number"
    TEXT = "text"


class Part(StrEnum):
    """Which part of an answer a column holds."""

    WHOLE = "whole"  # the code, the number or the text
    CHOICE = "choice"  # 1 when this answer was given, else 0
    JOINED = "joined"  # the keys of all answers that were given
    STATUS = "status"  # whether a text was given


@dataclass(frozen=True)
class Missing:
    """The three ways in which an answer is not there, as numbers that no answer can have."""

    not_asked: int = -1
    no_answer: int = -2
    not_reached: int = -3

    @property
    def codes(self) -> tuple[int, int, int]:
        """All three, in this order."""
        return self.not_asked, self.no_answer, self.not_reached

    def labels(self) -> dict[int, str]:
        """What they mean."""
        words = (_("not asked"), _("no answer"), _("not reached"))
        return dict(zip(self.codes, words, strict=True))


USUAL = Missing()
# For numbers that may be negative themselves.
FAR = Missing(-999_999_991, -999_999_992, -999_999_993)


@dataclass
class Variable:
    """One column with all that the codebook says about it. ``values`` are the codes with their words, without the missing ones."""

    name: str
    label: str
    kind: Kind
    part: Part = Part.WHOLE
    measure: str = "nominal"
    values: dict[int, str] = field(default_factory=dict)
    missing: Missing | None = USUAL
    key: str = ""
    choice: str = ""
    question: int | None = None
    condition: str = ""
    versions: list[int] = field(default_factory=list)

    @property
    def is_text(self) -> bool:
        """Whether it holds text; everything else is a number."""
        return self.kind == Kind.TEXT

    @property
    def all_labels(self) -> dict[int, str]:
        """Every labelled number, missing ones too."""
        return self.values | (self.missing.labels() if self.missing and not self.is_text else {})


@dataclass
class Column:
    """A question over all versions: its variables, and the number that stands for each answer."""

    item_type: str
    variables: list[Variable]
    codes: dict[str, int] = field(default_factory=dict)
    missing: Missing = USUAL


class Catalogue:
    """The columns of a questionnaire. ``columns[(version number, item key)]`` leads from a stored answer to its column."""

    def __init__(self, versions: Iterable[Version], *, language: str) -> None:
        self.language = language
        self.columns: dict[tuple[int, str], Column] = {}
        self._by_name: dict[str, Column] = {}
        self._taken: set[str] = set()
        self.by_pk: dict[int, Version] = {}
        order: dict[str, tuple[int, int]] = {}
        for version in sorted(versions, key=lambda version: version.number):
            specification = specification_of(version)
            self.by_pk[version.pk] = version
            for item in version.ordered_items:
                name, column = self._column(version, item)
                self.columns[version.number, item.key] = column
                # The newest version says in which order columns stand, and how the question is worded.
                order[name] = (-version.number, item.position)
                offered = {choice.key for choice in item.all_choices} | {""}
                for variable in column.variables:
                    variable.condition = in_words(specification, item.condition)
                    if variable.choice in offered:
                        variable.versions.append(version.number)
        self.ordered = [self._by_name[name] for name in sorted(order, key=lambda name: order[name])]

    @property
    def variables(self) -> list[Variable]:
        """All columns in order."""
        return [variable for column in self.ordered for variable in column.variables]

    def _column(self, version: Version, item: Item) -> tuple[str, Column]:
        name = item.key
        if name in self._by_name and self._by_name[name].item_type != item.type:
            # The same key with another kind of answer is another question.
            name = f"{item.key}_v{version.number}"
        column = self._by_name.get(name)
        if column is None:
            column = self._by_name[name] = Column(item.type, [], missing=_missing_of(item))
        self._word(column, name, item)
        return name, column

    def _word(self, column: Column, name: str, item: Item) -> None:
        """Write the newest words into the column; answers that are new get the next free number."""
        label = self._text(item, "label") or item.key
        for choice in item.all_choices:
            column.codes.setdefault(choice.key, len(column.codes) + 1)
        words = {
            column.codes[choice.key]: self._text(choice, "text") or choice.key for choice in item.all_choices
        }
        known = {(variable.part, variable.choice): variable for variable in column.variables}
        for fresh in _variables(column, name, label, item, words):
            variable = known.get((fresh.part, fresh.choice))
            if variable is None:
                fresh.key, fresh.question = item.key, question_number(item.key)
                if fresh.name in self._taken:
                    fresh.name = marked_name(fresh.name, f"{name} {fresh.part} {fresh.choice}")
                self._taken.add(fresh.name)
                column.variables.append(fresh)
            else:
                variable.label = fresh.label
                variable.values |= fresh.values
        # The joined answers close the row of their columns, also when a later version has added one.
        column.variables.sort(key=lambda variable: variable.part == Part.JOINED)

    def _text(self, carrier: Item | object, name: str) -> str:
        found = text(carrier, name, self.language) or text(carrier, name, GERMAN)  # type: ignore[arg-type]  # items and choices only
        return found or ""


def _missing_of(item: Item) -> Missing:
    negative = item.type == ItemType.INTEGER and (item.min_value is None or item.min_value < 0)
    return FAR if negative else USUAL


def _variables(
    column: Column, name: str, label: str, item: Item, words: dict[int, str]
) -> Sequence[Variable]:
    whole = valid_name(name)
    if item.type == ItemType.SINGLE:
        return [Variable(whole, label, Kind.CODE, values=words)]
    if item.type == ItemType.MULTIPLE:
        yes_no = {1: _("yes"), 0: _("no")}
        ticked = [
            Variable(
                choice_name(name, choice.key), f"{label}: {words[column.codes[choice.key]]}", Kind.CODE, Part.CHOICE,
                values=dict(yes_no), choice=choice.key,
            )
            for choice in item.all_choices
        ]  # fmt: skip
        joined = _("%(label)s (all answers)") % {"label": label}
        return [*ticked, Variable(whole, joined, Kind.TEXT, Part.JOINED, missing=None)]
    if item.type in (ItemType.INTEGER, ItemType.YEAR):
        return [Variable(whole, label, Kind.NUMBER, measure="scale", missing=column.missing)]
    given = _("%(label)s (was there an answer?)") % {"label": label}
    return [
        Variable(whole, label, Kind.TEXT, missing=None),
        Variable(valid_name(f"{name}_st"), given, Kind.CODE, Part.STATUS, values={1: _("answered")}),
    ]
