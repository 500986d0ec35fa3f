"""The consultation: one talk with one client, or an appointment nobody came to."""

import datetime as dt

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.case import Case
from counselling.models.client import Client
from counselling.models.one_centre import keeps_centre
from counselling.models.topic import Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.models import Published, Recorded

NOTE_FIELDS = ("concern", "done", "agreed", "private_note")
LONGEST_MINUTES = 24 * 60


class ConsultationQuerySet(models.QuerySet["Consultation"]):
    """Consultations."""

    def contacts(self) -> "ConsultationQuerySet":
        """Those that took place: a no-show is no contact."""
        return self.filter(is_no_show=False)

    def visible_to(self, user: User) -> "ConsultationQuerySet":
        """Those whose notes this user may read: written by the user, or of an own client."""
        if not user.may(Permission.CONSULTATION_WRITE):
            return self.none()
        own = Client.objects.own(user).values("pk")
        return self.filter(
            Q(counsellor_id=user.pk) | Q(client_id__in=own), centre_id=user.centre_id, client__erased_at__isnull=True
        )  # fmt: skip

    def facts_visible_to(self, user: User) -> "ConsultationQuerySet":
        """Those whose facts (never names or notes) this user may count and list."""
        if user.may(Permission.CONSULTATION_READ_FACTS):
            return self.filter(centre_id=user.centre_id)
        return self.visible_to(user)


class Consultation(Recorded, Published):
    """What was talked about, with whom, in which languages and for how long."""

    centre = models.ForeignKey(Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="+")
    client = models.ForeignKey(
        Client, verbose_name=_("client"), null=True, blank=True, on_delete=models.CASCADE,
        related_name="consultations",
    )  # fmt: skip
    counsellor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("counsellor"), on_delete=models.PROTECT,
        related_name="consultations",
    )  # fmt: skip
    case = models.ForeignKey(
        Case, verbose_name=_("case"), null=True, blank=True, on_delete=models.SET_NULL, related_name="consultations"
    )  # fmt: skip
    submission = models.UUIDField(unique=True, null=True, editable=False)
    held_at = models.DateTimeField(_("held"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=0)
    channel = models.CharField(_("how"), max_length=20, choices=enums.Channel)
    languages = ArrayField(
        models.CharField(max_length=5, choices=enums.SpokenLanguage),
        verbose_name=_("languages"),
        default=list,
    )
    interpretation = models.CharField(
        _("language help by"), max_length=15, choices=enums.Interpretation,
        default=enums.Interpretation.NONE,
    )  # fmt: skip
    main_topic = models.ForeignKey(
        Topic, verbose_name=_("main topic"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    other_topics = models.ManyToManyField(Topic, verbose_name=_("other topics"), blank=True, related_name="+")
    concern = models.TextField(_("concern"), blank=True)
    done = models.TextField(_("done"), blank=True)
    agreed = models.TextField(_("agreed"), blank=True)
    private_note = models.TextField(_("private note"), blank=True)
    is_no_show = models.BooleanField(_("did not come"), default=False)
    programme_code = models.CharField(_("programme"), max_length=30, blank=True, db_index=True)

    objects = ConsultationQuerySet.as_manager()

    class Meta:
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        ordering = ["-held_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="consultation_minutes_of_a_day", condition=Q(minutes__lte=LONGEST_MINUTES)
            ),
            models.CheckConstraint(
                name="consultation_languages_known",
                condition=Q(languages__contained_by=list(enums.SpokenLanguage.values)),
            ),
            # A talk has a topic and a language; who did not come had neither, but was somebody.
            models.CheckConstraint(
                name="consultation_contact_or_no_show",
                condition=Q(is_no_show=False, minutes__gte=1, main_topic__isnull=False, languages__len__gte=1)
                | Q(is_no_show=True, minutes=0, client__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "-held_at"], name="consultation_of_centre"),
            models.Index(fields=["counsellor", "-held_at"], name="consultation_of_counsellor"),
            models.Index(fields=["client", "-held_at"], name="consultation_of_client"),
        ]
        triggers = [keeps_centre(counselling_attendance="consultation_id")]

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d %H:%M} {self.channel}"

    @property
    def notes_locked(self) -> bool:
        """Some days after the talk was written down its note stays as it is; then there are addenda."""
        return self.created_at < timezone.now() - dt.timedelta(days=settings.NOTES_OPEN_DAYS)

    @property
    def further_persons(self) -> set[int]:
        """Who took part besides the client, by primary key; somebody with two records is one person, and the client nobody further."""
        rows = self.attendances.all()
        return {row.client.merged_into_id or row.client_id for row in rows} - {self.client_id or 0}

    @property
    def language_labels(self) -> list[str]:
        """The languages in words."""
        return [str(enums.SpokenLanguage(code).label) for code in self.languages]
