"""The access log goes when its time is over, and not a day earlier, whoever asks and however."""

import datetime as dt
import io
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import InternalError, connection, transaction
from django.utils import timezone

from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.retention import clocks, months_before
from iqquadrat.rights import services
from iqquadrat.rights.models import LegalHold, RetentionPeriod
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import CentreFactory

BOTH = ("accesslog.Entry:append_only", "accesslog.Entry:no_truncate")
DAY = dt.timedelta(days=1)


def _entry(centre: Centre | None, at: dt.datetime, **facts: Any) -> int:
    """An entry of another day: the application itself writes those of this moment only."""
    values = {
        "action": "view", "object_type": "", "object_id": "", "detail": "{}", "user_id": None,
        "centre_id": centre and centre.pk, "at": at,
    } | facts  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO accesslog_entry ({', '.join(values)}) VALUES ({', '.join(['%s'] * len(values))}) RETURNING id",  # noqa: S608
            list(values.values()),
        )
        return int(cursor.fetchone()[0])


def _before(months: int) -> dt.datetime:
    return months_before(timezone.now(), months)


def _left() -> set[int]:
    return set(Entry.objects.exclude(object_type="retention").values_list("pk", flat=True))


def test_what_is_over_goes_and_the_rest_stays(centre: Centre) -> None:
    other = CentreFactory()
    RetentionPeriod.objects.create(centre=other, clock="access_log", months=60)
    young = {
        _entry(centre, _before(36) + DAY),
        _entry(other, _before(60) + DAY),
        _entry(None, _before(36) + DAY),
    }
    _entry(centre, _before(36) - DAY)
    _entry(other, _before(60) - DAY)
    _entry(None, _before(36) - DAY, action="sign_in_failed")
    output = io.StringIO()
    call_command("apply_retention", dry_run=True, stdout=output)
    assert f"{centre.code}: access_log: 2 would go" in output.getvalue()
    assert Entry.objects.count() == 6
    services.apply_retention()
    assert _left() == young
    runs = Entry.objects.filter(object_type="retention", object_id="access_log")
    assert sorted(run.detail["rows"] for run in runs) == [1, 2]


def test_entries_about_a_client_that_is_held_stay(counsellor: User, coordinator: User) -> None:
    held, free = (ClientFactory(counsellor=counsellor) for _number in range(2))
    LegalHold.objects.create(client=held, reason="Klage am Sozialgericht", set_by=coordinator)
    long_ago = _before(40)
    about = {"object_type": "counselling.client"}
    stays = {
        _entry(held.centre, long_ago, object_id=str(held.pk), **about),
        _entry(held.centre, long_ago, detail=f'{{"client": {held.pk}}}'),
    }
    _entry(held.centre, long_ago, object_id=str(free.pk), **about)
    services.apply_retention()
    assert stays <= _left()
    assert not Entry.objects.filter(object_id=str(free.pk), at__lt=_before(39)).exists()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM accesslog_entry",
        "TRUNCATE accesslog_entry",
        "UPDATE accesslog_entry SET at = now() - interval '90 years'",
        "UPDATE accesslog_entry SET user_id = 0, detail = '{}'",
        "UPDATE accesslog_entry SET detail = '{\"a\": 1}'",
        "UPDATE accesslog_entry SET centre_id = NULL, detail = '{}'",
    ],
)
def test_nothing_younger_goes_with_the_switch_of_the_room_off(centre: Centre, statement: str) -> None:
    kept = _entry(centre, _before(36) + DAY)
    with (
        pytest.raises(InternalError, match="until its time is over"),
        pgtrigger.ignore(*BOTH),
        transaction.atomic(),
    ):
        connection.cursor().execute(statement)
    assert _left() == {kept}


def test_no_clock_is_shorter_than_the_database_lets_it_be(centre: Centre) -> None:
    RetentionPeriod.objects.create(centre=centre, clock="access_log", months=1)
    kept = _entry(centre, _before(12) + DAY)
    with pytest.raises(InternalError), pgtrigger.ignore(*BOTH), transaction.atomic():
        Entry.objects.all().delete()
    services.apply_retention()
    assert _left() == {kept}


def test_a_clock_that_runs_ahead_lets_nothing_go(centre: Centre) -> None:
    """A machine whose clock stands wrong, or whoever calls the run with another day."""
    kept = _entry(centre, _before(30))
    services.apply_retention(now=timezone.now() + dt.timedelta(days=4000))
    assert _left() == {kept}


def test_the_months_here_are_those_of_the_database(centre: Centre) -> None:
    clock = next(clock for clock in clocks() if clock.key == "access_log")
    for months, expected in ((None, clock.months), (1, clock.least), (clock.most, clock.most)):
        if months:
            RetentionPeriod.objects.create(centre=centre, clock="access_log", months=months)
        with connection.cursor() as cursor:
            cursor.execute("SELECT accesslog_kept_since(%s)", [centre.pk])
            found = cursor.fetchone()[0]
        assert abs(found - _before(expected)) < DAY


def test_a_centre_sets_it_from_the_page(coordinator: User) -> None:
    clock = next(clock for clock in clocks() if clock.key == "access_log")
    services.set_months(clock=clock, months=24, by=coordinator)
    assert services.months_of(coordinator.centre_id)["access_log"] == 24
