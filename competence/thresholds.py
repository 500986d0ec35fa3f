"""The thresholds of the language evidence: dated settings. What was worked out keeps those of its day (``EvidenceResult``)."""

import tomllib
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from competence.evidence import Thresholds

CONTENT = Path(__file__).parent / "content" / "thresholds.toml"
_KINDS = {field.name: type(field.default) for field in fields(Thresholds)}


class ThresholdsError(ValueError):
    """The file of thresholds cannot be used; says where and why."""


def thresholds_on(day: date) -> Thresholds:
    """Return the thresholds valid on ``day``: the latest that began by then; before the first, the first."""
    known = all_thresholds(Path(settings.EVIDENCE_THRESHOLDS or CONTENT))
    return next((rules for rules in reversed(known) if rules.valid_from <= day), known[0])


@cache
def all_thresholds(path: Path = CONTENT) -> tuple[Thresholds, ...]:
    """Return all thresholds of a file, the oldest first. Raises ``ThresholdsError``."""
    try:
        rows = tomllib.loads(path.read_text(encoding="utf-8")).get("thresholds", [])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ThresholdsError(f"{path.name}: {fault}") from fault
    found = sorted((_read(row, path) for row in rows), key=lambda rules: rules.valid_from)
    if not found:
        raise ThresholdsError(f"{path.name}: no thresholds")
    days = [rules.valid_from for rules in found]
    if len(set(days)) < len(days):
        raise ThresholdsError(f"{path.name}: two sets begin on the same day")
    return tuple(found)


def _read(row: dict[str, Any], path: Path) -> Thresholds:
    if row.keys() != _KINDS.keys():
        odd = ", ".join(sorted(row.keys() ^ _KINDS.keys()))
        raise ThresholdsError(f"{path.name}: missing or unknown: {odd}")
    for name, kind in _KINDS.items():
        if type(row[name]) is not kind:
            raise ThresholdsError(f"{path.name}: {name} has to be {kind.__name__}")
    rules = Thresholds(**row)
    is_sound = (
        0 < rules.share < 1 and 0 < rules.too_fast_share < 1 and rules.z > 0 and rules.least_items >= 1
        and 0 < rules.premature_items <= rules.first_items and rules.run_length >= 2
        and rules.reading_base_ms >= 0 and rules.reading_word_ms >= 0
    )  # fmt: skip
    if not is_sound:
        raise ThresholdsError(f"{path.name}: a value of {rules.valid_from} is out of its range")
    return rules
