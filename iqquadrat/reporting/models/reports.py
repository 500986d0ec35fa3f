"""Frozen reports: counted once, unchanged for ever; what of them is public; files made of them for two days."""

import datetime as dt
from typing import ClassVar, Self

import pgtrigger
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.background import Work
from iqquadrat.core.models import Published, Recorded
from iqquadrat.reporting.enums import FROZEN, STANDING, FileKind, FileState, ReportState
from iqquadrat.reporting.models.programmes import Programme

KEPT = dt.timedelta(days=2)
# What was counted and of what: a trigger refuses every change once it stands.
CONTENT = (
    "public_id", "centre_id", "programme_id", "starts_on", "ends_on", "content", "sha256", "counted_at", "software", "replaces_id",
)  # fmt: skip
_CHANGED = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in CONTENT)


def _all_or_none(*names: str, text: str = "") -> Q:
    """Return the condition that these columns are filled together; ``text`` is one that is empty instead of null."""
    none = Q(**{f"{name}__isnull": True for name in names})
    all_ = Q(**{f"{name}__isnull": False for name in names})
    return ((none & Q(**{text: ""})) | (all_ & ~Q(**{text: ""}))) if text else (none | all_)


class FrozenReportQuerySet(models.QuerySet["FrozenReport"]):
    """Who may see which report."""

    def visible_to(self, user: User) -> Self:
        """The centre's, for whoever may make reports."""
        return self.filter(centre_id=user.centre_id) if user.may(Permission.REPORT_CREATE) else self.none()

    def without_content(self) -> Self:
        """For lists: the figures stay in the database."""
        return self.defer("content")


