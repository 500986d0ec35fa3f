"""Names as a counselling centre meets them: lists of Faker by language, a few written by hand, each with its search keys.

Nothing here is a person: given and family names are drawn by chance, the common ones more often (Zipf's law).
"""

import importlib
import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from anyascii import anyascii

from iqquadrat.core.folding import folded_words, key_set

# Of a hundred clients. The centre's languages, as in the real project's quarter today.
SHARES = {
    "ar": 27,
    "fa": 12,
    "ru": 14,
    "uk": 17,
    "vi": 8,
    "tr": 6,
    "ku": 7,
    "de": 3,
    "ro": 2,
    "fr": 2,
    "bg": 1,
    "az": 1,
}
KURDISH_GIVEN = """Azad Rojîn Şêrîn Xelîl Cîhan Berîvan Dilşad Evîn Gulistan Hêvî Jiyan Kawa Leyla Mizgîn Nûda Peyman Rêzan Serhat
Şîlan Tekoşîn Welat Xezal Yekta Zîn Zelal Baran Ciwan Delal Ferhad Hozan Mihemed Ehmed Hesen Hisên Elî Osman Mistefa Îbrahîm Fatma
Emîne Zeyneb Xedîce Aram Rêbwar Karwan Şorş Sîrwan Hêmin Nîştiman Kurdistan"""
KURDISH_FAMILY = """Hesen Mihemed Ehmed Elî Şêxmûs Çelebî Xoce Îbrahîm Osman Hemo Şêxo Bekir Silêman Dawûd Remo Xelîl Mistefa Qasim
Bozan Temo Cafer Yûsif Ferho Miço Kurdo Elo Sîno Heyder Şahîn Demir Kaya Aydin Xalid Barzanî Zebarî Talebanî Şikakî Botanî Amêdî
Soranî Dêrsimî Berwarî Mizurî Doskî Goyî"""
# The vowels that Arabic and Persian do not write, as passports do: short ones between consonants.
_VOWELS = "aeiou"
_CYRILLIC_PASSPORT = {
    "й": "i",
    "ы": "y",
    "э": "e",
    "ю": "iu",
    "я": "ia",
    "х": "kh",
    "ц": "ts",
    "ж": "zh",
    "щ": "shch",
    "ъ": "ie",
}
_GERMAN = {
    "ж": "sch",
    "ш": "sch",
    "ч": "tsch",
    "щ": "schtsch",
    "в": "w",
    "х": "ch",
    "ц": "z",
    "з": "s",
    "й": "j",
    "ю": "ju",
    "я": "ja",
}


@dataclass(frozen=True)
class Name:
    """One given or family name: as written, in Latin letters (empty where nobody wrote it down), and what finds it."""

    written: str
    latin: str
    keys: tuple[str, ...]
    written_words: tuple[str, ...]
    latin_words: tuple[str, ...]


def _provider(locale: str) -> type:
    provider: type = importlib.import_module(f"faker.providers.person.{locale}").Provider
    return provider


def _lists(locale: str, *names: str) -> list[str]:
    found = [name for attribute in names for name in getattr(_provider(locale), attribute, ())]
    return list(dict.fromkeys(str(name) for name in found))


def _same(_name: str, _chance: random.Random) -> str:
    return ""


def _plain(name: str, chance: random.Random) -> str:
    return anyascii(name) if chance.random() < 0.4 else ""


def _cyrillic(name: str, chance: random.Random) -> str:
    table = _CYRILLIC_PASSPORT if chance.random() < 0.7 else _GERMAN
    return (
        anyascii("".join(table.get(letter, letter) for letter in name.lower())).replace("'", "").capitalize()
    )


def _unvowelled(name: str, chance: random.Random) -> str:
    """Between two consonants some vowel, so that the spellings of one name differ as in real passports."""
    if chance.random() < 0.25:
        return ""
    letters = anyascii(name).lower().replace("'", "").replace("`", "")
    made = ""
    for letter, following in zip(letters, letters[1:] + " ", strict=True):
        made += letter
        if (
            letter.isalpha()
            and letter not in _VOWELS
            and following.isalpha()
            and following not in _VOWELS
            and chance.random() < 0.6
        ):
            made += chance.choice("aaei")
    return made.title()


def _name(written: str, latin: str) -> Name:
    keys = tuple(sorted(key_set(written, latin)))
    return Name(written, latin, keys, tuple(folded_words(written)), tuple(folded_words(latin)))


@dataclass(frozen=True)
class Language:
    """Given and family names of one language and how common each is."""

    given: list[Name]
    family: list[Name]
    given_weights: list[float]
    family_weights: list[float]


def _language(
    given: list[str], family: list[str], latin: Callable[[str, random.Random], str], chance: random.Random
) -> Language:
    def names(words: list[str], variants: int) -> list[Name]:
        made = []
        for word in words:
            # A common name is written in several ways in Latin letters.
            spellings = dict.fromkeys(latin(word, chance) for _ in range(variants))
            made += [_name(word, spelling) for spelling in spellings]
        return made

    first, last = names(given, 2), names(family, 3)
    return Language(first, last, _zipf(len(first)), _zipf(len(last)))


def _zipf(count: int) -> list[float]:
    return [1 / (place + 8) for place in range(count)]


@cache
def languages(seed: int = 7) -> dict[str, Language]:
    """Return the names by language; the same for the same seed."""
    chance = random.Random(seed)
    vietnamese = _provider("vi_VN")
    given_vi = [
        f"{middle} {name}"
        for middle in vietnamese.middle_names
        for name in [*vietnamese.first_names_male, *vietnamese.first_names_female]
    ]
    parts = {
        "ar": (_lists("ar_AA", "first_names_male", "first_names_female"), _lists("ar_AA", "last_names") + _lists("ar_DZ", "last_names"), _unvowelled),
        "fa": (_lists("fa_IR", "first_names_male", "first_names_female"), _lists("fa_IR", "last_names"), _unvowelled),
        "ru": (_lists("ru_RU", "first_names_male", "first_names_female"), _lists("ru_RU", "last_names_male", "last_names_female"), _cyrillic),
        "uk": (_lists("uk_UA", "first_names_male", "first_names_female"), _lists("uk_UA", "last_names_male", "last_names_female"), _cyrillic),
        "vi": (given_vi, _lists("vi_VN", "last_names"), _plain),
        "tr": (_lists("tr_TR", "first_names_male", "first_names_female"), _lists("tr_TR", "last_names"), _plain),
        "ku": (KURDISH_GIVEN.split(), KURDISH_FAMILY.split(), _plain),
        "de": (_lists("de_DE", "first_names"), _lists("de_DE", "last_names"), _same),
        "ro": (_lists("ro_RO", "first_names"), _lists("ro_RO", "last_names"), _plain),
        "fr": (_lists("fr_FR", "first_names"), _lists("fr_FR", "last_names"), _plain),
        "bg": (_lists("bg_BG", "first_names"), _lists("bg_BG", "last_names"), _cyrillic),
        "az": (_lists("az_AZ", "first_names"), _lists("az_AZ", "last_names"), _plain),
    }  # fmt: skip
    return {code: _language(given, family, latin, chance) for code, (given, family, latin) in parts.items()}
