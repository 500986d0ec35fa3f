"""The door to the questionnaire: codes, tries, and sessions of the PC that the client uses alone.

Nothing here can be used by who reads the database: codes and addresses are stored as keyed or plain hashes only.
"""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competence.enums import EndReason
from competence.models.assessment import Assessment

IDLE_END = timedelta(minutes=5)


class KioskCode(models.Model):
    """Eight digits that start one session of one assessment, once, within ten minutes."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="codes")
    code_hmac = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used"), null=True, blank=True)

    class Meta:
        verbose_name = _("start code")
        verbose_name_plural = _("start codes")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.expires_at:%H:%M}"


class KioskAttempt(models.Model):
    """One wrong code, so that guessing can be slowed down. Kept for a quarter of an hour."""

    device = models.CharField(max_length=64)
    network = models.CharField(max_length=64)
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("wrong code")
        verbose_name_plural = _("wrong codes")
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["device", "at"], name="kiosk_attempt_device"),
            models.Index(fields=["network", "at"], name="kiosk_attempt_network"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class KioskSessionQuerySet(models.QuerySet["KioskSession"]):
    """Reads of sessions."""

    def unended(self, now: datetime) -> Self:
        """Those in which somebody can still answer."""
        return self.filter(ended_at__isnull=True, ends_at__gt=now, last_seen__gt=now - IDLE_END)

    def live(self, *, token_hash: str, now: datetime) -> bool:
        """Tell whether the session behind this address can still be used."""
        return self.unended(now).filter(token_hash=token_hash).exists()


class KioskSession(models.Model):
    """One sitting at one PC. No Django user, an address and a cookie of its own, an end in every case."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="sessions")
    token_hash = models.CharField(max_length=64, unique=True)
    # Counts up with every tab or PC that takes the session over: what older ones send is refused.
    epoch = models.PositiveIntegerField(default=1)
    # The highest number of an event so far; it goes on over pauses, so that the whole assessment is one sequence.
    last_seq = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(_("started"))
    last_seen = models.DateTimeField(_("last seen"))
    ends_at = models.DateTimeField(_("ends at the latest"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_reason = models.CharField(_("reason of the end"), max_length=10, choices=EndReason, blank=True)
    # One to three, as the client likes to read.
    text_size = models.PositiveSmallIntegerField(_("size of the text"), default=1)
    high_contrast = models.BooleanField(_("high contrast"), default=False)

    objects: ClassVar[KioskSessionQuerySet] = KioskSessionQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("session at the PC")
        verbose_name_plural = _("sessions at the PC")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="kiosk_session_one_live", fields=["assessment"], condition=Q(ended_at__isnull=True)
            ),
            models.CheckConstraint(
                name="kiosk_session_ended_in_pairs",
                condition=Q(ended_at__isnull=True, ended_reason="")
                | (Q(ended_at__isnull=False) & ~Q(ended_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.started_at:%Y-%m-%d %H:%M}"

    def expired_reason(self, now: datetime) -> EndReason | None:
        """Tell why a session that nobody ended is over all the same: idle, or too long."""
        if now >= self.ends_at:
            return EndReason.LIMIT
        if now - self.last_seen >= IDLE_END:
            return EndReason.IDLE
        return None

    def is_live(self, now: datetime) -> bool:
        """Tell whether the client can still answer in it."""
        return self.ended_at is None and self.expired_reason(now) is None


class KioskOperation(models.Model):
    """A save that was answered: the same operation again gets the same reply. Gone when the session ends."""

    op_id = models.UUIDField(primary_key=True)
    session = models.ForeignKey(KioskSession, on_delete=models.CASCADE, related_name="operations")
    digest = models.CharField(max_length=64)
    reply = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("saved operation")
        verbose_name_plural = _("saved operations")

    def __str__(self) -> str:
        return str(self.op_id)
