"""The delivered words, as far as a machine can judge them: wording rules of the German, and every translation beside it.

A machine sees no meaning; each language is read whole by a second person besides (docs/translations.md says how far that is).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation

from iqquadrat.questionnaires import content, hints
from iqquadrat.questionnaires.specification import Specification
from iqquadrat.questionnaires.wording import notes_on

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [code for code in settings.CLIENT_LANGUAGES if code != "de"]
# Read by people, who know that a probe asks about a sign, and that "in der Schule oder danach" is one question.
LEFT_TO_PEOPLE = {"double", "address"}
# The plural categories by CLDR, as gettext counts them (French has two there).
PLURALS = {"ru": 4, "vi": 1, "ar": 6, "fa": 2, "tr": 2, "uk": 4, "ku": 2, "en": 2, "fr": 2}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}|</?[a-z]+[^>]*>")


@cache
def questionnaire() -> Specification:
    """The questionnaire as its files say."""
    return content.read(ROOT / "competence" / "content")


def test_the_german_keeps_to_its_levels() -> None:
    faults = [
        f"{item.key}: {note.message}"
        for item in questionnaire().items()
        for note in notes_on(item.label["de"], item.level)
        if note.rule not in LEFT_TO_PEOPLE
    ]
    assert not faults, faults
    assert len(list(questionnaire().items())) == 80


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_there_and_in_order(language: str) -> None:
    """Nothing missing; normal form, writing, code points, question marks, placeholders, length: no hint of the desk is left."""
    faults, seen = [], 0
    with translation.override("en"):
        for element, key, field, texts, fixed in questionnaire().slots():
            german = texts.get("de", "")
            if fixed or not german:
                continue
            text = texts.get(language, "")
            seen += 1
            found = hints.hints_for(german, text, language) if text else ["missing"]
            # A short answer ("Handy") may be a long word elsewhere; a question may not explain more than the German.
            faults += [
                f"{element} {key} {field}: {fault}: {text}"
                for fault in found
                if element != "choice" or "much longer" not in fault
            ]
            if text != text.strip() or "  " in text:
                faults.append(f"{element} {key} {field}: spaces: {text}")
    assert seen > 350
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_in_order(language: str) -> None:
    catalogue = polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po"))
    assert f"nplurals={PLURALS[language]};" in catalogue.metadata["Plural-Forms"]
    faults = []
    for entry in catalogue:
        forms = dict(entry.msgstr_plural) if entry.msgid_plural else {0: entry.msgstr}
        if entry.msgid_plural and len(forms) != PLURALS[language]:
            faults.append(f"{entry.msgid}: {len(forms)} plural forms")
        for text in forms.values():
            faults += _faults(
                entry.msgid_plural or entry.msgid, text, language, counts=bool(entry.msgid_plural)
            )
    assert not faults, "\n".join(faults)


def test_the_english_of_clients_says_you_and_leaves_the_staffs_english_alone() -> None:
    """The sources speak of "the client" in tables; nobody reads of themselves so. What only the staff reads is not translated."""
    catalogue = polib.pofile(str(ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"))
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]
    assert not [text for text in texts if re.search(r"\b(clients?|charges?|case|cases)\b", text)]
    assert {(entry.msgctxt or "").split(":")[0] for entry in catalogue} == {"client"}
    with translation.override("en"):
        assert translation.pgettext("client", "clients") == "your file"
        assert translation.gettext("clients") == "clients"


def _faults(source: str, text: str, language: str, *, counts: bool) -> list[str]:
    found = [
        *hints._normal_form("", text, language),
        *hints._foreign_letters("", text, language),
        *hints._persian("", text, language),
    ]
    wanted, there = (set(_PLACEHOLDER.findall(words)) for words in (source, text))
    # "One year", "two years" may say the number in a word.
    if (there - wanted) or ((wanted - there) and not counts):
        found.append(f"placeholders {sorted(wanted ^ there)}")
    if not text.strip():
        found.append("empty")
    return [f"{source}: {fault}: {text}" for fault in found]


@pytest.mark.parametrize("language", OTHERS)
def test_the_frame_speaks_the_language(language: str) -> None:
    """No German and no English in the place of a translation, and letters of the language's own writing in every sentence."""
    script = hints.SCRIPTS.get(language, "LATIN")
    for element, key, field, texts, fixed in questionnaire().slots():
        text = texts.get(language, "")
        if fixed or not text or field != "label":
            continue
        letters = [letter for letter in text if unicodedata.category(letter).startswith("L")]
        own = sum(hints.script_of(letter) == script for letter in letters)
        assert own > 0.6 * len(letters), (element, key, text)
        assert text != texts["de"], (element, key)
