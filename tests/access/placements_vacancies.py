"""Who may open what of vacancies: the list as a spreadsheet, notices, news."""

from typing import Any

from tests.access.placements import COUNSEL, SEE, _vacancy
from tests.access.table import Route
from tests.placements.factories import VacancyFactory


def _public(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": VacancyFactory(centre=users["counsellor"].centre, public=True).public_id}


ROUTES = [
    Route("placements:vacancy_export", SEE, other_centre=0),
    Route("placements:vacancy_panel", COUNSEL, other_centre=0),
    Route("placements:vacancy_news", COUNSEL, ("POST",), kwargs=_vacancy),
    Route("placements:vacancy_undo", COUNSEL, ("POST",), kwargs=_vacancy),
    Route("placements:notice", SEE, kwargs=_vacancy),
    Route("placements:notice_paper", SEE, kwargs=_public),
    Route("placements:notice_wall", SEE, other_centre=0),
    Route("placements:notice_wall_paper", SEE, other_centre=0),
]
