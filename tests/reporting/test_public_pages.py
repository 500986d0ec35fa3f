"""The public version on its way out: approved, looked at, given to everybody, taken back, never forgotten."""

import csv
import datetime as dt
import io
import json
from typing import Any

import pytest
from django.db import InternalError, transaction
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from counselling.enums import Channel
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.small_counts import is_small
from iqquadrat.reporting import report_services, tasks
from iqquadrat.reporting.catalogue import breakdowns, figures
from iqquadrat.reporting.enums import FileKind, ReportState
from iqquadrat.reporting.errors import (
    AlreadyPublicError,
    BrokenSealError,
    CrossingPeriodError,
    MayNotReportError,
    ReportStateError,
)
from iqquadrat.reporting.freezing import opened
from iqquadrat.reporting.models import FrozenReport, Programme, PublishedReport
from iqquadrat.reporting.publishing import links
from iqquadrat.reporting.publishing.cells import Release, System, numbers_of
from iqquadrat.reporting.publishing.content import lines, opened_public, public_text, shown_in
from iqquadrat.reporting.publishing.services import publish_report, withdraw_report
from tests.counselling.factories import ClientFactory, ConsultationFactory, topic
from tests.fixtures.people import UserFactory
from tests.reporting.factories import ProgrammeFactory
from tests.reporting.frozen import FrozenReportFactory

pytestmark = pytest.mark.django_db
CODE = "iq-quadrat"
JULY, AUTUMN = dt.datetime(2007, 7, 10, 9, tzinfo=dt.UTC), dt.datetime(2007, 11, 10, 9, tzinfo=dt.UTC)


@pytest.fixture
def programme(centre: Centre) -> Programme:
    made: Programme = ProgrammeFactory(code=CODE, centres=[centre])
    return made


@pytest.fixture
def second(centre: Centre) -> User:
    made: User = UserFactory(centre=centre, roles=["coordinator"])
    return made


@pytest.fixture
def talks(programme: Programme, counsellor: User) -> None:
    """Thirty talks of July and two of November; some kinds are rare."""
    for number in range(32):
        ConsultationFactory(
            client=ClientFactory(counsellor=counsellor), held_at=JULY if number < 30 else AUTUMN, programme_code=CODE,
            languages=["ar"] if number % 10 else ["vi"], channel=Channel.values[0 if number % 16 else 1],
        )  # fmt: skip


def approved(programme: Programme, second: User, last: dt.date = dt.date(2007, 9, 30), first: dt.date = dt.date(2007, 7, 1)) -> FrozenReport:  # fmt: skip
    report: FrozenReport = FrozenReportFactory(
        centre=second.centre, programme=programme, starts_on=first, ends_on=last, state=ReportState.APPROVED, approved_by=second,
        approved_at=JULY,
    )  # fmt: skip
    return report


@pytest.mark.usefixtures("talks")
def test_small_numbers_are_hidden_and_large_ones_shown(programme: Programme, second: User) -> None:
    report = approved(programme, second)
    public = publish_report(report=report, by=second)
    numbers, shown = numbers_of(opened(report).report), shown_in(public.content)
    assert ("figure", "contacts") in shown
    assert numbers["figure", "contacts"] == 30
    assert not [what for what in shown if is_small(numbers[what])]
    assert ("row", "channels", Channel.values[1]) not in shown
    assert ("row", "channels", Channel.values[0]) not in shown  # 30 less this would tell


@pytest.mark.usefixtures("talks")
def test_the_next_report_goes_by_the_first_even_when_it_is_withdrawn(
    programme: Programme, second: User
) -> None:
    first = publish_report(report=approved(programme, second), by=second)
    withdraw_report(publication=first, by=second)
    year = publish_report(report=approved(programme, second, dt.date(2007, 12, 31)), by=second)
    # Two came in November: the whole less the summer would tell.
    assert ("figure", "contacts") in shown_in(first.content)
    assert ("figure", "contacts") not in shown_in(year.content)
    assert ("month", "contacts", "2007-07-01") in shown_in(year.content)


def test_periods_that_cross_are_refused(programme: Programme, second: User, as_user: Any) -> None:
    publish_report(report=approved(programme, second), by=second)
    crossing = approved(programme, second, dt.date(2007, 12, 31), dt.date(2007, 8, 1))
    with pytest.raises(CrossingPeriodError):
        publish_report(report=crossing, by=second)
    page = as_user(second).get(reverse("reporting:frozen_publish", args=[crossing.public_id]))
    assert page.status_code == 422
    assert "überschneidet" in page.content.decode()


def test_only_what_is_approved_and_only_once(programme: Programme, second: User, counsellor: User) -> None:
    draft = FrozenReportFactory(centre=second.centre, programme=programme)
    with pytest.raises(ReportStateError):
        publish_report(report=draft, by=second)
    report = approved(programme, second)
    for stranger in (counsellor, UserFactory(roles=["coordinator"])):
        with pytest.raises(MayNotReportError):
            publish_report(report=report, by=stranger)
    made = publish_report(report=report, by=second)
    with pytest.raises(AlreadyPublicError):
        publish_report(report=report, by=second)
    with pytest.raises(MayNotReportError):
        withdraw_report(publication=made, by=counsellor)


