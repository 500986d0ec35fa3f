"""Two records that look like one business and are two: said once, never proposed again, and right through every merge."""

import datetime as dt
import io
from itertools import combinations
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from businesses.enums import RowChoice, RowPlan
from businesses.errors import NotMergeableError
from businesses.exchange import services as exchange
from businesses.exchange.columns import COLUMNS
from businesses.merging.duplicates import pairs_of
from businesses.models import Business, ReallyTwo, RegisterImport
from businesses.services import (
    BusinessFacts,
    Door,
    create_business,
    merge_businesses,
    say_no_longer_two,
    say_two,
    undo_merge,
)
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.importing.guessing import guess_columns
from iqquadrat.core.retention import Scope, clocks
from tests.counselling.importing import as_csv, run_queue
from tests.fixtures.people import CentreFactory, UserFactory


@pytest.fixture
def office(db: None) -> User:
    """Somebody of the office."""
    user: User = UserFactory(roles=["coordinator", "counsellor"])
    return user


def shop(by: User, name: str = "Imbiss Hoa Sen", **more: Any) -> Business:
    """A shop of one house."""
    facts = BusinessFacts(door=Door(street="Eisenbahnstraße", house_number=52), sign_name=name, **more)
    return create_business(centre=by.centre, facts=facts, by=by)


def merged(kept: Business, absorbed: Business, by: User) -> Any:
    """Make them one."""
    return merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=by)


def said() -> set[tuple[int, int]]:
    """Every pair that is said to be two."""
    return set(ReallyTwo.objects.values_list("first", "second"))


def proposed(by: User) -> set[frozenset[int]]:
    """Every pair that is proposed."""
    return {frozenset((pair.one.pk, pair.other.pk)) for pair in pairs_of(by)}


def test_a_pair_that_is_two_is_not_proposed_until_it_is_taken_back(office: User) -> None:
    one, other, third = shop(office), shop(office, "Imbiss Hoa-Sen"), shop(office, "Imbiss HoaSen")
    assert len(proposed(office)) == 3
    pair = say_two(one=other, other=one, reason="zwei Cousins", by=office)
    assert (pair.first, pair.second, pair.reason, pair.decided_by) == (one, other, "zwei Cousins", office)
    assert proposed(office) == {frozenset((one.pk, third.pk)), frozenset((other.pk, third.pk))}
    # Said again, the other way round: it stays as it was said.
    assert say_two(one=one, other=other, reason="anders", by=office) == pair
    assert ReallyTwo.objects.get().reason == "zwei Cousins"
    say_no_longer_two(pair=pair, by=office)
    say_no_longer_two(pair=pair, by=office)
    assert len(proposed(office)) == 3
    log = Entry.objects.filter(object_type="businesses.reallytwo").order_by("pk")
    assert list(log.values_list("action", flat=True)) == ["create", "delete"]


def test_a_founder_and_a_shop_that_are_two(office: User) -> None:
    founder = create_business(
        centre=office.centre, facts=BusinessFacts(sign_name="Imbiss Hoa Sen"), by=office
    )
    other = shop(office)
    assert proposed(office) == {frozenset((founder.pk, other.pk))}
    say_two(one=founder, other=other, by=office)
    assert not proposed(office)


