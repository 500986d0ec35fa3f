"""Vacancies, placements, and what matches them."""

from placements.models.answer import EmployerAnswer
from placements.models.job_search import JobSearch
from placements.models.ownership import Ownership
from placements.models.placement import Placement, PlacementEvent
from placements.models.retention import RetentionCheck
from placements.models.stored_match import StoredMatch
from placements.models.subsidy import WageSubsidy
from placements.models.travel_time import TravelTime
from placements.models.vacancy import Vacancy, VacancyNaming

__all__ = [
    "EmployerAnswer",
    "JobSearch",
    "Ownership",
    "Placement",
    "PlacementEvent",
    "RetentionCheck",
    "StoredMatch",
    "TravelTime",
    "Vacancy",
    "VacancyNaming",
    "WageSubsidy",
]
