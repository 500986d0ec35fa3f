"""Who meets what of a client's record: charges, histories, cases."""

from typing import Any

from tests.access.counselling import COUNSEL, SEE, WRITE, by_client, client
from tests.access.table import C, Route
from tests.counselling.factories import (
    CaseFactory,
    ChargeFactory,
    LanguageSkillFactory,
    NamelessFactory,
    SituationFactory,
)


def by_charge(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": ChargeFactory(client=client(users)).pk}


def by_situation(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": SituationFactory(client=client(users)).pk}


def by_skill(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": LanguageSkillFactory(client=client(users)).pk}


def by_case(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": CaseFactory(client=client(users)).public_id}


def by_nameless(users: dict[str, Any]) -> dict[str, Any]:
    return {"public_id": NamelessFactory(counsellor=users[C]).public_id}


ROUTES = [
    Route("counselling:client_name", roles=COUNSEL, methods=WRITE, kwargs=by_nameless),
    Route("counselling:situation_add", roles=COUNSEL, methods=WRITE, kwargs=by_client),
    Route("counselling:situation_edit", roles=COUNSEL, methods=WRITE, kwargs=by_situation),
    Route("counselling:situation_delete", roles=COUNSEL, methods=("POST",), kwargs=by_situation),
    Route("counselling:language_add", roles=COUNSEL, methods=WRITE, kwargs=by_client),
    Route("counselling:language_edit", roles=COUNSEL, methods=WRITE, kwargs=by_skill),
    Route("counselling:language_delete", roles=COUNSEL, methods=("POST",), kwargs=by_skill),
    Route("counselling:case_open", roles=COUNSEL, methods=WRITE, kwargs=by_client),
    Route("counselling:case_edit", roles=COUNSEL, methods=WRITE, kwargs=by_case),
    Route("counselling:case_close", roles=COUNSEL, methods=WRITE, kwargs=by_case),
    Route("counselling:case_reopen", roles=COUNSEL, methods=("POST",), kwargs=by_case),
    Route("counselling:case_talks", roles=COUNSEL, methods=WRITE, kwargs=by_case),
    Route("counselling:deputy_add", roles=SEE, methods=WRITE, kwargs=by_client),
    Route("counselling:charge_edit", roles=SEE, methods=WRITE, kwargs=by_charge),
    Route("counselling:charge_end", roles=SEE, methods=("POST",), kwargs=by_charge),
]
