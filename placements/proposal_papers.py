"""The letter that proposes a client to an employer, and the note for the client about it; ``iqquadrat.pdf`` turns them into files."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from competence.documents import ShortProfile
from competence.phrases import direction
from iqquadrat.core.text import digits_for
from placements.client_texts import GERMAN, PROPOSALS
from placements.models import Placement

# The employer is asked for an answer within so many days.
ANSWER_WITHIN = timedelta(days=14)


def mail_of(placement: Placement, *, signed_by: str, today: date) -> dict[str, str]:
    """Return subject and text of an e-mail to the employer, in German; neither says who it is about."""
    context = {
        "vacancy": placement.vacancy, "centre": placement.centre, "signed_by": signed_by, "answer_by": today + ANSWER_WITHIN,
    }  # fmt: skip
    with translation.override(GERMAN):
        return {
            "subject": _("Proposal for your vacancy: %(title)s") % {"title": placement.vacancy.title},
            "text": render_to_string("placements/paper/mail.txt", context).strip(),
        }


@dataclass(frozen=True)
class ProposalLetter:
    """A letter from the centre to the employer. It names only what the client released; the short profile follows as its own page.

    ``profile``: None where nothing is released; the letter then names nobody.
    """

    placement: Placement
    profile: ShortProfile | None
    signed_by: str
    today: date

    template = "placements/paper/proposal.html"
    language = GERMAN

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        with translation.override(GERMAN):
            return _("Proposal %(number)s") % {"number": self.placement.client.number}

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"vorschlag-{self.placement.client.number}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """Everything the templates show."""
        vacancy = self.placement.vacancy
        attached = dict(self.profile.context) if self.profile else {}
        return attached | {
            "centre": self.placement.centre, "vacancy": vacancy, "business": vacancy.business, "number": self.placement.client.number,
            "name": self.profile.name if self.profile else "", "profile": self.profile, "today": self.today,
            "answer_by": self.today + ANSWER_WITHIN, "signed_by": self.signed_by,
        }  # fmt: skip


@dataclass(frozen=True)
class Side:
    """The note in one language: its words, the day, and what was sent as the client reads it."""

    language: str
    direction: str
    words: dict[str, str]
    sent: tuple[str, ...]


@dataclass(frozen=True)
class ClientNote:
    """What was sent to the employer, for the client to take along: German, and beside it the client's language.

    ``sent_de`` and ``sent_beside``: the released items line by line, both empty where no profile was attached.
    """

    placement: Placement
    beside: str
    sent_de: tuple[str, ...]
    sent_beside: tuple[str, ...]
    today: date

    template = "placements/paper/client_note.html"
    language = GERMAN

    @property
    def title(self) -> str:
        """The title in the file's properties: number instead of name."""
        with translation.override(GERMAN):
            return _("Note on a proposal %(number)s") % {"number": self.placement.client.number}

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"vorschlag-info-{self.placement.client.number}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """Everything the template shows."""
        sides = [self._side(GERMAN, self.sent_de)]
        if self.beside != GERMAN:
            sides.append(self._side(self.beside, self.sent_beside))
        return {
            "centre": self.placement.centre, "client": self.placement.client, "vacancy": self.placement.vacancy, "sides": sides,
            "today": self.today,
        }  # fmt: skip

    def _side(self, language: str, sent: tuple[str, ...]) -> Side:
        words = dict(PROPOSALS.by_language[language])
        with translation.override(language):
            day = digits_for(language, date_format(self.today, "DATE_FORMAT"))
        words["intro"] = words["intro"] % {"day": day}
        return Side(language, direction(language), words, sent)
