"""What every field of this room says about a person: nothing, it holds programmes and sums."""

from iqquadrat.core.classification import RECORDED, Table, plain

FIELDS: Table = {
    "Programme": RECORDED | plain(
        "code", "name", "title", "starts_on", "ends_on", "centres", "esf_plus"
    ),
    "ClosedPeriod": plain(
        "id", "centre", "programme", "until", "submission", "closed_at", "closed_by", "reopened_at", "reopened_by", "reopened_reason"
    ),
    # Numbers of records, never names.
    "LateChange": plain("id", "period", "at", "by", "action", "object_type", "object_id", "day", "programme_code"),
    "ProgrammeFunder": plain("id", "programme", "position", "name", "reference", "share"),
    # Sums and words about sums; who made and approved them are colleagues.
    "FrozenReport": RECORDED | plain(
        "public_id", "centre", "programme", "starts_on", "ends_on", "state", "content", "sha256", "counted_at", "software", "replaces",
        "approved_at", "approved_by", "sent_back_at", "sent_back_by", "sent_back_reason", "handed_in_on", "handed_in_by", "handed_in_to",
        "submission", "attempt", "queued_at", "heard_at", "done", "total", "stop_asked", "fault",
    ),
    "PublishedReport": plain(
        "id", "public_id", "report", "content", "sha256", "published_at", "published_by", "withdrawn_at", "withdrawn_by"
    ),
    "ReportFile": RECORDED | plain(
        "public_id", "report", "kind", "state", "content", "submission", "attempt", "queued_at", "heard_at", "done", "total", "stop_asked",
        "fault",
    ),
    "Target": plain("id", "programme", "figure", "value", "year"),
}  # fmt: skip
