"""Who meets what in the imports: counsellors and coordination, each their own files."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from counselling.models import ImportRow, ImportRun
from tests.access.table import C, K, Route

IMPORT = frozenset({C, K})
WRITE = ("GET", "POST")


def by_run(state: str, **facts: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def make(users: dict[str, Any]) -> dict[str, Any]:
        me = users["me"]
        run = ImportRun.objects.create(
            centre=me.centre, created_by=me, kind="clients", state=state, file_name="x.csv", headers=["Vorname"], rows=1,
            columns={"0": "given_name"}, defaults={"counsellor": me.pk}, **facts,
        )  # fmt: skip
        ImportRow.objects.create(run=run, line=2, cells=["Amal"])
        return {"public_id": run.public_id}

    return make


READING, MAPPING, CHECKED = by_run("reading"), by_run("mapping"), by_run("checked")
KEPT = by_run("kept")
DONE = by_run("imported", imported_at=timezone.now(), ended_at=timezone.now())

ROUTES = [
    Route("counselling:import_list", roles=IMPORT, other_centre=0),
    Route("counselling:import_create", roles=IMPORT, methods=WRITE, other_centre=0),
    Route("counselling:import_template", roles=IMPORT, kwargs=lambda users: {"name": "xlsx"}, other_centre=0),
    Route("counselling:import_detail", roles=IMPORT, kwargs=CHECKED, own=True),
    Route("counselling:import_kept", roles=IMPORT, methods=WRITE, kwargs=KEPT, own=True),
    Route("counselling:import_progress", roles=IMPORT, kwargs=READING, own=True),
    Route("counselling:import_columns", roles=IMPORT, methods=WRITE, kwargs=MAPPING, own=True),
    Route("counselling:import_values", roles=IMPORT, methods=WRITE, kwargs=MAPPING, own=True),
    Route("counselling:import_problems", roles=IMPORT, kwargs=CHECKED, own=True),
    Route("counselling:import_problems_export", roles=IMPORT, kwargs=CHECKED, own=True),
    Route("counselling:import_doubts", roles=IMPORT, methods=WRITE, kwargs=CHECKED, own=True),
    Route("counselling:import_start", roles=IMPORT, methods=WRITE, kwargs=CHECKED, own=True),
    Route("counselling:import_undo", roles=IMPORT, methods=WRITE, kwargs=DONE, own=True),
    Route("counselling:import_again", roles=IMPORT, methods=("POST",), kwargs=CHECKED, own=True),
    Route("counselling:import_stop", roles=IMPORT, methods=("POST",), kwargs=READING, own=True),
    Route("counselling:import_discard", roles=IMPORT, methods=("POST",), kwargs=CHECKED, own=True),
]
