"""Vacancies and placements."""

from placements.models.ownership import Ownership
from placements.models.placement import Placement, PlacementEvent
from placements.models.retention import RetentionCheck
from placements.models.vacancy import Vacancy, VacancyNaming

__all__ = ["Ownership", "Placement", "PlacementEvent", "RetentionCheck", "Vacancy", "VacancyNaming"]
