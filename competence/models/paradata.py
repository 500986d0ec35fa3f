"""The log of what happened between a question and its answer: the raw material of the language evidence."""

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from competence.enums import Event
from competence.models.kiosk import KioskSession


class ParadataEvent(models.Model):
    """One event. Append-only; deleted after twelve months by the retention run, the derived codes stay.

    ``seq`` and ``ms`` go on over the sessions of an assessment: ordered by ``seq``, its events are one sequence on one
    monotonic clock (milliseconds since the assessment began). ``state`` stands for the answer after the event, hashed:
    equal states are equal answers; empty means unanswered, ``dk`` don't know, ``sk`` skipped.
    """

    session = models.ForeignKey(KioskSession, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField(_("number"))
    item_key = models.CharField(_("question"), max_length=40, blank=True)
    item_version = models.PositiveIntegerField(_("version of the questionnaire"))
    # Which wording stood on the page, one short hash per language: "de:1a2b3c4d ar:5e6f7a8b".
    text_versions = models.CharField(_("versions of the texts"), max_length=40, blank=True)
    event = models.CharField(_("event"), max_length=12, choices=Event)
    state = models.CharField(_("state of the answer"), max_length=16, blank=True)
    ms = models.BigIntegerField(_("milliseconds"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("event at the PC")
        verbose_name_plural = _("events at the PC")
        ordering = ["session", "seq"]
        constraints = [
            models.UniqueConstraint(name="paradata_event_once", fields=["session", "seq"]),
            models.CheckConstraint(name="paradata_event_ms", condition=models.Q(ms__gte=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_truncate",
                operation=pgtrigger.Truncate,
                level=pgtrigger.Statement,
                when=pgtrigger.Before,
                func="RAISE EXCEPTION 'the log of events is append-only';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.event} {self.item_key}"
