"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from iqquadrat.rights.services.erasing import erase_client, preview
from iqquadrat.rights.services.handing_over import hand_over_file, hand_over_paper
from iqquadrat.rights.services.proposing import may_propose, propose_erasing, take_back_proposal
from iqquadrat.rights.services.requests import answer_request, hold_client, lift_hold, note_request
from iqquadrat.rights.services.restoring import apply_erasures
from iqquadrat.rights.services.retention import apply_retention, months_of, set_months, what_is_due

__all__ = [
    "answer_request", "apply_erasures", "apply_retention", "erase_client", "hand_over_file", "hand_over_paper", "hold_client", "lift_hold",
    "may_propose", "months_of", "note_request", "preview", "propose_erasing", "set_months", "take_back_proposal", "what_is_due",
]  # fmt: skip
