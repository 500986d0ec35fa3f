"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from counselling.services.absences import (
    change_absence,
    cover_client,
    end_absence,
    enter_absence,
    uncover_client,
)
from counselling.services.appointments import (
    cancel_appointment,
    create_appointment,
    delete_appointment,
    note_reminder,
    restore_appointment,
    update_appointment,
)
from counselling.services.calendar_feeds import close_calendar_feed, note_fetch, open_calendar_feed
from counselling.services.cases import (
    close_case,
    open_case,
    put_into_case,
    reopen_case,
    set_case_talks,
    update_case,
)
from counselling.services.charges import add_deputy, change_charge, end_deputy, reassign_client
from counselling.services.clients import create_client, name_client, update_client
from counselling.services.consent_texts import (
    change_consent_text,
    create_consent_version,
    ensure_consent_texts,
    review_consent_text,
)
from counselling.services.consents import give_consent, note_own_answer, withdraw_consent
from counselling.services.consultations import log_consultation, update_consultation
from counselling.services.drafts import discard_draft, keep_draft, restore_draft
from counselling.services.events import (
    delete_group_event,
    note_attendance,
    put_on_list,
    record_group_event,
    take_off_list,
    update_group_event,
)
from counselling.services.follow_ups import (
    create_follow_up,
    finish_follow_up,
    finish_follow_ups,
    postpone_follow_up,
    postpone_follow_ups,
    reopen_follow_up,
    update_follow_up,
)
from counselling.services.handovers import hand_over
from counselling.services.histories import (
    add_language_skill,
    add_situation,
    correct_language_skill,
    correct_situation,
    delete_language_skill,
    delete_situation,
)
from counselling.services.institutions import create_institution, retire_institution, update_institution
from counselling.services.merges import ask_in_charge, clear_old_merges, merge_clients, undo_merge
from counselling.services.notes import add_addendum, break_glass
from counselling.services.participations import (
    answer_question,
    clear_question,
    correct_participation,
    delete_participation,
    enter_participation,
    leave_programme,
    take_leaving_back,
)
from counselling.services.referrals import delete_referral, note_arrival, refer
from counselling.services.short_contacts import log_short_contact, undo_short_contact
from counselling.services.topics import (
    create_topic,
    delete_topic,
    ensure_topics,
    move_topic,
    rename_topic,
    retire_topic,
)
from counselling.services.volunteers import delete_volunteer_work, note_volunteer_work, update_volunteer_work

__all__ = [
    "add_addendum",
    "add_deputy",
    "add_language_skill",
    "add_situation",
    "answer_question",
    "ask_in_charge",
    "break_glass",
    "cancel_appointment",
    "change_absence",
    "change_charge",
    "change_consent_text",
    "clear_old_merges",
    "clear_question",
    "close_calendar_feed",
    "close_case",
    "correct_language_skill",
    "correct_participation",
    "correct_situation",
    "cover_client",
    "create_appointment",
    "create_client",
    "create_consent_version",
    "create_follow_up",
    "create_institution",
    "create_topic",
    "delete_appointment",
    "delete_group_event",
    "delete_language_skill",
    "delete_participation",
    "delete_referral",
    "delete_situation",
    "delete_topic",
    "delete_volunteer_work",
    "discard_draft",
    "end_absence",
    "end_deputy",
    "ensure_consent_texts",
    "ensure_topics",
    "enter_absence",
    "enter_participation",
    "finish_follow_up",
    "finish_follow_ups",
    "give_consent",
    "hand_over",
    "keep_draft",
    "leave_programme",
    "log_consultation",
    "log_short_contact",
    "merge_clients",
    "move_topic",
    "name_client",
    "note_arrival",
    "note_attendance",
    "note_fetch",
    "note_own_answer",
    "note_reminder",
    "note_volunteer_work",
    "open_calendar_feed",
    "open_case",
    "postpone_follow_up",
    "postpone_follow_ups",
    "put_into_case",
    "put_on_list",
    "reassign_client",
    "record_group_event",
    "refer",
    "rename_topic",
    "reopen_case",
    "reopen_follow_up",
    "restore_appointment",
    "restore_draft",
    "retire_institution",
    "retire_topic",
    "review_consent_text",
    "set_case_talks",
    "take_leaving_back",
    "take_off_list",
    "uncover_client",
    "undo_merge",
    "undo_short_contact",
    "update_appointment",
    "update_case",
    "update_client",
    "update_consultation",
    "update_follow_up",
    "update_group_event",
    "update_institution",
    "update_volunteer_work",
    "withdraw_consent",
]
