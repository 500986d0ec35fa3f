"""Input to clean data."""

from businesses.forms.advice import ConsultationForm, TrainingPlaceForm
from businesses.forms.coding import CodingForm
from businesses.forms.doorstep import DoorstepForm
from businesses.forms.events import (
    AttendanceForm,
    CancelForm,
    EventEditForm,
    EventFilter,
    EventForm,
    FurtherDateForm,
    MinutesForm,
    PlanForm,
)
from businesses.forms.fieldwork import AttemptForm, RefusalForm, SectionForm, StartForm, WaveForm
from businesses.forms.needs import NeedFilter, NeedForm, NeedStepForm
from businesses.forms.register import BusinessFilter, BusinessForm

__all__ = [
    "AttemptForm",
    "AttendanceForm",
    "BusinessFilter",
    "BusinessForm",
    "CancelForm",
    "CodingForm",
    "ConsultationForm",
    "DoorstepForm",
    "EventEditForm",
    "EventFilter",
    "EventForm",
    "FurtherDateForm",
    "MinutesForm",
    "NeedFilter",
    "NeedForm",
    "NeedStepForm",
    "PlanForm",
    "RefusalForm",
    "SectionForm",
    "StartForm",
    "TrainingPlaceForm",
    "WaveForm",
]
