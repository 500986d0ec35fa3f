"""Names of sheets and columns, and the small grammar of cells that are more than text."""

import re
from collections.abc import Iterable

from django.conf import settings

SURVEY = "survey"
CHOICES = "choices"
SETTINGS = "settings"

# As its readers write it; the code in parentheses is what counts.
LANGUAGE_NAMES = {
    "de": "Deutsch", "ru": "Русский", "vi": "Tiếng Việt", "ar": "العربية", "fa": "فارسی", "tr": "Türkçe", "uk": "Українська",
    "ku": "Kurmancî", "en": "English", "fr": "Français",
}  # fmt: skip
LANGUAGE_CODES = tuple(code for code, _name in settings.LANGUAGES)

SURVEY_PLAIN = ("relevant", "constraint", "appearance", "choice_filter")
SURVEY_OWN = (
    "iq_type", "iq_level", "iq_dimension", "iq_evidence", "iq_probe", "iq_correct", "iq_core", "iq_extra", "iq_note",
)  # fmt: skip
CHOICES_OWN = ("filter", "iq_score", "iq_icon", "iq_fixed", "iq_exclusive", "iq_extra")
SETTINGS_PLAIN = ("form_title", "form_id", "version", "default_language")

# Stands in ``iq_type`` of rows that a form for the field needs and that are no question: who is asked, when, by whom.
FORM = "form"
FORM_LIST = "iq_form_"
REQUIRED = "required"

STIMULUS = "_stimulus"
YES = "yes"


def column(field: str, language: str) -> str:
    """Return the head of a translated column: ``label::Русский (ru)``."""
    return f"{field}::{LANGUAGE_NAMES[language]} ({language})"


def columns(field: str, languages: Iterable[str]) -> list[str]:
    """Return the heads of a translated field."""
    return [column(field, language) for language in languages]


_TRANSLATED = re.compile(r"(\w+)\s*::\s*.*?\(([A-Za-z_-]{2,10})\)\s*", re.DOTALL)


def parse_column(head: str) -> tuple[str, str]:
    """Return field and language of a column's head; no language for a plain column."""
    match = _TRANSLATED.fullmatch(head)
    return (match.group(1), match.group(2).lower()) if match else (head, "")


_CONSTRAINT = re.compile(r"(?:\.\s*>=\s*(-?\d{1,10}))?(?:\s*(and)\s*)?(?:\.\s*<=\s*(-?\d{1,10}))?", re.ASCII)
ANY_YEAR = ". > 1899 and . < 2101"


def write_constraint(low: int | None, high: int | None, *, year: bool) -> str:
    """Return least and most as a constraint; a year without them has the bounds of a plausible year."""
    parts = [f". >= {low}"] if low is not None else []
    parts += [f". <= {high}"] if high is not None else []
    return " and ".join(parts) or (ANY_YEAR if year else "")


def write_exclusive(keys: Iterable[str]) -> str:
    """Return what keeps "none of these" from standing beside others."""
    return " and ".join(f"not(selected(., '{key}') and count-selected(.) > 1)" for key in keys)


_EXCLUSIVE = re.compile(
    r"not\(selected\(\., '\w+'\) and count-selected\(\.\) > 1\)(?: and (?=not)|$)", re.ASCII
)


def is_exclusive(constraint: str) -> bool:
    """Tell whether a constraint says only which answers exclude the others; ``iq_exclusive`` says it for us."""
    return bool(constraint) and not _EXCLUSIVE.sub("", constraint)


def parse_constraint(constraint: str) -> tuple[int | None, int | None]:
    """Return least and most. Raises ``ValueError`` for anything else than ``. >= 1 and . <= 9`` or one half of it."""
    if constraint in ("", ANY_YEAR):
        return None, None
    match = _CONSTRAINT.fullmatch(constraint)
    if match is None or (match.group(2) is not None) != (
        match.group(1) is not None and match.group(3) is not None
    ):
        raise ValueError(constraint)
    low, _and, high = match.groups()
    return (int(low) if low else None), (int(high) if high else None)


_FILTER = re.compile(
    r"(?:filter\s*=\s*\$\{(\w+)\}|selected\(\s*\$\{(\w+)\}\s*,\s*filter\s*\))(?:\s*or\s*filter\s*=\s*(?:''|\"\"))?", re.ASCII
)  # fmt: skip


def write_filter(key: str) -> str:
    """Return what offers the answers that fit another question's answer, and those without a filter."""
    return f"selected(${{{key}}}, filter) or filter = ''" if key else ""


def parse_filter(expression: str) -> str:
    """Return the key of the other question. Raises ``ValueError``."""
    if not expression:
        return ""
    match = _FILTER.fullmatch(expression)
    if match is None:
        raise ValueError(expression)
    return match.group(1) or match.group(2)
