"""The texts that clients agree to: versions that stay, each in several languages."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from iqquadrat.accounts.models import Centre


class ConsentVersionQuerySet(models.QuerySet["ConsentVersion"]):
    """Versions of texts."""

    def of_centre(self, centre_id: int | None) -> "ConsentVersionQuerySet":
        """Those that a centre can use: its own, and those that came with the site."""
        return self.filter(Q(centre_id=centre_id) | Q(centre_id=None))

    def newest_first(self) -> "ConsentVersionQuerySet":
        """A centre's own before those of the site, whatever their day."""
        return self.order_by("purpose", F("centre_id").asc(nulls_last=True), "-made_at", "-pk")


class ConsentVersion(models.Model):
    """One wording for one purpose. Its texts are changed only while nobody has agreed to it."""

    # Empty: it came with the site and serves every centre that has written none of its own.
    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), null=True, blank=True, on_delete=models.PROTECT, related_name="consent_versions"
    )  # fmt: skip
    purpose = models.CharField(_("purpose"), max_length=30, choices=enums.Purpose)
    version = models.CharField(_("version"), max_length=20)
    submission = models.UUIDField(unique=True, null=True, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )  # fmt: skip

    objects = ConsentVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a consent text")
        verbose_name_plural = _("versions of consent texts")
        ordering = ["purpose", "-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "version", "centre"], nulls_distinct=False, name="consent_version_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}"


class ConsentText(models.Model):
    """One version in one language. A draft until somebody who speaks the language has read it."""

    version = models.ForeignKey(
        ConsentVersion, verbose_name=_("version"), on_delete=models.CASCADE, related_name="texts"
    )
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    text = models.TextField(_("text"))
    revision = models.PositiveIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewed by"), null=True, blank=True, on_delete=models.SET_NULL,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("consent text")
        verbose_name_plural = _("consent texts")
        ordering = ["version", "language"]
        constraints = [
            models.UniqueConstraint(fields=["version", "language"], name="consent_text_once_a_language"),
            models.CheckConstraint(name="consent_text_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="consent_text_reviewed_in_pairs",
                condition=Q(reviewed_at__isnull=False) | Q(reviewed_by__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.language}"
