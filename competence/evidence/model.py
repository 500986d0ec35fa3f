"""The words of the evidence: questions, circumstances, codes, thresholds."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

LEVELS = ("A1", "A2", "B1")


class Code(StrEnum):
    """What one question says."""

    UNDERSTOOD = "U"
    HELPED_BEFORE = "X"  # looked or asked for help after enough time to read
    HELPED_AFTER = "M"  # changed the answer after a look
    BY_EAR = "A"  # had the German read aloud
    PREMATURE = "P"  # looked or asked for help before the German could be read
    NO_ANSWER = "D"  # don't know or skipped
    NONE = "N"  # no evidence


class NoEvidence(StrEnum):
    """Why a question says nothing (code N)."""

    NOT_SHOWN = "not_shown"
    NOT_MEASURED = "not_measured"
    NO_TRANSLATION = "no_translation"
    GERMAN = "german"  # the mother tongue is German
    OPENED_IN_L1 = "opened_in_l1"
    TOO_FAST = "too_fast"


class Statement(StrEnum):
    """What can be said of a level."""

    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    OPEN = "open"


class OpenReason(StrEnum):
    """Why a level stays open, in the order in which reasons are given."""

    TOO_FEW = "too_few"
    INTERVAL = "interval"
    CAUTIOUS_INTERVAL = "cautious_interval"
    PROBES = "probes"


@dataclass(frozen=True)
class Thresholds:
    """Starting values, valid from a date; stored with every result so that it can be read later. Times in milliseconds."""

    valid_from: date = date(2026, 11, 1)
    reading_base_ms: int = 800
    reading_word_ms: int = 200
    least_items: int = 12
    share: float = 0.60
    z: float = 1.96
    first_items: int = 10
    premature_items: int = 6
    too_fast_share: float = 0.20
    run_length: int = 10

    def reading_ms(self, words: int) -> int:
        """Return t_min for a question of so many German words: one threshold for success and failure alike."""
        return self.reading_base_ms + self.reading_word_ms * words


@dataclass(frozen=True)
class Item:
    """A question as far as the evidence asks. ``german`` is the German text of the question, without its choices.

    ``is_evidence`` is false for warm-ups, icon-driven and optional questions and for the reading probes. ``is_offered``: there
    is a translation to switch to. ``positions`` names the choices of a scale question (four steps) in order, else empty.
    """

    key: str
    level: str
    german: str = ""
    is_evidence: bool = True
    is_probe: bool = False
    is_offered: bool = True
    positions: tuple[str, ...] = ()

    @property
    def words(self) -> int:
        """German words: runs between white space; ``str.split`` parts at a no-break space too."""
        return len(self.german.split())


@dataclass(frozen=True)
class Circumstances:
    """Under which circumstances the questionnaire was answered."""

    mother_tongue: str
    is_agreed: bool

    @property
    def is_measured(self) -> bool:
        """Whether there is anything to measure at all."""
        return self.is_agreed and self.mother_tongue != "de"


@dataclass(frozen=True)
class CodedItem:
    """A question with its one code. ``why`` only with code N; ``ms`` is the time that decided, where one did."""

    key: str
    level: str
    code: Code
    why: NoEvidence | None = None
    ms: int | None = None
