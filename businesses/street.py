"""The street as a picture: which houses stand on which side, what they look like, which shop fronts they have.

Only sizes and forms are worked out here, in the units of the drawing (a shop front is 40 wide); colours are the style sheet's.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from businesses.enums import BranchKind, Status
from businesses.geometry import crossing_of
from businesses.models import Business, Street

FRONT = 40
# So many fronts of one side stand in a row; the rest of the street goes on below.
FRONTS_IN_A_ROW = 24
_STORY, _GROUND = 19, 76
KIND_CLASS = {
    BranchKind.GASTRONOMY: "b-g", BranchKind.FOOD: "b-f", BranchKind.RETAIL: "b-r", BranchKind.SERVICE: "b-s",
    BranchKind.BEAUTY: "b-h", BranchKind.CRAFT: "b-c", BranchKind.SOCIETY: "b-v",
}  # fmt: skip
STATUS_CLASS = {
    Status.OPEN: "s-o", Status.VACANT: "s-l", Status.CHANGED: "s-w", Status.NOT_YET_OPEN: "s-n", Status.CLOSED: "s-z",
    Status.MOVED: "s-z",
}  # fmt: skip
_DOORS = {"left": 0, "": 1, "middle": 1, "right": 2, "yard": 3}


@dataclass(frozen=True)
class Front:
    """A shop front: the unit, and how far from the house's start it stands."""

    business: Business
    x: int
    is_dim: bool = False

    @property
    def css(self) -> str:
        """The classes of its status and its kind of shop."""
        branch = self.business.branch
        status = Status(self.business.status)
        kind = (
            KIND_CLASS[BranchKind(branch.kind)] if branch and branch.kind and status != Status.VACANT else ""
        )
        return f"{STATUS_CLASS[status]} {kind}{' is-dim' if self.is_dim else ''}".strip()

    @property
    def form(self) -> str:
        """How the front is drawn: told by form, not by colour alone."""
        return STATUS_CLASS[Status(self.business.status)][2:]


@dataclass(frozen=True)
class House:
    """A house with its fronts. Storeys and roof follow from the number, so that a house always looks the same."""

    number: int
    name: str
    fronts: Sequence[Front]
    after_crossing: str = ""

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return FRONT * len(self.fronts)

    @property
    def look(self) -> int:
        """A number that is spread well and always the same for this house (multiplicative hashing, Knuth 6.4)."""
        return (self.number * 2654435761 % 2**32) >> 16

    @property
    def top(self) -> int:
        """Where the wall ends: two or three storeys above the shops, counted from the drawing's top."""
        return _GROUND - _STORY * (2 + self.look % 2)

    @property
    def roof(self) -> str:
        """A flat roof with a cornice, a mansard or a gable."""
        top, wide = self.top, self.width
        return (
            f"M0 {top}H{wide}M3 {top - 4}H{wide - 3}V{top}",
            f"M4 {top}L9 {top - 10}H{wide - 9}L{wide - 4} {top}",
            f"M1 {top}L{wide / 2:g} {top - 13}L{wide - 1} {top}",
        )[self.look // 2 % 3]

    @property
    def wall(self) -> str:
        """The outline of the upper floors."""
        return f"M1 {_GROUND}V{self.top}H{self.width - 1}V{_GROUND}"

    @property
    def windows(self) -> str:
        """Two windows a front on every storey."""
        rows = range(self.top + 6, _GROUND - 10, _STORY)
        return "".join(f"M{x + 0.5} {y}h7v10h-7z" for y in rows for x in range(6, self.width, FRONT // 2))


@dataclass(frozen=True)
class Stretch:
    """A piece of the street that fits in a row: the even side above, the odd side below the carriageway."""

    even: Sequence[House]
    odd: Sequence[House]
    crossings: Sequence[str] = ()

    @property
    def numbers(self) -> tuple[int, int]:
        """The lowest and the highest house number."""
        found = [house.number for house in (*self.even, *self.odd)]
        return min(found), max(found)


def present(businesses: Iterable[Business]) -> list[Business]:
    """Return one unit for each door, in walking order: the one seen last; of several, the one written down last."""
    at_door: dict[int, Business] = {}
    for business in businesses:
        door = business.premises_id
        if door is None:
            continue
        other = at_door.get(door)
        if other is None or _seen(business) > _seen(other):
            at_door[door] = business
    return sorted(at_door.values(), key=_walk)


def _seen(business: Business) -> tuple[str, int]:
    return (business.confirmed_on.isoformat() if business.confirmed_on else "", business.pk)


def _walk(business: Business) -> tuple[Any, ...]:
    door = business.premises
    assert door is not None  # noqa: S101 - only units with a door are drawn
    return (door.house_number, door.addition, max(door.floor, 0), _DOORS[door.position], door.floor, door.pk)


def crossings_of(street: Street, others: Iterable[Street]) -> list[tuple[int, str]]:
    """Return the number behind which each other street meets this one, and its name; nothing without lines."""
    if not street.line or street.number_at_start is None or street.number_at_end is None:
        return []
    found = []
    for other in others:
        if other.pk != street.pk and other.line and (meeting := crossing_of(street.line, other.line)):
            span = street.number_at_end - street.number_at_start
            found.append((street.number_at_start + int(meeting.share * span), other.name))
    return sorted(found)


def stretches_of(
    businesses: Sequence[Business],
    crossings: Sequence[tuple[int, str]] = (),
    dim: frozenset[int] = frozenset(),
) -> list[Stretch]:
    """Return the street in rows. ``businesses`` in walking order; ``dim``: primary keys that a filter leaves in the background."""
    rows: list[tuple[list[House], list[House]]] = []
    filled = [0, 0]
    last = [0, 0]
    for (number, _addition), units in groupby(businesses, key=lambda unit: _walk(unit)[:2]):
        fronts = tuple(Front(unit, n * FRONT, unit.pk in dim) for n, unit in enumerate(units))
        for part in (fronts[n : n + FRONTS_IN_A_ROW] for n in range(0, len(fronts), FRONTS_IN_A_ROW)):
            side = number % 2
            if not rows or filled[side] + len(part) > FRONTS_IN_A_ROW:
                rows.append(([], []))
                filled = [0, 0]
            passed = [name for at, name in crossings if last[side] <= at < number] if rows[-1][side] else []
            moved = tuple(Front(front.business, n * FRONT, front.is_dim) for n, front in enumerate(part))
            premises = part[0].business.premises
            rows[-1][side].append(
                House(number, premises.number if premises else "", moved, ", ".join(passed))
            )
            filled[side] += len(part)
            last[side] = number
    return [Stretch(even, odd, _met(even, odd, crossings)) for even, odd in rows]


def _met(even: list[House], odd: list[House], crossings: Sequence[tuple[int, str]]) -> list[str]:
    numbers = [house.number for house in (*even, *odd)]
    return [name for at, name in crossings if min(numbers) <= at < max(numbers)]
