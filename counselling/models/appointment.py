"""The appointment in a counsellor's day."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.attendance import Attendance
from counselling.models.client import Client
from counselling.models.consultation import Consultation
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded

MOST_REPEATS = 26  # half a year, every week


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    """Appointments."""

    def visible_to(self, user: User) -> "AppointmentQuerySet":
        """The counsellor's own, and those with own clients."""
        if not user.may(Permission.CONSULTATION_WRITE):
            return self.none()
        own = Client.objects.own(user).values("pk")
        return self.filter(Q(counsellor_id=user.pk) | Q(client_id__in=own), centre_id=user.centre_id)

    def standing(self) -> "AppointmentQuerySet":
        """Those that are not cancelled."""
        return self.filter(cancelled_at__isnull=True)

    def with_outcome(self) -> "AppointmentQuerySet":
        """Annotate ``came`` and ``missed``: what was logged with this client on the day of the appointment, alone or with others."""
        that_day = Consultation.objects.filter(client_id=OuterRef("client_id"), held_at__date=OuterRef("day"))
        with_others = Attendance.objects.filter(
            client_id=OuterRef("client_id"), consultation__held_at__date=OuterRef("day")
        )
        return self.annotate(day=TruncDate("starts_at")).annotate(
            came=Exists(that_day.filter(is_no_show=False)) | Exists(with_others),
            missed=Exists(that_day.filter(is_no_show=True)),
        )


class Appointment(Recorded, Published):
    """When somebody is expected; without a client it is an open hour."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("counsellor"), on_delete=models.PROTECT,
        related_name="appointments",
    )  # fmt: skip
    client = models.ForeignKey(
        Client, verbose_name=_("client"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="appointments",
    )  # fmt: skip
    submission = models.UUIDField(unique=True, null=True, editable=False)
    starts_at = models.DateTimeField(_("begins"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    title = models.CharField(_("subject"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=enums.SpokenLanguage, blank=True)
    channel = models.CharField(
        _("how"), max_length=20, choices=enums.Channel, default=enums.Channel.PERSON_PLANNED
    )
    room = models.CharField(_("room"), max_length=60, blank=True)
    # The same for all appointments that were entered at once, every week or so.
    series = models.UUIDField(_("series"), null=True, blank=True, editable=False)
    cancelled = models.CharField(_("cancelled"), max_length=10, choices=enums.Cancelled, blank=True)
    cancelled_at = models.DateTimeField(_("when cancelled"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("entered as cancelled by"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True)
    reminded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reminded by"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(name="appointment_minutes", condition=Q(minutes__range=(1, 24 * 60))),
            models.CheckConstraint(
                name="appointment_with_somebody_or_about_something",
                condition=Q(client__isnull=False) | ~Q(title=""),
            ),
            models.CheckConstraint(
                name="appointment_cancelled_at_and_by",
                condition=Q(cancelled="", cancelled_at__isnull=True, cancelled_by__isnull=True)
                | Q(
                    cancelled__in=enums.Cancelled.values,
                    cancelled_at__isnull=False,
                    cancelled_by__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="appointment_reminded_at_and_by",
                condition=Q(reminded_at__isnull=True, reminded_by__isnull=True)
                | Q(reminded_at__isnull=False, reminded_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["counsellor", "starts_at"], name="appointment_of_counsellor"),
            models.Index(fields=["client", "starts_at"], name="appointment_of_client"),
            models.Index(fields=["centre", "starts_at"], name="appointment_of_centre"),
            models.Index(fields=["series"], name="appointment_series", condition=Q(series__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def ends_at(self) -> dt.datetime:
        """When it is over."""
        return self.starts_at + dt.timedelta(minutes=self.minutes)
