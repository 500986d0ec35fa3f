"""What every field of this room says about a person: almost all of it belongs to one client."""

from django.utils.translation import gettext_lazy as _

from iqquadrat.core.classification import (
    RECORDED,
    Apart,
    Class,
    ErasingTable,
    Goes,
    LeftOut,
    Remains,
    Table,
    noon_of,
)

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

# What somebody wants to reach says much about them: training, papers, health between the lines.
GOAL_WORDS = {
    "kind": S, "text": S, "own_text": S, "own_language": S, "due_on": P, "due_precision": P, "done_by": P, "state": S,
    "ended_on": P, "outcome_note": S,
}  # fmt: skip

FIELDS: Table = {
    "Assessment": RECORDED | {
        "public_id": I, "client": I, "centre": P, "response": I, "mother_tongue": S, "measuring": S, "state": P,
        "started_at": P, "finished_at": P, "discussed_at": P, "programme_code": P, "pair": P, "submission": P,
    },
    "KioskCode": {
        "id": P, "assessment": I, "code_hmac": P, "created_at": P, "expires_at": P, "used_at": P,
    },
    # Keyed hashes of a device and a network: they still tell one apart from another.
    "KioskAttempt": {"id": P, "device": I, "network": I, "at": P},
    "KioskSession": {
        "id": P, "assessment": I, "token_hash": P, "epoch": P, "last_seq": P, "started_at": P, "last_seen": P, "ends_at": P,
        "ended_at": P, "ended_reason": P, "text_size": P, "high_contrast": P,
    },
    "KioskOperation": {"op_id": P, "session": I, "digest": S, "reply": S},
    "ParadataEvent": {
        "id": P, "session": I, "seq": P, "item_key": P, "item_version": P, "text_versions": S, "event": S, "state": S,
        "ms": S, "at": P,
    },
    "EvidenceResult": {
        "id": P, "assessment": I, "codes": S, "probes": S, "measures": S, "marks": S, "overall": S, "level": S,
        "thresholds": P, "computed_at": P,
    },
    "EvidenceSetAside": {
        "id": P, "assessment": I, "reason": S, "at": P, "by": P, "undone_at": P, "undone_by": P,
    },
    "FieldConfirmation": RECORDED | {"assessment": I, "row_key": S, "evidence": S, "years": S, "note": S},
    "ClientRemark": RECORDED | {"assessment": I, "text": S, "said_on": P, "submission": P},
    "ProfileRelease": RECORDED | {
        "assessment": I, "items": S, "shown": I, "text_version": P, "explained_in": S, "released_at": P, "ended_at": P,
        "ended_how": P, "ended_by": P,
    },
    "AgreedGoal": RECORDED | GOAL_WORDS | {
        "public_id": I, "client": I, "assessment": I, "agreed_on": P, "submission": P,
    },
    "EarlierGoal": GOAL_WORDS | {"id": P, "goal": I, "number": P, "until_at": P, "replaced_by": P},
    "PaperBatch": RECORDED | {
        "public_id": P, "centre": P, "submission": P, "state": P, "kinds": P, "language": P, "fetched_at": P, "attempt": P,
        "queued_at": P, "heard_at": P, "done": P, "total": P, "stop_asked": P, "fault": P,
    },
    "BatchPaper": {"id": P, "batch": P, "assessment": I, "kind": P, "language": S, "content": I, "is_missing": P},
}  # fmt: skip

ERASING: ErasingTable = {
    "Assessment": Remains(
        words=_("Competence assessments: begun, finished, discussed and the language chosen stay without a person; all answers go."),
        figures=("centre", "mother_tongue", "state", "programme_code"),
        ties=("client", "response"),
        put={
            "started_at": noon_of("started_at"), "finished_at": noon_of("finished_at"), "discussed_at": noon_of("discussed_at"),
            "created_at": noon_of("created_at"), "pair": ["house", "house"],
        },
        owns=("response",),
    ),
    "KioskCode": Goes(raw=True),
    "KioskAttempt": Apart(reason="Keyed hashes of a device and a network, gone after a quarter of an hour."),
    "KioskSession": Goes(raw=True),
    "KioskOperation": Goes(raw=True),
    "ParadataEvent": Goes(words=_("Events at the PC"), raw=True),
    "EvidenceResult": Goes(words=_("Language evidence"), raw=True),
    "EvidenceSetAside": Goes(),
    "FieldConfirmation": Goes(words=_("Lines of the profile that were confirmed")),
    "ClientRemark": Goes(words=_("Remarks of the client")),
    "ProfileRelease": Goes(words=_("What the client released for employers")),
    "AgreedGoal": Goes(words=_("Agreed goals")),
    "EarlierGoal": Goes(words=_("Earlier wordings of agreed goals")),
    "PaperBatch": Apart(reason="An order of papers by a counsellor; the papers themselves go."),
    "BatchPaper": Goes(words=_("Papers that wait to be fetched"), raw=True),
}  # fmt: skip

LEFT_OUT: LeftOut = {
    "KioskCode": "Codes to start the questionnaire, used up and stored as a hash that nobody can read back.",
    "KioskOperation": "A copy of the answer that is being saved, for a repeated sending; gone when the session ends.",
    "BatchPaper": "A copy, a day old at most, of a paper made from the rows that are handed over.",
    "KioskSession.token_hash": "A hash of the address of the session, which is over.",
}
