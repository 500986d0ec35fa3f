"""The papers of this room, one frozen dataclass each; ``iqquadrat.pdf`` turns them into files."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from counselling.consents import GERMAN, ConsentText
from counselling.models import Client

RIGHT_TO_LEFT = ("ar", "fa")

# What is said around the text, whatever it is about.
SENTENCES: dict[str, Promise] = {
    "kind": pgettext_lazy("client", "Consent"),
    "free": pgettext_lazy("client", "I agree of my own free will. If I say no, I have no disadvantage."),
    "back": pgettext_lazy(
        "client",
        "I can take my consent back at any time. A word is enough. What was done until then stays lawful.",
    ),
    "agree": pgettext_lazy("client", "I have understood this and I agree."),
    "receiver": pgettext_lazy("client", "To whom"),
    "place": pgettext_lazy("client", "Place and date"),
    "signature": pgettext_lazy("client", "Signature"),
}
PURPOSES: dict[str, Promise] = {
    "counselling_data": pgettext_lazy("client", "My counselling and my data"),
    "switch_measuring": pgettext_lazy("client", "Noting when I change the language"),
    "share_with_employer": pgettext_lazy("client", "Passing on my data to a business"),
    "ask_later": pgettext_lazy("client", "Asking me again later"),
    "referral": pgettext_lazy("client", "Passing on my data to an institution"),
    "esf_answers": pgettext_lazy("client", "Voluntary questions for the European Social Fund"),
}


@dataclass(frozen=True)
class Pair:
    """One text in German and in the client's language; ``other`` is empty on a German-only paper."""

    de: str
    other: str = ""


@dataclass(frozen=True)
class ConsentPaper:
    """The text of a consent to sign, in the client's language beside German."""

    text: ConsentText
    beside: str
    client: Client
    language = GERMAN

    template = "counselling/paper/consent.html"

    @property
    def title(self) -> str:
        """The title in the file's properties: purpose and number instead of a name."""
        with translation.override(GERMAN):
            return f"{SENTENCES['kind']} {self.client.number}"

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"einwilligung-{self.client.number}-{self.text.purpose}-{self.beside}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows, in pairs."""
        other = self.beside if self.beside != GERMAN and self.text.has(self.beside) else ""
        framed = bool(other) and other in settings.CLIENT_LANGUAGES
        said = {key: self._pair(words, framed) for key, words in SENTENCES.items()}
        return {
            "centre": self.client.centre, "client": self.client, "beside": other, "version": self.text.version,
            "direction": "rtl" if other in RIGHT_TO_LEFT else "ltr", "said": said,
            "purpose": self._pair(PURPOSES[self.text.purpose], framed),
            "text": Pair(self.text.in_language(GERMAN), self.text.in_language(other) if other else ""),
            "is_draft": other in self.text.drafts or GERMAN in self.text.drafts,
            "to_receiver": self.text.purpose in ("share_with_employer", "referral"),
        }  # fmt: skip

    def _pair(self, words: Promise, framed: bool) -> Pair:
        return Pair(_in(GERMAN, words), _in(self.beside, words) if framed else "")


def _in(language: str, words: Promise) -> str:
    with translation.override(language):
        return str(words)
