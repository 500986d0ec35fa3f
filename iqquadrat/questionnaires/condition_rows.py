"""Conditions as rows of a form: "[question] [is] [answer]", joined by and or or. The stored language stays what ``conditions`` reads.

A condition that no such rows can say (parentheses, two questions compared) gives None: it stays visible and editable as text.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from iqquadrat.questionnaires.arranging_lists import list_named
from iqquadrat.questionnaires.conditions import (
    Comparison,
    Junction,
    Literal,
    Negation,
    Node,
    Reference,
    Selected,
    parse,
)
from iqquadrat.questionnaires.enums import ItemType
from iqquadrat.questionnaires.pointing import label_of
from iqquadrat.questionnaires.specification import GERMAN, ItemSpecification, Specification

# What can stand between question and answer, in the order of the form.
OPERATORS = {
    "is": pgettext_lazy("condition", "is"),
    "is_not": pgettext_lazy("condition", "is not"),
    "has": pgettext_lazy("condition", "contains"),
    "has_not": pgettext_lazy("condition", "does not contain"),
    "least": pgettext_lazy("condition", "is at least"),
    "most": pgettext_lazy("condition", "is at most"),
    "more": pgettext_lazy("condition", "is more than"),
    "less": pgettext_lazy("condition", "is less than"),
    "given": pgettext_lazy("condition", "is answered"),
    "not_given": pgettext_lazy("condition", "is not answered"),
}
_SIGNS = {"is": "=", "is_not": "!=", "least": ">=", "most": "<=", "more": ">", "less": "<"}
_BY_SIGN = {sign: name for name, sign in _SIGNS.items()}
NUMERIC = frozenset({"least", "most", "more", "less"})
ALONE = frozenset({"given", "not_given"})
TICKED = frozenset({"has", "has_not"})
JOINS = {
    "and": gettext_lazy("all of these must hold"),
    "or": gettext_lazy("one of these is enough"),
}


@dataclass(frozen=True)
class Row:
    """One line: the key of a question, a name of ``OPERATORS``, and the answer as it is stored."""

    question: str
    operator: str
    answer: str = ""


@dataclass(frozen=True)
class Rows:
    """A condition as lines, joined by ``and`` or ``or``."""

    lines: tuple[Row, ...] = ()
    join: str = "and"


def read(condition: str) -> Rows | None:
    """Return a condition as lines, or None where lines cannot say exactly what it says. Raises ``ConditionError``."""
    node = parse(condition)
    if node is None:
        return Rows()
    join, parts = (node.operator, node.parts) if isinstance(node, Junction) else ("and", (node,))
    lines = [_line(part) for part in parts]
    if any(line is None for line in lines):
        return None
    rows = Rows(tuple(line for line in lines if line is not None), join)
    return rows if parse(write(rows)) == _as_text(node) else None


def _as_text(node: Node) -> Node:
    """The same condition with numbers written as texts where that makes no difference: beside = and !=."""
    if isinstance(node, Junction):
        return Junction(node.operator, tuple(_as_text(part) for part in node.parts))
    if isinstance(node, Comparison) and node.operator in ("=", "!=") and isinstance(node.right, Literal):
        return Comparison(node.operator, node.left, Literal(_plain(node.right.value)))
    return node


def _plain(value: str | float) -> str:
    if isinstance(value, str):
        return value
    return str(int(value)) if value.is_integer() else repr(value)


def write(rows: Rows) -> str:
    """Return lines in the stored language."""
    return f" {rows.join} ".join(_written(line) for line in rows.lines)


def _line(node: Node) -> Row | None:
    if isinstance(node, Selected):
        return Row(node.key, "has", node.choice)
    if isinstance(node, Negation) and isinstance(node.inner, Selected):
        return Row(node.inner.key, "has_not", node.inner.choice)
    if not isinstance(node, Comparison):
        return None
    left, right = node.left, node.right
    if not isinstance(left, Reference) or not isinstance(right, Literal):
        return None
    if right.value == "":
        return Row(left.key, "given" if node.operator == "!=" else "not_given")
    return Row(left.key, _BY_SIGN[node.operator], _plain(right.value))


def _written(row: Row) -> str:
    reference = f"${{{row.question}}}"
    if row.operator in TICKED:
        found = f"selected({reference}, {_quoted(row.answer)})"
        return f"not({found})" if row.operator == "has_not" else found
    if row.operator in ALONE:
        return f"{reference} {'!=' if row.operator == 'given' else '='} ''"
    return f"{reference} {_SIGNS[row.operator]} {_value(row)}"


def _value(row: Row) -> str:
    return row.answer if row.operator in NUMERIC else _quoted(row.answer)


def _quoted(text: str) -> str:
    return f'"{text}"' if "'" in text else f"'{text}'"


def in_words(specification: Specification, condition: str) -> str:
    """Return a condition as people read it; one that lines cannot say, or that cannot be read, as it stands."""
    try:
        rows = read(condition)
    except ValueError:
        return condition
    if rows is None:
        return condition
    items = {item.key: item for item in specification.items()}
    lines = [_in_words(specification, items, line) for line in rows.lines]
    return (_(" and ") if rows.join == "and" else _(" or ")).join(lines)


def _in_words(specification: Specification, items: Mapping[str, ItemSpecification], row: Row) -> str:
    item = items.get(row.question)
    facts = {
        "question": label_of(item) if item else row.question,
        "operator": OPERATORS[row.operator],
        "answer": dict(answers_of(specification, item)).get(row.answer, row.answer) if item else row.answer,
    }
    if row.operator in ALONE:
        return _("“%(question)s” %(operator)s") % facts
    return _("“%(question)s” %(operator)s “%(answer)s”") % facts


def answers_of(specification: Specification, item: ItemSpecification) -> Sequence[tuple[str, str]]:
    """Return the answers of a question from a list with their German; of another question none."""
    if not item.choice_list or all(one.name != item.choice_list for one in specification.lists):
        return ()
    choices = list_named(specification, item.choice_list).choices
    return [(choice.key, choice.text.get(GERMAN, "") or choice.key) for choice in choices]


def fault_of(specification: Specification, row: Row, earlier: Mapping[str, ItemSpecification]) -> str:
    """Return in words what is wrong with a line; nothing when it says something."""
    item = earlier.get(row.question)
    if item is None:
        return _("Please choose a question that stands further up.")
    if row.operator not in OPERATORS:
        return _("Please choose what the answer is compared by.")
    if row.operator in ALONE:
        return ""
    listed = dict(answers_of(specification, item))
    if row.operator in TICKED and not listed:
        return _("“Contains” belongs to questions with a list of answers.")
    if row.operator in NUMERIC:
        return _fault_of_number(item, row.answer)
    if not row.answer:
        return _("Please say which answer.")
    if listed and row.answer not in listed:
        return _("“%(answer)s” is no answer to this question.") % {"answer": row.answer}
    if "'" in row.answer and '"' in row.answer:
        return _("An answer holds either ' or \", not both.")
    return _one_of_several(item, row.operator)


def _one_of_several(item: ItemSpecification, operator: str) -> str:
    if item.type == ItemType.MULTIPLE and operator in ("is", "is_not"):
        return _("Several answers can be ticked there: please choose “contains” or “does not contain”.")
    return ""


def _fault_of_number(item: ItemSpecification, answer: str) -> str:
    if item.type not in (ItemType.INTEGER, ItemType.YEAR):
        return _("At least, at most, more and less belong to numbers and years.")
    if not answer.removeprefix("-").isdecimal() or not answer.isascii() or len(answer) > 9:
        return _("Please type a whole number.")
    return ""
