"""From what a clock on the wall shows to a moment, over the two nights of the year in which the clocks are changed."""

import datetime as dt

from django.utils import timezone

LONGEST = dt.timedelta(days=1)


class NoSuchMomentError(ValueError):
    """The clocks go forward over this time: no clock ever shows it on this day."""


def moment_of(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the moment in UTC at which the site's clocks show ``time`` on ``day``; of two such moments the first.

    Raises ``NoSuchMomentError`` for a time that is left out in spring.
    """
    zone = timezone.get_default_timezone()
    shown = dt.datetime.combine(day, time)
    moment = shown.replace(tzinfo=zone).astimezone(dt.UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != shown:
        raise NoSuchMomentError
    return moment


def weeks_later(moment: dt.datetime, weeks: int) -> dt.datetime:
    """Return the same time on the wall so many weeks later. Where it is left out in spring, an hour later on the clock."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return (local + dt.timedelta(weeks=weeks)).astimezone(dt.UTC)
