"""The figures of this room, each with its records."""

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from businesses.counted import (
    business_consultations,
    business_events,
    businesses_registered,
    businesses_surveyed,
    training_places_created,
    vacancies_named,
)
from businesses.enums import BranchKind, TrainingReason
from businesses.models import Business
from businesses.tables import BREAKDOWNS
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Figure

__all__ = ["BREAKDOWNS", "FIGURES", "business_events"]

CHAPTER = "businesses"
_COMPLETE = _("None: no such record can be kept without it.")


def _link(business: Business) -> str:
    return reverse("businesses:business_detail", kwargs={"public_id": business.public_id})


_PLACE_COLUMNS = (
    (_("Business"), lambda row: row.business.display_name),
    (_("Occupation"), lambda row: row.occupation),
    (_("Created on"), lambda row: row.created_on),
    (_("Counts because"), lambda row: row.get_reason_display()),
    (_("Known by"), lambda row: row.get_evidence_display()),
)
_EVENT_COLUMNS = (
    (_("Title"), lambda row: row.title),
    (_("Kind"), lambda row: row.get_kind_display()),
    (_("When"), lambda row: row.at),
    (_("Persons"), lambda row: row.head_count),
)

FIGURES: list[Figure] = [
    Figure(
        code="businesses_surveyed",
        rule=_("The local day on which the interview was handed in lies in the period."),
        unit=_("interviews"),
        missing=_COMPLETE,
        name=_("Businesses surveyed"),
        definition=_(
            "Interviews that were handed in during the period: complete ones (80 per cent of the core questions or more answered) "
            "and partial ones (half or more). A business is interviewed once a wave."
        ),
        chapter=CHAPTER,
        rows=businesses_surveyed,
        drill_permission=Permission.INTERVIEW_READ,
        columns=(
            (_("Business"), lambda row: row.business.display_name),
            (_("Address"), lambda row: row.business.address),
            (_("Survey wave"), lambda row: row.wave.name),
            (_("Result"), lambda row: row.get_disposition_display()),
            (_("Finished"), lambda row: row.completed_at),
        ),
        link=lambda row: reverse("interviews:interview_detail", kwargs={"public_id": row.public_id}),
    ),
    Figure(
        code="businesses_registered",
        rule=_("The unit was written down by the last day of the period."),
        unit=_("businesses"),
        missing=_COMPLETE,
        name=_("Businesses in the register"),
        definition=_(
            "Units of the register written down by the end of the period, without vacant shops. Those that closed or moved stay in."
        ),
        chapter=CHAPTER,
        rows=businesses_registered,
        drill_permission=Permission.BUSINESS_READ,
        columns=(
            (_("Business"), lambda row: row.display_name),
            (_("Address"), lambda row: row.address),
            (
                _("Branch"),
                lambda row: (
                    BranchKind(row.branch.kind).label if row.branch and row.branch.kind else row.branch_words
                ),
            ),
            (_("Status"), lambda row: row.get_status_display()),
        ),
        link=_link,
    ),
    Figure(
        code="training_places_created",
        rule=_("The day on which the place was created lies in the period."),
        unit=_("training places"),
        missing=_COMPLETE,
        name=_("Training places created"),
        definition=_(
            "Training places that did not exist before: the business trains for the first time, or offers one place more than "
            "before. Counted on the day they were created, whether somebody has begun there or not."
        ),
        chapter=CHAPTER,
        rows=training_places_created,
        drill_permission=Permission.BUSINESS_READ,
        columns=_PLACE_COLUMNS,
        link=lambda row: _link(row.business),
        shared=training_places_created,
    ),
    Figure(
        code="training_places_first",
        name=_("of which in businesses that train for the first time"),
        part_of="training_places_created",
        definition=_("Training places created in businesses that had never trained before."),
        chapter=CHAPTER,
        rows=lambda period: training_places_created(period).filter(reason=TrainingReason.FIRST_TIME),
        drill_permission=Permission.BUSINESS_READ,
        columns=_PLACE_COLUMNS,
        link=lambda row: _link(row.business),
        shared=training_places_created,
        where=Q(reason=TrainingReason.FIRST_TIME),
        rule=_("The day on which the place was created lies in the period."),
        unit=_("training places"),
        missing=_COMPLETE,
    ),
    Figure(
        code="vacancies_named",
        rule=_("The local day on which the interview was handed in lies in the period."),
        unit=_("vacancies"),
        missing=_("Vacancies of which the interview names no field of work are not counted."),
        name=_("Vacancies named in interviews"),
        definition=_(
            "Vacancies that businesses described in interviews handed in during the period, at most three of each."
        ),
        chapter=CHAPTER,
        rows=vacancies_named,
        drill_permission=Permission.INTERVIEW_READ,
        columns=(
            (_("Business"), lambda row: row.response.interview.business.display_name),
            (_("Address"), lambda row: row.response.interview.business.address),
        ),
        link=lambda row: reverse(
            "interviews:interview_detail", kwargs={"public_id": row.response.interview.public_id}
        ),
    ),
    Figure(
        code="business_consultations",
        name=_("Consultations with businesses"),
        definition=_("Talks with businesses about their affairs that were held in the period."),
        chapter=CHAPTER,
        rows=business_consultations,
        drill_permission=Permission.BUSINESS_READ,
        columns=(
            (_("Business"), lambda row: row.business.display_name),
            (_("Address"), lambda row: row.business.address),
            (_("Date"), lambda row: localdate(row.held_at)),
            (_("Topic"), lambda row: row.get_topic_display()),
        ),
        link=lambda row: _link(row.business),
        rule=_("The local day of the talk lies in the period."),
        unit=_("consultations"),
        missing=_COMPLETE,
    ),
    Figure(
        code="business_events",
        rule=_("The local day of the event lies in the period."),
        unit=_("events"),
        missing=_COMPLETE,
        name=_("Courses and meetings of businesses"),
        definition=_(
            "Courses, regulars' tables and information events for businesses that were held in the period."
        ),
        chapter=CHAPTER,
        rows=business_events,
        drill_permission=Permission.BUSINESS_READ,
        columns=_EVENT_COLUMNS,
        shared=business_events,
    ),
    Figure(
        code="business_event_heads",
        name=_("Persons at courses and meetings of businesses"),
        definition=_(
            "Persons counted at courses, regulars' tables and information events for businesses. Whoever came twice counts twice."
        ),
        chapter=CHAPTER,
        rows=business_events,
        drill_permission=Permission.BUSINESS_READ,
        columns=_EVENT_COLUMNS,
        shared=business_events,
        total_of="head_count",
        rule=_("The local day of the event lies in the period."),
        unit=_("heads"),
        missing=_COMPLETE,
    ),
]
