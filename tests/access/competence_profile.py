"""Routes of profiles: the counsellor in charge; sums for the coordinator."""

from typing import Any

from tests.access.table import C, K, Route


def _assessment(users: dict[str, Any]) -> dict[str, Any]:
    from tests.competence.factories import AssessmentFactory

    made = AssessmentFactory(finished=True, client__counsellor=users[C])
    return {"public_id": made.public_id}


def _client(users: dict[str, Any]) -> dict[str, Any]:
    from tests.counselling.factories import ClientFactory

    return {"public_id": ClientFactory(counsellor=users[C]).public_id}


def _two(users: dict[str, Any]) -> dict[str, Any]:
    from tests.competence.factories import AssessmentFactory
    from tests.counselling.factories import ClientFactory

    client = ClientFactory(counsellor=users[C])
    one, other = (AssessmentFactory(finished=True, client=client) for _ in range(2))
    return {"public_id": one.public_id, "other_id": other.public_id}


def _line(users: dict[str, Any]) -> dict[str, Any]:
    from competence.models import Assessment
    from iqquadrat.questionnaires.models import Answer

    arguments = _assessment(users)
    response = Assessment.objects.get(**arguments).response
    for key, chosen in (("wrk_ever", "yes"), ("wrk_main", "kitchen")):
        item = response.version.items.get(key=key)
        Answer.objects.create(response=response, item=item, status="answered", choices=[chosen])
    return {**arguments, "row_key": "field:kitchen"}


def _shown(users: dict[str, Any]) -> dict[str, Any]:
    from tests.questionnaires.factories import small_version

    return {"pk": small_version().pk, "language": "ar", "key": "ever"}


OWN = frozenset({C})

ROUTES = [
    Route("competence:preview", roles=frozenset({C, K}), kwargs=_shown, other_centre=0),
    Route("competence:assessment_list", roles=frozenset({C, K}), other_centre=0),
    Route("competence:client_profile", roles=OWN, kwargs=_client),
    Route("competence:profile", roles=OWN, kwargs=_assessment),
    Route("competence:comparison", roles=OWN, kwargs=_two),
    Route("competence:choose", roles=OWN, kwargs=_assessment, get_status=404),
    Route("competence:paper", roles=OWN, kwargs=lambda users: {**_assessment(users), "language": "de"}),
    Route("competence:counsellor_paper", roles=OWN, kwargs=_assessment),
    Route("competence:answers", roles=OWN, kwargs=_assessment),
    Route("competence:confirm_field", roles=OWN, methods=("GET", "POST"), kwargs=_line),
    Route("competence:add_remark", roles=OWN, methods=("GET", "POST"), kwargs=_assessment),
    Route("competence:discussed", roles=OWN, methods=("POST",), kwargs=_assessment),
    Route("competence:set_aside", roles=OWN, methods=("GET", "POST"), kwargs=_assessment),
    Route("competence:take_back", roles=OWN, methods=("POST",), kwargs=_assessment),
]
