"""Programmes with what they promised their funder."""

from decimal import Decimal
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Recorded


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """Programmes of the reader's centre."""

    def visible_to(self, user: User) -> Self:
        """Those in which the own centre takes part."""
        if user.may(Permission.FIGURES_OWN) or user.may(Permission.FIGURES_CENTRE):
            return self.filter(centres=user.centre_id)
        return self.none()


class Programme(Recorded):
    """A funded project: who pays, from when to when, which centres take part."""

    code = models.CharField(
        _("code"), max_length=30, unique=True,
        validators=[RegexValidator(r"^[a-z0-9-]+$", _("Small letters, digits and hyphens only, for example iq-quadrat."))],
        help_text=_("Stands in every record of the programme; it cannot be changed later."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=120)
    title = models.CharField(_("full title"), max_length=300, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    centres = models.ManyToManyField(Centre, verbose_name=_("centres"), related_name="programmes")
    esf_plus = models.BooleanField(
        _("European Social Fund Plus"), default=False,
        help_text=_("Participants enter and leave, and are reported by Annex I of Regulation (EU) 2021/1057."),
    )  # fmt: skip

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-starts_on", "name"]
        constraints = [
            models.CheckConstraint(
                name="reporting_programme_period",
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                violation_error_message=_("The programme ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def years(self) -> list[int]:
        """The calendar years it touches."""
        return list(range(self.starts_on.year, self.ends_on.year + 1))


def in_per_cent(share: Decimal) -> str:
    """Return a share in words, without noughts at the end."""
    # A whole share has no point, and keeps its noughts.
    plain = f"{share:f}"
    shown = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return _("%(share)s %%") % {"share": number_format(shown)}


class ProgrammeFunder(models.Model):
    """Who pays a programme, or a part of it: there may be several at once. The shares never make more than the whole."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="funders")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("funder"), max_length=300)
    reference = models.CharField(_("funder's reference"), max_length=100, blank=True)
    # In per cent; empty where it was not agreed as a share.
    share = models.DecimalField(_("share in per cent"), max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("funder of a programme")
        verbose_name_plural = _("funders of programmes")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "position"], name="reporting_funder_position"),
            models.CheckConstraint(name="reporting_funder_named", condition=~models.Q(name="")),
            models.CheckConstraint(
                name="reporting_funder_share",
                condition=models.Q(share__isnull=True) | models.Q(share__gt=0, share__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def share_in_words(self) -> str:
        """The share as it is read, without noughts at the end; empty where none was agreed."""
        return in_per_cent(self.share) if self.share else ""


class Target(models.Model):
    """What was promised for one figure, over the whole programme or for one calendar year of it."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    figure = models.CharField(_("figure"), max_length=60)
    value = models.PositiveIntegerField(_("target"))
    # Empty: for the whole time.
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "figure", "year"],
                name="reporting_one_target_per_figure",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="reporting_target_year",
                condition=models.Q(year__isnull=True) | models.Q(year__gte=1990, year__lte=2200),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.value}"


class ClosedPeriodQuerySet(models.QuerySet["ClosedPeriod"]):
    """Closed reporting periods."""

    def visible_to(self, user: User) -> Self:
        """Those of the reader's centre."""
        return self.filter(centre_id=user.centre_id) if user.may(Permission.FIGURES_CENTRE) else self.none()

    def standing(self) -> Self:
        """Those that were not opened again."""
        return self.filter(reopened_at__isnull=True)


class ClosedPeriod(models.Model):
    """Everything of a centre up to a day has been reported. Corrections stay possible, and are visible as such."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    # Empty: everything the centre did.
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), null=True, blank=True, on_delete=models.PROTECT, related_name="closed_periods"
    )  # fmt: skip
    until = models.DateField(_("closed up to and including"))
    submission = models.UUIDField(unique=True, null=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), default=timezone.now)
    closed_by = models.ForeignKey(
        User, verbose_name=_("closed by"), on_delete=models.PROTECT, related_name="+"
    )
    reopened_at = models.DateTimeField(_("opened again"), null=True, blank=True)
    reopened_by = models.ForeignKey(
        User,
        verbose_name=_("opened again by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reopened_reason = models.CharField(_("reason"), max_length=300, blank=True)

    objects = ClosedPeriodQuerySet.as_manager()

    class Meta:
        verbose_name = _("closed period")
        verbose_name_plural = _("closed periods")
        ordering = ["-until", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reporting_reopened_with_reason",
                condition=models.Q(reopened_at__isnull=True, reopened_by__isnull=True, reopened_reason="")
                | (
                    models.Q(reopened_at__isnull=False, reopened_by__isnull=False)
                    & ~models.Q(reopened_reason="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.until:%Y-%m-%d}"


class LateChange(models.Model):
    """A record inside a closed period was made, changed or deleted afterwards. It names the record by number, never a person."""

    period = models.ForeignKey(
        ClosedPeriod, verbose_name=_("closed period"), on_delete=models.CASCADE, related_name="late_changes"
    )
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(User, verbose_name=_("by"), null=True, on_delete=models.SET_NULL, related_name="+")
    action = models.CharField(_("what"), max_length=20)
    object_type = models.CharField(_("kind of record"), max_length=60)
    object_id = models.CharField(_("record"), max_length=40)
    day = models.DateField(_("day of the record"))
    # As it stands in the record; empty where records of the kind belong to no programme.
    programme_code = models.CharField(_("programme"), max_length=30, blank=True)

    class Meta:
        verbose_name = _("change after closing")
        verbose_name_plural = _("changes after closing")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["period", "-at"], name="reporting_late_of_period"),
            models.Index(fields=["object_type", "object_id"], name="reporting_late_of_record"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.object_type} {self.object_id}"
