"""The picture of a week: which block lies where. Pure arithmetic; quarters of an hour are the rows of the picture."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

QUARTERS = 4
FIRST_HOUR, LAST_HOUR = 8, 18  # shown even when nothing stands there
MOST_LANES = 4
SHORTEST = 2  # quarters: less cannot be read


@dataclass
class Block:
    """One appointment in the picture: its first row, its number of rows, and its lane of several."""

    item: Any
    kind: str  # own, colleague (an own client's with a colleague), taken (a room, by somebody)
    state: str
    begin: dt.datetime
    first: int  # quarters after midnight
    length: int
    row: int = 0
    lane: int = 1
    lanes: int = 1


@dataclass
class Day:
    """One column."""

    date: dt.date
    blocks: list[Block] = field(default_factory=list)
    events: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Hour:
    """A line of the picture."""

    time: dt.time
    row: int


@dataclass(frozen=True)
class Week:
    """Days and hours, ready to be drawn."""

    days: list[Day]
    hours: list[Hour]


def monday_of(day: dt.date) -> dt.date:
    """Return the first day of the week."""
    return day - dt.timedelta(days=day.weekday())


def block_of(item: Any, kind: str, state: str, minutes: int) -> Block:
    """Place something that has ``starts_at`` by the clock on the wall; what goes on after midnight ends there."""
    begin = timezone.localtime(item.starts_at)
    end = timezone.localtime(item.starts_at + dt.timedelta(minutes=minutes))
    first = begin.hour * QUARTERS + begin.minute // 15
    last = 24 * QUARTERS if end.date() > begin.date() else -(-(end.hour * 60 + end.minute) // 15)
    length = min(max(last - first, SHORTEST), 24 * QUARTERS - first)
    return Block(item, kind, state, begin, first, max(length, 1))


def week_of(monday: dt.date, blocks: Sequence[Block], events: Sequence[Any]) -> Week:
    """Draw the week that begins on ``monday``; Saturday and Sunday only where something stands there."""
    days = [Day(monday + dt.timedelta(days=number)) for number in range(7)]
    for block in blocks:
        days[(block.begin.date() - monday).days].blocks.append(block)
    for event in events:
        days[(timezone.localdate(event.at) - monday).days].events.append(event)
    weekend = any(day.blocks or day.events for day in days[5:])
    shown = days if weekend else days[:5]
    starts = [block.first // QUARTERS for block in blocks] + [FIRST_HOUR]
    ends = [-(-(block.first + block.length) // QUARTERS) for block in blocks] + [LAST_HOUR]
    first_hour, last_hour = min(starts), max(ends)
    for day in shown:
        _place(day.blocks, first_hour)
    hours = [Hour(dt.time(hour), (hour - first_hour) * QUARTERS + 1) for hour in range(first_hour, last_hour)]
    return Week(shown, hours)


def _place(blocks: list[Block], first_hour: int) -> None:
    """Give each block its row, and lanes beside each other to those that overlap."""
    blocks.sort(key=lambda block: (block.first, -block.length))
    group: list[Block] = []
    reach = 0
    for block in blocks:
        block.row = block.first - first_hour * QUARTERS + 1
        if block.first >= reach:
            _lanes(group)
            group = []
        group.append(block)
        reach = max(reach, block.first + block.length)
    _lanes(group)


def _lanes(group: list[Block]) -> None:
    ends: list[int] = []
    for block in group:
        free = next((lane for lane, end in enumerate(ends) if end <= block.first), None)
        if free is None and len(ends) < MOST_LANES:
            free = len(ends)
            ends.append(0)
        lane = free if free is not None else MOST_LANES - 1
        ends[lane] = block.first + block.length
        block.lane = lane + 1
    for block in group:
        block.lanes = len(ends)
