"""Comparison, funders and targets of a year on a phone, a tablet and a desk, without a barrier."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from iqquadrat.accounts.models import User
from placements.categories import Category
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.placements.factories import started
from tests.reporting.factories import ProgrammeFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1440, 768, 390])
def test_the_pages_fit_and_are_accessible(
    width: int, coordinator: User, counsellor: User, new_context: Any, sign_in: Callable[..., None], assert_accessible: Any
) -> None:  # fmt: skip
    ProgrammeFactory(code="iq", centres=[coordinator.centre], funders=["XENOS", "Stadt Leipzig"])
    client = ClientFactory(counsellor=counsellor)
    for month in (5, 8):
        for day in range(1, 1 + month * 3):
            ConsultationFactory(
                client=client, programme_code="iq", held_at=dt.datetime(2008, month, day, 9, tzinfo=dt.UTC)
            )
        started(client, Category.SV_FT, dt.date(2008, month, 2), programme_code="iq")
    page = new_context(width=width).new_page()
    sign_in(page, coordinator)
    for address in ("compare/", "compare/?chapter=counselling", "programmes/iq/", "programmes/iq/2008/"):
        page.goto(f"/figures/{address}")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
