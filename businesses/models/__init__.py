"""Businesses, premises, fieldwork, and what became of it."""

from businesses.models.advice import BusinessConsultation, Event, EventAttendance, TrainingPlace
from businesses.models.register import Business, Premises, Street, WzBranch
from businesses.models.survey import (
    Assignment,
    BusinessConsent,
    ContactAttempt,
    Interview,
    Unit,
    Wave,
)

__all__ = [
    "Assignment",
    "Business",
    "BusinessConsent",
    "BusinessConsultation",
    "ContactAttempt",
    "Event",
    "EventAttendance",
    "Interview",
    "Premises",
    "Street",
    "TrainingPlace",
    "Unit",
    "Wave",
    "WzBranch",
]
