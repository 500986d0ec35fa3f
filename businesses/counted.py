"""The records that the figures of this room count, period by period."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q

from businesses.models import Business, BusinessConsultation, Event, Interview, TrainingPlace
from iqquadrat.core.figures import Period
from iqquadrat.questionnaires.models import Answer


def of_waves(period: Period) -> Q:
    """Return the condition on centre and programme of what belongs to a wave."""
    return period.place(centre="business__centre_id", programme="wave__programme_code")


def businesses_surveyed(period: Period) -> Any:
    """Interviews handed in during the period."""
    return (
        Interview.objects.finished()
        .filter(of_waves(period), period.moments("completed_at"))
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
    interviews = Interview.objects.finished().filter(of_waves(period), period.moments("completed_at"))
    return (
        Answer.objects.filter(named, status="answered", response__interview__in=interviews)
        .annotate(business_name=F("response__interview__business__sign_name"))
        .select_related("response__interview__business__premises__street", "item")
        .order_by("answered_at", "pk")
    )


def business_events(period: Period) -> Any:
    """Courses, regulars' tables and information events held in the period."""
    return Event.objects.held().filter(period.place(), period.moments("at")).order_by("at", "pk")


def business_consultations(period: Period) -> Any:
    """Talks with businesses held in the period."""
    rows = BusinessConsultation.objects.filter(
        period.place(centre="business__centre_id"), period.moments("held_at")
    )
    return rows.select_related("business__premises__street").order_by("held_at", "pk")
