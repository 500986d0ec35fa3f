"""Frozen reports: counted once in the background, unchanged for ever, with what changed since."""

import dataclasses
import datetime as dt
import json
import tomllib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import InternalError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import iqquadrat
from counselling import services as counselling_services
from counselling.models import Client, Consultation
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat, StoppedError
from iqquadrat.reporting import report_services as services
from iqquadrat.reporting import tasks
from iqquadrat.reporting.changes import what_changed
from iqquadrat.reporting.enums import FileKind, ReportState
from iqquadrat.reporting.errors import (
    BrokenSealError,
    ReportStateError,
)
from iqquadrat.reporting.exports import as_data
from iqquadrat.reporting.freezing import opened, sealed
from iqquadrat.reporting.models import FrozenReport, Programme
from iqquadrat.reporting.queries import Report
from tests.counselling.factories import ClientFactory, ConsultationFactory, topic
from tests.reporting.frozen import (
    CODE,
    FIRST,
    INSIDE,
    LAST,
    FrozenReportFactory,
    ReportFileFactory,
    counted_now,
    order,
    work,
)
from tests.rights.agreed import erase_by_two

pytestmark = pytest.mark.django_db
# What the clock on the wall shows, in no zone yet.
WALL_FIRST, WALL_LAST = (dt.datetime.fromisoformat(day) for day in ("2007-12-30", "2008-01-02"))
AT_MIDNIGHT = [dt.datetime.fromisoformat(moment) for moment in ("2007-12-31T23:30", "2008-01-01T00:00")]


# --- Counted and frozen -----------------------------------------------------------------------------------
def test_a_report_is_counted_in_the_background_and_stands(talks: list[Consultation], reported: Programme, coordinator: User) -> None:  # fmt: skip
    report = work(order(reported, coordinator))
    assert (report.state, report.done) == (ReportState.DRAFT, report.total)
    assert report.total > 40
    assert report.sha256 == sealed(report.content)
    frozen = opened(report)
    assert as_data(frozen.report) == as_data(counted_now(report))
    assert frozen.report.value("contacts") == 3
    assert frozen.report.counted_as("contacts").target == 9
    assert frozen.software.endswith(iqquadrat.VERSION)


def test_the_version_is_the_one_of_the_project() -> None:
    told = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    assert told["project"]["version"] == iqquadrat.VERSION


def test_the_words_of_that_day_stand_in_both_languages(talks: list[Consultation], reported: Programme, coordinator: User) -> None:  # fmt: skip
    report = opened(work(order(reported, coordinator))).report
    figure = report.counted_as("persons_advised").figure
    for language, name, named in (
        ("de", "Beratene Personen", "Bewerbung"),
        ("en", "Persons advised", "Application"),
    ):
        with translation.override(language):
            assert str(figure.name) == name
            labels = [str(p.label) for c in report.chapters for t in c.tables if t.breakdown.code == "topics" for p in t.slices]  # fmt: skip
            assert labels[0].startswith(named[:6])
    with pytest.raises(LookupError):
        figure.rows(report.period)


def test_the_same_words_twice_are_one_text(talks: list[Consultation], reported: Programme, coordinator: User) -> None:  # fmt: skip
    """Freezing again while nothing changed gives the same figures to the last byte."""
    one, other = (json.loads(work(order(reported, coordinator)).content) for _each in range(2))
    assert one.pop("counted_at") != other.pop("counted_at")
    assert one == other


def test_every_part_of_a_report_is_kept(talks: list[Consultation], reported: Programme, coordinator: User) -> None:  # fmt: skip
    """The whole dataclass comes back, part by part, so that one that is added later cannot be lost silently."""
    report = work(order(reported, coordinator))
    frozen, live = opened(report).report, counted_now(report)
    with translation.override("de"):
        assert _told(frozen) == _told(live)


def _told(value: Any) -> Any:
    """A report as plain values; queries and links left out, programme by its facts."""
    if isinstance(value, Programme):
        return (value.code, value.name, value.starts_on, value.ends_on)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        live = {"rows", "columns", "link", "drill_permission", "shared", "where", "distinct", "shortcut"} | (
            {"slices"} if callable(fields.get("slices")) else set()
        )
        return {name: _told(one) for name, one in fields.items() if name not in live}
    if isinstance(value, list | tuple):
        return [_told(one) for one in value]
    return str(value)


# --- The background -----------------------------------------------------------------------------------------
def test_ordered_twice_is_counted_once(reported: Programme, coordinator: User) -> None:
    submission = uuid4()
    first = order(reported, coordinator, submission=submission)
    assert order(reported, coordinator, submission=submission) == first
    assert FrozenReport.objects.count() == 1


def test_an_older_attempt_does_nothing(reported: Programme, coordinator: User) -> None:
    report = order(reported, coordinator)
    tasks.count_frozen.func(report.pk, report.attempt - 1)
    report.refresh_from_db()
    assert report.content == ""


