"""Scoring the profile, honestly: three bands from a handful of answers, and nothing finer.

Pure functions over keys of questions and answers; nothing here knows a database or a language. The rules are those of the
design page "Scoring the profile, honestly"; the anchors of the dimensions are ESCO (transversal skills), KODE and DigComp.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from fractions import Fraction
from typing import TypeAlias


class Missing(StrEnum):
    """Why a question has no answer. Never counted as zero, never mixed up with each other."""

    DONT_KNOW = "dont_know"
    SKIPPED = "skipped"
    NOT_APPLICABLE = "not_applicable"


class Band(IntEnum):
    """Three bands; finer steps would promise more than four to six answers can hold."""

    BUILDING = 0
    PRESENT = 1
    STRONG = 2


LOWEST, HIGHEST = 1, 4  # the four steps of a scale question
PRESENT_FROM = Fraction(9, 4)  # 2.25
STRONG_FROM = Fraction(13, 4)  # 3.25
LEAST_VALID = 4
LEAST_VALID_OF_FOUR = 3  # in a scale of four questions

# The questions of each scale, by key, in the order of the questionnaire (numbers 8 35 39 71 72; 20 67-70; 24 40 63-66;
# 26-29 31; 32-34 38; 58-62).
SCALES: Mapping[str, tuple[str, ...]] = {
    "MAN": ("prk_repair", "prk_tools", "prk_cook", "prk_clean", "prk_body"),
    "SOC": ("wrk_cust", "fam_conflict", "soc_team", "soc_ask", "soc_diff", "soc_crit"),
    "PER": ("wrk_indep", "per_time", "per_finish", "per_stress", "per_start"),
    "MET": ("sch_learn", "prk_plan", "fam_organise", "met_plan", "met_retry"),
    "NUM": ("prk_cash", "prk_measure", "prk_table", "fam_budget"),
    "DIG": ("dig_search", "dig_msg", "dig_doc", "dig_safe", "dig_problem"),
}

ScaleAnswer: TypeAlias = int | Missing


@dataclass(frozen=True)
class ScaleScore:
    """The result of one scale.

    ``low`` and ``high`` are the bands between which the result lies: equal when no single answer decides, ``None`` when there are
    not enough answers. ``valid`` of ``size`` questions were answered; ``size`` counts the whole scale, hidden questions too.
    """

    code: str
    size: int
    valid: int
    low: Band | None
    high: Band | None
    missing: Mapping[str, Missing]

    @property
    def enough(self) -> bool:
        """Whether there are enough answers for a band."""
        return self.low is not None

    @property
    def settled(self) -> bool:
        """Whether the band stays the same whichever single answer is left out."""
        return self.low is not None and self.low == self.high


def band_of(mean: Fraction) -> Band:
    """Return the band of an exact mean (1 to 4): below 2.25, below 3.25, from 3.25."""
    if mean < PRESENT_FROM:
        return Band.BUILDING
    return Band.PRESENT if mean < STRONG_FROM else Band.STRONG


def least_valid(size: int) -> int:
    """Return how many valid answers a scale of ``size`` questions needs."""
    return LEAST_VALID_OF_FOUR if size == LEAST_VALID else LEAST_VALID


def score_scale(code: str, answers: Mapping[str, ScaleAnswer]) -> ScaleScore:
    """Score one scale. ``answers`` maps question keys to 1..4 or a missing code; a key that is absent counts as skipped.

    Raises ``ValueError`` for a value outside 1 to 4.
    """
    keys = SCALES[code]
    values: list[int] = []
    missing: dict[str, Missing] = {}
    for key in keys:
        answer = answers.get(key, Missing.SKIPPED)
        if isinstance(answer, Missing):
            missing[key] = answer
        elif LOWEST <= answer <= HIGHEST:
            values.append(answer)
        else:
            raise ValueError(f"{key}: {answer} is not a step from {LOWEST} to {HIGHEST}")
    bands = _bands(values) if len(values) >= least_valid(len(keys)) else []
    return ScaleScore(
        code=code, size=len(keys), valid=len(values), missing=missing,
        low=min(bands, default=None), high=max(bands, default=None),
    )  # fmt: skip


def _bands(values: Sequence[int]) -> list[Band]:
    """Return the band of all values, and the bands with each single value left out."""
    total, count = sum(values), len(values)
    return [
        band_of(Fraction(total, count)),
        *(band_of(Fraction(total - left_out, count - 1)) for left_out in values),
    ]


def score_scales(answers: Mapping[str, ScaleAnswer]) -> list[ScaleScore]:
    """Score all six scales. There is no total and no order among them: they are shown in the order of ``SCALES``."""
    return [score_scale(code, answers) for code in SCALES]


# --- Professional skills: a table, not a score ----------------------------------------------------------


class EvidenceClass(IntEnum):
    """How well a line of the table is backed: so many squares of four are filled."""

    SELF_STATED = 1
    CONFIRMED_IN_TALK = 2
    DOCUMENT_SEEN = 3
    TESTED_ELSEWHERE = 4


@dataclass(frozen=True)
class Confirmation:
    """What a counsellor has confirmed or annotated for one line (``row_key``)."""

    evidence: EvidenceClass
    note: str = ""
    years: int | None = None


@dataclass(frozen=True)
class WorkAnswers:
    """The answers on training and work, as keys of choices; ``None`` or empty where there is none. Years are whole years."""

    fields: tuple[str, ...] = ()
    main_field: str | None = None
    main_years: int | None = None
    total_years: int | None = None
    tasks: tuple[str, ...] = ()
    family_business: str | None = None
    training_way: str | None = None
    training_field: str | None = None
    training_state: str | None = None
    training_papers: str | None = None
    certificates: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldRow:
    """One line: field x years x qualification x tasks x evidence class. ``key`` names it: ``field:kitchen``, ``certificate:hygiene``.

    ``years`` is the client's own statement; ``confirmed`` stands beside it and never overwrites it.
    """

    key: str
    field: str
    years: int | None
    is_main: bool
    training: tuple[str, ...]
    tasks: tuple[str, ...]
    confirmed: Confirmation | None

    @property
    def evidence(self) -> EvidenceClass:
        """The evidence class: the client's own statement unless a counsellor has confirmed more."""
        return self.confirmed.evidence if self.confirmed else EvidenceClass.SELF_STATED

    @property
    def known_years(self) -> int | None:
        """The years as confirmed, else as stated."""
        if self.confirmed and self.confirmed.years is not None:
            return self.confirmed.years
        return self.years

    @property
    def is_certificate(self) -> bool:
        """Whether the line is a further certificate instead of a field of work."""
        return self.key.startswith("certificate:")


