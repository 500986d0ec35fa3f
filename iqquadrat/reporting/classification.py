"""What every field of this room says about a person: nothing, it holds programmes and sums."""

from iqquadrat.core.classification import RECORDED, Table, plain

FIELDS: Table = {
    "Programme": RECORDED | plain(
        "code", "name", "title", "funder", "reference", "starts_on", "ends_on", "centres", "esf_plus"
    ),
    "ClosedPeriod": plain(
        "id", "centre", "programme", "until", "submission", "closed_at", "closed_by", "reopened_at", "reopened_by", "reopened_reason"
    ),
    # Numbers of records, never names.
    "LateChange": plain("id", "period", "at", "by", "action", "object_type", "object_id", "day", "programme_code"),
    "Target": plain("id", "programme", "figure", "value"),
}  # fmt: skip
