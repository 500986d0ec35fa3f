"""What somebody has typed or ticked, read as what the question asks for.

parse_answer(item, {"choices": ["yes"]})            a tick or several
parse_answer(item, {"value": "۱۳۹۸"})               numbers, years and texts, digits of every script
parse_answer(item, {"year": "2026", "month": "9"})  dates, as exact as they are known
parse_answer(item, {"status": "dont_know"})         "weiß ich nicht", "überspringen"
"""

import calendar
import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from persiantools.jdatetime import JalaliDate

from iqquadrat.core.text import ForbiddenCharacterError, clean_text, digits_for, latin_digits
from iqquadrat.questionnaires.conditions import Value
from iqquadrat.questionnaires.enums import AnswerStatus, DatePrecision, ItemType
from iqquadrat.questionnaires.models import Item
from iqquadrat.questionnaires.models.responses import TEXT_LENGTH

FIRST_YEAR = 1900
LAST_YEAR = 2100
# Years in the Persian calendar lie between these; 1300 is 1921, 1499 is 2120.
PERSIAN_YEARS = range(1200, 1500)
_LARGEST = 2_147_483_647

_MESSAGES: dict[str, Promise] = {
    "answer_needed": pgettext_lazy("client", "Please choose or write an answer."),
    "unknown_choice": pgettext_lazy("client", "This answer is not on the list. Please choose again."),
    "one_only": pgettext_lazy("client", "Please choose only one answer."),
    "exclusive": pgettext_lazy("client", "These answers do not go together. Please choose again."),
    "number_needed": pgettext_lazy("client", "Please write a number."),
    "out_of_range": pgettext_lazy("client", "Please write a number from %(low)s to %(high)s."),
    "too_small": pgettext_lazy("client", "Please write a number from %(low)s on."),
    "too_large": pgettext_lazy("client", "Please write a number up to %(high)s."),
    "year_out_of_range": pgettext_lazy("client", "Please write a year from %(low)s to %(high)s."),
    "year_needed": pgettext_lazy("client", "Please write the year."),
    "date_unknown": pgettext_lazy("client", "This date does not exist. Please look again."),
    "too_long": pgettext_lazy("client", "Please write at most %(high)s characters."),
    "forbidden_character": pgettext_lazy(
        "client", "This text contains a hidden character. Please type the text."
    ),
    "malformed": pgettext_lazy("client", "This answer could not be read. Please answer again."),
}


class InvalidAnswer(ValueError):  # noqa: N818 - the name of the contract between rooms
    """The answer cannot be taken. ``code`` is stable; ``message`` speaks to the client in the active language."""

    def __init__(self, code: str, **bounds: int) -> None:
        super().__init__(code)
        self.code = code
        self.bounds = bounds

    @property
    def message(self) -> str:
        """The reason in the language that is active now, with its digits."""
        language = get_language() or "de"
        return str(_MESSAGES[self.code]) % {
            name: digits_for(language, bound) for name, bound in self.bounds.items()
        }


@dataclass(frozen=True, kw_only=True)
class AnswerValue:
    """An answer that can be stored: exactly one kind of value when answered, none otherwise."""

    status: AnswerStatus = AnswerStatus.ANSWERED
    choices: tuple[str, ...] = ()
    number: int | None = None
    text: str = ""
    date: dt.date | None = None
    date_precision: str = ""
    # The Persian year (or date) as typed, when it was converted: shown back to the client, not stored.
    converted_from: str = ""


DONT_KNOW = AnswerValue(status=AnswerStatus.DONT_KNOW)
SKIPPED = AnswerValue(status=AnswerStatus.SKIPPED)


def parse_answer(
    item: Item, raw: Mapping[str, Any], *, offered: Collection[str] | None = None
) -> AnswerValue:
    """Return the answer in ``raw`` or raise ``InvalidAnswer``.

    ``raw`` has ``status``, or what the type asks for: ``choices`` (a list), ``value`` (number, year, text), ``year``, ``month``,
    ``day`` (date). ``offered`` are the keys of the answers offered now, where a question depends on another one
    (``flow.choices_for``); without it every answer of the list is taken.
    """
    status = raw.get("status", AnswerStatus.ANSWERED)
    if status in (AnswerStatus.DONT_KNOW, AnswerStatus.SKIPPED):
        return AnswerValue(status=AnswerStatus(status))
    if status != AnswerStatus.ANSWERED:
        raise InvalidAnswer("malformed")
    if item.has_choices:
        return _parse_choices(item, raw.get("choices"), offered)
    if item.type == ItemType.DATE:
        return _parse_date(raw)
    written = raw.get("value")
    if isinstance(written, int) and not isinstance(written, bool):
        written = str(written)
    if not isinstance(written, str):
        raise InvalidAnswer("malformed" if written is not None else "answer_needed")
    if item.type == ItemType.TEXT:
        return _parse_text(written)
    return _parse_year(item, written) if item.type == ItemType.YEAR else _parse_integer(item, written)


