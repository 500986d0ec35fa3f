"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from businesses.services.advice import create_training_place, hold_event, log_business_consultation
from businesses.services.fieldwork import add_units, assign_section, create_wave, log_attempt, remove_section
from businesses.services.interviews import (
    begin_interview,
    core_of,
    finish_interview,
    record_answers,
    record_interview,
    withdraw_consent,
)
from businesses.services.places import delete_section, reckon_positions, save_section, save_street
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
    "create_training_place", "create_wave", "delete_business", "delete_section", "ensure_premises", "finish_interview", "hold_event", "log_attempt",
    "log_business_consultation", "observe", "reckon_positions", "record_answers", "record_interview", "remove_section", "save_section", "save_street",
    "withdraw_consent",
]  # fmt: skip
