"""Follow-ups put off, given away, done in one go; never twice by a double click, never past a colleague's change."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.errors import NotAllowedError
from counselling.models import FollowUp
from counselling.views.follow_ups import later
from counselling.week import monday_of
from iqquadrat.accesslog.models import Entry
from tests.counselling.factories import ClientFactory, FollowUpFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
LIST = "/follow-ups/"


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    return as_user(counsellor)


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def texts(desk: Browser, query: str = "") -> list[str]:
    return [row.text for row in desk.get(LIST + query).context["page_obj"]]


def test_the_list_is_cut_by_day_and_by_whose(desk: Browser, counsellor: Any, today: dt.date) -> None:
    own = ClientFactory(counsellor=counsellor)
    colleague = UserFactory(centre=counsellor.centre)
    deputised = ClientFactory(counsellor=colleague, deputies=[counsellor])
    sunday = monday_of(today) + dt.timedelta(days=6)
    FollowUpFactory(client=own, text="gestern", due_on=today - dt.timedelta(days=1))
    FollowUpFactory(client=own, text="heute", due_on=today)
    FollowUpFactory(client=own, text="Sonntag", due_on=sunday, assigned_to=colleague)
    FollowUpFactory(client=deputised, text="Vertretung", due_on=sunday + dt.timedelta(days=1))
    done = FollowUpFactory(client=own, text="fertig", due_on=today)
    services.finish_follow_up(follow_up=done, by=counsellor)
    week = ["gestern", "heute", "Sonntag"]
    assert texts(desk) == [*week, "Vertretung"]
    assert texts(desk, "?show=late") == ["gestern"]
    assert texts(desk, "?show=due") == week[: 3 if sunday == today else 2]
    assert texts(desk, "?show=week") == week
    assert texts(desk, "?whose=mine") == ["gestern", "heute"]
    assert texts(desk, "?whose=deputised") == ["Vertretung"]
    assert texts(desk, "?show=done") == ["fertig"]
    assert texts(desk, "?show=evil&whose=evil") == [*week, "Vertretung"]


def test_a_double_click_puts_off_once_and_it_can_be_undone(
    desk: Browser, counsellor: Any, today: dt.date
) -> None:
    before = today - dt.timedelta(days=3)
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor), due_on=before)
    url = reverse("counselling:follow_up_postpone", args=[made.pk])
    for _click in range(2):
        answer = desk.post(url, {"seen": f"{before}", "days": "7"}, headers={"HX-Request": "true"})
    made.refresh_from_db()
    assert (made.due_on, made.revision) == (today + dt.timedelta(days=7), 2)
    assert f'name="until" value="{before}"' in answer.content.decode()
    desk.post(url, {"seen": f"{made.due_on}", "until": f"{before}"})
    made.refresh_from_db()
    assert made.due_on == before
    assert Entry.objects.filter(object_type="counselling.followup", action="change").count() == 2


def test_a_fetched_row_leads_back_to_the_page_it_stands_on(desk: Browser, counsellor: Any) -> None:
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor))
    url = reverse("counselling:follow_up_done", args=[made.pk])
    row = desk.post(url, {"next": "/follow-ups/?show=week"}, headers={"HX-Request": "true"}).content.decode()
    assert 'name="next" value="/follow-ups/?show=week"' in row
    assert url not in row.split('name="next"')[1]


def test_what_a_colleague_has_moved_stays_where_it_is(counsellor: Any, today: dt.date) -> None:
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor), due_on=today)
    friday = today + dt.timedelta(days=4)
    services.postpone_follow_up(follow_up=made, by=counsellor, seen=today, due_on=friday)
    late = services.postpone_follow_up(
        follow_up=made, by=counsellor, seen=today, due_on=today + dt.timedelta(days=1)
    )
    assert late.due_on == friday


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"seen": "x", "days": "1"},
        {"seen": "2026-11-26", "days": "2"},
        {"seen": "2026-11-26", "until": "9999-99-99"},
        {"seen": "1"},
    ],
)
def test_nonsense_is_a_400(desk: Browser, counsellor: Any, sent: dict[str, str]) -> None:
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor))
    assert desk.post(reverse("counselling:follow_up_postpone", args=[made.pk]), sent).status_code == 400
    assert desk.post(reverse("counselling:follow_up_bulk"), sent).status_code == 400


@pytest.mark.parametrize("word", ["NaN", "home", "./home", "https://elsewhere.example/"])
def test_what_is_no_path_of_this_site_leads_to_the_start(desk: Browser, counsellor: Any, word: str) -> None:
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor))
    answer = desk.post(reverse("counselling:follow_up_done", args=[made.pk]), {"next": word})
    assert (answer.status_code, answer["Location"]) == (302, "/")


def test_a_day_is_counted_from_today_when_the_due_day_is_past() -> None:
    today = dt.date(2026, 11, 26)
    assert later(dt.date(2026, 11, 20), 1, today) == dt.date(2026, 11, 27)
    assert later(dt.date(2026, 12, 20), 7, today) == dt.date(2026, 12, 27)


def test_it_is_given_only_to_somebody_who_may_read_the_file(
    desk: Browser, counsellor: Any, today: dt.date
) -> None:
    deputy, other = UserFactory(centre=counsellor.centre), UserFactory(centre=counsellor.centre)
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor, deputies=[deputy]))
    url = reverse("counselling:follow_up_edit", args=[made.pk])
    offered = desk.get(url).context["form"].fields["assigned_to"].queryset
    assert set(offered) == {counsellor, deputy}
    sent = {"text": "Bescheid?", "due_on": "۲۴.۱۲.۲۰۲۶", "assigned_to": str(deputy.pk), "revision": "1"}
    assert desk.post(url, sent | {"assigned_to": str(other.pk)}).status_code == 422
    assert desk.post(url, sent).status_code == 302
    made.refresh_from_db()
    assert (made.assigned_to, made.text, made.due_on) == (deputy, "Bescheid?", dt.date(2026, 12, 24))
    late = desk.post(url, sent | {"text": "Oder so?"})
    assert late.status_code == 409
    for both in ("Bescheid?", "Oder so?"):
        assert both in late.content.decode()
    with pytest.raises(NotAllowedError):
        services.update_follow_up(
            follow_up=made, by=counsellor, revision=2, text="x", due_on=today, assigned_to=other
        )


def test_several_are_done_or_put_off_in_one_go_and_only_those_one_may_see(
    desk: Browser, counsellor: Any, today: dt.date
) -> None:
    client = ClientFactory(counsellor=counsellor)
    mine = [FollowUpFactory(client=client, due_on=today) for _ in range(3)]
    foreign = FollowUpFactory(due_on=today)
    url = reverse("counselling:follow_up_bulk")
    keys = [str(row.pk) for row in (mine[0], mine[1], foreign)]
    assert desk.post(url, {"action": "week", "chosen": keys}).status_code == 302
    assert set(FollowUp.objects.values_list("pk", "due_on")) == {
        (mine[0].pk, today + dt.timedelta(days=7)), (mine[1].pk, today + dt.timedelta(days=7)), (mine[2].pk, today), (foreign.pk, today),
    }  # fmt: skip
    desk.post(
        url, {"action": "done", "chosen": [*keys, "x", "9" * 40, "-1"], "next": "/follow-ups/?show=late"}
    )
    assert set(FollowUp.objects.filter(done_at__isnull=False)) == set(mine[:2])
    page = desk.get(LIST).content.decode()
    assert "2 Wiedervorlagen sind erledigt" in page


def test_nobody_touches_another_s(as_user: Any, counsellor: Any) -> None:
    made = FollowUpFactory(client=ClientFactory(counsellor=counsellor))
    stranger = as_user(UserFactory(centre=counsellor.centre))
    for name in ("postpone", "edit"):
        sent = {"seen": "2026-11-26", "days": "1"}
        assert (
            stranger.post(reverse(f"counselling:follow_up_{name}", args=[made.pk]), sent).status_code == 404
        )


def test_the_list_costs_the_same_at_one_and_three_rows(
    desk: Browser, counsellor: Any, django_assert_num_queries: Any
) -> None:
    for more in (1, 2):
        for _row in range(more):
            colleague = UserFactory(centre=counsellor.centre)
            FollowUpFactory(client=ClientFactory(counsellor=colleague, deputies=[counsellor]))
        desk.get("/account/")
        with django_assert_num_queries(8):
            assert desk.get(f"{LIST}?show=week&whose=deputised").status_code == 200
