"""Who may say what the values of a list mean: whoever brought it."""

from typing import Any

from businesses.models import RegisterImport
from tests.access.businesses_register import BOTH, LISTS
from tests.access.table import Route


def _run(users: dict[str, Any]) -> dict[str, Any]:
    me = users["me"]
    run = RegisterImport.objects.create(
        centre=me.centre, created_by=me, state="mapping", file_name="x.csv", headers=["Stand"], rows=1, columns={"0": "status"}
    )  # fmt: skip
    run.staged_rows.create(line=2, cells=["geschl."])
    return {"public_id": run.public_id}


ROUTES = [Route("businesses:import_values", LISTS, BOTH, kwargs=_run, own=True)]
