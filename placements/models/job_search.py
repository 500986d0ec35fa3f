"""What a client offers and looks for: the client's side of matching, gone through together."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from counselling.enums import DrivingLicence
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.models import Recorded
from placements.enums import FieldOfWork, LegalPrerequisite, WorkCertificate, WorkingSlot

# It was talked about, and there is none: as with driving licences.
NO_CERTIFICATE = "none"
CERTIFICATES_KNOWN = [*WorkCertificate.values, NO_CERTIFICATE]
LONGEST = 70  # years in a field, as in the questionnaire
FARTHEST = 180  # minutes one way


def _fields_of_work(name: Any) -> ArrayField:  # type: ignore[type-arg]  # generic for the type checker only
    return ArrayField(
        models.CharField(max_length=20, choices=FieldOfWork), verbose_name=name, default=list, blank=True
    )


class JobSearchQuerySet(models.QuerySet["JobSearch"]):
    """Job searches by reader."""

    def visible_to(self, user: User) -> Self:
        """Those of own clients."""
        return self.filter(client__in=Client.objects.own(user))


class JobSearch(Recorded):
    """One of a client. Empty: not talked about; it then counts as unknown in matching and excludes nobody.

    Nothing about origin, family or health has a place here; times stand for themselves.
    """

    client = models.OneToOneField(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="job_search"
    )
    fields_experienced = _fields_of_work(_("has worked in"))
    fields_trained = _fields_of_work(_("is trained in"))
    fields_wished = _fields_of_work(_("wishes to work in"))
    # Whole years by the code of the field.
    years_by_field = models.JSONField(_("years in the field"), default=dict, blank=True)
    hours_from = models.PositiveSmallIntegerField(_("hours a week from"), null=True, blank=True)
    hours_to = models.PositiveSmallIntegerField(_("hours a week up to"), null=True, blank=True)
    slots = ArrayField(
        models.CharField(max_length=7, choices=WorkingSlot), verbose_name=_("times of the week"), default=list, blank=True,
    )  # fmt: skip
    certificates = ArrayField(
        models.CharField(max_length=15, choices=[*WorkCertificate.choices, (NO_CERTIFICATE, _("none"))]),
        verbose_name=_("certificates"),
        default=list,
        blank=True,
    )
    certificates_in_progress = ArrayField(
        models.CharField(max_length=15, choices=WorkCertificate), verbose_name=_("certificates in progress"), default=list, blank=True,
    )  # fmt: skip
    licence_in_progress = models.CharField(
        _("driving licence in progress"), max_length=8, choices=DrivingLicence, blank=True
    )
    minutes_limit = models.PositiveSmallIntegerField(
        _("way to work at most (minutes)"), null=True, blank=True
    )
    legal = models.CharField(
        _("legal prerequisite for work"), max_length=11, choices=LegalPrerequisite, blank=True
    )
    legal_confirmed_on = models.DateField(_("checked on"), null=True, blank=True)
    legal_confirmed_by = models.ForeignKey(
        User, verbose_name=_("checked by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    as_of = models.DateField(_("gone through on"))

    objects = JobSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("job search")
        verbose_name_plural = _("job searches")
        ordering = ["client"]
        constraints = [
            models.CheckConstraint(
                name="job_search_fields_known",
                condition=Q(fields_experienced__contained_by=list(FieldOfWork.values))
                & Q(fields_trained__contained_by=list(FieldOfWork.values))
                & Q(fields_wished__contained_by=list(FieldOfWork.values)),
            ),
            models.CheckConstraint(
                name="job_search_slots_known", condition=Q(slots__contained_by=list(WorkingSlot.values))
            ),
            models.CheckConstraint(
                name="job_search_certificates_known",
                condition=Q(certificates__contained_by=CERTIFICATES_KNOWN)
                & (~Q(certificates__contains=[NO_CERTIFICATE]) | Q(certificates=[NO_CERTIFICATE]))
                & Q(certificates_in_progress__contained_by=list(WorkCertificate.values))
                & ~Q(certificates__overlap=F("certificates_in_progress")),
            ),
            models.CheckConstraint(
                name="job_search_hours",
                condition=(Q(hours_from=None) | Q(hours_from__range=(1, 60)))
                & (Q(hours_to=None) | Q(hours_to__range=(1, 60)))
                & (Q(hours_from=None) | Q(hours_to=None) | Q(hours_to__gte=F("hours_from"))),
            ),
            models.CheckConstraint(
                name="job_search_minutes",
                condition=Q(minutes_limit=None) | Q(minutes_limit__range=(1, FARTHEST)),
            ),
            models.CheckConstraint(
                name="job_search_licence_known",
                condition=Q(
                    licence_in_progress__in=[
                        code for code in ("", *DrivingLicence.values) if code not in ("none", "foreign")
                    ]
                ),
            ),
            # A finding about the law has a day. Who found it may leave the house: the day stays.
            models.CheckConstraint(
                name="job_search_legal_on_a_day",
                condition=Q(legal="", legal_confirmed_on=None, legal_confirmed_by=None)
                | Q(legal__in=LegalPrerequisite.values, legal_confirmed_on__isnull=False),
            ),
        ]

    # Ties that the name needs; who shows many fetches them along.
    NAMED_BY = ("client",)
    # What the keys of a column stand for, where somebody reads it.
    KEYS_SAID = {"years_by_field": FieldOfWork}

    def __str__(self) -> str:
        return self.client.number
