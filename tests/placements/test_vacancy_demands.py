"""What an employer demands: stored by codes, required or desired, and only what the law lets an employer ask for."""

import html
import re
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse

from placements.enums import WorkCertificate, WorkingSlot
from placements.models import Vacancy
from placements.services import drafts
from tests.placements.factories import VacancyFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "demands",
    [
        {"licences_required": ["b"], "licences_desired": ["c", "b"]},
        {"licences_required": ["none"]},
        {"licences_desired": ["foreign"]},
        {"certificates_required": ["hygiene"], "certificates_desired": ["hygiene"]},
        {"certificates_desired": ["other"]},
        {"other_certificate_required": True},
        {"experience_years": 0},
        {"experience_years": 41},
        {"working_slots": ["mon_night"]},
        {"kldb": "koch"},
        {"kldb": "2"},
        {"confirmed_on": "2020-01-01"},
    ],
)
def test_demands_that_cannot_be_are_not_stored(demands: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        VacancyFactory(**demands)
    assert not Vacancy.objects.exists()


def test_every_demand_is_stored_and_none_is_the_rule() -> None:
    plain = VacancyFactory()
    assert (plain.working_slots, plain.licences_required, plain.certificates_required) == ([], [], [])
    assert (plain.experience_years, plain.kldb, plain.public, plain.employer_hidden) == (
        None,
        "",
        False,
        True,
    )
    full = VacancyFactory(
        postal_code="04315", working_slots=list(WorkingSlot.values), experience_years=2, licences_required=["b"],
        licences_desired=["c1"], certificates_required=["hygiene"], certificates_desired=list(WorkCertificate.values)[3:],
        other_certificate="Sachkunde § 34a", other_certificate_required=True, kldb="29302",
    )  # fmt: skip
    full.refresh_from_db()
    assert len(full.working_slots) == 21
    assert full.certificates_required == ["hygiene"]


# --- The form -------------------------------------------------------------------------------------------


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _typed(**typed: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "revision": "1", "title": "Küchenhilfe", "kind": "job", "field_of_work": "kitchen", "positions": "1",
        "employer_name": "Restaurant Levante", "source": "call",
    } | typed  # fmt: skip


DEMANDS: dict[str, Any] = {
    "postal_code": "٠٤٣١٥", "working_slots": ["mon_am", "sat_eve"], "experience_years": "2", "licences_required": ["b"], "licences_desired": ["c1"],
    "certificates_required": ["hygiene"], "certificates_desired": ["first_aid"], "other_certificate": "Sachkunde", "other_certificate_required": "on",
    "kldb": "29 301", "german_required": "A2", "languages": ["ar"],
}  # fmt: skip


def test_all_demands_are_entered_shown_and_offered_again(desk: Browser, counsellor: Any) -> None:
    assert desk.post(reverse("placements:vacancy_create"), _typed(**DEMANDS)).status_code == 302
    made = Vacancy.objects.get()
    assert (made.postal_code, made.kldb, made.working_slots) == ("04315", "29301", ["mon_am", "sat_eve"])
    assert (made.licences_required, made.licences_desired) == (["b"], ["c1"])
    page = desk.get(reverse("placements:vacancy_detail", args=[made.public_id])).content.decode()
    for words in (
        "Mo: vormittags",
        "Sa: abends",
        "2 Jahre",
        "B (Auto)",
        "Sachkunde",
        "Erste Hilfe",
        "29301",
        "04315",
        "Arabisch",
    ):
        assert words in page, words
    form = desk.get(reverse("placements:vacancy_edit", args=[made.public_id])).content.decode()
    for name, code in (
        ("working_slots", "sat_eve"),
        ("licences_desired", "c1"),
        ("certificates_required", "hygiene"),
    ):
        tick = re.search(rf'<input[^>]*name="{name}"[^>]*value="{code}"[^>]*>', form)
        assert tick is not None
        assert "checked" in tick[0]


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"licences_required": ["b"], "licences_desired": ["b"]}, "licences_desired"),
        ({"certificates_required": ["care"], "certificates_desired": ["care"]}, "certificates_desired"),
        ({"other_certificate_required": "on"}, "other_certificate"),
        ({"licences_required": ["foreign"]}, "licences_required"),
        ({"working_slots": ["mon_night"]}, "working_slots"),
        ({"experience_years": "41"}, "experience_years"),
        ({"kldb": "Koch"}, "kldb"),
        ({"postal_code": "431"}, "postal_code"),
        ({"in_charge": "999999"}, "in_charge"),
    ],
)
def test_demands_that_cannot_be_are_said_at_their_field(
    desk: Browser, typed: dict[str, Any], field: str
) -> None:
    answer = desk.post(reverse("placements:vacancy_create"), _typed(place="Torgauer Straße 3", **typed))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert "Torgauer Straße 3" in answer.content.decode()
    assert not Vacancy.objects.exists()


@pytest.mark.parametrize("field", ["title", "times", "other_certificate", "requirements"])
def test_an_unlawful_wish_is_refused_with_the_laws_name_and_nothing_is_lost(
    desk: Browser, field: str
) -> None:
    answer = desk.post(
        reverse("placements:vacancy_create"),
        _typed(**{field: "Nur Männer, ohne Kopftuch"}, place="Torgauer Straße 3"),
    )
    assert answer.status_code == 422
    page = html.unescape(answer.content.decode())
    for words in (
        "„Nur Männer“ darf ein Betrieb nicht verlangen",
        "AGG, §§ 1, 7 und 11",
        "Geschlecht",
        "„ohne Kopftuch“",
        "Religion",
        "Torgauer Straße 3",
    ):
        assert words in page, words
    assert not Vacancy.objects.exists()


def test_what_may_sound_unlawful_is_only_mentioned(desk: Browser) -> None:
    answer = desk.post(
        reverse("placements:vacancy_create"), _typed(requirements="Wir sind ein junges Team"), follow=True
    )
    assert Vacancy.objects.count() == 1
    assert "kann klingen, als wären manche nicht willkommen" in html.unescape(answer.content.decode())


def test_a_draft_with_an_unlawful_wish_is_not_opened(counsellor: Any) -> None:
    draft = VacancyFactory(
        centre=counsellor.centre,
        business=None,
        employer_name="Imbiss",
        state="draft",
        title="Ausbildungsplatz: nur Mädchen",
    )
    with pytest.raises(drafts.UnlawfulWishError):
        drafts.open_draft(vacancy=draft, by=counsellor)
    draft.refresh_from_db()
    assert draft.state == "draft"
    draft.title = "Ausbildungsplatz: Friseur/in"
    draft.save()
    opened = drafts.open_draft(vacancy=draft, by=counsellor)
    assert (opened.state, opened.in_charge) == ("open", counsellor)
