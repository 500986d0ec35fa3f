"""One run of the competence questionnaire by one client."""

from typing import Any, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competence.enums import AssessmentState, Measuring
from counselling.models import Client
from iqquadrat.core.models import Published, Recorded


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    """Reads of assessments."""

    def visible_to(self, user: Any) -> Self:
        """Assessments of the reader's own clients: who only sees the list of clients sees no answers."""
        return self.filter(client__in=Client.objects.own(user))

    def finished(self) -> Self:
        """Those that the client completed."""
        return self.filter(state=AssessmentState.FINISHED)


class Assessment(Recorded, Published):
    """The client's answers (``response``) and the circumstances under which they were given."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.PROTECT, related_name="assessments"
    )
    centre = models.ForeignKey(
        "accounts.Centre", verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+"
    )
    response = models.OneToOneField(
        "questionnaires.Response", verbose_name=_("answers"), on_delete=models.PROTECT, related_name="assessment"
    )  # fmt: skip
    mother_tongue = models.CharField(_("mother tongue"), max_length=5, default="de")
    measuring = models.CharField(
        _("measuring of language switches"), max_length=10, choices=Measuring, default=Measuring.NOT_ASKED
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AssessmentState, default=AssessmentState.CREATED
    )
    started_at = models.DateTimeField(_("started"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    discussed_at = models.DateTimeField(_("discussed"), null=True, blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    # Two pictures, shown on both screens: the counsellor sees that the right person has the right questionnaire.
    pair = ArrayField(models.CharField(max_length=20), verbose_name=_("pictures"), size=2)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects: ClassVar[AssessmentQuerySet] = AssessmentQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("competence assessment")
        verbose_name_plural = _("competence assessments")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["centre", "state", "-created_at"], name="assessment_centre_state")]
        constraints = [
            models.CheckConstraint(
                name="assessment_finished_in_pairs",
                condition=Q(state=AssessmentState.FINISHED, finished_at__isnull=False)
                | (~Q(state=AssessmentState.FINISHED) & Q(finished_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="assessment_started_before_running",
                condition=Q(state__in=[AssessmentState.CREATED, AssessmentState.ABORTED])
                | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assessment_in_order",
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
            ),
            models.CheckConstraint(name="assessment_two_pictures", condition=Q(pair__len=2)),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"
