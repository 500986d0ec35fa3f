"""Fieldwork: waves, their units and sections, attempts at the door, interviews, and what was agreed to in them."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import (
    INTERVIEWED,
    Channel,
    ConsentPurpose,
    Disposition,
    RefusalReason,
    Side,
    Status,
)
from businesses.models.places import HIGHEST_NUMBER, Positioned, Street, position_whole, within
from businesses.models.register import Business, covering
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded
from iqquadrat.questionnaires.models import Response, Version


class WaveQuerySet(models.QuerySet["Wave"]):
    """Who may see which wave."""

    def visible_to(self, user: User) -> Self:
        """The centre's waves for staff; for a surveyor the running ones in which there is a section to walk."""
        own = self.filter(centre=user.centre_id)
        if user.may(Permission.BUSINESS_READ):
            return own
        if user.may(Permission.BUSINESS_READ_ASSIGNED):
            return own.running().filter(
                models.Exists(Assignment.objects.filter(wave=models.OuterRef("pk"), surveyor=user))
            )
        return self.none()

    def running(self) -> Self:
        """Waves whose period holds today and that nobody closed."""
        today = timezone.localdate()
        return self.filter(starts_on__lte=today, ends_on__gte=today, closed_at__isnull=True)


class Wave(Recorded, Published):
    """A survey of the quarter: a period, a version of the questionnaire, a list of units."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="waves"
    )
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    version = models.ForeignKey(
        Version, verbose_name=_("questionnaire"), on_delete=models.PROTECT, related_name="waves"
    )
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    # Whether surveyors may photograph the shop sign.
    with_photos = models.BooleanField(_("photos of the shop signs"), default=False)
    # Set by hand; what is unvisited then stays "not known". The period alone ends fieldwork as well.
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = WaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("survey wave")
        verbose_name_plural = _("survey waves")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="businesses_wave_name"),
            models.CheckConstraint(name="businesses_wave_period", condition=Q(ends_on__gte=F("starts_on"))),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether fieldwork is on today."""
        return self.closed_at is None and self.starts_on <= timezone.localdate() <= self.ends_on


class UnitQuerySet(models.QuerySet["Unit"]):
    """Who may see which unit of a wave."""

    def visible_to(self, user: User) -> Self:
        """The centre's units for staff; the own section of running waves for a surveyor."""
        own = self.filter(wave__centre=user.centre_id)
        if user.may(Permission.BUSINESS_READ):
            return own
        if user.may(Permission.BUSINESS_READ_ASSIGNED):
            mine = Assignment.objects.filter(surveyor=user, wave=models.OuterRef("wave"))
            return own.filter(wave__in=Wave.objects.running()).filter(
                models.Exists(covering(mine, "business__premises__"))
            )
        return self.none()

    def by_door(self) -> Self:
        """In the order in which one walks past."""
        return self.order_by(
            "business__premises__street__name", "business__premises__house_number", "business__premises__addition",
            "business__premises__floor", "business__premises__position", "pk",
        )  # fmt: skip


class Unit(models.Model):
    """A business on the list of a wave, and how it stands. The services settle ``disposition`` from the attempts."""

    wave = models.ForeignKey(
        Wave, verbose_name=_("survey wave"), on_delete=models.CASCADE, related_name="units"
    )
    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="units"
    )
    # What was seen of it in this wave; what the register said until somebody was there.
    status = models.CharField(_("observed status"), max_length=12, choices=Status, default=Status.OPEN)
    # Empty until somebody was there.
    disposition = models.CharField(_("result"), max_length=16, choices=Disposition, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit of a wave")
        verbose_name_plural = _("units of a wave")
        constraints = [
            models.UniqueConstraint(fields=["wave", "business"], name="businesses_unit_once"),
            models.CheckConstraint(name="businesses_unit_status", condition=Q(status__in=Status.values)),
            models.CheckConstraint(
                name="businesses_unit_disposition", condition=Q(disposition__in=["", *Disposition.values])
            ),
        ]
        indexes = [models.Index(fields=["wave", "disposition"], name="businesses_unit_result")]

    def __str__(self) -> str:
        return f"{self.business} ({self.wave})"


class Assignment(models.Model):
    """A street section that one surveyor walks in a wave."""

    wave = models.ForeignKey(
        Wave, verbose_name=_("survey wave"), on_delete=models.CASCADE, related_name="assignments"
    )
    surveyor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("surveyor"),
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    street = models.ForeignKey(
        Street, verbose_name=_("street"), on_delete=models.PROTECT, related_name="assignments"
    )
    side = models.CharField(_("side"), max_length=4, choices=Side, default=Side.BOTH)
    number_from = models.PositiveSmallIntegerField(_("from number"), default=1)
    number_to = models.PositiveSmallIntegerField(_("to number"), default=HIGHEST_NUMBER)

    class Meta:
        verbose_name = _("street section")
        verbose_name_plural = _("street sections")
        ordering = ["street__name", "number_from", "side", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["wave", "surveyor", "street", "side", "number_from", "number_to"],
                name="businesses_assignment_once",
            ),
            models.CheckConstraint(
                name="businesses_assignment_numbers",
                condition=Q(
                    number_from__gte=1, number_to__gte=F("number_from"), number_to__lte=HIGHEST_NUMBER
                ),
            ),
            models.CheckConstraint(name="businesses_assignment_side", condition=Q(side__in=Side.values)),
        ]

    def __str__(self) -> str:
        return f"{self.street} {self.number_from}–{self.number_to}"

    @property
    def is_whole_street(self) -> bool:
        """Whether no number is left out at either end."""
        return self.number_from == 1 and self.number_to == HIGHEST_NUMBER

    def holds(self, house_number: int) -> bool:
        """Whether a house of the street lies in this section."""
        return within(house_number, self.side, self.number_from, self.number_to)


