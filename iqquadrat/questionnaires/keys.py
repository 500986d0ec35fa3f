"""Keys of new sections, questions, lists and answers: proposed from the German, or said in words what is wrong with one."""

import re
from collections.abc import Collection

from anyascii import anyascii
from django.utils.translation import gettext as _

from iqquadrat.questionnaires.checking import CHOICE_KEY, KEY
from iqquadrat.questionnaires.specification import Specification

# Words that nearly every question has: they tell no question from another.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        """
        aber alle als am an auch auf aus bei bin bis da das dass dem den der des die dies diese dieser dieses dort du ein eine
        einem einen einer eines er es fuer gern gerne gibt haben habe hat heute hier ich ihnen ihr ihre ihrem ihren ihrer im in
        ist kann koennen man mit nach oder ob ohne schon sehr sein sich sie sind so ueber um und unter vom von vor war waren
        was welche welchen welcher welches wenn wer wie wird wo wollen worden zu zum zur
        """,
    )
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
MOST_WORDS, LONGEST = 3, 40
# The ending belongs to the texts of reading probes (see ``checking``).
_RESERVED = "_stimulus"


def proposed_key(german: str, taken: Collection[str], *, otherwise: str) -> str:
    """Return a key of the words that tell this text from others, not among ``taken``; ``otherwise`` where there are none."""
    plain = anyascii(german.lower().translate(_UMLAUTS)).lower()
    words = re.findall(r"[a-z0-9]+", plain)
    telling = [word for word in words if word not in _COMMON] or words
    stem = "_".join(telling[:MOST_WORDS])[:LONGEST].strip("_") or otherwise
    if not stem[0].isalpha():
        stem = f"{otherwise}_{stem}"
    if stem.endswith(_RESERVED):
        stem = f"{stem}_{otherwise}"
    if stem not in taken:
        return stem
    return next(f"{stem}_{number}" for number in range(2, len(taken) + 3) if f"{stem}_{number}" not in taken)


def taken_keys(specification: Specification) -> set[str]:
    """Return the keys that sections and questions share."""
    return {section.key for section in specification.sections} | {item.key for item in specification.items()}


def fault_of_key(key: str, taken: Collection[str]) -> str:
    """Return in words what is wrong with a typed key of a section, question or list; nothing when it can be taken."""
    if not KEY.fullmatch(key):
        return _(
            "A key begins with a letter and holds letters without dots above, digits and _ only, at most 60."
        )
    if key.endswith(_RESERVED):
        return _("The ending _stimulus belongs to the texts of reading probes.")
    return _taken(key, taken)


def fault_of_choice_key(key: str, taken: Collection[str]) -> str:
    """Return in words what is wrong with a typed key of an answer; nothing when it can be taken."""
    if not CHOICE_KEY.fullmatch(key):
        return _("The key of an answer holds letters without dots above, digits and _ only, at most 60.")
    return _taken(key, taken)


def _taken(key: str, taken: Collection[str]) -> str:
    return _("The key “%(key)s” is taken already.") % {"key": key} if key in taken else ""