NO_FIELD = frozenset({"none", "other_none"})


def field_rows(work: WorkAnswers, confirmations: Mapping[str, Confirmation] | None = None) -> list[FieldRow]:
    """Return the table: the main field first, the other fields as answered, the field of training, then certificates."""
    confirmed = confirmations or {}
    rows = [_row_of_field(field, work, confirmed) for field in _fields(work)]
    rows += [
        FieldRow(f"certificate:{key}", key, None, False, (), (), confirmed.get(f"certificate:{key}"))
        for key in work.certificates
        if key not in NO_FIELD
    ]
    return rows


def _fields(work: WorkAnswers) -> Iterable[str]:
    named = (work.main_field, *work.fields, work.training_field)
    return dict.fromkeys(field for field in named if field and field not in NO_FIELD)


def _row_of_field(field: str, work: WorkAnswers, confirmed: Mapping[str, Confirmation]) -> FieldRow:
    is_main = field == work.main_field
    training = (work.training_way, work.training_state, work.training_papers)
    return FieldRow(
        key=f"field:{field}",
        field=field,
        years=work.main_years if is_main else None,
        is_main=is_main,
        training=tuple(part for part in training if part) if field == work.training_field else (),
        tasks=work.tasks if is_main else (),
        confirmed=confirmed.get(f"field:{field}"),
    )


# --- Languages and life: facts, taken over as they were said --------------------------------------------

LANGUAGE_FACTS = ("lng_first", "home_langs", "lng_other", "lng_lit1", "lng_latin",
                  "de_listen", "de_speak", "de_read", "de_write", "de_course")  # fmt: skip
LIFE_FACTS = ("fam_child", "fam_care", "vol_tasks")
WISH_FACTS = (
    "wsh_field",
    "wsh_form",
    "avl_hours",
    "avl_times",
    "avl_from",
    "mob_dist",
    "con_note",
    "wsh_learn",
)
SELF_RATED_GERMAN = ("de_listen", "de_speak", "de_read", "de_write")
