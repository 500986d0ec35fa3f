"""Rows of one list that are alike among themselves: each is told with the lines it is like, and becomes one with any of them or another one."""

import io
from itertools import combinations
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from businesses.enums import RowChoice, RowPlan
from businesses.exchange import services
from businesses.exchange.columns import COLUMNS
from businesses.exchange.matching import rows_above
from businesses.merging.duplicates import pairs_of
from businesses.models import Business, ReallyTwo, RegisterImport
from businesses.services import BusinessFacts, Door, create_business
from iqquadrat.accounts.models import User
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.guessing import guess_columns
from tests.counselling.importing import as_csv, run_queue
from tests.fixtures.people import UserFactory

HEADS = ["Nr", "Straße", "Hausnummer", "Name", "Telefon", "Bestätigt am", "Vorgänger"]


@pytest.fixture
def office(db: None) -> User:
    """Somebody of the office."""
    user: User = UserFactory(roles=["coordinator"])
    return user


def like(phone: str, *, number: str = "", seen: str = "", before: str = "") -> list[str]:
    """A row of a stall; all of them have one door and one name."""
    return [number, "Eisenbahnstraße", "52", "Imbiss Hoa Sen", phone, seen, before]


def checked(by: User, *rows: list[str]) -> RegisterImport:
    """Bring this list and let it be checked; the first row is line 2."""
    run = services.begin_import(file=io.BytesIO(as_csv([HEADS, *rows])), name="liste.csv", by=by)
    run_queue()
    run.refresh_from_db()
    services.name_columns(run=run, columns=guess_columns(COLUMNS, run.headers, {}), by=by)
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.broken_rows) == ("checked", 0), list(run.problems.values_list("line", "message"))
    return run


def brought_in(run: RegisterImport, by: User) -> RegisterImport:
    """Let it come in."""
    services.start_import(run=run, by=by)
    run_queue()
    run.refresh_from_db()
    assert run.state == "imported", run.fault
    return run


def undone(run: RegisterImport, by: User) -> RegisterImport:
    """Take it back."""
    services.undo_import(run=run, by=by)
    run_queue()
    run.refresh_from_db()
    assert run.state == "undone"
    return run


def same(run: RegisterImport, by: User, line: int, above: int) -> None:
    """Say that a row is the same business as one above."""
    assert services.decide(run=run, choice=RowChoice.UPDATE, by=by, lines=[line], same_line=above) == 1


def said() -> set[tuple[int, int]]:
    """Every pair that is said to be two."""
    return set(ReallyTwo.objects.values_list("first", "second"))


def known_shop(by: User) -> Business:
    """One that is in the register already."""
    door = Door(street="Eisenbahnstraße", house_number=52)
    return create_business(
        centre=by.centre, facts=BusinessFacts(door=door, sign_name="Imbiss Hoa Sen", phone="0"), by=by
    )


def test_every_pair_is_told_with_both_lines(office: User) -> None:
    run = checked(office, like("1"), like("2"), like("3"), like("4"))
    assert dict(run.staged_rows.values_list("line", "plan")) == {
        2: RowPlan.NEW,
        **dict.fromkeys((3, 4, 5), RowPlan.DOUBT),
    }
    assert rows_above(run.pk, [2, 3, 4, 5], 9) == {3: [2], 4: [2, 3], 5: [2, 3, 4]}
    assert rows_above(run.pk, [5], 2) == {5: [3, 4]}


def test_rows_that_are_like_the_register_are_told_apart_from_each_other_too(office: User) -> None:
    known = known_shop(office)
    run = checked(office, like("1"), like("2"), like("0"))
    # The one that says what the register says is that one, and no third.
    assert dict(run.staged_rows.values_list("line", "plan")) == {
        2: RowPlan.DOUBT,
        3: RowPlan.DOUBT,
        4: RowPlan.SAME,
    }
    assert rows_above(run.pk, [2, 3, 4], 9) == {3: [2]}
    services.decide(run=run, choice=RowChoice.CREATE, by=office, lines=[2])
    same(run, office, 3, 2)
    brought_in(run, office)
    made = Business.objects.exclude(pk=known.pk).get()
    assert made.phone == "2"
    assert said() == {(known.pk, made.pk)}
    assert run.result == {"made": 1, "changed": 0, "same": 1, "skipped": 0, "joined": 1}


def test_other_ones_are_said_to_be_two_each_with_each(office: User) -> None:
    run = checked(office, like("1"), like("2"), like("3"))
    services.decide(run=run, choice=RowChoice.CREATE, by=office)
    brought_in(run, office)
    assert said() == set(combinations(Business.objects.order_by("pk").values_list("pk", flat=True), 2))
    assert len(said()) == 3
    assert not pairs_of(office)


def test_a_row_becomes_one_with_any_row_above(office: User) -> None:
    run = checked(office, like("1"), like("2", number="B-2"), like("3"), like("4", number="B-4"))
    services.decide(run=run, choice=RowChoice.CREATE, by=office, lines=[3])
    same(run, office, 4, 3)
    same(run, office, 5, 4)
    brought_in(run, office)
    # Lines 3, 4 and 5 are one: what stands last holds, of two numbers the first.
    one, other = Business.objects.order_by("pk")
    assert [(one.phone, one.reference), (other.phone, other.reference)] == [("1", ""), ("4", "B-2")]
    assert said() == {(one.pk, other.pk)}
    assert (run.result["made"], run.result["joined"]) == (2, 2)


