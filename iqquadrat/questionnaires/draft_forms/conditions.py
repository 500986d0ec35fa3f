"""Conditions: as lines of a form that needs no syntax, or as text for what lines cannot say."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import LineField, refuse_forbidden
from iqquadrat.questionnaires import condition_rows
from iqquadrat.questionnaires.arranging import item_of, mark_of_item
from iqquadrat.questionnaires.condition_rows import OPERATORS, Row, Rows, answers_of
from iqquadrat.questionnaires.conditions import MAX_LENGTH
from iqquadrat.questionnaires.draft_forms.fields import DraftForm, Options
from iqquadrat.questionnaires.enums import ItemType
from iqquadrat.questionnaires.pointing import label_of
from iqquadrat.questionnaires.specification import ItemSpecification, Specification

MOST_LINES = 12


@dataclass
class Line:
    """One line as the page shows it: what is chosen, what can be, what is wrong with it."""

    number: int
    row: Row
    kind: str = ""
    answers: Options | None = None
    error: str = ""


class ConditionForm:
    """The lines of a condition: read from the stored one, or as somebody chose them."""

    def __init__(self, data: Mapping[str, Any] | None, *, specification: Specification, key: str) -> None:
        self.specification, self.key = specification, key
        self.earlier = _earlier(specification, key)
        self.seen = data.get("seen", "") if data is not None else mark_of_item(specification, key)
        stored = condition_rows.read(item_of(specification, key).condition) or Rows()
        self.rows = _sent(data) if data is not None else stored
        self.lines = [self._line(number, row) for number, row in enumerate(self.rows.lines)]

    @property
    def questions(self) -> Options:
        """The questions that can be asked about."""
        return [(item.key, label_of(item)) for item in self.earlier.values()]

    @property
    def operators(self) -> Options:
        """What can stand between question and answer."""
        return list(OPERATORS.items())

    @property
    def joins(self) -> Options:
        """How several lines are joined."""
        return list(condition_rows.JOINS.items())

    @property
    def blank(self) -> Line | None:
        """An empty line to be filled; None where there are enough."""
        number = len(self.lines)
        return self._line(number, Row("", "is")) if number < MOST_LINES else None

    @property
    def all_lines(self) -> list[Line]:
        """The lines and the empty one."""
        return [*self.lines, *([self.blank] if self.blank else [])]

    def is_valid(self) -> bool:
        """Say in words what is wrong with a line."""
        for line in self.lines:
            line.error = condition_rows.fault_of(self.specification, line.row, self.earlier)
        if any(line.error for line in self.lines):
            return False
        if self.lines and len(self.condition()) > MAX_LENGTH:
            self.lines[-1].error = gettext("That is too long. Please leave something out.")
            return False
        return True

    def without(self, number: int) -> None:
        """Take a line away."""
        rows = [line.row for line in self.lines if line.number != number]
        self.rows = Rows(tuple(rows), self.rows.join)
        self.lines = [self._line(place, row) for place, row in enumerate(rows)]

    def condition(self) -> str:
        """Return the condition in the stored language."""
        return condition_rows.write(self.rows)

    def _line(self, number: int, row: Row) -> Line:
        item = self.earlier.get(row.question)
        if item is None:
            return Line(number, row)
        answers: Options = list(answers_of(self.specification, item))
        if row.answer and answers and row.answer not in dict(answers):
            answers.append((row.answer, row.answer))
        kind = "list" if answers else "number" if item.type in (ItemType.INTEGER, ItemType.YEAR) else "text"
        return Line(number, row, kind, answers)


class TextForm(DraftForm):
    """A condition as text, for what lines cannot say."""

    condition = LineField(
        label=_("condition"),
        required=False,
        max_length=MAX_LENGTH,
        help_text=_("For example ${ever} = 'yes'. Only questions further up can be asked about."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, specification: Specification, key: str) -> None:
        initial = {"condition": item_of(specification, key).condition}
        super().__init__(data, seen=mark_of_item(specification, key), initial=initial)


def _earlier(specification: Specification, key: str) -> dict[str, ItemSpecification]:
    found: dict[str, ItemSpecification] = {}
    for item in specification.items():
        if item.key == key:
            break
        found[item.key] = item
    return found


def _sent(data: Mapping[str, Any]) -> Rows:
    """Read the lines that were sent; a line without a question is none."""
    lines = []
    for number in range(MOST_LINES):
        question = str(data.get(f"question-{number}", ""))[:60]
        if question:
            operator = str(data.get(f"operator-{number}", ""))
            answer = _plain(str(data.get(f"answer-{number}", "")))
            lines.append(Row(question, operator, "" if operator in condition_rows.ALONE else answer))
    join = str(data.get("join", ""))
    return Rows(tuple(lines), join if join in condition_rows.JOINS else "and")


def _plain(answer: str) -> str:
    try:
        return refuse_forbidden(answer.strip()[:200])
    except forms.ValidationError:
        return ""
