"""The words of the checklist that a client reads, in every language they exist in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "checklist.toml"
GERMAN = "de"
RIGHT_TO_LEFT = ("ar", "fa")
NEAR = {"prs": "fa"}  # who reads Dari reads Persian


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return the words by language, then by key; German is complete, and so is every other language (a test holds it)."""
    return tomllib.loads(CONTENT.read_text(encoding="utf-8"))


def fitting(language: str) -> str:
    """Return the language of the checklist for who reads this one: itself, a near one, else German."""
    near = NEAR.get(language, language)
    return near if near in texts() else GERMAN


def direction(language: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
