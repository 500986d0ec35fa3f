"""What matching does not do: nobody is looked for by what the General Equal Treatment Act (AGG) protects, or by health, family or
the scales of the competence profile. The filters offer none of it; an address that asks for it gets an answer in words.
"""

from collections.abc import Iterable

# Words of an address, in English and in German, by what they ask for. "AGG" are the grounds of section 1, "own" our own rule.
GROUNDS: dict[str, tuple[str, ...]] = {
    "origin": (
        "origin", "ethnicity", "ethnic", "race", "nationality", "nationalities", "citizenship", "country", "country_of_birth",
        "herkunft", "nationalitaet", "staatsangehoerigkeit", "geburtsland",
    ),
    "religion": ("religion", "belief", "faith", "headscarf", "konfession", "glaube", "kopftuch"),
    "gender": ("gender", "sex", "geschlecht"),
    "age": ("age", "age_band", "birth_date", "born", "alter", "geburtsdatum"),
    "disability": ("disability", "health", "illness", "behinderung", "gesundheit"),
    "identity": ("sexual_identity", "orientation", "sexuelle_identitaet"),
    "family": ("family", "children", "marital_status", "married", "pregnant", "familie", "kinder", "familienstand"),
    "profile": ("per", "soc", "evidence", "switching", "sprachwechsel"),
}  # fmt: skip
# The grounds of section 1 AGG; the others are left out because they say nothing about who can do the work.
OF_THE_LAW = ("origin", "religion", "gender", "age", "disability", "identity")
_BY_WORD = {word: ground for ground, words in GROUNDS.items() for word in words}


def refused(names: Iterable[str]) -> list[str]:
    """Return the grounds that these names of an address ask for, each once, in a fixed order."""
    asked = {_BY_WORD[name] for name in (raw.strip().casefold() for raw in names) if name in _BY_WORD}
    return [ground for ground in GROUNDS if ground in asked]