class ContactAttempt(Positioned):
    """One visit at the door, or one call. At least four on different days and times before a unit is given up."""

    unit = models.ForeignKey(
        Unit, verbose_name=_("unit of a wave"), on_delete=models.CASCADE, related_name="attempts"
    )
    surveyor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("surveyor"),
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    at = models.DateTimeField(_("when"))
    disposition = models.CharField(_("result"), max_length=16, choices=Disposition)
    channel = models.CharField(_("how"), max_length=10, choices=Channel, default=Channel.ON_SITE)
    reason = models.CharField(_("reason of the refusal"), max_length=16, choices=RefusalReason, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    # Counts up at every correction.
    revision = models.PositiveIntegerField(default=1, editable=False)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    class Meta:
        verbose_name = _("contact attempt")
        verbose_name_plural = _("contact attempts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="businesses_attempt_disposition", condition=Q(disposition__in=Disposition.values)
            ),
            models.CheckConstraint(
                name="businesses_attempt_channel", condition=Q(channel__in=[Channel.ON_SITE, Channel.PHONE])
            ),
            models.CheckConstraint(
                name="businesses_attempt_reason",
                condition=Q(disposition=Disposition.REFUSAL, reason__in=RefusalReason.values)
                | (~Q(disposition=Disposition.REFUSAL) & Q(reason="")),
            ),
            position_whole("businesses_attempt_position"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.disposition}"


class InterviewQuerySet(models.QuerySet["Interview"]):
    """Who may see which interview."""

    def visible_to(self, user: User) -> Self:
        """The centre's for readers of answers; a surveyor's own in the own section, until it is handed in or the wave is over."""
        own = self.filter(business__centre=user.centre_id)
        if user.may(Permission.INTERVIEW_READ):
            return own
        if user.may(Permission.INTERVIEW_WRITE):
            here = Unit.objects.visible_to(user).filter(
                wave=models.OuterRef("wave"), business=models.OuterRef("business")
            )
            return own.filter(models.Exists(here), surveyor=user, completed_at__isnull=True)
        return self.none()

    def finished(self) -> Self:
        """Complete or partial; counted as a business surveyed."""
        return self.filter(disposition__in=INTERVIEWED)


class Interview(Recorded, Published, Positioned):
    """The questionnaire answered by one business in one wave."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.PROTECT, related_name="interviews"
    )
    wave = models.ForeignKey(
        Wave, verbose_name=_("survey wave"), on_delete=models.PROTECT, related_name="interviews"
    )
    response = models.OneToOneField(
        Response, verbose_name=_("answers"), on_delete=models.PROTECT, related_name="interview"
    )
    surveyor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("surveyor"),
        on_delete=models.PROTECT,
        related_name="interviews",
    )
    channel = models.CharField(_("how"), max_length=10, choices=Channel, default=Channel.ON_SITE)
    language = models.CharField(_("language of the interview"), max_length=5, default="de")
    with_interpreter = models.BooleanField(_("somebody interpreted"), default=False)
    started_at = models.DateTimeField(_("started"))
    completed_at = models.DateTimeField(_("finished"), null=True, blank=True, db_index=True)
    # Empty while the interview runs; then complete, or partial (half of the core or more).
    disposition = models.CharField(_("result"), max_length=16, choices=Disposition, blank=True)
    note = models.TextField(_("note"), blank=True)
    # How often it was handed over to another surveyor: what the next one enters is newer than all before.
    turn = models.PositiveSmallIntegerField(default=0, editable=False)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    objects = InterviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("interview")
        verbose_name_plural = _("interviews")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["business", "wave"], name="businesses_interview_once_a_wave"),
            models.CheckConstraint(
                name="businesses_interview_finished_pair",
                condition=Q(completed_at__isnull=True, disposition="")
                | Q(completed_at__isnull=False, disposition__in=list(INTERVIEWED)),
            ),
            models.CheckConstraint(
                name="businesses_interview_times",
                condition=Q(completed_at__isnull=True) | Q(completed_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="businesses_interview_channel", condition=Q(channel__in=Channel.values)
            ),
            position_whole("businesses_interview_position"),
        ]

    def __str__(self) -> str:
        return f"{self.business} ({self.wave})"


class BusinessConsent(models.Model):
    """What a business agreed to: which text, when, how; withdrawn at any time."""

    business = models.ForeignKey(
        Business, verbose_name=_("business"), on_delete=models.CASCADE, related_name="consents"
    )
    interview = models.ForeignKey(
        Interview,
        verbose_name=_("interview"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="consents",
    )
    purpose = models.CharField(_("agreed to"), max_length=16, choices=ConsentPurpose)
    text_version = models.CharField(_("version of the text"), max_length=40)
    channel = models.CharField(_("how"), max_length=10, choices=Channel, default=Channel.ON_SITE)
    given_at = models.DateTimeField(_("given"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    # Who agreed, where it was noted outside of an interview; the consent stays when the person is deleted.
    contact = models.ForeignKey(
        "businesses.Contact",
        verbose_name=_("agreed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="consents",
    )
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noted by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("consent of a business")
        verbose_name_plural = _("consents of businesses")
        ordering = ["purpose", "-given_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "purpose"],
                condition=Q(withdrawn_at__isnull=True),
                name="businesses_consent_one_valid",
            ),
            models.CheckConstraint(
                name="businesses_consent_purpose", condition=Q(purpose__in=ConsentPurpose.values)
            ),
            models.CheckConstraint(
                name="businesses_consent_channel", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(name="businesses_consent_text", condition=~Q(text_version="")),
            models.CheckConstraint(
                name="businesses_consent_withdrawn_later",
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(ConsentPurpose(self.purpose).label)
