"""One code per question: the first rule that fits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from competence.evidence.log import NO_ANSWER_STATES, Trace
from competence.evidence.model import Circumstances, Code, CodedItem, Item, NoEvidence, Thresholds


@dataclass(frozen=True)
class LogMeasures:
    """Two measures of how the questionnaire was done: too early (P of the first X or P), too fast (rule 5 of rules 3, 5 to 7)."""

    premature: int
    premature_of: int
    too_fast: int
    too_fast_of: int
    is_premature: bool
    is_too_fast: bool

    @property
    def is_void(self) -> bool:
        """Whether the evidence as a whole allows no statement."""
        return self.is_premature or self.is_too_fast


def code_items(
    items: Iterable[Item], traces: Mapping[str, Trace], circumstances: Circumstances, thresholds: Thresholds
) -> list[CodedItem]:
    """Return exactly one code for each evidence item, in the order of ``items``."""
    return [
        _code(item, traces.get(item.key), circumstances, thresholds) for item in items if item.is_evidence
    ]


def _code(item: Item, trace: Trace | None, circumstances: Circumstances, thresholds: Thresholds) -> CodedItem:
    def coded(code: Code, why: NoEvidence | None = None, ms: int | None = None) -> CodedItem:
        return CodedItem(item.key, item.level, code, why, ms)

    why = _no_evidence(item, trace, circumstances)  # rule 1
    if trace is None or why is not None:
        return coded(Code.NONE, why or NoEvidence.NOT_SHOWN)
    enough = thresholds.reading_ms(item.words)
    if trace.aid_ms is not None:  # rule 2
        code = Code.HELPED_BEFORE if trace.aid_ms >= enough else Code.PREMATURE
        return coded(code, ms=trace.aid_ms)
    if trace.before_late_look is not None and trace.final != trace.before_late_look:  # rule 3
        return coded(Code.HELPED_AFTER)
    if trace.final in NO_ANSWER_STATES:  # rule 4
        return coded(Code.NO_ANSWER)
    ms = trace.first_answer_ms or 0
    if ms < enough:  # rule 5
        return coded(Code.NONE, NoEvidence.TOO_FAST, ms)
    return coded(Code.BY_EAR if trace.heard_german else Code.UNDERSTOOD, ms=ms)  # rules 6 and 7


def _no_evidence(item: Item, trace: Trace | None, circumstances: Circumstances) -> NoEvidence | None:
    if not circumstances.is_agreed:
        return NoEvidence.NOT_MEASURED
    if circumstances.mother_tongue == "de":
        return NoEvidence.GERMAN
    if trace is None:
        return NoEvidence.NOT_SHOWN
    if not item.is_offered:
        return NoEvidence.NO_TRANSLATION
    return NoEvidence.OPENED_IN_L1 if trace.opened_in_l1 else None


def measure(coded: Sequence[CodedItem], shown: Iterable[str], thresholds: Thresholds) -> LogMeasures:
    """Return the two measures that can void a statement. ``shown``: keys in the order of the log."""
    by_key = {item.key: item for item in coded}
    helped = [
        by_key[key].code
        for key in shown
        if key in by_key and by_key[key].code in (Code.HELPED_BEFORE, Code.PREMATURE)
    ][: thresholds.first_items]
    premature = helped.count(Code.PREMATURE)
    too_fast = sum(item.why is NoEvidence.TOO_FAST for item in coded)
    decided = too_fast + sum(item.code in (Code.HELPED_AFTER, Code.BY_EAR, Code.UNDERSTOOD) for item in coded)
    return LogMeasures(
        premature=premature, premature_of=len(helped), too_fast=too_fast, too_fast_of=decided,
        is_premature=premature >= thresholds.premature_items,
        is_too_fast=too_fast > Fraction(str(thresholds.too_fast_share)) * decided,
    )  # fmt: skip
