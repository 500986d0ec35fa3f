"""What the device loads: the doors of the own section, the questions as the server asks them, nothing when nothing changed."""

from typing import Any

import pytest
from django.urls import reverse

from businesses.models import Unit
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.conditions import parse
from iqquadrat.questionnaires.texts import text
from tests.businesses.factories import ContactAttemptFactory, InterviewFactory, UnitFactory

URL = "businesses:field_data"


def test_a_door(as_user: Any, unit: Unit, surveyor: User) -> None:
    ContactAttemptFactory(unit=unit, surveyor=surveyor, note="Chef erst abends da")
    InterviewFactory(wave=unit.wave, business=unit.business, surveyor=surveyor)
    data = as_user(surveyor).get(reverse(URL)).json()
    [door] = data["units"]
    assert (door["pk"], door["name"], door["street"], door["side"]) == (
        unit.pk,
        "Imbiss Hoa Sen",
        "Eisenbahnstraße",
        "even",
    )
    assert door["door"].startswith("52")
    assert (door["status"], door["interview"], door["still_wanted"]["visits"]) == ("open", "own", 3)
    assert [visit["note"] for visit in door["attempts"]] == ["Chef erst abends da"]
    assert [wave["pk"] for wave in data["waves"]] == [unit.wave_id]


def test_the_questions(as_user: Any, unit: Unit, surveyor: User) -> None:
    data = as_user(surveyor).get(reverse(URL)).json()
    told = data["questionnaires"][str(unit.wave.version_id)]
    items = {item["key"]: item for section in told["sections"] for item in section["items"]}
    stored = list(unit.wave.version.items.order_by("position"))
    assert list(items) == [item.key for item in stored]
    for item in stored:
        assert items[item.key]["label"]["de"] == text(item, "label", "de")
        assert (items[item.key]["condition"] is None) == (parse(item.condition) is None)
        assert items[item.key]["core"] == item.required_core
        keys = [
            choice["key"] for choice in told["choice_lists"].get(items[item.key]["choice_list"] or "", [])
        ]
        assert keys == [choice.key for choice in item.all_choices]
    assert items["v06_country"]["condition"] == ["compare", "=", {"ref": "v06_consent"}, {"value": "yes"}]
    assert told["languages"][0] == "de" or "de" in told["languages"]


def test_what_has_not_changed_is_not_sent_again(as_user: Any, unit: Unit, surveyor: User) -> None:
    client = as_user(surveyor)
    first = client.get(reverse(URL))
    assert first["ETag"] == f'"{first.json()["tag"]}"'
    again = client.get(reverse(URL), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    ContactAttemptFactory(unit=unit, surveyor=surveyor)
    changed = client.get(reverse(URL), headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.json()["tag"] != first.json()["tag"]


@pytest.mark.parametrize("doors", [1, 3])
def test_the_same_number_of_queries(
    as_user: Any, unit: Unit, surveyor: User, doors: int, django_assert_num_queries: Any
) -> None:
    street = unit.business.premises.street
    units = [
        unit,
        *(UnitFactory(wave=unit.wave, business__premises__street=street) for _n in range(doors - 1)),
    ]
    for one in units:
        ContactAttemptFactory(unit=one, surveyor=surveyor)
    client = as_user(surveyor)
    client.get(reverse(URL))  # the content of the version is kept from here on
    with django_assert_num_queries(QUERIES):
        assert len(client.get(reverse(URL)).json()["units"]) == doors


QUERIES = 11
