"""What an employer demands: stored by codes, required or desired, and only what the law lets an employer ask for."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from placements.enums import WorkCertificate, WorkingSlot
from placements.models import Vacancy
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
