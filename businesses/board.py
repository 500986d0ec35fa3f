"""How a wave stands, in figures: the database counts, a fixed number of queries however long the street is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.db.models import Avg, Count, F, OuterRef, Subquery
from django.db.models.functions import Mod, TruncDate
from django.utils.translation import gettext as _

from businesses import languages
from businesses.enums import BranchKind
from businesses.models import Assignment, Interview, Wave
from businesses.models.register import covering
from businesses.models.survey import UnitQuerySet
from businesses.outcomes import Rates
from businesses.queries import STANDING
from iqquadrat.accounts.models import User


@dataclass(frozen=True)
class BoardRow:
    """One line of the board: a part of the wave with its outcome rates."""

    name: str
    by_disposition: dict[str, int]

    @property
    def units(self) -> int:
        """Units on the list."""
        return sum(self.by_disposition.values())

    @property
    def rates(self) -> Rates:
        """AAPOR's rates of this part."""
        return Rates.of(self.by_disposition)


@dataclass(frozen=True)
class Day:
    """Interviews finished on a day, and up to it."""

    day: date
    number: int
    so_far: int


@dataclass(frozen=True)
class Board:
    """Everything the page of a wave's progress shows."""

    whole: BoardRow
    parts: list[tuple[str, list[BoardRow]]]
    days: list[Day]
    spoken: list[tuple[str, int]]
    minutes: int | None
    without_surveyor: int
    with_several: int


def board_of(wave: Wave, units: UnitQuerySet) -> Board:
    """Count the units and interviews of a wave. ``units`` are those of it that the reader may see."""
    mine = Assignment.objects.filter(wave=OuterRef("wave"))
    held = covering(mine, "business__premises__").order_by()
    first = Subquery(held.values("surveyor").order_by("surveyor")[:1])
    several = Subquery(
        held.annotate(one=F("wave")).values("one").annotate(n=Count("surveyor", distinct=True)).values("n")
    )
    listed: Any = units.order_by().annotate(standing=STANDING)
    number = "business__premises__house_number"
    sides = _rows(
        listed.annotate(odd=Mod(F(number), 2)).values_list(
            "business__premises__street__name", "odd", "standing"
        ),
        lambda key: _side(key[0], key[1]),
    )
    people = {user.pk: str(user) for user in User.objects.filter(assignments__wave=wave).distinct()}
    surveyors = _rows(
        listed.annotate(by=first).values_list("by", "standing"),
        lambda key: people.get(key[0], _("no surveyor yet")),
    )
    kinds = _rows(
        listed.values_list("business__branch__kind", "standing"),
        lambda key: str(BranchKind(key[0]).label) if key[0] else _("not coded yet"),
    )
    held_by = dict(listed.annotate(n=several).values_list("n").annotate(Count("pk")))
    finished = Interview.objects.finished().filter(wave=wave).order_by()
    mean: timedelta | None = finished.aggregate(mean=Avg(F("completed_at") - F("started_at")))["mean"]
    spoken = finished.values_list("language").annotate(n=Count("pk")).order_by("-n", "language")
    return Board(
        whole=BoardRow(_("whole wave"), _sum(kinds)),
        parts=[(_("By side of the street"), sides), (_("By surveyor"), surveyors), (_("By kind of shop"), kinds)],
        days=_days(finished),
        spoken=[(", ".join(languages.names([code])) or code, n) for code, n in spoken],
        minutes=round(mean.total_seconds() / 60) if mean is not None else None,
        without_surveyor=held_by.get(None, 0),
        with_several=sum(n for surveyors_there, n in held_by.items() if surveyors_there and surveyors_there > 1),
    )  # fmt: skip


def _side(street: str | None, odd: int | None) -> str:
    if street is None:
        return _("without an address")
    if odd:
        return _("%(street)s, odd numbers") % {"street": street}
    return _("%(street)s, even numbers") % {"street": street}


def _rows(found: Any, name: Callable[[tuple[Any, ...]], str]) -> list[BoardRow]:
    rows: dict[str, dict[str, int]] = {}
    for *key, standing, number in found.annotate(n=Count("pk")):
        part = rows.setdefault(name(tuple(key)), {})
        part[standing] = part.get(standing, 0) + number
    return [BoardRow(called, rows[called]) for called in sorted(rows)]


def _sum(rows: list[BoardRow]) -> dict[str, int]:
    whole: dict[str, int] = {}
    for row in rows:
        for disposition, number in row.by_disposition.items():
            whole[disposition] = whole.get(disposition, 0) + number
    return whole


def _days(finished: Any) -> list[Day]:
    found = list(
        finished.annotate(day=TruncDate("completed_at"))
        .values_list("day")
        .annotate(n=Count("pk"))
        .order_by("day")
    )
    so_far = accumulate(number for _day, number in found)
    return [Day(day, number, total) for (day, number), total in zip(found, so_far, strict=True)]
