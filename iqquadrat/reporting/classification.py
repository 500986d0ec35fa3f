"""What every field of this room says about a person: nothing, it holds programmes and sums."""

from iqquadrat.core.classification import RECORDED, Table, plain

FIELDS: Table = {
    "Programme": RECORDED | plain(
        "code", "name", "title", "funder", "reference", "starts_on", "ends_on", "centres"
    ),
    "Target": plain("id", "programme", "figure", "value"),
}  # fmt: skip
