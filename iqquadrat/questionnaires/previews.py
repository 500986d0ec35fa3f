"""Doors upward: a higher room shows how a client meets a question, so that this room imports none. Imports no model.

    previews.register("competence", "competence:preview")

The route takes the version's primary key as ``pk``, ``language`` and the question's ``key``.
"""

from django.urls import reverse

_routes: dict[str, str] = {}


def register(questionnaire: str, url_name: str) -> None:
    """Say where questions of a questionnaire (by its key) are shown as clients see them."""
    _routes[questionnaire] = url_name


def address(questionnaire: str, *, version: int, language: str, item: str) -> str:
    """Return where a question is shown, or nothing where no room shows this questionnaire."""
    route = _routes.get(questionnaire)
    return reverse(route, kwargs={"pk": version, "language": language, "key": item}) if route else ""
