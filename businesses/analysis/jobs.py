"""Jobs: heads, full-time equivalents, the largest five, employment potential and training."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from businesses.analysis.errors import check_counts

TOP = 5


@dataclass(frozen=True, kw_only=True)
class Staff:
    """What one business said; None was not answered. Counts of persons, of vacancies and of hires expected in twelve months.

    ``heads``: all who work there, the owner included. ``full`` and ``part`` are insured, trainees among them; ``marginal`` is the Minijob.
    ``owners``: owners who work in the business. Family helpers without a contract stand nowhere but in ``heads``.
    """

    heads: int | None = None
    full: int | None = None
    part: int | None = None
    marginal: int | None = None
    owners: int = 1
    trainees: int | None = None
    vacancies: int | None = None
    hires: int | None = None

    def __post_init__(self) -> None:
        told = (self.heads, self.full, self.part, self.marginal, self.owners, self.trainees)
        check_counts(*(number or 0 for number in (*told, self.vacancies, self.hires)))

    @property
    def insured(self) -> int | None:
        """Persons insured, full-time and part-time."""
        return None if self.full is None or self.part is None else self.full + self.part


@dataclass(frozen=True)
class Weights:
    """The share of a full working week that is assumed of each kind; printed wherever full-time equivalents are."""

    owner: float = 1.0
    full: float = 1.0
    part: float = 0.5
    marginal: float = 0.25


ASSUMED = Weights()


@dataclass(frozen=True)
class Total:
    """A sum over the ``n`` businesses that answered; ``missing`` did not, and nothing is put in their place."""

    value: float
    n: int
    missing: int


def _total(values: Iterable[float | None]) -> Total:
    every = list(values)
    told = [value for value in every if value is not None]
    return Total(sum(told), len(told), len(every) - len(told))


def heads(businesses: Iterable[Staff]) -> Total:
    """Return the persons working, owners included. Source: the survey's question 9. Caveat: a person with two jobs counts twice."""
    return _total(staff.heads for staff in businesses)


def full_time_equivalent(staff: Staff, weights: Weights = ASSUMED) -> float | None:
    """Return owners + full + 0.5 part + 0.25 marginal of one business, in full-time jobs; None when a part was not answered."""
    if staff.full is None or staff.part is None or staff.marginal is None:
        return None
    owned = weights.owner * staff.owners + weights.full * staff.full
    return owned + weights.part * staff.part + weights.marginal * staff.marginal


def full_time_equivalents(businesses: Iterable[Staff], weights: Weights = ASSUMED) -> Total:
    """Return the sum of owners + full + 0.5 part + 0.25 marginal, in full-time jobs.

    Source: the weights are this survey's assumption, near those of the IAB Establishment Panel and of SME statistics (IfM Bonn); hours are not
    asked. Caveat: owners of small shops often work more than a full week; family helpers without a contract are not in it.
    """
    return _total(full_time_equivalent(staff, weights) for staff in businesses)


def top_share(businesses: Iterable[Staff], top: int = TOP) -> float | None:
    """Return the share of all heads that works in the ``top`` largest businesses (concentration ratio CR5), 0 to 1; None without heads.

    Source: Bain (1951), Quarterly Journal of Economics 65, for the ratio. Caveat: near 1 by itself with few businesses.
    """
    told = sorted((staff.heads for staff in businesses if staff.heads is not None), reverse=True)
    return sum(told[:top]) / sum(told) if sum(told) else None


@dataclass(frozen=True)
class Potential:
    """Open places against places that are there, over ``n`` businesses that answered all three questions. The counts come first."""

    vacancies: int
    hires: int
    heads: int
    n: int
    missing: int

    @property
    def ratio(self) -> float | None:
        """(vacancies + expected hires) / heads, no unit and not held below 1; None without heads."""
        return (self.vacancies + self.hires) / self.heads if self.heads else None


def employment_potential(businesses: Iterable[Staff]) -> Potential:
    """Return vacancies, hires expected in twelve months and heads of the businesses that told all three.

    Source: this survey (questions 9, 28, 29); the idea of the IAB Job Vacancy Survey, which asks for open places only. Caveat: an expectation is
    no job, and somebody may name one place under both questions.
    """
    every = list(businesses)
    told = [
        (staff.vacancies, staff.hires, staff.heads)
        for staff in every
        if staff.vacancies is not None and staff.hires is not None and staff.heads is not None
    ]
    return Potential(
        sum(row[0] for row in told),
        sum(row[1] for row in told),
        sum(row[2] for row in told),
        len(told),
        len(every) - len(told),
    )


class Step(TextChoices):
    """The five steps of the training ladder, from the top."""

    TRAINS = "trains", _("trains")
    READY = "ready", _("may train and would, but does not")
    WILLING = "willing", _("would train, but may not yet")
    ABLE = "able", _("may train, but does not want to")
    NEITHER = "neither", _("may not train and does not want to")


def training_step(*, trains: bool, eligible: bool | None, willing: bool | None) -> Step | None:
    """Return the step of one business; None when it does not train and did not answer one of the other two.

    ``eligible``: a suitable trainer and suitable premises (BBiG sections 27 to 30; HwO sections 21 to 22b). Who trains stands on the first step
    whatever else was said.
    """
    if trains:
        return Step.TRAINS
    if eligible is None or willing is None:
        return None
    if willing:
        return Step.READY if eligible else Step.WILLING
    return Step.ABLE if eligible else Step.NEITHER


@dataclass(frozen=True)
class Ladder:
    """Businesses on each step; ``missing`` could not be placed."""

    steps: dict[Step, int]
    missing: int

    @classmethod
    def of(cls, steps: Iterable[Step | None]) -> "Ladder":
        """Count steps; None is missing."""
        counted = Counter(steps)
        return cls({step: counted[step] for step in Step}, counted[None])

    @property
    def n(self) -> int:
        """Businesses on the ladder."""
        return sum(self.steps.values())

    @property
    def potential(self) -> int:
        """Second plus third step: would train and do not, in businesses.

        Source: this survey; BIBB and the IAB Establishment Panel tell eligible from training businesses the same way. Caveat: being willing is cheap
        to say; the third step needs an aptitude examination or a partner first.
        """
        return self.steps[Step.READY] + self.steps[Step.WILLING]


@dataclass(frozen=True)
class TrainingRatio:
    """Trainees and insured persons of the ``n`` businesses that told both without contradiction."""

    trainees: int
    insured: int
    n: int
    missing: int
    contradictory: int

    @property
    def ratio(self) -> float | None:
        """Trainees / insured persons, 0 to 1; None without insured persons."""
        return self.trainees / self.insured if self.insured else None


def training_ratio(businesses: Iterable[Staff]) -> TrainingRatio:
    """Return trainees per insured person (Ausbildungsquote).

    Source: BIBB, Datenreport zum Berufsbildungsbericht: trainees among all insured employees, trainees included. A business that told more trainees
    than insured persons did not include them; it is left out and counted as contradictory. Caveat: with few insured one trainee moves it far.
    """
    every = list(businesses)
    told = [
        (staff.trainees, staff.insured)
        for staff in every
        if staff.trainees is not None and staff.insured is not None
    ]
    sound = [(trainees, insured) for trainees, insured in told if trainees <= insured]
    return TrainingRatio(
        sum(trainees for trainees, _insured in sound),
        sum(insured for _trainees, insured in sound),
        len(sound),
        len(every) - len(told),
        len(told) - len(sound),
    )
