"""Training places created: what proves them, and how one is corrected."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from businesses.models import TrainingPlace
from iqquadrat.accesslog.models import Entry
from tests.businesses.factories import BusinessFactory, TrainingPlaceFactory

pytestmark = pytest.mark.django_db


def _typed(**more: str) -> dict[str, str]:
    return {
        "occupation": "Kauffrau im Einzelhandel", "created_on": "2026-03-02", "reason": "first_time", "evidence": "contract", "revision": "1",
    } | more  # fmt: skip


@pytest.fixture
def place(coordinator: Any) -> TrainingPlace:
    made: TrainingPlace = TrainingPlaceFactory(
        business__centre=coordinator.centre, created_on=dt.date(2026, 3, 1), reason="additional"
    )
    return made


def test_a_place_is_noted_with_what_proves_it(coordinator: Any, as_user: Any) -> None:
    business = BusinessFactory(centre=coordinator.centre)
    url = reverse("businesses:training_place_create", args=[business.public_id])
    typed = _typed(submission="0b5a7c1e-8d3b-4a2e-9d1f-0c2a3b4d5e6f")
    assert as_user(coordinator).post(url, typed).status_code == 302
    made = business.training_places.get()
    assert (made.occupation, made.reason, made.evidence) == (
        "Kauffrau im Einzelhandel",
        "first_time",
        "contract",
    )
    page = as_user(coordinator).get(reverse("businesses:business_detail", args=[business.public_id]))
    assert "Ausbildungsvertrag gesehen" in page.content.decode()


def test_a_place_is_corrected_and_the_log_says_what(
    coordinator: Any, as_user: Any, place: TrainingPlace
) -> None:
    url = reverse("businesses:training_place_edit", args=[place.pk])
    assert as_user(coordinator).post(url, _typed()).status_code == 302
    place.refresh_from_db()
    assert (place.reason, place.evidence, place.revision) == ("first_time", "contract", 2)
    entry = Entry.objects.filter(action="change", object_type="businesses.trainingplace").get()
    assert set(entry.detail["fields"]) >= {"reason", "evidence", "created_on"}


def test_who_was_overtaken_sees_both_versions(coordinator: Any, as_user: Any, place: TrainingPlace) -> None:
    url = reverse("businesses:training_place_edit", args=[place.pk])
    as_user(coordinator).post(url, _typed(occupation="Köchin"))
    late = as_user(coordinator).post(url, _typed(occupation="Bäckerin"))
    assert late.status_code == 409
    assert [row[1:] for row in late.context["stored"]] == [("Köchin", "Bäckerin")]
    again = {"revision": late.context["form"]["revision"].value()}
    assert as_user(coordinator).post(url, _typed(occupation="Bäckerin") | again).status_code == 302
    place.refresh_from_db()
    assert place.occupation == "Bäckerin"


def test_a_place_is_not_created_in_the_future(coordinator: Any, as_user: Any, place: TrainingPlace) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = as_user(coordinator).post(
        reverse("businesses:training_place_edit", args=[place.pk]), _typed(created_on=tomorrow.isoformat())
    )
    assert answer.status_code == 422
    assert "created_on" in answer.context["form"].errors


def test_the_database_knows_what_may_prove_a_place(place: TrainingPlace) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        TrainingPlace.objects.filter(pk=place.pk).update(evidence="hearsay")
