"""Texts read aloud by a person."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.questionnaires.enums import AudioKind, Element
from iqquadrat.questionnaires.models.versions import Version


def stored_name(recording: "Recording", _name: str) -> str:
    """Return where the file lies: by its content, never by a name somebody typed."""
    return f"questionnaires/audio/{recording.sha256}.{recording.kind}"


class Recording(models.Model):
    """A text of a version in one language, spoken. The same file may serve several versions."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="recordings")
    element = models.CharField(_("belongs to"), max_length=10, choices=Element)
    element_key = models.CharField(_("key"), max_length=130, blank=True)
    field = models.CharField(_("field"), max_length=10)
    language = models.CharField(_("language"), max_length=5)
    file = models.FileField(_("file"), upload_to=stored_name, max_length=120)
    sha256 = models.CharField(_("hash of the content"), max_length=64, db_index=True)
    kind = models.CharField(_("kind of file"), max_length=5, choices=AudioKind)
    size = models.PositiveIntegerField(_("size in bytes"))
    # Hash of the text that was read: when the text is another one, the recording is outdated.
    text_hash = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recorded by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    at = models.DateTimeField(_("when"), default=timezone.now)

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "element", "element_key", "field", "language"],
                name="questionnaires_recording_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.element_key} {self.field} {self.language}: {self.kind}"

    @property
    def place(self) -> tuple[str, str, str]:
        """What names the text, as in ``texts.Slot``."""
        return (self.element, self.element_key, self.field)
