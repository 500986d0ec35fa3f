"""Taking part in a programme of the European Social Fund Plus: entry, voluntary answers, leaving, and what became of it."""

import datetime as dt
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.client import Client
from counselling.participation import WINDOW
from iqquadrat.accounts.models import User
from iqquadrat.core.models import Published, Recorded

# The answers that are asked of free will, in the order of the form.
SENSITIVE = ("third_country", "foreign_background", "minority", "disability", "homeless", "rural")
# What may have become of somebody.
RESULTS = ("job_searching", "in_education", "qualification", "in_employment")
LATER_RESULTS = ("in_employment", "improved")

IN_TIME = Q(asked_on__gte=F("due_on"), asked_on__lte=F("due_on") + WINDOW)
KNOWN = IN_TIME & Q(answer=enums.AnswerState.KNOWN)


def field_words(row: models.Model, name: str) -> Any:
    """Return what a column is called."""
    return row._meta.get_field(name).verbose_name  # type: ignore[union-attr]  # columns have a name


def _days() -> Any:
    return Func(
        F("entered_on"), F("left_on"), Value("[]"), function="daterange", output_field=DateRangeField()
    )


class ParticipationQuerySet(models.QuerySet["Participation"]):
    """Participations."""

    def visible_to(self, user: User) -> Self:
        """Those of clients whose file the reader may read; who only counts sees none."""
        return self.filter(client__in=Client.objects.own(user))

    def open(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(left_on__isnull=True)


class Participation(Recorded, Published):
    """One person's time in one programme, from the first day to the last one, both included, with what was true at entry."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="participations"
    )
    programme_code = models.CharField(_("programme"), max_length=30, db_index=True)
    submission = models.UUIDField(unique=True, null=True, editable=False)
    entered_on = models.DateField(_("first day"))
    left_on = models.DateField(_("last day"), null=True, blank=True)
    gender = models.CharField(
        _("gender"), max_length=12, choices=enums.ReportedGender, default=enums.ReportedGender.NOT_STATED
    )
    status = models.CharField(_("at entry"), max_length=12, choices=enums.EntryStatus, blank=True)
    age_band = models.CharField(_("age group"), max_length=8, choices=enums.AgeBand, blank=True)
    isced = models.CharField(_("school"), max_length=1, choices=enums.SchoolLevel, blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["-entered_on", "-pk"]
        constraints = [
            models.CheckConstraint(name="participation_in_a_programme", condition=~Q(programme_code="")),
            models.CheckConstraint(
                name="participation_ends_after_it_began",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("entered_on")),
            ),
            models.CheckConstraint(
                name="participation_day_believable", condition=Q(entered_on__gte=dt.date(2000, 1, 1))
            ),
            models.CheckConstraint(
                name="participation_gender", condition=Q(gender__in=enums.ReportedGender.values)
            ),
            models.CheckConstraint(
                name="participation_status", condition=Q(status__in=["", *enums.EntryStatus.values])
            ),
            models.CheckConstraint(
                name="participation_age_band", condition=Q(age_band__in=["", *enums.AgeBand.values])
            ),
            models.CheckConstraint(
                name="participation_isced", condition=Q(isced__in=["", *enums.SchoolLevel.values])
            ),
            models.UniqueConstraint(
                fields=["client", "programme_code"], condition=Q(left_on__isnull=True), name="participation_open_once"
            ),
            ExclusionConstraint(
                name="participation_no_overlap",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("programme_code", RangeOperators.EQUAL),
                    (_days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["programme_code", "entered_on"], name="participation_by_entry"),
            models.Index(fields=["programme_code", "left_on"], name="participation_by_leaving"),
        ]

    def __str__(self) -> str:
        return f"{self.programme_code} {self.entered_on:%Y-%m-%d}"

    @property
    def centre_id(self) -> int:
        """The centre whose record it is."""
        return self.client.centre_id

    @property
    def voluntary(self) -> "ParticipationSensitive | None":
        """The answers given of free will, if there are any."""
        return getattr(self, "sensitive", None)


class ParticipationSensitive(models.Model):
    """Answers given of free will, apart from the rest: whoever takes the consent back, takes this row away."""

    participation = models.OneToOneField(
        Participation, verbose_name=_("participation"), on_delete=models.CASCADE, related_name="sensitive"
    )
    third_country = models.CharField(
        _("third-country national"), max_length=10, choices=enums.Stated, blank=True
    )
    foreign_background = models.CharField(
        _("foreign background"), max_length=10, choices=enums.Stated, blank=True
    )
    minority = models.CharField(_("minority"), max_length=10, choices=enums.Stated, blank=True)
    disability = models.CharField(_("disability"), max_length=10, choices=enums.Stated, blank=True)
    homeless = models.CharField(
        _("homeless or housing exclusion"), max_length=10, choices=enums.Stated, blank=True
    )
    rural = models.CharField(_("lives in a rural area"), max_length=10, choices=enums.Stated, blank=True)

    objects = models.Manager["ParticipationSensitive"]()

    class Meta:
        verbose_name = _("voluntary answers")
        verbose_name_plural = _("voluntary answers")
        constraints = [
            models.CheckConstraint(
                name="participation_voluntary_codes",
                condition=Q(
                    third_country__in=["", *enums.Stated.values],
                    foreign_background__in=["", *enums.Stated.values],
                    minority__in=["", *enums.Stated.values],
                    disability__in=["", *enums.Stated.values],
                    homeless__in=["", *enums.Stated.values],
                    rural__in=["", *enums.Stated.values],
                ),
            ),
        ]

    def __str__(self) -> str:
        return str(self.participation_id)


class ParticipationQuestionQuerySet(models.QuerySet["ParticipationQuestion"]):
    """Questions by reader and by where they stand."""

    def visible_to(self, user: User) -> Self:
        """Those about clients whose file the reader may read."""
        return self.filter(participation__client__in=Client.objects.own(user))

    def unanswered(self) -> Self:
        """Nobody has noted anything yet."""
        return self.filter(answer="")

    def to_ask(self, today: dt.date) -> Self:
        """Unanswered, and there is time to answer."""
        return self.unanswered().filter(due_on__lte=today, due_on__gte=today - WINDOW)

    def missed(self, today: dt.date) -> Self:
        """Unanswered, and the time is over."""
        return self.unanswered().filter(due_on__lt=today - WINDOW)

    def coming(self, today: dt.date) -> Self:
        """Their day has not come yet."""
        return self.unanswered().filter(due_on__gt=today)

    def found_out(self) -> Self:
        """Answered, in time or too late."""
        return self.filter(answer=enums.AnswerState.KNOWN)

    def not_found_out(self) -> Self:
        """Somebody tried."""
        return self.filter(answer=enums.AnswerState.UNKNOWN)


class ParticipationQuestion(Recorded, Published):
    """What is asked on leaving and six months later; made when somebody leaves, answered then."""

    participation = models.ForeignKey(
        Participation, verbose_name=_("participation"), on_delete=models.CASCADE, related_name="questions"
    )
    kind = models.CharField(_("when"), max_length=10, choices=enums.QuestionKind)
    due_on = models.DateField(_("to be asked on"))
    answer = models.CharField(_("result"), max_length=10, choices=enums.AnswerState, blank=True)
    source = models.CharField(_("known by"), max_length=10, choices=enums.AnswerSource, blank=True)
    asked_on = models.DateField(_("asked on"), null=True, blank=True)
    job_searching = models.BooleanField(_("looks for work"), default=False)
    in_education = models.BooleanField(_("in education or training"), default=False)
    qualification = models.BooleanField(_("gained a qualification"), default=False)
    in_employment = models.BooleanField(_("at work or self-employed"), default=False)
    improved = models.BooleanField(_("better situation at work"), default=False)

    objects = ParticipationQuestionQuerySet.as_manager()

    # Ties that the name needs; who shows many fetches them along.
    NAMED_BY = ("participation__client",)

    class Meta:
        verbose_name = _("question after leaving")
        verbose_name_plural = _("questions after leaving")
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["due_on"], condition=Q(answer=""), name="participation_question_open")
        ]
        constraints = [
            models.UniqueConstraint(fields=["participation", "kind"], name="participation_question_once"),
            models.CheckConstraint(
                name="participation_question_kind", condition=Q(kind__in=enums.QuestionKind.values)
            ),
            models.CheckConstraint(
                name="participation_question_answer", condition=Q(answer__in=["", *enums.AnswerState.values])
            ),
            models.CheckConstraint(
                name="participation_question_answered_on",
                condition=Q(answer="", asked_on=None) | ~Q(answer="") & Q(asked_on__isnull=False),
            ),
            # What is known is known from somewhere; what is not known has no source and no result.
            models.CheckConstraint(
                name="participation_question_known_by",
                condition=Q(answer=enums.AnswerState.KNOWN, source__in=enums.AnswerSource.values)
                | Q(
                    answer__in=["", enums.AnswerState.UNKNOWN], source="", job_searching=False, in_education=False,
                    qualification=False, in_employment=False, improved=False,
                ),
            ),
            # EECR01 and EECR04 exclude each other.
            models.CheckConstraint(
                name="participation_question_not_both", condition=Q(job_searching=False) | Q(in_employment=False)
            ),
            models.CheckConstraint(
                name="participation_question_of_its_day",
                condition=Q(kind=enums.QuestionKind.LEAVING, improved=False)
                | Q(
                    kind=enums.QuestionKind.SIX_MONTHS, job_searching=False, in_education=False, qualification=False
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.participation_id} {self.kind}"

    @property
    def centre_id(self) -> int:
        """The centre whose record it is."""
        return self.participation.client.centre_id

    @property
    def programme_code(self) -> str:
        """The programme it counts for."""
        return self.participation.programme_code

    @property
    def client(self) -> Client:
        """Whom it is about."""
        return self.participation.client

    @property
    def asks_until(self) -> dt.date:
        """The last day on which an answer counts."""
        return self.due_on + WINDOW

    @property
    def came_too_late(self) -> bool:
        """Whether it was found out after the time: it is kept, and counts as not known."""
        return self.asked_on is not None and self.asked_on > self.asks_until

    @property
    def results(self) -> list[str]:
        """What became of the person, in words."""
        return [str(field_words(self, name)) for name in (*RESULTS, "improved") if getattr(self, name)]
