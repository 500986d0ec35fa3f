"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from businesses.services.advice import create_training_place, log_business_consultation
from businesses.services.events import (
    Came,
    cancel_event,
    change_event,
    enrol,
    hold_event,
    invite,
    note_attendance,
    plan_event,
    replan_event,
    withdraw_enrolment,
)
from businesses.services.fieldwork import add_units, assign_section, create_wave, log_attempt, remove_section
from businesses.services.interviews import (
    begin_interview,
    core_of,
    finish_interview,
    note_consent,
    record_answers,
    record_interview,
    withdraw_consent,
)
from businesses.services.needs import advance_need, change_need, needs_from_interview, open_need, take_need
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
    "BusinessFacts", "Came", "Door", "add_units", "advance_need", "assign_section", "begin_interview", "cancel_event", "change_business",
    "change_event", "change_need", "core_of", "create_business", "create_training_place", "create_wave", "delete_business", "enrol",
    "ensure_premises", "finish_interview", "hold_event", "invite", "log_attempt", "log_business_consultation", "needs_from_interview",
    "note_attendance", "note_consent", "observe", "open_need", "plan_event", "record_answers", "record_interview", "remove_section", "replan_event",
    "take_need", "withdraw_consent", "withdraw_enrolment",
]  # fmt: skip
