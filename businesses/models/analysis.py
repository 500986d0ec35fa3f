"""What the analysis keeps: figures of the city to set the street beside, and reports that are made in the background."""

import datetime as dt
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import ReportState
from businesses.models.branches import WzBranch
from businesses.models.survey import Wave
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.background import Work
from iqquadrat.core.models import Published, Recorded

FIRST_YEAR, LAST_YEAR = 1990, 2100
KEPT = dt.timedelta(days=7)


class CityFigure(Recorded):
    """How many businesses of a branch the city has. The branch says in which version of the classification."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="city_figures"
    )
    branch = models.ForeignKey(
        WzBranch, verbose_name=_("branch"), on_delete=models.PROTECT, related_name="city_figures"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    units = models.PositiveIntegerField(_("businesses"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("figure of the city")
        verbose_name_plural = _("figures of the city")
        ordering = ["-year", "branch__version", "branch__code"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "branch", "year"], name="businesses_city_figure_once"),
            models.CheckConstraint(
                name="businesses_city_figure_year", condition=Q(year__range=(FIRST_YEAR, LAST_YEAR))
            ),
            models.CheckConstraint(name="businesses_city_figure_source", condition=~Q(source="")),
        ]

    def __str__(self) -> str:
        return f"{self.branch_id} {self.year}: {self.units}"


class AnalysisReportQuerySet(models.QuerySet["AnalysisReport"]):
    """Who may see which report."""

    def visible_to(self, user: User) -> "AnalysisReportQuerySet":
        """The centre's, for whoever may hand reports out."""
        return self.filter(wave__centre=user.centre_id) if user.may(Permission.REPORT_EXPORT) else self.none()

    def outlived(self) -> "AnalysisReportQuerySet":
        """Older than a week, whatever became of them."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class AnalysisReport(Recorded, Published, Work):
    """The analysis of a wave on paper, as it was counted at one moment."""

    wave = models.ForeignKey(
        Wave, verbose_name=_("survey wave"), on_delete=models.CASCADE, related_name="analysis_reports"
    )
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.WORKING)
    content = models.BinaryField(_("file"), null=True, editable=False)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects: ClassVar[AnalysisReportQuerySet] = AnalysisReportQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("analysis report")
        verbose_name_plural = _("analysis reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="businesses_report_state", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(
                name="businesses_report_ready_with_file",
                condition=Q(state=ReportState.READY, content__isnull=False)
                | (~Q(state=ReportState.READY) & Q(content__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave} {self.created_at:%Y-%m-%d}"

    @property
    def is_working(self) -> bool:
        """A worker has it, or should have."""
        return self.state == ReportState.WORKING and not self.fault

    @property
    def kept_until(self) -> dt.datetime:
        """When it is deleted, but for the hour of the nightly run."""
        return self.created_at + KEPT
