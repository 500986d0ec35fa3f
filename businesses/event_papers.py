"""The papers of events, one frozen dataclass each; ``iqquadrat.pdf`` turns them into files."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from businesses import languages, letters
from businesses.event_lists import Share
from businesses.models import Business, Event, EventAttendance, EventSeries
from iqquadrat.accounts.models import Centre
from iqquadrat.core.text import digits_for

GERMAN = letters.GERMAN
# A list to sign has room for those who come without having said so.
BLANK, FULL_PAGE = 6, 20
MOST_DATES = 24


@dataclass(frozen=True)
class Side:
    """The letter in one language: its words, and the facts as somebody reads them who reads that language."""

    language: str
    direction: str
    words: dict[str, str]
    invites: str
    day: str
    clock: str
    dates: tuple[str, ...]
    spoken: str


@dataclass(frozen=True)
class Letter:
    """To whom, and the one or two languages it is written in."""

    business: Business
    sides: tuple[Side, ...]


@dataclass(frozen=True)
class InvitationLetters:
    """Letters to businesses, one page each: German, and beside it the language of the business."""

    event: Event
    to: Sequence[tuple[Business, str]]
    dates: Sequence[Event] = ()
    language: str = GERMAN
    template: str = "businesses/paper/invitations.html"

    @property
    def title(self) -> str:
        """The title of the document; it names no business."""
        return _("Invitation: %(title)s") % {"title": self.event.title}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"einladungen-{_day(self.event)}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows; each side is written once, however many letters it stands in."""
        wanted = {GERMAN, *(letters.fitting(language) for _business, language in self.to)}
        sides = {language: self._side(language) for language in wanted}
        made = [
            Letter(business, tuple(sides[one] for one in dict.fromkeys((GERMAN, letters.fitting(language)))))
            for business, language in self.to
        ]
        return {
            "event": self.event,
            "centre": self.event.centre,
            "letters": made,
            "today": timezone.localdate(),
        }

    def _side(self, language: str) -> Side:
        words = dict(letters.texts()[language])
        with translation.override(language):
            return Side(
                language, letters.direction(language), words, words[self.event.kind], _long_day(self.event.at, language),
                _clock(self.event, language), tuple(_short(date, language) for date in self.dates[:MOST_DATES]),
                _spoken(self.event) if language == GERMAN else _own_names(self.event),
            )  # fmt: skip


def _day(event: Event) -> str:
    return f"{timezone.localtime(event.at):%Y-%m-%d}"


def _long_day(moment: dt.datetime, language: str) -> str:
    local = timezone.localtime(moment)
    return digits_for(language, f"{date_format(local, 'l')}, {date_format(local, 'DATE_FORMAT')}")


def _clock(event: Event, language: str) -> str:
    ends = f"–{timezone.localtime(event.ends_at):%H:%M}" if event.ends_at else ""
    return digits_for(language, f"{timezone.localtime(event.at):%H:%M}{ends}")


def _short(event: Event, language: str) -> str:
    return digits_for(language, date_format(timezone.localtime(event.at), "d.m.Y"))


@dataclass(frozen=True)
class SignList:
    """Who is expected, with room for a signature; German, because it goes to the funder's file."""

    event: Event
    rows: Sequence[tuple[str, str]] = ()
    language: str = GERMAN
    template: str = "businesses/paper/sign_list.html"

    @property
    def title(self) -> str:
        """The title of the document; it names no business."""
        return _("Attendance list: %(title)s") % {"title": self.event.title}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"teilnahmeliste-{_day(self.event)}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows: numbered lines, enough for a page."""
        blank = max(BLANK, FULL_PAGE - len(self.rows))
        lines = [(number, *row) for number, row in enumerate([*self.rows, *([("", "")] * blank)], start=1)]
        return {
            "event": self.event,
            "centre": self.event.centre,
            "lines": lines,
            "spoken": _spoken(self.event),
        }


@dataclass(frozen=True)
class MinutesPaper:
    """The minutes of a meeting, with who was there."""

    event: Event
    came: Sequence[EventAttendance] = ()
    language: str = GERMAN
    template: str = "businesses/paper/minutes.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Minutes: %(title)s") % {"title": self.event.title}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"protokoll-{_day(self.event)}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        unnamed = max(self.event.head_count - sum(row.heads for row in self.came), 0)
        return {
            "event": self.event, "centre": self.event.centre, "came": self.came, "unnamed": unnamed, "spoken": _spoken(self.event),
        }  # fmt: skip


@dataclass(frozen=True)
class Certificates:
    """Certificates of attendance, one page each, for those who came often enough. They say who came when, and nothing about the German."""

    series: EventSeries
    centre: Centre
    earned: Sequence[Share]
    dates: Sequence[Event]
    language: str = GERMAN
    template: str = "businesses/paper/certificates.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Certificate of attendance: %(title)s") % {"title": self.series.title}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"teilnahme-{self.series.pk}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows; hours are hours of 60 minutes."""
        held = list(self.dates)
        return {
            "series": self.series, "centre": self.centre, "first": held[0].at if held else None, "last": held[-1].at if held else None,
            "earned": [(share, round(share.minutes / 60, 1)) for share in self.earned],
        }  # fmt: skip


def _own_names(event: Event) -> str:
    """The languages by their own names, as those who speak them look for them."""
    known = [code for code in event.languages if code in settings.CLIENT_LANGUAGES]
    return ", ".join(str(get_language_info(code)["name_local"]) for code in known)


def _spoken(event: Event) -> str:
    return ", ".join(languages.names(event.languages))
