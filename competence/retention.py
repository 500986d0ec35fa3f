"""How long this room keeps what: the raw log of the questionnaire goes early, what was worked out from it stays."""

from typing import Any

import pgtrigger
from django.utils.translation import gettext_lazy as _

from competence.models import PaperBatch, ParadataEvent
from competence.services.batches import clear_batches
from iqquadrat.core.retention import Clock, Scope, register_clock


def _old_events(scope: Scope) -> Any:
    events = ParadataEvent.objects.filter(session__assessment__centre_id=scope.centre_id, at__lt=scope.before)
    return events.exclude(session__assessment__client_id__in=scope.held)


def _clear_events(scope: Scope) -> int:
    with pgtrigger.ignore("competence.ParadataEvent:append_only"):
        return int(_old_events(scope).delete()[1].get("competence.ParadataEvent", 0))


def _old_batches(scope: Scope) -> int:
    return PaperBatch.objects.outlived().filter(centre_id=scope.centre_id).count()


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="paradata", label=_("Log of the questionnaire"), months=12, most=12, order=30,
        text=_("Months after it was written. What was worked out from it stays with the assessment."),
        due=lambda scope: _old_events(scope).count(), clear=_clear_events,
    ))  # fmt: skip
    register_clock(Clock(
        key="paper_batches", label=_("Papers that wait to be fetched"), months=1, fixed=True, order=82,
        text=_("A day after they were ordered, fetched or not."),
        due=_old_batches, clear=lambda scope: clear_batches(scope.centre_id),
    ))  # fmt: skip