def _parse_choices(item: Item, ticked: Any, offered: Collection[str] | None) -> AnswerValue:
    if isinstance(ticked, str):
        ticked = [ticked] if ticked else []
    if ticked is None or not isinstance(ticked, list | tuple):
        raise InvalidAnswer("answer_needed" if ticked is None else "malformed")
    if not all(isinstance(key, str) for key in ticked):
        raise InvalidAnswer("malformed")
    if not ticked:
        raise InvalidAnswer("answer_needed")
    known = {choice.key: choice for choice in item.all_choices if offered is None or choice.key in offered}
    if any(key not in known for key in ticked):
        raise InvalidAnswer("unknown_choice")
    # In the order of the list, each once: two ways of ticking the same are the same answer.
    chosen = tuple(key for key in known if key in set(ticked))
    if item.type == ItemType.SINGLE and len(chosen) > 1:
        raise InvalidAnswer("one_only")
    if len(chosen) > 1 and any(known[key].exclusive for key in chosen):
        raise InvalidAnswer("exclusive")
    return AnswerValue(choices=chosen)


def _parse_text(written: str) -> AnswerValue:
    try:
        text = clean_text(written, lines=True)
    except ForbiddenCharacterError:
        raise InvalidAnswer("forbidden_character") from None
    if not text:
        raise InvalidAnswer("answer_needed")
    if len(text) > TEXT_LENGTH:
        raise InvalidAnswer("too_long", high=TEXT_LENGTH)
    return AnswerValue(text=text)


def _whole_number(written: str) -> int:
    digits = latin_digits(written.strip())
    if not digits:
        raise InvalidAnswer("number_needed")
    if not re.fullmatch(r"[+-]?\d{1,10}", digits, re.ASCII) or abs(int(digits)) > _LARGEST:
        raise InvalidAnswer("number_needed")
    return int(digits)


def _parse_integer(item: Item, written: str) -> AnswerValue:
    number, low, high = _whole_number(written), item.min_value, item.max_value
    if (low is not None and number < low) or (high is not None and number > high):
        if low is not None and high is not None:
            raise InvalidAnswer("out_of_range", low=low, high=high)
        if low is not None:
            raise InvalidAnswer("too_small", low=low)
        raise InvalidAnswer("too_large", high=high or 0)
    return AnswerValue(number=number)


def _parse_year(item: Item, written: str) -> AnswerValue:
    year, converted_from = _whole_number(written), ""
    if year in PERSIAN_YEARS:
        # The year begins in March: most of it lies in the year that its first day has.
        year, converted_from = JalaliDate(year, 1, 1).to_gregorian().year, str(year)  # type: ignore[no-untyped-call]
    low = FIRST_YEAR if item.min_value is None else item.min_value
    high = timezone.localdate().year if item.max_value is None else item.max_value
    if not low <= year <= high:
        raise InvalidAnswer("year_out_of_range", low=low, high=high)
    return AnswerValue(number=year, converted_from=converted_from)


def _parse_date(raw: Mapping[str, Any]) -> AnswerValue:
    year, month, day = (_date_part(raw.get(name)) for name in ("year", "month", "day"))
    if year is None and month is None and day is None:
        raise InvalidAnswer("answer_needed")
    if year is None:
        raise InvalidAnswer("year_needed")
    if (month is None and day is not None) or 0 in (month, day):
        raise InvalidAnswer("date_unknown")
    precision = (
        DatePrecision.YEAR if month is None else DatePrecision.MONTH if day is None else DatePrecision.DAY
    )
    if year in PERSIAN_YEARS:
        return _from_persian(year, month, day, precision)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidAnswer("year_out_of_range", low=FIRST_YEAR, high=LAST_YEAR)
    if not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= calendar.monthrange(year, month or 1)[1]:
        raise InvalidAnswer("date_unknown")
    return AnswerValue(date=dt.date(year, month or 1, day or 1), date_precision=precision)


def _from_persian(year: int, month: int | None, day: int | None, precision: DatePrecision) -> AnswerValue:
    try:
        found: dt.date = JalaliDate(year, month or 1, day or 1).to_gregorian()  # type: ignore[no-untyped-call]
    except ValueError:
        raise InvalidAnswer("date_unknown") from None
    if precision == DatePrecision.YEAR:
        found = found.replace(month=1, day=1)
    elif precision == DatePrecision.MONTH:
        found = found.replace(day=1)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise InvalidAnswer("year_out_of_range", low=FIRST_YEAR, high=LAST_YEAR)
    typed = "/".join(str(part) for part in (year, month, day) if part is not None)
    return AnswerValue(date=found, date_precision=precision, converted_from=typed)


def _date_part(written: Any) -> int | None:
    if written is None or written == "":
        return None
    if isinstance(written, bool) or not isinstance(written, str | int):
        raise InvalidAnswer("malformed")
    digits = latin_digits(str(written).strip())
    if not digits:
        return None
    if not re.fullmatch(r"\d{1,4}", digits, re.ASCII):
        raise InvalidAnswer("date_unknown")
    return int(digits)


class Stored(Protocol):
    """What an answer holds, whether it comes as a row of the model or as plain columns."""

    @property
    def status(self) -> str: ...
    @property
    def choices(self) -> Sequence[str]: ...
    @property
    def number(self) -> int | None: ...
    @property
    def text(self) -> str: ...
    @property
    def date(self) -> dt.date | None: ...


def value_of(kind: str, answer: Stored) -> Value:
    """Return an answer to a question of this type as conditions and flow read it; None for "don't know" and skipped."""
    if answer.status != AnswerStatus.ANSWERED:
        return None
    if kind == ItemType.SINGLE:
        return answer.choices[0]
    if kind == ItemType.MULTIPLE:
        return list(answer.choices)
    if kind == ItemType.DATE:
        return answer.date
    return answer.text if kind == ItemType.TEXT else answer.number
