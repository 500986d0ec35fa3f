"""Vacancies and placements."""

from placements.models.placement import Placement, PlacementEvent
from placements.models.retention import RetentionCheck
from placements.models.vacancy import Vacancy, VacancyNaming

__all__ = ["Placement", "PlacementEvent", "RetentionCheck", "Vacancy", "VacancyNaming"]
