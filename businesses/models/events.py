"""Courses, the regulars' table and information events: dates, seats, letters, who came."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from businesses.enums import EnrolmentState, EventKind, EventState, NeedTopic, Presence
from businesses.models.needs import Need
from businesses.models.register import Business, OfBusinessQuerySet
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded

MOST_HEADS = 500
USUAL_SHARE = 75


class EventSeries(Recorded, Published):
    """A course of several dates: businesses enrol for all of them."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    # Per cent of the dates held that somebody must have come to for a certificate.
    certificate_share = models.PositiveSmallIntegerField(
        _("certificate from per cent"),
        default=USUAL_SHARE,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )

    class Meta:
        verbose_name = _("course of several dates")
        verbose_name_plural = _("courses of several dates")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(name="businesses_series_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="businesses_series_share",
                condition=Q(certificate_share__gte=1, certificate_share__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class EventQuerySet(models.QuerySet["Event"]):
    """Who may see which event."""

    def visible_to(self, user: User) -> Self:
        """The centre's events for those who may read businesses."""
        return self.filter(centre=user.centre_id) if user.may(Permission.BUSINESS_READ) else self.none()

    def held(self) -> Self:
        """Those that took place; only they are counted."""
        return self.filter(state=EventState.HELD)


class Event(Recorded, Published):
    """One date of a course, a regulars' table of entrepreneurs, or an information event."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="business_events"
    )
    series = models.ForeignKey(
        EventSeries, verbose_name=_("course"), null=True, blank=True, on_delete=models.PROTECT, related_name="dates"
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=15, choices=EventKind)
    title = models.CharField(_("title"), max_length=200)
    # What was written down before there were plans had been held.
    state = models.CharField(_("state"), max_length=10, choices=EventState, default=EventState.HELD)
    at = models.DateTimeField(_("when"), db_index=True)
    ends_at = models.DateTimeField(_("until"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages"), default=list, blank=True
    )
    topic = models.CharField(_("topic"), max_length=12, choices=NeedTopic, blank=True)
    capacity = models.PositiveSmallIntegerField(_("seats"), null=True, blank=True)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("responsible"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    agenda = models.TextField(_("agenda"), blank=True)
    minutes = models.TextField(_("minutes of the meeting"), blank=True)
    # All who came, also those whose business is not in the register.
    head_count = models.PositiveSmallIntegerField(_("persons present"), default=0)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    # What the businesses are told when they ask; empty for what was called off before a reason was asked for.
    cancel_reason = models.CharField(_("cancelled because"), max_length=300, blank=True)
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
            models.CheckConstraint(name="businesses_event_state", condition=Q(state__in=EventState.values)),
            models.CheckConstraint(
                name="businesses_event_ends_later", condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("at"))
            ),
            models.CheckConstraint(
                name="businesses_event_seats",
                condition=Q(capacity__isnull=True) | Q(capacity__gte=1, capacity__lte=MOST_HEADS),
            ),
            # Nobody came to what has not been held.
            models.CheckConstraint(
                name="businesses_event_heads_when_held", condition=Q(state=EventState.HELD) | Q(head_count=0)
            ),
            models.CheckConstraint(
                name="businesses_event_reason_when_cancelled",
                condition=Q(state=EventState.CANCELLED) | Q(cancel_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def enrolments(self) -> "QuerySet[Enrolment]":
        """The seats of the whole course, or of this single date."""
        if self.series_id:
            return Enrolment.objects.filter(series=self.series_id)
        return Enrolment.objects.filter(event=self.pk)


class Enrolment(Recorded):
    """A business that has a seat in a course or at a single date, or waits for one."""

    series = models.ForeignKey(
        EventSeries, verbose_name=_("course"), null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )  # fmt: skip
    event = models.ForeignKey(
        Event, verbose_name=_("event"), null=True, blank=True, on_delete=models.PROTECT, related_name="own_enrolments"
    )  # fmt: skip
    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="enrolments"
    )
    person_name = models.CharField(_("who comes"), max_length=200, blank=True)
    need = models.ForeignKey(
        Need,
        verbose_name=_("need"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="enrolments",
    )
    state = models.CharField(
        _("state"), max_length=10, choices=EnrolmentState, default=EnrolmentState.ENROLLED
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="businesses_enrolment_for_one",
                condition=Q(series__isnull=True, event__isnull=False) | Q(series__isnull=False, event__isnull=True),
            ),
            models.CheckConstraint(
                name="businesses_enrolment_state", condition=Q(state__in=EnrolmentState.values)
            ),
            models.UniqueConstraint(
                fields=["series", "business"], condition=Q(series__isnull=False), name="businesses_enrolment_once_a_course"
            ),
            models.UniqueConstraint(
                fields=["event", "business"], condition=Q(event__isnull=False), name="businesses_enrolment_once_a_date"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.series or self.event}: {self.business}"


class EventAttendance(models.Model):
    """Who came on a date from one business, and how many; or that nobody did."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="attendances"
    )
    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="attendances"
    )
    presence = models.CharField(_("presence"), max_length=8, choices=Presence, default=Presence.PRESENT)
    heads = models.PositiveSmallIntegerField(_("persons"), default=1)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["-event__at"]
        constraints = [
            models.UniqueConstraint(fields=["event", "business"], name="businesses_attendance_once"),
            models.CheckConstraint(
                name="businesses_attendance_heads",
                condition=Q(presence=Presence.PRESENT, heads__gte=1, heads__lte=MOST_HEADS)
                | Q(presence__in=[Presence.EXCUSED, Presence.ABSENT, Presence.UNKNOWN], heads=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.business}"


class Invitation(models.Model):
    """A letter that was made for a business, in which language, and by whom."""

    event = models.ForeignKey(
        Event, verbose_name=_("event"), on_delete=models.CASCADE, related_name="invitations"
    )
    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="invitations"
    )
    language = models.CharField(_("language"), max_length=5)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.PROTECT, related_name="+"
    )

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "business"], name="businesses_invitation_once")
        ]

    def __str__(self) -> str:
        return f"{self.event}: {self.business}"
