"""What other rooms meet at the doors of this one. Imports no model: rooms read it while Django starts.

A higher room shows how a client meets a question, so that this room imports none:

    doors.register_preview("competence", "competence:preview")

The route takes the version's primary key as ``pk``, ``language`` and the question's ``key``.
"""

from django.urls import reverse

# Where recordings are heard. The door of the kiosk lets this address through: questions are no secret.
AUDIO_PATH = "/questionnaires/audio/"
_previews: dict[str, str] = {}


def register_preview(questionnaire: str, url_name: str) -> None:
    """Say where questions of a questionnaire (by its key) are shown as clients see them."""
    _previews[questionnaire] = url_name


def preview_of(questionnaire: str, *, version: int, language: str, item: str) -> str:
    """Return where a question is shown, or nothing where no room shows this questionnaire."""
    route = _previews.get(questionnaire)
    return reverse(route, kwargs={"pk": version, "language": language, "key": item}) if route else ""
