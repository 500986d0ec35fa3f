"""What the demonstration shows. The first figures are the real project's (July 2007 to September 2008), the others are invented."""

import datetime as dt
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

BERLIN = ZoneInfo("Europe/Berlin")
PASSWORD = "iqquadrat-demo-2026"  # noqa: S105 - printed for everybody who starts the demonstration
STAFF_DOMAIN = "dialog.example"


@dataclass(frozen=True)
class Plan:
    """How much of everything. ``scale`` multiplies persons, contacts and assessments; the results stay the real ones."""

    seed: int = 2007
    scale: float = 1.0
    programme_code: str = "iq-quadrat"
    starts_on: dt.date = dt.date(2007, 7, 1)
    ends_on: dt.date = dt.date(2008, 9, 30)
    survey_starts_on: dt.date = dt.date(2007, 7, 2)
    survey_ends_on: dt.date = dt.date(2007, 7, 31)
    second_starts_on: dt.date = dt.date(2008, 7, 1)
    second_ends_on: dt.date = dt.date(2008, 7, 31)
    persons: int = 2512
    fewest_persons: int = 400  # the placements need that many people
    short_contacts: int = 1934
    assessments: int = 300
    units: int = 168
    interviews: int = 112
    present_code: str = "dialog-2026"
    present_clients: int = 64
    # Share of each counselling language among the persons.
    languages: dict[str, float] = field(
        default_factory=lambda: {
            "ar": 0.243, "ru": 0.218, "vi": 0.160, "de": 0.085, "ku": 0.107, "tr": 0.045, "fa": 0.040, "en": 0.048,
            "fr": 0.033, "uk": 0.021,
        }
    )  # fmt: skip

    def scaled(self, number: int) -> int:
        """Return a number of records at this scale, at least one."""
        return max(1, round(number * self.scale))


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """Return a moment of that day in the centre's time zone."""
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN)


def workdays(first: dt.date, last: dt.date) -> list[dt.date]:
    """Return Monday to Friday between two days, both included."""
    days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]
