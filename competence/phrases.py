"""What the frame around the questions says, in German and in the reader's language.

The page carries both at once, so that switching needs no request. The questions themselves come from the questionnaire.
"""

from dataclasses import dataclass
from functools import cache

from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import format_lazy
from django.utils.translation import get_language_info, override, pgettext_lazy

from iqquadrat.core.text import digits_for

GERMAN = "de"

# Greeting and own name of each language; in that language and not translated.
GREETINGS = {
    "de": "Willkommen",
    "ar": "أهلًا وسهلًا",
    "ru": "Добро пожаловать",
    "fa": "خوش آمدید",
    "vi": "Xin chào",
    "tr": "Hoş geldiniz",
    "uk": "Ласкаво просимо",
    "ku": "Bi xêr hatin",
    "en": "Welcome",
    "fr": "Bienvenue",
}
OWN_NAMES = {
    "de": "Deutsch", "ar": "العربية", "ru": "Русский", "fa": "فارسی", "vi": "Tiếng Việt", "tr": "Türkçe",
    "uk": "Українська", "ku": "Kurdî (Kurmancî)", "en": "English", "fr": "Français",
}  # fmt: skip


@dataclass(frozen=True)
class Wording:
    """One text in German and in the reader's language; the same twice when that is German."""

    de: str
    l1: str
    lang: str = GERMAN

    @property
    def is_two(self) -> bool:
        """Whether there are two languages to show."""
        return self.lang != GERMAN


