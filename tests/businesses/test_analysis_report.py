"""The analysis report: made in the background with progress, stopped, tried again, handed out; tested as rendered."""

import datetime as dt
import io
import logging
from typing import Any
from uuid import uuid4

import pypdf
import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from businesses import tasks
from businesses.enums import ReportState
from businesses.errors import ReportStateError
from businesses.models import AnalysisReport, Business, Wave
from businesses.services import order_report, stop_report, try_report_again
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.middleware import CONFIRMED_AT
from iqquadrat.accounts.models import User
from iqquadrat.core.background import StoppedError
from iqquadrat.core.retention import Scope, clocks
from iqquadrat.questionnaires.models import Version
from tests.businesses.bulk_waves import register, usual, wave_of


@pytest.fixture
def wave(survey: Version, coordinator: User) -> Wave:
    shops: list[Business] = register(coordinator.centre, 60)
    wave_of(shops, survey, usual, months_ago=24, name="Herbst 2024")
    return wave_of(shops, survey, lambda n: usual(n + 1) if n % 5 else None, name="Herbst 2026")


def work(report: AnalysisReport) -> AnalysisReport:
    tasks.make_report.func(report.pk, report.attempt)
    report.refresh_from_db()
    return report


def test_the_report_as_rendered(wave: Wave, coordinator: User, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        report = work(order_report(wave=wave, by=coordinator))
    assert caplog.records == []
    assert report.state == ReportState.READY
    read = pypdf.PdfReader(io.BytesIO(bytes(report.content or b"")))
    assert 8 <= len(read.pages) <= 24
    words = "\n".join(page.extract_text() for page in read.pages)
    for needed in (
        "Auswertung: Herbst 2026",
        "Herbst 2024",
        "Ausschöpfung",
        "Ausbildungsleiter",
        "Bedarfsprofil",
        "Methode",
        "McNemar",
        "Wilson",
        "0,25",
    ):
        assert needed in words, needed
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert read.trailer["/Root"]["/Lang"] == "de"
    titles = [entry.title for entry in _flat(read.outline)]
    assert {"1 Ausschöpfung und Grenzen", "8 Wellen im Vergleich", "9 Methode", "Inhalt"} <= set(titles)
    assert "Laden 1" not in words


def _flat(outline: Any) -> list[Any]:
    return [one for part in outline for one in (_flat(part) if isinstance(part, list) else [part])]


def test_ordered_twice_is_made_once(wave: Wave, coordinator: User) -> None:
    submission = uuid4()
    first = order_report(wave=wave, by=coordinator, submission=submission)
    assert order_report(wave=wave, by=coordinator, submission=submission) == first
    assert AnalysisReport.objects.count() == 1


def test_an_older_attempt_does_nothing(wave: Wave, coordinator: User) -> None:
    report = order_report(wave=wave, by=coordinator)
    tasks.make_report.func(report.pk, report.attempt - 1)
    report.refresh_from_db()
    assert report.content is None


def test_it_can_be_stopped_before_and_while_it_is_made(wave: Wave, coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    waiting = stop_report(report=order_report(wave=wave, by=coordinator), by=coordinator)
    assert waiting.state == ReportState.CANCELLED
    with pytest.raises(ReportStateError):
        stop_report(report=waiting, by=coordinator)
    running = order_report(wave=wave, by=coordinator)
    AnalysisReport.objects.filter(pk=running.pk).update(heard_at=timezone.now())
    assert stop_report(report=running, by=coordinator).stop_asked

    def stopped(*_args: Any) -> bytes:
        raise StoppedError

    monkeypatch.setattr(tasks, "_made", stopped)
    assert work(running).state == ReportState.CANCELLED


def test_what_broke_off_says_so_and_is_tried_again(wave: Wave, coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    report = order_report(wave=wave, by=coordinator)
    with pytest.raises(ReportStateError):
        try_report_again(report=report, by=coordinator)

    def broken(*_args: Any) -> bytes:
        raise ValueError("Imbiss Hoa Sen")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "_made", broken)
        with pytest.raises(tasks.BrokenOffError) as error:
            tasks.make_report.func(report.pk, report.attempt)
    assert "Hoa Sen" not in str(error.value)
    report.refresh_from_db()
    assert (report.state, report.fault) == (ReportState.WORKING, "broken")
    again = try_report_again(report=report, by=coordinator)
    assert work(again).state == ReportState.READY


def test_a_week_later_it_is_gone(wave: Wave, coordinator: User) -> None:
    order_report(wave=wave, by=coordinator)
    clock = next(clock for clock in clocks() if clock.key == "analysis_reports")
    scope = Scope(wave.centre_id, timezone.now(), frozenset())
    assert clock.due(scope) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(days=8)):
        assert clock.due(scope) == 1
        assert clock.clear(scope) == 1
    assert AnalysisReport.objects.count() == 0


@pytest.fixture
def office(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    session[CONFIRMED_AT] = timezone.now().timestamp()
    session.save()
    return client


def test_from_the_button_to_the_file(office: Client, wave: Wave) -> None:
    ordered = office.post(
        reverse("businesses:analysis_report_order", args=[wave.public_id]), {"submission": str(uuid4())}
    )
    report = AnalysisReport.objects.get()
    page = reverse("businesses:analysis_report", args=[report.public_id])
    assert ordered["Location"] == page
    assert "wird erstellt" in office.get(page).content.decode()
    file = reverse("businesses:analysis_report_file", args=[report.public_id])
    assert office.get(file)["Location"] == page
    progress = office.get(reverse("businesses:analysis_report_progress", args=[report.public_id]))
    assert "HX-Refresh" not in progress
    work(report)
    progress = office.get(reverse("businesses:analysis_report_progress", args=[report.public_id]))
    assert progress["HX-Refresh"] == "true"
    assert "fertig" in office.get(page).content.decode()
    answer = office.get(file)
    assert answer.content.startswith(b"%PDF-")
    assert "no-store" in answer["Cache-Control"]
    assert Entry.objects.filter(detail__report=report.pk).exists()
    assert (
        "Bericht vom"
        in office.get(reverse("businesses:survey_analysis", args=[wave.public_id])).content.decode()
    )
