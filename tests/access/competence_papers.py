"""Routes of papers: the counsellor in charge, and each their own batches."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from tests.access.competence_profile import _assessment
from tests.access.table import C, K, Route

OWN, GUIDE = frozenset({C}), frozenset({C, K})


def _released(users: dict[str, Any]) -> dict[str, Any]:
    from competence.models import Assessment, ProfileRelease
    from competence.profile import load
    from competence.released import items_of

    arguments = _assessment(users)
    assessment = Assessment.objects.get(**arguments)
    shown = {item.key: item.words.de for item in items_of(load(assessment), "de")}
    ProfileRelease.objects.create(
        assessment=assessment, items=list(shown), shown=shown, text_version="2026-1", explained_in="de", released_at=timezone.now()
    )  # fmt: skip
    return arguments


def by_batch(state: str, **facts: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    def make(users: dict[str, Any]) -> dict[str, Any]:
        from competence.models import Assessment, BatchPaper, PaperBatch

        me = users["me"]
        batch = PaperBatch.objects.create(
            centre=me.centre, created_by=me, kinds=["cv_pdf"], state=state, **facts
        )
        assessment = Assessment.objects.get(**_assessment({**users, C: me}))
        content = b"%PDF-" if state == "ready" else None
        BatchPaper.objects.create(
            batch=batch, assessment=assessment, kind="cv_pdf", language="de", content=content
        )
        return {"public_id": batch.public_id}

    return make


WORKING, READY, BROKEN = by_batch("working"), by_batch("ready"), by_batch("working", fault="broken")

ROUTES = [
    Route("competence:release", roles=OWN, methods=("GET", "POST"), kwargs=_released),
    Route("competence:release_withdraw", roles=OWN, methods=("POST",), kwargs=_released),
    Route("competence:short_profile", roles=OWN, kwargs=_released),
    Route("competence:guides", roles=GUIDE, other_centre=0),
    Route("competence:guide", roles=GUIDE, kwargs=lambda users: {"language": "ar"}, other_centre=0),
    Route("competence:cv", roles=OWN, kwargs=_assessment),
    Route("competence:cv_docx", roles=OWN, kwargs=_assessment),
    Route("competence:batch_create", roles=OWN, methods=("GET", "POST"), other_centre=0),
    Route("competence:batch_detail", roles=OWN, kwargs=READY, own=True),
    Route("competence:batch_progress", roles=OWN, kwargs=WORKING, own=True),
    Route("competence:batch_stop", roles=OWN, methods=("POST",), kwargs=WORKING, own=True),
    Route("competence:batch_again", roles=OWN, methods=("POST",), kwargs=BROKEN, own=True),
    Route("competence:batch_fetch", roles=OWN, methods=("POST",), kwargs=READY, own=True),
]
