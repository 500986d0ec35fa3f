"""The papers of this room, one frozen dataclass each; ``iqquadrat.pdf`` turns them into files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext, pgettext_lazy

from competence import wording
from competence.cv import Cv
from competence.page import ProfilePage
from competence.paper import GERMAN, RIGHT_TO_LEFT, Pair, Writer
from competence.profile import Profile
from competence.released import GROUPS, Item
from iqquadrat.accounts.models import Centre

LONG_NAME = 24  # letters; a longer one is set smaller

HEADINGS = {
    "kind": pgettext_lazy("client", "My competence profile"),
    "strengths": pgettext_lazy("client", "This is what I do especially well"),
    "work": pgettext_lazy("client", "My work"),
    "proof": pgettext_lazy("client", "Proof"),
    "skills": pgettext_lazy("client", "My skills"),
    "languages": pgettext_lazy("client", "My languages"),
    "wishes": pgettext_lazy("client", "My wishes"),
    "remarks": pgettext_lazy("client", "My words on this profile"),
    "goals": pgettext_lazy("client", "What we have agreed"),
}


class UnknownLanguageError(ValueError):
    """There is no profile in this language."""


@dataclass(frozen=True)
class ClientProfile:
    """The profile for the client: strengths first; German alone, or side by side with the client's language.

    Holds nothing of the language evidence. Raises ``UnknownLanguageError`` for a language without texts.
    """

    profile: Profile
    language_beside: str
    today: date

    template = "competence/paper/client_profile.html"
    language = GERMAN

    def __post_init__(self) -> None:
        if self.language_beside not in settings.CLIENT_LANGUAGES:
            raise UnknownLanguageError(self.language_beside)

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        return f"{pgettext('client', 'My competence profile')} {self.profile.assessment.client.number}"

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"profil-{self.profile.assessment.client.number}-{self.language_beside}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows, in pairs."""
        assessment, write = self.profile.assessment, Writer(self.profile, self.language_beside)
        client, beside = assessment.client, self.language_beside
        answered_on = timezone.localdate(
            assessment.finished_at or assessment.started_at or assessment.created_at
        )
        same_script = client.native_language == beside or {client.native_language, beside} <= set(
            RIGHT_TO_LEFT
        )
        other_name = (client.native_name if same_script else "") or client.display_name
        return {
            "client": client, "centre": assessment.centre, "beside": "" if beside == GERMAN else beside,
            "direction": "rtl" if beside in RIGHT_TO_LEFT else "ltr",
            "name": Pair(client.display_name, other_name), "is_long": len(client.display_name) > LONG_NAME,
            "heading": {key: write.say(text) for key, text in HEADINGS.items()},
            "date": write.pair(lambda language: _today(self.today, language)),
            "strengths": write.strengths(), "work": write.work(), "skills": write.skills(),
            "languages": write.languages(), "wishes": write.wishes(), "remarks": self.profile.remarks,
            "goals": write.goals(), "basis": write.basis(answered_on), "pages": write.pair(_page_numbers),
        }  # fmt: skip


@dataclass(frozen=True)
class CounsellorProfile:
    """The profile for the counsellor's file: what the page shows, with the language evidence set apart at its end.

    Never for the client or an employer: it is the only paper that reads the language evidence.
    """

    page: ProfilePage
    today: date

    template = "competence/paper/counsellor_profile.html"
    language = GERMAN

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        return f"{gettext('Competence profile for counselling')} {self.page.assessment.client.number}"

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"profil-beratung-{self.page.assessment.client.number}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """The page of the profile, and what a sheet of paper needs beside it."""
        assessment = self.page.assessment
        return {
            "page": self.page, "assessment": assessment, "evidence": self.page.evidence, "client": assessment.client,
            "centre": assessment.centre, "today": self.today, "date": Pair(wording.day(self.today)), "beside": "",
            "direction": "ltr", "is_long": len(assessment.client.display_name) > LONG_NAME, "pages": _page_numbers(GERMAN),
        }  # fmt: skip


@dataclass(frozen=True)
class ShortProfile:
    """The short profile for an employer. It is handed words that the client released, and nothing else to take words from.

    ``groups``: a heading with its lines. ``name`` is empty where the client does not want to be named.
    """

    centre: Centre
    number: str
    name: str
    contact: tuple[str, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    released_on: date
    today: date

    template = "competence/paper/short_profile.html"
    language = GERMAN

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        with translation.override(GERMAN):
            return f"{gettext('Short profile')} {self.number}"

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"kurzprofil-{self.number}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows."""
        return {
            "centre": self.centre, "number": self.number, "name": self.name, "contact": self.contact, "groups": self.groups,
            "released_on": self.released_on, "date": Pair(wording.day(self.today)), "beside": "", "direction": "ltr",
            "is_long": len(self.name) > LONG_NAME, "pages": _page_numbers(GERMAN),
        }  # fmt: skip


def short_profile_of(
    *, centre: Centre, number: str, items: Sequence[Item], released_on: date, today: date
) -> ShortProfile:
    """Return the document of these items; the caller has asked ``released.printable`` which ones may be shown."""
    words = {item.key: item.words.de for item in items}
    with translation.override(GERMAN):
        groups = tuple(
            (str(heading), tuple(item.words.de for item in items if item.group == group))
            for group, heading in GROUPS.items()
            if group != "person" and any(item.group == group for item in items)
        )
    return ShortProfile(
        centre=centre, number=number, name=words.get("name", ""), groups=groups, released_on=released_on, today=today,
        contact=tuple(words[key] for key in ("phone", "email") if key in words),
    )  # fmt: skip


@dataclass(frozen=True)
class CvPaper:
    """The German CV in table form. It is the applicant's own paper: no letterhead says who was advised where."""

    cv: Cv
    number: str
    today: date

    template = "competence/paper/cv.html"
    language = GERMAN

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        with translation.override(GERMAN):
            return f"{gettext('Curriculum vitae')} {self.number}"

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"lebenslauf-{self.number}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows; parts of which nothing is known are left out."""
        sections = [section for section in self.cv.sections if section.rows]
        return {
            "name": self.cv.name, "sections": sections, "date": wording.day(self.today), "pages": _page_numbers(GERMAN),
            "is_long": len(self.cv.name) > LONG_NAME,
        }  # fmt: skip


def _today(today: date, language: str) -> str:
    return wording.persian_day(today) if language == "fa" else wording.day(today)


def _page_numbers(language: str) -> SafeString:
    digits = " persian" if language == "fa" else ""
    return format_html(
        pgettext("client", "Page {page} of {pages}"),
        page=format_html('<span class="no-page{}"></span>', digits),
        pages=format_html('<span class="no-pages{}"></span>', digits),
    )
