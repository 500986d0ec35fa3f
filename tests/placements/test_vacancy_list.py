"""The list of vacancies: filters that stay in the address, a search that forgives, the same as a spreadsheet."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from placements.models import Vacancy
from tests.placements.factories import PlacementFactory, VacancyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _found(desk: Browser, **asked: str) -> set[str]:
    return {
        vacancy.title for vacancy in desk.get(reverse("placements:vacancy_list"), asked).context["page_obj"]
    }


@pytest.fixture
def three(counsellor: Any) -> list[Vacancy]:
    """Three vacancies that differ in everything one filters by."""
    centre, yesterday = counsellor.centre, timezone.localdate() - dt.timedelta(days=1)
    return [
        VacancyFactory(
            centre=centre, title="Küchenhilfe", kind="job", german_required="", hours_per_week=10, postal_code="04315", source="call",
            in_charge=counsellor, public=True,
        ),
        VacancyFactory(
            centre=centre, title="Näherin", field_of_work="sewing", kind="training", german_required="B1", hours_per_week=40,
            place="Torgauer Straße 3", source="visit", valid_until=yesterday,
        ),
        VacancyFactory(
            centre=centre, title="Fahrer", field_of_work="driving", kind="trial", german_required="A2", hours_per_week=20, source="survey",
            state="filled",
        ),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({}, {"Küchenhilfe", "Näherin", "Fahrer"}), ({"state": "open"}, {"Küchenhilfe"}), ({"state": "expired"}, {"Näherin"}),
        ({"state": "filled"}, {"Fahrer"}), ({"state": "draft"}, set()), ({"kind": "training"}, {"Näherin"}), ({"field_of_work": "driving"}, {"Fahrer"}),
        ({"german": "none"}, {"Küchenhilfe"}), ({"german": "A2"}, {"Küchenhilfe", "Fahrer"}), ({"german": "B2"}, {"Küchenhilfe", "Näherin", "Fahrer"}),
        ({"hours": "mini"}, {"Küchenhilfe"}), ({"hours": "full"}, {"Näherin"}), ({"place": "0431"}, {"Küchenhilfe"}), ({"place": "torgauer"}, {"Näherin"}),
        ({"source": "visit"}, {"Näherin"}), ({"notice": "public"}, {"Küchenhilfe"}), ({"notice": "internal"}, {"Näherin", "Fahrer"}),
        ({"charge": "mine"}, {"Küchenhilfe"}), ({"charge": "nobody"}, {"Näherin", "Fahrer"}), ({"asked": "expired"}, {"Näherin"}), ({"asked": "any"}, {"Näherin"}),
        ({"proposals": "some"}, {"Fahrer"}), ({"proposals": "none"}, {"Küchenhilfe", "Näherin"}), ({"q": "kuchenhilfe"}, {"Küchenhilfe"}),
        ({"q": "Küchnhilfe"}, {"Küchenhilfe"}), ({"q": "NÄHER"}, {"Näherin"}), ({"q": "Gabelstapler"}, set()),
        ({"kind": "magic", "hours": "x", "asked": "y", "german": "C2"}, {"Küchenhilfe", "Näherin", "Fahrer"}),
    ],
)  # fmt: skip
def test_each_filter_finds_what_it_says(
    desk: Browser, three: list[Vacancy], asked: dict[str, str], titles: set[str]
) -> None:
    PlacementFactory(vacancy=three[2], client__centre=three[2].centre)
    assert _found(desk, **asked) == titles


def test_the_list_counts_states_and_what_is_to_be_asked(desk: Browser, three: list[Vacancy]) -> None:
    page = desk.get(reverse("placements:vacancy_list"))
    assert page.context["totals"] == [("Offen", 2), ("Besetzt", 1)]
    assert [(code, number) for code, _words, number in page.context["asked"]] == [("expired", 1)]
    assert "Gilt noch" in page.content.decode()


def test_the_spreadsheet_has_what_the_list_shows_and_no_formula(
    desk: Browser, three: list[Vacancy], counsellor: Any
) -> None:
    VacancyFactory(
        centre=counsellor.centre, title="=1+1", requirements="@SUM(A1)", certificates_required=["hygiene"],
        working_slots=["mon_am", "tue_am"], field_of_work="care",
    )  # fmt: skip
    answer = desk.get(reverse("placements:vacancy_export"), {"field_of_work": "care"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    head, *rows = sheet.iter_rows()
    [row] = [{title.value: cell for title, cell in zip(head, cells, strict=True)} for cells in rows]
    assert (row["Titel"].value, row["Titel"].data_type) == ("=1+1", "s")
    assert row["Weiteres in Worten"].data_type == "s"
    assert row["Nachweis nötig"].value == "Belehrung Lebensmittelhygiene (§\u00a043 IfSG)"
    assert row["Tage und Tageszeiten"].value == "Mo bis Di: vormittags"
    assert row["Stunden pro Woche"].value == 25
