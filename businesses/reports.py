"""The figures of this room, each with its records."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from businesses.enums import BranchKind
from businesses.models import Business, Event, Interview, TrainingPlace
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Figure, Period
from iqquadrat.questionnaires.models import Answer

CHAPTER = "businesses"


def _place(period: Period) -> Q:
    return period.place(centre="business__centre_id", programme="wave__programme_code")


def businesses_surveyed(period: Period) -> Any:
    """Interviews handed in during the period."""
    return (
        Interview.objects.finished()
        .filter(_place(period), period.moments("completed_at"))
        .select_related("business__premises__street", "wave", "surveyor")
    )


def businesses_registered(period: Period) -> Any:
    """Units of the register that were there by the end of the period and are no empty shops."""
    return (
        Business.objects.filter(period.place(), created_at__lt=period.ends_before)
        .exclude(status="vacant")
        .select_related("premises__street", "branch")
    )


def training_places_created(period: Period) -> Any:
    """Training places created in the period."""
    return TrainingPlace.objects.filter(
        period.place(centre="business__centre_id"), period.days("created_on")
    ).select_related("business__premises__street")


def vacancies_named(period: Period) -> Any:
    """One row for each vacancy described in an interview of the period."""
    count = Answer.objects.filter(response=OuterRef("response"), item__key="v28_count")
    named = Q()
    for number in (1, 2, 3):
        # A count that was lowered later takes its vacancies out again.
        named |= Q(Exists(count.filter(number__gte=number)), item__key=f"v28_{number}_field")
    interviews = Interview.objects.finished().filter(_place(period), period.moments("completed_at"))
    return (
        Answer.objects.filter(named, status="answered", response__interview__in=interviews)
        .annotate(business_name=F("response__interview__business__sign_name"))
        .select_related("response__interview__business__premises__street", "item")
    )


def business_events(period: Period) -> Any:
    """Courses, regulars' tables and information events held in the period."""
    return Event.objects.filter(period.place(), period.moments("at"))


def _link(business: Business) -> str:
    return reverse("businesses:business_detail", kwargs={"public_id": business.public_id})


FIGURES: list[Figure] = [
    Figure(
        code="businesses_surveyed",
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
        headline=True,
    ),
    Figure(
        code="businesses_registered",
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
        name=_("Training places created"),
        definition=_(
            "Training places that did not exist before: the business trains for the first time, or offers one place more than "
            "before. Counted on the day they were created, whether somebody has begun there or not."
        ),
        chapter=CHAPTER,
        rows=training_places_created,
        drill_permission=Permission.BUSINESS_READ,
        columns=(
            (_("Business"), lambda row: row.business.display_name),
            (_("Occupation"), lambda row: row.occupation),
            (_("Created on"), lambda row: row.created_on),
            (_("Counts because"), lambda row: row.get_reason_display()),
        ),
        link=lambda row: _link(row.business),
        headline=True,
    ),
    Figure(
        code="vacancies_named",
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
        code="business_events",
        name=_("Courses and meetings of businesses"),
        definition=_(
            "Courses, regulars' tables and information events for businesses that were held in the period."
        ),
        chapter=CHAPTER,
        rows=business_events,
        drill_permission=Permission.BUSINESS_READ,
        columns=(
            (_("Title"), lambda row: row.title),
            (_("Kind"), lambda row: row.get_kind_display()),
            (_("When"), lambda row: row.at),
            (_("Persons"), lambda row: row.head_count),
        ),
    ),
]
