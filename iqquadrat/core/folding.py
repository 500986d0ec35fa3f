"""Names folded so that one person is found however the name is spelled, in any script.

Two kinds of key, both made when a name is stored and again when it is looked for:

*words*      lower case, without accents, in Latin letters: ``Nguyễn`` becomes ``nguyen``, ``Щербаков`` ``shcherbakov``
*skeletons*  what is left of a word when everything on which spellings differ is taken out (vowels, double letters,
             sch/sh/š, kh/ch/h, w/v, j/y/i): ``Muhammad``, ``Mohamed`` and ``محمد`` all become ``:mhmd``

A skeleton begins with a colon, so that the two kinds never meet. Where a letter has two readings (``ch`` is *kh* in Arabic
names and *tsch* in Russian ones written in English) a word has two skeletons, and one in common is enough.
"""

import re
import unicodedata
from collections.abc import Iterable
from itertools import product

from anyascii import anyascii

from iqquadrat.core.text import latin_digits

SKELETON = ":"
_LONGEST_WORD = 40
_MOST_VARIANTS = 8

# Letters that a transliteration flattens although they carry a sound of their own.
_LATIN = str.maketrans(
    {
        "ı": "i",
        "ç": "ch",
        "č": "ch",
        "ć": "ch",
        "ş": "sh",
        "ș": "sh",
        "š": "sh",
        "ś": "sh",
        "ž": "zh",
        "ż": "zh",
        "ţ": "ts",
        "ț": "ts",
        "ä": "a",
        "ö": "o",
        "ü": "u",
    }
)
# Arabic, Persian and Sorani letters: one sound each, the forms of one letter made one. Capitals stand for two readings.
_ARABIC = str.maketrans(
    {
        "ا": "a", "أ": "a", "إ": "a", "آ": "a", "ٱ": "a", "ع": "a", "ة": "a", "ى": "a", "ء": "", "ؤ": "u", "ئ": "i",
        "ب": "b", "پ": "p", "ت": "t", "ط": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "z",
        "ر": "r", "ڕ": "r", "ز": "z", "ظ": "z", "ژ": "zh", "س": "s", "ص": "s", "ش": "sh", "ض": "D", "غ": "g", "ف": "f",
        "ڤ": "v", "ق": "q", "ك": "k", "ک": "k", "گ": "g", "ل": "l", "ڵ": "l", "م": "m", "ن": "n", "ه": "h", "ھ": "h",
        "ە": "a", "ۀ": "a", "ۆ": "o", "ێ": "e", "و": "W", "ي": "Y", "ی": "Y",
    }
)  # fmt: skip
_ARABIC_SCRIPT = re.compile("[\u0600-\u06ff]")
_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d]")
_ARTICLE = re.compile(r"^ال(?=..)")
# "Servant of …" is one name, written in one word or in two or three.
_ABD_AL = re.compile(r"\bعبد\s+ال")
_ABDAL = re.compile(r"\babd[ -]?(?:al|el|ul)[ -]+(?=[a-z])")
_ARTICLES = frozenset({"al", "el", "ul"})
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_APOSTROPHES = re.compile("['’‘ʼ`´ʿʾ]")

# In this order: the longest spelling of a sound first. Capitals are sounds, not letters.
_SOUNDS = [
    (re.compile("schtsch|shch|stsch|schch"), "S"),
    (re.compile("tsch|tch"), "C"),
    (re.compile("dsch|dzh|dj|dž"), "J"),
    (re.compile("sch|sh|zh"), "S"),
    (re.compile("kh"), "h"),
    (re.compile("ph"), "f"),
    (re.compile("gh"), "g"),
    (re.compile("th"), "t"),
    (re.compile("tz|ts|z|ß"), "s"),
    (re.compile("ck|q"), "k"),
    (re.compile("x"), "ks"),
    (re.compile("w"), "v"),
    (re.compile("^[jyJ]e"), "e"),
    (re.compile("^i(?=[aeou])"), "Y"),
    (re.compile("^[jyJ]"), "Y"),
    (re.compile("^[aeiou]+"), "A"),
    (re.compile("[aeiouyjJ]"), ""),
]
_DOUBLED = re.compile(r"(.)\1+")


def folded_words(text: str) -> list[str]:
    """Return the words of a name in small Latin letters and digits, in their order, without articles."""
    return [_plain(word) for word in _words(text)]


def _words(text: str) -> list[str]:
    """The words, with capitals where a letter has two readings."""
    text = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    text = _APOSTROPHES.sub("", text).replace("İ", "i").casefold().translate(_LATIN)
    text = _ABDAL.sub("abdal", _ABD_AL.sub("عبدال", text))
    words: list[str] = []
    for chunk in re.split(r"[\s\-_.,;/()]+", text):
        words += _word(chunk)
    # "Al" alone is somebody's name; beside others it is the article.
    return [word for word in words if word not in _ARTICLES] or words


def _word(chunk: str) -> list[str]:
    if _ARABIC_SCRIPT.search(chunk):
        chunk = _ARTICLE.sub("", chunk).translate(_ARABIC)
        first, rest = chunk[:1].lower(), chunk[1:]
        readable = anyascii(first + rest)
        return [part[:_LONGEST_WORD] for part in re.split(r"[^A-Za-z0-9]+", readable) if part]
    latin = anyascii(chunk).lower()
    latin = latin.replace("'", "")
    return [part[:_LONGEST_WORD] for part in _NO_LETTER.split(latin) if part]


def _plain(word: str) -> str:
    return word.replace("W", "u").replace("Y", "i").replace("D", "d")


def _readings(word: str) -> Iterable[str]:
    """Every way to read a word whose letters have two sounds, at most a few."""
    parts = re.split("(W|D|(?<![st])(?<!sh)ch)", word.replace("Y", "i"))
    choices = [{"W": ["u", "w"], "D": ["d", "z"], "ch": ["h", "tsch"]}.get(part, [part]) for part in parts]
    for number, reading in enumerate(product(*choices)):
        if number >= _MOST_VARIANTS:
            return
        yield "".join(reading)


def _skeleton(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    word = _DOUBLED.sub(r"\1", word)
    return word[:-1] if len(word) > 2 and word.endswith("h") else word


def skeletons(text: str) -> list[set[str]]:
    """Return for each word of a name the set of its skeletons, each with the colon."""
    return [{SKELETON + _shape(reading) for reading in _readings(word)} for word in _words(text)]


def _shape(reading: str) -> str:
    if reading.isdigit():
        return reading
    # A plain "c" is a k; the sound of "tsch" was made a capital before.
    return _skeleton(re.sub("c(?![hk])", "k", reading))


def key_set(*names: str) -> set[str]:
    """Return every key of these names: the words and their skeletons."""
    keys: set[str] = set()
    for name in names:
        keys.update(folded_words(name))
        for word in skeletons(name):
            keys |= word
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
