"""The profile on paper, German beside the client's language: one, and a hundred in a batch, against WeasyPrint on finished HTML.

The floor knows everything that makes the renderer fast: one FontConfiguration and the parsed styles for a whole process, and as many
processes as the batch has. It reads no record and writes no sentence: its HTML lies ready.
"""

import datetime as dt
import itertools
import multiprocessing
import os
import resource
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random

from django.conf import settings

import competence
from benchmarks.drawing import best_known
from benchmarks.measure import Row, in_turns
from competence import tasks
from competence.documents import ClientProfile
from competence.models import Assessment, PaperBatch
from competence.profile import load
from competence.services import batches
from counselling.models import Client
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from iqquadrat.demo.assessments import TRANSLATED, make_assessments
from iqquadrat.pdf.rendering import page_of
from iqquadrat.questionnaires import content
from iqquadrat.questionnaires.models import Version

MANY = 100
TODAY = dt.date(2026, 11, 24)
# The share of the floor's pace that has to be reached, and how much more memory the last papers may take than the first.
PACE, FLAT = 0.9, 1.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


def prepared() -> list[Assessment]:
    """Return a hundred finished assessments in all languages; made once and stored with the database."""
    rows = (
        Assessment.objects.finished()
        .filter(programme_code="papers")
        .select_related("client", "centre", "response")
    )
    if rows.count() < MANY:
        content.load(Path(competence.__file__).parent / "content")
        version = Version.objects.with_content().get(questionnaire__key="competence", state="published")
        clients = list(Client.objects.order_by("pk")[: MANY * 2])
        for client, language in zip(clients, itertools.cycle(TRANSLATED), strict=False):
            client.spoken_languages = [language]
        Client.objects.bulk_update(clients, ["spoken_languages"])
        first_days = {client.pk: dt.date(2026, 3, 2) for client in clients}
        make_assessments(
            clients=clients, version=version, first_days=first_days, code="papers", random=Random(7)
        )
        person = User.objects.get(email="person0@example.org")
        Client.objects.filter(pk__in=[client.pk for client in clients]).update(counsellor=person)
    return list(rows.order_by("pk")[:MANY])


def rows(rounds: int) -> Iterator[Row]:
    """Yield the lines of the table: one profile, a batch of a hundred, and its memory."""
    found = prepared()
    yield _one(found, rounds)
    yield _batch(found, rounds)
    yield _memory(found)


def _document(assessment: Assessment) -> ClientProfile:
    return ClientProfile(load(assessment), assessment.client.paper_language, TODAY)


def _one(found: list[Assessment], rounds: int) -> Row:
    """One profile as a click makes it, everything read and written anew; one in each language a round."""
    some = found[: 2 * len(TRANSLATED)]
    pages = [page_of(_document(one)) for one in some]
    ours, floor = in_turns(
        lambda: [pdf.render(_document(one)) for one in some],
        lambda: [best_known(page) for page in pages],
        rounds,
    )
    each = 1000 / len(some)
    return Row(
        what="profile PDF, two languages", size="1", ours=ours.wall * each, floor=floor.wall * each,
        ours_cpu=f"{ours.application * each:.0f} + {ours.database * each:.1f}", bar=f"{PACE} of the pace",
        holds=floor.wall >= PACE * ours.wall,
    )  # fmt: skip


def _batch(found: list[Assessment], rounds: int) -> Row:
    """A hundred as a worker makes them, stored; both sides start their processes anew."""
    user = User.objects.get(email="person0@example.org")
    pages = [page_of(_document(one)) for one in found]

    def ours_once() -> None:
        batch = batches.order_papers(assessments=found, kinds=["client"], language="", by=user)
        tasks.make_papers.func(batch.pk, batch.attempt)
        batch.refresh_from_db()
        assert (batch.state, batch.done) == ("ready", MANY)
        batch.delete()

    def floor_once() -> None:
        with ProcessPoolExecutor(
            settings.PDF_PROCESSES, mp_context=multiprocessing.get_context("spawn")
        ) as pool:
            assert len(list(pool.map(best_known, pages))) == MANY

    ours, floor = in_turns(ours_once, floor_once, max(3, min(rounds, 3)))
    PaperBatch.objects.all().delete()
    return Row(
        what=f"batch of profiles, {settings.PDF_PROCESSES} processes", size=str(MANY), ours=ours.wall * 1000 / MANY, floor=floor.wall * 1000 / MANY,
        ours_cpu=f"{ours.application * 1000 / MANY:.0f} + {ours.database * 1000 / MANY:.1f}", bar=f"{PACE} of the pace",
        holds=floor.wall >= PACE * ours.wall,
    )  # fmt: skip


def _megabytes() -> float:
    statm = Path("/proc/self/statm")
    if statm.exists():
        return int(statm.read_text().split()[1]) * _PAGE / 2**20
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10


def _memory(found: list[Assessment]) -> Row:
    """Memory of one process after the hundredth paper against that after the twentieth, in megabytes."""
    sizes = []
    for _mark, _written in pdf.render_many(((one, _document(one)) for one in found), processes=1):
        sizes.append(_megabytes())
    early, late = max(sizes[:20]), max(sizes[-20:])
    return Row(
        what="memory of one process (MB instead of ms)", size=str(MANY), ours=late, floor=early, ours_cpu="",
        bar=f"{FLAT} x the 20th", holds=late <= FLAT * early,
    )  # fmt: skip
