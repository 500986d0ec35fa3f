"""The worker: it is asked for a sign of life by a task of its own."""

import time
from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from iqquadrat.core.background import SILENCE
from iqquadrat.operations.doctor.findings import Asked, Finding, fault, ok, warning
from iqquadrat.operations.tasks import answer

PATIENCE = 10.0  # seconds
FAILURES_COUNT_FOR = timedelta(days=7)


def works(asked: Asked) -> Iterator[Finding]:  # noqa: ARG001 - every check is called alike
    """Somebody takes from the queue, it does not grow, and nothing failed lately."""
    tasks = DBTaskResult.objects
    waiting = tasks.ready().count()
    running = tasks.running().count()
    begun = time.monotonic()
    if _answered():
        seconds = round(time.monotonic() - begun, 1)
        yield ok(
            _("The worker answered within %(seconds)s s; tasks that were waiting: %(waiting)s.")
            % {"seconds": seconds, "waiting": waiting}
        )
    elif running and not tasks.ready().filter(enqueued_at__lt=timezone.now() - SILENCE).exists():
        yield warning(
            _("The worker is busy with something longer; tasks that are waiting: %(waiting)s.")
            % {"waiting": waiting},
            _("Ask again in some minutes. If that happens often, start a second worker."),
        )
    else:
        yield fault(
            _("Nothing is heard of the worker; tasks that are waiting: %(waiting)s.") % {"waiting": waiting},
            _("Start it: systemctl restart iqquadrat-worker"),
        )
    failed = tasks.failed().filter(finished_at__gte=timezone.now() - FAILURES_COUNT_FOR).count()
    if failed:
        yield warning(
            _("Tasks that failed within the last week: %(count)s.") % {"count": failed},
            _("Look for their kind in: journalctl -u iqquadrat-worker"),
        )


def _answered() -> bool:
    """Ask for a sign of life and wait for it; the question is taken back in the end."""
    asked = answer.enqueue()
    question = DBTaskResult.objects.filter(pk=asked.id)
    until = time.monotonic() + PATIENCE
    try:
        while time.monotonic() < until:
            if question.successful().exists():
                return True
            time.sleep(0.1)
        return False
    finally:
        question.delete()
