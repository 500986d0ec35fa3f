"""Names folded so that one person is found however the name is spelled, in any script.

Two kinds of key, both made when a name is stored and again when it is looked for:

*words*      lower case, without accents, in Latin letters: ``Nguyễn`` becomes ``nguyen``, ``Щербаков`` ``shcherbakov``; a letter
             such as ``ş`` gives two, as it sounds and without its mark: ``Şahin`` is ``shahin`` and ``sahin``
*skeletons*  what is left of a word when everything on which spellings differ is taken out (vowels, double letters,
             sch/sh/š, kh/ch/h, w/v, j/y/i): ``Muhammad``, ``Mohamed`` and ``محمد`` all become ``:mhmd``

A skeleton begins with a colon, so that the two kinds never meet. Where a letter has several readings (``ch`` is *kh* in Arabic
names, *tsch* in Russian ones written in English and *sh* in French ones) a word has several skeletons, and one in common is
enough. Two neighbouring words are also one: ``Najib Ullah`` finds ``Najibullah``.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise, product

from anyascii import anyascii

from iqquadrat.core.text import latin_digits

SKELETON = ":"
_LONGEST_WORD = 40
_MOST_VARIANTS = 12

# Letters that a transliteration flattens although they carry a sound of their own; capitals stand for several readings.
_LATIN = str.maketrans(
    {
        "ı": "i", "ä": "a", "ö": "o", "ü": "u",
        **dict.fromkeys("şșšśŝ", "S"), **dict.fromkeys("çčćĉ", "C"), **dict.fromkeys("žżź", "Z"), "ţ": "T", "ț": "T", "đ": "Q",
        "ч": "K", "г": "H",
    }
)  # fmt: skip
# Arabic, Persian and Sorani letters: one sound each, the forms of one letter made one. Capitals as above.
_ARABIC = str.maketrans(
    {
        "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ع": "a", "ة": "a", "ى": "a", "ء": "", "ؤ": "u", "ئ": "i",
        "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "s", "ج": "G", "چ": "K", "ح": "h", "خ": "kh", "د": "d", "ذ": "z",
        "ر": "r", "ڕ": "r", "ز": "z", "ظ": "z", "ژ": "zh", "س": "s", "ص": "s", "ش": "sh", "ض": "D", "غ": "g", "ف": "f",
        "ڤ": "v", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ه": "h", "ھ": "h",
        "ە": "a", "ۀ": "a", "ۆ": "o", "ێ": "e", "و": "W", "ي": "Y", "ی": "Y",
    }
)  # fmt: skip
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d]")
# In front of a word: the article; a hamza that only carries the first vowel.
_ARTICLE = re.compile(r"^ال(?=..)|^ئ(?=.)")
# At the end of a word it is a vowel, or stands for the letter that is: فاطمه for فاطمة.
_LAST_HEH = re.compile("(?<=..)[هە]$")
# "… of the faith" is written in one word or in two.
_AL_DIN = re.compile(r"(?<=\w)ال(?=دين\b)")
# "Servant of …" is one name, written in one word or in two or three.
_ABD_AL = re.compile(r"\bعبد\s+ال")
_ABDAL = re.compile(r"\babd[ -]?(?:al|el|ul)[ -]+(?=[a-z])")
_ARTICLES = frozenset({"al", "el", "ul"})
# Passports write the article as part of the name: ``Alkhatib``, ``Alabdullah``.
_ATTACHED = re.compile(r"^[ae]l(?=[^aeiouy]...|.{5})")
_NO_LETTER = re.compile(r"[^A-Za-z0-9]+")
_APOSTROPHES = re.compile("['’‘ʼ`´ʿʾ]")

# What a capital is written as: with its sound, and without its mark.
_AS_IT_SOUNDS = str.maketrans(
    {
        "S": "sh",
        "C": "ch",
        "Z": "zh",
        "T": "ts",
        "Q": "dj",
        "K": "ch",
        "H": "g",
        "G": "j",
        "W": "u",
        "Y": "i",
        "D": "d",
    }
)
_WITHOUT_MARK = str.maketrans({"S": "s", "C": "c", "Z": "z", "T": "t", "Q": "d"})

# How letters are read, the longest spelling first; what stands for one sound only is here so that its parts are not read alone.
_READINGS: dict[str, tuple[str, ...]] = {
    **{spelling: (spelling,) for spelling in ("schtsch", "shch", "stsch", "schch", "tsch", "tch", "dsch", "dzh", "sch", "sh", "zh", "kh", "ck")},
    "szcz": ("shch",), "sz": ("sh", "s"), "cz": ("tsch",), "rz": ("rz", "zh"), "xh": ("dj", "h"), "dj": ("dj", "d"),
    "ch": ("h", "tsch", "sh"), "c": ("k", "dj", "ts"), "x": ("ks", "h"), "j": ("y", "dj", "zh"), "q": ("k", "g"),
    "S": ("s", "sh"), "C": ("k", "tsch"), "Z": ("z", "zh"), "T": ("t", "ts"), "Q": ("d", "dj"), "K": ("tsch",), "H": ("g", "h"),
    "G": ("dj", "g"), "W": ("u", "w"), "D": ("d", "z"), "Y": ("i",),
}  # fmt: skip
_READ = re.compile("|".join(sorted(_READINGS, key=len, reverse=True)))

# In this order: the longest spelling of a sound first. Capitals are sounds, not letters.
_SOUNDS = [
    (re.compile("schtsch|shch|stsch|schch"), "S"),
    (re.compile("tsch|tch"), "C"),
    (re.compile("dsch|dzh|dj"), "J"),
    (re.compile("sch|sh|zh"), "S"),
    (re.compile("kh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("gh"), "g"),
    (re.compile("th|dt"), "t"),
    (re.compile("tz|ts|z|ß"), "s"),
    (re.compile("ck"), "k"),
    (re.compile("w"), "v"),
    (re.compile("^ye"), "e"),
    (re.compile("^i(?=[aeou])"), "Y"),
    (re.compile("^y"), "Y"),
    (re.compile("^[aeiou]+"), "A"),
    (re.compile("[aeiouy]"), ""),
]
_DOUBLED = re.compile(r"(.)\1+")


def folded_words(text: str) -> list[str]:
    """Return the words of a name in small Latin letters and digits, in their order, without articles."""
    return [_plain(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    """The words, with capitals where a letter has several readings."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    text = _APOSTROPHES.sub("", text).replace("İ", "i").casefold().translate(_LATIN)
    text = _ABDAL.sub("abdal", _AL_DIN.sub(" ", _ABD_AL.sub("عبدال", text)))
    words: list[str] = []
    for chunk in re.split(r"[\s\-_.,;/()]+", text):
        words += _word(chunk)
    # "Al" alone is somebody's name; beside others it is the article.
    return [word for word in words if word not in _ARTICLES] or words


