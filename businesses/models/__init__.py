"""Businesses, premises, fieldwork, and what became of it."""

from businesses.models.advice import BusinessConsultation, Event, EventAttendance, TrainingPlace
from businesses.models.register import Business, Premises, Street, WzBranch

__all__ = [
    "Business",
    "BusinessConsultation",
    "Event",
    "EventAttendance",
    "Premises",
    "Street",
    "TrainingPlace",
    "WzBranch",
]