def test_what_was_public_once_stays_in_the_database(programme: Programme, second: User) -> None:
    made = publish_report(report=approved(programme, second), by=second)
    for change in ({"content": "{}"}, {"sha256": "0" * 64}, {"published_by": None}):
        with pytest.raises(InternalError), transaction.atomic():
            PublishedReport.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(InternalError), transaction.atomic():
        made.delete()
    withdraw_report(publication=made, by=second)
    with pytest.raises(InternalError), transaction.atomic():
        PublishedReport.objects.filter(pk=made.pk).update(withdrawn_at=None, withdrawn_by=None)
    made.content = "{}"
    with pytest.raises(BrokenSealError):
        opened_public(made)


@pytest.mark.usefixtures("talks")
def test_nothing_of_the_hidden_numbers_goes_out(programme: Programme, second: User) -> None:
    """No hash of the report behind it: few numbers could be tried out until it fits."""
    report = approved(programme, second)
    made = publish_report(report=report, by=second)
    for secret in (report.sha256, str(report.public_id), "corrections"):
        assert secret not in made.content


@pytest.mark.usefixtures("talks")
def test_everybody_reads_page_table_and_data(programme: Programme, second: User, as_user: Any) -> None:
    report = approved(programme, second)
    preview = as_user(second).get(reverse("reporting:frozen_publish", args=[report.public_id]))
    assert "Noch ist nichts öffentlich" in preview.content.decode()
    as_user(second).post(reverse("reporting:frozen_publish", args=[report.public_id]))
    made = PublishedReport.objects.get()
    nobody, known = Browser(), [made.public_id]
    page = nobody.get(reverse("reporting:public_report", args=known)).content.decode()
    assert "Öffentlicher Bericht" in page
    assert "verdeckt" in page
    table = nobody.get(reverse("reporting:public_csv", args=known)).content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table), delimiter=";"))
    assert ["Beratung", "Beratungen", "", "30"] in rows
    data = nobody.get(reverse("reporting:public_json", args=known)).json()
    told = {one["code"]: one["value"] for chapter in data["chapters"] for one in chapter["figures"]}
    assert told["contacts"] == 30
    assert len(rows) - 1 == sum(1 for _line in lines(opened_public(made)))
    as_user(second).post(reverse("reporting:frozen_withdraw", args=[report.public_id]))
    for name in ("public_report", "public_csv", "public_json"):
        assert nobody.get(reverse(f"reporting:{name}", args=known)).status_code == 404


@pytest.mark.usefixtures("talks")
def test_the_paper_hides_the_same(programme: Programme, second: User) -> None:
    report = approved(programme, second)
    with pytest.raises(ReportStateError):
        report_services.order_file(report=report, kind=FileKind.PUBLIC, by=second)
    publish_report(report=report, by=second)
    file = report_services.order_file(report=report, kind=FileKind.PUBLIC, by=second)
    tasks.make_file.func(file.pk, file.attempt)
    file.refresh_from_db()
    words = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(file.content or b""))).pages)
    assert "Öffentlicher Bericht" in words
    assert "verdeckt" in words
    assert report.sha256[:16] not in words


def test_no_text_of_a_topic_is_run_by_a_spreadsheet(
    programme: Programme, second: User, counsellor: User
) -> None:
    evil = topic()
    evil.name_de = "=1+2"
    evil.save()
    for _each in range(6):
        ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=JULY, programme_code=CODE, main_topic=evil)  # fmt: skip
    made = publish_report(report=approved(programme, second), by=second)
    table = Browser().get(reverse("reporting:public_csv", args=[made.public_id])).content.decode()
    assert "=1+2" in table
    assert not [line for line in table.splitlines() if ";=1" in line or line.startswith("=")]


def test_what_is_not_declared_is_not_published(programme: Programme, second: User, monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    monkeypatch.setattr(links, "FIGURES", links.FIGURES - {"no_shows"})
    monkeypatch.setattr(links, "TABLES", links.TABLES - {"topics"})
    report = approved(programme, second)
    content = json.loads(public_text(report.content, frozenset()))
    codes = {
        one["code"]
        for chapter in content["chapters"]
        for part in ("figures", "tables")
        for one in chapter[part]
    }
    assert codes.isdisjoint({"no_shows", "topics"})
    assert len(content["withheld"]) >= 2


def test_what_is_declared_exists() -> None:
    known, tables = {one.code for one in figures()}, {one.code for one in breakdowns()}
    assert known >= links.FIGURES
    assert tables >= links.TABLES
    named = {
        *links.ROWS_OF.values(),
        *links.MANY_ROWS_OF.values(),
        *links.SOME_ROWS,
        *links.STEP_AT_MOST.values(),
    }
    assert known >= named | {one for pair in links.PART_OF for one in pair}


@pytest.mark.usefixtures("talks")
def test_the_definitions_hold_in_a_counted_report(programme: Programme, second: User) -> None:
    """Rows, months and parts add up as declared: nothing declared as a part exceeds its whole."""
    report = approved(programme, second)
    numbers = numbers_of(opened(report).report)
    system = System([Release(report.starts_on, report.ends_on, numbers)])
    assert all(system.sums.value(equation) == 0 for equation in system.sums.equations)
    for table, figure in links.ROWS_OF.items():
        rows = sum(n for what, n in numbers.items() if what[:2] == ("row", table))
        assert rows == numbers["figure", figure], table
    for part, whole in links.PART_OF:
        if (
            "figure",
            whole,
        ) in numbers:  # the figures of the ESF+ stand in reports of programmes that report to it
            assert numbers["figure", part] <= numbers["figure", whole]
