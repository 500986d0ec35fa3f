"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from businesses.services.advice import create_training_place, hold_event, log_business_consultation
from businesses.services.doorstep import note_doorstep
from businesses.services.fieldwork import add_units, assign_section, create_wave, log_attempt, remove_section
from businesses.services.interviews import (
    begin_interview,
    core_of,
    finish_interview,
    record_answers,
    record_interview,
    withdraw_consent,
)
from businesses.services.register import (
    BusinessFacts,
    Door,
    change_business,
    create_business,
    delete_business,
    ensure_premises,
    observe,
)

__all__ = [
    "BusinessFacts", "Door", "add_units", "assign_section", "begin_interview", "change_business", "core_of", "create_business",
    "create_training_place", "create_wave", "delete_business", "ensure_premises", "finish_interview", "hold_event", "log_attempt",
    "log_business_consultation", "note_doorstep", "observe", "record_answers", "record_interview", "remove_section", "withdraw_consent",
]  # fmt: skip
