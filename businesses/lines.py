"""Reading the line of a street: a GeoJSON LineString, or points typed one a line."""

import json
import math
import re
from typing import Any

from businesses.geometry import length_m

MOST_POINTS = 500
LONGEST_M = 30_000
_POINT = re.compile(r"\s*(-?\d{1,3}\.\d+|-?\d{1,3})[\s,;]+(-?\d{1,3}\.\d+|-?\d{1,3})\s*")


class LineError(ValueError):
    """What was given is no line of a street."""


def read_line(text: str) -> list[list[float]]:
    """Return ``[[longitude, latitude], ...]`` from a GeoJSON LineString (also as a feature or alone in a collection), or from
    typed lines ``latitude, longitude``, which is the order in which maps show them.

    Raises ``LineError`` when there are fewer than two points, a point outside the globe, or a line of no or senseless length.
    """
    points = _from_geojson(text) if text.lstrip().startswith("{") else _from_lines(text)
    if not 2 <= len(points) <= MOST_POINTS:
        raise LineError
    for longitude, latitude in points:
        if not (-180 <= longitude <= 180 and -90 <= latitude <= 90):
            raise LineError
    if not 1 <= length_m(points) <= LONGEST_M:
        raise LineError
    return points


def write_line(line: list[list[float]] | None) -> str:
    """The points as a person would type them: latitude, longitude."""
    return "\n".join(f"{latitude}, {longitude}" for longitude, latitude in line or [])


def _from_lines(text: str) -> list[list[float]]:
    points = []
    for row in filter(str.strip, text.splitlines()):
        match = _POINT.fullmatch(row)
        if not match:
            raise LineError
        points.append([float(match[2]), float(match[1])])
    return points


def _from_geojson(text: str) -> list[list[float]]:
    try:
        content: Any = json.loads(text)
        if content["type"] == "FeatureCollection":
            (content,) = content["features"]
        if content["type"] == "Feature":
            content = content["geometry"]
        if content["type"] != "LineString":
            raise LineError
        points = [[float(x), float(y)] for x, y, *_height in content["coordinates"]]
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise LineError from error
    if not all(math.isfinite(value) for point in points for value in point):
        raise LineError
    return [[round(x, 6), round(y, 6)] for x, y in points]
