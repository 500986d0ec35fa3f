"""The texts people agree to, with their versions. A changed text gets a new version; old ones stay readable."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tomllib import loads

from django.utils import translation

from counselling.enums import Purpose
from counselling.models import Consent, ConsentVersion

CONTENT = Path(__file__).parent / "content" / "consents.toml"
GERMAN = "de"


@dataclass(frozen=True)
class ConsentText:
    """What is explained before somebody agrees, in every language it exists in."""

    version: str
    purpose: Purpose
    texts: Mapping[str, str]
    drafts: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The text in the language of the page, else in German."""
        return self.in_language(translation.get_language() or GERMAN)

    def in_language(self, language: str) -> str:
        """Return the text in a language, else in German."""
        return self.texts.get(language) or self.texts[GERMAN]

    @property
    def papers(self) -> list[tuple[str, str]]:
        """The languages it can be printed in, with their own names."""
        return [(code, translation.get_language_info(code)["name_local"]) for code in self.texts]

    def has(self, language: str) -> bool:
        """Tell whether it exists in a language."""
        return language in self.texts


@dataclass(frozen=True)
class Shipped:
    """A text that came with the site."""

    purpose: str
    version: str
    texts: Mapping[str, str]


@cache
def shipped() -> list[Shipped]:
    """Return the texts that come with the site, oldest version first."""
    return [
        Shipped(entry.pop("purpose"), entry.pop("version"), entry)
        for entry in loads(CONTENT.read_text(encoding="utf-8"))["text"]
    ]


def as_text(version: ConsentVersion) -> ConsentText:
    """Return a version with its texts; they should be fetched already."""
    texts = list(version.texts.all())
    return ConsentText(
        version.version, Purpose(version.purpose), {text.language: text.text for text in texts},
        frozenset(text.language for text in texts if text.reviewed_at is None),
    )  # fmt: skip


def current_texts(centre_id: int | None = None) -> dict[str, ConsentText]:
    """Return the texts in force at a centre, by purpose: the centre's own newest one, else the site's."""
    versions = ConsentVersion.objects.of_centre(centre_id).newest_first().prefetch_related("texts")
    found: dict[str, ConsentVersion] = {}
    for version in versions:
        found.setdefault(version.purpose, version)
    return {purpose: as_text(version) for purpose, version in found.items()}


def current_text(purpose: str, centre_id: int | None = None) -> ConsentText:
    """Return the text in force for a purpose."""
    return current_texts(centre_id)[purpose]


def is_known(purpose: str, version: str, centre_id: int | None = None) -> bool:
    """Tell whether a centre ever had this version of the text for this purpose."""
    return ConsentVersion.objects.of_centre(centre_id).filter(purpose=purpose, version=version).exists()


def text_of(consent: Consent) -> ConsentText | None:
    """Return the text that somebody agreed to, as it was."""
    versions = (
        ConsentVersion.objects.of_centre(consent.client.centre_id).newest_first().prefetch_related("texts")
    )
    version = versions.filter(purpose=consent.purpose, version=consent.text_version).first()
    return as_text(version) if version else None