def _word(chunk: str) -> list[str]:
    if _ARABIC_SCRIPT.search(chunk):
        chunk = _LAST_HEH.sub("a", _ARTICLE.sub("", chunk)).translate(_ARABIC)
        # In front they are consonants: Walid, Yusuf.
        chunk = chunk[:1].lower() + chunk[1:] if chunk[:1] in ("W", "Y") else chunk
    latin = "".join(
        letter if letter.isascii() else anyascii(letter).lower().replace("'", "") for letter in chunk
    )
    return [part[:_LONGEST_WORD] for part in _NO_LETTER.split(latin) if part]


def _plain(word: str) -> str:
    return word.translate(_AS_IT_SOUNDS)


def _plains(word: str) -> list[str]:
    """A word as it sounds and as it is without its marks."""
    return list(dict.fromkeys((_plain(word), _plain(word.translate(_WITHOUT_MARK)))))


def _readings(word: str) -> Iterable[str]:
    """Every way to read a word whose letters have several sounds, at most a few."""
    choices: list[tuple[str, ...]] = []
    end = 0
    for match in _READ.finditer(word):
        choices += [(word[end : match.start()],), _READINGS[match[0]]]
        end = match.end()
    for number, reading in enumerate(product(*choices, (word[end:],))):
        if number >= _MOST_VARIANTS:
            return
        yield "".join(reading)


def _skeleton(word: str) -> str:
    if word.isdigit():
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > 2 and word.endswith("h") else word


