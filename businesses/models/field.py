"""What a surveyor's device has sent: each operation once, so that sending it again changes nothing."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import OperationResult
from businesses.models.survey import Interview, Unit


class FieldOperation(models.Model):
    """An operation that was decided, and how. Holds no content, only its digest: the same number with other content is a mistake."""

    surveyor = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("surveyor"), on_delete=models.PROTECT, related_name="+"
    )
    # Given by the device; two devices never share one, and nobody learns by it what somebody else has sent.
    uuid = models.UUIDField()
    digest = models.CharField(max_length=64)
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10)
    # Empty when the operation could not be read or names no unit of the surveyor.
    unit = models.ForeignKey(
        Unit, verbose_name=_("unit of a wave"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    # Of a ``begin``: where the answers that name it belong.
    interview = models.ForeignKey(
        Interview, verbose_name=_("interview"), null=True, on_delete=models.CASCADE, related_name="+"
    )
    result = models.CharField(_("result"), max_length=10, choices=OperationResult)
    # Why it was refused; empty otherwise.
    code = models.CharField(max_length=30, blank=True)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("operation of a device")
        verbose_name_plural = _("operations of devices")
        constraints = [
            models.UniqueConstraint(fields=["surveyor", "uuid"], name="businesses_operation_once"),
            models.CheckConstraint(
                name="businesses_operation_result", condition=Q(result__in=OperationResult.values)
            ),
            models.CheckConstraint(
                name="businesses_operation_code",
                condition=(Q(result=OperationResult.REFUSED) & ~Q(code=""))
                | (~Q(result=OperationResult.REFUSED) & Q(code="")),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kind} {self.result}"
