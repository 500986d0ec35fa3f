"""Papers of several clients: made in the background, fetched once by whoever ordered them, recorded, gone after a day."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from docx import Document
from pypdf import PdfReader

from competence import tasks
from competence.enums import BatchState, PaperKind
from competence.models import Assessment, BatchPaper, PaperBatch
from competence.profile import load
from competence.released import items_of
from competence.services import batches, releases
from counselling.models import Client
from iqquadrat import pdf
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.middleware import CONFIRMED_AT
from iqquadrat.accounts.models import User
from iqquadrat.core.background import StoppedError
from iqquadrat.core.retention import Scope, clocks
from iqquadrat.pdf.many import render_many
from iqquadrat.rights.services.erasing import erase_client
from tests.competence.factories import AssessmentFactory
from tests.competence.profiles import full_assessment, persian_client
from tests.fixtures.people import UserFactory

# The worker says how far it is over a connection of its own.
pytestmark = pytest.mark.django_db

ALL = list(PaperKind.values)


def _order(
    by: User, assessments: Sequence[Assessment], kinds: Sequence[str] = ("cv_pdf",), language: str = ""
) -> PaperBatch:
    return batches.order_papers(assessments=assessments, kinds=kinds, language=language, by=by)


def _work(batch: PaperBatch) -> PaperBatch:
    tasks.make_papers.func(batch.pk, batch.attempt)
    batch.refresh_from_db()
    return batch


def _files(packed: bytes) -> dict[str, bytes]:
    opened = zipfile.ZipFile(io.BytesIO(packed))
    return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture
def two(counsellor: User) -> list[Assessment]:
    first = full_assessment(persian_client(counsellor=counsellor, number="K-2026-0001"))
    second = AssessmentFactory(
        finished=True,
        client__counsellor=counsellor,
        client__number="K-2026-0002",
        client__reading_language="ru",
    )
    return [first, second]


def test_one_file_with_all_papers_by_number(counsellor: User, two: list[Assessment]) -> None:
    items = items_of(load(two[0]), "de")
    releases.release_items(assessment=two[0], items=items, explained_in="fa", seen=0, by=counsellor)
    batch = _work(_order(counsellor, two, ALL))
    assert (batch.state, batch.done, batch.total) == (BatchState.READY, 10, 10)
    files = _files(batches.fetch_papers(batch=batch, by=counsellor))
    assert set(files) == {
        "K-2026-0001-kompetenzprofil-de-fa.pdf", "K-2026-0001-kurzprofil.pdf", "K-2026-0001-lebenslauf.pdf", "K-2026-0001-lebenslauf.docx",
        "nur-fuer-die-beratung/K-2026-0001-kompetenzprofil-beratung.pdf",
        # Nothing is released of the second person: there is no short profile.
        "K-2026-0002-kompetenzprofil-de-ru.pdf", "K-2026-0002-lebenslauf.pdf", "K-2026-0002-lebenslauf.docx",
        "nur-fuer-die-beratung/K-2026-0002-kompetenzprofil-beratung.pdf",
    }  # fmt: skip
    assert not [name for name in files if "Karimi" in name or "Reza" in name]
    assert "Reza Karimi" in PdfReader(io.BytesIO(files["K-2026-0001-lebenslauf.pdf"])).pages[0].extract_text()
    assert Document(io.BytesIO(files["K-2026-0001-lebenslauf.docx"])).tables


def test_every_paper_is_recorded_as_handed_out(counsellor: User, two: list[Assessment]) -> None:
    batch = _work(_order(counsellor, two, ["client", "cv_pdf"]))
    assert not Entry.objects.filter(action="export").exists()  # made is not handed out
    batches.fetch_papers(batch=batch, by=counsellor)
    found = Entry.objects.filter(action="export", object_type="competence.assessment").values_list(
        "object_id", "detail__paper"
    )
    assert sorted(found) == sorted((str(one.pk), kind) for one in two for kind in ("client", "cv_pdf"))


def test_it_is_fetched_once(counsellor: User, two: list[Assessment]) -> None:
    batch = _work(_order(counsellor, two))
    batches.fetch_papers(batch=batch, by=counsellor)
    assert not BatchPaper.objects.exists()
    with pytest.raises(batches.BatchStateError):
        batches.fetch_papers(batch=batch, by=counsellor)


def test_who_lost_the_client_gets_no_paper(counsellor: User, two: list[Assessment]) -> None:
    """Asked when ordered, when made, and when fetched."""
    other = UserFactory(centre=counsellor.centre, roles=["counsellor"])
    batch = _work(_order(counsellor, two))
    Client.objects.filter(pk=two[0].client_id).update(counsellor=other)
    assert list(_files(batches.fetch_papers(batch=batch, by=counsellor))) == ["K-2026-0002-lebenslauf.pdf"]
    late = _work(_order(counsellor, two))
    assert late.papers.get(assessment=two[0]).is_missing
    Client.objects.update(counsellor=other)
    with pytest.raises(batches.NothingLeftError):
        batches.fetch_papers(batch=late, by=counsellor)


def test_another_ones_batch_is_not_there(counsellor: User, two: list[Assessment], as_user: Any) -> None:
    batch = _work(_order(counsellor, two))
    colleague = UserFactory(centre=counsellor.centre, roles=["counsellor"])
    with pytest.raises(PaperBatch.DoesNotExist):
        batches.fetch_papers(batch=batch, by=colleague)
    for name in ("batch_detail", "batch_progress"):
        assert (
            as_user(colleague).get(reverse(f"competence:{name}", args=[batch.public_id])).status_code == 404
        )
    assert (
        as_user(colleague).post(reverse("competence:batch_fetch", args=[batch.public_id])).status_code == 404
    )


def test_the_nightly_run_deletes_it_after_a_day(counsellor: User, two: list[Assessment]) -> None:
    batch = _work(_order(counsellor, two))
    clock = next(one for one in clocks() if one.key == "paper_batches")
    scope = Scope(centre_id=counsellor.centre_id, before=timezone.now())
    assert (clock.due(scope), clock.clear(scope)) == (0, 0)
    with time_machine.travel(timezone.now() + dt.timedelta(days=1, minutes=1)):
        with pytest.raises(batches.BatchStateError):  # before the run has come by, too
            batches.fetch_papers(batch=batch, by=counsellor)
        assert (clock.due(scope), clock.clear(scope)) == (1, 1)
    assert not PaperBatch.objects.exists()
    assert not BatchPaper.objects.exists()


def test_erasing_a_client_takes_the_waiting_papers_along(counsellor: User, two: list[Assessment]) -> None:
    batch = _work(_order(counsellor, two))
    erase_client(client=two[0].client, by=None)
    assert [paper.assessment_id for paper in batch.papers.all()] == [two[1].pk]
    assert list(_files(batches.fetch_papers(batch=batch, by=counsellor))) == ["K-2026-0002-lebenslauf.pdf"]


def test_ordering_twice_is_one_batch(counsellor: User, two: list[Assessment]) -> None:
    submission = uuid4()
    made = [
        batches.order_papers(
            assessments=two, kinds=["cv_pdf"], language="", by=counsellor, submission=submission
        )
        for _press in range(2)
    ]
    assert made[0] == made[1]
    assert BatchPaper.objects.count() == 2


def test_cancelled_while_it_waits_and_while_it_works(
    counsellor: User, two: list[Assessment], monkeypatch: Any
) -> None:
    waiting = _order(counsellor, two)
    assert batches.stop_papers(batch=waiting, by=counsellor).state == BatchState.CANCELLED
    assert _work(waiting).state == BatchState.CANCELLED  # the worker comes too late

    working = _order(counsellor, two)
    seen = []

    def step(beat: Any, done: int, *, of: int, now: bool = False) -> None:
        seen.append(done)
        if done == 1:
            raise StoppedError

    monkeypatch.setattr(tasks.Beat, "step", step)
    assert _work(working).state == BatchState.CANCELLED
    assert seen == [0, 1]
    assert not working.papers.exists()
    with pytest.raises(batches.BatchStateError):
        batches.fetch_papers(batch=working, by=counsellor)


def test_what_broke_off_goes_on_where_it_stopped(
    counsellor: User, two: list[Assessment], monkeypatch: Any
) -> None:
    batch = _order(counsellor, two)
    whole, made = tasks._Maker._document, []

    def breaks(maker: Any, paper: BatchPaper, profile: Any) -> Any:
        made.append(paper.pk)
        if len(made) == 2:
            raise ZeroDivisionError("Reza Karimi")
        return whole(maker, paper, profile)

    monkeypatch.setattr(tasks._Maker, "_document", breaks)
    with pytest.raises(tasks.BrokenOffError) as told:
        _work(batch)
    assert "Karimi" not in str(told.value)
    batch.refresh_from_db()
    assert (batch.state, batch.fault) == (BatchState.WORKING, "broken")
    assert batch.papers.filter(content__isnull=False).count() == 1
    again = batches.try_papers_again(batch=batch, by=counsellor)
    assert _work(again).state == BatchState.READY
    assert len(made) == 3  # the first one was not made again
    with pytest.raises(batches.BatchStateError):
        batches.try_papers_again(batch=batch, by=counsellor)


def test_an_overtaken_worker_changes_nothing(counsellor: User, two: list[Assessment]) -> None:
    batch = _order(counsellor, two)
    tasks.make_papers.func(batch.pk, batch.attempt + 1)
    assert not batch.papers.filter(content__isnull=False).exists()


@pytest.mark.slow
def test_several_processes_draw_the_same_in_order(counsellor: User, two: list[Assessment]) -> None:
    today = dt.date(2026, 11, 24)
    wanted = [(number, tasks.papers.cv_document(load(two[number % 2]), today)) for number in range(7)]
    alone = [(number, pdf.render(document)) for number, document in wanted]
    together = list(render_many(iter(wanted), processes=2))
    assert [number for number, _written in together] == list(range(7))
    pages = [
        [PdfReader(io.BytesIO(written)).pages[0].extract_text() for _n, written in found]
        for found in (alone, together)
    ]
    assert pages[0] == pages[1]


# --- The pages ---------------------------------------------------------------------------------------------------------


def test_from_the_list_to_the_file(counsellor: User, two: list[Assessment], as_user: Any) -> None:
    browser, address = as_user(counsellor), reverse("competence:batch_create")
    page = browser.get(address).content.decode()
    assert page.count('name="chosen"') == 2
    assert 'data-ticks="chosen"' in page
    facts = {
        "chosen": [str(one.public_id) for one in two],
        "kinds": ["client", "cv_docx"],
        "language": "",
        "submission": str(uuid4()),
    }
    answer = browser.post(address, facts)
    batch = PaperBatch.objects.get()
    assert answer["Location"] == reverse("competence:batch_detail", args=[batch.public_id])
    waiting = browser.get(answer["Location"]).content.decode()
    assert 'id="progress"' in waiting
    assert "wartet" in waiting
    _work(batch)
    assert browser.get(reverse("competence:batch_progress", args=[batch.public_id]))["HX-Refresh"] == "true"
    assert "4 Papiere sind fertig" in browser.get(answer["Location"]).content.decode()
    fetched = browser.post(reverse("competence:batch_fetch", args=[batch.public_id]))
    assert fetched["Content-Type"] == "application/zip"
    assert fetched["Cache-Control"] == "no-store, private"
    assert len(_files(fetched.content)) == 4
    again = browser.post(reverse("competence:batch_fetch", args=[batch.public_id]))
    assert again.status_code == 302
    assert "gelöscht" in browser.get(answer["Location"]).content.decode()


def test_only_the_newest_finished_one_of_each_own_client(
    counsellor: User, two: list[Assessment], as_user: Any
) -> None:
    newer = full_assessment(two[0].client, finished_at=timezone.now())
    AssessmentFactory(client__counsellor=counsellor)  # not finished
    foreign = AssessmentFactory(finished=True)
    page = as_user(counsellor).get(reverse("competence:batch_create")).content.decode()
    assert str(newer.public_id) in page
    assert page.count('name="chosen"') == 2
    for wrong in (foreign, two[0]):
        facts = {"chosen": [str(wrong.public_id)], "kinds": ["cv_pdf"], "submission": str(uuid4())}
        assert as_user(counsellor).post(reverse("competence:batch_create"), facts).status_code == 422
    assert not PaperBatch.objects.exists()


def test_filters_and_what_was_ticked_stays(counsellor: User, two: list[Assessment], as_user: Any) -> None:
    browser, address = as_user(counsellor), reverse("competence:batch_create")
    assert browser.get(address, {"q": "karimi"}).content.decode().count('name="chosen"') == 1
    assert browser.get(address, {"discussed": "yes"}).content.decode().count('name="chosen"') == 0
    assert (
        browser.get(address, {"language": "fa", "discussed": "no"}).content.decode().count('name="chosen"')
        == 1
    )
    answer = browser.post(address, {"chosen": [str(two[0].public_id)], "submission": str(uuid4())})
    assert answer.status_code == 422
    assert answer.content.decode().count("checked") == 1


def test_the_password_is_asked_again_before_the_file(
    counsellor: User, two: list[Assessment], as_user: Any
) -> None:
    batch = _work(_order(counsellor, two))
    browser = as_user(counsellor)
    session = browser.session
    session[CONFIRMED_AT] = 0
    session.save()
    answer = browser.post(reverse("competence:batch_fetch", args=[batch.public_id]))
    assert answer.status_code == 302
    assert reverse("accounts:confirm") in answer["Location"]
    assert str(batch.public_id) in answer["Location"]
    assert BatchPaper.objects.exists()
