"""Looks at a running installation. Each check stands alone: one that breaks off tells so and stops no other.

>>> for name, finding in examine(Asked(), only=["database"]): ...
"""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from iqquadrat.operations.doctor import (
    configuration,
    database,
    keeping,
    machine,
    mail,
    paper,
    programme,
    roles,
    web,
    worker,
)
from iqquadrat.operations.doctor.findings import Asked, Check, Finding, fault

CHECKS: dict[str, Check] = {
    "settings": configuration.settings_are_safe,
    "database": database.is_sound,
    "migrations": database.is_up_to_date,
    "roles": roles.are_separate,
    "questionnaires": programme.questionnaires_are_loaded,
    "worker": worker.works,
    "mail": mail.is_taken,
    "paper": paper.has_all_letters,
    "disk": machine.has_room,
    "clock": machine.clock_agrees,
    "certificate": web.certificate_lasts,
    "headers": web.headers_are_sent,
    "backups": keeping.is_backed_up,
    "erasures": keeping.erasures_are_listed,
    "factors": keeping.second_factors_are_set,
    "static": programme.static_parts_are_collected,
    "texts": programme.texts_are_compiled,
}


def examine(asked: Asked, only: Iterable[str] = ()) -> Iterator[tuple[str, Finding]]:
    """Yield the name of each check with what it finds, in the order of ``CHECKS``."""
    wanted = set(only)
    for name, check in CHECKS.items():
        if wanted and name not in wanted:
            continue
        try:
            yield from ((name, finding) for finding in check(asked))
        except Exception as error:  # noqa: BLE001 - whatever is broken, the other checks are made
            yield name, broken_off(error)


def broken_off(error: Exception) -> Finding:
    """Return what is said of a check that could not be made: the kind of the error, not its words."""
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    return fault(
        _("The check broke off (%(kind)s).") % {"kind": kind},
        _("Look at the other lines first; the cause is often there."),
    )
