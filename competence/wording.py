"""The words in which a profile speaks to the client: kept in every client language, marked with the context "client"."""

from collections.abc import Sequence
from datetime import date

from django.utils import formats, translation
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import npgettext, pgettext, pgettext_lazy
from persiantools.jdatetime import JalaliDate

from competence.enums import DuePrecision, GoalDoer
from competence.scoring import Band, ScaleScore
from iqquadrat.core.text import digits_for

Text = str | Promise

SCALE_NAMES: dict[str, Promise] = {
    "MAN": pgettext_lazy("client", "Practical work"),
    "SOC": pgettext_lazy("client", "With people"),
    "PER": pgettext_lazy("client", "Acting on my own"),
    "MET": pgettext_lazy("client", "Planning and learning"),
    "NUM": pgettext_lazy("client", "Numbers and measures"),
    "DIG": pgettext_lazy("client", "Digital"),
}
SCALE_HINTS: dict[str, Promise] = {
    "MAN": _("cooking, repairing, tools"),
    "SOC": _("working together, agreeing"),
    "PER": _("starting, keeping going"),
    "MET": _("ordering, trying out"),
    "NUM": _("till, measuring, tables"),
    "DIG": _("searching, writing, protecting"),
}
# A strength as a sentence, with its pictogram.
SCALE_SENTENCES: dict[str, tuple[Promise, str]] = {
    "MAN": (pgettext_lazy("client", "I work well with my hands."), "wrench"),
    "SOC": (pgettext_lazy("client", "I work well together with others."), "people"),
    "PER": (pgettext_lazy("client", "I start work by myself and finish it."), "check-badge"),
    "MET": (pgettext_lazy("client", "I plan my work and learn new things easily."), "plant"),
    "NUM": (pgettext_lazy("client", "I measure and calculate exactly."), "ruler"),
    "DIG": (pgettext_lazy("client", "I work confidently with computer and phone."), "screen"),
}
LEADS = (pgettext_lazy("client", "I have shown other people how to do a job."), "people")
CHILDREN = (pgettext_lazy("client", "I look after children every day."), "heart-hand")
CARES = (pgettext_lazy("client", "I help another person every day."), "heart-hand")
LANGUAGES = (pgettext_lazy("client", "I speak several languages."), "ear")
LICENCE = (pgettext_lazy("client", "I have a driving licence."), "truck")

BANDS: dict[Band, Promise] = {
    Band.BUILDING: pgettext_lazy("client", "growing"),
    Band.PRESENT: pgettext_lazy("client", "there"),
    Band.STRONG: pgettext_lazy("client", "strong"),
}


def band_words(score: ScaleScore) -> str:
    """Return the result of a scale in words, in the active language."""
    if score.low is None or score.high is None:
        return pgettext("client", "not enough answers")
    if score.low == score.high:
        return str(BANDS[score.low])
    return pgettext("client", "between %(low)s and %(high)s") % {
        "low": BANDS[score.low], "high": BANDS[score.high],
    }  # fmt: skip


def years(count: int) -> str:
    """Return so many years in words, in the active language, in its digits."""
    words = npgettext("client", "%(count)s year", "%(count)s years", count)
    return words % {"count": digits_for(translation.get_language() or "de", count)}


def listed(parts: Sequence[Text]) -> str:
    """Return the parts as an enumeration, with the comma of the active language."""
    return pgettext("client", ", ").join(str(part) for part in parts)


def day(value: date) -> str:
    """Return a date written out in the active language, in its digits."""
    return digits_for(translation.get_language() or "de", formats.date_format(value, "DATE_FORMAT"))


def persian_day(value: date) -> str:
    """Return the date of the Persian calendar, written out in Persian."""
    day_of_persia = JalaliDate(value)  # type: ignore[no-untyped-call]  # the library is untyped
    return str(day_of_persia.strftime("%d %B %Y", locale="fa")).lstrip("۰")


# How and how far a trade was learned; what is missing is not said on a paper about strengths.
TRAINING: dict[str, Promise] = {
    "on_job": pgettext_lazy("client", "learned at work"),
    "vocational": pgettext_lazy("client", "learned in vocational training"),
    "university": pgettext_lazy("client", "studied"),
    "finished": pgettext_lazy("client", "completed"),
    "stopped": pgettext_lazy("client", "partly completed"),
    "ongoing": pgettext_lazy("client", "still in training"),
    "pending": pgettext_lazy("client", "recognition applied for"),
    "partial": pgettext_lazy("client", "partly recognised"),
    "full": pgettext_lazy("client", "fully recognised"),
    "german": pgettext_lazy("client", "German certificate"),
}
CERTIFICATE = pgettext_lazy("client", "Certificate: %(name)s")

SKILL_WORDS: dict[str, Promise] = {
    "de_listen": pgettext_lazy("client", "listening"),
    "de_speak": pgettext_lazy("client", "speaking"),
    "de_read": pgettext_lazy("client", "reading"),
    "de_write": pgettext_lazy("client", "writing"),
}
SELF_LEVELS: dict[str, Text] = {
    "below_a1": pgettext_lazy("client", "beginner"),
    "a1": "A1", "a2": "A2", "b1": "B1", "b2": "B2",
}  # fmt: skip


def skill(key: str, level: str) -> Text:
    """Return one self-rated skill of German, for example "reading A1"."""
    return format_lazy("{} {}", SKILL_WORDS[key], SELF_LEVELS[level])


# Who does it, on the client's own paper.
DOERS: dict[str, Promise] = {
    GoalDoer.CLIENT: pgettext_lazy("client", "I do this."),
    GoalDoer.COUNSELLOR: pgettext_lazy("client", "The counselling centre does this."),
    GoalDoer.BOTH: pgettext_lazy("client", "We do this together."),
}


def until(due_on: date, precision: str) -> str:
    """Return until when as a sentence, in the active language, in its digits."""
    language = translation.get_language() or "de"
    said = day(due_on)
    if precision == DuePrecision.MONTH:
        said = digits_for(language, formats.date_format(due_on, "F Y"))
    # Russian and Ukrainian end a date with a full stop of their own.
    return pgettext("client", "Until %(day)s.") % {"day": said.rstrip(".")}