def test_the_database_knows_each_pair_once_and_in_order(office: User) -> None:
    one, other = shop(office), shop(office)
    say_two(one=one, other=other, by=office)
    for first, second in ((one, other), (other, one), (one, one)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReallyTwo.objects.create(centre=office.centre, first=first, second=second)


def test_only_two_that_stand_in_one_centre(office: User) -> None:
    one, other = shop(office), shop(office)
    stranger = shop(UserFactory(roles=["coordinator"], centre=CentreFactory()))
    for pair in ((one, stranger), (one, one)):
        with pytest.raises(NotMergeableError):
            say_two(one=pair[0], other=pair[1], by=office)
    merged(one, other, office)
    with pytest.raises(NotMergeableError):
        say_two(one=one, other=other, by=office)
    assert not said()


@pytest.mark.parametrize("kept_is_first", [True, False])
def test_what_was_said_goes_along_in_a_merge_and_comes_back(office: User, kept_is_first: bool) -> None:
    three = [shop(office), shop(office), shop(office)]
    kept, absorbed = (three[0], three[2]) if kept_is_first else (three[2], three[0])
    other = three[1]
    say_two(one=absorbed, other=other, reason="zwei Cousins", by=office)
    before = list(ReallyTwo.objects.values())
    merge = merged(kept, absorbed, office)
    assert said() == {tuple(sorted((kept.pk, other.pk)))}
    assert not proposed(office)
    undo_merge(merge=merge, by=office)
    assert list(ReallyTwo.objects.values()) == before


def test_two_that_become_one_after_all_are_two_again_on_the_way_back(office: User) -> None:
    one, other = shop(office), shop(office)
    say_two(one=one, other=other, reason="Irrtum", by=office)
    before = list(ReallyTwo.objects.values("first", "second", "reason", "decided_at", "decided_by", "centre"))
    merge = merged(other, one, office)
    assert not said()
    undo_merge(merge=merge, by=office)
    assert list(ReallyTwo.objects.values(*before[0])) == before


def test_said_of_both_it_is_said_once_and_of_both_again_on_the_way_back(office: User) -> None:
    kept, absorbed, other = shop(office), shop(office), shop(office)
    say_two(one=kept, other=other, reason="a", by=office)
    say_two(one=absorbed, other=other, reason="b", by=office)
    merge = merged(kept, absorbed, office)
    assert said() == {(kept.pk, other.pk)}
    undo_merge(merge=merge, by=office)
    assert dict(ReallyTwo.objects.values_list("first", "reason")) == {kept.pk: "a", absorbed.pk: "b"}


def test_taken_back_while_they_are_one_it_stays_taken_back(office: User) -> None:
    kept, absorbed, other = shop(office), shop(office), shop(office)
    say_two(one=absorbed, other=other, by=office)
    merge = merged(kept, absorbed, office)
    say_no_longer_two(pair=ReallyTwo.objects.get(), by=office)
    undo_merge(merge=merge, by=office)
    assert not said()


def test_both_ends_merged_and_taken_apart_in_either_order(office: User) -> None:
    for first_undone in (0, 1):
        left, right = shop(office), shop(office)
        into_left, into_right = shop(office), shop(office)
        say_two(one=left, other=right, by=office)
        merges = [merged(into_left, left, office), merged(into_right, right, office)]
        assert said() == {(into_left.pk, into_right.pk)}
        for place in (first_undone, 1 - first_undone):
            undo_merge(merge=merges[place], by=office)
        assert said() == {(left.pk, right.pk)}
        ReallyTwo.objects.all().delete()


def test_a_pair_that_went_comes_back_about_what_the_other_one_became(office: User) -> None:
    kept, absorbed, other, further = (shop(office) for _n in range(4))
    say_two(one=kept, other=other, by=office)
    say_two(one=absorbed, other=other, by=office)
    merge = merged(kept, absorbed, office)
    merged(further, other, office)
    undo_merge(merge=merge, by=office)
    assert said() == {(kept.pk, further.pk), (absorbed.pk, further.pk)}


def test_through_the_pages(office: User, as_user: Any) -> None:
    one, other = shop(office), shop(office, "Imbiss Hoasen")
    browser: Browser = as_user(office)
    list_page = reverse("businesses:duplicates")
    address = reverse("businesses:really_two", args=[one.public_id, other.public_id])
    assert address in browser.get(list_page).content.decode()
    assert browser.get(address).status_code == 200
    refused = browser.post(address, {"reason": "x" * 201})
    assert refused.status_code == 422
    assert "x" * 201 in refused.content.decode()
    assert not said()
    assert browser.post(address, {"reason": "zwei Cousins"}).status_code == 302
    page = browser.get(list_page).content.decode()
    assert address not in page
    assert "zwei Cousins" in page
    for again in (address, reverse("businesses:merge_compare", args=[one.public_id, other.public_id])):
        assert office.get_full_name() in browser.get(again).content.decode()
    undo = reverse("businesses:really_two_undo", args=[ReallyTwo.objects.get().pk])
    assert browser.get(undo).status_code == 405
    assert browser.post(undo).status_code == 302
    assert browser.post(undo).status_code == 404
    assert address in browser.get(list_page).content.decode()
    same = reverse("businesses:really_two", args=[one.public_id, one.public_id])
    assert browser.post(same).status_code == 302
    assert not said()


def test_the_page_of_a_business_asks_no_more_and_leads_to_what_was_said(office: User, as_user: Any) -> None:
    one, other, third = shop(office), shop(office), shop(office)
    say_two(one=other, other=one, reason="zwei Cousins", by=office)
    browser: Browser = as_user(office)
    page = browser.get(reverse("businesses:business_detail", args=[one.public_id])).content.decode()
    said_of, asked_of = (
        reverse("businesses:really_two", args=[one.public_id, neighbour.public_id])
        for neighbour in (other, third)
    )
    assert said_of in page
    assert asked_of not in page
    assert reverse("businesses:merge_compare", args=[one.public_id, other.public_id]) not in page
    assert reverse("businesses:merge_compare", args=[one.public_id, third.public_id]) in page
    # There it stands who said it and why, with the way back; afterwards it is asked again.
    decision = browser.get(said_of).content.decode()
    undo = reverse("businesses:really_two_undo", args=[ReallyTwo.objects.get().pk])
    assert "zwei Cousins" in decision
    assert office.get_full_name() in decision
    assert undo in decision
    browser.post(undo)
    assert undo not in browser.get(said_of).content.decode()
    page = browser.get(reverse("businesses:business_detail", args=[one.public_id])).content.decode()
    assert reverse("businesses:merge_compare", args=[one.public_id, other.public_id]) in page


def test_another_centre_finds_nothing(office: User, as_user: Any) -> None:
    one, other = shop(office), shop(office)
    pair = say_two(one=one, other=other, reason="zwei Cousins", by=office)
    browser: Browser = as_user(UserFactory(roles=["coordinator"], centre=CentreFactory()))
    assert browser.post(reverse("businesses:really_two_undo", args=[pair.pk])).status_code == 404
    assert (
        browser.get(reverse("businesses:really_two", args=[one.public_id, other.public_id])).status_code
        == 404
    )
    assert "zwei Cousins" not in browser.get(reverse("businesses:duplicates")).content.decode()


def test_the_reason_goes_after_its_time_and_the_pair_stays(office: User) -> None:
    pair = say_two(one=shop(office), other=shop(office), reason="Cousin Nam", by=office)
    clock = next(clock for clock in clocks() if clock.key == "business")
    scope = Scope(centre_id=office.centre_id, before=timezone.now() - dt.timedelta(days=1))
    assert clock.due(scope) == 0
    ReallyTwo.objects.update(decided_at=timezone.now() - dt.timedelta(days=2))
    assert clock.due(scope) == 1
    assert clock.clear(scope) == 1
    pair.refresh_from_db()
    assert pair.reason == ""


HEADS = ["Straße", "Hausnummer", "Name", "Telefon"]


def brought(by: User, *rows: list[str]) -> RegisterImport:
    """Bring this list and let it be checked."""
    run = exchange.begin_import(file=io.BytesIO(as_csv([HEADS, *rows])), name="liste.csv", by=by)
    run_queue()
    run.refresh_from_db()
    exchange.name_columns(run=run, columns=guess_columns(COLUMNS, run.headers, {}), by=by)
    run_queue()
    run.refresh_from_db()
    assert run.state == "checked"
    return run


def test_created_beside_one_that_is_alike_they_are_two(office: User) -> None:
    known = shop(office, phone="1")
    rows = [["Eisenbahnstraße", "52", "Imbiss Hoa Sen", phone] for phone in ("2", "3")]
    run = brought(office, *rows)
    assert set(run.staged_rows.values_list("plan", flat=True)) == {RowPlan.DOUBT}
    exchange.decide(run=run, choice=RowChoice.CREATE, by=office)
    exchange.start_import(run=run, by=office)
    run_queue()
    made = list(Business.objects.exclude(pk=known.pk).order_by("pk"))
    assert said() == set(combinations([known.pk, *(one.pk for one in made)], 2))
    assert not proposed(office)
    # The same list once more: each row is the one that says the same.
    again = brought(office, *rows)
    assert list(again.staged_rows.order_by("line").values_list("plan", "match")) == [
        (RowPlan.SAME, one.pk) for one in made
    ]
    exchange.undo_import(run=run, by=office)
    run_queue()
    assert not said()
    assert Business.objects.get() == known


def test_created_beside_a_row_above_they_are_two(office: User) -> None:
    rows = [["Eisenbahnstraße", "52", "Imbiss Hoa Sen", phone] for phone in ("2", "3")]
    run = brought(office, *rows)
    exchange.decide(run=run, choice=RowChoice.CREATE, by=office)
    exchange.start_import(run=run, by=office)
    run_queue()
    assert said() == {tuple(Business.objects.order_by("pk").values_list("pk", flat=True))}
    assert not proposed(office)
