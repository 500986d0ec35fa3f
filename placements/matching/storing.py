"""A table as plain data, to be stored and read again; codes and numbers only."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from placements.matching.codes import Answer, Check, Criterion
from placements.matching.criteria import Line
from placements.matching.facts import ClientFacts, PairFacts, VacancyFacts
from placements.matching.fit import Match
from placements.matching.hard import Checked


def table_of(match: Match) -> dict[str, Any]:
    """Return the lines and checks of a table as plain data."""
    return {
        "checks": [
            {"check": one.check, "answer": one.answer, "reason": one.reason, "values": dict(one.values)}
            for one in match.checks
        ],
        "lines": [
            {
                "criterion": one.criterion,
                "points": one.points,
                "reason": one.reason,
                "values": dict(one.values),
            }
            for one in match.lines
        ],
        "points": match.points,
        "known": match.known,
        "stated": match.stated,
    }


def read_lines(table: Mapping[str, Any]) -> list[Line]:
    """Return the lines of a stored table."""
    return [
        Line(Criterion(row["criterion"]), row["points"], row["reason"], row["values"])
        for row in table["lines"]
    ]


def read_checks(table: Mapping[str, Any]) -> list[Checked]:
    """Return the checks of a stored table."""
    return [
        Checked(Check(row["check"]), Answer(row["answer"]), row["reason"], row["values"])
        for row in table["checks"]
    ]


def facts_of(vacancy: VacancyFacts, client: ClientFacts, pair: PairFacts) -> dict[str, Any]:
    """Return everything that a table was made from as plain data."""
    return {"vacancy": _plain(vacancy), "client": _plain(client), "pair": _plain(pair)}


def _plain(facts: VacancyFacts | ClientFacts | PairFacts) -> dict[str, Any]:
    return {one.name: _value(getattr(facts, one.name)) for one in fields(facts)}


def _value(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(value)
    return dict(value) if isinstance(value, Mapping) else value
