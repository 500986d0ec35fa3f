"""What every field of this room says about a person: the vacancy little, the way of a client into it much."""

from django.utils.translation import gettext_lazy as _

from iqquadrat.core.classification import RECORDED, Apart, Class, ErasingTable, Goes, Remains, Table, noon_of

I, S, P = Class.IDENTIFYING, Class.SENSITIVE, Class.PLAIN  # noqa: E741 - one letter a column keeps the table readable

FIELDS: Table = {
    # An employer may be one person, and what somebody noted about the work may name one.
    "Vacancy": RECORDED | {
        "public_id": P, "centre": P, "business": I, "employer_name": I, "title": P, "kind": P, "field_of_work": P,
        "positions": P, "hours_per_week": P, "times": P, "place": P, "postal_code": P, "working_slots": P,
        "german_required": P, "languages": P, "requirements": S, "experience_years": P, "licences_required": P, "licences_desired": P,
        "certificates_required": P, "certificates_desired": P, "other_certificate": P, "other_certificate_required": P, "kldb": P,
        "starts_on": P, "valid_until": P, "source": P, "state": P, "discard_reason": S, "opened_on": P,
        "confirmed_on": P, "in_charge": P, "public": P, "employer_hidden": P, "programme_code": P, "submission": P,
    },
    "VacancyNaming": {"id": P, "vacancy": P, "interview": P, "question": P},
    "Placement": RECORDED | {
        "public_id": I, "centre": P, "client": I, "vacancy": S, "category": S, "started_on": S, "ended_on": S,
        "hours_per_week": S, "monthly_pay": S, "contract_until": S, "funding": S, "trial_basis": S, "trial_from": S, "trial_until": S,
        "trial_longer": S, "programme_code": P, "submission": P,
    },
    "PlacementEvent": {
        "id": P, "placement": I, "stage": S, "at": P, "by": P, "reason": S, "note": S, "undoes": P,
    },
    "WageSubsidy": RECORDED | {
        "public_id": I, "placement": I, "kind": S, "authority": S, "percent": S, "starts_on": S, "ends_on": S, "applied_on": S,
        "granted_on": S, "declined_on": S, "submission": P,
    },
    "EmployerAnswer": {
        "id": P, "placement": I, "answered_on": S, "channel": P, "outcome": S, "reason": S, "words": S, "due_on": S, "noted_at": P, "by": P,
        "submission": P, "undoes": P,
    },
    "Ownership": RECORDED | {"client": I, "business": I, "submission": P},
    "RetentionCheck": RECORDED | {
        "public_id": I, "placement": I, "months": P, "due_on": S, "situation": S, "source": S, "asked_on": S, "note": S,
    },
    "JobSearch": RECORDED | {
        "client": I, "fields_experienced": S, "fields_trained": S, "fields_wished": S, "years_by_field": S, "hours_from": S, "hours_to": S,
        "slots": S, "certificates": S, "certificates_in_progress": S, "licence_in_progress": S, "minutes_limit": S, "legal": S,
        "legal_confirmed_on": S, "legal_confirmed_by": P, "as_of": S,
    },
    "TravelTime": RECORDED | {"centre": P, "code_a": P, "code_b": P, "minutes": P},
    "StoredMatch": {
        "id": P, "placement": I, "stored_at": S, "by": P, "weights_version": P, "facts": S, "table": S, "fit": S, "coverage": S,
        "group": S, "override_reason": S,
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
    "WageSubsidy": Goes(words=_("Wage subsidies: what was applied for and granted.")),
    "EmployerAnswer": Goes(words=_("What employers answered.")),
    "RetentionCheck": Remains(
        words=_("What became of a placement after 3, 6 and 12 months stays without a person; every note goes."),
        figures=("months", "due_on", "situation", "source", "asked_on"),
        ties=("placement",),
        put={"created_at": noon_of("created_at")},
    ),
    "JobSearch": Goes(words=_("Job search: fields of work, times, certificates, way to work.")),
    "StoredMatch": Goes(words=_("Checklists stored with proposals."), raw=True),
}  # fmt: skip
