"""What the walk over every form has to be told: what keeps a form from writing twice, what guessing cannot fill in, and which buttons
a page shows only in another state. The reasons were read in the views and services; a new route gets one of its own."""

from tests.fixtures.people import PASSWORD

# What keeps a route without submission and revision from writing twice.
SHIELD: dict[str, str] = {
    **dict.fromkeys(("accounts:set_theme", "competence:discussed", "counselling:follow_up_done", "counselling:referral_arrival",
        "placements:vacancy_state", "reporting:programme_use"), "sets one fact; the same again changes nothing"),
    **dict.fromkeys(("administration:user_close", "counselling:institution_retire", "counselling:topic_retire", "counselling:consent_withdraw",
        "counselling:draft_discard", "counselling:draft_restore"), "a state that is there already is left alone"),
    **dict.fromkeys(("counselling:appointment_delete", "counselling:referral_delete", "counselling:topic_delete", "businesses:section_remove"),
        "what is gone is a 404"),
    **dict.fromkeys(("accounts:sign_out", "accounts:confirm", "accounts:password_change"), "about the session and the own password only"),
    "accounts:account": "the own account: the same person, the last word counts",
    "administration:user_password_link": "sends a letter; more than a few an hour are refused",
    "businesses:section_assign": "a section is given once (unique in the database)",
    "competence:set_aside": "one that stands is left alone (unique in the database)",
    "counselling:client_reassign": "who is in charge already stays in charge",
    "counselling:consent_give": "one in force is left alone (unique in the database)",
    "counselling:merge_undo": "what is undone is undone",
    "counselling:topic_move": "moves one place; no record is made",
    "interviews:interview_finish": "an interview is handed in once",
    "kiosk:code": "a newer code puts an end to the older one",
    "kiosk:hand_over": "ends the staff session; the second one has none",
    "placements:placement_detail": "a step follows on the step it was seen at",
    "placements:placement_undo": "a step is undone once",
    "questionnaires:import": "a workbook with the same content is the same version",
}  # fmt: skip
# What guessing cannot fill in.
FACTS: dict[str, dict[str, list[str]]] = {
    "administration:centre": {"website": ["ort.example"]},
    "accounts:confirm": {"password": [PASSWORD]},
    "accounts:password_change": {
        "old_password": [PASSWORD],
        "new_password1": ["noch-ein-Kennwort-2"],
        "new_password2": ["noch-ein-Kennwort-2"],
    },
    "businesses:business_create": {"number": ["52a"]},
    "counselling:institution_create": {"website": ["ort.example"], "name_de": ["Wegweiser"]},
    "counselling:institution_edit": {"website": ["ort.example"]},
    "counselling:client_edit": {"birth": ["1991"], "residence_until": []},
    "counselling:client_create": {"birth": ["1991"], "residence_until": []},
    "placements:vacancy_create": {"field_of_work": ["kitchen"], "business": []},
    "placements:vacancy_edit": {"employer_name": []},
    "reporting:programme_create": {"code": ["neu"]},
    "reporting:programme_edit": {},
}
# Forms with the mark of an edit that make something new; the same German name is the same topic.
NEW = {"counselling:topic_create", "reporting:programme_create"}
# Buttons that a page shows only for a record in another state (closed, retired, done, undone), and what scripts send: the facts. They
# are sent all the same; what they do with the right record is in the tests of their rooms.
ELSEWHERE: dict[str, dict[str, list[str]]] = {
    "administration:user_reopen": {},
    "competence:take_back": {},
    "counselling:charge_end": {},
    "counselling:client_ask": {},
    "counselling:draft_keep": {"concern": ["sucht Arbeit"], "client": [""]},
    "counselling:emergency_file": {"reason": ["Anruf der Klinik von heute"]},
    "counselling:follow_up_reopen": {},
    "counselling:institution_restore": {},
    "counselling:short_contact_undo": {},
    "interviews:question": {"value": ["yes"]},
    "kiosk:end": {},
    "questionnaires:publish": {},
    "reporting:programme_rest": {},
}
