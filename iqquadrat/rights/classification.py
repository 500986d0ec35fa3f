"""What every field of this room says about a person."""

from django.utils.translation import gettext_lazy as _

from iqquadrat.core.classification import RECORDED, Class, ErasingTable, Goes, Remains, Table, noon_of, plain

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    # Keyed hashes, and the number of what is left: neither leads to a person.
    "Erasure": plain("id", "centre", "at", "by", "proposed_by", "ground", "identifier_hash", "number_hash", "left_as"),
    "LegalHold": {
        "id": P, "client": I, "reason": S, "until": P, "set_at": P, "set_by": P, "lifted_at": P, "lifted_by": P,
    },
    "PersonRequest": RECORDED | {
        "centre": P, "client": I, "submission": P, "kind": S, "words": S, "asked_by": P, "way": P, "received_on": P, "due_on": P,
        "proposed_at": P, "proposed_by": P, "done_on": P,
        "done_by": P, "outcome": P, "outcome_words": S,
    },
    "RetentionPeriod": plain("id", "centre", "clock", "months", "valid_from", "set_at", "set_by"),
}  # fmt: skip

ERASING: ErasingTable = {
    "LegalHold": Goes(),
    # That requests were answered in time must be shown, also after the client is gone.
    "PersonRequest": Remains(
        words=_("Requests: kind, days and result stay without a person; the words go."),
        figures=("centre", "kind", "asked_by", "way", "received_on", "due_on", "done_on", "done_by", "outcome"), ties=("client",),
        put={"created_at": noon_of("created_at")},
    ),
}  # fmt: skip
