"""The slip that a client takes home; ``iqquadrat.pdf`` turns it into a file."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import pgettext, pgettext_lazy
from persiantools.jdatetime import JalaliDate

from counselling.enums import Channel
from counselling.models import Appointment
from counselling.models.client import paper_language
from iqquadrat.core.pictograms import markup
from iqquadrat.core.text import digits_for

GERMAN = "de"
RIGHT_TO_LEFT = ("ar", "fa")
SHORT = 24  # letters
FULL, FULL_LINES = 160, 4


# Who is met like this need not find the way to the centre.
FROM_AFAR = {
    Channel.PHONE: ("phone", pgettext_lazy("client", "We will call you on the phone.")),
    Channel.VIDEO: ("screen", pgettext_lazy("client", "We will talk by video.")),
    Channel.CHAT: ("tablet", pgettext_lazy("client", "We will write to you.")),
    Channel.MAIL: ("letters", pgettext_lazy("client", "We will write to you.")),
    Channel.OUTREACH: ("walk", pgettext_lazy("client", "We will come to you.")),
}


class UnknownLanguageError(ValueError):
    """There is no slip in this language."""


@dataclass(frozen=True)
class Pair:
    """One text in the client's language and in German; ``german`` is empty on a German slip."""

    text: str
    german: str = ""


@dataclass(frozen=True)
class SlipLine:
    """A pictogram, what it means, and what the centre has written down (in German, as it is)."""

    picture: str
    words: Pair
    facts: str = ""
    strong: str = ""

    @property
    def is_long(self) -> bool:
        """Too long for both languages on one line: a German half line inside Arabic text cannot be read."""
        return len(self.words.german) > SHORT


def slip_language(appointment: Appointment) -> str:
    """Return the language of the slip: the one that fits the client, without a client that of the appointment."""
    client = appointment.client
    return client.paper_language if client is not None else paper_language([appointment.language])


@dataclass(frozen=True)
class AppointmentSlip:
    """What a client takes home: when, where, with whom, what to bring, what to do if it does not work out.

    A slip gets lost: it names neither the client nor what it is about. Raises ``UnknownLanguageError`` for a language without texts.
    """

    appointment: Appointment
    beside: str

    template = "counselling/paper/appointment_slip.html"

    def __post_init__(self) -> None:
        if self.beside not in settings.CLIENT_LANGUAGES:
            raise UnknownLanguageError(self.beside)

    @property
    def language(self) -> str:
        """The language of the document."""
        return self.beside

    @property
    def title(self) -> str:
        """The title in the file's properties."""
        return pgettext("client", "Your appointment")

    @property
    def file_name(self) -> str:
        """The suggested name of the file: the day, and no name."""
        return f"termin-{timezone.localdate(self.appointment.starts_at):%Y-%m-%d}-{self.beside}.pdf"

    def pair(self, make: Callable[[str], str]) -> Pair:
        """Call ``make(language)`` with that language active, for one or both."""
        with translation.override(self.beside):
            text = make(self.beside)
        if self.beside == GERMAN:
            return Pair(text)
        with translation.override(GERMAN):
            return Pair(text, make(GERMAN))

    @property
    def is_full(self) -> bool:
        """The centre has much to say: smaller letters keep it on one page."""
        said = f"{self.appointment.centre.directions}\n{self.appointment.centre.what_to_bring}"
        return len(said) > FULL or said.count("\n") > FULL_LINES

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows."""
        local = timezone.localtime(self.appointment.starts_at)
        clock = f"{local:%H:%M}"
        return {
            "centre": self.appointment.centre, "beside": self.beside, "is_full": self.is_full, "is_pair": self.beside != GERMAN,
            "direction": "rtl" if self.beside in RIGHT_TO_LEFT else "ltr",
            "heading": self.pair(lambda _language: pgettext("client", "Your appointment")),
            "weekday": self.pair(lambda language: digits_for(language, date_format(local, "l"))),
            "date": self.pair(lambda language: digits_for(language, date_format(local, "DATE_FORMAT"))),
            "persian": persian_day(local.date()) if self.beside == "fa" else "",
            "clock": Pair(digits_for(self.beside, clock), clock if digits_for(self.beside, clock) != clock else ""),
            "pictures": {name: markup(name) for name in ("calendar", "clock")},
            "lines": [(markup(line.picture), line) for line in self._lines()],
        }  # fmt: skip

    def _lines(self) -> list[SlipLine]:
        appointment, centre = self.appointment, self.appointment.centre
        who = SlipLine(
            "speech",
            self.pair(lambda _language: pgettext("client", "With")),
            strong=appointment.counsellor.get_full_name(),
        )
        call = SlipLine(
            "phone",
            self.pair(
                lambda _language: pgettext(
                    "client", "You cannot come? Please call us. We will find a new appointment."
                )
            ),
            strong=centre.phone,
        )
        if afar := FROM_AFAR.get(Channel(appointment.channel)):
            picture, words = afar
            return [
                SlipLine(picture, self.pair(lambda _language: str(words))),
                who,
                replace(call, picture="hands"),
            ]
        return [*self._place(), who, self._bring(), call]

    def _place(self) -> list[SlipLine]:
        appointment, centre = self.appointment, self.appointment.centre
        address = "\n".join(part for part in (centre.name, centre.address_line) if part)
        lines = [
            SlipLine(
                "house",
                self.pair(lambda _language: pgettext("client", "Here")),
                facts=address,
                strong=appointment.room,
            )
        ]
        if centre.directions:
            way = self.pair(lambda _language: pgettext("client", "How to get here"))
            lines.append(SlipLine("bus", way, facts=centre.directions))
        return lines

    def _bring(self) -> SlipLine:
        words = self.pair(
            lambda _language: pgettext(
                "client", "Please bring: identity card or passport, letters, certificates"
            )
        )
        return SlipLine("paper", words, facts=self.appointment.centre.what_to_bring)


def persian_day(day: dt.date) -> str:
    """Return the day of the Persian calendar in Persian words and digits."""
    there = JalaliDate(day, locale="fa")  # type: ignore[no-untyped-call]  # the library is untyped
    return digits_for("fa", f"{there.day} {there.strftime('%B')} {there.year}")
