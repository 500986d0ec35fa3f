"""The city's figures: read line by line, looked at before they are stored, replaced and deleted as whole sets."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from businesses.city_files import read_rows, read_table
from businesses.models import CityFigure
from businesses.services import delete_city_figures, store_city_figures
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.xlsform.opening import UnreadableError
from tests.fixtures.people import UserFactory

NAMES = {"01": "Landwirtschaft", "47": "Einzelhandel", "56": "Gastronomie"}


def workbook(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("stadt.csv", b"code;units\n47;1.234\n56;700\n1;5\n"),
        ("stadt.csv", "﻿Schlüssel,Betriebe\n47,1234\n56,700\n01,5\n".encode()),
        ("stadt.csv", "Titel der Tabelle\n\nWZ;Name;Anzahl\n47;Handel;1234\n56;Gast;700\n\n1;Land;5\n".encode("cp1252")),
        ("stadt.xlsx", workbook([["Stadt"], ["Abteilung", "Betriebe"], [47, 1234], ["56", 700], [1, 5.0]])),
    ],
)  # fmt: skip
def test_what_offices_give_out_is_read(name: str, content: bytes) -> None:
    table = read_table(read_rows(name, content), NAMES)
    assert table.problems == []
    assert table.units == {"47": 1234, "56": 700, "01": 5}


def test_every_wrong_line_is_named() -> None:
    text = "code;units\n47;12\n47;13\nXY;4\n56;viele\n56.1;3\n01;-2\n56;=1+1\n"
    table = read_table(read_rows("x.csv", text.encode()), NAMES)
    assert [problem.line for problem in table.problems] == [3, 4, 5, 6, 7, 8]
    assert table.units == {"47": 12}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.csv", b""), ("x.csv", b"code;units\n"), ("x.csv", b"name;number\n47;1\n"), ("x.csv", b"a\x00b"),
        ("x.xlsx", b"PK broken"), ("x.csv", b"code;units\n" + b"47;1\n" * 3000), ("x.csv", b"x" * 2_000_000),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_table(read_rows(name, content), NAMES)


def test_a_set_is_replaced_as_a_whole_and_deleted_as_a_whole(coordinator: User) -> None:
    stranger = UserFactory(roles=["coordinator"])
    for user in (coordinator, stranger):
        store_city_figures(version=2008, year=2020, source="Amt", units={"47": 10, "56": 20}, by=user)
    store_city_figures(version=2008, year=2020, source="Amt", units={"47": 11}, by=coordinator)
    mine = CityFigure.objects.filter(centre=coordinator.centre)
    assert list(mine.values_list("branch__code", "units")) == [("47", 11)]
    assert Entry.objects.filter(detail__city_figures=1).exists()
    assert delete_city_figures(version=2008, year=2020, by=coordinator) == 1
    assert delete_city_figures(version=2008, year=2020, by=coordinator) == 0
    assert CityFigure.objects.filter(centre=stranger.centre).count() == 2


@pytest.fixture
def office(client: Client, coordinator: User) -> Client:
    client.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    return client


IMPORT = "businesses:city_figures_import"
FACTS = {"version": "2008", "year": "2020", "source": "Amt für Statistik"}


def test_a_look_before_it_is_stored(office: Client, coordinator: User) -> None:
    file = SimpleUploadedFile("stadt.csv", b"code;units\n47;1234\n56;700\n")
    seen = office.post(reverse(IMPORT), FACTS | {"file": file})
    assert seen.status_code == 200
    assert "1.934" in seen.content.decode()
    assert CityFigure.objects.count() == 0
    stored = office.post(reverse(IMPORT), FACTS | {"content": "code;units\n47;1234\n56;700", "store": "1"})
    assert stored["Location"] == reverse("businesses:city_figures")
    assert CityFigure.objects.filter(centre=coordinator.centre).count() == 2
    assert "Amt für Statistik" in office.get(reverse("businesses:city_figures")).content.decode()


def test_errors_keep_what_was_typed_and_store_nothing(office: Client) -> None:
    file = SimpleUploadedFile("stadt.csv", b"code;units\n47;viele\n")
    answer = office.post(reverse(IMPORT), FACTS | {"file": file, "store": "1"})
    assert answer.status_code == 422
    assert "Amt für Statistik" in answer.content.decode()
    assert "viele" in answer.content.decode()
    assert CityFigure.objects.count() == 0
    for wrong in ({"year": "2199"}, {"year": ""}, {"source": ""}, {}):
        assert office.post(reverse(IMPORT), FACTS | wrong).status_code == 422


def test_a_set_is_deleted_on_the_page(office: Client, coordinator: User) -> None:
    store_city_figures(version=2008, year=2020, source="Amt", units={"47": 10}, by=coordinator)
    office.post(reverse("businesses:city_figures_delete"), {"version": "x", "year": "2020"})
    assert CityFigure.objects.count() == 1
    office.post(reverse("businesses:city_figures_delete"), {"version": "2008", "year": "2020"})
    assert CityFigure.objects.count() == 0
