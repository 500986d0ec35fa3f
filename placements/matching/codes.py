"""Codes of matching: criteria, checks, answers, groups."""

from enum import StrEnum


class Criterion(StrEnum):
    """What is weighed, in the order of the table."""

    FIELD = "field"
    GERMAN = "german"
    HOURS = "hours"
    DISTANCE = "distance"
    LANGUAGES = "languages"
    EXPERIENCE = "experience"
    LICENCE = "licence"


class Check(StrEnum):
    """What is not weighed but answered: yes, no or unknown."""

    OPEN = "open"
    CONSENT = "consent"
    LEGAL = "legal"
    PAPERS = "papers"
    TIMES = "times"


class Answer(StrEnum):
    """Of a check. Unknown never excludes anybody."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Group(StrEnum):
    """Where a pair stands, in the order in which it is shown."""

    GOOD = "good"
    PARTLY = "partly"
    TOO_LITTLE = "too_little"
    RATHER_NOT = "rather_not"


# Half points: what a criterion gives. None stands for unknown.
FULL, HALF, NOTHING = 2, 1, 0
