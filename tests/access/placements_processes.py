"""Who may open what around one placement under way: the employer, the other ways of the client, wage subsidies, lists."""

from typing import Any

from placements.enums import AnswerOutcome, Stage
from tests.access.table import C, K, Route
from tests.counselling.factories import ClientFactory
from tests.placements.factories import (
    EmployerAnswerFactory,
    PlacementFactory,
    WageSubsidyFactory,
    agree,
    started,
)

COUNSEL, SEE = frozenset({C}), frozenset({C, K})
BOTH = ("GET", "POST")


def _placement(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": PlacementFactory(client__counsellor=users[C]).public_id}


def _agreed(users: dict[str, Any]) -> dict[str, Any]:
    placement = PlacementFactory(client__counsellor=users[C])
    agree(placement.client, placement.vacancy)
    return {"public_id": placement.public_id}


def _started(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": started(ClientFactory(counsellor=users[C])).public_id}


def _answer(users: dict[str, Any]) -> dict[str, Any]:
    answer = EmployerAnswerFactory(
        placement__client__counsellor=users[C],
        placement__stage=Stage.APPLIED,
        outcome=AnswerOutcome.INTERESTED,
    )
    return {"public_id": answer.placement.public_id, "pk": answer.pk}


def _subsidy(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": WageSubsidyFactory(placement__client__counsellor=users[C]).public_id}


ROUTES = [
    Route("placements:placement_export", SEE, other_centre=0),
    Route("placements:due_panel", COUNSEL, other_centre=0),
    Route("placements:placement_next", COUNSEL, ("POST",), kwargs=_placement),
    Route("placements:placement_others", COUNSEL, BOTH, kwargs=_started),
    Route("placements:placement_employer", COUNSEL, BOTH, kwargs=_placement),
    Route("placements:answer_undo", COUNSEL, ("POST",), kwargs=_answer),
    Route("placements:proposal_letter", COUNSEL, kwargs=_agreed),
    Route("placements:client_note", COUNSEL, kwargs=_agreed),
    Route("placements:subsidy_list", SEE, other_centre=0),
    Route("placements:subsidy_create", COUNSEL, BOTH, kwargs=_started),
    Route("placements:subsidy_edit", COUNSEL, BOTH, kwargs=_subsidy),
    Route("placements:subsidy_delete", COUNSEL, ("POST",), kwargs=_subsidy),
]
