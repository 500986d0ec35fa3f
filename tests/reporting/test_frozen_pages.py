"""Frozen reports: looked at by four eyes, made into files, handed in."""

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from pypdf import PdfReader

from counselling.models import Consultation
from iqquadrat.accounts.models import User
from iqquadrat.core.retention import Scope, clocks
from iqquadrat.reporting import report_services as services
from iqquadrat.reporting import tasks
from iqquadrat.reporting.enums import FileKind, FileState, ReportState
from iqquadrat.reporting.errors import (
    MayNotReportError,
    OwnReportError,
    ReportStateError,
)
from iqquadrat.reporting.freezing import opened
from iqquadrat.reporting.models import FrozenReport, Programme, ReportFile
from tests.counselling.factories import ConsultationFactory
from tests.fixtures.people import UserFactory
from tests.reporting.frozen import CODE, INSIDE, LAST, FrozenReportFactory, order, work

pytestmark = pytest.mark.django_db


# --- Four eyes ----------------------------------------------------------------------------------------------
def test_nobody_approves_their_own_report(reported: Programme, coordinator: User, second: User) -> None:
    report = work(order(reported, coordinator))
    with pytest.raises(OwnReportError):
        services.approve_report(report=report, by=coordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        FrozenReport.objects.filter(pk=report.pk).update(
            state="approved", approved_at=timezone.now(), approved_by=coordinator
        )
    approved = services.approve_report(report=report, by=second)
    assert (approved.state, approved.approved_by) == (ReportState.APPROVED, second)
    with pytest.raises(ReportStateError):
        services.send_report_back(report=approved, reason="zu spät gesehen", by=second)


def test_sent_back_counted_anew_handed_in(reported: Programme, coordinator: User, second: User) -> None:
    report = work(order(reported, coordinator))
    back = services.send_report_back(report=report, reason="Im August fehlen zwei Tage", by=second)
    assert back.state == ReportState.SENT_BACK
    with pytest.raises(ReportStateError):
        services.approve_report(report=report, by=second)
    anew = work(order(reported, coordinator, replaces=back))
    assert anew.replaces == back
    with pytest.raises(ReportStateError):
        services.hand_report_in(report=anew, on=LAST, to="Stadt Leipzig", by=second)
    services.approve_report(report=anew, by=second)
    done = services.hand_report_in(report=anew, on=dt.date(2008, 2, 1), to="Stadt Leipzig", by=coordinator)
    assert (done.state, done.handed_in_to) == (ReportState.HANDED_IN, "Stadt Leipzig")
    opened(done)


def test_another_centre_and_other_roles_may_not(
    reported: Programme, coordinator: User, counsellor: User
) -> None:
    stranger = UserFactory(roles=["coordinator"])
    report = work(order(reported, coordinator))
    for attempt in (
        lambda: order(reported, counsellor),
        lambda: order(reported, stranger),
        lambda: services.approve_report(report=report, by=stranger),
        lambda: services.approve_report(report=report, by=counsellor),
        lambda: services.order_file(report=report, kind=FileKind.XLSX, by=stranger),
        lambda: order(reported, coordinator, replaces=FrozenReportFactory()),
    ):
        with pytest.raises(MayNotReportError):
            attempt()


# --- Files ----------------------------------------------------------------------------------------------------
def make(file: ReportFile) -> bytes:
    tasks.make_file.func(file.pk, file.attempt)
    file.refresh_from_db()
    assert file.state == FileState.READY
    return bytes(file.content or b"")


def test_paper_and_workbook_come_from_the_frozen_figures(
    talks: list[Consultation], office: Browser, reported: Programme, coordinator: User, counsellor: User
) -> None:
    report = work(order(reported, coordinator))
    ConsultationFactory(client=talks[0].client, held_at=INSIDE, programme_code=CODE)  # came later
    sheet = load_workbook(
        io.BytesIO(make(services.order_file(report=report, kind=FileKind.XLSX, by=coordinator)))
    )
    title, overview = ({row[0].value: row[1].value for row in sheet.worksheets[place].iter_rows(max_col=2)} for place in (0, 1))  # fmt: skip
    assert overview["Beratungen"] == 3
    assert report.sha256 in title["Eingefrorene Zahlen"]
    for kind, words in ((FileKind.PDF_DE, ("Sachbericht an den", "Eingefrorene Zahlen")), (FileKind.PDF_EN, ("Report to the funder", "Frozen figures"))):  # fmt: skip
        content = make(services.order_file(report=report, kind=kind, by=coordinator))
        pages = [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]
        assert words[0] in pages[0]
        assert words[1] in pages[0]
        assert all(report.sha256[:16] in page.replace("\n", "") for page in pages)


def test_from_the_button_to_the_file(office: Browser, reported: Programme, coordinator: User) -> None:
    report = work(order(reported, coordinator))
    sent = {"kind": "xlsx", "submission": str(uuid4())}
    for _press in range(2):
        ordered = office.post(reverse("reporting:report_file_order", args=[report.public_id]), sent)
    file = ReportFile.objects.get()
    page = reverse("reporting:report_file", args=[file.public_id])
    assert ordered["Location"] == page
    fetch = reverse("reporting:report_file_fetch", args=[file.public_id])
    assert office.get(fetch)["Location"] == page
    progress = reverse("reporting:report_file_progress", args=[file.public_id])
    assert "HX-Refresh" not in office.get(progress)
    make(file)
    assert office.get(progress)["HX-Refresh"] == "true"
    assert "fertig" in office.get(page).content.decode()
    answer = office.get(fetch)
    assert answer.content.startswith(b"PK")
    assert "no-store" in answer["Cache-Control"]
    assert (
        office.post(
            reverse("reporting:report_file_order", args=[report.public_id]), {"kind": "x"}
        ).status_code
        == 400
    )


def test_after_two_days_files_are_gone_and_the_report_stays(reported: Programme, coordinator: User) -> None:
    report = work(order(reported, coordinator))
    services.order_file(report=report, kind=FileKind.XLSX, by=coordinator)
    clock = next(clock for clock in clocks() if clock.key == "report_files")
    with time_machine.travel(timezone.now() + dt.timedelta(days=2, hours=1)):
        scope = Scope(coordinator.centre_id, timezone.now(), frozenset())
        assert (clock.due(scope), clock.clear(scope)) == (1, 1)
    assert FrozenReport.objects.count() == 1


# --- Pages ------------------------------------------------------------------------------------------------------
def test_from_the_form_to_the_frozen_page(
    talks: list[Consultation], office: Browser, reported: Programme
) -> None:
    address = reverse("reporting:frozen_order")
    assert CODE in office.get(address, {"programme": CODE}).content.decode()
    typed = {
        "submission": str(uuid4()),
        "programme": CODE,
        "starts_on": "2007-07-01",
        "ends_on": "2007-12-31",
    }
    for bad in (
        {"ends_on": "2007-06-01"},
        {"ends_on": "2031-01-01"},
        {"starts_on": "gestern"},
        {"replaces": str(uuid4())},
    ):
        assert office.post(address, typed | bad).status_code == 422
    answer = office.post(address, typed)
    report = FrozenReport.objects.get()
    page = reverse("reporting:frozen_report", args=[report.public_id])
    assert answer["Location"] == page
    assert "werden gezählt" in office.get(page).content.decode()
    work(report)
    shown = office.get(page)
    assert shown.context["report"].value("contacts") == 3
    assert report.sha256 in shown.content.decode()
    assert "zweite Person" in shown.content.decode()
    assert page in office.get(reverse("reporting:frozen_list")).content.decode()


def test_counted_anew_it_replaces_the_old_one_however_many_there_are(
    office: Browser, reported: Programme, coordinator: User, centre: Any
) -> None:
    oldest = FrozenReportFactory(centre=centre, programme=reported, made_by=coordinator)
    for _each in range(13):
        FrozenReportFactory(centre=centre, programme=reported, made_by=coordinator)
    address = reverse("reporting:frozen_order")
    page = office.get(address, {"replaces": str(oldest.public_id)})
    assert page.context["form"]["replaces"].value() == oldest.public_id
    assert str(oldest.public_id) in page.content.decode()
    assert office.get(address, {"replaces": "nonsense"}).status_code == 200
    typed = {"submission": str(uuid4()), "programme": CODE, "starts_on": "2007-07-01", "ends_on": "2007-12-31", "replaces": str(oldest.public_id)}  # fmt: skip
    assert office.post(address, typed).status_code == 302
    assert FrozenReport.objects.get(state=ReportState.COUNTING).replaces == oldest
    shown = office.get(reverse("reporting:frozen_report", args=[oldest.public_id])).content.decode()
    assert "neuere Fassung" in shown


def test_the_second_person_decides_on_pages(
    as_user: Any, reported: Programme, coordinator: User, second: User
) -> None:
    report = work(order(reported, coordinator))
    own, other = as_user(coordinator), as_user(second)
    approve = reverse("reporting:frozen_approve", args=[report.public_id])
    own.post(approve)
    report.refresh_from_db()
    assert report.state == ReportState.DRAFT
    back = reverse("reporting:frozen_send_back", args=[report.public_id])
    short = other.post(back, {"reason": "kurz"})
    assert short.status_code == 422
    assert "kurz" in short.content.decode()
    assert other.post(approve).status_code == 302
    hand_in = reverse("reporting:frozen_hand_in", args=[report.public_id])
    assert other.post(hand_in, {"on": "2031-01-01", "to": "Stadt Leipzig"}).status_code == 422
    assert other.post(hand_in, {"on": "2008-02-01", "to": "Stadt Leipzig"}).status_code == 302
    report.refresh_from_db()
    assert report.state == ReportState.HANDED_IN
    assert other.get(back).status_code == 302
