"""What matching may know. There is no field for origin, nationality, religion, gender, age, family, health, the scales of the
competence profile or what switching languages tells: what has no field cannot influence anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from placements.matching.codes import Answer

Codes = frozenset[str]
NONE: Codes = frozenset()


@dataclass(frozen=True, kw_only=True)
class VacancyFacts:
    """What a vacancy demands, in the codes of ``placements.enums``; empty: it demands nothing there. Hours a week, whole years."""

    field_of_work: str
    is_open: bool = True
    german: str = ""
    hours: int | None = None
    slots: Codes = NONE
    postal_code: str = ""
    languages: Codes = NONE
    experience_years: int | None = None
    licences_required: Codes = NONE
    licences_desired: Codes = NONE
    certificates_required: Codes = NONE
    certificates_desired: Codes = NONE
    # One in free words: nobody can compare it but a person.
    other_required: bool = False


@dataclass(frozen=True, kw_only=True)
class ClientFacts:
    """What a client offers; empty or None: not known. ``licences`` and ``certificates`` hold "none" where it is known that there
    are none. Hours a week, whole years, minutes one way."""

    experienced: Codes = NONE
    trained: Codes = NONE
    wished: Codes = NONE
    years: Mapping[str, int] = field(default_factory=dict)
    german: str = ""
    german_source: str = ""
    languages: Codes = NONE
    hours_from: int | None = None
    hours_to: int | None = None
    slots: Codes = NONE
    minutes_limit: int | None = None
    licences: Codes = NONE
    certificates: Codes = NONE
    licence_in_progress: str = ""
    certificates_in_progress: Codes = NONE
    legal: Answer = Answer.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class PairFacts:
    """What is known of the two together. ``minutes`` is the way from door to door by postal codes, 0 within one of them."""

    minutes: int | None = None
    consent: Answer = Answer.UNKNOWN
