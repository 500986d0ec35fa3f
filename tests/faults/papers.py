"""The worker is killed while it makes papers: another attempt goes on where it was, and each paper is made once."""

import time

from django.db import connection
from django_tasks_db.models import DBTaskResult

from competence.enums import BatchState
from competence.models import PaperBatch
from competence.services import batches
from iqquadrat.core import background
from tests.faults.scenes import Row, Running

KINDS = ["cv_pdf"]
SILENT = 2.0  # seconds; a page waits longer before it offers another attempt


def worker_killed(on: Running, blows: int) -> Row:
    """Kill it so many times, each time after it was heard of; let it finish in the end and look at what it made."""
    row = Row("worker killed while it makes papers")
    before, heard = len(on.ledger.acknowledged), on.ledger.heard.copy()
    background.SILENCE = background.dt.timedelta(seconds=SILENT)
    ordered: list[PaperBatch] = []
    connection.close()
    try:
        while row.blows < blows:
            batch = _next(on, ordered)
            begun = time.monotonic()
            on.site.start_worker()
            _heard_of(batch)
            time.sleep(on.chance.uniform(0.0, 0.8))
            on.site.kill_worker()
            row.seconds.append(time.monotonic() - begun)
            row.blows += 1
        begun = time.monotonic()
        _next(on, ordered)
        on.site.start_worker()
        row.found.half = sum(not _whole(batch) for batch in ordered)
        row.seconds = [time.monotonic() - begun]
    finally:
        background.SILENCE = background.dt.timedelta(seconds=60)
    found = on.look()
    row.found.lost, row.found.doubled, row.found.stored = found.lost, found.doubled, found.stored
    row.found.half += found.half
    row.acknowledged = len(on.ledger.acknowledged) - before
    row.answers = dict(on.ledger.heard - heard)
    row.words = f"{sum(batch.papers.count() for batch in ordered)} papers whole, of {DBTaskResult.objects.count()} attempts"
    return row


def _next(on: Running, ordered: list[PaperBatch]) -> PaperBatch:
    """Return what a worker will find: the batch that broke off once it has been silent, else a new one."""
    by = on.stage.counsellor
    if ordered:
        batch = ordered[-1]
        batch.refresh_from_db()
        if batch.state == BatchState.WORKING:
            while not batch.may_be_tried_again:
                time.sleep(0.2)
            ordered[-1] = batches.try_papers_again(batch=batch, by=by)
            return ordered[-1]
    ordered.append(batches.order_papers(assessments=on.stage.finished, kinds=KINDS, language="", by=by))
    return ordered[-1]


def _heard_of(batch: PaperBatch, patience: float = 60) -> None:
    until = time.monotonic() + patience
    while time.monotonic() < until:
        batch.refresh_from_db()
        if batch.heard_at is not None or batch.state != BatchState.WORKING:
            return
        time.sleep(0.05)
    raise TimeoutError("nothing is heard of the worker")


def _whole(batch: PaperBatch, patience: float = 120) -> bool:
    """Whether the batch gets ready, with every paper that was ordered, each one a whole PDF."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        batch.refresh_from_db()
        if batch.state == BatchState.READY:
            contents = [bytes(content or b"") for content in batch.papers.values_list("content", flat=True)]
            return all(content.startswith(b"%PDF") and b"%%EOF" in content[-20:] for content in contents)
        time.sleep(0.2)
    return False
