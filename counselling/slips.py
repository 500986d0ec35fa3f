"""The slip for the way to an institution: what a client who is sent there takes along, in a language the client reads."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import get_language_info, pgettext

from counselling.enums import SpokenLanguage
from counselling.models import Institution
from iqquadrat.accounts.models import Centre
from iqquadrat.core.pictograms import markup

GERMAN = "de"
RIGHT_TO_LEFT = ("ar", "fa")
LONGEST_BESIDE = 24  # letters
NEAR = {"prs": "fa"}  # who speaks Dari understands Persian


def own_name(code: str) -> str:
    """A language by its own name, as its speakers look for it; those that nobody registered by their German one."""
    try:
        return str(get_language_info(code)["name_local"])
    except KeyError:
        with translation.override(GERMAN):
            return str(SpokenLanguage(code).label)


@dataclass(frozen=True)
class Line:
    """A pictogram, what it means in the client's language and in German, and what is known of the place."""

    picture: str
    words: str
    german: str
    facts: str = ""
    names: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        """Too long for both languages on one line."""
        return len(self.german) > LONGEST_BESIDE


@dataclass(frozen=True)
class InstitutionSlip:
    """Where to go, how to get there, when it is open, which languages are spoken, whom to ask for.

    A slip gets lost: it names neither the client nor what it is about.
    """

    institution: Institution
    centre: Centre
    language: str

    template = "counselling/paper/institution_slip.html"

    @property
    def title(self) -> str:
        """The title in the file's properties."""
        return self._said(lambda: pgettext("client", "Please go here"))[0]

    @property
    def file_name(self) -> str:
        """The suggested name of the file."""
        return f"weg-{self.institution.pk}-{self.language}.pdf"

    @property
    def context(self) -> Mapping[str, Any]:
        """Everything the template shows."""
        heading, german = self._said(lambda: pgettext("client", "Please go here"))
        with translation.override(self.language):
            name = str(self.institution.name)
        signs = str(self.institution.name_de or self.institution.name)  # type: ignore[attr-defined]  # a column a language
        return {
            "centre": self.centre, "direction": "rtl" if self.language in RIGHT_TO_LEFT else "ltr", "heading": heading, "german": german,
            "name": name, "signs": signs if signs != name else "", "is_pair": self.language != GERMAN,
            "lines": [(markup(line.picture), line) for line in self._lines()],
        }  # fmt: skip

    def _said(self, words: Callable[[], str]) -> tuple[str, str]:
        """The same words in the client's language and, where that is another one, in German."""
        with translation.override(self.language):
            text = words()
        with translation.override(GERMAN):
            german = words()
        return text, german if self.language != GERMAN else ""

    def _lines(self) -> list[Line]:
        place = self.institution
        spoken = sorted(
            place.languages, key=lambda code: (NEAR.get(code, code) != self.language, code != GERMAN)
        )
        town = f"{place.postal_code} {place.city}".strip()
        lines = [
            Line(
                "house",
                *self._said(lambda: pgettext("client", "Address")),
                "\n".join(filter(None, (place.street, town))),
            ),
            Line("bus", *self._said(lambda: pgettext("client", "How to get there")), place.directions),
            Line("clock", *self._said(lambda: pgettext("client", "Opening hours")), place.opening_hours),
            Line(
                "speech",
                *self._said(lambda: pgettext("client", "Here people speak")),
                names=tuple(map(own_name, spoken)),
            ),
            Line("people", *self._said(lambda: pgettext("client", "Ask for")), place.ask_for),
            Line("phone", *self._said(lambda: pgettext("client", "Telephone")), place.phone),
        ]
        back = self._said(lambda: pgettext("client", "Did it not work out? Come back to us or call us."))
        return [line for line in lines if line.facts or line.names] + [
            Line("question", *back, self.centre.phone)
        ]
