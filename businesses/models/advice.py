"""What the centre does with one business: training places and advice."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import Channel, NeedTopic, TrainingEvidence, TrainingReason
from businesses.models.needs import Need
from businesses.models.register import Business, OfBusinessQuerySet
from iqquadrat.core.models import Recorded

LONGEST_MINUTES = 720


class TrainingPlace(Recorded):
    """A place for an apprentice that did not exist before."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="training_places"
    )
    occupation = models.CharField(_("occupation"), max_length=120)
    created_on = models.DateField(_("created on"))
    reason = models.CharField(_("counts because"), max_length=12, choices=TrainingReason)
    evidence = models.CharField(_("known by"), max_length=10, choices=TrainingEvidence, blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("training place")
        verbose_name_plural = _("training places")
        ordering = ["-created_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="businesses_training_reason", condition=Q(reason__in=TrainingReason.values)
            ),
            models.CheckConstraint(
                name="businesses_training_evidence", condition=Q(evidence__in=["", *TrainingEvidence.values])
            ),
            models.CheckConstraint(name="businesses_training_occupation", condition=~Q(occupation="")),
        ]

    def __str__(self) -> str:
        return self.occupation


class BusinessConsultation(Recorded):
    """A talk with a business about its affairs."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="consultations"
    )
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("counsellor"),
        on_delete=models.PROTECT,
        related_name="business_consultations",
    )
    held_at = models.DateTimeField(_("when"), db_index=True)
    minutes = models.PositiveSmallIntegerField(
        _("minutes"), validators=[MinValueValidator(1), MaxValueValidator(LONGEST_MINUTES)]
    )
    channel = models.CharField(_("how"), max_length=10, choices=Channel, default=Channel.ON_SITE)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("languages"), default=list, blank=True
    )
    topic = models.CharField(_("topic"), max_length=12, choices=NeedTopic)
    content = models.TextField(_("what it was about"), blank=True)
    agreed = models.TextField(_("what was agreed"), blank=True)
    need = models.ForeignKey(
        Need,
        verbose_name=_("need"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="consultations",
    )
    follow_up_on = models.DateField(_("follow up on"), null=True, blank=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = OfBusinessQuerySet.as_manager()

    class Meta:
        verbose_name = _("business consultation")
        verbose_name_plural = _("business consultations")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="businesses_consultation_minutes",
                condition=Q(minutes__gte=1, minutes__lte=LONGEST_MINUTES),
            ),
            models.CheckConstraint(
                name="businesses_consultation_topic", condition=Q(topic__in=NeedTopic.values)
            ),
            models.CheckConstraint(
                name="businesses_consultation_channel", condition=Q(channel__in=Channel.values)
            ),
        ]

    def __str__(self) -> str:
        return str(NeedTopic(self.topic).label)
