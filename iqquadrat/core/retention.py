"""Clocks: how long records of a kind are kept. Rooms register theirs in ``ready()``; ``iqquadrat.rights`` runs them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class Scope:
    """What a clock looks at: a centre, everything older than a moment, without the clients that a legal hold keeps."""

    centre_id: int
    before: dt.datetime
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Clock:
    """One kind of record and its time in months.

    ``due`` counts what would go, ``clear`` lets it go and returns how much went; ``numbers`` names clients where whole records
    go. ``least`` and ``most``: what a centre may set. ``fixed``: the house decides, whatever ``months`` are set.
    """

    key: str
    label: Text
    text: Text
    months: int
    due: Callable[[Scope], int]
    clear: Callable[[Scope], int]
    least: int = 1
    most: int = 600
    fixed: bool = False
    numbers: Callable[[Scope], Sequence[str]] | None = None
    order: int = 100


# When a programme ends, by its code; None: it does not say. A room above knows programmes.
ProgrammeEnds = Callable[[], dict[str, dt.date]]


@dataclass
class _Registry:
    clocks: dict[str, Clock] = field(default_factory=dict)
    programme_ends: list[ProgrammeEnds] = field(default_factory=list)


_registry = _Registry()


def register_clock(clock: Clock) -> None:
    """Add a clock; registering the same key again replaces it."""
    _registry.clocks[clock.key] = clock


def clocks() -> list[Clock]:
    """Return all clocks in their order."""
    return sorted(_registry.clocks.values(), key=lambda clock: (clock.order, clock.key))


def register_programme_ends(ends: ProgrammeEnds) -> None:
    """Say where the ends of programmes are known."""
    _registry.programme_ends.append(ends)


def programme_ends() -> dict[str, dt.date]:
    """Return the last day of every known programme by its code."""
    return {code: day for ends in _registry.programme_ends for code, day in ends().items()}


def months_before(moment: dt.datetime, months: int) -> dt.datetime:
    """Return the same hour so many months earlier; a day that the month lacks becomes its last one."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    for day in (moment.day, 30, 29):
        try:
            return moment.replace(year=year, month=month + 1, day=day)
        except ValueError:
            continue
    return moment.replace(year=year, month=month + 1, day=28)
