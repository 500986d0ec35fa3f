"""Fields of this room: days and times in the digits of any script, languages as chips."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.birth_dates import read_birth, read_date
from counselling.enums import LANGUAGES_SPOKEN, BirthPrecision, SpokenLanguage
from counselling.moments import NoSuchMomentError, moment_of
from iqquadrat.core.fields import LineField
from iqquadrat.core.text import latin_digits

_EARLIEST, _LATEST = dt.date(1900, 1, 1), dt.date(2199, 12, 31)


class DayField(LineField):
    """A day: from a date picker, or typed as 24.11.2026 in the digits of any script."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, dt.date):
            return value
        text = super().to_python(value)
        if not text:
            return None
        read = read_date(text)
        if read is None or read[1] != BirthPrecision.DAY or not _EARLIEST <= read[0] <= _LATEST:
            raise ValidationError(_("Please enter a day like 24.11.2026."), code="invalid")
        return read[0]

    def run_validators(self, value: Any) -> None:
        """The checks of length and characters were made on the text."""


class ClockField(forms.TimeField):
    """A time of day in the digits of any script."""

    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")

    def to_python(self, value: Any) -> dt.time | None:
        return super().to_python(latin_digits(value.strip()) if isinstance(value, str) else value)


def typed_moment(
    day: dt.date, time: dt.time, *, field: str, stored: dt.datetime | None = None
) -> dt.datetime:
    """Return the moment of a day and a time on the wall; ``field`` is told when no clock shows it (in spring).

    What was not touched stays the moment it was: its seconds, and the hour that the clocks show twice in autumn.
    """
    if stored is not None:
        shown = timezone.localtime(stored)
        if (shown.date(), shown.time().replace(second=0, microsecond=0)) == (day, time):
            return stored
    try:
        return moment_of(day, time)
    except NoSuchMomentError:
        text = _("No clock shows this time on that day: the clocks go forward. Please choose another one.")
        raise ValidationError({field: text}, code="no_such_moment") from None


class PartDateField(LineField):
    """A date typed as exactly as it is known, in the digits of any script; cleans to what ``read`` makes of the text, or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=30, **kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return self.read(text) if text else None

    def read(self, text: str) -> Any:
        """Return what the text says. Raises ``ValidationError``."""
        raise NotImplementedError

    def run_validators(self, value: Any) -> None:
        """The checks of length and characters were made on the text."""


class BirthField(PartDateField):
    """A birth date as far as it is known, of the Persian calendar too; cleans to ``Birth``."""

    def read(self, text: str) -> Any:
        read = read_birth(text)
        if read is None or not _EARLIEST <= read.date <= timezone.localdate():
            raise ValidationError(
                _("Please enter a date like 14.3.1991, 3/1991 or 1991, not in the future."), code="invalid"
            )
        return read


def submission_field() -> forms.UUIDField:
    """The hidden mark by which a form that is sent twice makes one record."""
    return forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


def revision_field(*, least: int = 1) -> forms.IntegerField:
    """The hidden number of the state that the reader has seen; ``least=0`` where nothing may have been there yet."""
    return forms.IntegerField(widget=forms.HiddenInput, min_value=least, max_value=2_000_000_000)


@dataclass(frozen=True)
class Chip:
    """One choice to press."""

    value: str
    label: str
    chosen: bool


def language_chips(chosen: list[str], first: list[str] | None = None) -> tuple[list[Chip], list[Chip]]:
    """Return the languages to show as chips and those behind "another": chosen and ``first`` ones come in front."""
    front = list(dict.fromkeys([*(first or []), *chosen, *LANGUAGES_SPOKEN]))
    front = [code for code in front if code in SpokenLanguage.values][:10]
    front += [code for code in chosen if code in SpokenLanguage.values and code not in front]
    chips = {
        language.value: Chip(language.value, str(language.label), language.value in chosen)
        for language in SpokenLanguage
    }
    shown = [chips[code] for code in front]
    return shown, [chip for code, chip in chips.items() if code not in front]


def choice_chips(choices: list[tuple[str, Any]], chosen: str) -> list[Chip]:
    """Return choices to press, one of them chosen."""
    return [Chip(value, str(label), value == chosen) for value, label in choices]


NOT_ASKED = _("not asked")


def with_empty(choices: list[tuple[str, Any]], label: Any = NOT_ASKED) -> list[tuple[str, Any]]:
    """Put an empty choice in front."""
    return [("", label), *choices]
