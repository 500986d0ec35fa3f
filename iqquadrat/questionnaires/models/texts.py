"""How far the translations are, and how each came to its wording."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.questionnaires.enums import Change, Element, TextStatus
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
    # That German itself, to be shown beside the German of today; empty where it was not kept.
    source_text = models.TextField(_("German it was translated from"), blank=True)
    # Written at the desk or brought by a workbook: the files delivered with the programme no longer overwrite it.
    by_hand = models.BooleanField(_("by a person of the centre"), default=False)
    # Counts the wordings: whoever saves says which one was seen.
    revision = models.PositiveIntegerField(default=0)
    # Nobody: it was delivered with the programme.
    translated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("translated by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    translated_at = models.DateTimeField(_("translated"), null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("reviewed by"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+",
    )  # fmt: skip
    reviewed_at = models.DateTimeField(_("reviewed"), null=True, blank=True)

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
            models.CheckConstraint(
                name="questionnaires_textstate_two_persons",
                condition=models.Q(reviewed_by__isnull=True)
                | models.Q(translated_by__isnull=True)
                | ~models.Q(reviewed_by=models.F("translated_by")),
            ),
            models.CheckConstraint(
                name="questionnaires_textstate_review_dated",
                condition=models.Q(reviewed_by__isnull=True) | models.Q(reviewed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.element_key} {self.field} {self.language}: {self.state}"


class TextChange(models.Model):
    """One step in the life of a translation. Append-only: triggers refuse UPDATE, DELETE and TRUNCATE.

    No foreign key binds it to the version: a draft that is thrown away leaves it readable.
    """

    version = models.ForeignKey(
        Version, on_delete=models.DO_NOTHING, db_constraint=False, related_name="text_changes"
    )
    element = models.CharField(_("belongs to"), max_length=10, choices=Element)
    element_key = models.CharField(_("key"), max_length=130, blank=True)
    field = models.CharField(_("field"), max_length=10)
    language = models.CharField(_("language"), max_length=5)
    at = models.DateTimeField(_("when"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("who"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("what"), max_length=10, choices=Change)
    state = models.CharField(_("state"), max_length=10, choices=TextStatus)
    before = models.TextField(_("before"), blank=True)
    after = models.TextField(_("afterwards"), blank=True)
    source_text = models.TextField(_("German of that day"), blank=True)

    class Meta:
        verbose_name = _("change of a text")
        verbose_name_plural = _("changes of texts")
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(
                fields=["element", "element_key", "field", "language", "-at"],
                name="questionnaires_change_place",
            )
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the history of texts is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element} {self.element_key} {self.field} {self.language}: {self.what}"
