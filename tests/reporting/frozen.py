"""Frozen reports for tests: counted from what is in the database, by the code that counts them in the background."""

import datetime as dt
from typing import Any
from uuid import uuid4

import factory
from django.utils import timezone
from django.utils.translation import override

from iqquadrat.accounts.models import Centre, User
from iqquadrat.reporting import report_services as services
from iqquadrat.reporting import tasks
from iqquadrat.reporting.enums import FROZEN, STANDING, FileKind, ReportState
from iqquadrat.reporting.freezing import SOFTWARE, frozen_text, sealed
from iqquadrat.reporting.models import FrozenReport, Programme, PublishedReport, ReportFile
from iqquadrat.reporting.publishing.services import publish_report
from iqquadrat.reporting.queries import Report, count_report
from iqquadrat.reporting.tasks import period_of_report
from tests.fixtures.people import CentreFactory, UserFactory
from tests.reporting.factories import ProgrammeFactory


class FrozenReportFactory(factory.django.DjangoModelFactory):
    """A report in some state, counted now; ``made_by`` ordered it."""

    class Meta:
        model = FrozenReport

    class Params:
        made_by = None

    centre = factory.SubFactory(CentreFactory)
    programme = factory.LazyAttribute(lambda row: ProgrammeFactory(centres=[row.centre]))
    starts_on = dt.date(2007, 7, 1)
    ends_on = dt.date(2007, 12, 31)
    state = ReportState.DRAFT
    created_by = factory.LazyAttribute(lambda row: row.made_by)

    @classmethod
    def _create(cls, model_class: Any, *args: Any, **facts: Any) -> FrozenReport:
        report: FrozenReport = model_class(*args, **facts)
        report.attempt = report.attempt or 1
        report.queued_at = report.queued_at or timezone.now()
        if report.state in FROZEN:
            count_into(report)
        if report.state in STANDING and report.approved_by_id is None:
            report.approved_at = timezone.now()
            report.approved_by = UserFactory(centre=report.centre, roles=["coordinator"])
        report.save()
        return report


def count_into(report: FrozenReport) -> None:
    """Fill a report that is not saved yet."""
    report.counted_at = timezone.now()
    report.software = SOFTWARE
    with override("de"):
        counted = count_report(report.programme, period_of_report(report))
        report.content = frozen_text(
            counted, centres=[report.centre], counted_at=report.counted_at, software=SOFTWARE
        )
    report.sha256 = sealed(report.content)


class ReportFileFactory(factory.django.DjangoModelFactory):
    """A file that waits for the worker."""

    class Meta:
        model = ReportFile

    report = factory.SubFactory(FrozenReportFactory)
    kind = FileKind.PDF_DE
    attempt = 1
    queued_at = factory.LazyFunction(timezone.now)
    submission = factory.LazyFunction(uuid4)


def published(centre: Centre, **facts: Any) -> PublishedReport:
    """Return the public version of an approved report."""
    report = FrozenReportFactory(centre=centre, state=ReportState.APPROVED, **facts)
    return publish_report(report=report, by=report.approved_by)


CODE = "iq-quadrat"
FIRST, LAST = dt.date(2007, 7, 1), dt.date(2007, 12, 31)
INSIDE = dt.datetime(2007, 10, 2, 9, tzinfo=dt.UTC)


def order(programme: Programme, by: User, **facts: Any) -> FrozenReport:
    """Order a report of the first half year."""
    return services.order_report(programme=programme, starts_on=FIRST, ends_on=LAST, by=by, **facts)


def work(report: FrozenReport) -> FrozenReport:
    """Do what the worker does."""
    tasks.count_frozen.func(report.pk, report.attempt)
    report.refresh_from_db()
    return report


def counted_now(report: FrozenReport) -> Report:
    """Count the same as a frozen report once more."""
    return count_report(report.programme, period_of_report(report))
