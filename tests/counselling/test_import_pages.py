"""The pages of an import: each step, what each shows, how many queries it takes, and what happens to odd input."""

import io
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from counselling.imports import services
from counselling.models import Client, ImportRow, ImportRun
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.importing import reading
from iqquadrat.core.importing.states import ImportState
from tests.counselling.importing import AMAL, HEADERS, LINH, as_csv, brought, checked, imported, run_queue

pytestmark = pytest.mark.django_db

BROKEN = [["A-3", "", "", "31.2.1990", "w", "", ""]]


def page(name: str, run: ImportRun) -> str:
    return reverse(f"counselling:import_{name}", kwargs={"public_id": run.public_id})


def test_all_the_way_through_the_pages(counsellor: Any, as_user: Any) -> None:
    browser = as_user(counsellor)
    address = reverse("counselling:import_create")
    form = browser.get(address).context["form"]
    answer = browser.post(
        address,
        {
            "kind": "clients",
            "submission": form["submission"].value(),
            "file": SimpleUploadedFile("Liste.csv", as_csv([HEADERS, AMAL, LINH])),
        },
        follow=True,
    )
    assert "Die Datei wird gelesen." in answer.content.decode()
    run = ImportRun.objects.get()
    assert "HX-Refresh" not in browser.get(page("progress", run))
    run_queue()
    assert browser.get(page("progress", run))["HX-Refresh"] == "true"
    shown = browser.get(page("detail", run), follow=True).context["form"]
    typed = {field.html_name: field.value() or "" for _column, field in shown.lines()}
    answer = browser.post(page("columns", run), typed | {"counsellor": counsellor.pk, "day_order": "dmy"})
    assert answer["Location"] == page("values", run)
    values = browser.get(page("values", run)).context["form"]
    assert [str(column.label) for column, _lines in values.parts()] == ["Geschlecht", "Spricht"]
    answer = browser.post(page("values", run), {field.html_name: field.value() for field in values})
    assert answer.status_code == 302
    run_queue()
    shown = browser.get(page("detail", run)).content.decode()
    assert "Keine Fehler" in shown
    assert browser.get(page("start", run)).context["coming"] == 2
    browser.post(page("start", run))
    run_queue()
    assert Client.objects.count() == 2
    assert "Alles ist übernommen." in browser.get(page("detail", run)).content.decode()
    browser.post(page("undo", run))
    run_queue()
    assert not Client.objects.exists()


def test_nothing_is_overseen_on_the_way(counsellor: Any, as_user: Any) -> None:
    browser = as_user(counsellor)
    run = brought(counsellor, as_csv([["Vorname", "Name", "m/w"], ["Amal", "Haddad", "Zebra"]]))
    common = {"counsellor": counsellor.pk, "day_order": "dmy"}
    answer = browser.post(page("columns", run), common | {"c0": "given_name", "c1": "given_name", "c2": ""})
    assert answer.status_code == 422
    assert "Spalte A ist das schon." in answer.content.decode()
    answer = browser.post(page("columns", run), common | {"c0": "", "c1": "", "c2": "gender"})
    assert answer.status_code == 422
    answer = browser.post(page("columns", run), common | {"c0": "no_such", "c1": "\x00", "c2": "9" * 5000})
    assert answer.status_code in (400, 422)
    browser.post(page("columns", run), common | {"c0": "given_name", "c1": "family_name", "c2": "gender"})
    answer = browser.post(page("values", run), {"gender-0": "?"})
    assert answer.status_code == 422
    run.refresh_from_db()
    assert run.state == ImportState.MAPPING
    browser.post(page("values", run), {"gender-0": "female"})
    run_queue()
    assert run.staged_rows.get().facts["gender"] == "female"


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(
    counsellor: Any, as_user: Any, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    for _n in range(rows):
        ImportRun.objects.create(
            centre=counsellor.centre, created_by=counsellor, kind="clients", file_name="x"
        )
    browser = as_user(counsellor)
    browser.get("/account/")
    with django_assert_num_queries(8):
        browser.get(reverse("counselling:import_list"))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_errors_and_doubts(
    counsellor: Any, as_user: Any, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    people = [
        [f"A-{n}", "Amal", f"Haddad{n}", f"{n + 1}.3.1991", "w", f"0151 555010{n}", ""] for n in range(rows)
    ]
    imported(counsellor, as_csv([HEADERS, *people]))
    run = checked(counsellor, as_csv([HEADERS, *people, *([["A-9", "", "", "x", "w", "", ""]] * rows)]))
    assert run.staged_rows.doubtful().count() == rows
    browser = as_user(counsellor)
    browser.get("/account/")
    with django_assert_num_queries(11):
        assert len(browser.get(page("doubts", run)).context["lines"]) == rows
    with django_assert_num_queries(11):
        assert len(browser.get(page("problems", run)).context["lines"]) == 2 * rows
    with django_assert_num_queries(11):
        browser.get(page("detail", run))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_columns_and_values(
    counsellor: Any, as_user: Any, django_assert_num_queries: DjangoAssertNumQueries, rows: int
) -> None:
    run = brought(
        counsellor,
        as_csv([HEADERS, *([f"A-{n}", "Amal", "H", "", f"w{n}", "", f"Sprache{n}"] for n in range(rows))]),
    )
    run = services.name_columns(
        run=run,
        columns={"1": "given_name", "4": "gender", "6": "spoken_languages"},
        defaults={},
        by=counsellor,
    )
    browser = as_user(counsellor)
    browser.get("/account/")
    with django_assert_num_queries(10):
        browser.get(page("columns", run))
    with django_assert_num_queries(9):
        browser.get(page("values", run))


def test_errors_are_filtered_and_taken_away(counsellor: Any, as_user: Any) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL, *BROKEN]))
    browser = as_user(counsellor)
    shown = browser.get(page("problems", run) + "?column=3")
    assert [line.letters for line in shown.context["lines"]] == ["D"]
    assert "31.2.1990" in shown.content.decode()
    for odd in ("x", "99", "9" * 5000, "-1"):
        assert browser.get(page("problems", run), {"column": odd}).status_code in (200, 400)
    book = openpyxl.load_workbook(io.BytesIO(browser.get(page("problems_export", run)).content))
    rows = list(book.active.values)
    assert rows[0] == ("Zeile", "Spalte", "Name der Spalte", "Wert in der Datei", "Was nicht stimmt")
    assert [(*row[:3], row[3] or "") for row in rows[1:]] == [
        (3, "B", "Vorname", ""),
        (3, "D", "Geburtsdatum", "31.2.1990"),
    ]
    assert Entry.objects.filter(action="export", object_id=str(run.pk), detail__rows=2).exists()


