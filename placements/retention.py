"""How long this room keeps what: steps, answers and days stay for the figures, the words about a person go."""

from typing import Any

import pgtrigger
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.retention import Clock, Scope, register_clock
from placements.models import EmployerAnswer, PlacementEvent, RetentionCheck

# Rows that nobody may change; here words alone go, and the run is logged.
_APPEND_ONLY = ("placements.PlacementEvent:append_only", "placements.EmployerAnswer:append_only")


def _words(scope: Scope) -> list[tuple[QuerySet[Any], str]]:
    """Old rows that still hold words, each with the column that is emptied."""
    found: list[tuple[QuerySet[Any], str]] = []
    for rows, column, moment in (
        (PlacementEvent.objects.all(), "note", "at"),
        (EmployerAnswer.objects.all(), "words", "noted_at"),
        (RetentionCheck.objects.all(), "note", "changed_at"),
    ):
        old = rows.filter(Q(placement__centre_id=scope.centre_id) & Q((f"{moment}__lt", scope.before)))
        kept = old.exclude(placement__client_id__in=scope.held).exclude(**{column: ""})
        found.append((kept, column))
    return found


def _due(scope: Scope) -> int:
    return sum(rows.count() for rows, _column in _words(scope))


def _clear(scope: Scope) -> int:
    with pgtrigger.ignore(*_APPEND_ONLY):
        return sum(rows.update(**{column: ""}) for rows, column in _words(scope))


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="placement_notes", label=_("Notes on placements"), months=36, least=3, order=15,
        text=_("Months after they were written: notes of steps and of answers. Steps, days and reasons stay for the figures."),
        due=_due, clear=_clear,
    ))  # fmt: skip
