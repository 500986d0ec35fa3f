"""Routes of agreed goals: the counsellor in charge; and of the group view: sums for the coordinator."""

from typing import Any

from tests.access.competence_profile import OWN, _assessment
from tests.access.table import K, Route


def _goal(users: dict[str, Any]) -> dict[str, Any]:
    from competence.models import Assessment
    from tests.competence.factories import AgreedGoalFactory

    assessment = Assessment.objects.get(**_assessment(users))
    return {"public_id": AgreedGoalFactory(assessment=assessment).public_id}


ROUTES = [
    Route("competence:goal_create", roles=OWN, methods=("GET", "POST"), kwargs=_assessment),
    Route("competence:goal_edit", roles=OWN, methods=("GET", "POST"), kwargs=_goal),
    Route("competence:goal_end", roles=OWN, methods=("GET", "POST"), kwargs=_goal),
    Route("competence:goal_reopen", roles=OWN, methods=("POST",), kwargs=_goal),
    Route("competence:goals_today", roles=OWN, other_centre=0),
    Route("competence:group", roles=frozenset({K}), other_centre=0),
]
