"""Businesses supported as entities, by their size: reads for the European Social Fund Plus (EECO18 and EECO19).

Supported is a business with which there was a consultation, or from which somebody came to a course, a regulars' table or an information
event. Sizes as the European Union draws them (Recommendation 2003/361/EC), here by persons at work alone: micro below 10, small below
50, medium below 250.
"""

from django.db.models import (
    Case,
    CharField,
    Exists,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from businesses.enums import Presence, SizeBand
from businesses.models import Business, BusinessConsultation, Event, EventAttendance
from iqquadrat.core.figures import Period
from iqquadrat.questionnaires.models import Answer

# Division of the classification of economic activities: public administration, defence, social security.
PUBLIC_DIVISION = "84"
MICRO_BANDS = (SizeBand.ONE, SizeBand.TO_4, SizeBand.TO_9)
SMALL_BANDS = (SizeBand.TO_19, SizeBand.TO_49)


class EntitySize(TextChoices):
    """Empty: nobody knows how many work there, or only that there are 50 and more."""

    MICRO = "micro", _("micro: below 10 persons at work")
    SMALL = "small", _("small: 10 to 49")
    MEDIUM = "medium", _("medium: 50 to 249")
    LARGE = "large", _("large: 250 and more, does not count")


COUNTED_SIZES = (EntitySize.MICRO, EntitySize.SMALL, EntitySize.MEDIUM)


def supported(period: Period) -> QuerySet[Business]:
    """Businesses supported in the period, each once, with ``size`` as known at its end and ``is_public``."""
    talks = BusinessConsultation.objects.filter(
        period.place(centre="business__centre_id"), period.moments("held_at"), business=OuterRef("pk")
    ).order_by()
    came = EventAttendance.objects.filter(
        event__in=Event.objects.held().filter(period.place(), period.moments("at")), business=OuterRef("pk"),
        presence=Presence.PRESENT,
    ).order_by()  # fmt: skip
    heads = (
        Answer.objects.filter(
            item__key="v09_heads", status="answered", response__interview__business=OuterRef("pk"),
            response__interview__completed_at__lt=period.ends_before,
        )
        .order_by("-response__interview__completed_at", "-pk")
        .values("number")[:1]
    )  # fmt: skip
    rows = Business.objects.filter(Exists(talks) | Exists(came), centre_id__in=period.centre_ids)
    return rows.annotate(heads=Subquery(heads)).annotate(size=_size(), is_public=_is_public()).order_by("pk")


def _size() -> Case:
    """By the number that was told last, else by the band of the register."""
    return Case(
        When(heads__lt=10, then=Value(EntitySize.MICRO.value)),
        When(heads__lt=50, then=Value(EntitySize.SMALL.value)),
        When(heads__lt=250, then=Value(EntitySize.MEDIUM.value)),
        When(heads__gte=250, then=Value(EntitySize.LARGE.value)),
        When(size_band__in=MICRO_BANDS, then=Value(EntitySize.MICRO.value)),
        When(size_band__in=SMALL_BANDS, then=Value(EntitySize.SMALL.value)),
        default=Value(""),
        output_field=CharField(),
    )


def _is_public() -> Case:
    return Case(
        When(Q(branch__code__startswith=PUBLIC_DIVISION), then=Value("public")), default=Value(""), output_field=CharField()
    )  # fmt: skip
