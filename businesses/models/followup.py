"""What comes after the door: the six questions of a refusal, and the call-back that checks an interview."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import CallBackOutcome, SinceBand, SizeBand, Told
from businesses.models.survey import ContactAttempt, Interview
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission

EARLIEST_YEAR = 1850
LATEST_YEAR = 2100
LONGEST_MINUTES = 480


class Doorstep(models.Model):
    """Six short questions at the door, for a business that does not want to be interviewed. Each may be left out, not all.

    The attempt it belongs to is a refusal; ``note_doorstep`` sees to that.
    """

    attempt = models.OneToOneField(
        ContactAttempt, verbose_name=_("contact attempt"), on_delete=models.CASCADE, related_name="doorstep"
    )
    branch_words = models.CharField(_("branch in plain words"), max_length=120, blank=True)
    size_band = models.CharField(_("persons working here"), max_length=5, choices=SizeBand, blank=True)
    # A year where somebody knows it, else a band; never both.
    since_year = models.PositiveSmallIntegerField(_("here since the year"), null=True, blank=True)
    since_band = models.CharField(_("here for how long"), max_length=8, choices=SinceBand, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages in the shop"), default=list, blank=True
    )
    trains = models.CharField(_("trains apprentices"), max_length=7, choices=Told, blank=True)
    come_again = models.CharField(_("may we come again later"), max_length=7, choices=Told, blank=True)
    contact = models.CharField(_("whom to ask for, and how"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("doorstep form")
        verbose_name_plural = _("doorstep forms")
        constraints = [
            models.CheckConstraint(
                name="businesses_doorstep_answered",
                condition=~Q(
                    branch_words="", size_band="", since_year__isnull=True, since_band="", languages=[], trains="",
                    come_again="", contact="",
                ),
            ),
            models.CheckConstraint(
                name="businesses_doorstep_one_since",
                condition=Q(since_year__isnull=True) | Q(since_band=""),
            ),
            models.CheckConstraint(
                name="businesses_doorstep_year",
                condition=Q(since_year__isnull=True) | Q(since_year__range=(EARLIEST_YEAR, LATEST_YEAR)),
            ),
            models.CheckConstraint(
                name="businesses_doorstep_lists",
                condition=Q(
                    size_band__in=["", *SizeBand.values], since_band__in=["", *SinceBand.values],
                    trains__in=["", *Told.values], come_again__in=["", *Told.values],
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.attempt)


class CallBackQuerySet(models.QuerySet["CallBack"]):
    """Who may see which call-back."""

    def visible_to(self, user: User) -> Self:
        """The centre's for readers of answers; nobody else's business, least of all the checked surveyor's."""
        if user.may(Permission.INTERVIEW_READ):
            return self.filter(interview__business__centre=user.centre_id)
        return self.none()

    def by_door(self) -> Self:
        """By surveyor, then in the order of the interviews."""
        return self.order_by(
            "interview__surveyor__family_name", "interview__surveyor", "interview__started_at", "pk"
        )


class CallBack(models.Model):
    """A finished interview drawn at random to be checked by phone. ``seed`` is what the draw started from: it can be repeated."""

    interview = models.OneToOneField(
        Interview, verbose_name=_("interview"), on_delete=models.CASCADE, related_name="call_back"
    )
    seed = models.BigIntegerField(_("seed of the draw"))
    drawn_at = models.DateTimeField(_("drawn"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("drawn by"), on_delete=models.PROTECT, related_name="+"
    )
    # Empty until somebody called.
    outcome = models.CharField(_("outcome"), max_length=14, choices=CallBackOutcome, blank=True)
    minutes = models.PositiveSmallIntegerField(_("minutes as remembered"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    called_at = models.DateTimeField(_("called"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("called by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects = CallBackQuerySet.as_manager()

    class Meta:
        verbose_name = _("call-back")
        verbose_name_plural = _("call-backs")
        constraints = [
            models.CheckConstraint(
                name="businesses_callback_told_by",
                condition=Q(outcome="", called_at__isnull=True, called_by__isnull=True)
                | Q(outcome__in=CallBackOutcome.values, called_at__isnull=False, called_by__isnull=False),
            ),
            models.CheckConstraint(
                name="businesses_callback_minutes",
                condition=Q(minutes__isnull=True) | Q(minutes__range=(1, LONGEST_MINUTES)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.interview)
