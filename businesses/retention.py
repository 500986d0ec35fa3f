"""How long this room keeps what was noted about businesses: the register and the figures stay, the words go."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from businesses.models import BusinessConsultation, ContactAttempt
from iqquadrat.core.retention import Clock, Scope, register_clock


def _old_talks(scope: Scope) -> Any:
    rows = BusinessConsultation.objects.filter(business__centre_id=scope.centre_id, held_at__lt=scope.before)
    return rows.filter(~Q(content="") | ~Q(agreed=""))


def _old_visits(scope: Scope) -> Any:
    return ContactAttempt.objects.filter(unit__wave__centre_id=scope.centre_id, at__lt=scope.before).exclude(
        note=""
    )


def _clear(scope: Scope) -> int:
    return int(_old_talks(scope).update(content="", agreed="") + _old_visits(scope).update(note=""))


def register_clocks() -> None:
    """Open the door to the retention run."""
    register_clock(Clock(
        key="business", label=_("Notes about businesses"), months=60, least=6, order=40,
        text=_("Months after the talk or the visit. The register, the interviews and the figures stay."),
        due=lambda scope: _old_talks(scope).count() + _old_visits(scope).count(), clear=_clear,
    ))  # fmt: skip
