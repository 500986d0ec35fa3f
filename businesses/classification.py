"""What every field of this room says about a person. A small shop is often one person: its sign, its number, its words."""

from iqquadrat.core.classification import RECORDED, Apart, Class, ErasingTable, Table, plain

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

# Where a door is, which the address says as well.
_POSITION: dict[str, Class] = {"position_lat": I, "position_lon": I, "position_accuracy": P}

FIELDS: Table = {
    "WzBranch": plain("id", "version", "code", "level", "name_de", "kind"),
    "BranchSuccession": plain("id", "old", "new", "is_whole"),
    "Street": plain("id", "centre", "name", "line", "number_at_start", "number_at_end", "revision"),
    "Section": plain("id", "street", "name", "side", "number_from", "number_to", "frontage_m", "revision"),
    "Premises": {
        "id": P, "centre": P, "street": I, "house_number": I, "addition": I, "floor": P, "position": P,
        "frontage_m": P, "latitude": I, "longitude": I, "position_source": P,
    },
    "Business": RECORDED | {
        "public_id": I, "centre": P, "premises": I, "sign_name": I, "legal_name": I, "branch": P, "branch_words": P,
        "status": P, "languages": S, "size_band": P, "size_is_estimated": P, "phone": I, "email": I, "note": S,
        "predecessor": I, "reference": I, "planned_opening": P, "merged_into": I, "name_key": I, "confirmed_on": P, "confirmed_by": P, "programme_code": P, "search_key": I, "submission": P,
    },
    "TrainingPlace": RECORDED | {
        "business": I, "occupation": P, "created_on": P, "reason": P, "evidence": P, "programme_code": P, "submission": P,
    },
    "BusinessConsultation": RECORDED | {
        "business": I, "counsellor": P, "held_at": P, "minutes": P, "channel": P, "languages": S, "topic": P, "content": S,
        "agreed": S, "need": P, "follow_up_on": P, "programme_code": P, "submission": P,
    },
    "Need": RECORDED | {
        "public_id": P, "business": I, "topic": P, "urgency": P, "words": S, "source": P, "interview": P, "state": P, "in_charge": P,
        "due_on": P, "opened_on": P, "closed_on": P, "closed_by": P, "closing_proposed_on": P, "programme_code": P, "submission": P,
    },
    "NeedStep": {"id": P, "need": P, "at": P, "from_state": P, "to_state": P, "by": P, "note": S},
    "EventSeries": RECORDED | plain("public_id", "centre", "title", "certificate_share"),
    "Event": RECORDED | plain(
        "public_id", "centre", "series", "kind", "title", "state", "at", "ends_at", "place", "languages", "topic", "capacity",
        "responsible", "head_count", "programme_code", "submission",
    ) | {"agenda": S, "minutes": S, "cancel_reason": S},
    "Enrolment": RECORDED | {
        "series": P, "event": P, "business": I, "person_name": I, "need": P, "state": P, "submission": P,
    },
    "EventAttendance": {"id": P, "event": P, "business": I, "presence": P, "heads": P},
    "Invitation": {"id": P, "event": P, "business": I, "language": S, "made_at": P, "made_by": P},
    "Wave": RECORDED | plain(
        "public_id", "centre", "name", "starts_on", "ends_on", "version", "programme_code", "with_photos", "closed_at", "submission"
    ),
    "Observation": _POSITION | {
        "id": P, "business": I, "seen_on": P, "status": P, "wave": P, "by": P, "sign_name": I, "trade": P, "languages": S, "before": I,
    },
    "Unit": {"id": P, "wave": P, "business": I, "status": P, "disposition": P},
    "Assignment": {
        "id": P, "wave": P, "surveyor": P, "street": P, "side": P, "number_from": P, "number_to": P,
    },
    "UnitPhoto": {
        "id": P, "public_id": P, "unit": I, "file": I, "size": P, "taken_at": P, "by": P, "received_at": P,
    },
    "ContactAttempt": _POSITION | {
        "id": P, "unit": I, "surveyor": P, "at": P, "disposition": P, "channel": P, "reason": S, "note": S, "revision": P,
        "submission": P,
    },
    "Doorstep": {
        "id": P, "attempt": I, "branch_words": P, "size_band": P, "since_year": P, "since_band": P, "languages": S, "trains": P,
        "come_again": P, "contact": I,
    },
    "CallBack": {
        "id": P, "interview": I, "seed": P, "drawn_at": P, "drawn_by": P, "outcome": P, "minutes": P, "note": S, "called_at": P,
        "called_by": P,
    },
    "Interview": RECORDED | _POSITION | {
        "public_id": I, "business": I, "wave": P, "response": I, "surveyor": P, "channel": P, "language": S,
        "with_interpreter": S, "started_at": P, "completed_at": P, "disposition": P, "note": S, "turn": P, "submission": P,
    },
    "FieldOperation": {
        "id": P, "surveyor": P, "uuid": P, "digest": I, "seq": P, "kind": P, "unit": I, "interview": I, "result": P, "code": P,
        "received_at": P,
    },
    "CityFigure": RECORDED | plain("centre", "branch", "year", "units", "source"),
    "AnalysisReport": RECORDED | plain(
        "public_id", "wave", "state", "content", "submission", "attempt", "queued_at", "heard_at", "done", "total", "stop_asked", "fault"
    ),
    "BusinessConsent": {
        "id": P, "business": I, "interview": I, "purpose": P, "text_version": P, "channel": P, "given_at": P,
        "withdrawn_at": P, "contact": I, "noted_by": P,
    },
    "Contact": RECORDED | {
        "business": I, "name": I, "role": P, "phone": I, "email": I, "languages": S, "reach": P, "submission": P,
    },
    "BusinessMerge": {
        "id": P, "centre": P, "kept": I, "absorbed": I, "submission": P, "merged_at": P, "merged_by": P, "undone_at": P, "undone_by": P,
        "details": I, "details_cleared_at": P,
    },
    "ReallyTwo": {
        "id": P, "centre": P, "first": I, "second": I, "reason": S, "decided_at": P, "decided_by": P,
    },
    "RegisterImport": RECORDED | {
        "public_id": P, "centre": P, "submission": P, "state": P, "file_name": I, "file_format": P, "sheet": I, "headers": I, "rows": P,
        "columns": P, "meanings": P, "defaults": P, "checked_at": P, "broken_rows": P, "result": P, "imported_at": P, "ended_at": P,
        "attempt": P, "queued_at": P, "heard_at": P, "done": P, "total": P, "stop_asked": P, "fault": P,
    },
    "RegisterFilePart": {"id": P, "run": P, "number": P, "content": I},
    "RegisterRow": {
        "id": P, "run": P, "line": P, "cells": I, "facts": I, "reference": I, "place_key": I, "plan": P, "match": I, "match_line": P, "chosen_line": P,
        "changes": P, "choice": P,
    },
    "RegisterProblem": {"id": P, "run": P, "line": P, "column": P, "field": P, "message": I},
    "RegisterRecord": {
        "id": P, "run": P, "line": P, "business": I, "was_made": P, "before": I, "revision": P,
    },
    "ValueMeaning": {
        "id": P, "centre": P, "field": P, "written": P, "code": P, "changed_at": P, "changed_by": P,
    },
}  # fmt: skip

# A business is no client; its own clock of retention clears what was noted (retention.py).
_BUSINESS = Apart(reason="A business, not a client.")
ERASING: ErasingTable = dict.fromkeys(
    (
        "Premises", "Business", "TrainingPlace", "BusinessConsultation", "EventAttendance", "Unit", "ContactAttempt", "BusinessConsent",
        "Observation", "Doorstep", "CallBack", "Need", "NeedStep", "Event", "Enrolment", "Invitation",
        "FieldOperation", "UnitPhoto", "Contact", "BusinessMerge", "ReallyTwo", "RegisterImport",
        "RegisterFilePart", "RegisterRow", "RegisterProblem", "RegisterRecord", "ValueMeaning",
    ),
    _BUSINESS,
) | {"Interview": Apart(reason=_BUSINESS.reason, owns=("response",))}  # fmt: skip