def test_who_is_here_already_is_decided_row_by_row_or_for_all(counsellor: Any, as_user: Any) -> None:
    imported(counsellor, as_csv([HEADERS, AMAL, LINH]))
    run = checked(counsellor, as_csv([HEADERS, AMAL, LINH]))
    browser = as_user(counsellor)
    assert len(browser.get(page("doubts", run)).context["lines"]) == 2
    answer = browser.post(page("doubts", run), {"line": 2, "choice": "same"}, headers={"HX-Request": "true"})
    assert 'aria-pressed="true"' in answer.content.decode()
    assert "hx-swap-oob" in answer.content.decode()
    assert list(run.staged_rows.order_by("line").values_list("choice", flat=True)) == ["same", ""]
    assert browser.post(page("doubts", run), {"choice": "skip"}).status_code == 302
    assert list(run.staged_rows.order_by("line").values_list("choice", flat=True)) == ["same", "skip"]
    assert browser.post(page("doubts", run), {"choice": "zebra", "line": "x"}).status_code == 400
    assert Entry.objects.filter(action="search", user_id=counsellor.pk, detail__reason="duplicate").exists()


def test_a_second_click_changes_nothing(counsellor: Any, as_user: Any) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    browser = as_user(counsellor)
    for _n in range(2):
        assert browser.post(page("start", run)).status_code == 302
    run_queue()
    assert Client.objects.count() == 1
    for name in ("start", "again", "stop", "discard"):
        answer = browser.post(page(name, run), follow=True)
        assert answer.status_code == 200
    run.refresh_from_db()
    assert run.state == ImportState.IMPORTED


def test_a_worker_that_ended_without_a_word_is_told_and_can_be_replaced(
    counsellor: Any, as_user: Any
) -> None:
    run = services.begin_import(
        kind="clients", file=io.BytesIO(as_csv([HEADERS, AMAL])), name="x", by=counsellor
    )
    browser = as_user(counsellor)
    assert "wartet, bis es an der Reihe ist" in browser.get(page("detail", run)).content.decode()
    ImportRun.objects.update(queued_at="2020-01-01T00:00Z", heard_at="2020-01-01T00:00Z")
    assert "Seit einer Minute" in browser.get(page("progress", run)).content.decode()
    browser.post(page("again", run))
    run_queue()
    assert ImportRow.objects.count() == 1


def test_reading_can_be_stopped_before_it_begins(counsellor: Any, as_user: Any) -> None:
    run = services.begin_import(
        kind="clients", file=io.BytesIO(as_csv([HEADERS, AMAL])), name="x", by=counsellor
    )
    as_user(counsellor).post(page("stop", run))
    run_queue()
    run.refresh_from_db()
    assert run.state == ImportState.CANCELLED
    assert not run.file_parts.exists()
    assert not ImportRow.objects.exists()


def test_a_refusal_says_why(counsellor: Any, as_user: Any) -> None:
    run = brought(counsellor, b"%PDF-1.7")
    assert "Das ist keine Tabelle." in as_user(counsellor).get(page("detail", run)).content.decode()


def test_a_file_that_is_too_large_is_not_stored(counsellor: Any, as_user: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("counselling.imports.forms.MAX_BYTES", 10)
    file = SimpleUploadedFile("Liste.csv", as_csv([HEADERS, AMAL]))
    answer = as_user(counsellor).post(reverse("counselling:import_create"), {"kind": "clients", "file": file})
    assert answer.status_code == 422
    assert not ImportRun.objects.exists()
    assert reading.MAX_BYTES == 32 * 1024 * 1024


def test_templates_are_handed_out(counsellor: Any, as_user: Any) -> None:
    browser = as_user(counsellor)
    for name in ("xlsx", "clients", "consultations"):
        answer = browser.get(reverse("counselling:import_template", kwargs={"name": name}))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]
    assert browser.get(reverse("counselling:import_template", kwargs={"name": "zebra"})).status_code == 404


def test_importing_asks_for_the_password_again(counsellor: Any, as_user: Any, settings: Any) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    browser = as_user(counsellor)
    browser.get("/account/")
    settings.FRESH_SIGN_IN_SECONDS = -1
    for name in ("start", "problems_export"):
        assert "/confirm" in browser.get(page(name, run))["Location"]
    assert "/confirm" in browser.get(reverse("counselling:import_create"))["Location"]


def test_the_list_of_clients_leads_here(counsellor: Any, coordinator: Any, as_user: Any) -> None:
    for somebody in (counsellor, coordinator):
        shown = as_user(somebody).get(reverse("counselling:client_list")).content.decode()
        assert reverse("counselling:import_list") in shown
