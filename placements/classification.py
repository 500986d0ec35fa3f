"""What every field of this room says about a person: the vacancy little, the way of a client into it much."""

from django.utils.translation import gettext_lazy as _

from iqquadrat.core.classification import RECORDED, Apart, Class, ErasingTable, Goes, Remains, Table, noon_of

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    # An employer may be one person, and what somebody noted about the work may name one.
    "Vacancy": RECORDED | {
        "public_id": P, "centre": P, "business": I, "employer_name": I, "title": P, "kind": P, "field_of_work": P,
        "positions": P, "hours_per_week": P, "times": P, "place": P, "german_required": P, "languages": P, "requirements": S,
        "starts_on": P, "valid_until": P, "source": P, "state": P, "discard_reason": S, "opened_on": P, "programme_code": P, "submission": P,
    },
    "VacancyNaming": {"id": P, "vacancy": P, "interview": P, "question": P},
    "Placement": RECORDED | {
        "public_id": I, "centre": P, "client": I, "vacancy": S, "category": S, "started_on": S, "ended_on": S,
        "hours_per_week": S, "contract_until": S, "funding": S, "trial_basis": S, "trial_until": S, "programme_code": P,
        "submission": P,
    },
    "PlacementEvent": {
        "id": P, "placement": I, "stage": S, "at": P, "by": P, "reason": S, "note": S, "undoes": P,
    },
    "Ownership": RECORDED | {"client": I, "business": I, "submission": P},
    "RetentionCheck": RECORDED | {
        "public_id": I, "placement": I, "months": P, "due_on": S, "situation": S, "source": S, "asked_on": S, "note": S,
    },
}  # fmt: skip

ERASING: ErasingTable = {
    "Vacancy": Apart(reason="Work that a business offers; what is noted about it is no client's."),
    "VacancyNaming": Apart(reason="Ties a vacancy to a business's interview; no client is in it."),
    "Placement": Remains(
        words=_("Placements: vacancy, category, begin and end stay without a person; every note goes."),
        figures=("centre", "vacancy", "category", "started_on", "ended_on", "programme_code"),
        ties=("client",),
        put={"created_at": noon_of("created_at")},
    ),
    "Ownership": Goes(words=_("Which business the client runs")),
    # The moment orders the steps of one placement.
    "PlacementEvent": Remains(words="", figures=("stage", "at", "by", "reason"), ties=("placement", "undoes")),
    "RetentionCheck": Remains(
        words=_("What became of a placement after 3, 6 and 12 months stays without a person; every note goes."),
        figures=("months", "due_on", "situation", "source", "asked_on"),
        ties=("placement",),
        put={"created_at": noon_of("created_at")},
    ),
}  # fmt: skip
