"""The words of the questionnaire for tables: what was asked, and the answers of a list."""

from django.conf import settings
from django.utils.translation import get_language

from iqquadrat.questionnaires.models import Choice, Item, Version
from iqquadrat.questionnaires.specification import GERMAN
from iqquadrat.questionnaires.texts import text


def choice_words(version: Version, key: str) -> dict[str, str]:
    """Return the answers of a question with their words, in the order of its list; empty when this version does not ask it."""
    item = version.items_by_key.get(key)
    return {choice.key: _text(choice, "text") or choice.key for choice in item.all_choices} if item else {}


def question_words(version: Version, key: str) -> str:
    """Return the words of a question; empty when this version does not ask it."""
    item = version.items_by_key.get(key)
    return (_text(item, "label") or key) if item else ""


def _text(carrier: Item | Choice, field: str) -> str:
    """The text in the language of the page; German where it has none."""
    language = (get_language() or GERMAN).split("-")[0]
    known = {code for code, _name in settings.LANGUAGES}
    return (
        (text(carrier, field, language) if language in known else None) or text(carrier, field, GERMAN) or ""
    )
