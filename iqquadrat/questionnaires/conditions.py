"""Conditions of questions: the part of XLSForm's expressions that we use, parsed and evaluated by ourselves.

    ${voc_way} != 'none'      ${age} >= 18      selected(${langs}, 'ar') and not(${x} = '' or ${y} = 'no')

Meaning as in XPath 1.0: an unanswered question is the empty text; ``=`` and ``!=`` compare texts, or numbers when one side is
a number; ``<`` and its kin compare numbers; what is no number is neither smaller nor greater than anything nor equal to it.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NoReturn

from django.utils.translation import gettext as _

Value = str | int | float | date | Sequence[str] | None
Values = Mapping[str, Value]

MAX_LENGTH = 2000
MAX_DEPTH = 30


class ConditionError(ValueError):
    """The expression cannot be read. ``position`` counts characters from 0."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return _("%(message)s (character %(position)d)") % {
            "message": self.message,
            "position": self.position + 1,
        }


@dataclass(frozen=True)
class Literal:
    """A text or a number."""

    value: str | float


@dataclass(frozen=True)
class Reference:
    """The answer to a question."""

    key: str


@dataclass(frozen=True)
class Comparison:
    """Two operands and what stands between them."""

    operator: str
    left: "Literal | Reference"
    right: "Literal | Reference"


@dataclass(frozen=True)
class Selected:
    """Whether an answer is among those that are ticked."""

    key: str
    choice: str


@dataclass(frozen=True)
class Negation:
    """The opposite."""

    inner: "Node"


@dataclass(frozen=True)
class Junction:
    """Several conditions of which all (``and``) or one (``or``) must hold."""

    operator: str
    parts: "tuple[Node, ...]"


Node = Comparison | Selected | Negation | Junction

_TOKEN = re.compile(
    r"""\s*(?:(?P<reference>\$\{[A-Za-z_][A-Za-z0-9_]*\})|(?P<text>'[^']*'|"[^"]*")|(?P<number>-?\d+(?:\.\d+)?)"""
    r"""|(?P<operator><=|>=|!=|=|<|>)|(?P<word>[A-Za-z_]+)|(?P<mark>[(),]))""",
    re.ASCII,
)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


def _tokens(expression: str) -> Iterator[_Token]:
    position, end = 0, len(expression.rstrip())
    while position < end:
        match = _TOKEN.match(expression, position)
        if match is None:
            at = position + len(expression[position:]) - len(expression[position:].lstrip())
            raise ConditionError(_("“%(sign)s” cannot stand here") % {"sign": expression[at]}, at)
        kind = str(match.lastgroup)
        yield _Token(kind, match.group(kind), match.start(kind))
        position = match.end()
    yield _Token("end", "", end)


class _Parser:
    """Recursive descent; ``or`` binds weaker than ``and``."""

    def __init__(self, expression: str) -> None:
        self.tokens = list(_tokens(expression))
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def fail(self, expected: str) -> NoReturn:
        found = self.token.text or _("the end")
        message = _("expected %(expected)s, found “%(found)s”") % {"expected": expected, "found": found}
        raise ConditionError(message, self.token.position)

    def take(self, kind: str, text: str | None = None) -> _Token | None:
        token = self.token
        if token.kind != kind or (text is not None and token.text != text):
            return None
        self.at += 1
        return token

    def need(self, kind: str, text: str | None, expected: str) -> _Token:
        token = self.take(kind, text)
        if token is None:
            self.fail(expected)
        return token

    def whole(self) -> Node:
        node = self.junction("or")
        if self.token.kind != "end":
            self.fail(_("“and”, “or” or the end"))
        return node

    def junction(self, operator: str) -> Node:
        self.depth += 1
        if self.depth > MAX_DEPTH * 2:
            raise ConditionError(_("too many parentheses"), self.token.position)
        parts = [self.junction("and") if operator == "or" else self.condition()]
        while self.take("word", operator):
            parts.append(self.junction("and") if operator == "or" else self.condition())
        self.depth -= 1
        return parts[0] if len(parts) == 1 else Junction(operator, tuple(parts))

    def condition(self) -> Node:
        if self.take("mark", "("):
            return self.inside()
        if self.take("word", "not"):
            self.need("mark", "(", "“(”")
            return Negation(self.inside())
        if self.take("word", "selected"):
            return self.selected()
        left = self.operand()
        operator = self.need("operator", None, _("a comparison such as = or !="))
        return Comparison(operator.text, left, self.operand())

    def inside(self) -> Node:
        node = self.junction("or")
        self.need("mark", ")", "“)”")
        return node

    def selected(self) -> Node:
        self.need("mark", "(", "“(”")
        reference = self.need("reference", None, _("a question such as ${key}"))
        self.need("mark", ",", "“,”")
        choice = self.need("text", None, _("a text in quotation marks"))
        self.need("mark", ")", "“)”")
        return Selected(reference.text[2:-1], choice.text[1:-1])

    def operand(self) -> Literal | Reference:
        if token := self.take("reference"):
            return Reference(token.text[2:-1])
        if token := self.take("text"):
            return Literal(token.text[1:-1])
        number = self.need(
            "number", None, _("a question such as ${key}, a text in quotation marks or a number")
        )
        return Literal(float(number.text))


