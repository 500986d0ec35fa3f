"""What an employer offers."""

from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from businesses.models import Business, Interview
from counselling.enums import DrivingLicence
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded
from placements.enums import (
    NOT_VACANCIES,
    FieldOfWork,
    GermanLevel,
    VacancyKind,
    VacancySource,
    VacancyState,
    WorkCertificate,
    WorkingSlot,
)

# What an employer can ask for: to have none, or one that is not valid here yet, is no demand.
LICENCES = tuple(code for code in DrivingLicence if code not in (DrivingLicence.NONE, DrivingLicence.FOREIGN))
LONGEST_EXPERIENCE = 40
# An open vacancy is asked about in the last days before its date, and when nobody has heard of it for so long.
SOON = timedelta(days=7)
SILENT = timedelta(days=30)


class VacancyQuerySet(models.QuerySet["Vacancy"]):
    """Vacancies of the reader's centre."""

    def visible_to(self, user: User) -> Self:
        """Those of the own centre, for everybody who works with vacancies."""
        return self.filter(centre_id=user.centre_id) if user.may(Permission.VACANCY_READ) else self.none()

    def real(self) -> Self:
        """Without drafts and what was discarded."""
        return self.exclude(state__in=NOT_VACANCIES)

    def open(self) -> Self:
        """Open and not past their date."""
        today = timezone.localdate()
        return self.filter(state=VacancyState.OPEN).filter(
            models.Q(valid_until=None) | models.Q(valid_until__gte=today)
        )

    def expiring(self, today: date) -> Self:
        """Open, but only for a few days more."""
        return self.filter(state=VacancyState.OPEN, valid_until__range=(today, today + SOON))

    def expired(self, today: date) -> Self:
        """Past their date, and still marked as open."""
        return self.filter(state=VacancyState.OPEN, valid_until__lt=today)

    def silent(self, today: date) -> Self:
        """Open, and for long nobody has heard whether that is so."""
        heard = Coalesce("confirmed_on", "opened_on")
        return self.open().annotate(last_heard=heard).filter(last_heard__lt=today - SILENT)

    def taken_up(self) -> Self:
        """Marked as open, although somebody works in every position."""
        return self.filter(state=VacancyState.OPEN).with_taken().filter(taken__gte=models.F("positions"))

    def with_taken(self) -> Self:
        """Annotate ``taken``: how many people have begun there and are still there."""
        at_work = models.Q(placements__started_on__isnull=False, placements__ended_on=None)
        return self.annotate(taken=models.Count("placements", filter=at_work, distinct=True))


def _codes(choices: type[models.TextChoices], name: Any) -> "ArrayField[list[str], list[str]]":
    """Return a field that holds any number of these codes."""
    return ArrayField(
        models.CharField(max_length=12, choices=choices), verbose_name=name, default=list, blank=True
    )


