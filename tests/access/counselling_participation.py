"""Who meets what of participations: the counsellors of the client, nobody else."""

import datetime as dt
from typing import Any

from tests.access.counselling import COUNSEL, WRITE, client
from tests.access.table import C, Route
from tests.counselling.participating import ParticipationFactory, QuestionFactory, esf_programme


def by_participant(users: dict[str, Any]) -> dict[str, Any]:
    esf_programme(users[C].centre, code=f"esf-{users[C].centre_id}")
    return {"public_id": client(users).public_id}


def by_participation(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": ParticipationFactory(client=client(users)).public_id}


def by_left(users: dict[str, Any]) -> dict[str, Any]:
    row = ParticipationFactory(client=client(users), left_on=dt.date(2026, 6, 1))
    return {"public_id": row.public_id}


def by_question(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": QuestionFactory(participation__client=client(users)).public_id}


ROUTES = [
    Route("counselling:client_participations", COUNSEL, kwargs=by_participant, get_status=302),
    Route("counselling:participation_enter", COUNSEL, WRITE, kwargs=by_participant),
    Route("counselling:participation_edit", COUNSEL, WRITE, kwargs=by_participation),
    Route("counselling:participation_leave", COUNSEL, WRITE, kwargs=by_participation),
    Route("counselling:participation_return", COUNSEL, ("POST",), kwargs=by_left),
    Route("counselling:participation_delete", COUNSEL, ("POST",), kwargs=by_participation),
    Route("counselling:question_list", COUNSEL, other_centre=0),
    Route("counselling:questions_today", COUNSEL, other_centre=0),
    Route("counselling:question_answer", COUNSEL, WRITE, kwargs=by_question),
    Route("counselling:question_clear", COUNSEL, ("POST",), kwargs=by_question),
]
