"""Which figures and tables the public version shows, and how their numbers hang together.

Whoever reads a report knows the definitions: that the topics add up to the consultations, that the first-timers are part of the persons. What
is not declared here is not published: a new figure stays inside until somebody has said what it is part of.
"""

from placements.categories import EMPLOYMENT, PRIMARY, TRAINING
from placements.enums import LASTING

FIGURES = frozenset({
    "persons_advised", "persons_new", "contacts", "contacts_with_several", "short_contacts", "no_shows", "group_events", "event_reach",
    "outreach_reach", "volunteer_hours", "referrals", "referrals_arrived",
    "assessments_started", "assessments_completed", "assessments_discussed",
    "businesses_surveyed", "businesses_registered", "training_places_created", "vacancies_named", "business_events",
    "employment_relationships", "primary_labour_market", "training_taken_up", "placements_started", "placements_proposed",
    "lasting_3", "lasting_6", "lasting_12", "vacancies", "training_vacancies",
})  # fmt: skip

# Each row is a part of this figure, and all rows together are the whole of it.
ROWS_OF = {
    "topics": "contacts",
    "channels": "contacts",
    "short_contact_languages": "short_contacts",
    "assessment_languages": "assessments_started",
    "branches": "businesses_registered",
    "placements_by_category": "placements_started",
    "placements_by_field": "placements_started",
}
# A record may stand in several rows: each row is a part of the figure, and together they are at least the whole.
MANY_ROWS_OF = {"languages": "contacts"}
# Tables whose total is no figure.
ALONE = frozenset({"survey_results", "situation_3", "situation_6", "situation_12"})
TABLES = ALONE | ROWS_OF.keys() | MANY_ROWS_OF.keys()

# A figure that is the sum of some rows of a table.
SOME_ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "employment_relationships": ("placements_by_category", tuple(EMPLOYMENT)),
    "primary_labour_market": ("placements_by_category", tuple(PRIMARY)),
    "training_taken_up": ("placements_by_category", tuple(TRAINING)),
    **{f"lasting_{months}": (f"situation_{months}", LASTING) for months in (3, 6, 12)},
}
PART_OF = (
    ("persons_new", "persons_advised"), ("contacts_with_several", "contacts"), ("outreach_reach", "event_reach"),
    ("referrals_arrived", "referrals"), ("primary_labour_market", "employment_relationships"),
    ("employment_relationships", "placements_started"), ("training_vacancies", "vacancies"),
)  # fmt: skip
BY_MONTH = ("contacts", "short_contacts")

# The steps of the way to work, in their order: the first is a figure of its own; each of the others is at most this figure.
STEP_IS = "persons_advised"
STEP_AT_MOST = {
    1: "assessments_started",
    2: "assessments_completed",
    3: "placements_proposed",
    4: "employment_relationships",
}

# Counted anew for every period: a person of two quarters is one person of the year, a shop of the register stands in all.
NOT_ADDITIVE = frozenset({"persons_advised", "businesses_registered", "branches", "survey_results", "step"})
