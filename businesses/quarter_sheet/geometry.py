"""Cutting a section out of the line of its street. Pure functions; points are [longitude, latitude] in degrees (WGS 84)."""

import itertools
import math
from collections.abc import Sequence

Point = tuple[float, float]


def cut(
    line: Sequence[Sequence[float]], lowest: int, highest: int, number_from: int, number_to: int
) -> list[Point] | None:
    """Return the part of a street between two house numbers, which are taken as evenly spread along it.

    A number stands for its half of the way to the next one on either hand, so that adjoining sections meet. None when the section lies
    outside of the street's numbers.
    """
    first, last = max(number_from, lowest), min(number_to, highest)
    if last < first or len(line) < 2:
        return None
    width = highest - lowest
    start = max(0.0, (first - 0.5 - lowest) / width)
    end = min(1.0, (last + 0.5 - lowest) / width)
    lengths = [_length(a, b) for a, b in itertools.pairwise(line)]
    whole = sum(lengths)
    if not whole:
        return None
    points: list[Point] = []
    walked = 0.0
    for (a, b), length in zip(itertools.pairwise(line), lengths, strict=True):
        here, there = walked / whole, (walked + length) / whole
        if length and there > start and here < end:
            points += [_between(a, b, share) for share in (
                max(0.0, (start - here) / (there - here)), min(1.0, (end - here) / (there - here)),
            )]  # fmt: skip
        walked += length
    return [point for at, point in enumerate(points) if at == 0 or point != points[at - 1]]


def _length(a: Sequence[float], b: Sequence[float]) -> float:
    """The length between two points near each other, in degrees of latitude: the earth is flat over a street."""
    middle = math.radians((a[1] + b[1]) / 2)
    return math.hypot((b[0] - a[0]) * math.cos(middle), b[1] - a[1])


def _between(a: Sequence[float], b: Sequence[float], share: float) -> Point:
    return round(a[0] + share * (b[0] - a[0]), 7), round(a[1] + share * (b[1] - a[1]), 7)
