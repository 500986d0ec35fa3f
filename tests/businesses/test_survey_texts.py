"""The survey's words in ten languages, as far as a machine can judge them. A machine sees no meaning: docs/second-reading/business-survey.md."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

import businesses
from businesses.interviewing import CONSENT_ITEMS
from iqquadrat.questionnaires import content, hints

FOLDER = Path(businesses.__file__).parent / "content"
OTHERS = [code for code in settings.CLIENT_LANGUAGES if code != "de"]
# What stays German: names of forms and papers that owners meet on letters. Brackets hold them and nothing else.
_BRACKETS = re.compile(r"\s?\(([^()]*)\)")
GERMAN_TERMS = {
    "Rechtsform", "Minijob", "Ausbildung", "Auszubildende", "Vollzeit", "Teilzeit", "Stammtisch", "Einzelunternehmen", "freiberuflich",
    "haftungsbeschränkt", "e. K.", "e. V.", "Nebenkosten", "AdA-Schein", "Meisterbrief", "EQ", "Probearbeiten", "Klasse B", "Klasse C",
    "Personenbeförderung", "Staplerschein", "IHK", "Handwerkskammer", "IHK, Handwerkskammer", "Innung",
}  # fmt: skip
# Legal forms have no translation, "Minijob" is the word in every language that writes Latin letters, and Turkish has the word Büro.
# Countries are often spelt as in German.
SAME_AS_GERMAN = {"GbR", "GmbH", "UG (haftungsbeschränkt)", "Minijob", "Büro"}
_GERMAN_WORDS = re.compile(
    r"\b(der|die|das|und|oder|nicht|kein|keine|ist|sind|wie|wir|Sie|Ihre?|Betrieb|viele?|für|mit|aus|auch)\b"
)
FAMILIAR = re.compile(r"\b(ты|тебя|твой|твоя|ти|тебе|твій|bạn|sen|senin|tu|toi|ton|tes)\b", re.IGNORECASE)


def _raw(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / "texts" / f"{language}.toml").read_text(encoding="utf-8"))


def _paths(texts: Mapping[str, Any], path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    for key, value in texts.items():
        if isinstance(value, Mapping):
            yield from _paths(value, (*path, key))
        else:
            yield (*path, key), value


@cache
def words(language: str) -> dict[tuple[str, ...], str]:
    """All texts of a language by their path."""
    return dict(_paths(_raw(language)))


def without_german_terms(text: str) -> str:
    """A text without the German terms in brackets."""
    return _BRACKETS.sub("", text)


def test_ten_languages_lie_there() -> None:
    assert {path.stem for path in (FOLDER / "texts").glob("*.toml")} == set(settings.CLIENT_LANGUAGES)
    assert len([text for text in words("de").values() if text]) == 336


@pytest.mark.parametrize("language", OTHERS)
def test_the_keys_are_those_of_the_german_and_nothing_is_empty_that_is_not_there(language: str) -> None:
    german, here = words("de"), words(language)
    assert list(here) == list(german), "the same keys in the same order: files can be read side by side"
    assert [path for path in german if bool(german[path]) != bool(here[path])] == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_hint_of_the_desk_is_left(language: str) -> None:
    """Normal form, letters of one writing, Persian code points, question marks, placeholders, length without the terms in brackets."""
    faults = []
    with translation.override("en"):
        for element, key, field, texts, fixed in content.read(FOLDER).slots():
            german = texts.get("de", "")
            if fixed or not german:
                continue
            text = texts[language]
            for fault in hints.hints_for(german, text, language):
                # A short answer may be a long word elsewhere; an answer in brackets is explained by its German name.
                if "much longer" in fault and (
                    element == "choice"
                    or not any(
                        "much longer" in again
                        for again in hints.hints_for(german, without_german_terms(text), language)
                    )
                ):
                    continue
                faults.append(f"{element} {key} {field}: {fault}: {text}")
            if text != text.strip() or "  " in text:
                faults.append(f"{element} {key} {field}: spaces: {text}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", OTHERS)
def test_no_german_is_left_over(language: str) -> None:
    faults = []
    for path, text in words(language).items():
        german = words("de")[path]
        terms = set(_BRACKETS.findall(text))
        if terms - GERMAN_TERMS:
            faults.append(f"{path}: unknown term {terms - GERMAN_TERMS}")
        if text and path[0] != "choices" and text == german:
            faults.append(f"{path}: {text}")
        if path[:2] != ("choices", "country") and text and text == german and text not in SAME_AS_GERMAN:
            faults.append(f"{path}: the German itself: {text}")
        if found := _GERMAN_WORDS.findall(without_german_terms(text)):
            faults.append(f"{path}: German words {found}: {text}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", OTHERS)
def test_letters_are_those_of_the_language(language: str) -> None:
    """Sentences in the writing of the language; no control characters, no marks of direction, no presentation forms."""
    script, faults = hints.SCRIPTS.get(language, "LATIN"), []
    for path, text in words(language).items():
        letters = [sign for sign in without_german_terms(text) if unicodedata.category(sign).startswith("L")]
        own = sum(hints.script_of(sign) == script for sign in letters)
        if letters and own < 0.9 * len(letters) and path[:2] != ("choices", "legal_form"):
            faults.append(f"{path}: {text}")
        for sign in text:
            if unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cn", "Cs"} and not (
                sign == hints.ZWNJ and language == "fa"
            ):
                faults.append(f"{path}: U+{ord(sign):04X}")
            if unicodedata.normalize("NFKC", sign) != sign and sign not in "²\u00a0":
                faults.append(f"{path}: compatibility form {sign}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_signs_of_the_arabic_writing(language: str) -> None:
    """Comma, semicolon and question mark of the writing; digits as the questionnaire for clients has them; joiners between letters only."""
    digits = "۰۱۲۳۴۵۶۷۸۹" if language == "fa" else "0123456789"
    faults = []
    for path, text in words(language).items():
        plain = without_german_terms(text)
        if any(sign in plain for sign in ",;?"):
            faults.append(f"{path}: Latin sign: {text}")
        if any(sign.isdigit() and sign not in digits + "²" for sign in plain):
            faults.append(f"{path}: digits: {text}")
        if re.search(rf"(?:^|\s){hints.ZWNJ}|{hints.ZWNJ}(?:\s|$|{hints.ZWNJ})", text):
            faults.append(f"{path}: a joiner at the edge of a word: {text}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", OTHERS)
def test_brackets_and_quotes_are_closed(language: str) -> None:
    for path, text in words(language).items():
        assert text.count("(") == text.count(")"), (path, text)
        assert text.count("«") == text.count("»"), (path, text)
        assert "'" not in text, (path, text)


@pytest.mark.parametrize("language", OTHERS)
def test_numbers_are_those_of_the_german(language: str) -> None:
    """30, 31, 60, 35 ...: a band that says another number gives wrong figures."""
    for path, german in words("de").items():
        text = words(language)[path]
        numbers = [[int(number) for number in re.findall(r"\d+", words_)] for words_ in (german, text)]
        assert numbers[0] == numbers[1], (path, text)


@pytest.mark.parametrize("language", OTHERS)
def test_answers_of_one_list_are_told_apart(language: str) -> None:
    for name, choices in _raw(language)["choices"].items():
        assert len(set(choices.values())) == len(choices), (name, choices)


@pytest.mark.parametrize("language", OTHERS)
def test_the_same_german_is_said_the_same_way_in_labels_and_hints(language: str) -> None:
    """ "Wenn niemand: 0." stands under three questions: an owner must not wonder what the difference is."""
    said: dict[str, set[str]] = {}
    for path, german in words("de").items():
        if path[0] == "items" and german:
            said.setdefault(german, set()).add(words(language)[path])
    assert {german: texts for german, texts in said.items() if len(texts) > 1} == {}
    skills = _raw(language)["choices"]["skills"]
    for key, skill in skills.items():
        if key != "none":
            assert skill in words(language)["items", f"v30_german_{key}", "label"], key


VOLUNTARY = {
    "ru": "обровольн", "uk": "обровільн", "vi": "ự nguyện", "tr": "önüllü", "ar": "طوعي", "fa": "اوطلبانه", "ku": "i dilxwazî",
    "en": "oluntary", "fr": "olontaire",
}  # fmt: skip
WITHDRAW = {
    "ru": "отозвать", "uk": "відкликати", "vi": "rút lại", "tr": "geri alabilirsiniz", "ar": "التراجع", "fa": "پس بگیرید",
    "ku": "paşve bikişînin", "en": "take this back", "fr": "retirer",
}  # fmt: skip


@pytest.mark.parametrize("language", OTHERS)
def test_what_is_voluntary_says_so(language: str) -> None:
    """The word stands wherever the German has it, and each consent says that it can be withdrawn."""
    for path, german in words("de").items():
        assert ("reiwillig" in german) == (VOLUNTARY[language] in words(language)[path]), path
    for item in CONSENT_ITEMS:
        hint = words(language)["items", item, "hint"]
        assert VOLUNTARY[language] in hint
        assert WITHDRAW[language] in hint


@pytest.mark.parametrize("language", OTHERS)
def test_owners_are_addressed_politely(language: str) -> None:
    for path, text in words(language).items():
        if language in {"ru", "uk", "vi", "tr", "fr"}:
            assert not FAMILIAR.search(without_german_terms(text)), (path, text)
        if language == "ru":
            assert not re.search(r"(?<!^)\b(вы|вас|вам|ваш\w*)\b", text), (path, text)