def test_a_count_can_be_stopped(
    reported: Programme, coordinator: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = services.stop_report(report=order(reported, coordinator), by=coordinator)
    assert waiting.state == ReportState.CANCELLED
    with pytest.raises(ReportStateError):
        services.stop_report(report=waiting, by=coordinator)
    running = order(reported, coordinator)
    FrozenReport.objects.filter(pk=running.pk).update(heard_at=timezone.now())
    assert services.stop_report(report=running, by=coordinator).stop_asked
    running.refresh_from_db()
    monkeypatch.setattr("iqquadrat.core.background.INTERVAL", 0)
    assert work(running).state == ReportState.CANCELLED


def test_what_broke_off_is_tried_again(reported: Programme, coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    report = order(reported, coordinator)
    with pytest.raises(ReportStateError):
        services.try_report_again(report=report, by=coordinator)

    def breaks(*_args: Any, **_facts: Any) -> None:
        raise ValueError("Amal Haddad")

    with monkeypatch.context() as patched:
        patched.setattr(tasks, "count_report", breaks)
        with pytest.raises(tasks.BrokenOffError) as error:
            tasks.count_frozen.func(report.pk, report.attempt)
    assert "Haddad" not in str(error.value)
    report.refresh_from_db()
    assert (report.state, report.fault) == (ReportState.COUNTING, "broken")
    assert work(services.try_report_again(report=report, by=coordinator)).state == ReportState.DRAFT


@pytest.mark.django_db(transaction=True)
def test_a_stop_is_seen_from_within_the_one_moment(reported: Programme, coordinator: User, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    """The count sees the database at one moment; that somebody asked for an end must reach it all the same."""
    monkeypatch.setattr("iqquadrat.core.background.INTERVAL", 0)
    report = order(reported, coordinator)
    report.refresh_from_db()
    seen = []

    def counted(*_args: Any, tell: Any, **_facts: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SHOW transaction_isolation")
            seen.append(cursor.fetchone()[0])
        tell()
        other = connection.copy()
        with other.cursor() as cursor:
            cursor.execute("UPDATE reporting_frozenreport SET stop_asked = true WHERE id = %s", [report.pk])
        other.close()
        tell()
        pytest.fail("it was not stopped")

    monkeypatch.setattr(tasks, "count_report", counted)
    if report.state == ReportState.COUNTING:
        with Beat(FrozenReport, report.pk, report.attempt) as beat, pytest.raises(StoppedError):
            tasks.freeze(report, beat)
    assert seen == ["repeatable read"]


# --- Unchanged for ever -------------------------------------------------------------------------------------
@pytest.mark.parametrize("field", ["content", "sha256", "software", "starts_on", "counted_at", "public_id"])
def test_the_database_refuses_to_change_what_stands(
    reported: Programme, coordinator: User, field: str
) -> None:
    report = work(order(reported, coordinator))
    values = {
        "content": "{}", "sha256": "0" * 64, "software": "x", "starts_on": dt.date(2007, 8, 1), "counted_at": timezone.now(),
        "public_id": uuid4(),
    }  # fmt: skip
    with pytest.raises(InternalError), transaction.atomic():
        FrozenReport.objects.filter(pk=report.pk).update(**{field: values[field]})
    with pytest.raises(InternalError), transaction.atomic():
        FrozenReport.objects.filter(pk=report.pk).delete()


def _past_the_trigger(report: FrozenReport, content: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE reporting_frozenreport DISABLE TRIGGER USER")
        cursor.execute("UPDATE reporting_frozenreport SET content = %s WHERE id = %s", [content, report.pk])
        cursor.execute("ALTER TABLE reporting_frozenreport ENABLE TRIGGER USER")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_other_byte_is_another_hash(data: st.DataObject) -> None:
    text = '{"counted_at":"2026-11-27T12:00:00+00:00","report":{"value":34},"schema":1,"words":"Förderer"}'
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(exclude_characters=text[place], exclude_categories=["Cs"]))
    assert sealed(text[:place] + other + text[place + 1 :]) != sealed(text)
    assert sealed(text + other) != sealed(text)


def test_a_wrong_hash_is_shown_loudly(
    office: Browser, reported: Programme, coordinator: User, second: User
) -> None:
    report = work(order(reported, coordinator))
    _past_the_trigger(report, report.content.replace('"value":0', '"value":7', 1))
    report.refresh_from_db()
    with pytest.raises(BrokenSealError):
        opened(report)
    answer = office.get(reverse("reporting:frozen_report", args=[report.public_id]))
    assert answer.status_code == 409
    assert "nicht, was eingefroren wurde" in answer.content.decode()
    assert office.get(reverse("reporting:frozen_changes", args=[report.public_id])).status_code == 409
    file = ReportFileFactory(report=report, kind=FileKind.XLSX)
    with pytest.raises(tasks.BrokenOffError):
        tasks.make_file.func(file.pk, file.attempt)


def test_it_holds_nobody_and_stays_right_when_people_are_erased(
    talks: list[Consultation], reported: Programme, coordinator: User, counsellor: User
) -> None:
    report = work(order(reported, coordinator))
    client = talks[0].client
    assert client is not None
    for word in (client.number, client.family_name, client.latin_family_name, str(client.public_id), counsellor.family_name):  # fmt: skip
        assert word not in report.content
    before = as_data(opened(report).report)
    erase_by_two(client=Client.objects.get(pk=client.pk), by=coordinator)
    report.refresh_from_db()
    assert as_data(opened(report).report) == before
    erased = [cause for part in what_changed(opened(report).report, _fewer(report), since=report.counted_at) for cause in part.causes]  # fmt: skip
    with translation.override("de"):
        assert any("gelöscht" in str(cause.action).lower() for cause in erased)


def _fewer(report: FrozenReport) -> Report:
    """The same report in other numbers, as a correction would leave it."""
    live = counted_now(report)
    chapters = [
        dataclasses.replace(
            chapter, figures=[dataclasses.replace(one, value=one.value + 1) for one in chapter.figures]
        )
        for chapter in live.chapters
    ]
    return dataclasses.replace(live, chapters=chapters)


# --- What changed since ---------------------------------------------------------------------------------------
def test_nothing_changed_says_so(talks: list[Consultation], office: Browser, reported: Programme, coordinator: User) -> None:  # fmt: skip
    report = work(order(reported, coordinator))
    page = office.get(reverse("reporting:frozen_changes", args=[report.public_id])).content.decode()
    assert "Nichts hat sich geändert" in page


def test_a_correction_is_shown_with_its_cause(
    talks: list[Consultation], office: Browser, reported: Programme, coordinator: User, counsellor: User
) -> None:
    report = work(order(reported, coordinator))
    before = report.content
    counselling_services.log_consultation(
        by=counsellor, client=talks[0].client, held_at=INSIDE, channel="phone", minutes=10, languages=["de"], main_topic=topic(),
        programme_code=CODE,
    )  # fmt: skip
    then, now = opened(report).report, counted_now(report)
    parts = what_changed(then, now, since=opened(report).counted_at)
    counselling = next(part for part in parts if part.differences and part.causes)
    figure = next(one for one in counselling.differences if str(one.name) in ("Beratungen", "Consultations"))
    assert (figure.then, figure.now, figure.by) == (3, 4, 1)
    assert [cause.count for cause in counselling.causes if "onsult" in str(cause.kind) or "eratung" in str(cause.kind)] == [1]  # fmt: skip
    page = office.get(reverse("reporting:frozen_changes", args=[report.public_id])).content.decode()
    assert "+1" in page
    report.refresh_from_db()
    assert report.content == before


def test_a_merge_leaves_what_stands_and_is_told_with_its_cause(
    talks: list[Consultation], office: Browser, reported: Programme, coordinator: User, counsellor: User
) -> None:
    """Two records turn out to be one person: the report of that day goes on saying three persons, the page says why there are two."""
    report = work(order(reported, coordinator))
    before = report.content
    kept, absorbed = (Client.objects.get(pk=talk.client_id) for talk in talks[:2])
    made = counselling_services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
    report.refresh_from_db()
    assert report.content == before
    parts = what_changed(opened(report).report, counted_now(report), since=opened(report).counted_at)
    found = {str(one.name): (one.then, one.now) for part in parts for one in part.differences}
    with translation.override("de"):
        assert found["Beratene Personen"] == (3, 2)
        assert not {"Beratungen", "Begonnene Vermittlungen"} & set(found), "records move along, none is lost"
        page = office.get(reverse("reporting:frozen_changes", args=[report.public_id])).content.decode()
        assert "zusammengeführt" in page
        part = next(
            part for part in parts if "Beratene Personen" in [str(one.name) for one in part.differences]
        )
        assert ["zusammengeführt" in str(cause.action) for cause in part.causes].count(True) == 1
    counselling_services.undo_merge(merge=made, by=counsellor)
    again = what_changed(opened(report).report, counted_now(report), since=opened(report).counted_at)
    assert not [one for part in again for one in part.differences], "taken apart again, it is as it was"


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moments=st.lists(st.datetimes(WALL_FIRST, WALL_LAST), min_size=1, max_size=5))
def test_years_end_in_the_time_zone_of_the_house(reported: Programme, counsellor: User, coordinator: User, moments: list[dt.datetime]) -> None:  # fmt: skip
    """31 December 23:30 in Leipzig is the old year, whatever the clocks of Greenwich say; frozen and counted again are equal."""
    with transaction.atomic():
        client = ClientFactory(counsellor=counsellor)
        for moment in (*moments, *AT_MIDNIGHT):
            ConsultationFactory(client=client, held_at=timezone.make_aware(moment), programme_code=CODE)
        old, new = (
            FrozenReportFactory(
                centre=reported.centres.get(), programme=reported, starts_on=first, ends_on=last
            )
            for first, last in ((FIRST, LAST), (dt.date(2008, 1, 1), dt.date(2008, 6, 30)))
        )
        values = [opened(one).report.value("contacts") for one in (old, new)]
        late = sum(moment.year == 2007 for moment in moments)
        assert values == [late + 1, len(moments) - late + 1]
        assert opened(old).report.months[-1].contacts == late + 1
        for one in (old, new):
            assert as_data(opened(one).report) == as_data(counted_now(one))
        transaction.set_rollback(True)
