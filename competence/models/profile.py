"""What follows from an assessment: the stored language evidence, and what counsellor and client say about the profile."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from competence.enums import EvidenceClassChoice
from competence.models.assessment import Assessment
from iqquadrat.core.models import Recorded


class EvidenceResult(models.Model):
    """The codes that the log of one assessment gave, with the thresholds it was read by.

    Kept when the raw events are deleted after twelve months. Intervals and statements are derived from the codes every time, so
    that nothing rounded is ever compared.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="evidence_result")
    # One list a question: [key, level, code, reason of no evidence or "", milliseconds or null].
    codes = models.JSONField(_("codes"), default=list)
    # Per level, whether each reading probe was answered right.
    probes = models.JSONField(_("reading probes"), default=dict)
    measures = models.JSONField(_("measures of the log"), default=dict)
    marks = ArrayField(
        models.CharField(max_length=30), verbose_name=_("marks for the talk"), default=list, blank=True
    )
    overall = models.CharField(_("statement"), max_length=20)
    level = models.CharField(_("level"), max_length=2, blank=True)
    thresholds = models.JSONField(_("thresholds"), default=dict)
    computed_at = models.DateTimeField(_("worked out"))

    class Meta:
        verbose_name = _("language evidence")
        verbose_name_plural = _("language evidence")
        constraints = [
            models.CheckConstraint(
                name="evidence_result_level_of_a_statement",
                condition=Q(overall="level", level__in=["A1", "A2", "B1"])
                | (~Q(overall="level") & Q(level="")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.overall} {self.level}".strip()


class EvidenceSetAside(models.Model):
    """The counsellor leaves the language evidence out of the talk, with a reason. Taken back, the row stays as history."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="set_asides")
    reason = models.TextField(_("reason"), max_length=500)
    at = models.DateTimeField(_("set aside"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("set aside by"), null=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip
    undone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("taken back by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("evidence set aside")
        verbose_name_plural = _("evidence set aside")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="evidence_set_aside_once", fields=["assessment"], condition=Q(undone_at__isnull=True)
            ),
            models.CheckConstraint(name="evidence_set_aside_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="evidence_set_aside_undone_in_pairs",
                condition=Q(undone_at__isnull=False) | Q(undone_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.at:%Y-%m-%d}"


class FieldConfirmation(Recorded):
    """What the counsellor confirmed about one line of the table of work fields. The client's own words stay beside it.

    ``row_key`` as in ``competence.scoring.FieldRow``: ``field:kitchen``, ``certificate:hygiene``.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="confirmations")
    row_key = models.CharField(_("line"), max_length=80)
    evidence = models.PositiveSmallIntegerField(_("evidence"), choices=EvidenceClassChoice)
    years = models.PositiveSmallIntegerField(_("years"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("confirmed line")
        verbose_name_plural = _("confirmed lines")
        ordering = ["assessment", "row_key"]
        constraints = [
            models.UniqueConstraint(name="field_confirmation_once", fields=["assessment", "row_key"]),
            models.CheckConstraint(
                name="field_confirmation_evidence", condition=Q(evidence__in=EvidenceClassChoice.values)
            ),
            models.CheckConstraint(
                name="field_confirmation_years", condition=Q(years__isnull=True) | Q(years__lte=70)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.row_key}"


class ClientRemark(Recorded):
    """What the client corrected or added when reading the profile, in the client's words."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="remarks")
    text = models.CharField(_("the client says"), max_length=500)
    said_on = models.DateField(_("on"))
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects: ClassVar[models.Manager["ClientRemark"]] = models.Manager()

    class Meta:
        verbose_name = _("remark of the client")
        verbose_name_plural = _("remarks of the client")
        ordering = ["said_on", "pk"]
        constraints = [models.CheckConstraint(name="client_remark_has_text", condition=~Q(text=""))]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.said_on}"
