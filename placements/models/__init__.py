"""Vacancies and placements."""

from placements.models.answer import EmployerAnswer
from placements.models.placement import Placement, PlacementEvent
from placements.models.retention import RetentionCheck
from placements.models.subsidy import WageSubsidy
from placements.models.vacancy import Vacancy, VacancyNaming

__all__ = [
    "EmployerAnswer",
    "Placement",
    "PlacementEvent",
    "RetentionCheck",
    "Vacancy",
    "VacancyNaming",
    "WageSubsidy",
]
