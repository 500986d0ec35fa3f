"""Lengths, points along a line, house numbers, crossings: worked by hand, and properties."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from businesses.geometry import (
    DOOR_OFFSET_M,
    EARTH_RADIUS_M,
    crossing_of,
    distance_m,
    frontage_of,
    house_point,
    length_m,
    point_along,
    share_of,
)
from businesses.lines import LineError, read_line, write_line

# One thousandth of a degree of the equator or of a meridian.
MILLI = math.radians(0.001) * EARTH_RADIUS_M
EAST = [(0.0, 0.0), (0.01, 0.0)]
near = st.tuples(st.floats(12.39, 12.42), st.floats(51.33, 51.35))  # a quarter: three kilometres by two
lines = st.lists(near, min_size=2, max_size=6)


def test_a_degree_of_a_meridian_is_111_195_metres() -> None:
    assert distance_m((12.4, 51.0), (12.4, 52.0)) == pytest.approx(111_195, abs=1)
    # At 60 degrees north a degree of longitude is half as long (the great circle is a little shorter still).
    assert distance_m((0, 60), (0.01, 60)) == pytest.approx(1111.95 / 2, abs=0.01)
    assert length_m([(0, 0), (0.001, 0), (0.001, 0.001)]) == pytest.approx(2 * MILLI)


@given(near, near)
def test_a_way_back_is_as_long_and_never_negative(a: tuple[float, float], b: tuple[float, float]) -> None:
    assert distance_m(a, b) == pytest.approx(distance_m(b, a))
    assert distance_m(a, b) >= 0
    assert distance_m(a, a) == 0


def test_halfway_and_aside() -> None:
    assert point_along(EAST, 5 * MILLI) == pytest.approx((0.005, 0.0))
    # Eastward, the right hand is the south.
    assert point_along(EAST, 5 * MILLI, MILLI) == pytest.approx((0.005, -0.001))
    assert point_along(EAST, -5) == pytest.approx((0.0, 0.0))
    assert point_along(EAST, 1e9) == pytest.approx((0.01, 0.0))
    assert point_along([(1.0, 2.0), (1.0, 2.0)], 5, 5) == (1.0, 2.0)


@given(lines, st.floats(0, 1))
def test_no_point_is_farther_from_the_start_than_was_walked(
    line: list[tuple[float, float]], share: float
) -> None:
    walked = share * length_m(line)
    assert distance_m(line[0], point_along(line, walked)) <= walked + 0.5


def test_houses_stand_on_their_side_in_their_order() -> None:
    assert share_of(51, 1, 101) == 0.5
    even = house_point(EAST, 2, 102, 52)
    odd = house_point(EAST, 1, 101, 51)
    assert even == pytest.approx((0.005, -DOOR_OFFSET_M / MILLI / 1000), abs=1e-9)
    assert odd[1] == pytest.approx(-even[1])
    # Seen from the carriageway: on the right of the street the left shop has the higher numbers beside it, on the left the lower.
    assert house_point(EAST, 2, 102, 52, "left")[0] > even[0] > house_point(EAST, 2, 102, 52, "right")[0]
    assert house_point(EAST, 1, 101, 51, "left")[0] < odd[0] < house_point(EAST, 1, 101, 51, "right")[0]
    assert house_point(EAST, 2, 102, 52, "yard") == even


@given(st.integers(1, 400))
def test_every_door_is_as_far_from_the_middle_of_a_straight_street(number: int) -> None:
    _lon, lat = house_point(EAST, 1, 200, number)
    assert abs(lat) * MILLI * 1000 == pytest.approx(DOOR_OFFSET_M)
    assert (lat < 0) == (number % 2 == 0)


def test_frontage() -> None:
    whole = round(length_m(EAST))
    assert frontage_of(EAST, 1, 100, 1, 100, "odd") == whole
    assert frontage_of(EAST, 1, 100, 1, 9999, "both") == pytest.approx(2 * whole, abs=1)
    assert frontage_of(EAST, 1, 100, 26, 50, "even") == pytest.approx(whole / 4, abs=1)
    assert frontage_of(EAST, 1, 100, 200, 300, "both") == 0


@given(st.integers(2, 99))
def test_two_sections_add_up_to_the_street(cut: int) -> None:
    parts = frontage_of(EAST, 1, 100, 1, cut, "both") + frontage_of(EAST, 1, 100, cut + 1, 100, "both")
    assert parts == pytest.approx(2 * length_m(EAST), abs=1.01)


def test_crossings() -> None:
    crossing = crossing_of(EAST, [(0.0025, -0.001), (0.0025, 0.001)])
    assert crossing is not None
    assert crossing.share == pytest.approx(0.25)
    # A street that ends 11 m beside this one opens into it; one that ends 111 m away does not; parallels never meet.
    opens = crossing_of(EAST, [(0.0075, 0.0001), (0.0075, 0.001)])
    assert opens is not None
    assert opens.share == pytest.approx(0.75)
    assert crossing_of(EAST, [(0.0075, 0.001), (0.0075, 0.002)]) is None
    assert crossing_of(EAST, [(0.0, 0.001), (0.01, 0.001)]) is None
    assert crossing_of([(0.0, 0.0), (0.0, 0.0)], EAST) is None


GEOJSON = '{"type": "LineString", "coordinates": [[12.4, 51.34], [12.41, 51.35, 110]]}'


@pytest.mark.parametrize(
    "text",
    [
        GEOJSON, f'{{"type": "Feature", "properties": {{}}, "geometry": {GEOJSON}}}',
        f'{{"type": "FeatureCollection", "features": [{{"type": "Feature", "geometry": {GEOJSON}}}]}}',
        "51.34, 12.4\n51.35, 12.41", "\n 51.34 12.4 \n\n51.35;12.41\n",
    ],
)  # fmt: skip
def test_lines_are_read(text: str) -> None:
    assert read_line(text) == [[12.4, 51.34], [12.41, 51.35]]


@pytest.mark.parametrize(
    "text",
    [
        "", "51.34, 12.4", "hier, dort\nda, drüben", "51.34, 12.4\n51.34, 12.4", "151.34, 12.4\n51.35, 12.41", "51.3, 12.4\n15.3, 12.4",
        "{", "{}", '{"type": "Point", "coordinates": [12.4, 51.3]}', '{"type": "LineString", "coordinates": 5}',
        '{"type": "LineString", "coordinates": [[NaN, 51.3], [12.4, 51.3]]}', '{"type": "FeatureCollection", "features": []}',
        '{"type": "LineString", "coordinates": [["a", "b"], ["c", "d"]]}', "51.3, 12.4\n51.4, 12.4\n" * 300,
    ],
)  # fmt: skip
def test_what_is_no_line_is_refused(text: str) -> None:
    with pytest.raises(LineError):
        read_line(text)


@given(lines.filter(lambda line: 1 <= length_m(line) <= 30_000))
def test_what_is_written_is_read_again(line: list[tuple[float, float]]) -> None:
    rounded = [[round(x, 6), round(y, 6)] for x, y in line]
    if length_m(rounded) >= 1:
        assert read_line(write_line(rounded)) == rounded
