"""When a counsellor is away, and who looks after the clients meanwhile."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Recorded


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences."""

    def visible_to(self, user: User) -> "AbsenceQuerySet":
        """The own ones, and those in which one deputises; for the coordination all of the centre."""
        rows = self.filter(centre_id=user.centre_id)
        if user.may(Permission.CLIENT_REASSIGN):
            return rows
        if not user.may(Permission.CLIENT_READ_OWN):
            return rows.none()
        named = AbsenceCover.objects.filter(deputy_id=user.pk).values("absence_id")
        return rows.filter(Q(counsellor_id=user.pk) | Q(deputy_id=user.pk) | Q(pk__in=named))

    def changeable_by(self, user: User) -> "AbsenceQuerySet":
        """The own ones; for the coordination all of the centre."""
        rows = self.filter(centre_id=user.centre_id)
        if user.may(Permission.CLIENT_REASSIGN):
            return rows
        return rows.filter(counsellor_id=user.pk) if user.may(Permission.CLIENT_READ_OWN) else rows.none()

    def on(self, day: dt.date) -> "AbsenceQuerySet":
        """Those that last on that day."""
        return self.filter(first_day__lte=day, last_day__gte=day)


def _days() -> Any:
    return Func(
        F("first_day"), F("last_day"), Value("[]"), function="daterange", output_field=DateRangeField()
    )


class Absence(Recorded):
    """From its first to its last day the deputies see the clients as their own; nothing has to be switched on or off.

    What to know about somebody stands at the client's own row below, never here: there it goes when the client is erased.
    """

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who is away"),
        on_delete=models.PROTECT,
        related_name="absences",
    )
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))
    # For all clients that are not given to somebody else below; empty: only for those.
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deputy"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["first_day", "pk"]
        constraints = [
            models.CheckConstraint(
                name="absence_ends_after_it_began", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(
                name="absence_nobody_deputises_for_themselves",
                condition=Q(deputy__isnull=True) | ~Q(deputy=F("counsellor")),
            ),
            ExclusionConstraint(
                name="absence_one_at_a_time",
                expressions=[("counsellor", RangeOperators.EQUAL), (_days(), RangeOperators.OVERLAPS)],
            ),
        ]
        indexes = [models.Index(fields=["centre", "last_day"], name="absence_of_centre")]

    def __str__(self) -> str:
        return f"{self.counsellor_id} {self.first_day:%Y-%m-%d}"


class AbsenceCover(models.Model):
    """One client who is looked after by somebody else than the others, with what to know about this one."""

    absence = models.ForeignKey(
        Absence, verbose_name=_("absence"), on_delete=models.CASCADE, related_name="covers"
    )
    client = models.ForeignKey(
        "counselling.Client",
        verbose_name=_("client"),
        on_delete=models.CASCADE,
        related_name="absence_covers",
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("deputy"), on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(_("what to know"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("deputy of one client")
        verbose_name_plural = _("deputies of single clients")
        constraints = [
            models.UniqueConstraint(fields=["absence", "client"], name="absence_cover_once_a_client")
        ]
        indexes = [models.Index(fields=["deputy", "client"], name="absence_cover_of_deputy")]

    def __str__(self) -> str:
        return f"{self.absence_id} {self.client_id}"


def covered_ids(user: User, day: dt.date, clients: models.QuerySet[Any]) -> list[models.QuerySet[Any, Any]]:
    """Return the keys, out of ``clients``, of those that ``user`` looks after on ``day`` because whoever is in charge is away: the
    ones named for this deputy, and all others of somebody whose deputy this is.

    Worked out from the days, every time it is asked. The one named for a client goes before the one named for all, and a client
    who has got into other hands meanwhile is no longer among them. Two questions, not one with "or": each begins with the few
    absences and finds their clients by an index; together the database read through every client there is.
    """
    away = Absence.objects.on(day).filter(centre_id=user.centre_id)
    named = AbsenceCover.objects.filter(absence__in=away, absence__counsellor_id=F("client__counsellor_id"))
    of_the_absent = clients.filter(counsellor_id__in=away.filter(deputy_id=user.pk).values("counsellor_id"))
    return [
        named.filter(deputy_id=user.pk).order_by().values_list("client_id"),
        of_the_absent.exclude(pk__in=named.values("client_id")).order_by().values_list("pk"),
    ]


def covered_by(user: User, day: dt.date, clients: models.QuerySet[Any]) -> Q:
    """Return the condition on clients that ``user`` looks after on ``day`` for somebody who is away."""
    by_name, others = covered_ids(user, day, clients)
    return Q(pk__in=by_name.union(others, all=True))
