"""What other rooms meet at the doors of this one. Imports no model: rooms read it while Django starts.

A higher room shows how a client meets a question, so that this room imports none:

    doors.register_preview("competence", "competence:preview")

The route takes the version's primary key as ``pk``, ``language`` and the question's ``key``.

It also says what it reads from which question, so that whoever takes one away knows what else changes:

    doors.register_meaning("competence", Meaning(dimensions={"NUM": _("numbers")}, uses=uses))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.urls import reverse

# Where recordings are heard. The door of the kiosk lets this address through: questions are no secret.
AUDIO_PATH = "/questionnaires/audio/"
_previews: dict[str, str] = {}


def _nothing(_key: str) -> Sequence[object]:
    return ()


@dataclass(frozen=True)
class Meaning:
    """What a room makes of the answers: the names of its dimensions by code, and in words what it reads from a question."""

    dimensions: Mapping[str, object] = field(default_factory=dict)
    uses: Callable[[str], Sequence[object]] = _nothing


_meanings: dict[str, Meaning] = {}


def register_meaning(questionnaire: str, meaning: Meaning) -> None:
    """Say what a room makes of the answers to a questionnaire (by its key)."""
    _meanings[questionnaire] = meaning


def meaning_of(questionnaire: str) -> Meaning:
    """Return what is known of a questionnaire's answers; of most nothing."""
    return _meanings.get(questionnaire, Meaning())


def register_preview(questionnaire: str, url_name: str) -> None:
    """Say where questions of a questionnaire (by its key) are shown as clients see them."""
    _previews[questionnaire] = url_name


def preview_of(questionnaire: str, *, version: int, language: str, item: str) -> str:
    """Return where a question is shown, or nothing where no room shows this questionnaire."""
    route = _previews.get(questionnaire)
    return reverse(route, kwargs={"pk": version, "language": language, "key": item}) if route else ""
