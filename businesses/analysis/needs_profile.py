"""What businesses need help with, and how they hang together with the street."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from businesses.analysis.errors import ImpossibleFiguresError
from businesses.analysis.shares import Share

# The answers of question 31, of question 19 and of question 33 as the survey stores them.
NONE, SOME, URGENT = "none", "some", "urgent"
ON_THE_STREET = "street"
_INTERESTED, _INTEREST = ("quite", "very"), ("none", "little", "quite", "very")


@dataclass(frozen=True)
class TopicNeed:
    """The answers to one topic; ``missing`` did not answer."""

    topic: str
    none: int
    some: int
    urgent: int
    missing: int

    @property
    def n(self) -> int:
        """How many answered."""
        return self.none + self.some + self.urgent

    @property
    def urgent_share(self) -> float | None:
        """urgent / n, from 0 to 1; None when nobody answered."""
        return self.urgent / self.n if self.n else None

    @property
    def any_share(self) -> float | None:
        """(some + urgent) / n, from 0 to 1; None when nobody answered."""
        return (self.some + self.urgent) / self.n if self.n else None


def need_profile(answers: Mapping[str, Iterable[str | None]]) -> list[TopicNeed]:
    """Count the answers per topic; the most urgent topic first, then by any need, then by name.

    Source: this survey (question 31). Raises ImpossibleFiguresError for an answer the question does not have. Caveat: each topic has its own n;
    a need that is named to somebody who offers help is named more easily.
    """
    profile = []
    for topic, given in answers.items():
        counted = Counter(given)
        if not counted.keys() <= {NONE, SOME, URGENT, None}:
            raise ImpossibleFiguresError(f"unknown answer to {topic}")
        profile.append(
            TopicNeed(topic, counted[NONE], counted[SOME], counted[URGENT], counted[None])
        )  # fmt: skip
    return sorted(profile, key=lambda need: (-(need.urgent_share or 0), -(need.any_share or 0), need.topic))


def linkage(suppliers: Iterable[Collection[str] | None]) -> Share:
    """Return how many have a supplier on the street, among those who told where they buy; None or nothing chosen is missing.

    Source: the idea of local linkages (Hirschman 1958, The Strategy of Economic Development); this survey (question 19). Caveat: whether, not how much.
    """
    return Share.of(ON_THE_STREET in chosen if chosen else None for chosen in suppliers)


def association_interest(answers: Iterable[str | None]) -> Share:
    """Return how many are quite or very interested in an association or a Stammtisch, among answers (question 33).

    Raises ImpossibleFiguresError for an answer the question does not have. Caveat: interest is not attendance.
    """
    given = list(answers)
    if any(answer is not None and answer not in _INTEREST for answer in given):
        raise ImpossibleFiguresError("unknown answer about interest")
    return Share.of(None if answer is None else answer in _INTERESTED for answer in given)
