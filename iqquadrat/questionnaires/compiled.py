"""Conditions as JSON, for a device that must decide without the server which question comes next.

    ["compare", "=", {"ref": "age"}, {"value": 18.0}]   ["selected", "langs", "ar"]   ["not", node]   ["and", [node, node]]

``businesses/static/businesses/field/conditions.js`` reads this form; a test compares both over generated conditions.
"""

from typing import Any

from iqquadrat.questionnaires.conditions import (
    Junction,
    Literal,
    Negation,
    Node,
    Reference,
    Selected,
    parse,
)

JsonNode = list[Any]


def compiled(expression: str) -> JsonNode | None:
    """Return the condition as JSON, None for an empty one, which always holds. Raises ``ConditionError``."""
    node = parse(expression)
    return None if node is None else _node(node)


def _node(node: Node) -> JsonNode:
    if isinstance(node, Junction):
        return [node.operator, [_node(part) for part in node.parts]]
    if isinstance(node, Negation):
        return ["not", _node(node.inner)]
    if isinstance(node, Selected):
        return ["selected", node.key, node.choice]
    return ["compare", node.operator, _operand(node.left), _operand(node.right)]


def _operand(operand: Literal | Reference) -> dict[str, str | float]:
    return {"ref": operand.key} if isinstance(operand, Reference) else {"value": operand.value}
