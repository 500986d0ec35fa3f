"""Questionnaires: counsellors and coordinators read, coordinators keep. They belong to no centre."""

from tests.access.table import C, K, Route


def _version(users: dict[str, object]) -> dict[str, object]:
    from tests.questionnaires.factories import small_version

    return {"pk": small_version().pk}


READERS = frozenset({C, K})
ROUTES = [
    Route("questionnaires:index", READERS, other_centre=0),
    Route("questionnaires:import", frozenset({K}), methods=("GET", "POST"), other_centre=0),
    Route("questionnaires:version_detail", READERS, kwargs=_version, other_centre=0),
    Route("questionnaires:workbook", READERS, kwargs=_version, other_centre=0),
    Route("questionnaires:publish", frozenset({K}), methods=("POST",), kwargs=_version, other_centre=0),
]