class FrozenReport(Recorded, Published, Work):
    """The figures of a programme and period as they were counted at one moment, with the definitions of that day.

    ``content`` is the very text whose SHA-256 is kept (``iqquadrat.reporting.freezing``); it holds sums, never a person.
    """

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(
        Programme, verbose_name=_("programme"), on_delete=models.PROTECT, related_name="frozen_reports"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=10, choices=ReportState, default=ReportState.COUNTING)
    content = models.TextField(_("figures"), blank=True, editable=False)
    sha256 = models.CharField(_("hash"), max_length=64, blank=True, editable=False)
    counted_at = models.DateTimeField(_("counted"), null=True, editable=False)
    software = models.CharField(_("software"), max_length=60, blank=True, editable=False)
    replaces = models.ForeignKey(
        "self", verbose_name=_("replaces"), null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )  # fmt: skip
    approved_at = models.DateTimeField(_("approved"), null=True, blank=True)
    approved_by = models.ForeignKey(
        User, verbose_name=_("approved by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_back_at = models.DateTimeField(_("sent back"), null=True, blank=True)
    sent_back_by = models.ForeignKey(
        User,
        verbose_name=_("sent back by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    sent_back_reason = models.CharField(
        _("reason"), max_length=500, blank=True, validators=[MinLengthValidator(10)]
    )
    handed_in_on = models.DateField(_("handed in on"), null=True, blank=True)
    handed_in_by = models.ForeignKey(
        User,
        verbose_name=_("handed in by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    handed_in_to = models.CharField(_("handed in to"), max_length=200, blank=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects: ClassVar[FrozenReportQuerySet] = FrozenReportQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("frozen report")
        verbose_name_plural = _("frozen reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="reporting_frozen_state", condition=Q(state__in=ReportState.values)),
            models.CheckConstraint(name="reporting_frozen_period", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(
                name="reporting_frozen_with_content",
                condition=(Q(state__in=FROZEN, counted_at__isnull=False) & ~Q(content="") & ~Q(sha256=""))
                | (~Q(state__in=FROZEN) & Q(content="", sha256="", counted_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="reporting_frozen_approved",
                condition=_all_or_none("approved_at", "approved_by")
                & (
                    Q(state__in=STANDING, approved_at__isnull=False)
                    | (~Q(state__in=STANDING) & Q(approved_at__isnull=True))
                ),
            ),
            # Four eyes. Where the account of the maker is gone, anybody is a second person.
            models.CheckConstraint(
                name="reporting_frozen_four_eyes",
                condition=Q(approved_by__isnull=True)
                | Q(created_by__isnull=True)
                | ~Q(approved_by=F("created_by")),
            ),
            models.CheckConstraint(
                name="reporting_frozen_sent_back",
                condition=_all_or_none("sent_back_at", "sent_back_by", text="sent_back_reason")
                & (
                    Q(state=ReportState.SENT_BACK, sent_back_at__isnull=False)
                    | (~Q(state=ReportState.SENT_BACK) & Q(sent_back_at__isnull=True))
                ),
            ),
            models.CheckConstraint(
                name="reporting_frozen_handed_in",
                condition=_all_or_none("handed_in_on", "handed_in_by", text="handed_in_to")
                & (
                    Q(state=ReportState.HANDED_IN, handed_in_on__isnull=False)
                    | (~Q(state=ReportState.HANDED_IN) & Q(handed_in_on__isnull=True))
                ),
            ),
        ]
        indexes = [models.Index(fields=["centre", "-created_at"], name="reporting_frozen_of_centre")]
        triggers = [
            pgtrigger.Protect(
                name="stays_as_counted",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.sha256 <> '' AND ({_CHANGED})"),
            ),
            pgtrigger.Protect(
                name="stays", operation=pgtrigger.Delete, condition=pgtrigger.Q(old__sha256__gt="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.starts_on:%Y-%m-%d} – {self.ends_on:%Y-%m-%d}"

    @property
    def is_working(self) -> bool:
        """A worker counts it, or should."""
        return self.state == ReportState.COUNTING and not self.fault

    @property
    def is_frozen(self) -> bool:
        """Its figures stand."""
        return self.state in FROZEN

    @property
    def is_approved(self) -> bool:
        """A second person has approved it."""
        return self.state in STANDING


class PublishedReportQuerySet(models.QuerySet["PublishedReport"]):
    """Which public versions can be read."""

    def standing(self) -> Self:
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at__isnull=True)


class PublishedReport(Published):
    """What of a report was given to everybody. Append-only: the next one must not give away what this one hides, withdrawn or not."""

    report = models.ForeignKey(
        FrozenReport, verbose_name=_("frozen report"), on_delete=models.PROTECT, related_name="publications"
    )
    content = models.TextField(_("public figures"), editable=False)
    sha256 = models.CharField(_("hash"), max_length=64, editable=False)
    published_at = models.DateTimeField(_("published"), default=timezone.now)
    published_by = models.ForeignKey(
        User, verbose_name=_("published by"), on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    objects: ClassVar[PublishedReportQuerySet] = PublishedReportQuerySet.as_manager()  # type: ignore[assignment]  # as above

    class Meta:
        verbose_name = _("published report")
        verbose_name_plural = _("published reports")
        ordering = ["-published_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(withdrawn_at__isnull=True), name="reporting_published_once"
            ),
            models.CheckConstraint(
                name="reporting_withdrawn", condition=_all_or_none("withdrawn_at", "withdrawn_by")
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="append_only",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at", "withdrawn_by"]),
            ),
            pgtrigger.Protect(
                name="withdrawn_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__withdrawn_at__isnull=False),
            ),
            pgtrigger.Protect(name="stays", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.published_at:%Y-%m-%d}"


class ReportFileQuerySet(models.QuerySet["ReportFile"]):
    """Files by reader and by age."""

    def visible_to(self, user: User) -> Self:
        """Those of the centre, for whoever may hand reports out."""
        return (
            self.filter(report__centre=user.centre_id) if user.may(Permission.REPORT_EXPORT) else self.none()
        )

    def outlived(self) -> Self:
        """Older than two days, whatever became of them."""
        return self.filter(created_at__lt=timezone.now() - KEPT)


class ReportFile(Recorded, Published, Work):
    """A frozen report on paper or as a workbook, made in the background and kept for two days."""

    report = models.ForeignKey(
        FrozenReport, verbose_name=_("frozen report"), on_delete=models.CASCADE, related_name="files"
    )
    kind = models.CharField(_("kind"), max_length=10, choices=FileKind)
    state = models.CharField(_("state"), max_length=10, choices=FileState, default=FileState.WORKING)
    content = models.BinaryField(_("file"), null=True, editable=False)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects: ClassVar[ReportFileQuerySet] = ReportFileQuerySet.as_manager()  # type: ignore[assignment]  # as above

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reporting_file_words",
                condition=Q(kind__in=FileKind.values, state__in=FileState.values),
            ),
            models.CheckConstraint(
                name="reporting_file_ready_with_content",
                condition=Q(state=FileState.READY, content__isnull=False)
                | (~Q(state=FileState.READY) & Q(content__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"

    @property
    def is_working(self) -> bool:
        """A worker makes it, or should."""
        return self.state == FileState.WORKING and not self.fault

    @property
    def kept_until(self) -> dt.datetime:
        """When it is deleted, but for the hour of the nightly run."""
        return self.created_at + KEPT
