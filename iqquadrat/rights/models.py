"""Who was erased, who must not be, what clients ask for, and how long records are kept."""

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.models import Client
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Recorded
from iqquadrat.rights.enums import Asker, Ground, Outcome, RequestKind, Way


class Erasure(models.Model):
    """One client was erased. Keyed hashes only: who knows a number can ask for it, nobody can read one off."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("erased"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The other one of the two: who proposed it. Empty where the house itself erased, and with what was erased before two were needed.
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    ground = models.CharField(_("reason"), max_length=10, choices=Ground)
    # Of the random identifier, and of centre and number: a restored backup holds both.
    identifier_hash = models.CharField(max_length=64, unique=True)
    number_hash = models.CharField(max_length=64, db_index=True)
    left_as = models.CharField(_("is called now"), max_length=20)

    class Meta:
        verbose_name = _("erased client")
        verbose_name_plural = _("erased clients")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="erasure_by_two", condition=Q(by=None) | Q(proposed_by=None) | ~Q(by=F("proposed_by"))
            ),
        ]

    def __str__(self) -> str:
        return self.left_as


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    """Holds."""

    def standing(self, day: dt.date | None = None) -> "LegalHoldQuerySet":
        """Those that hold on a day (today): not lifted, and not run out."""
        day = day or timezone.localdate()
        return self.filter(Q(until__isnull=True) | Q(until__gte=day), lifted_at__isnull=True)


class LegalHold(models.Model):
    """Why a client's records must be kept for now: a dispute, an audit, the client's own claim."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.PROTECT, related_name="legal_holds"
    )
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"), null=True, blank=True)
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("set by"), on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("lifted by"), null=True, blank=True, on_delete=models.PROTECT,
        related_name="+",
    )  # fmt: skip

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("legal hold")
        verbose_name_plural = _("legal holds")
        ordering = ["-set_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="legal_hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="legal_hold_lifted_at_and_by",
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["client"], condition=Q(lifted_at__isnull=True), name="legal_hold_once_a_client"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.set_at:%Y-%m-%d}"


class PersonRequestQuerySet(models.QuerySet["PersonRequest"]):
    """What clients ask for."""

    def visible_to(self, user: User) -> "PersonRequestQuerySet":
        """Those of own clients; who may erase sees all of the centre."""
        if user.may(Permission.CLIENT_ERASE):
            return self.filter(centre_id=user.centre_id)
        return self.filter(client__in=Client.objects.own(user))

    def open(self) -> "PersonRequestQuerySet":
        """Not answered yet."""
        return self.filter(done_on__isnull=True)

    def to_erase(self) -> "PersonRequestQuerySet":
        """Open ones to be erased; one that somebody has proposed comes first."""
        return (
            self.open().filter(kind=RequestKind.ERASE).order_by(F("proposed_at").asc(nulls_last=True), "pk")
        )


class PersonRequest(Recorded):
    """A client wants to know, to correct, to object, to be erased: answered within a month."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.PROTECT, related_name="person_requests"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    kind = models.CharField(_("wants to"), max_length=12, choices=RequestKind)
    words = models.CharField(_("what exactly"), max_length=500, blank=True)
    # Empty with what was noted before it was asked for.
    asked_by = models.CharField(_("who asked"), max_length=10, choices=Asker, blank=True)
    way = models.CharField(_("how it was asked"), max_length=10, choices=Way, blank=True)
    received_on = models.DateField(_("received"))
    due_on = models.DateField(_("to be answered until"))
    # The first of the two whom erasing needs.
    proposed_at = models.DateTimeField(_("erasing proposed"), null=True, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("erasing proposed by"), null=True, blank=True,
        on_delete=models.PROTECT, related_name="+",
    )  # fmt: skip
    done_on = models.DateField(_("answered"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("answered by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    outcome = models.CharField(_("result"), max_length=12, choices=Outcome, blank=True)
    outcome_words = models.CharField(_("in words"), max_length=500, blank=True)

    objects = PersonRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request of a client")
        verbose_name_plural = _("requests of clients")
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_request_done_with_outcome",
                condition=Q(done_on__isnull=True, outcome="") | (Q(done_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(
                name="person_request_asked_by_and_way",
                condition=Q(asked_by="", way="") | (~Q(asked_by="") & ~Q(way="")),
            ),
            models.CheckConstraint(
                name="person_request_proposed_at_and_by",
                condition=Q(proposed_at__isnull=True, proposed_by__isnull=True)
                | Q(proposed_at__isnull=False, proposed_by__isnull=False, kind=RequestKind.ERASE),
            ),
            models.CheckConstraint(
                name="person_request_due_after_received", condition=Q(due_on__gte=F("received_on"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre", "due_on"], name="person_request_open", condition=Q(done_on__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.received_on:%Y-%m-%d} {self.kind}"


class RetentionPeriod(models.Model):
    """How many months a clock of a centre runs, from a day on. A new length is a new row: what held before stays readable."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.CASCADE, related_name="retention_periods"
    )
    clock = models.CharField(_("clock"), max_length=30)
    months = models.PositiveSmallIntegerField(_("months"))
    valid_from = models.DateField(_("from"), default=timezone.localdate)
    set_at = models.DateTimeField(_("set"), default=timezone.now)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("set by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("time records are kept")
        verbose_name_plural = _("times records are kept")
        ordering = ["-valid_from", "-pk"]
        constraints = [
            models.CheckConstraint(name="retention_period_months", condition=Q(months__range=(1, 600))),
        ]

    def __str__(self) -> str:
        return f"{self.clock}: {self.months}"
