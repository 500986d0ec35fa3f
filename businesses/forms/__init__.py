"""Input to clean data."""

from businesses.forms.advice import ConsultationForm, EventForm, TrainingPlaceForm
from businesses.forms.doorstep import DoorstepForm
from businesses.forms.fieldwork import AttemptForm, RefusalForm, SectionForm, StartForm, WaveForm
from businesses.forms.register import BusinessFilter, BusinessForm

__all__ = [
    "AttemptForm",
    "BusinessFilter",
    "BusinessForm",
    "ConsultationForm",
    "DoorstepForm",
    "EventForm",
    "RefusalForm",
    "SectionForm",
    "StartForm",
    "TrainingPlaceForm",
    "WaveForm",
]
