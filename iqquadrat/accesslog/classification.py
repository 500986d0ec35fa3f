"""What every field of this room says about a person. The log holds numbers of records, never names or contents."""

from iqquadrat.core.classification import Apart, Class, ErasingTable, Table

I, P = Class.IDENTIFYING, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    "Entry": {
        "id": P, "at": P, "action": P, "user_id": I, "centre_id": P, "object_type": P, "object_id": I, "detail": P,
    },
}  # fmt: skip

ERASING: ErasingTable = {
    "Entry": Apart(
        reason="Who looked at what stays on record for its own clock; erasing empties the details of the entries about the client."
    ),
}
