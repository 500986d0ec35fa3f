"""Pages of vacancies: forms that keep what was typed, two editors, lists that forgive."""

import uuid
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from placements.models import Vacancy
from tests.businesses.factories import BusinessFactory
from tests.placements.factories import VacancyFactory

pytestmark = pytest.mark.django_db
CONTROL = "Koch\x00in"


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _vacancy(**typed: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "revision": "1", "title": "Küchenhilfe", "kind": "job", "field_of_work": "kitchen",
        "positions": "1", "employer_name": "Restaurant Levante", "source": "call", "hours_per_week": "٢٥",
    } | typed  # fmt: skip


def test_a_vacancy_is_entered_once_with_digits_of_any_script(desk: Browser) -> None:
    typed = _vacancy()
    for _again in range(2):
        assert desk.post(reverse("placements:vacancy_create"), typed).status_code == 302
    made = Vacancy.objects.get()
    assert (made.employer, made.hours_per_week, made.state) == ("Restaurant Levante", 25, "open")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": CONTROL.replace("\x00", "\u202e")}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"employer_name": ""}, "employer_name"),
        ({"field_of_work": "magic"}, "field_of_work"),
        ({"positions": "0"}, "positions"),
        ({"hours_per_week": "61"}, "hours_per_week"),
        ({"hours_per_week": "viel"}, "hours_per_week"),
        ({"valid_until": "0001-01-01"}, "valid_until"),
        ({"starts_on": "morgen"}, "starts_on"),
        ({"business": "999999999999999999999"}, "business"),
        ({"languages": ["xx"]}, "languages"),
        ({"requirements": "x" * 2001}, "requirements"),
        ({"submission": "kaputt"}, "submission"),
        ({"revision": "9" * 30}, "revision"),
    ],
)
def test_bad_input_is_said_at_its_field_and_nothing_is_lost(
    desk: Browser, typed: dict[str, Any], field: str
) -> None:
    sent = _vacancy(place="Eisenbahnstraße 61", **typed)
    answer = desk.post(reverse("placements:vacancy_create"), sent)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Eisenbahnstraße 61" in answer.content.decode()
    assert not Vacancy.objects.exists()


def test_either_a_business_or_a_name(desk: Browser, counsellor: Any) -> None:
    own, foreign = BusinessFactory(centre=counsellor.centre), BusinessFactory()
    url = reverse("placements:vacancy_create")
    assert "employer_name" in desk.post(url, _vacancy(business=own.pk)).context["form"].errors
    assert (
        "business" in desk.post(url, _vacancy(business=foreign.pk, employer_name="")).context["form"].errors
    )
    assert desk.post(url, _vacancy(business=own.pk, employer_name="")).status_code == 302
    assert Vacancy.objects.get().business == own
    preset = desk.get(url, {"business": own.public_id})
    assert preset.context["form"]["business"].value() == own.pk
    for forged in ("kaputt", foreign.public_id):
        assert not desk.get(url, {"business": forged}).context["form"]["business"].value()


def test_the_second_of_two_editors_sees_both_versions(desk: Browser, counsellor: Any) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, business=None, employer_name="Restaurant Levante")
    url = reverse("placements:vacancy_edit", args=[vacancy.public_id])
    assert desk.post(url, _vacancy(title="Küchenhilfe, abends")).status_code == 302
    late = desk.post(url, _vacancy(title="Küchenhilfe, früh"))
    assert late.status_code == 409
    assert late.context["vacancy"].title == "Küchenhilfe, abends"
    assert ("Titel", "Küchenhilfe, abends", "Küchenhilfe, früh") in late.context["theirs"]
    page = late.content.decode()
    assert "Küchenhilfe, abends" in page
    assert "Küchenhilfe, früh" in page
    again = {"revision": late.context["form"]["revision"].value()}
    assert desk.post(url, _vacancy(title="Küchenhilfe, früh", **again)).status_code == 302
    vacancy.refresh_from_db()
    assert vacancy.title == "Küchenhilfe, früh"


def test_a_vacancy_is_marked_and_opened_again(desk: Browser, counsellor: Any) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre)
    url = reverse("placements:vacancy_state", args=[vacancy.public_id])
    for state in ("filled", "open", "withdrawn"):
        desk.post(url, {"state": state})
        vacancy.refresh_from_db()
        assert vacancy.state == state
    assert desk.post(url, {"state": "gestohlen"}).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "q=küchen",
        "q=%00",
        "q=%E2%80%AE",
        "kind=magic",
        "state=open&kind=job",
        "page=99",
        "page=x",
        "field_of_work=care",
    ],
)
def test_the_list_forgives_its_address(desk: Browser, counsellor: Any, query: str) -> None:
    VacancyFactory(centre=counsellor.centre)
    assert desk.get(f"{reverse('placements:vacancy_list')}?{query}").status_code in (200, 400)


def test_the_list_finds_by_word_and_filters(desk: Browser, counsellor: Any) -> None:
    kept = VacancyFactory(centre=counsellor.centre, title="Näherin")
    VacancyFactory(centre=counsellor.centre, state="filled")
    url = reverse("placements:vacancy_list")
    assert list(desk.get(url, {"q": "näher"}).context["page_obj"]) == [kept]
    assert list(desk.get(url, {"state": "open"}).context["page_obj"]) == [kept]
    assert not list(desk.get(url, {"q": kept.business.sign_name, "kind": "trial"}).context["page_obj"])


# --- Proposals and steps --------------------------------------------------------------------------------
