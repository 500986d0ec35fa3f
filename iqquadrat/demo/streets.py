"""The plan of the demonstration's streets, and what became of some shops since the survey."""

import datetime as dt
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

import businesses as room
from businesses.enums import Status
from businesses.geometry import frontage_of
from businesses.models import Business, Observation, Street
from businesses.services import save_section, save_street
from iqquadrat.accounts.models import Centre, User

PLAN = Path(room.__file__).parent / "reference" / "plan_leipzig_east.toml"
# Of ten houses in a row four have two shops, one has three.
_DOORS = {
    0: ("left", "right"),
    1: ("left", "right"),
    4: ("left", "right"),
    5: ("left", "right"),
    8: ("left", "middle", "right"),
}


def doors(count: int) -> Iterator[tuple[int, str]]:
    """House number and door of so many shops of a main street."""
    found, number = 0, 0
    while found < count:
        number += 1
        for position in _DOORS.get(number % 10, ("",))[: count - found]:
            yield number, position
            found += 1


def draw_plan(*, centre: Centre, by: User) -> None:
    """Give the streets their lines and sections; their doors get a reckoned place."""
    known = {street.name: street for street in Street.objects.filter(centre=centre)}
    for row in tomllib.loads(PLAN.read_text(encoding="utf-8"))["streets"]:
        line = [[longitude, latitude] for latitude, longitude in row["points"]]
        lowest, highest = row["numbers"]
        street = save_street(
            centre=centre, name=row["name"], by=by, street=known.get(row["name"]), line=line, number_at_start=lowest,
            number_at_end=highest,
        )  # fmt: skip
        for part in row["sections"]:
            save_section(
                street=street, name=part["name"], by=by, number_from=part["from"], number_to=part["to"],
                frontage_m=frontage_of(line, lowest, highest, part["from"], part["to"], "both"),
            )  # fmt: skip


def walk_again(*, businesses: Sequence[Business], by: User, day: dt.date) -> None:
    """Somebody passed lately: most shops are as they were, some changed hands, a few empty ones are being fitted out."""
    fresh = {Status.OPEN: Status.CHANGED, Status.CLOSED: Status.NOT_YET_OPEN}
    every = {Status.OPEN: 11, Status.CLOSED: 2}
    seen = day - dt.timedelta(days=7)
    counted = dict.fromkeys(every, 0)
    # The first forty have names that the rest of the demonstration relies on.
    for business in businesses[40:]:
        status = Status(business.status)
        if status in every:
            counted[status] += 1
            if counted[status] % every[status] == 0:
                business.status = fresh[status]
        business.confirmed_on = seen
    Business.objects.bulk_update(businesses[40:], ["status", "confirmed_on"])
    Observation.objects.bulk_create(
        Observation(business=business, seen_on=seen, status=business.status, by=by)
        for business in businesses[40:]
    )
