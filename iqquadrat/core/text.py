"""Texts that people type: what is kept as it is, what is made uniform, what is refused.

NFC; control and bidi-override characters are refused; the zero-width joiners stay (Persian needs them); digits of all
scripts are read as what they are.
"""

import re
import unicodedata

# Characters that reorder or hide text without belonging to any writing: they can make a name read as another one.
_BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FORBIDDEN = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff{_BIDI_CONTROLS}\ud800-\udfff]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")


class ForbiddenCharacterError(ValueError):
    """The text holds a control, bidi-override or half character."""


def clean_text(text: str, *, lines: bool = False) -> str:
    """Return ``text`` in NFC with outer white space cut; inner runs of spaces become one unless ``lines``.

    Raises ``ForbiddenCharacterError`` when it holds a character that no writing needs.
    """
    if _FORBIDDEN.search(text):
        raise ForbiddenCharacterError(text)
    text = unicodedata.normalize("NFC", text)
    if lines:
        return "\n".join(
            line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        ).strip()
    return _SPACES.sub(" ", text.replace("\r", " ").replace("\n", " ")).strip()


def direction_of(text: str) -> str:
    """Return ``rtl`` or ``ltr``: the direction of the first letter, as browsers decide it for ``dir="auto"``."""
    strong = next(
        (side for char in text if (side := unicodedata.bidirectional(char)) in ("L", "R", "AL")), "L"
    )
    return "ltr" if strong == "L" else "rtl"


def latin_digits(text: str) -> str:
    """Return ``text`` with the decimal digits of every script written 0 to 9 (``۱۳۷۰`` becomes ``1370``)."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def number_in(text: str) -> int:
    """Return the whole number that was sent, in digits of any script; 0 for what is none, or too long to be a key or a revision."""
    digits = latin_digits(text[:18])
    return int(digits) if digits.isascii() and digits.isdecimal() else 0


_DIGITS = {"fa": "۰۱۲۳۴۵۶۷۸۹"}


def digits_for(language: str, text: object) -> str:
    """Return ``text`` with the digits a reader of ``language`` expects (Persian digits for ``fa``, 0 to 9 else)."""
    wanted = _DIGITS.get(language)
    written = str(text)
    return written.translate(str.maketrans("0123456789", wanted)) if wanted else written