class Vacancy(Recorded, Published):
    """A job, training place, internship or trial, of a business in the register or of an employer outside it."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    business = models.ForeignKey(
        Business,
        verbose_name=_("business"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="vacancies",
    )
    employer_name = models.CharField(_("employer outside the register"), max_length=200, blank=True)
    title = models.CharField(_("title"), max_length=200)
    kind = models.CharField(_("kind"), max_length=12, choices=VacancyKind, default=VacancyKind.JOB)
    field_of_work = models.CharField(_("field of work"), max_length=20, choices=FieldOfWork)
    positions = models.PositiveSmallIntegerField(_("positions"), default=1)
    hours_per_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    times = models.CharField(_("working times"), max_length=200, blank=True)
    place = models.CharField(_("place of work"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    working_slots = ArrayField(
        models.CharField(max_length=7, choices=WorkingSlot), verbose_name=_("days and parts of the day"), default=list, blank=True,
    )  # fmt: skip
    german_required = models.CharField(_("German required"), max_length=2, choices=GermanLevel, blank=True)
    languages = ArrayField(
        models.CharField(max_length=5), verbose_name=_("further languages"), default=list, blank=True
    )
    requirements = models.TextField(_("experience, licence, certificate"), blank=True)
    experience_years = models.PositiveSmallIntegerField(_("years of experience"), null=True, blank=True)
    licences_required = _codes(DrivingLicence, _("driving licences required"))
    licences_desired = _codes(DrivingLicence, _("driving licences desired"))
    certificates_required = _codes(WorkCertificate, _("certificates required"))
    certificates_desired = _codes(WorkCertificate, _("certificates desired"))
    other_certificate = models.CharField(_("other certificate"), max_length=200, blank=True)
    other_certificate_required = models.BooleanField(_("the other certificate is required"), default=False)
    # The ISCO-08 group follows from the field of work.
    kldb = models.CharField(_("occupation (KldB 2010)"), max_length=5, blank=True)
    starts_on = models.DateField(_("start"), null=True, blank=True)
    valid_until = models.DateField(_("open until"), null=True, blank=True)
    source = models.CharField(
        _("heard of by"), max_length=10, choices=VacancySource, default=VacancySource.EMPLOYER
    )
    state = models.CharField(_("state"), max_length=10, choices=VacancyState, default=VacancyState.OPEN)
    discard_reason = models.CharField(_("discarded because"), max_length=300, blank=True)
    opened_on = models.DateField(_("reported on"), default=timezone.localdate)
    # The employer said so last on this day; empty: not since it was reported.
    confirmed_on = models.DateField(_("confirmed on"), null=True, blank=True)
    in_charge = models.ForeignKey(
        User, verbose_name=_("in charge"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    public = models.BooleanField(_("may hang in public"), default=False)
    employer_hidden = models.BooleanField(_("the employer's name is not shown in public"), default=True)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)

    taken: int  # annotated by with_taken()
    reason: str  # why to ask about it again; the list sets it for the rows that it shows

    objects = VacancyQuerySet.as_manager()

    class Meta:
        verbose_name = _("vacancy")
        verbose_name_plural = _("vacancies")
        ordering = ["-opened_on", "-pk"]
        indexes = [models.Index(fields=["centre", "state", "-opened_on"], name="placements_vacancy_centre")]
        constraints = [
            models.CheckConstraint(
                name="placements_vacancy_one_employer",
                condition=models.Q(business__isnull=False, employer_name="")
                | models.Q(business=None) & ~models.Q(employer_name=""),
                violation_error_message=_(
                    "Choose a business from the register, or write the employer's name."
                ),
            ),
            models.CheckConstraint(
                name="placements_vacancy_discarded_pair",
                condition=models.Q(state=VacancyState.DISCARDED) & ~models.Q(discard_reason="")
                | ~models.Q(state=VacancyState.DISCARDED) & models.Q(discard_reason=""),
            ),
            models.CheckConstraint(name="placements_vacancy_positions", condition=models.Q(positions__gte=1)),
            models.CheckConstraint(
                name="placements_vacancy_hours",
                condition=models.Q(hours_per_week=None) | models.Q(hours_per_week__range=(1, 60)),
            ),
            models.CheckConstraint(
                name="placements_vacancy_slots_known",
                condition=models.Q(working_slots__contained_by=list(WorkingSlot.values)),
            ),
            models.CheckConstraint(
                name="placements_vacancy_experience",
                condition=models.Q(experience_years=None)
                | models.Q(experience_years__range=(1, LONGEST_EXPERIENCE)),
            ),
            # Required or desired, not both.
            models.CheckConstraint(
                name="placements_vacancy_licences",
                condition=models.Q(licences_required__contained_by=[str(code) for code in LICENCES])
                & models.Q(licences_desired__contained_by=[str(code) for code in LICENCES])
                & ~models.Q(licences_required__overlap=models.F("licences_desired")),
            ),
            models.CheckConstraint(
                name="placements_vacancy_certificates",
                condition=models.Q(certificates_required__contained_by=list(WorkCertificate.values))
                & models.Q(certificates_desired__contained_by=list(WorkCertificate.values))
                & ~models.Q(certificates_required__overlap=models.F("certificates_desired")),
            ),
            models.CheckConstraint(
                name="placements_vacancy_other_certificate",
                condition=models.Q(other_certificate_required=False) | ~models.Q(other_certificate=""),
            ),
            models.CheckConstraint(
                name="placements_vacancy_kldb",
                condition=models.Q(kldb="") | models.Q(kldb__regex=r"^[0-9]{2,5}$"),
            ),
            models.CheckConstraint(
                name="placements_vacancy_confirmed_after_reported",
                condition=models.Q(confirmed_on=None) | models.Q(confirmed_on__gte=models.F("opened_on")),
            ),
        ]

    # Ties that the name needs; who shows many vacancies fetches them along.
    NAMED_BY = ("business",)

    def __str__(self) -> str:
        return f"{self.title}, {self.employer}"

    @property
    def employer(self) -> str:
        """The name of who offers it."""
        return self.employer_name if self.business is None else self.business.sign_name

    @property
    def is_open(self) -> bool:
        """Open and not past its date."""
        return self.state == VacancyState.OPEN and (
            self.valid_until is None or self.valid_until >= timezone.localdate()
        )

    @property
    def has_expired(self) -> bool:
        """Still marked open, but past its date."""
        return self.state == VacancyState.OPEN and not self.is_open

    @property
    def heard_on(self) -> date:
        """The last day on which the employer said that it is open."""
        return self.confirmed_on or self.opened_on

    @property
    def has_demands(self) -> bool:
        """Whether the employer asks for anything."""
        return any((
            self.german_required, self.languages, self.experience_years, self.licences_required, self.licences_desired,
            self.certificates_required, self.certificates_desired, self.other_certificate, self.requirements,
        ))  # fmt: skip

    @property
    def licences_required_words(self) -> list[str]:
        """The driving licences that must be, in words."""
        return _words(DrivingLicence, self.licences_required)

    @property
    def licences_desired_words(self) -> list[str]:
        """The driving licences that would be welcome, in words."""
        return _words(DrivingLicence, self.licences_desired)

    @property
    def certificates_required_words(self) -> list[str]:
        """The certificates that must be, in words."""
        return _words(WorkCertificate, self.certificates_required) + (
            [self.other_certificate] if self.other_certificate_required else []
        )

    @property
    def certificates_desired_words(self) -> list[str]:
        """The certificates that would be welcome, in words."""
        other = self.other_certificate if not self.other_certificate_required else ""
        return _words(WorkCertificate, self.certificates_desired) + ([other] if other else [])

    @property
    def language_words(self) -> list[str]:
        """The further languages, by their names in the reader's language."""
        return [str(get_language_info(code)["name_translated"]) for code in self.languages]

    @property
    def is_draft(self) -> bool:
        """From an interview, and nobody has looked at it yet."""
        return self.state == VacancyState.DRAFT


def _words(choices: type[models.TextChoices], codes: list[str]) -> list[str]:
    """The labels of these codes, in the order of the list."""
    return [str(code.label) for code in choices if code.value in codes]


class VacancyNaming(models.Model):
    """An interview in which a vacancy was named: the one that made the draft, and later ones that named it again."""

    vacancy = models.ForeignKey(
        Vacancy, verbose_name=_("vacancy"), on_delete=models.CASCADE, related_name="namings"
    )
    interview = models.ForeignKey(
        Interview, verbose_name=_("interview"), on_delete=models.PROTECT, related_name="named_vacancies"
    )
    # Where in the questionnaire: v28_1 to v28_3, v27_training ...
    question = models.CharField(_("question"), max_length=20)

    class Meta:
        verbose_name = _("naming of a vacancy")
        verbose_name_plural = _("namings of vacancies")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["interview", "question"], name="placements_naming_once"),
            models.CheckConstraint(name="placements_naming_question", condition=~models.Q(question="")),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.vacancy}"
