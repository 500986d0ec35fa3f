"""The picture guide that lies or hangs beside the client's PC: one page of the signs that stand on the screen, step by step."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from competence.phrases import GERMAN, GREETINGS, OWN_NAMES, Wording, direction, phrases
from iqquadrat.accounts.models import Centre
from iqquadrat.core.pictograms import icon_markup, markup
from iqquadrat.core.text import digits_for

PICTURES_ONLY = "pictures"
ZOOMS = {"a4": 1.0, "a3": 2**0.5}
INK, GREY, WHITE = "#1f282b", "#8a8275", "#ffffff"


class UnknownGuideError(ValueError):
    """There is no guide in this language or of this size."""


@dataclass(frozen=True)
class Step:
    """One numbered step: its picture (a template), what it means, and the words on the buttons that are drawn."""

    number: str
    picture: str
    says: Wording
    labels: tuple[Wording, ...] = ()
    is_wide: bool = False


# Picture, what stands beside the number, and the words on the buttons of the picture.
_STEPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("language", "choose_language", ()),
    ("code", "enter_code", ()),
    ("pair", "guide_pair", ()),
    ("answer", "guide_answer", ("next",)),
    ("switch", "guide_switch", ("all_mine",)),
    ("listen", "listen", ("read_aloud",)),
    ("size", "text_size", ("contrast",)),
    ("free", "guide_free", ("dont_know", "skip")),
    ("back", "guide_back", ("back",)),
    ("pause", "pause_title", ("pause", "help")),
    ("end", "last_title", ("finish",)),
)


@dataclass(frozen=True)
class PictureGuide:
    """One sheet for everybody who sits at this PC: it names nobody. ``beside`` is a client's language, or ``PICTURES_ONLY``.

    Raises ``UnknownGuideError`` for another language or size.
    """

    centre: Centre
    beside: str
    size: str = "a4"

    template = "competence/paper/guide.html"
    most_pages = 1

    def __post_init__(self) -> None:
        if self.beside not in (*settings.CLIENT_LANGUAGES, PICTURES_ONLY) or self.size not in ZOOMS:
            raise UnknownGuideError(self.beside)

    @property
    def has_words(self) -> bool:
        """Whether anything is said in words."""
        return self.beside != PICTURES_ONLY

    @property
    def language(self) -> str:
        """The language of the document."""
        return self.beside if self.has_words else GERMAN

    @property
    def zoom(self) -> float:
        """A poster is the same page, drawn larger."""
        return ZOOMS[self.size]

    @property
    def title(self) -> str:
        """The title in the file's properties."""
        with translation.override(self.language):
            return pgettext("client", "This is how it works at the computer")

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"anleitung-pc-{self.beside}-{self.size}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows."""
        words = phrases(self.language)
        return {
            "centre": self.centre, "beside": self.language, "direction": direction(self.language), "has_words": self.has_words,
            "is_pair": self.language != GERMAN, "ui": words, "steps": self._steps(words), "own_name": OWN_NAMES[self.language],
            "pics": _pictures(words), "bi": _icons(words), "greetings": self._greetings(), "pad": "123456789",
            "names": [(code, OWN_NAMES[code], direction(code)) for code in settings.CLIENT_LANGUAGES],
        }  # fmt: skip

    def _steps(self, words: Mapping[str, Wording]) -> list[Step]:
        return [
            Step(
                number=digits_for(self.language, number), picture=f"competence/paper/guide/{picture}.html", says=words[says],
                labels=tuple(words[label] for label in labels), is_wide=picture == "switch",
            )
            for number, (picture, says, labels) in enumerate(_STEPS, start=1)
        ]  # fmt: skip

    def _greetings(self) -> list[tuple[str, str, str, str]]:
        """The tiles of the first page that are drawn: German, and the reader's own."""
        shown = (GERMAN, self.language) if self.language != GERMAN else ("tr", GERMAN)
        return [(code, GREETINGS[code], OWN_NAMES[code], direction(code)) for code in shown]


def _pictures(words: Mapping[str, Wording]) -> dict[str, SafeString]:
    """The pictograms, each with what is read out in its place."""
    said = {
        "ticket": "enter_code", "screen": "guide_pair", "people": "guide_pair", "moon": "pair", "key": "pair", "face-good": "your_answer",
        "face-ok": "your_answer", "face-bad": "your_answer", "question": "guide_switch", "ear": "listen", "cup": "pause",
        "check-badge": "thanks", "clock": "no_rush",
    }  # fmt: skip
    return {name.replace("-", "_"): markup(name, title=words[key].l1) for name, key in said.items()}


def _icons(words: Mapping[str, Wording]) -> dict[str, SafeString]:
    """The icons on the buttons, each with the word of its button."""
    said = {
        "arrow-left": ("back", INK), "arrow-right": ("next", WHITE), "backspace": ("delete", INK), "check-lg": ("finish", WHITE),
        "pause-circle": ("pause", ""), "person-raised-hand": ("help", ""), "question-lg": ("dont_know", INK),
        "skip-forward": ("skip", INK), "translate": ("language_of_question", INK), "volume-up": ("read_aloud", ""),
        "circle-half": ("contrast", INK),
    }  # fmt: skip
    return {
        name.replace("-", "_"): icon_markup(name, title=words[key].l1, **({"ink": ink} if ink else {}))
        for name, (key, ink) in said.items()
    }