_PHRASES = {
    # The door
    "choose_language": pgettext_lazy("client", "Choose a language"),
    "listen": pgettext_lazy("client", "Listen"),
    "enter_code": pgettext_lazy("client", "Please enter the code"),
    "code_label": pgettext_lazy("client", "Code, eight digits"),
    "digits": pgettext_lazy("client", "Digits"),
    "delete": pgettext_lazy("client", "Delete the last digit"),
    "code_from": pgettext_lazy("client", "You get the code at the counselling centre."),
    "code_wrong": pgettext_lazy("client", "This code is not right. Please look at it again."),
    "code_short": pgettext_lazy("client", "The code has eight digits."),
    "code_expired": pgettext_lazy("client", "This code is no longer valid. Please ask for a new code."),
    "code_used": pgettext_lazy("client", "This code was already used. Please ask for a new code."),
    "code_too_many": pgettext_lazy("client", "Too many tries. Please ask at the counselling centre."),
    # Before the first question
    "measuring_title": pgettext_lazy("client", "May we note when you change the language?"),
    "measuring_why": pgettext_lazy("client", "So we see which German texts you can already read well."),
    "measuring_who": pgettext_lazy("client", "Only your counsellor sees this."),
    "measuring_free": pgettext_lazy("client", "Yes or no: both are fine. You lose nothing."),
    "measuring_yes": pgettext_lazy("client", "Yes, you may"),
    "measuring_no": pgettext_lazy("client", "No, please not"),
    # Around a question
    "pair": pgettext_lazy("client", "Signs of this session"),
    "progress": pgettext_lazy("client", "Progress"),
    "saved": pgettext_lazy("client", "saved"),
    "saving": pgettext_lazy("client", "saving"),
    "not_saved": pgettext_lazy("client", "not yet saved"),
    "text_size": pgettext_lazy("client", "Size of the text"),
    "size_1": pgettext_lazy("client:size", "normal"),
    "size_2": pgettext_lazy("client:size", "large"),
    "size_3": pgettext_lazy("client:size", "very large"),
    "look": pgettext_lazy("client", "Text and contrast"),
    "contrast": pgettext_lazy("client", "Strong contrast"),
    "pause": pgettext_lazy("client", "Break"),
    "help": pgettext_lazy("client", "Help"),
    "language_of_question": pgettext_lazy("client", "Language of this question"),
    "all_mine": pgettext_lazy("client", "Everything in my language"),
    "all_mine_off": pgettext_lazy("client", "Begin in German again"),
    "read_aloud": pgettext_lazy("client", "Read aloud"),
    "back": pgettext_lazy("client", "Back"),
    "next": pgettext_lazy("client", "Next"),
    "dont_know": pgettext_lazy("client", "I do not know"),
    "skip": pgettext_lazy("client", "Skip"),
    "text_to_read": pgettext_lazy("client", "Text to read"),
    "your_answer": pgettext_lazy("client", "Your answer"),
    "more": pgettext_lazy("client", "One more"),
    "less": pgettext_lazy("client", "One less"),
    "day": pgettext_lazy("client", "Day"),
    "month": pgettext_lazy("client", "Month"),
    "year": pgettext_lazy("client", "Year"),
    "morning": pgettext_lazy("client", "Morning"),
    "afternoon": pgettext_lazy("client", "Afternoon"),
    "evening": pgettext_lazy("client", "Evening"),
    # The keyboard on the screen
    "keyboard": pgettext_lazy("client", "Keyboard"),
    "key_space": pgettext_lazy("client", "Space"),
    "key_delete": pgettext_lazy("client", "Delete the last letter"),
    "key_line": pgettext_lazy("client", "New line"),
    "key_shift": pgettext_lazy("client", "Capital letters"),
    "key_signs": pgettext_lazy("client", "Digits and signs"),
    "key_letters": pgettext_lazy("client", "Letters"),
    # Notices
    "offline": pgettext_lazy(
        "client", "No connection right now. Your answers are still here. Please wait a moment."
    ),
    "other_window": pgettext_lazy(
        "client", "These questions are open in another window. Please go on there."
    ),
    "go_on_here": pgettext_lazy("client", "Go on here"),
    "no_rush": pgettext_lazy("client", "You have time. Please read each question calmly."),
    "still_there": pgettext_lazy("client", "Are you still there?"),
    "closes_soon": pgettext_lazy("client", "This page closes soon. Your answers stay saved."),
    "still_here": pgettext_lazy("client", "Yes, go on"),
    "pause_title": pgettext_lazy("client", "Would you like a break?"),
    "pause_text": pgettext_lazy("client", "Your answers are saved. To go on you need a new code."),
    "pause_yes": pgettext_lazy("client", "Yes, a break"),
    "pause_no": pgettext_lazy("client", "No, go on"),
    "help_title": pgettext_lazy("client", "What do you need help with?"),
    "help_question": pgettext_lazy("client", "With the question"),
    "help_pc": pgettext_lazy("client", "With the computer"),
    "help_text": pgettext_lazy("client", "Please call your counsellor. You can also skip the question."),
    "close": pgettext_lazy("client", "Close"),
    "try_again": pgettext_lazy("client", "Please look at your answer again."),
    # The end
    "last_title": pgettext_lazy("client", "That was the last question."),
    "last_text": pgettext_lazy("client", "You can go back and change answers. Or you finish now."),
    "finish": pgettext_lazy("client", "Finish"),
    "thanks": pgettext_lazy("client", "Thank you!"),
    "thanks_text": pgettext_lazy("client", "You have finished all the questions."),
    "thanks_next": pgettext_lazy("client", "Next you look at your strengths together with your counsellor."),
    "thanks_gone": pgettext_lazy("client", "Your answers are no longer on this computer."),
    "ended_title": pgettext_lazy("client", "Break"),
    "ended_text": pgettext_lazy(
        "client", "Your answers are saved. With a new code you go on where you stopped."
    ),
    "to_start": pgettext_lazy("client", "To the first page"),
    # The picture guide on the wall
    "guide_title": pgettext_lazy("client", "This is how it works at the computer"),
    "guide_pair": pgettext_lazy("client", "The same two pictures"),
    "guide_answer": pgettext_lazy("client", "Touch an answer"),
    "guide_switch": pgettext_lazy("client", "Is the German difficult? Touch here."),
    "guide_free": pgettext_lazy("client", "Both are fine."),
    "guide_back": pgettext_lazy("client", "Your answers stay."),
}

_PART = pgettext_lazy("client", "Part {part} of {parts}")
_MONTH_NUMBERS = range(1, 13)


@cache
def phrases(language: str) -> dict[str, Wording]:
    """Return all phrases in German and in ``language``."""
    return {key: _both(lazy, language) for key, lazy in _PHRASES.items()}


@cache
def weekday(number: int, language: str) -> Wording:
    """Return the name of a day of the week; Monday is 0."""
    return _both(WEEKDAYS[number], language)


@cache
def months(language: str) -> list[Wording]:
    """Return the names of the months, January first."""
    return [_both(MONTHS[number], language) for number in _MONTH_NUMBERS]


@cache
def part_of(part: int, parts: int, language: str) -> Wording:
    """Return "Teil 3 von 9" in both languages."""
    found = _both(format_lazy(_PART, part=part, parts=parts), language)
    return Wording(found.de, digits_for(language, found.l1), language)


def direction(language: str) -> str:
    """Return ``rtl`` or ``ltr``."""
    return "rtl" if get_language_info(language)["bidi"] else "ltr"


def _both(lazy: object, language: str) -> Wording:
    with override(GERMAN):
        german = str(lazy)
    with override(language):
        return Wording(german, str(lazy), language)
