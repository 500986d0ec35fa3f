"""What the walk over every form has to be told: what keeps a form from writing twice, what guessing cannot fill in, and which buttons
a page shows only in another state. The reasons were read in the views and services; a new route gets one of its own."""

import datetime as dt

from django.utils import timezone

from tests.fixtures.people import PASSWORD

# What keeps a route without submission and revision from writing twice.
SHIELD: dict[str, str] = {
    **dict.fromkeys(("accounts:set_theme", "competence:discussed", "counselling:follow_up_done", "counselling:referral_arrival",
        "counselling:event_attendance", "placements:vacancy_state", "reporting:programme_use", "rights:retention_set"),
        "sets one fact; the same again changes nothing"),
    **dict.fromkeys(("administration:user_close", "counselling:absence_end", "counselling:appointment_cancel", "counselling:institution_retire",
        "counselling:topic_retire", "counselling:consent_withdraw", "counselling:draft_discard", "counselling:draft_restore",
        "counselling:follow_up_bulk", "reporting:period_reopen", "rights:request_answer"), "a state that is there already is left alone"),
    **dict.fromkeys(("counselling:appointment_delete", "counselling:referral_delete", "counselling:topic_delete", "counselling:language_delete",
        "counselling:situation_delete", "counselling:volunteer_delete", "counselling:event_delete", "counselling:cover_remove",
        "businesses:section_remove", "businesses:street_section_delete"), "what is gone is a 404"),
    "rights:client_erase": "who is erased is not found again",
    **dict.fromkeys(("counselling:import_again", "counselling:import_columns", "counselling:import_discard", "counselling:import_doubts",
        "counselling:import_kept", "counselling:import_start", "counselling:import_stop", "counselling:import_undo", "counselling:import_values"),
        "a step of an import is taken from one state only; the second finds the next state"),
    **dict.fromkeys(("accounts:sign_out", "accounts:confirm", "accounts:password_change"), "about the session and the own password only"),
    "accounts:account": "the own account: the same person, the last word counts",
    "businesses:field_sync": "each operation has a number of its own and is applied once (unique in the database)",
    "businesses:doorstep": "an attempt has one form (unique in the database); the same answers again change nothing",
    **dict.fromkeys(("businesses:wave_close", "businesses:wave_reopen"), "a state that is there already is left alone"),
    "businesses:business_code": "the same branch again changes nothing, another one is refused",
    "businesses:wave_delete": "what is gone is a 404",
    "businesses:call_back_draw": "a tenth is drawn once; without new interviews nothing is added",
    "businesses:call_back_note": "sets the outcome of one call; the same again changes nothing",
    **dict.fromkeys(("businesses:street_create", "businesses:street_section_create"), "a name is taken once (unique in the database)"),
    **dict.fromkeys(("businesses:street_edit", "businesses:street_section_edit"), "the same again changes nothing; the last word counts"),
    "businesses:section_assign": "a section is given once (unique in the database)",
    "competence:set_aside": "one that stands is left alone (unique in the database)",
    **dict.fromkeys(("competence:batch_stop", "competence:batch_again", "competence:batch_fetch"), "a batch is left from one state only"),
    "competence:goal_reopen": "an open one is left alone",
    "competence:release_withdraw": "what is withdrawn is withdrawn",
    "counselling:client_reassign": "who is in charge already stays in charge",
    "counselling:consent_give": "one in force is left alone (unique in the database)",
    "counselling:cover_add": "a client is given away once in an absence (unique in the database)",
    "counselling:hand_over": "the second finds nobody left to give",
    "counselling:merge_undo": "what is undone is undone",
    "counselling:topic_move": "moves one place; no record is made",
    "interviews:interview_finish": "an interview is handed in once",
    "kiosk:hand_over": "ends the staff session; the second one has none",
    "placements:placement_detail": "a step follows on the step it was seen at",
    "placements:placement_undo": "a step is undone once",
    "questionnaires:copy": "a questionnaire has one draft; the second press leads to it",
    "questionnaires:discard": "what is gone is a 404",
    "questionnaires:publish": "a draft is published once; the second finds it published",
    "questionnaires:import": "what the same person has left lying goes, so there is one",
    "questionnaires:import_report": "a workbook is taken in once; the second time leads to what it became",
    "questionnaires:languages": "sets one fact; the same again changes nothing",
    "questionnaires:put_recording": "the same sound of the same text is left alone",
    "questionnaires:remove_recording": "what is gone is gone",
    "questionnaires:review_part": "what is reviewed is left alone",
    "rights:client_hold": "who is held already stays held as it was",
}  # fmt: skip
# What a second press means on purpose: the reason.
TWICE = {
    "administration:user_create": "one account; the welcome letter goes out again, in case the first was lost with the connection",
    "administration:user_password_link": "every press sends a letter with a link of its own; more than three an hour are refused",
    "kiosk:code": "every press gives a new code and ends the older one, which is why the button is pressed again",
}
# What guessing cannot fill in.
FIRST = "<first>"  # the first choice that says something
LAST_YEAR = f"{timezone.localdate().year - 1}-06-30"
TOMORROW = f"{timezone.localdate() + dt.timedelta(days=1)}"
FACTS: dict[str, dict[str, list[str]]] = {
    "administration:centre": {"website": ["ort.example"]},
    "administration:user_create": {"roles": ["surveyor"]},
    "accounts:confirm": {"password": [PASSWORD]},
    "accounts:password_change": {
        "old_password": [PASSWORD],
        "new_password1": ["noch-ein-Kennwort-2"],
        "new_password2": ["noch-ein-Kennwort-2"],
    },
    "businesses:business_create": {"number": ["52a"]},
    **{key: {"number_at_start": ["1"], "number_at_end": ["99"], "line": ["51.34, 12.40\n51.35, 12.41"]} for key in ("businesses:street_create", "businesses:street_edit")},
    **{key: {"number_from": [], "number_to": []} for key in ("businesses:street_section_create", "businesses:street_section_edit")},
    "businesses:section_assign": {"surveyor": [FIRST], "street": [FIRST], "number_from": [], "number_to": []},
    "businesses:wave_create": {"streets": [FIRST], "starts_on": ["2031-05-01"], "ends_on": ["2031-05-31"]},
    "competence:batch_create": {"chosen": [FIRST], "kinds": ["cv_pdf"], "discussed": [], "q": []},
    "competence:release": {"items": ["name"]},
    "competence:goal_create": {"due": [TOMORROW], "kind": [FIRST], "done_by": [FIRST]},
    "competence:goal_edit": {"due": [TOMORROW]},
    "competence:goal_end": {"state": ["reached"]},
    "counselling:absence_create": {"counsellor": [FIRST], "first_day": [TOMORROW], "last_day": [TOMORROW]},
    "counselling:appointment_edit": {"day": [TOMORROW], "time": ["07:00"]},
    "counselling:case_close": {"outcome": ["reached"]},
    "counselling:client_edit": {"birth": ["1991"], "residence_until": [], "propose": []},
    "counselling:client_create": {"birth": ["1991"], "residence_until": [], "propose": []},
    "counselling:consultation_create": {
        "minutes": ["30"], "topics": ["application"], "next_step": [], "next_step_on": [], "refer_to": [], "passed_on": [],
        "with": [], "q": [], "then": [],
    },
    "counselling:consultation_edit": {"with": [], "next_step": [], "next_step_on": []},
    "counselling:cover_add": {"client": [FIRST]},
    "counselling:deputy_add": {"user": [FIRST], "last_day": []},
    "counselling:institution_create": {"website": ["ort.example"], "name_de": ["Wegweiser"], "kind": ["job_centre"]},
    "counselling:institution_edit": {"website": ["ort.example"]},
    "counselling:language_add": {"language": [FIRST], "speaking": ["b1"]},
    "counselling:referral_create": {"institution": [FIRST], "agreed": ["on"]},
    "counselling:volunteer_create": {"minutes": ["2,5"], "activity": ["interpreting"]},
    "placements:placement_create": {"vacancy": [FIRST], "agreed": ["on"], "q": []},
    "placements:placement_detail": {"stage": ["closed"], "reason": [FIRST]},
    "placements:vacancy_create": {"field_of_work": ["kitchen"], "business": []},
    "placements:vacancy_edit": {"employer_name": []},
    "questionnaires:choice_add": {"key": []},
    "questionnaires:list_add": {"name": []},
    "questionnaires:move": {"part": ["item"], "key": ["wish"], "section": ["rest"], "before": ["since"]},
    "questionnaires:question_add": {"key": [], "answers": [], "choice_list": [FIRST]},
    "questionnaires:review_part": {"part": ["work"], "seen": ["0"]},
    "questionnaires:section_add": {"key": []},
    "reporting:closed_periods": {"until": [LAST_YEAR]},
    "reporting:programme_create": {"code": ["neu"]},
    "reporting:programme_edit": {},
}  # fmt: skip
# Pages whose form takes what cannot be guessed from it (a file, the own number, a whole survey): sent in the tests of their rooms.
ROOMS_OWN = {
    "counselling:import_create": "takes a file: test_imports, test_import_after_a_while",
    "questionnaires:import": "takes a file: test_xlsform",
    "questionnaires:put_recording": "takes a file: test_recordings",
    "counselling:hand_over": "asks in two steps: test_absences, test_handing_over_many",
    "interviews:interview_finish": "wants a whole survey: tests/businesses",
    "rights:client_erase": "wants the person's number: tests/rights",
}
# Forms with the mark of an edit that make something new; the same German name is the same topic.
NEW = {"counselling:topic_create", "reporting:programme_create"}
# Buttons that a page shows only for a record in another state (closed, retired, done, undone), and what scripts send: the facts. They
# are sent all the same; what they do with the right record is in the tests of their rooms.
ELSEWHERE: dict[str, dict[str, list[str]]] = {
    "administration:user_reopen": {},
    "businesses:call_back_note": {"outcome": ["confirmed"]},
    "businesses:wave_reopen": {},
    "competence:take_back": {},
    "competence:goal_reopen": {},
    "competence:batch_again": {},
    "counselling:appointment_restore": {},
    "counselling:calendar_feed_close": {},
    "counselling:case_reopen": {},
    "counselling:charge_end": {},
    "counselling:client_ask": {},
    "counselling:consent_text_review": {"good": ["1"]},
    "counselling:draft_keep": {"concern": ["sucht Arbeit"], "client": [""]},
    "counselling:emergency_file": {"reason": ["Anruf der Klinik von heute"]},
    "counselling:event_delete": {},
    "counselling:event_put_on_list": {"client": ["00000000-0000-0000-0000-000000000000"]},
    "counselling:follow_up_reopen": {},
    "counselling:institution_restore": {},
    "counselling:reminder_note": {"reminded": ["1"]},
    "questionnaires:review_part": {"part": ["work"], "seen": ["0"]},
    "counselling:short_contact_undo": {},
    "interviews:question": {"value": ["yes"]},
    "kiosk:end": {},
    "questionnaires:copy": {},
    "questionnaires:put_back_text": {"change": ["0"], "revision": ["1"]},
    "questionnaires:remove_recording": {},
    "reporting:programme_rest": {},
    "rights:hold_lift": {},
}
