"""Programmes with what they promised their funder."""

from typing import Self

from django.core.validators import RegexValidator
from django.db import models
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
    funder = models.CharField(_("funder"), max_length=300, blank=True)
    reference = models.CharField(_("funder's reference"), max_length=100, blank=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    centres = models.ManyToManyField(Centre, verbose_name=_("centres"), related_name="programmes")

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


class Target(models.Model):
    """What was promised for one figure over the whole programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="targets")
    figure = models.CharField(_("figure"), max_length=60)
    value = models.PositiveIntegerField(_("target"))

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "figure"], name="reporting_one_target_per_figure")
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.value}"
