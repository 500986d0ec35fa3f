"""Names that fit to a language, in its script."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True)
class Name:
    """One invented name. ``own`` parts are written as the person writes them; ``latin`` ones are empty where nothing differs."""

    given: str
    family: str
    latin_given: str
    latin_family: str
    woman: bool
    family_first: bool


@cache
def _stock() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "names.toml").read_text(encoding="utf-8"))


def _forms(entry: str) -> tuple[str, str]:
    """Return the Latin form and the one in the person's own script; they are the same where only one is given."""
    latin, _sign, own = entry.partition(" = ")
    return latin, own or latin


def draw(language: str, random: Random) -> Name:
    """Return a name that fits to a language code of ``names.toml``."""
    stock = _stock()[language]
    woman = random.random() < 0.52
    latin_given, given = _forms(random.choice(stock["women" if woman else "men"]))
    latin_family, family = _forms(random.choice(stock["family"]))
    suffix = stock.get("family_women_suffix")
    if woman and suffix and family[-1] in "ввн":
        latin_end, own_end = _forms(suffix)
        latin_family, family = latin_family + latin_end, family + own_end
    same = (latin_given, latin_family) == (given, family)
    return Name(
        given, family, "" if same else latin_given, "" if same else latin_family, woman, language == "vi"
    )
