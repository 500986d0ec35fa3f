"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from businesses.services.advice import create_training_place, hold_event, log_business_consultation
from businesses.services.call_backs import draw_call_backs, note_call_back
from businesses.services.doorstep import note_doorstep
from businesses.services.field_operations import Outcome, apply_operations
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
from businesses.services.waves import (
    assign_named_section,
    change_wave,
    close_wave,
    correct_attempt,
    delete_attempt,
    delete_wave,
    hand_over_section,
    reopen_wave,
)

__all__ = [
    "BusinessFacts", "Door", "Outcome", "add_units", "apply_operations", "assign_named_section", "assign_section", "begin_interview", "change_business",
    "change_wave", "close_wave", "core_of", "correct_attempt", "create_business", "create_training_place", "create_wave",
    "delete_attempt", "delete_business", "delete_wave", "draw_call_backs", "ensure_premises", "finish_interview",
    "hand_over_section", "hold_event", "log_attempt", "log_business_consultation", "note_call_back", "note_doorstep", "observe",
    "record_answers", "record_interview", "remove_section", "reopen_wave", "withdraw_consent",
]  # fmt: skip
