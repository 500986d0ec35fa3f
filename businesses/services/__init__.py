"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from businesses.services.advice import change_training_place, create_training_place, log_business_consultation
from businesses.services.analysis_reports import order_report, stop_report, try_report_again
from businesses.services.call_backs import draw_call_backs, note_call_back
from businesses.services.city_figures import delete_city_figures, store_city_figures
from businesses.services.coding import code_business
from businesses.services.contacts import change_contact, create_contact, delete_contact
from businesses.services.doorstep import note_doorstep
from businesses.services.events import (
    Came,
    add_date,
    cancel_event,
    change_event,
    enrol,
    enrol_all,
    hold_event,
    invite,
    note_attendance,
    plan_event,
    replan_event,
    withdraw_enrolment,
)
from businesses.services.field_operations import Outcome, apply_operations
from businesses.services.fieldwork import add_units, assign_section, create_wave, log_attempt, remove_section
from businesses.services.found import list_found
from businesses.services.interviews import (
    begin_interview,
    core_of,
    finish_interview,
    hand_over_interview,
    note_consent,
    record_answers,
    record_interview,
    withdraw_consent,
)
from businesses.services.merges import clear_old_merges, merge_businesses, undo_merge
from businesses.services.needs import advance_need, change_need, needs_from_interview, open_need, take_need
from businesses.services.pairs import say_no_longer_two, say_two
from businesses.services.photos import keep_photo, remove_photo
from businesses.services.places import delete_section, reckon_positions, save_section, save_street
from businesses.services.register import (
    BusinessFacts,
    Door,
    change_business,
    confirm,
    create_business,
    delete_business,
    ensure_premises,
    observe,
    succeed,
)
from businesses.services.waves import (
    assign_named_section,
    change_wave,
    close_wave,
    correct_attempt,
    delete_attempt,
    delete_wave,
    hand_over_section,
    plan_sections,
    reopen_wave,
)

__all__ = [
    "BusinessFacts",
    "Came",
    "Door",
    "Outcome",
    "add_date",
    "add_units",
    "advance_need",
    "apply_operations",
    "assign_named_section",
    "assign_section",
    "begin_interview",
    "cancel_event",
    "change_business",
    "change_contact",
    "change_event",
    "change_need",
    "change_training_place",
    "change_wave",
    "clear_old_merges",
    "close_wave",
    "code_business",
    "confirm",
    "core_of",
    "correct_attempt",
    "create_business",
    "create_contact",
    "create_training_place",
    "create_wave",
    "delete_attempt",
    "delete_business",
    "delete_city_figures",
    "delete_contact",
    "delete_section",
    "delete_wave",
    "draw_call_backs",
    "enrol",
    "enrol_all",
    "ensure_premises",
    "finish_interview",
    "hand_over_interview",
    "hand_over_section",
    "hold_event",
    "invite",
    "keep_photo",
    "list_found",
    "log_attempt",
    "log_business_consultation",
    "merge_businesses",
    "needs_from_interview",
    "note_attendance",
    "note_call_back",
    "note_consent",
    "note_doorstep",
    "observe",
    "open_need",
    "order_report",
    "plan_event",
    "plan_sections",
    "reckon_positions",
    "record_answers",
    "record_interview",
    "remove_photo",
    "remove_section",
    "reopen_wave",
    "replan_event",
    "save_section",
    "save_street",
    "say_no_longer_two",
    "say_two",
    "stop_report",
    "store_city_figures",
    "succeed",
    "take_need",
    "try_report_again",
    "undo_merge",
    "withdraw_consent",
    "withdraw_enrolment",
]
