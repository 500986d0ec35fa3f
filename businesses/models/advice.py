"""What the centre does with businesses: training places, advice, courses and the regulars' table."""

from typing import Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import Channel, EventKind, NeedTopic, TrainingReason
from businesses.models.register import Business
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded

LONGEST_MINUTES = 720
MOST_HEADS = 500

M = TypeVar("M", bound=models.Model)


class OfBusinessQuerySet(models.QuerySet[M]):
    """Records that hang on a business."""

    def visible_to(self, user: User) -> Self:
        """The centre's records for those who may read businesses."""
        return (
            self.filter(business__centre=user.centre_id)
            if user.may(Permission.BUSINESS_READ)
            else self.none()
        )


class TrainingPlace(Recorded):
    """A place for an apprentice that did not exist before."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="training_places"
    )
    occupation = models.CharField(_("occupation"), max_length=120)
    created_on = models.DateField(_("created on"))
    reason = models.CharField(_("counts because"), max_length=12, choices=TrainingReason)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("training place")
        verbose_name_plural = _("training places")
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="businesses_training_reason", condition=Q(reason__in=TrainingReason.values)
            ),
            models.CheckConstraint(name="businesses_training_occupation", condition=~Q(occupation="")),
        ]

    def __str__(self) -> str:
        return self.occupation


class BusinessConsultation(Recorded):
    """A talk with a business about its affairs."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="consultations"
    )
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("counsellor"),
        on_delete=models.PROTECT,
        related_name="business_consultations",
    )
    held_at = models.DateTimeField(_("when"), db_index=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)]
    )
    channel = models.CharField(_("how"), max_length=10, choices=Channel, default=Channel.ON_SITE)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages"), default=list, blank=True
    )
    topic = models.CharField(_("topic"), max_length=12, choices=NeedTopic)
    content = models.TextField(_("what it was about"), blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business consultation")
        verbose_name_plural = _("business consultations")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="businesses_consultation_minutes",
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
            ),
            models.CheckConstraint(
                name="businesses_consultation_topic", condition=Q(topic__in=NeedTopic.values)
            ),
            models.CheckConstraint(
                name="businesses_consultation_channel", condition=Q(channel__in=Channel.values)
            ),
        ]

    def __str__(self) -> str:
        return str(NeedTopic(self.topic).label)


class EventQuerySet(models.QuerySet["Event"]):
    """Who may see which event."""

    def visible_to(self, user: User) -> Self:
        """The centre's events for those who may read businesses."""
        return self.filter(centre=user.centre_id) if user.may(Permission.BUSINESS_READ) else self.none()


class Event(Recorded, Published):
    """A course or a regulars' table of entrepreneurs."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="business_events"
    )
    kind = models.CharField(_("kind"), max_length=15, choices=EventKind)
    title = models.CharField(_("title"), max_length=200)
    at = models.DateTimeField(_("when"), db_index=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages"), default=list, blank=True
    )
    # All who came, also those whose business is not in the register.
    head_count = models.PositiveSmallIntegerField(_("persons present"), default=0)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event for businesses")
        verbose_name_plural = _("events for businesses")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(name="businesses_event_kind", condition=Q(kind__in=EventKind.values)),
            models.CheckConstraint(name="businesses_event_title", condition=~Q(title="")),
            models.CheckConstraint(name="businesses_event_heads", condition=Q(head_count__lte=MOST_HEADS)),
        ]

    def __str__(self) -> str:
        return self.title


class EventAttendance(models.Model):
    """How many came from one business."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="attendances"
    )
    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="attendances"
    )
    heads = models.PositiveSmallIntegerField(_("persons"), default=1)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["-event__at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "business"], name="businesses_attendance_once"),
            models.CheckConstraint(
                name="businesses_attendance_heads", condition=Q(heads__gte=1, heads__lte=MOST_HEADS)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.business}"
