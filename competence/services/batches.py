"""Papers of several clients: ordered, stopped, tried again, fetched once, cleared away."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from competence.enums import BatchState, PaperKind
from competence.models import Assessment, BatchPaper, PaperBatch
from competence.tasks import make_papers
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record, record_many
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns

GERMAN = "de"
# The evidence must not slip into an envelope: its paper lies in a folder that says so.
FOLDERS = {PaperKind.COUNSELLOR: "nur-fuer-die-beratung/"}
STEMS = {
    PaperKind.CLIENT: "kompetenzprofil", PaperKind.SHORT: "kurzprofil", PaperKind.CV_PDF: "lebenslauf",
    PaperKind.CV_DOCX: "lebenslauf", PaperKind.COUNSELLOR: "kompetenzprofil-beratung",
}  # fmt: skip


class BatchStateError(Exception):
    """The batch is not where this can be done with it: fetched already, cancelled, or still being made."""


class NothingLeftError(Exception):
    """No paper is left for this reader: none could be made, or the clients have got into other hands."""


@transaction.atomic
def order_papers(
    *, assessments: Sequence[Assessment], kinds: Sequence[str], language: str, by: User, submission: UUID | None = None
) -> PaperBatch:  # fmt: skip
    """Let papers be made in the background. The same ``submission`` again returns the batch it ordered the first time.

    ``language`` is empty for each client's own; only the profile for the client stands in two languages.
    """
    take_turns(submission)
    if submission is not None and (known := PaperBatch.objects.filter(submission=submission).first()):
        return known
    clear_batches(by.centre_id)
    batch = PaperBatch(
        centre=by.centre, created_by=by, kinds=list(kinds), language=language, submission=submission
    )
    batch.asked_for()
    batch.save()
    BatchPaper.objects.bulk_create(
        BatchPaper(batch=batch, assessment=one, kind=kind, language=_language(one, kind, language))
        for one in assessments
        for kind in kinds
    )
    record(Action.CREATE, by=by, obj=batch, clients=len(assessments), papers=list(kinds))
    make_papers.enqueue(batch.pk, batch.attempt)
    return batch


def _language(assessment: Assessment, kind: str, wanted: str) -> str:
    return (wanted or assessment.client.paper_language) if kind == PaperKind.CLIENT else GERMAN


def _mine(batch: PaperBatch, by: User, *states: str) -> PaperBatch:
    """Return the batch, locked. Raises when it is in none of these states; another's is not found."""
    rows = PaperBatch.objects.visible_to(by).select_for_update(of=("self",))
    stored: PaperBatch = rows.select_related("centre").get(pk=batch.pk)
    if stored.state not in states:
        raise BatchStateError
    return stored


@transaction.atomic
def stop_papers(*, batch: PaperBatch, by: User) -> PaperBatch:
    """Ask the worker for an end; where none is at it, the batch ends at once. What was made is deleted."""
    stored = _mine(batch, by, BatchState.WORKING)
    if stored.ask_for_an_end():
        cancel(stored)
    else:
        stored.save()
    return stored


def cancel(batch: PaperBatch) -> None:
    """End a batch that is locked, and delete what was made."""
    batch.state, batch.fault, batch.stop_asked = BatchState.CANCELLED, "", False
    batch.save()
    batch.papers.all().delete()


@transaction.atomic
def try_papers_again(*, batch: PaperBatch, by: User) -> PaperBatch:
    """Hand over once more what broke off, or of which nothing was heard. What is made already stays."""
    stored = _mine(batch, by, BatchState.WORKING)
    if not stored.may_be_tried_again:
        raise BatchStateError
    stored.asked_for()
    stored.save()
    make_papers.enqueue(stored.pk, stored.attempt)
    return stored


@transaction.atomic
def fetch_papers(*, batch: PaperBatch, by: User) -> bytes:
    """Return everything as one ZIP, once: the files are deleted with it. Each paper is recorded as an export of its client.

    Only clients who are in the reader's hands today are in it. Raises ``BatchStateError``, ``NothingLeftError``.
    """
    stored = _mine(batch, by, BatchState.READY)
    if stored.kept_until < timezone.now():
        raise BatchStateError
    papers = list(
        stored.papers.filter(assessment__in=Assessment.objects.visible_to(by), content__isnull=False)
        .select_related("assessment__client")
        .order_by("assessment__client__number", "pk")
    )
    if not papers:
        raise NothingLeftError
    packed = _packed(papers)
    for kind in stored.kinds:
        of_kind = [paper.assessment for paper in papers if paper.kind == kind]
        record_many(
            Action.EXPORT, by=by, objects=of_kind, centre_id=stored.centre_id, paper=kind, batch=stored.pk
        )
    stored.papers.all().delete()
    stored.state, stored.fetched_at = BatchState.FETCHED, timezone.now()
    stored.save()
    return packed


def _packed(papers: Iterable[BatchPaper]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        for paper in papers:
            packed.writestr(name_of(paper), bytes(paper.content or b""))
    return written.getvalue()


def name_of(paper: BatchPaper) -> str:
    """Return the name of a file in the ZIP: it tells the paper and the client's number, never a name."""
    kind = PaperKind(paper.kind)
    stem = f"{paper.assessment.client.number}-{STEMS[kind]}"
    if kind == PaperKind.CLIENT:
        stem += "-de" if paper.language == GERMAN else f"-de-{paper.language}"
    return f"{FOLDERS.get(kind, '')}{stem}.{'docx' if kind == PaperKind.CV_DOCX else 'pdf'}"


def clear_batches(centre_id: int | None = None) -> int:
    """Delete batches older than a day with all their files. Returns how many. For the nightly run, and at every new order."""
    old = PaperBatch.objects.outlived()
    if centre_id is not None:
        old = old.filter(centre_id=centre_id)
    return int(old.delete()[1].get("competence.PaperBatch", 0))
