"""What a client lets an employer see of the profile, item by item."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from competence.enums import ReleaseEnd
from competence.models.assessment import Assessment
from iqquadrat.core.models import Recorded


class ReleaseQuerySet(models.QuerySet["ProfileRelease"]):
    """Releases."""

    def in_force(self) -> "ReleaseQuerySet":
        """Neither replaced nor withdrawn."""
        return self.filter(ended_at__isnull=True)


class ProfileRelease(Recorded):
    """What the client released on one day, with counsellor and client before the same page.

    ``items`` names what may be shown; ``shown`` holds the words the client read then, in German, by item. Only an item whose words are
    still the same is printed: what has changed since was never released. A new release ends the older one; rows stay as history.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="releases")
    items = ArrayField(models.CharField(max_length=90), verbose_name=_("released"))
    shown = models.JSONField(_("words shown"), default=dict)
    # The text on passing on to a business that stood on the page, and the language the client read it in.
    text_version = models.CharField(_("version of the text"), max_length=20)
    explained_in = models.CharField(_("explained in"), max_length=5)
    released_at = models.DateTimeField(_("released at"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    ended_how = models.CharField(_("how it ended"), max_length=10, choices=ReleaseEnd, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("ended by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]  # a manager that answers as the queryset it is made of

    class Meta:
        verbose_name = _("release for employers")
        verbose_name_plural = _("releases for employers")
        ordering = ["-released_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="profile_release_in_force_once",
                fields=["assessment"],
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                name="profile_release_ended_in_pairs",
                condition=Q(ended_at__isnull=True, ended_how="", ended_by__isnull=True)
                | Q(ended_at__gte=F("released_at"), ended_how__in=ReleaseEnd.values),
            ),
            models.CheckConstraint(name="profile_release_says_something", condition=Q(items__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.released_at:%Y-%m-%d}"

    @property
    def lines(self) -> list[str]:
        """The words shown, in the order of the page."""
        return [self.shown[key] for key in self.items if key in self.shown]
