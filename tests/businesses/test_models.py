"""What the database itself refuses, and the reference data."""

import pytest
from django.db import IntegrityError

from businesses.branches import load_branches
from businesses.enums import Status
from businesses.models import WzBranch
from tests.businesses.factories import BusinessFactory, PremisesFactory

pytestmark = pytest.mark.django_db


def test_the_branches_are_there_and_loading_again_changes_nothing() -> None:
    count = WzBranch.objects.count()
    assert load_branches() == count > 90
    assert WzBranch.objects.count() == count
    assert WzBranch.objects.get(version=2008, code="56.1").kind == "gastronomy"


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"sign_name": ""}, "businesses_named_unless_vacant"),
        ({"status": "gone"}, "businesses_status_known"),
        ({"status": Status.VACANT, "premises": None}, "businesses_vacant_somewhere"),
        ({"size_is_estimated": True}, "businesses_estimate_of_something"),
        ({"size_band": "many"}, "businesses_size_known"),
        ({"confirmed_on": "2008-01-01"}, "businesses_confirmed_pair"),
    ],
)
def test_a_business_that_cannot_be(fields: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        BusinessFactory(**fields)


def test_the_same_door_once() -> None:
    door = PremisesFactory(house_number=52, position="left")
    with pytest.raises(IntegrityError, match="businesses_premises_once"):
        PremisesFactory(centre=door.centre, street=door.street, house_number=52, position="left")


def test_a_house_number_of_nothing() -> None:
    with pytest.raises(IntegrityError, match="businesses_premises_number"):
        PremisesFactory(house_number=0)