def test_a_predecessor_is_found_by_the_number_of_a_row_that_was_put_together(office: User) -> None:
    later = ["", "Eisenbahnstraße", "52", "Falafel Stern", "9", "", "B-3"]
    run = checked(office, like("1", number="B-2"), like("2", number="B-3"), later)
    same(run, office, 3, 2)
    brought_in(run, office)
    assert Business.objects.get(sign_name="Falafel Stern").predecessor == Business.objects.get(
        reference="B-2"
    )


def test_taken_back_nothing_is_left_of_rows_that_became_one(office: User) -> None:
    run = checked(office, like("1", seen="3.2.2026"), like("2", seen="4.2.2026"), like("3", seen="5.2.2026"))
    assert services.decide(run=run, choice=RowChoice.UPDATE, by=office) == 2
    brought_in(run, office)
    one = Business.objects.get()
    assert (one.phone, one.observations.count()) == ("3", 3)
    undone(run, office)
    assert not Business.objects.exists()
    assert (run.result["undone"], run.result["put_back"], run.result["kept"]) == (1, 0, 0)


def test_two_rows_that_change_one_business_are_both_taken_back(office: User) -> None:
    known = known_shop(office)
    run = checked(office, like("1"), like("2"))
    assert services.decide(run=run, choice=RowChoice.UPDATE, by=office) == 2
    brought_in(run, office)
    known.refresh_from_db()
    assert known.phone == "2"
    undone(run, office)
    known.refresh_from_db()
    assert known.phone == "0"
    assert (run.result["undone"], run.result["put_back"], run.result["kept"]) == (0, 1, 0)


def test_who_points_at_a_row_that_is_left_out_is_asked_again(office: User) -> None:
    run = checked(office, like("1"), like("2"), like("3"))
    same(run, office, 4, 3)
    assert services.decide(run=run, choice=RowChoice.SKIP, by=office, lines=[3]) == 1
    assert list(run.staged_rows.undecided().values_list("line", flat=True)) == [4]
    with pytest.raises(ImportStateError):
        services.start_import(run=run, by=office)
    with pytest.raises(ImportStateError):
        same(run, office, 4, 3)
    same(run, office, 4, 2)
    brought_in(run, office)
    assert Business.objects.get().phone == "3"


def test_only_a_row_above_that_says_the_same(office: User) -> None:
    other = ["", "Konradstraße", "1", "Café", "", "", ""]
    run = checked(office, like("1"), other, like("2"), like("3"))
    for line, above in ((4, 3), (4, 5), (4, 4), (4, 99)):
        with pytest.raises(ImportStateError):
            same(run, office, line, above)
    with pytest.raises(IntegrityError), transaction.atomic():
        run.staged_rows.filter(line=4).update(choice=RowChoice.UPDATE, chosen_line=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        run.staged_rows.filter(line=4).update(choice=RowChoice.CREATE, chosen_line=2)
    assert run.staged_rows.undecided().count() == 2


def test_a_new_check_asks_again(office: User) -> None:
    run = checked(office, like("1"), like("2"))
    same(run, office, 3, 2)
    services.check_again(run=run, by=office)
    run_queue()
    row = run.staged_rows.get(line=3)
    assert (row.plan, row.choice, row.chosen_line, row.match_line) == (RowPlan.DOUBT, "", None, 2)


def test_through_the_page(office: User, as_user: Any) -> None:
    run = checked(office, *(like(str(number)) for number in range(1, 9)))
    browser = as_user(office)
    page = reverse("businesses:import_doubts", args=[run.public_id])
    shown = {doubt.row.line: doubt for doubt in browser.get(page).context["lines"]}
    assert [row.line for row, _differ in shown[4].above] == [2, 3]
    assert ([row.line for row, _differ in shown[9].above], shown[9].has_more) == ([7, 8], True)
    assert shown[4].above[0][1] == ["Telefon: 1, hier 3"]
    assert browser.post(page, {"line": 4, "same_line": 3}).status_code == 302
    assert run.staged_rows.get(line=4).chosen_line == 3
    for nothing in ({"line": 4}, {"same_line": 3}, {"line": 4, "same_line": "x"}):
        assert browser.post(page, nothing).status_code == 400
    # Not above, not alike: said in words, nothing is written.
    assert browser.post(page, {"line": 4, "same_line": 7}).status_code == 302
    assert run.staged_rows.get(line=4).chosen_line == 3


def test_a_long_list_of_rows_that_are_alike_stays_quick(office: User) -> None:
    """Each row looks at so many at most, in as many questions."""
    run = checked(office, *(like(str(number)) for number in range(300)))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = rows_above(run.pk, list(range(2, 302)), 100)
    assert len(asked) == 1
    assert max(map(len, found.values())) == 100
    services.decide(run=run, choice=RowChoice.CREATE, by=office)
    brought_in(run, office)
    assert Business.objects.count() == 300
    assert len(said()) == sum(min(above, 100) for above in range(300))
