"""Which figures and tables the public version shows, and how their numbers hang together.

Whoever reads a report knows the definitions: that the topics add up to the consultations, that the first-timers are part of the persons. What
is not declared here is not published: a new figure stays inside until somebody has said what it is part of. ``NEVER`` says of some why
they stay inside for good.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from businesses.enums import TrainingReason
from businesses.supported import COUNTED_SIZES
from counselling.enums import Arrived, GroupEventKind
from placements.categories import EMPLOYMENT, PRIMARY, TRAINING, Headline
from placements.enums import LASTING, Situation, VacancyKind
from placements.headlines import categories_of

DELAYS = (3, 6, 12)  # after so many months it is asked what became of a placement
HEADLINES = {f"persons_{headline}": headline for headline in Headline}

FIGURES = frozenset({
    "persons_advised", "persons_new", "contacts", "contacts_with_several", "short_contacts", "no_shows", "group_events", "event_reach",
    "outreach_reach", "volunteer_hours", "referrals", "referrals_arrived",
    "assessments_started", "assessments_completed", "assessments_discussed",
    "businesses_surveyed", "businesses_registered", "training_places_created", "vacancies_named", "business_events",
    "employment_relationships", "primary_labour_market", "training_taken_up", "placements_started", "placements_proposed",
    "lasting_3", "lasting_6", "lasting_12", "vacancies", "training_vacancies",
    "persons_returned", "services", "referrals_from", "cases_opened", "cases_closed",
    "training_places_first", "business_consultations", "business_event_heads", *HEADLINES,
    "due_3", "due_6", "due_12", "known_3", "known_6", "known_12",
    "eeco01", "eeco02", "eeco03", "eeco04", "eeco05", "eeco06", "eeco07", "eeco08", "eeco09", "eeco10", "eeco11", "eeco18", "eeco19",
    "eecr01", "eecr02", "eecr03", "eecr04", "eecr05", "eecr06",
})  # fmt: skip

# What stays inside for good, and why.
_VOLUNTARY = _(
    "Never in a public report: what persons said of free will about health, origin, minorities or housing stays inside."
)
_STOCK = _("Never in a public report: with the entries of adjoining periods it would give small counts away.")
NEVER: dict[str, Promise] = {
    **{f"eeco{number}": _VOLUNTARY for number in range(12, 18)},
    "persons_gone": _STOCK,
    "persons_present": _STOCK,
}  # fmt: skip
NOT_SAID = _("Not in public reports: it has not been said yet what it is part of.")

# Each row is a part of this figure, and all rows together are the whole of it.
ROWS_OF = {
    "topics": "contacts",
    "channels": "contacts",
    "short_contact_languages": "short_contacts",
    "assessment_languages": "assessments_started",
    "branches": "businesses_registered",
    "placements_by_category": "placements_started",
    "placements_by_field": "placements_started",
    "language_help": "contacts",
    "services_by_topic": "services",
    "event_heads_by_kind": "event_reach",
    "referrals_by_kind": "referrals",
    "arrivals": "referrals",
    "case_outcomes": "cases_closed",
    "training_ladder": "businesses_surveyed",
    "training_places_by_reason": "training_places_created",
    "business_consultations_by_topic": "business_consultations",
    "business_events_by_kind": "business_events",
    "business_event_heads_by_kind": "business_event_heads",
    "vacancies_by_kind": "vacancies",
    "vacancies_by_source": "vacancies",
    "vacancies_by_state": "vacancies",
    **{f"situation_{months}": f"due_{months}" for months in DELAYS},
}
# A record may stand in several rows: each row is a part of the figure, and together they are at least the whole.
MANY_ROWS_OF = {"languages": "contacts", "services_by_topic": "contacts"}
# Tables whose total is no figure.
ALONE = frozenset({"survey_results", "persons_by_headline", "esf_leaving", "esf_six_months", "eeco19_sizes"})
# Row by row at most what the row of the same key counts in the other table.
ROWS_AT_MOST = {"topics": "services_by_topic", "persons_by_headline": "placements_by_category"}
TABLES = ALONE | ROWS_OF.keys() | MANY_ROWS_OF.keys()

# A figure that is the sum of some rows of a table.
_KNOWN = tuple(situation for situation in Situation if situation is not Situation.UNKNOWN)
SOME_ROWS: dict[str, tuple[str, tuple[str, ...]]] = {
    "employment_relationships": ("placements_by_category", tuple(EMPLOYMENT)),
    "primary_labour_market": ("placements_by_category", tuple(PRIMARY)),
    "training_taken_up": ("placements_by_category", tuple(TRAINING)),
    **{f"lasting_{months}": (f"situation_{months}", LASTING) for months in DELAYS},
    **{f"known_{months}": (f"situation_{months}", _KNOWN) for months in DELAYS},
    **{figure: ("persons_by_headline", categories_of(headline)) for figure, headline in HEADLINES.items()},
    "referrals_arrived": ("arrivals", (Arrived.YES,)),
    "outreach_reach": ("event_heads_by_kind", (GroupEventKind.OUTREACH,)),
    "training_places_first": ("training_places_by_reason", (TrainingReason.FIRST_TIME,)),
    "training_vacancies": ("vacancies_by_kind", (VacancyKind.TRAINING,)),
    "eeco19": ("eeco19_sizes", tuple(COUNTED_SIZES)),
}
PART_OF = (
    ("persons_new", "persons_advised"), ("contacts_with_several", "contacts"), ("outreach_reach", "event_reach"),
    ("referrals_arrived", "referrals"), ("primary_labour_market", "employment_relationships"),
    ("employment_relationships", "placements_started"), ("training_vacancies", "vacancies"),
    ("persons_returned", "persons_advised"), ("training_places_first", "training_places_created"),
    *((f"known_{months}", f"due_{months}") for months in DELAYS), *((f"lasting_{months}", f"known_{months}") for months in DELAYS),
    ("eeco03", "eeco02"), *((f"eeco{number:02}", "eeco01") for number in range(2, 12)),
)  # fmt: skip
# Figures that exclude each other, together a part of another one: answers to one question.
TOGETHER_PART_OF = (
    (("eeco02", "eeco04", "eeco05"), "eeco01"), (("eeco06", "eeco07", "eeco08"), "eeco01"), (("eeco09", "eeco10", "eeco11"), "eeco01"),
)  # fmt: skip
# The same, of a row of a table: of whom it was found out in time.
TOGETHER_PART_OF_ROW: tuple[tuple[tuple[str, ...], tuple[str, str]], ...] = (
    (("eecr01", "eecr04"), ("esf_leaving", "known")), (("eecr02",), ("esf_leaving", "known")), (("eecr03",), ("esf_leaving", "known")),
    (("eecr05", "eecr06"), ("esf_six_months", "known")),
)  # fmt: skip
# At most the other figure; what lies between them is nobody: further topics of a talk, second starts of a person.
AT_MOST = (
    ("contacts", "services"), ("persons_insured", "primary_labour_market"), ("persons_training", "training_taken_up"),
)  # fmt: skip
BY_MONTH = ("contacts", "short_contacts")

# The steps of the way to work, in their order: the first is a figure of its own; each of the others is at most this figure.
STEP_IS = "persons_advised"
STEP_AT_MOST = {
    1: "assessments_started",
    2: "assessments_completed",
    3: "placements_proposed",
    4: "employment_relationships",
    5: "lasting_6",
}

# Counted anew for every period: a person of two quarters is one person of the year, a shop of the register stands in all.
NOT_ADDITIVE = frozenset({
    "persons_advised", "persons_returned", "businesses_registered", "branches", "survey_results", "step", "persons_by_headline", *HEADLINES,
    "eeco18", "eeco19", "eeco19_sizes",
})  # fmt: skip
# Counted up to the last day, whenever the period began: what stood there at the end of one period still does at the end of a later one.
UP_TO_THE_END = frozenset({"businesses_registered", "branches"})
