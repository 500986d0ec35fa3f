"""The Persian calendar at the kiosk: a year below 1500 is read as Persian, stored as ours, and shown back before going on."""

from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import override, pgettext_lazy

from competence.phrases import GERMAN, Wording
from iqquadrat.core.text import digits_for, latin_digits
from iqquadrat.questionnaires.answers import PERSIAN_YEARS, AnswerValue
from iqquadrat.questionnaires.enums import DatePrecision

# The months by their own names, for readers of Persian and for everybody else; not translated.
PERSIAN_MONTHS = (
    "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند",
)  # fmt: skip
_IN_LATIN = (
    "Farwardin", "Ordibehescht", "Chordad", "Tir", "Mordad", "Schahriwar", "Mehr", "Aban", "Asar", "Dey", "Bahman",
    "Esfand",
)  # fmt: skip
_SHOWN_BACK: Promise = pgettext_lazy(
    "client",
    "You wrote {typed}. In the calendar used here this is {converted}. Is this right? Then press Next.",
)
_FORMATS = {
    DatePrecision.DAY: "DATE_FORMAT",
    DatePrecision.MONTH: "YEAR_MONTH_FORMAT",
    DatePrecision.YEAR: "Y",
}


def is_persian(year: str) -> bool:
    """Tell whether what was typed as a year belongs to the Persian calendar."""
    digits = latin_digits(year.strip())
    return digits.isascii() and digits.isdigit() and len(digits) == 4 and int(digits) in PERSIAN_YEARS


def shown_back(value: AnswerValue, language: str) -> dict[str, Any] | None:
    """Return what stands in the fields after a conversion and the sentence about it in both languages; None without one."""
    if not value.converted_from:
        return None
    return {"fields": _fields(value), "words": {code: _sentence(value, code) for code in {GERMAN, language}}}


def wording(converted: dict[str, Any], language: str) -> Wording:
    """Return the sentence for a page in ``language``."""
    words = converted["words"]
    return Wording(words[GERMAN], words[language], language)


def _fields(value: AnswerValue) -> dict[str, str]:
    if value.date is None:
        return {"number": str(value.number)}
    has_month = value.date_precision != DatePrecision.YEAR
    return {
        "year": str(value.date.year),
        "month": str(value.date.month) if has_month else "",
        "day": str(value.date.day) if value.date_precision == DatePrecision.DAY else "",
    }


def _sentence(value: AnswerValue, language: str) -> str:
    with override(language):
        converted = (
            str(value.number)
            if value.date is None
            else date_format(value.date, _FORMATS[DatePrecision(value.date_precision)])
        )
        words = str(_SHOWN_BACK).format(typed=_typed(value.converted_from, language), converted=converted)
    return digits_for(language, words)


def _typed(written: str, language: str) -> str:
    """Write ``1403/7/15`` as people say it: 15 Mehr 1403."""
    year, *rest = written.split("/")
    if not rest:
        return year
    months = PERSIAN_MONTHS if language == "fa" else _IN_LATIN
    return " ".join([*rest[1:], months[int(rest[0]) - 1], year])
