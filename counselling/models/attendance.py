"""Further persons in one contact, and clients on the list of an event."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from counselling.models.client import Client
from counselling.models.consultation import Consultation
from counselling.models.group_event import GroupEvent
from counselling.models.one_centre import of_one_centre
from iqquadrat.core.models import Recorded


class Attendance(models.Model):
    """Somebody who took part in a talk whose note lies in another person's file. Who did not come has a record of their own."""

    consultation = models.ForeignKey(
        Consultation, verbose_name=_("consultation"), on_delete=models.CASCADE, related_name="attendances"
    )
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="attendances"
    )

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "client"], name="attendance_counts_once")
        ]
        triggers = [
            of_one_centre(
                column="consultation_id", table="counselling_consultation", name="attendance_of_one_centre"
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.client_id}"


class EventAttendance(Recorded):
    """A client on the list of an event. ``came`` is empty until somebody has looked who was there."""

    event = models.ForeignKey(
        GroupEvent, verbose_name=_("group event"), on_delete=models.CASCADE, related_name="attendances"
    )
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="event_attendances"
    )
    came = models.BooleanField(_("was there"), null=True, blank=True)

    class Meta:
        verbose_name = _("event attendance")
        verbose_name_plural = _("event attendances")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["event", "client"], name="event_attendance_counts_once")
        ]
        triggers = [
            of_one_centre(
                column="event_id", table="counselling_groupevent", name="event_attendance_of_one_centre"
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.client_id}"
