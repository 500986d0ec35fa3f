"""Workbooks between being read and being taken in: kept a day, applied once, by whoever brought them."""

import io
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from iqquadrat.accounts.models import User
from iqquadrat.questionnaires import xlsform
from iqquadrat.questionnaires.models import PendingWorkbook

KEPT = timedelta(days=1)


@transaction.atomic
def keep_workbook(*, name: str, content: bytes, by: User) -> PendingWorkbook:
    """Keep a workbook until its report is read. What the same person left lying goes, and what lies longer than a day."""
    User.objects.select_for_update().only("pk").get(pk=by.pk)
    waiting = PendingWorkbook.objects.filter(version=None)
    (waiting.filter(by=by) | PendingWorkbook.objects.filter(at__lt=timezone.now() - KEPT)).delete()
    return PendingWorkbook.objects.create(name=name[:200], content=content, by=by)


@transaction.atomic
def apply_workbook(*, pending: PendingWorkbook, by: User) -> xlsform.Imported:
    """Take a kept workbook in, once; a second call returns the version it went to. Raises ``WorkbookError``."""
    stored = PendingWorkbook.objects.select_for_update(of=("self",)).get(pk=pending.pk)
    if stored.version is not None:
        return xlsform.Imported(stored.version, created=False)
    imported = xlsform.import_workbook(io.BytesIO(bytes(stored.content)), by=by)
    stored.version, stored.content = imported.version, b""
    stored.save(update_fields=["version", "content"])
    return imported
