"""The access log names a client by the number on paper; short dates are written one way on every page."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import formats, translation

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.core.templatetags.iq import short_day
from tests.counselling.factories import ClientFactory


@pytest.mark.django_db
def test_the_log_names_the_number_and_the_administrator_reads_none(
    client: Browser, counsellor: Any, coordinator: Any, administrator: Any
) -> None:
    person = ClientFactory(counsellor=counsellor, number="K-2026-7777")
    record(Action.VIEW, by=counsellor, obj=person)
    record(
        Action.VIEW,
        by=counsellor,
        object_type="counselling.client",
        object_id="987654",
        centre_id=counsellor.centre_id,
    )
    client.force_login(coordinator)
    page = client.get(reverse("accesslog:log")).content.decode()
    assert "K-2026-7777" in page
    assert "987654" in page, "a record that is gone keeps its internal number"
    client.force_login(administrator)
    assert "K-2026-7777" not in client.get(reverse("accesslog:log")).content.decode()


@pytest.mark.parametrize(("language", "written"), [("de", "2.7.2007"), ("en", "2 Jul 2007")])
def test_short_dates(language: str, written: str) -> None:
    with translation.override(language):
        assert formats.date_format(dt.date(2007, 7, 2), "SHORT_DATE_FORMAT") == written


@pytest.mark.parametrize(("language", "written"), [("de", "2.7."), ("en", "2 Jul")])
def test_days_without_their_year(language: str, written: str) -> None:
    with translation.override(language):
        assert short_day(dt.date(2007, 7, 2)) == written
        assert short_day(None) == ""


@pytest.mark.django_db
def test_the_log_calls_figures_by_their_names(client: Browser, coordinator: Any) -> None:
    for code in ("persons_advised", "a_figure_that_is_gone"):
        record(Action.VIEW, by=coordinator, object_type="figure", object_id=code, rows=3)
    client.force_login(coordinator)
    page = client.get(reverse("accesslog:log")).content.decode()
    assert "Beratene Personen" in page
    assert "persons_advised" not in page
    assert "a_figure_that_is_gone" in page
