"""From codes to counts, intervals and a careful statement."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from competence.evidence.codes import LogMeasures, code_items, measure
from competence.evidence.log import Event, read_log
from competence.evidence.marks import Contradictions, Mark, find_marks
from competence.evidence.model import (
    LEVELS,
    Circumstances,
    Code,
    CodedItem,
    Item,
    OpenReason,
    Statement,
    Thresholds,
)
from competence.evidence.wilson import Interval, wilson


class OverallKind(StrEnum):
    """What can be said of the whole."""

    NOT_MEASURED = "not_measured"
    VOID = "void"  # no statement at all
    CONTRADICTORY = "contradictory"
    LEVEL = "level"
    NO_LEVEL = "no_level"


@dataclass(frozen=True)
class Overall:
    """The whole in one word; ``level`` only with ``LEVEL``: the highest supported one whose lower levels are all supported."""

    kind: OverallKind
    level: str = ""


@dataclass(frozen=True)
class LevelResult:
    """One level: counts first, then intervals, then the statement. ``reason`` only when it stays open."""

    level: str
    counts: Mapping[Code, int]
    probes_right: int
    probes: int
    n: int
    k: int
    interval: Interval
    cautious_n: int
    cautious: Interval
    statement: Statement
    reason: OpenReason | None


@dataclass(frozen=True)
class Evidence:
    """All that the log says, with the thresholds it was read by."""

    items: tuple[CodedItem, ...]
    levels: tuple[LevelResult, ...]
    measures: LogMeasures
    marks: tuple[Mark, ...]
    overall: Overall
    thresholds: Thresholds


def evaluate(
    items: Sequence[Item],
    events: Iterable[Event],
    circumstances: Circumstances,
    *,
    right_probes: Iterable[str] = (),
    chosen: Mapping[str, str] | None = None,
    facts: Contradictions | None = None,
    thresholds: Thresholds | None = None,
) -> Evidence:
    """Read a log. ``right_probes``: keys of the probes answered right, in whatever language their instruction was shown."""
    rules = thresholds or Thresholds()
    traces = read_log(events)
    coded = code_items(items, traces, circumstances, rules)
    right = set(right_probes)
    levels = [
        level_result(
            level, [item for item in coded if item.level == level],
            probes=[item.key in right for item in items if item.is_probe and item.level == level], thresholds=rules,
        )
        for level in LEVELS
    ]  # fmt: skip
    measures = measure(coded, traces, rules)
    marks = (
        find_marks(items, chosen or {}, facts or Contradictions(), rules) if circumstances.is_measured else []
    )
    return Evidence(
        items=tuple(coded), levels=tuple(levels), measures=measures, marks=tuple(marks), thresholds=rules,
        overall=_overall(levels, measures, circumstances),
    )  # fmt: skip


def level_result(
    level: str, coded: Sequence[CodedItem], *, probes: Sequence[bool], thresholds: Thresholds
) -> LevelResult:
    """Count the codes of one level and say what they allow to say."""
    found = Counter(item.code for item in coded)
    counts = {code: found[code] for code in Code}
    k = counts[Code.UNDERSTOOD]
    n = k + counts[Code.HELPED_BEFORE] + counts[Code.HELPED_AFTER]
    cautious_n = n + counts[Code.PREMATURE] + counts[Code.NO_ANSWER]
    interval, cautious = wilson(k, n, thresholds.z), wilson(k, cautious_n, thresholds.z)
    statement, reason = judge(
        n, interval, cautious, all_probes_right=bool(probes) and all(probes), thresholds=thresholds
    )
    return LevelResult(
        level=level, counts=counts, probes_right=sum(probes), probes=len(probes), n=n, k=k, interval=interval,
        cautious_n=cautious_n, cautious=cautious, statement=statement, reason=reason,
    )  # fmt: skip


def judge(
    n: int, interval: Interval, cautious: Interval, *, all_probes_right: bool, thresholds: Thresholds
) -> tuple[Statement, OpenReason | None]:
    """Say supported, not supported, or open with the first reason that stands in the way.

    The interval stands in the way when the threshold lies in it; when both intervals agree, only the probes can.
    """
    if n < thresholds.least_items:
        return Statement.OPEN, OpenReason.TOO_FEW
    if interval.high < thresholds.share:
        return (
            (Statement.OPEN, OpenReason.PROBES)
            if all_probes_right
            else (Statement.NOT_SUPPORTED, None)
        )  # fmt: skip
    if interval.low < thresholds.share:
        return Statement.OPEN, OpenReason.INTERVAL
    if cautious.low < thresholds.share:
        return Statement.OPEN, OpenReason.CAUTIOUS_INTERVAL
    return (Statement.SUPPORTED, None) if all_probes_right else (Statement.OPEN, OpenReason.PROBES)


def _overall(levels: Sequence[LevelResult], measures: LogMeasures, circumstances: Circumstances) -> Overall:
    if not circumstances.is_measured:
        return Overall(OverallKind.NOT_MEASURED)
    return (
        Overall(OverallKind.VOID) if measures.is_void else overall_of([level.statement for level in levels])
    )


def overall_of(statements: Sequence[Statement]) -> Overall:
    """Join the statements of A1, A2, B1: a supported level above a not supported one contradicts itself."""
    for place, statement in enumerate(statements):
        if statement is Statement.SUPPORTED and Statement.NOT_SUPPORTED in statements[:place]:
            return Overall(OverallKind.CONTRADICTORY)
    reached = ""
    for level, statement in zip(LEVELS, statements, strict=True):
        if statement is not Statement.SUPPORTED:
            break
        reached = level
    return Overall(OverallKind.LEVEL, reached) if reached else Overall(OverallKind.NO_LEVEL)
