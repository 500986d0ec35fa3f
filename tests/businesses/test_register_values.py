"""Values of a list that nobody knows: asked for between the columns and the check, remembered, never forced on anybody."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from businesses.enums import Status
from businesses.exchange import services
from businesses.exchange.columns import COLUMNS
from businesses.exchange.values import MOST_VALUES, unknown_values
from businesses.models import Business, RegisterImport, RegisterRow, ValueMeaning
from iqquadrat.accounts.models import User
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.guessing import guess_columns
from tests.counselling.importing import as_csv, run_queue
from tests.fixtures.people import CentreFactory, UserFactory

HEADS = ["Name", "Straße", "Hausnummer", "Status", "Sprachen", "WZ"]
ROWS = [
    ["Laden A", "Konradstraße", "1", "geschl.", "Vietnamesisch, Sorbisch", "Imbiß"],
    ["Laden B", "Konradstraße", "2", "Geschl", "viet", "56.10"],
    ["Laden C", "Konradstraße", "3", "offen", "sorbisch + deutsch", "56.1"],
    ["Laden D", "Konradstraße", "4", "läuft", "", ""],
]


@pytest.fixture
def office(db: None) -> User:
    """A coordinator of a centre of its own."""
    user: User = UserFactory(roles=["coordinator"])
    return user


def brought(by: User, rows: Sequence[Sequence[str]] = ROWS, heads: list[str] = HEADS) -> RegisterImport:
    """Bring a list and take its columns as they are guessed."""
    run = services.begin_import(file=io.BytesIO(as_csv([heads, *rows])), name="liste.csv", by=by)
    run_queue()
    run.refresh_from_db()
    return services.name_columns(run=run, columns=guess_columns(COLUMNS, run.headers, {}), by=by)


def checked(run: RegisterImport, by: User, **meanings: dict[str, str]) -> RegisterImport:
    """Say what values mean, and let the rows be checked."""
    services.name_values(run=run, meanings=meanings, by=by)
    run_queue()
    run.refresh_from_db()
    assert run.state == "checked"
    return run


def problems(run: RegisterImport) -> set[tuple[int, str]]:
    """Where something is wrong."""
    return set(run.problems.values_list("line", "field"))


def test_each_unknown_value_is_found_once_with_its_rows(office: User) -> None:
    run = brought(office)
    assert run.state == "mapping"
    found = unknown_values(run)
    assert [(one.column.field, one.written, one.rows) for one in found.values] == [
        ("status", "Geschl", 2), ("status", "läuft", 1),
        ("languages", "Sorbisch", 2), ("languages", "viet", 1),
        ("branch", "56.10", 1), ("branch", "Imbiß", 1),
    ]  # fmt: skip
    assert not found.has_more


def test_without_an_unknown_value_nobody_is_asked(office: User) -> None:
    assert brought(office, [["Laden C", "Konradstraße", "3", "offen", "Deutsch", "56.1"]]).state == "checking"


def test_said_once_every_row_means_it(office: User) -> None:
    run = checked(
        brought(office), office, status={"geschl": "closed", "lauft": "open"}, languages={"sorbisch": "", "viet": "vi"},
        branch={"imbiss": "2008/56.1", "56 10": ""},
    )  # fmt: skip
    assert not problems(run)
    services.start_import(run=run, by=office)
    run_queue()
    made = Business.objects.order_by("sign_name").select_related("branch")
    assert [(one.status, one.languages, one.branch and one.branch.code) for one in made] == [
        (Status.CLOSED, ["vi"], "56.1"), (Status.CLOSED, ["vi"], None), (Status.OPEN, ["de"], "56.1"), (Status.OPEN, [], None),
    ]  # fmt: skip


def test_what_nobody_explains_stays_an_error_and_can_be_explained_later(office: User) -> None:
    run = checked(
        brought(office), office, status={"geschl": "closed"}, languages={"sorbisch": "?", "viet": "vi"}, branch={"imbiss": "", "56 10": ""}
    )  # fmt: skip
    assert problems(run) == {(2, "languages"), (4, "languages"), (5, "status")}
    assert run.broken_rows == 3
    # Back from the check: what was said of others stays.
    run = checked(run, office, languages={"sorbisch": "other"})
    assert problems(run) == {(5, "status")}
    # And taken back: an error again.
    run = checked(run, office, status={"geschl": "?", "lauft": "open"})
    assert problems(run) == {(2, "status"), (3, "status")}


def test_a_group_stays_a_group_of_its_version(office: User) -> None:
    heads = ["Name", "WZ", "WZ-Version"]
    run = brought(office, [["A", "Imbiß", "2025"], ["B", "56.1", ""], ["C", "99.9", "2025"]], heads)
    run = checked(run, office, branch={"imbiss": "2008/56.1", "56 1": "2008/47.1", "99 9": "?"})
    assert problems(run) == {(4, "branch")}
    branches = [row.facts["branch_id"] for row in run.staged_rows.filter(facts__isnull=False)]
    # What the row says itself counts for more than what was said of a value that is spelled alike.
    assert len(set(branches)) == 1


def test_the_next_list_of_the_centre_is_proposed_what_was_said(office: User, as_user: Any) -> None:
    checked(brought(office), office, status={"geschl": "closed", "lauft": "?"}, languages={"sorbisch": ""})
    assert set(ValueMeaning.objects.values_list("field", "written", "code")) == {
        ("status", "geschl", "closed"), ("languages", "sorbisch", ""),
    }  # fmt: skip
    colleague: User = UserFactory(roles=["coordinator"], centre=office.centre)
    run = brought(colleague)
    assert run.state == "mapping"
    assert not run.meanings
    form = as_user(colleague).get(page_of(run)).context["form"]
    chosen = {line.written: line.fields[0].value() for _column, lines in form.parts() for line in lines}
    assert chosen == {
        "Geschl": "closed", "läuft": "?", "Sorbisch": "", "viet": "?", "56.10": "?", "Imbiß": "?",
    }  # fmt: skip
    # The last word counts, also that it stays an error; of another centre nobody knows.
    checked(run, colleague, status={"geschl": "?", "lauft": "open"}, languages={"sorbisch": "other"})
    assert set(ValueMeaning.objects.values_list("written", "code", "changed_by")) == {
        ("lauft", "open", colleague.pk), ("sorbisch", "other", colleague.pk),
    }  # fmt: skip
    stranger: User = UserFactory(roles=["coordinator"], centre=CentreFactory())
    assert not as_user(stranger).get(page_of(brought(stranger))).context["form"].is_remembered


def page_of(run: RegisterImport) -> str:
    """The address of the step."""
    return reverse("businesses:import_values", args=[run.public_id])


def test_through_the_page(office: User, as_user: Any) -> None:
    browser: Browser = as_user(office)
    run = brought(office)
    columns = reverse("businesses:import_columns", args=[run.public_id])
    typed = {f"c{place}": field for place, field in run.columns.items()}
    assert browser.post(columns, typed)["Location"] == page_of(run)
    form = browser.get(page_of(run)).context["form"]
    names = {line.written: line.fields[0].html_name for _column, lines in form.parts() for line in lines}
    # Shut is no state that can stay empty; of a language and a branch nothing need be known.
    empty = {
        line.written: "" in dict(line.fields[0].field.choices)
        for _column, lines in form.parts()
        for line in lines
    }
    assert empty == {
        "Geschl": False, "läuft": False, "Sorbisch": True, "viet": True, "56.10": True, "Imbiß": True,
    }  # fmt: skip
    assert "2008/56.1" in dict(form.fields[names["Imbiß"]].choices)
    said = {
        names["Geschl"]: "closed", names["läuft"]: "open", names["Sorbisch"]: "", names["viet"]: "vi",
        names["Imbiß"]: "2008/56.1", names["56.10"]: "code",
    }  # fmt: skip
    code = f"{names['56.10']}-code"
    for wrong in ("", "99.99", "Imbiss"):
        refused = browser.post(page_of(run), said | {code: wrong})
        assert refused.status_code == 422
        assert refused.context["form"].errors.keys() == {code}
        assert refused.context["form"][code].value() == wrong
    for unknown in ("shut", ""):
        assert browser.post(page_of(run), said | {names["Geschl"]: unknown}).status_code == 422
    run.refresh_from_db()
    assert (run.state, run.meanings) == ("mapping", {})
    # A code that is typed counts, also where nobody chose that one is typed.
    assert (
        browser.post(page_of(run), said | {names["56.10"]: "?", code: "56.1 Restaurants"}).status_code == 302
    )
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.broken_rows) == ("checked", 0)
    detail = browser.get(reverse("businesses:import_detail", args=[run.public_id])).content.decode()
    assert page_of(run) in detail
    again = browser.get(page_of(run)).context["form"]
    assert again[names["läuft"]].value() == "open"
    assert not again.is_remembered
    services.start_import(run=run, by=office)
    run_queue()
    assert browser.get(page_of(run))["Location"].endswith(f"{run.public_id}/")
    with pytest.raises(ImportStateError):
        services.name_values(run=run, meanings={}, by=office)


def test_many_unknown_values_come_some_at_a_time(office: User, as_user: Any) -> None:
    rows = [[f"Laden {n}", "Konradstraße", str(n + 1), f"Stand {n:02}", "", ""] for n in range(30)]
    browser: Browser = as_user(office)
    run = brought(office, rows)
    first = browser.get(page_of(run)).context["form"]
    assert len(first.fields) == 25
    assert (
        browser.post(page_of(run), dict.fromkeys(first.fields, "open"))["Location"]
        == f"{page_of(run)}?page=2"
    )
    run.refresh_from_db()
    assert run.state == "mapping"
    second = browser.get(f"{page_of(run)}?page=2").context["form"]
    assert len(second.fields) == 5
    assert not set(first.fields) & set(second.fields)
    # Back on the first page stands what was said there.
    assert browser.get(page_of(run)).context["form"][next(iter(first.fields))].value() == "open"
    assert browser.post(f"{page_of(run)}?page=2", dict.fromkeys(second.fields, "closed")).status_code == 302
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.broken_rows) == ("checked", 0)
    # Nobody has to go through all of them.
    run = brought(office, rows)
    assert browser.post(page_of(run), {"check": "1"})["Location"].endswith(f"{run.public_id}/")
    run.refresh_from_db()
    assert run.state == "checking"


def test_a_page_that_was_opened_before_the_columns_changed_says_nothing_about_others(
    office: User, as_user: Any
) -> None:
    browser: Browser = as_user(office)
    run = brought(office)
    stale = browser.get(page_of(run)).context["form"]
    name = next(name for name, value in stale.values.items() if value.written == "Geschl")
    columns = {place: field for place, field in run.columns.items() if field != "status"}
    services.name_columns(run=run, columns=columns, by=office)
    assert browser.post(page_of(run), {name: "closed"}).status_code == 302
    run.refresh_from_db()
    assert "status" not in run.meanings


@pytest.mark.slow
def test_a_hundred_thousand_rows_are_counted_by_the_database(office: User, as_user: Any) -> None:
    run = RegisterImport.objects.create(
        centre=office.centre, created_by=office, state="mapping", file_name="x.csv", headers=["Name", "Stand", "Sprachen"],
        rows=100_000, columns={"0": "sign_name", "1": "status", "2": "languages"},
    )  # fmt: skip
    # One column with as many different values as rows: somebody took the wrong one.
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {RegisterRow._meta.db_table} (run_id, line, cells, reference, place_key, plan, changes, choice)"  # noqa: S608 - the name of a table
            " SELECT %s, n, jsonb_build_array('Laden', 'Stand ' || n, CASE WHEN n %% 3 = 0 THEN 'viet' ELSE 'vi' END), '', '', '', '{}', ''"
            " FROM generate_series(1, 100000) AS n",
            [run.pk],
        )
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = unknown_values(run)
    assert len(queries) == 2
    assert len(found.values) == MOST_VALUES + 1  # and the one of the other column
    assert found.has_more
    RegisterRow.objects.filter(run=run).update(cells=["Laden", "auf", "viet"])
    found = unknown_values(run)
    assert [(one.written, one.rows) for one in found.values] == [("viet", 100_000)]
    answer = as_user(office).get(page_of(run))
    assert len(answer.content) < 60_000


def test_the_page_stays_small_and_its_queries_few(office: User, as_user: Any) -> None:
    rows = [
        [f"Laden {n}", "Konradstraße", str(n + 1), f"Stand {n}", f"Sprache {n}", f"Imbiß {n}"]
        for n in range(300)
    ]
    browser: Browser = as_user(office)
    few, many = brought(office, rows[:1]), brought(office, rows)
    assert len(unknown_values(many).values) == 3 * MOST_VALUES
    counts = []
    for run, number in ((few, 1), (few, 1), (many, 24)):
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(f"{page_of(run)}?page={number}")
        counts.append(len(queries))
        assert len(answer.content) < 60_000, len(answer.content)
    assert counts[1] == counts[2], counts
    assert "branch-" in answer.content.decode()
    assert len(browser.get(page_of(many)).content) < 60_000
