"""Who meets what of a client's record: charges, histories, cases."""

from typing import Any

from tests.access.counselling import SEE, WRITE, by_client, client
from tests.access.table import Route
from tests.counselling.factories import ChargeFactory


def by_charge(users: dict[str, Any]) -> dict[str, Any]:
    return {"pk": ChargeFactory(client=client(users)).pk}


ROUTES = [
    Route("counselling:deputy_add", roles=SEE, methods=WRITE, kwargs=by_client),
    Route("counselling:charge_edit", roles=SEE, methods=WRITE, kwargs=by_charge),
    Route("counselling:charge_end", roles=SEE, methods=("POST",), kwargs=by_charge),
]
