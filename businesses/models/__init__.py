"""Businesses, premises, fieldwork, and what became of it."""

from businesses.models.advice import BusinessConsultation, TrainingPlace
from businesses.models.analysis import AnalysisReport, CityFigure
from businesses.models.branches import BranchSuccession, WzBranch
from businesses.models.contacts import Contact
from businesses.models.events import Enrolment, Event, EventAttendance, EventSeries, Invitation
from businesses.models.exchange import (
    RegisterFilePart,
    RegisterImport,
    RegisterProblem,
    RegisterRecord,
    RegisterRow,
    ValueMeaning,
)
from businesses.models.field import FieldOperation
from businesses.models.followup import CallBack, Doorstep
from businesses.models.merges import BusinessMerge, ReallyTwo
from businesses.models.needs import Need, NeedStep
from businesses.models.photos import UnitPhoto
from businesses.models.places import Premises, Section, Street
from businesses.models.register import Business, Observation
from businesses.models.survey import (
    Assignment,
    BusinessConsent,
    ContactAttempt,
    Interview,
    Unit,
    Wave,
)

__all__ = [
    "AnalysisReport",
    "Assignment",
    "BranchSuccession",
    "Business",
    "BusinessConsent",
    "BusinessConsultation",
    "BusinessMerge",
    "CallBack",
    "CityFigure",
    "Contact",
    "ContactAttempt",
    "Doorstep",
    "Enrolment",
    "Event",
    "EventAttendance",
    "EventSeries",
    "FieldOperation",
    "Interview",
    "Invitation",
    "Need",
    "NeedStep",
    "Observation",
    "Premises",
    "ReallyTwo",
    "RegisterFilePart",
    "RegisterImport",
    "RegisterProblem",
    "RegisterRecord",
    "RegisterRow",
    "Section",
    "Street",
    "TrainingPlace",
    "Unit",
    "UnitPhoto",
    "ValueMeaning",
    "Wave",
    "WzBranch",
]
