"""Board, list and spreadsheet with their filters."""

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from iqquadrat.accesslog.models import Entry
from placements.enums import FieldOfWork, Stage
from placements.models import Placement
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import PlacementFactory, VacancyFactory, started

pytestmark = pytest.mark.django_db
LIST, BOARD, EXPORT = "/placements/list/", "/placements/", "/placements/list/export/"


@pytest.fixture
def ways(counsellor: Any) -> dict[str, Placement]:
    """Four ways of two clients."""
    old = timezone.now() - dt.timedelta(days=15)
    one = ClientFactory(counsellor=counsellor, latin_family_name="Haddad", family_name="Haddad")
    two = ClientFactory(counsellor=counsellor, latin_family_name="Nguyen", family_name="Nguyễn")
    warehouse = VacancyFactory(
        centre=counsellor.centre, business=None, employer_name="Spedition Kranich", title="Lagerhilfe", field_of_work=FieldOfWork.WAREHOUSE,
    )  # fmt: skip
    return {
        "kitchen": PlacementFactory(client=one, stage=Stage.APPLIED, stage__at=old),
        "warehouse": PlacementFactory(client=two, vacancy=warehouse),
        "closed": PlacementFactory(client=one, stage=Stage.CLOSED, stage__at=old),
        "started": started(two),
    }


def _shown(browser: Browser, **wanted: str) -> set[int]:
    return {placement.pk for placement in browser.get(LIST, wanted).context["page_obj"]}


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, {"kitchen", "warehouse", "closed", "started"}), ({"stage": "applied"}, {"kitchen"}), ({"field_of_work": "warehouse"}, {"warehouse"}),
        ({"employer": "kranich"}, {"warehouse"}), ({"employer": "Kranich Spedition"}, {"warehouse"}), ({"q": "lager"}, {"warehouse"}),
        ({"q": "Nguyen"}, {"warehouse", "started"}), ({"waiting": "14"}, {"kitchen"}), ({"waiting": "30"}, set()),
        ({"q": "Nguyen", "stage": "proposed"}, {"warehouse"}), ({"q": "niemand"}, set()), ({"stage": "x"}, {"kitchen", "warehouse", "closed", "started"}),
        ({"counsellor": "1"}, {"kitchen", "warehouse", "closed", "started"}),
    ],
)  # fmt: skip
def test_the_list_finds_by_every_filter(
    ways: dict[str, Placement], counsellor: Any, as_user: Any, wanted: dict[str, str], found: set[str]
) -> None:
    assert _shown(as_user(counsellor), **wanted) == {ways[name].pk for name in found}


def test_the_board_filters_too_and_its_rest_leads_on(
    ways: dict[str, Placement], counsellor: Any, as_user: Any
) -> None:
    browser = as_user(counsellor)
    lanes = browser.get(BOARD, {"waiting": "14"}).context["lanes"]
    assert [p.pk for lane in lanes for p in lane["placements"]] == [ways["kitchen"].pk]
    nothing = browser.get(BOARD, {"q": "niemand"}).content.decode()
    assert "Keine Vermittlung gefunden" in nothing
    assert 'name="q"' in nothing


def test_a_coordinator_filters_by_counsellor_and_finds_nobody_by_name(
    ways: dict[str, Placement], counsellor: Any, coordinator: Any, as_user: Any
) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    theirs = PlacementFactory(client__counsellor=colleague)
    browser = as_user(coordinator)
    assert _shown(browser, counsellor=str(colleague.pk)) == {theirs.pk}
    assert _shown(browser, q="Nguyen") == set()
    number = ways["kitchen"].client.number
    assert _shown(browser, q=number) == {ways["kitchen"].pk, ways["closed"].pk}
    assert 'name="counsellor"' not in as_user(counsellor).get(LIST).content.decode()


def _rows(browser: Browser, **wanted: str) -> list[list[Any]]:
    answer = browser.get(EXPORT, wanted)
    assert answer.status_code == 200
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_the_spreadsheet_holds_what_the_list_shows(
    ways: dict[str, Placement], counsellor: Any, as_user: Any
) -> None:
    rows = _rows(as_user(counsellor), stage="proposed")
    assert len(rows) == 1
    assert rows[0][0] == ways["warehouse"].client.number
    assert rows[0][2:6] == ["Lagerhilfe", "Spedition Kranich", "Lager", "Vorgeschlagen"]
    assert Entry.objects.filter(object_type="placements.placement", action="export").count() == 1


def test_a_coordinator_s_spreadsheet_names_nobody_and_no_cell_is_a_formula(
    counsellor: Any, coordinator: Any, as_user: Any
) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, title="=1+1", business=None, employer_name="@SUM(A1)")
    PlacementFactory(client__counsellor=counsellor, vacancy=vacancy)
    answer = as_user(coordinator).get(EXPORT)
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert {"=1+1", "@SUM(A1)"} <= {cell.value for cell in cells}
    assert not any("Haddad" in str(cell.value) for cell in cells)


def test_an_empty_list_says_what_to_do_first(counsellor: Any, as_user: Any) -> None:
    page = as_user(counsellor).get(reverse("placements:placement_list")).content.decode()
    assert "Noch keine Vermittlung" in page
