"""How well somebody speaks and reads a language, and who says so."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.models.client import Client
from iqquadrat.core.models import Recorded


class LanguageSkill(Recorded):
    """One language of one client. Said by the client, shown by a certificate or seen by the counsellor, and by nothing else:
    what the questionnaire tells of somebody's German is an aid for a talk and never becomes a level."""

    client = models.ForeignKey(
        Client, verbose_name=_("client"), on_delete=models.CASCADE, related_name="language_skills"
    )
    submission = models.UUIDField(unique=True, null=True, editable=False)
    language = models.CharField(_("language"), max_length=5, choices=enums.SpokenLanguage)
    speaking = models.CharField(_("speaks"), max_length=6, choices=enums.LanguageLevel, blank=True)
    reading = models.CharField(_("reads"), max_length=6, choices=enums.LanguageLevel, blank=True)
    source = models.CharField(_("according to"), max_length=12, choices=enums.LevelSource)
    noted_on = models.DateField(_("as of"))

    class Meta:
        verbose_name = _("language level")
        verbose_name_plural = _("language levels")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["client", "language"], name="language_skill_once_a_language"),
            models.CheckConstraint(
                name="language_skill_says_something", condition=~Q(speaking="") | ~Q(reading="")
            ),
            models.CheckConstraint(
                name="language_skill_from_a_known_source", condition=Q(source__in=enums.LevelSource.values)
            ),
            models.CheckConstraint(
                name="language_skill_of_a_known_language",
                condition=Q(language__in=enums.SpokenLanguage.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.language}"
