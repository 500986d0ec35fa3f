"""What somebody answered."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from iqquadrat.questionnaires.enums import AnswerStatus, DatePrecision
from iqquadrat.questionnaires.models.items import Item
from iqquadrat.questionnaires.models.versions import Version

TEXT_LENGTH = 500


class Response(models.Model):
    """One filling-in of a version. Who it is about stands in the room that owns it (an assessment, an interview)."""

    version = models.ForeignKey(
        Version, verbose_name=_("version"), on_delete=models.PROTECT, related_name="responses"
    )
    language = models.CharField(_("language"), max_length=5, default="de")
    # "Everything in my language": the mode the client has chosen, if so.
    l1_mode = models.BooleanField(_("everything in the mother tongue"), default=False)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    completed_at = models.DateTimeField(_("completed"), null=True, blank=True)

    class Meta:
        verbose_name = _("response")
        verbose_name_plural = _("responses")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="questionnaires_response_order",
                condition=models.Q(completed_at__isnull=True)
                | models.Q(completed_at__gte=models.F("started_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.started_at:%Y-%m-%d %H:%M}"


_NO_CHOICES = models.Q(choices=[])
_NO_NUMBER = models.Q(number__isnull=True)
_NO_TEXT = models.Q(text="")
_NO_DATE = models.Q(date__isnull=True, date_precision="")
_EMPTY = _NO_CHOICES & _NO_NUMBER & _NO_TEXT & _NO_DATE


class Answer(models.Model):
    """What stands for one question. Written by one statement (``services.save_answer``), newest (epoch, seq) wins."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="answers")
    status = models.CharField(_("state"), max_length=10, choices=AnswerStatus)
    choices = ArrayField(models.CharField(max_length=60), verbose_name=_("answers"), default=list, blank=True)
    number = models.IntegerField(_("number"), null=True, blank=True)
    text = models.CharField(_("text"), max_length=TEXT_LENGTH, blank=True)
    date = models.DateField(_("date"), null=True, blank=True)
    date_precision = models.CharField(_("precision"), max_length=5, choices=DatePrecision, blank=True)
    # Order of writing: the epoch counts how often the questionnaire was opened, seq counts within it.
    epoch = models.PositiveIntegerField(default=0)
    seq = models.PositiveIntegerField(default=0)
    op_id = models.UUIDField(null=True, blank=True)
    language_shown = models.CharField(_("language shown"), max_length=5, default="de")
    answered_at = models.DateTimeField(_("answered"), default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "item"], name="questionnaires_answer_once"),
            # Exactly one kind of value when answered, none otherwise.
            models.CheckConstraint(
                name="questionnaires_answer_one_value",
                condition=(~models.Q(status="answered") & _EMPTY)
                | (models.Q(status="answered") & ~_NO_CHOICES & _NO_NUMBER & _NO_TEXT & _NO_DATE)
                | (models.Q(status="answered") & _NO_CHOICES & ~_NO_NUMBER & _NO_TEXT & _NO_DATE)
                | (models.Q(status="answered") & _NO_CHOICES & _NO_NUMBER & ~_NO_TEXT & _NO_DATE)
                | (
                    models.Q(status="answered", date__isnull=False, date_precision__in=["day", "month", "year"])
                    & _NO_CHOICES & _NO_NUMBER & _NO_TEXT
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.response_id} {self.item_id}: {self.status}"