def _shapes(word: str) -> set[str]:
    return {SKELETON + _skeleton(reading) for reading in _readings(word)}


@dataclass(frozen=True)
class Typed:
    """One word that somebody typed: what its key may begin with, and what its skeleton may be."""

    plains: tuple[str, ...]
    shapes: tuple[str, ...]
    # Together with the word before or after it, in case they are stored as one.
    joined_plains: tuple[str, ...] = ()
    joined_shapes: tuple[str, ...] = ()


def typed_words(text: str) -> list[Typed]:
    """Return the words of a search, each with everything that it may be stored as."""
    words = _words(text)
    joins = [first + second for first, second in pairwise(words)]
    found = []
    for place, word in enumerate(words):
        beside = joins[max(place - 1, 0) : place + 1]
        found.append(
            Typed(
                plains=tuple(_plains(word)),
                shapes=tuple(sorted(_shapes(word))),
                joined_plains=tuple(plain for one in beside for plain in _plains(one)),
                joined_shapes=tuple(sorted({shape for one in beside for shape in _shapes(one)})),
            )
        )
    return found


def skeletons(text: str) -> list[set[str]]:
    """Return for each word of a name the set of its skeletons, each with the colon."""
    return [_shapes(word) for word in _words(text)]


def key_set(*names: str) -> set[str]:
    """Return every key of these names: the words and their skeletons, of neighbours together too."""
    keys: set[str] = set()
    for name in names:
        words = _words(name)
        stored = [*words, *(word[match.end() :] for word in words if (match := _ATTACHED.match(word)))]
        if len(words) == 2:
            stored.append("".join(words)[:_LONGEST_WORD])
        for word in stored:
            keys.update(_plains(word))
            keys |= _shapes(word)
    return {key for key in keys if key.strip(SKELETON)}


def number_keys(text: str) -> set[str]:
    """Return the keys of a client number or phone number: its digits, and what people say of them.

    ``K-2026-0143`` is found as 20260143, 0143 and 143; ``+49 151 5550`` as 01515550.
    """
    digits = "".join(char for char in latin_digits(text) if char.isascii() and char.isdigit())
    if not digits:
        return set()
    if text.strip().startswith("+") or digits.startswith("00"):
        digits = re.sub("^(00)?49", "0", digits) if re.match("(00)?49", digits) else digits
    keys = {digits[:_LONGEST_WORD]}
    if re.match(r"[A-Z]-\d{4}-\d+$", text):
        running = text.rsplit("-", 1)[1]
        keys |= {running, running.lstrip("0") or "0"}
    return keys


def name_keys(*names: str) -> str:
    """Return all keys of these names as one text, sorted: what is stored beside a name and compared with trigrams."""
    return " ".join(sorted(key_set(*names)))


def search_key(text: str) -> str:
    """Return what somebody typed as words that can be compared with ``name_keys``."""
    return " ".join(folded_words(text))


_SCRIPTS = [
    (re.compile("[\u0600-\u06ff]"), ("ar", "fa", "ckb", "ur", "ps", "prs"), "ar"),
    (re.compile("[\u0400-\u04ff]"), ("ru", "uk", "bg"), "ru"),
    (re.compile("[\u1ea0-\u1ef9ơưđĐƠƯ]"), ("vi",), "vi"),
    (re.compile("[\u10a0-\u10ff]"), ("ka",), "ka"),
    (re.compile("[\u0530-\u058f]"), ("hy",), "hy"),
    (re.compile("[\u1200-\u137f]"), ("ti", "am"), "am"),
    (re.compile("[\u0370-\u03ff]"), ("el",), "el"),
    (re.compile("[\u0900-\u097f]"), ("hi",), "hi"),
    (re.compile("[\u4e00-\u9fff]"), ("zh",), "zh"),
]


def script_language(text: str, languages: Iterable[str]) -> str:
    """Return the language tag that fits the script of ``text``: one of ``languages`` if it is written so, else the usual
    one of that script; empty for plain Latin letters."""
    spoken = list(languages)
    for pattern, tags, usual in _SCRIPTS:
        if pattern.search(text):
            return next((tag for tag in spoken if tag in tags), usual)
    return ""
