"""The figures of this room, each with its records."""

from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from businesses.enums import BranchKind, Disposition
from businesses.models import Business, Event, Interview, TrainingPlace, Unit
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice
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
        .order_by("completed_at", "pk")
    )


def businesses_registered(period: Period) -> Any:
    """Units of the register that were there by the end of the period and are no empty shops."""
    return (
        Business.objects.filter(period.place(), created_at__lt=period.ends_before)
        .exclude(status="vacant")
        .select_related("premises__street", "branch")
        .order_by("sign_name", "pk")
    )


def training_places_created(period: Period) -> Any:
    """Training places created in the period."""
    return (
        TrainingPlace.objects.filter(period.place(centre="business__centre_id"), period.days("created_on"))
        .select_related("business__premises__street")
        .order_by("created_on", "pk")
    )


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
        .order_by("answered_at", "pk")
    )


def business_events(period: Period) -> Any:
    """Courses, regulars' tables and information events held in the period."""
    return Event.objects.held().filter(period.place(), period.moments("at")).order_by("at", "pk")


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


def _by_branch(period: Period) -> list[Slice]:
    """Units of the register by kind of shop; those without a branch are a row of their own."""
    counts = dict(
        businesses_registered(period).order_by().values_list("branch__kind").annotate(n=Count("pk"))
    )
    found = [
        Slice(kind.value, kind.label, counts[kind.value]) for kind in BranchKind if counts.get(kind.value)
    ]
    missing = sum(count for kind, count in counts.items() if not kind)
    return [*sorted(found, key=lambda piece: -piece.count), Slice("", _("not stated"), missing)]


def _by_disposition(period: Period) -> list[Slice]:
    """Units of the waves that fell into the period, by what came of the visits."""
    units = Unit.objects.filter(
        period.place(centre="wave__centre_id", programme="wave__programme_code"),
        wave__starts_on__lte=period.ends_on, wave__ends_on__gte=period.starts_on,
    )  # fmt: skip
    counts = dict(units.values_list("disposition").annotate(n=Count("pk")))
    found = [
        Slice(result.value, result.label, counts[result.value])
        for result in Disposition
        if counts.get(result.value)
    ]
    return [*found, Slice("", _("not visited yet"), counts.get("", 0))]


BREAKDOWNS: list[Breakdown] = [
    Breakdown(
        code="survey_results", name=_("What came of the visits"), chapter=CHAPTER, slices=_by_disposition,
        definition=_("Units of the survey waves of the period, by the result of the visits."), unit=_("units"),
    ),
    Breakdown(
        code="branches", name=_("Businesses by branch"), chapter=CHAPTER, slices=_by_branch,
        definition=_("Units of the register without vacant shops, by kind of shop."), unit=_("businesses"),
    ),
]  # fmt: skip
