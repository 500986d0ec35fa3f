"""The words that clients read on papers and pages of this room, in every language they exist in: a file for each, by language, then key.

They stand apart from the catalogues because a paper shows two languages at once, whatever the language of the page.
"""

import tomllib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

GERMAN = "de"
NEAR = {"prs": "fa"}  # who reads Dari reads Persian


class ClientTexts:
    """The words of one file in ``content``. Every language has the same keys (tests hold it)."""

    def __init__(self, name: str) -> None:
        self.file = Path(__file__).parent / "content" / f"{name}.toml"

    @cached_property
    def by_language(self) -> Mapping[str, Mapping[str, Any]]:
        """The words by language, then by key."""
        return tomllib.loads(self.file.read_text(encoding="utf-8"))

    def fitting(self, language: str) -> str:
        """Return the language for who reads this one: itself, a near one, else German."""
        near = NEAR.get(language, language)
        return near if near in self.by_language else GERMAN


CHECKLIST = ClientTexts("checklist")
NOTICES = ClientTexts("notice")
PROPOSALS = ClientTexts("proposals")
