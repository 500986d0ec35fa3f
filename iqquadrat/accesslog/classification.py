"""What every field of this room says about a person. The log holds numbers of records, never names or contents."""

from iqquadrat.core.classification import Class, Table

I, P = Class.IDENTIFYING, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    "Entry": {
        "id": P, "at": P, "action": P, "user_id": I, "centre_id": P, "object_type": P, "object_id": I, "detail": P,
    },
}  # fmt: skip
