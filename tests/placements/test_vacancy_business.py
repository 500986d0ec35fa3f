"""A vacancy's business is found by its name: one is taken, of several one is chosen, and nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from businesses.models import Business
from iqquadrat.core.folding import search_key
from placements.models import Vacancy
from tests.businesses.factories import BusinessFactory
from tests.placements.factories import VacancyFactory
from tests.placements.test_vacancy_pages import _vacancy

pytestmark = pytest.mark.django_db
ADDRESS = "placements:vacancy_create"


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _business(counsellor: Any, name: str) -> Business:
    made: Business = BusinessFactory(centre=counsellor.centre, sign_name=name, search_key=search_key(name))
    return made


def _found(text: str, **more: Any) -> dict[str, Any]:
    return _vacancy(employer_name="", business_find=text, **more)


def test_the_one_business_of_a_name_is_taken(desk: Browser, counsellor: Any) -> None:
    levante = _business(counsellor, "Restaurant Levante")
    _business(counsellor, "Schneiderei")
    assert desk.post(reverse(ADDRESS), _found("levante restaurant")).status_code == 302
    assert Vacancy.objects.get().business == levante


def test_of_several_one_is_chosen_and_nothing_is_lost(desk: Browser, counsellor: Any) -> None:
    first, second = (_business(counsellor, f"Levante {n}") for n in ("I", "II"))
    BusinessFactory(sign_name="Levante", search_key="levante")  # of another centre
    answer = desk.post(reverse(ADDRESS), _found("Levante", place="Eisenbahnstraße 61"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "business" in answer.context["form"].errors
    assert "Eisenbahnstraße 61" in page
    offered = [value for value, _label in answer.context["form"].fields["business"].widget.choices]
    assert sorted(offered, key=str) == sorted([first.pk, second.pk, ""], key=str)
    assert desk.post(reverse(ADDRESS), _found("Levante", business=second.pk)).status_code == 302
    assert Vacancy.objects.get().business == second


@pytest.mark.parametrize(("text", "how_many"), [("Nirgends", 1), ("Levante", 21)])
def test_none_or_too_many_is_said_at_the_field(
    desk: Browser, counsellor: Any, text: str, how_many: int
) -> None:
    for _each in range(how_many):
        _business(counsellor, "Levante")
    answer = desk.post(reverse(ADDRESS), _found(text))
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"business_find"}
    assert not Vacancy.objects.exists()


def test_the_chosen_one_is_not_kept_in_silence_beside_another_name(desk: Browser, counsellor: Any) -> None:
    levante, tailor = (_business(counsellor, name) for name in ("Levante", "Schneiderei"))
    answer = desk.post(reverse(ADDRESS), _found("Schneiderei", business=levante.pk))
    assert answer.status_code == 422
    offered = [value for value, _label in answer.context["form"].fields["business"].widget.choices]
    assert offered == [tailor.pk, levante.pk, ""]


def test_the_page_offers_what_is_preset_or_stored_and_not_the_whole_register(
    desk: Browser, counsellor: Any
) -> None:
    chosen, other = (_business(counsellor, name) for name in ("Levante", "Schneiderei"))
    preset = desk.get(reverse(ADDRESS), {"business": str(chosen.public_id)}).content.decode()
    stored = VacancyFactory(centre=counsellor.centre, business=chosen)
    edit = desk.get(reverse("placements:vacancy_edit", args=[stored.public_id])).content.decode()
    for page in (preset, edit):
        assert "Levante" in page
        assert other.sign_name not in page
    assert 'type="radio" name="business"' not in desk.get(reverse(ADDRESS)).content.decode()
