"""What every field of this room says about a person. Erasure, export and retention are derived from this page."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.remnants import (
    birth_date_of_group,
    birth_precision_of_group,
    erased_number,
    month_of_charge,
)
from iqquadrat.core.classification import RECORDED as _RECORDED
from iqquadrat.core.classification import (
    Apart,
    Class,
    ErasingTable,
    Goes,
    LeftOut,
    Remains,
    Table,
    TellingTable,
    noon_of,
)

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    "Client": _RECORDED | {
        "public_id": I, "number": I, "centre": P, "submission": P,
        "kind": P, "pseudonym": I,
        "family_name": I, "given_name": I, "latin_family_name": I, "latin_given_name": I, "aliases": I,
        "name_order": P, "form_of_address": P, "birth_date": I, "birth_precision": P, "birth_calendar": S,
        "age_band": P, "age_band_on": P, "gender": S,
        "country_of_birth": S, "nationalities": S, "arrived_year": S, "spoken_languages": S, "reading_language": S,
        "residence_status": S, "residence_until": S, "work_permission": S,
        "street": I, "postal_code": I, "district": P, "phone": I, "email": I, "messenger": I,
        "school_isced": P, "training": P, "labour_market_status": S, "income_type": S, "recognition": S,
        "driving_licences": P, "availability": S,
        "heard_from": P, "counsellor": P, "in_charge_since": P, "programme_code": P, "search_key": I,
        "merged_into": I, "absorbed_keys": I, "erased_at": P,
    },
    "Charge": _RECORDED | {
        "client": I, "user": P, "kind": P, "since": P, "until": P, "reason": S, "submission": P,
    },
    "Situation": _RECORDED | {
        "client": I, "submission": P, "since": S, "labour_market_status": S, "income_type": S,
    },
    "LanguageSkill": _RECORDED | {
        "client": I, "submission": P, "language": S, "speaking": S, "reading": S, "source": P, "noted_on": P,
    },
    "Case": _RECORDED | {
        "public_id": P, "centre": P, "client": I, "submission": P, "goal": S, "opened_on": P, "opened_by": P,
        "closed_on": P, "closed_by": P, "outcome": S, "outcome_note": S, "programme_code": P,
    },
    "Merge": {
        "id": P, "centre": P, "kept": I, "absorbed": I, "submission": P, "merged_at": P, "merged_by": P, "undone_at": P,
        "undone_by": P, "details": I, "details_cleared_at": P,
    },
    "ClientCounter": {"id": P, "centre": P, "year": P, "last": P},
    "Consent": _RECORDED | {
        "client": I, "purpose": P, "text_version": P, "explained_in": S, "given_at": P, "withdrawn_at": P,
        "employer_name": S,
    },
    "ConsentVersion": {
        "id": P, "centre": P, "purpose": P, "version": P, "submission": P, "made_at": P, "made_by": P,
    },
    "ConsentText": {
        "id": P, "version": P, "language": P, "text": P, "revision": P, "written_at": P, "written_by": P, "reviewed_at": P,
        "reviewed_by": P,
    },
    "Topic": {
        "id": P, "key": P, "name": P, "position": P, "retired_at": P,
        "name_de": P, "name_ru": P, "name_vi": P, "name_ar": P, "name_fa": P, "name_tr": P, "name_uk": P, "name_ku": P,
        "name_en": P, "name_fr": P,
    },
    "Consultation": _RECORDED | {
        "public_id": P, "centre": P, "client": I, "counsellor": P, "case": P, "submission": P, "held_at": P, "minutes": P,
        "channel": P, "languages": S, "interpretation": P, "main_topic": S, "other_topics": S, "concern": S, "done": S,
        "agreed": S, "private_note": S, "is_no_show": P, "programme_code": P,
    },
    "ShortContact": _RECORDED | {
        "centre": P, "counsellor": P, "submission": P, "at": P, "language": P, "topic": P, "channel": P, "minutes": P,
        "programme_code": P,
    },
    "Institution": _RECORDED | {
        "centre": P, "submission": P, "name": P, "kind": P, "street": P, "postal_code": P, "city": P, "phone": P, "email": P,
        "website": P, "opening_hours": P, "directions": P, "ask_for": P, "languages": P, "topics": P, "notes": P, "retired_at": P, "search_key": P,
        "match_key": P, "name_de": P, "name_ru": P, "name_vi": P, "name_ar": P, "name_fa": P, "name_tr": P, "name_uk": P,
        "name_ku": P, "name_en": P, "name_fr": P,
    },
    "Referral": _RECORDED | {
        "public_id": P, "centre": P, "client": I, "institution": S, "direction": P, "topic": S, "consultation": P,
        "counsellor": P, "consent": P, "submission": P, "on": P, "ask_on": P, "passed_on": S, "arrived": P, "asked_on": P,
        "asked_by": P, "programme_code": P,
    },
    "Participation": _RECORDED | {
        "public_id": P, "client": I, "programme_code": P, "submission": P, "entered_on": P, "left_on": P, "gender": S, "status": S,
        "age_band": P, "isced": P,
    },
    "ParticipationSensitive": {
        "id": P, "participation": P, "third_country": S, "foreign_background": S, "minority": S, "disability": S, "homeless": S,
        "rural": S,
    },
    "ParticipationQuestion": _RECORDED | {
        "public_id": P, "participation": P, "kind": P, "due_on": P, "answer": P, "source": P, "asked_on": P, "job_searching": S,
        "in_education": S, "qualification": S, "in_employment": S, "improved": S,
    },
    "Addendum": {"id": P, "consultation": P, "author": P, "submission": P, "at": P, "text": S},
    "Draft": {
        "id": P, "key": P, "author": P, "client": I, "typed": S, "begun_at": P, "changed_at": P, "discarded_at": P,
    },
    "EmergencyAccess": {"id": P, "client": I, "user": P, "reason": S, "opened_at": P, "until": P},
    "FollowUp": _RECORDED | {
        "client": I, "consultation": P, "assigned_to": P, "submission": P, "due_on": P, "text": S, "done_at": P,
        "done_by": P,
    },
    "Appointment": _RECORDED | {
        "public_id": P, "centre": P, "counsellor": P, "client": I, "submission": P, "starts_at": P, "minutes": P,
        "title": S, "language": S, "channel": P, "room": P, "series": P, "cancelled": P, "cancelled_at": P, "cancelled_by": P,
        "reminded_at": P, "reminded_by": P,
    },
    "Absence": _RECORDED | {
        "centre": P, "counsellor": P, "first_day": P, "last_day": P, "deputy": P, "submission": P,
    },
    "AbsenceCover": {"id": P, "absence": P, "client": I, "deputy": P, "note": S},
    "CalendarFeed": {"id": P, "user": P, "token_hash": P, "submission": P, "made_at": P},
    "GroupEvent": _RECORDED | {
        "public_id": P, "centre": P, "submission": P, "title": P, "kind": P, "at": P, "languages": P, "place": P, "topic": P,
        "minutes": P, "volunteers": I, "head_count": P, "programme_code": P,
    },
    "Attendance": {"id": P, "consultation": P, "client": I},
    "EventAttendance": _RECORDED | {"event": P, "client": I, "came": P},
    "VolunteerWork": _RECORDED | {
        "centre": P, "submission": P, "user": P, "name": I, "on": P, "minutes": P, "activity": P, "note": P, "programme_code": P,
    },
    # What stands in a file is of all classes, in whatever column: files, rows and what is said of them are kept for days only.
    "ImportRun": _RECORDED | {
        "public_id": P, "centre": P, "submission": P, "kind": P, "state": P, "file_name": I, "file_format": P, "sheet": I,
        "headers": I, "rows": P, "columns": P, "meanings": S, "defaults": P, "checked_at": P, "broken_rows": P, "numbers": P,
        "result": P, "imported_at": P, "ended_at": P, "attempt": P, "queued_at": P, "heard_at": P, "done": P, "total": P,
        "stop_asked": P, "fault": P,
    },
    "ImportFilePart": {"id": P, "run": P, "number": P, "content": I},
    "ImportRow": {
        "id": P, "run": P, "line": P, "cells": I, "facts": I, "reference": I, "whole_key": I, "part_keys": I, "birth_date": I,
        "phone_key": I, "match": I, "match_line": P, "grounds": P, "choice": P,
    },
    "ImportProblem": {"id": P, "run": P, "line": P, "column": P, "field": P, "message": I},
    "ImportedRecord": {
        "id": P, "run": P, "centre": P, "line": P, "reference": I, "was_made": P, "client": I, "consultation": P,
        "short_contact": P,
    },
    "ImportMapping": {
        "id": P, "centre": P, "kind": P, "header_key": P, "columns": P, "meanings": S, "defaults": P, "changed_at": P,
        "changed_by": P,
    },
}  # fmt: skip

# What becomes of the tables when a client is erased. Why a column may stay: docs/decisions, erasing a person.
ERASING: ErasingTable = {
    "Client": Remains(
        words=_("A row without a name, for the figures: gender, age group, education and labour market status at entry."),
        figures=("centre", "gender", "school_isced", "labour_market_status", "counsellor", "programme_code"),
        ties=("merged_into",),
        put={
            "number": erased_number, "birth_date": birth_date_of_group, "birth_precision": birth_precision_of_group,
            "in_charge_since": month_of_charge, "created_at": noon_of("created_at"), "erased_at": lambda row: timezone.now(),
        },
    ),
    "Charge": Goes(words=_("Who was in charge, and who deputised")),
    "Situation": Goes(words=_("How work and income changed")),
    "LanguageSkill": Goes(words=_("Language levels")),
    "Case": Remains(
        words=_("Goals: the days, the outcome and the counsellor stay without a person; what the goal was goes."),
        figures=("centre", "opened_on", "opened_by", "closed_on", "closed_by", "outcome", "programme_code"),
        ties=("client",),
        put={"created_at": noon_of("created_at")},
    ),
    "Merge": Goes(raw=True),
    "Consent": Goes(words=_("Consents")),
    "Consultation": Remains(
        words=_("Consultations: day, length, way, languages and topics stay without a person; every note goes."),
        figures=(
            "centre", "counsellor", "minutes", "channel", "languages", "interpretation", "main_topic", "other_topics", "is_no_show",
            "programme_code",
        ),
        ties=("client",),
        put={"held_at": noon_of("held_at"), "created_at": noon_of("held_at")},
    ),
    "Referral": Remains(
        words=_("Referrals: day, institution, topic and arrival stay without a person; what was passed on goes."),
        figures=("centre", "institution", "direction", "topic", "counsellor", "on", "ask_on", "arrived", "asked_on", "programme_code"),
        ties=("client",),
        put={"created_at": noon_of("created_at")},
    ),
    "Participation": Remains(
        words=_("Participations in a programme: days, gender, age group, education and status at entry stay without a person."),
        figures=("programme_code", "entered_on", "left_on", "gender", "status", "age_band", "isced"),
        ties=("client",),
        put={"created_at": noon_of("created_at")},
    ),
    "ParticipationSensitive": Remains(
        words=_("Voluntary answers to the European Social Fund: yes or no stays without a person."),
        figures=("third_country", "foreign_background", "minority", "disability", "homeless", "rural"),
        ties=("participation",),
    ),
    "ParticipationQuestion": Remains(
        words=_("What became of somebody after a participation: day and result stay without a person."),
        figures=(
            "kind", "due_on", "answer", "source", "asked_on", "job_searching", "in_education", "qualification", "in_employment",
            "improved",
        ),
        ties=("participation",),
        put={"created_at": noon_of("created_at")},
    ),
    "Addendum": Goes(words=_("Addenda to notes")),
    "Draft": Goes(words=_("Drafts"), raw=True),
    "EmergencyAccess": Goes(words=_("Openings of the file in an emergency")),
    "FollowUp": Goes(words=_("Follow-ups")),
    "Appointment": Goes(words=_("Appointments")),
    "ImportRow": Goes(words=_("Rows of lists that are being imported and are like this person")),
    "ImportedRecord": Goes(),
    "ImportRun": Apart(reason="A file on its way in: what it is called and how its columns are; deleted after some weeks."),
    "ImportFilePart": Apart(reason="A file until it is read, some seconds long."),
    "ImportProblem": Apart(reason="What is wrong with a row that nobody has come in by; deleted with the rows."),
    "ImportMapping": Apart(reason="How a centre calls codes in its lists: no row of a list."),
    "AbsenceCover": Goes(words=_("Who looked after the client during absences")),
    "Attendance": Remains(
        words=_("Attendance in talks with several persons: stays without a name, because persons are counted."),
        ties=("consultation", "client"),
    ),
    "EventAttendance": Goes(words=_("Places on the lists of events; the events count heads")),
    "GroupEvent": Apart(reason="It names volunteers, no clients; the list of clients goes."),
    "VolunteerWork": Apart(reason="A volunteer, not a client."),
}  # fmt: skip

# What is handed over to who took part in a talk whose note lies in another file, or in an event: that it was, and about what.
TOLD: TellingTable = {
    "Attendance": {"consultation": ("held_at", "channel", "minutes", "main_topic", "other_topics")},
    "EventAttendance": {"event": ("at", "kind", "minutes", "topic")},
}

# What is not handed over to a client who asks for the own data. The private note is: it is about the person, and no note is secret.
LEFT_OUT: LeftOut = {
    "ImportRow": "A row of a list that may be about somebody else: nobody has decided yet. It comes in or is deleted within 14 days.",
    "Attendance.client": "A number that the computer gives each person; who else took part in a talk is told to nobody.",
    "Client.search_key": "Made by the computer from the name and the numbers; it says nothing that is not in the record.",
    "Client.absorbed_keys": "Made by the computer from the names of merged records, which are handed over themselves.",
}
