"""Data and reports of a wave: who may take what, what is logged, what is asked for again."""

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import Unit
from businesses.services import record_interview
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.xlsform import read_workbook
from tests.businesses.factories import UnitFactory, WaveFactory
from tests.fixtures.people import CentreFactory, UserFactory

pytestmark = pytest.mark.django_db
FILES = ("quarter_sheet", "quarter_sheet_geojson", "survey_form", "survey_data")


@pytest.fixture
def told(unit: Unit, surveyor: User, core: dict[str, Any]) -> Unit:
    """The unit with an interview."""
    now = timezone.now()
    record_interview(unit=unit, answers=core, by=surveyor, started_at=now, completed_at=now)
    return unit


def _address(name: str, unit: Unit) -> str:
    return reverse(f"businesses:{name}", kwargs={"public_id": unit.wave.public_id})


def _choice(unit: Unit, **changes: Any) -> dict[str, Any]:
    return {
        "waves": [str(unit.wave.public_id)],
        "scope": "internal",
        "language": "de",
        "table": "comma",
    } | changes


def test_the_page_says_what_there_is_and_the_wave_leads_to_it(
    as_user: Any, coordinator: User, told: Unit
) -> None:
    client = as_user(coordinator)
    assert _address("wave_data", told) in client.get(_address("wave_detail", told)).content.decode()
    page = client.get(_address("wave_data", told)).content.decode()
    for name in FILES:
        assert _address(name, told) in page


def test_who_may_not_take_anything_out_sees_no_link(as_user: Any, counsellor: User, told: Unit) -> None:
    client = as_user(counsellor)
    assert _address("wave_data", told) not in client.get(_address("wave_detail", told)).content.decode()
    assert client.get(_address("wave_data", told)).status_code == 403


def test_the_answers_come_as_an_archive_and_the_log_knows(
    as_user: Any, coordinator: User, told: Unit
) -> None:
    answer = as_user(coordinator).get(_address("survey_data", told), _choice(told))
    assert answer["Content-Type"] == "application/zip"
    assert "attachment" in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert "interviews.sav" in archive.namelist()
        assert "Welle" in archive.read("codebook.md").decode()
    entry = Entry.objects.filter(action="export").latest("pk")
    assert entry.detail == {"format": "survey", "scope": "internal", "rows": 1}
    assert (entry.object_type, entry.object_id) == ("businesses.wave", str(told.wave.pk))


def test_labels_in_english(as_user: Any, coordinator: User, told: Unit) -> None:
    answer = as_user(coordinator).get(_address("survey_data", told), _choice(told, language="en"))
    with zipfile.ZipFile(io.BytesIO(answer.getvalue())) as archive:
        assert "not reached" in archive.read("codebook.md").decode()


def test_too_few_for_science_is_said_and_nothing_is_logged(
    as_user: Any, coordinator: User, told: Unit
) -> None:
    answer = as_user(coordinator).get(_address("survey_data", told), _choice(told, scope="science"))
    assert answer.status_code == 422
    assert "3" in str(answer.context["form"].errors["waves"])
    assert not Entry.objects.filter(action="export").exists()


@pytest.mark.parametrize("changes", [{"waves": []}, {"scope": "all"}, {"waves": ["x"]}, {"table": ""}])
def test_bad_choices_come_back(changes: dict[str, Any], as_user: Any, coordinator: User, told: Unit) -> None:
    assert (
        as_user(coordinator).get(_address("survey_data", told), _choice(told, **changes)).status_code == 422
    )


def test_a_foreign_wave_cannot_be_taken_along(as_user: Any, told: Unit) -> None:
    stranger = UserFactory(centre=CentreFactory(), roles=["coordinator"])
    own = UnitFactory(wave=WaveFactory(centre=stranger.centre, version=told.wave.version))
    client = as_user(stranger)
    for name in (*FILES, "wave_data"):
        assert client.get(_address(name, told), _choice(told)).status_code == 404
    both = _choice(own, waves=[str(own.wave.public_id), str(told.wave.public_id)])
    assert client.get(_address("survey_data", own), both).status_code == 422


@pytest.mark.parametrize("name", ["quarter_sheet", "quarter_sheet_geojson", "survey_data"])
def test_the_password_is_asked_for_again(
    name: str, as_user: Any, coordinator: User, told: Unit, time_machine: Any
) -> None:
    client = as_user(coordinator)
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    answer = client.get(_address(name, told), _choice(told))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("accounts:confirm"))


def test_the_sheet_as_paper_and_for_maps(as_user: Any, coordinator: User, told: Unit) -> None:
    client = as_user(coordinator)
    paper = client.get(_address("quarter_sheet", told))
    assert paper["Content-Type"] == "application/pdf"
    places = client.get(_address("quarter_sheet_geojson", told))
    assert places["Content-Type"] == "application/geo+json"
    data = json.loads(places.content)
    assert [feature["properties"]["name"] for feature in data["features"]] == ["Übrige"]
    assert data["total"]["units"] == 1
    assert sorted(Entry.objects.filter(action="export").values_list("detail__format", flat=True)) == [
        "geojson",
        "pdf",
    ]


def test_the_form_is_the_waves_questionnaire(as_user: Any, coordinator: User, told: Unit) -> None:
    answer = as_user(coordinator).get(_address("survey_form", told))
    assert read_workbook(io.BytesIO(answer.content)).key == "business_survey"
    assert Entry.objects.filter(action="export", detail__format="xlsform").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_page(
    rows: int, as_user: Any, coordinator: User, told: Unit, django_assert_num_queries: Any
) -> None:
    for _row in range(rows):
        UnitFactory(wave=WaveFactory(centre=coordinator.centre, version=told.wave.version))
    client = as_user(coordinator)
    client.get(_address("wave_data", told))
    with django_assert_num_queries(8):
        client.get(_address("wave_data", told))
