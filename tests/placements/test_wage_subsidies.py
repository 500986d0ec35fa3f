"""Wage subsidies: what belongs together, what two people change at once, and which ones run out."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from placements.categories import Category
from placements.enums import Stage
from placements.errors import NothingStartedError, StaleSubsidyError, SubsidisedError
from placements.models import Placement, WageSubsidy
from placements.services import placements as steps
from placements.services import subsidies as services
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import PlacementFactory, WageSubsidyFactory, started

pytestmark = pytest.mark.django_db
DAY = dt.date


@pytest.fixture
def placement(counsellor: Any) -> Placement:
    """Subsidised work."""
    return started(ClientFactory(counsellor=counsellor), Category.SUBS, DAY(2026, 3, 2))


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _typed(**facts: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "revision": "1", "kind": "sgb2_16e", "authority": "Jobcenter Leipzig", "percent": "٧٥",
        "starts_on": "2.3.2026", "ends_on": "1.3.2028", "applied_on": "10.2.2026", "granted_on": "20.2.2026",
    } | facts  # fmt: skip


def test_work_that_counts_as_subsidised_asks_for_its_subsidy(placement: Placement, desk: Browser) -> None:
    detail = reverse("placements:placement_detail", args=[placement.public_id])
    assert "noch kein Zuschuss eingetragen" in desk.get(detail).content.decode()
    url = reverse("placements:subsidy_create", args=[placement.public_id])
    typed = _typed()
    for _press in range(2):
        assert desk.post(url, typed).status_code == 302
    subsidy = WageSubsidy.objects.get()
    assert (subsidy.percent, subsidy.granted_on) == (75, DAY(2026, 2, 20))
    page = desk.get(detail).content.decode()
    assert "noch kein Zuschuss eingetragen" not in page
    assert "75 % des Lohns" in page
    assert "bewilligt" in page


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"percent": "101"}, "percent"), ({"percent": "0"}, "percent"), ({"ends_on": "1.3.2026"}, "ends_on"), ({"ends_on": ""}, "ends_on"),
        ({"starts_on": ""}, "starts_on"), ({"applied_on": ""}, "applied_on"), ({"applied_on": "21.2.2026"}, "applied_on"),
        ({"declined_on": "20.2.2026"}, "declined_on"), ({"kind": "x"}, "kind"), ({"starts_on": "", "ends_on": ""}, "starts_on"),
    ],
)  # fmt: skip
def test_what_does_not_belong_together_is_said(
    placement: Placement, desk: Browser, facts: dict[str, str], field: str
) -> None:
    answer = desk.post(reverse("placements:subsidy_create", args=[placement.public_id]), _typed(**facts))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not WageSubsidy.objects.exists()


def test_the_database_refuses_the_same(placement: Placement) -> None:
    for facts in (
        {"percent": 101}, {"percent": 0}, {"ends_on": DAY(2001, 1, 1)}, {"ends_on": None}, {"applied_on": None},
        {"declined_on": DAY(2026, 5, 5)}, {"granted_on": DAY(2001, 1, 1)}, {"starts_on": None, "ends_on": None},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            WageSubsidyFactory(placement=placement, **facts)


def test_only_work_that_has_started_is_subsidised(counsellor: Any, desk: Browser) -> None:
    waiting = PlacementFactory(client__counsellor=counsellor)
    with pytest.raises(NothingStartedError):
        services.add_subsidy(placement=waiting, by=counsellor, kind="wage_subsidy")
    answer = desk.post(reverse("placements:subsidy_create", args=[waiting.public_id]), _typed())
    assert answer.status_code == 422
    assert not WageSubsidy.objects.exists()


def test_a_start_with_a_subsidy_is_not_undone(placement: Placement, counsellor: Any, desk: Browser) -> None:
    services.add_subsidy(placement=placement, by=counsellor, kind="wage_subsidy")
    begun = steps.last_event(placement)
    assert begun is not None
    placement.events.create(stage=Stage.STARTED, at=timezone.now(), by=counsellor)
    with pytest.raises(SubsidisedError):
        steps.undo_last_step(placement=placement, by=counsellor)
    last = steps.last_event(placement)
    assert last is not None
    answer = desk.post(
        reverse("placements:placement_undo", args=[placement.public_id]), {"event": last.pk}, follow=True
    )
    assert "ein Lohnkostenzuschuss eingetragen" in answer.content.decode()


def test_two_who_change_one_subsidy_see_both_versions(
    placement: Placement, counsellor: Any, desk: Browser
) -> None:
    subsidy = WageSubsidyFactory(placement=placement, percent=50)
    services.change_subsidy(subsidy=subsidy, revision=1, by=counsellor, percent=60)
    with pytest.raises(StaleSubsidyError):
        services.change_subsidy(subsidy=subsidy, revision=1, by=counsellor, percent=70)
    url = reverse("placements:subsidy_edit", args=[subsidy.public_id])
    answer = desk.post(url, _typed(percent="70", revision="1"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "60" in page
    assert 'value="70"' in page
    subsidy.refresh_from_db()
    assert subsidy.percent == 60
    assert desk.post(url, _typed(percent="70", revision="2")).status_code == 302
    subsidy.refresh_from_db()
    assert subsidy.percent == 70


def test_one_noted_by_mistake_is_taken_away_as_it_was_seen(placement: Placement, desk: Browser) -> None:
    subsidy = WageSubsidyFactory(placement=placement)
    url = reverse("placements:subsidy_delete", args=[subsidy.public_id])
    desk.post(url, {"revision": "9"})
    assert WageSubsidy.objects.exists()
    desk.post(url, {"revision": "1"})
    assert not WageSubsidy.objects.exists()


def test_the_list_shows_what_ends_within_thirty_days(counsellor: Any, coordinator: Any, as_user: Any) -> None:
    today = timezone.localdate()
    of_mine = {"placement__client__counsellor": counsellor}
    ending = WageSubsidyFactory(ends_on=today + dt.timedelta(days=30), **of_mine)
    last_day = WageSubsidyFactory(ends_on=today, **of_mine)
    running = WageSubsidyFactory(ends_on=today + dt.timedelta(days=31), **of_mine)
    WageSubsidyFactory(ends_on=today - dt.timedelta(days=1), **of_mine)
    WageSubsidyFactory(
        ends_on=today + dt.timedelta(days=9), placement__ended_on=today - dt.timedelta(days=1), **of_mine
    )
    asked = WageSubsidyFactory(ends_on=today + dt.timedelta(days=9), granted_on=None, **of_mine)
    WageSubsidyFactory(ends_on=today + dt.timedelta(days=9))  # of another centre
    url = reverse("placements:subsidy_list")
    for reader in (coordinator, counsellor):
        browser = as_user(reader)
        assert list(browser.get(url).context["page_obj"]) == [last_day, ending]
        assert list(browser.get(url, {"show": "running"}).context["page_obj"]) == [last_day, ending, running]
        assert list(browser.get(url, {"show": "undecided"}).context["page_obj"]) == [asked]
        assert browser.get(url, {"show": "all"}).context["page_obj"].paginator.count == 6
    page = as_user(coordinator).get(url).content.decode()
    assert ending.placement.client.number in page
    assert "Haddad" not in page
    colleague = as_user(UserFactory(centre=counsellor.centre))
    assert list(colleague.get(url, {"show": "all"}).context["page_obj"]) == []
