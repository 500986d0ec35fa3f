"""What one person must not do alone, and what ends by itself: each tried over HTTP."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from iqquadrat.accounts.models import Centre, User
from iqquadrat.reporting.enums import ReportState
from tests.counselling.factories import ChargeFactory, ClientFactory
from tests.fixtures.people import UserFactory
from tests.matrix.counting import Note, count
from tests.reporting.frozen import FrozenReportFactory

pytestmark = pytest.mark.django_db


def test_who_freezes_a_report_does_not_approve_it(coordinator: User, as_user: Any, request: Note) -> None:
    report = FrozenReportFactory(centre=coordinator.centre, made_by=coordinator, state=ReportState.DRAFT)
    as_user(coordinator).post(reverse("reporting:frozen_approve", args=[report.public_id]))
    report.refresh_from_db()
    count(request, "cells", 1, ["approved alone"] if report.state != ReportState.DRAFT else [])


def test_nobody_raises_oneself_and_surveyors_are_nothing_else(
    administrator: User, centre: Centre, as_user: Any, request: Note
) -> None:
    other = UserFactory(centre=centre, roles=["surveyor"])
    wrong = []
    for user, roles in (
        (administrator, ["administrator", "coordinator"]), (administrator, ["coordinator"]), (other, ["surveyor", "counsellor"]),
        (other, ["surveyor", "administrator"]),
    ):  # fmt: skip
        before = list(user.roles)
        facts = {"email": user.email, "given_name": user.given_name, "family_name": user.family_name}
        as_user(administrator).post(
            reverse("administration:user_edit", args=[user.pk]),
            {**facts, "roles": roles, "language": "de", "revision": user.revision},
        )
        user.refresh_from_db()
        if user.roles != before:
            wrong.append(f"{before} became {user.roles}")
    count(request, "cells", 4, wrong)


def test_a_deputy_reads_from_the_first_day_to_the_last(
    counsellor: User, centre: Centre, as_user: Any, time_machine: Any, request: Note
) -> None:
    deputy = UserFactory(centre=centre)
    client = ClientFactory(counsellor=counsellor)
    today, day = timezone.localdate(), dt.timedelta(days=1)
    ChargeFactory(client=client, user=deputy, since=today + 2 * day, until=today + 4 * day)
    wrong = []
    for number, status in ((1, 404), (2, 200), (3, 200), (4, 404)):
        time_machine.move_to(
            timezone.make_aware(dt.datetime.combine(today + number * day, dt.time(12))), tick=False
        )
        got = as_user(deputy).get(client.get_absolute_url()).status_code
        if got != status:
            wrong.append(f"on day {number}: {got}")
        time_machine.move_to(timezone.make_aware(dt.datetime.combine(today, dt.time(12))), tick=False)
    count(request, "cells", 4, wrong)
