"""The words of letters to businesses, in every language they exist in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "letters.toml"
GERMAN = "de"
RIGHT_TO_LEFT = ("ar", "fa")


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return the words by language, then by key; German is complete, and so is every other language (a test holds it)."""
    return tomllib.loads(CONTENT.read_text(encoding="utf-8"))


def languages() -> list[str]:
    """Return the languages that letters can be written in, German first."""
    return list(texts())


def fitting(language: str) -> str:
    """Return this language if there are letters in it, else German."""
    return language if language in texts() else GERMAN


def direction(language: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
