"""Who meets what of participations: the counsellors of the client, nobody else."""

import datetime as dt
from typing import Any

from django.utils import timezone

from tests.access.counselling import COUNSEL, WRITE, client
from tests.access.table import C, Route
from tests.counselling.participating import ParticipationFactory, QuestionFactory, esf_programme


def _programme(users: dict[str, Any]) -> str:
    """A programme of today that reports its participants."""
    today, code = timezone.localdate(), f"esf-{users[C].centre_id}"
    esf_programme(
        users[C].centre,
        code=code,
        starts_on=today - dt.timedelta(days=400),
        ends_on=today + dt.timedelta(days=100),
    )
    return code


def _participation(users: dict[str, Any], **facts: Any) -> Any:
    entered = timezone.localdate() - dt.timedelta(days=60)
    return ParticipationFactory(
        client=client(users), programme_code=_programme(users), entered_on=entered, **facts
    )


def by_participant(users: dict[str, Any]) -> dict[str, Any]:
    _programme(users)
    return {"public_id": client(users).public_id}


def by_participation(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": _participation(users).public_id}


def by_left(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": _participation(users, left_on=timezone.localdate()).public_id}


def by_question(users: dict[str, Any]) -> dict[str, Any]:
    row = _participation(users, left_on=timezone.localdate() - dt.timedelta(days=3))
    return {"public_id": QuestionFactory(participation=row).public_id}


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
