"""The versioned weights: how much each criterion counts, and from where on a pair fits."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from placements.matching.codes import Criterion

# All weights together at most: the statement in the database keeps points and weights in one number.
HEAVIEST = 1000
CONTENT = Path(__file__).parent.parent / "content" / "weights.toml"


class WeightsError(ValueError):
    """The file of weights cannot be used; says where and why."""


@dataclass(frozen=True)
class Weights:
    """One version. Limits are percent of the weight: ``good_from`` and ``partly_from`` of what is known, ``least_coverage`` of
    what the vacancy states."""

    version: str
    valid_from: date
    criteria: Mapping[Criterion, int]
    good_from: int
    partly_from: int
    least_coverage: int
    near_minutes: int
    related: frozenset[frozenset[str]]

    def related_to(self, field: str) -> frozenset[str]:
        """Return the fields of work that are close to this one."""
        return frozenset(other for pair in self.related if field in pair for other in pair if other != field)


def weights_on(day: date) -> Weights:
    """Return the weights that hold on ``day``: the latest that began by then; before the first, the first."""
    known = all_weights()
    return next((one for one in reversed(known) if one.valid_from <= day), known[0])


@cache
def all_weights(path: Path = CONTENT) -> tuple[Weights, ...]:
    """Return all versions of a file, the oldest first. Raises ``WeightsError``."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("weights", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise WeightsError(f"{path.name}: {fault}") from fault
    found = tuple(sorted((_read(row, path) for row in rows), key=lambda one: one.valid_from))
    if not found:
        raise WeightsError(f"{path.name}: no weights")
    for mark in ("version", "valid_from"):
        if len({getattr(one, mark) for one in found}) < len(found):
            raise WeightsError(f"{path.name}: two sets of the same {mark}")
    return found


def _read(row: dict[str, Any], path: Path) -> Weights:
    try:
        found = Weights(
            version=str(row["version"]), valid_from=row["valid_from"],
            criteria={criterion: int(row["criteria"][criterion]) for criterion in Criterion},
            good_from=int(row["good_from"]), partly_from=int(row["partly_from"]), least_coverage=int(row["least_coverage"]),
            near_minutes=int(row["near_minutes"]), related=frozenset(frozenset(pair) for pair in row["related"]),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as fault:
        raise WeightsError(f"{path.name}: {fault!r} in {row.get('version', '?')}") from fault
    is_sound = (
        all(weight > 0 for weight in found.criteria.values())
        and sum(found.criteria.values()) <= HEAVIEST
        and 0 < found.partly_from < found.good_from <= 100
        and 0 < found.least_coverage <= 100
        and all(len(pair) == 2 for pair in found.related)
    )
    if not is_sound:
        raise WeightsError(f"{path.name}: a value of {found.version} is out of its range")
    return found
