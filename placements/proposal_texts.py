"""The words of the note that a client gets about a proposal, in every language it exists in."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content" / "proposals.toml"
GERMAN = "de"
RIGHT_TO_LEFT = ("ar", "fa")


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return the words by language, then by key; every language has the same keys (a test holds it)."""
    return tomllib.loads(CONTENT.read_text(encoding="utf-8"))


def fitting(language: str) -> str:
    """Return this language if there is a note in it, else German."""
    return language if language in texts() else GERMAN


def direction(language: str) -> str:
    """Return in which direction a language is written."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
