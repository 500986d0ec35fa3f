"""How far the translations are."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from iqquadrat.questionnaires.enums import Element, TextStatus
from iqquadrat.questionnaires.models.versions import Version


class TextState(models.Model):
    """The state of one text in one language. German is the source and has none."""

    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="text_states")
    element = models.CharField(_("belongs to"), max_length=10, choices=Element)
    # The key of the section or item; ``list.key`` of a choice; empty for the version itself.
    element_key = models.CharField(_("key"), max_length=130, blank=True)
    field = models.CharField(_("field"), max_length=10)
    language = models.CharField(_("language"), max_length=5)
    state = models.CharField(_("state"), max_length=10, choices=TextStatus, default=TextStatus.MISSING)
    # Hash of the German this translation was made from: when the German is another one, the translation is outdated.
    source_hash = models.CharField(max_length=64, blank=True)
    # Brought by a workbook: the files delivered with the programme no longer overwrite it.
    by_hand = models.BooleanField(_("from a workbook"), default=False)

    class Meta:
        verbose_name = _("state of a text")
        verbose_name_plural = _("states of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["version", "element", "element_key", "field", "language"],
                name="questionnaires_textstate_once",
            ),
            models.CheckConstraint(
                name="questionnaires_textstate_not_german", condition=~models.Q(language="de")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.element_key} {self.field} {self.language}: {self.state}"