@lru_cache(maxsize=4096)
def parse(expression: str) -> Node | None:
    """Return the expression as a tree, or None for an empty one. Raises ``ConditionError``."""
    if len(expression) > MAX_LENGTH:
        raise ConditionError(_("the condition is too long"), MAX_LENGTH)
    return _Parser(expression).whole() if expression.strip() else None


def evaluate(expression: str, values: Values) -> bool:
    """Tell whether the condition holds for these answers. An empty condition always holds."""
    node = parse(expression)
    return node is None or _holds(node, values)


def references(expression: str) -> frozenset[str]:
    """Return the keys of the questions the condition asks about."""
    return frozenset(mentions(expression))


def mentions(expression: str) -> dict[str, frozenset[str]]:
    """Return, by the key of each question that is asked about, the texts it is compared with. Raises ``ConditionError``."""
    found: dict[str, set[str]] = {}
    node = parse(expression)
    for leaf in () if node is None else leaves(node):
        if isinstance(leaf, Selected):
            found.setdefault(leaf.key, set()).add(leaf.choice)
            continue
        sides = (leaf.left, leaf.right)
        texts = {str(side.value) for side in sides if isinstance(side, Literal)}
        for side in sides:
            if isinstance(side, Reference):
                found.setdefault(side.key, set()).update(texts)
    return {key: frozenset(texts) for key, texts in found.items()}


def leaves(node: Node) -> Iterator[Comparison | Selected]:
    """Yield the comparisons a condition is made of, in order."""
    if isinstance(node, Comparison | Selected):
        yield node
        return
    for part in node.parts if isinstance(node, Junction) else (node.inner,):
        yield from leaves(part)


def _holds(node: Node, values: Values) -> bool:
    if isinstance(node, Junction):
        results = (_holds(part, values) for part in node.parts)
        return all(results) if node.operator == "and" else any(results)
    if isinstance(node, Negation):
        return not _holds(node.inner, values)
    if isinstance(node, Selected):
        return node.choice in _written(values.get(node.key)).split(" ")
    return _compare(node, values)


def _compare(node: Comparison, values: Values) -> bool:
    left, right = _operand(node.left, values), _operand(node.right, values)
    if node.operator in ("=", "!="):
        if isinstance(left, float) or isinstance(right, float):
            equal = _number(left) == _number(right)
        else:
            equal = left == right
        return equal is (node.operator == "=")
    smaller, greater = _number(left), _number(right)
    return {
        "<": smaller < greater, "<=": smaller <= greater, ">": smaller > greater, ">=": smaller >= greater,
    }[node.operator]  # fmt: skip


def _operand(node: Literal | Reference, values: Values) -> str | float:
    return node.value if isinstance(node, Literal) else _written(values.get(node.key))


def _written(value: Value) -> str:
    """Return an answer as XLSForm writes it: ticked answers with a space between, nothing as the empty text."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return str(value)
    return " ".join(value)


def _number(value: str | float) -> float:
    if isinstance(value, float):
        return value
    return float(value) if re.fullmatch(r"\s*-?\d+(\.\d+)?\s*", value, re.ASCII) else math.nan
