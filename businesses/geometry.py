"""Plane and spherical geometry of a street: lengths, points along a line, where a house stands. Pure functions.

Points are ``(longitude, latitude)`` in degrees (WGS 84), lengths are metres. Within a quarter the earth is taken as flat between two
points of a line (an error of some centimetres where they are a kilometre apart); lengths on the sphere use the haversine formula
(R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68, 1984) with the mean radius of the earth of the IUGG.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass

from businesses.enums import Position, Side

Point = tuple[float, float]
Line = Sequence[Sequence[float]]

EARTH_RADIUS_M = 6_371_008.8
# From the middle of the carriageway to a shop's door, and from the middle of a house to its left or right shop.
DOOR_OFFSET_M = 11.0
SHOP_SHIFT_M = 3.5


def distance_m(start: Sequence[float], end: Sequence[float]) -> float:
    """Metres between two points on the sphere (haversine)."""
    lon_1, lat_1, lon_2, lat_2 = map(math.radians, (*start[:2], *end[:2]))
    half = (
        math.sin((lat_2 - lat_1) / 2) ** 2
        + math.cos(lat_1) * math.cos(lat_2) * math.sin((lon_2 - lon_1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))


def length_m(line: Line) -> float:
    """Metres along a line."""
    return sum(distance_m(a, b) for a, b in itertools.pairwise(line))


def point_along(line: Line, metres: float, aside_m: float = 0.0) -> Point:
    """The point so many metres from the line's start; ``aside_m`` to the right of its direction, negative to the left.

    Before the start and behind the end the ends hold. A line of no length answers its first point.
    """
    left = max(0.0, metres)
    parts = [(a, b, distance_m(a, b)) for a, b in itertools.pairwise(line)]
    parts = [part for part in parts if part[2] > 0]
    if not parts:
        return float(line[0][0]), float(line[0][1])
    while len(parts) > 1 and left > parts[0][2]:
        left -= parts.pop(0)[2]
    start, end, size = parts[0]
    share = min(1.0, left / size)
    lon, lat = start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1])
    east, north = _metres_a_degree(lat)
    along_x, along_y = (end[0] - start[0]) * east, (end[1] - start[1]) * north
    norm = math.hypot(along_x, along_y)
    return lon + aside_m * along_y / norm / east, lat - aside_m * along_x / norm / north


def share_of(number: int, lowest: int, highest: int) -> float:
    """How far along the street a house number lies, from 0 to 1: numbers are taken as evenly spread."""
    return min(1.0, max(0.0, (number - lowest) / (highest - lowest)))


def house_point(line: Line, lowest: int, highest: int, number: int, position: str = "") -> Point:
    """Where the door of a house is: even numbers to the right of the direction in which numbers rise, odd ones to the left.

    ``position`` is the door as seen from the carriageway: whoever looks at a house on the right has the rising numbers on the left.
    """
    is_even = number % 2 == 0
    shift = (
        {Position.LEFT: SHOP_SHIFT_M, Position.RIGHT: -SHOP_SHIFT_M}.get(Position(position), 0.0)
        if position
        else 0.0
    )
    metres = share_of(number, lowest, highest) * length_m(line) + (shift if is_even else -shift)
    return point_along(line, metres, DOOR_OFFSET_M if is_even else -DOOR_OFFSET_M)


def frontage_of(line: Line, lowest: int, highest: int, number_from: int, number_to: int, side: str) -> int:
    """A proposal for the frontage of a section in whole metres: its share of the line, doubled when it has both sides.

    A number stands for its half of the way to the next one on either hand, so that adjoining sections add up to the street.
    """
    first, last = (number - lowest for number in (max(number_from, lowest), min(number_to, highest)))
    if last < first:
        return 0
    share = (last - first + 1) / (highest - lowest + 1)
    return round(share * length_m(line) * (2 if side == Side.BOTH else 1))


def stretch(line: Line, lowest: int, highest: int, number_from: int, number_to: int) -> list[Point] | None:
    """The part of a street between two house numbers, to seven decimals of a degree (a centimetre).

    A number stands for its half of the way to the next one on either hand, so that adjoining sections meet. None when the section lies
    outside of the street's numbers.
    """
    first, last = max(number_from, lowest), min(number_to, highest)
    whole = length_m(line)
    if last < first or not whole:
        return None
    start = max(0.0, (first - 0.5 - lowest) / (highest - lowest))
    end = min(1.0, (last + 0.5 - lowest) / (highest - lowest))
    points: list[Point] = []
    walked = 0.0
    for a, b in itertools.pairwise(line):
        size = distance_m(a, b)
        here, there = walked / whole, (walked + size) / whole
        if size and there > start and here < end:
            shares = max(0.0, (start - here) / (there - here)), min(1.0, (end - here) / (there - here))
            points += [_between(a, b, share) for share in shares]
        walked += size
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def _between(a: Sequence[float], b: Sequence[float], share: float) -> Point:
    return round(a[0] + share * (b[0] - a[0]), 7), round(a[1] + share * (b[1] - a[1]), 7)


@dataclass(frozen=True)
class Crossing:
    """Where another street meets this one, as a share of this one's length."""

    share: float


def crossing_of(line: Line, other: Line, reach_m: float = 25.0) -> Crossing | None:
    """Where the other line crosses this one, or ends at most ``reach_m`` beside it; None when they do not meet."""
    whole = length_m(line)
    if not whole:
        return None
    found: tuple[float, float] | None = None
    walked = 0.0
    for start, end in itertools.pairwise(line):
        size = distance_m(start, end)
        for other_start, other_end in itertools.pairwise(other):
            if (share := _meeting(start, end, other_start, other_end)) is not None:
                return Crossing((walked + share * size) / whole)
        for tip in (other[0], other[-1]):
            share, aside = _nearest(start, end, tip)
            if aside <= reach_m and (found is None or aside < found[0]):
                found = aside, walked + share * size
        walked += size
    return Crossing(found[1] / whole) if found else None


def _metres_a_degree(latitude: float) -> tuple[float, float]:
    """Metres of one degree eastward and northward at this latitude."""
    north = math.radians(1) * EARTH_RADIUS_M
    return north * math.cos(math.radians(latitude)), north


def _flat(origin: Sequence[float], point: Sequence[float]) -> Point:
    east, north = _metres_a_degree(origin[1])
    return (point[0] - origin[0]) * east, (point[1] - origin[1]) * north


def _meeting(a: Sequence[float], b: Sequence[float], c: Sequence[float], d: Sequence[float]) -> float | None:
    """The share of the way from a to b at which the stretch from c to d crosses it."""
    (bx, by), (cx, cy), (dx, dy) = _flat(a, b), _flat(a, c), _flat(a, d)
    across = bx * (dy - cy) - by * (dx - cx)
    if not across:
        return None
    along = (cx * (dy - cy) - cy * (dx - cx)) / across
    beside = (cx * by - cy * bx) / across
    return along if 0 <= along <= 1 and 0 <= beside <= 1 else None


def _nearest(a: Sequence[float], b: Sequence[float], point: Sequence[float]) -> tuple[float, float]:
    """The share of the way from a to b that is nearest to a point, and the metres between them."""
    (bx, by), (px, py) = _flat(a, b), _flat(a, point)
    size = bx * bx + by * by
    share = min(1.0, max(0.0, (px * bx + py * by) / size)) if size else 0.0
    return share, math.hypot(px - share * bx, py - share * by)
