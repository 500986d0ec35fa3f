"""The stored language evidence, ready to be read: counts first, then intervals, then what they allow to say."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from competence.evidence import (
    LEVELS,
    Code,
    CodedItem,
    NoEvidence,
    OpenReason,
    OverallKind,
    Statement,
    Thresholds,
)
from competence.evidence.marks import Mark
from competence.evidence.result import LevelResult, level_result
from competence.models import EvidenceResult

STATEMENTS = {
    Statement.SUPPORTED: (_("supported"), "circle-fill"),
    Statement.OPEN: (_("open"), "circle-half"),
    Statement.NOT_SUPPORTED: (_("not supported"), "circle"),
}
REASONS = {
    OpenReason.TOO_FEW: _("too few questions"),
    OpenReason.INTERVAL: _("interval too wide"),
    OpenReason.CAUTIOUS_INTERVAL: _("interval of the cautious share too wide"),
    OpenReason.PROBES: _("the reading probes say otherwise"),
}
MARKS = {
    Mark.SAME_POSITION.value: _("the same position ten times running"),
    Mark.MAIN_YEARS_OVER_TOTAL.value: _("more years in the main field than altogether"),
    Mark.LAST_WORK_BEFORE_ARRIVAL.value: _("last work before arrival, yet work in Germany is stated"),
}
OVERALL = {
    OverallKind.NOT_MEASURED: _("not measured"),
    OverallKind.VOID: _("no statement possible"),
    OverallKind.CONTRADICTORY: _("contradictory"),
    OverallKind.NO_LEVEL: _("no level supported"),
}


@dataclass(frozen=True)
class LevelLine:
    """One level as a line of the table. Counts are numbers of questions; shares lie between 0 and 1."""

    result: LevelResult

    @property
    def level(self) -> str:
        """A1, A2 or B1."""
        return self.result.level

    def _count(self, *codes: Code) -> int:
        return sum(self.result.counts[code] for code in codes)

    @property
    def understood(self) -> int:
        """Answered in German, without help and not too fast."""
        return self._count(Code.UNDERSTOOD)

    @property
    def by_ear(self) -> int:
        """Answered after the German was read aloud."""
        return self._count(Code.BY_EAR)

    @property
    def helped_before(self) -> int:
        """Looked or asked after enough time to read."""
        return self._count(Code.HELPED_BEFORE)

    @property
    def helped_after(self) -> int:
        """Changed the answer after a look."""
        return self._count(Code.HELPED_AFTER)

    @property
    def premature(self) -> int:
        """Looked before the German could be read."""
        return self._count(Code.PREMATURE)

    @property
    def unanswered(self) -> int:
        """Don't know or skipped."""
        return self._count(Code.NO_ANSWER)

    @property
    def silent(self) -> int:
        """Says nothing."""
        return self._count(Code.NONE)

    @property
    def share(self) -> float:
        """Understood of those that count."""
        return self.result.k / self.result.n if self.result.n else 0.0

    @property
    def words(self) -> object:
        """The statement."""
        return STATEMENTS[self.result.statement][0]

    @property
    def icon(self) -> str:
        """Its sign: neutral, never red or green."""
        return STATEMENTS[self.result.statement][1]

    @property
    def reason(self) -> object:
        """Why it stays open."""
        return REASONS[self.result.reason] if self.result.reason else ""


@dataclass(frozen=True)
class Comprehension:
    """The evidence of one assessment."""

    kind: OverallKind
    level: str
    lines: tuple[LevelLine, ...]
    measures: dict[str, Any]
    marks: tuple[object, ...]
    thresholds: Thresholds

    @property
    def is_measured(self) -> bool:
        """Whether there was anything to measure."""
        return self.kind is not OverallKind.NOT_MEASURED

    @property
    def is_void(self) -> bool:
        """Whether the log allows no statement at all."""
        return self.kind is OverallKind.VOID

    @property
    def summary(self) -> object:
        """The whole in words where it is not a list of levels."""
        return OVERALL.get(self.kind, "")

    @property
    def has_enough(self) -> bool:
        """Whether every level has as many questions as a statement needs."""
        return all(line.result.n >= self.thresholds.least_items for line in self.lines)


def comprehension(result: EvidenceResult) -> Comprehension:
    """Return the evidence from what was stored, read by the thresholds of its day."""
    stored = dict(result.thresholds)
    thresholds = Thresholds(**(stored | {"valid_from": date.fromisoformat(stored["valid_from"])}))
    coded = [
        CodedItem(key, level, Code(code), NoEvidence(why) if why else None, ms)
        for key, level, code, why, ms in result.codes
    ]
    lines = []
    for level in LEVELS:
        right, number = result.probes.get(level, [0, 0])
        probes = [place < right for place in range(number)]
        own = [item for item in coded if item.level == level]
        lines.append(LevelLine(level_result(level, own, probes=probes, thresholds=thresholds)))
    return Comprehension(
        kind=OverallKind(result.overall), level=result.level, lines=tuple(lines), measures=dict(result.measures),
        marks=tuple(MARKS[mark] for mark in result.marks if mark in MARKS), thresholds=thresholds,
    )  # fmt: skip
