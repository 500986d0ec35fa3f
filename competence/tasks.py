"""What a worker does with papers of several clients."""

import traceback
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from competence.documents import ClientProfile
from competence.enums import BatchState, PaperKind
from competence.models import Assessment, BatchPaper, PaperBatch
from competence.profile import Profile, load, whole_version
from competence.services import papers
from iqquadrat import pdf
from iqquadrat.accounts.models import User
from iqquadrat.core import walls
from iqquadrat.core.background import Beat, OvertakenError, StoppedError
from iqquadrat.questionnaires.models import Version

# Below this, other processes cost more to start than they save.
FEW = 8


class BrokenOffError(Exception):
    """The work broke off. Says only what kind of error it was: the words of one may quote a profile."""


@task()
def make_papers(batch_pk: int, attempt: int) -> None:
    """Make the papers of this batch that are not there yet, if this is still the attempt that counts."""
    batch = (
        PaperBatch.objects.select_related("created_by__centre").filter(pk=batch_pk, attempt=attempt).first()
    )
    if batch is None or not batch.is_working or batch.created_by is None:
        return
    with walls.in_centre(batch.centre_id), Beat(PaperBatch, batch.pk, attempt) as beat:
        try:
            _Maker(batch, batch.created_by, beat).make()
            _leave(batch, attempt, state=BatchState.READY)
        except OvertakenError:
            return
        except StoppedError:
            _leave(batch, attempt, state=BatchState.CANCELLED)
        except Exception as error:  # noqa: BLE001 - whatever it was, the page must not go on waiting
            _leave(batch, attempt, state=BatchState.WORKING, fault="broken")
            last = traceback.extract_tb(error.__traceback__)[-1]
            raise BrokenOffError(
                f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}"
            ) from None


@transaction.atomic
def _leave(batch: PaperBatch, attempt: int, *, state: str, fault: str = "") -> None:
    """Write down where the batch stands now, unless another attempt has it."""
    stored = PaperBatch.objects.select_for_update(of=("self",)).filter(pk=batch.pk, attempt=attempt).first()
    if stored is None:
        return
    if state == BatchState.CANCELLED:
        stored.papers.all().delete()
    stored.state, stored.fault, stored.stop_asked = state, fault, False
    if state == BatchState.READY:
        stored.done = stored.total = stored.papers.count()
    stored.save()


class _Maker:
    """Makes the papers one after the other; each is stored as soon as it is there, so that nothing is made twice."""

    def __init__(self, batch: PaperBatch, user: User, beat: Beat) -> None:
        self.batch, self.user, self.beat = batch, user, beat
        self.today = timezone.localdate()
        self.total = batch.papers.count()
        self.versions: dict[int, Version] = {}
        self.profile: Profile | None = None

    def make(self) -> None:
        """Make what is missing."""
        open_papers = list(
            self.batch.papers.filter(content__isnull=True, is_missing=False).order_by("assessment_id", "pk")
        )
        self.done = self.total - len(open_papers)
        self.beat.step(self.done, of=self.total, now=True)
        processes = settings.PDF_PROCESSES if len(open_papers) >= FEW else 1
        for paper, content in pdf.render_many(self._documents(open_papers), processes=processes):
            self._keep(paper, content)

    def _keep(self, paper: BatchPaper, content: bytes | None) -> None:
        """Store a paper, or that there is none; one that an erasure took along meanwhile is not there to be stored."""
        BatchPaper.objects.filter(pk=paper.pk).update(content=content, is_missing=content is None)
        self.done += 1
        self.beat.step(self.done, of=self.total)

    def _documents(self, open_papers: list[BatchPaper]) -> Iterator[tuple[BatchPaper, pdf.Document]]:
        """Yield the documents to draw; what is no PDF, and what there is not, is dealt with on the way."""
        for paper in open_papers:
            profile = self._profile_of(paper.assessment_id)
            try:
                if profile is None:
                    self._keep(paper, None)
                elif paper.kind == PaperKind.CV_DOCX:
                    self._keep(paper, papers.cv_docx(profile, self.today))
                else:
                    yield paper, self._document(paper, profile)
            except papers.NothingReleasedError:
                self._keep(paper, None)

    def _profile_of(self, assessment_pk: int) -> Profile | None:
        """Return the profile, if the client is in the hands of who asked today. The papers of one client come in a row."""
        if self.profile is not None and self.profile.assessment.pk == assessment_pk:
            return self.profile
        rows = Assessment.objects.visible_to(self.user).select_related("client", "centre", "response")
        assessment = rows.filter(pk=assessment_pk).first()
        if assessment is None:
            return None
        version = assessment.response.version_id
        if version not in self.versions:
            self.versions[version] = whole_version(version)
        self.profile = load(assessment, self.versions[version])
        return self.profile

    def _document(self, paper: BatchPaper, profile: Profile) -> pdf.Document:
        if paper.kind == PaperKind.CLIENT:
            return ClientProfile(profile, paper.language, self.today)
        if paper.kind == PaperKind.SHORT:
            return papers.short_document(profile, self.today)
        if paper.kind == PaperKind.CV_PDF:
            return papers.cv_document(profile, self.today)
        return papers.counsellor_document(profile, self.today)
