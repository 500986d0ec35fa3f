"""What a second wave is told of the first one: the answers that may be shown at the door, of those who agreed to that."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.earlier import before_of
from businesses.enums import ConsentPurpose
from businesses.models import Unit, Wave
from businesses.services import note_consent, record_interview, withdraw_consent
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Item, Version
from tests.businesses.factories import InterviewFactory, UnitFactory, WaveFactory

SECRET = {"v06_consent": {"choices": ["yes"]}, "v06_country": {"choices": ["vn"]}, "v13_family": {"value": 2}}


def _earlier(unit: Unit, core: dict[str, Any], by: User, *, name: str, days: int) -> Wave:
    day = timezone.localdate() - dt.timedelta(days=days)
    wave: Wave = WaveFactory(
        centre=unit.wave.centre,
        version=unit.wave.version,
        name=name,
        starts_on=day,
        ends_on=day + dt.timedelta(days=9),
    )
    listed = UnitFactory(wave=wave, business=unit.business)
    began = timezone.now() - dt.timedelta(days=days)
    record_interview(
        unit=listed, answers=core, by=by, started_at=began, completed_at=began + dt.timedelta(minutes=20)
    )
    return wave


@pytest.fixture
def agreed(unit: Unit, surveyor: User) -> Any:
    return note_consent(business=unit.business, purpose=ConsentPurpose.PANEL, channel="on_site", by=surveyor)


def _door(as_user: Any, surveyor: User) -> Any:
    [door] = as_user(surveyor).get(reverse("businesses:field_data")).json()["units"]
    return door


@pytest.mark.usefixtures("agreed")
def test_the_newest_answers_as_a_device_sends_them(
    as_user: Any, unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    _earlier(unit, core | {"v09_heads": {"value": 9}}, surveyor, name="Frühjahr", days=400)
    _earlier(unit, core | SECRET, surveyor, name="Sommer", days=200)
    InterviewFactory(
        business=unit.business,
        wave=WaveFactory(
            centre=unit.wave.centre,
            version=unit.wave.version,
            starts_on=timezone.localdate() - dt.timedelta(days=99),
        ),
    )
    before = _door(as_user, surveyor)["before"]
    assert before["wave"] == "Sommer", "the one that was only begun is none"
    told = before["answers"]
    assert told["v09_heads"] == {"value": 4}
    assert told["v07_languages"] == {"choices": ["de", "vi"]}
    assert told["v05_goods"] == {"value": "Suppen und Nudeln"}
    assert told["v02_founded"] == {"value": 1998}
    assert not [key for key in told if key.startswith(("v06", "v13", "consent"))]


def test_who_did_not_agree_is_asked_anew(
    as_user: Any, unit: Unit, surveyor: User, core: dict[str, Any], agreed: Any
) -> None:
    _earlier(unit, core, surveyor, name="Sommer", days=200)
    assert _door(as_user, surveyor)["before"]
    withdraw_consent(consent=agreed, by=surveyor)
    assert _door(as_user, surveyor)["before"] is None


@pytest.mark.usefixtures("agreed")
def test_a_question_that_is_another_one_now(
    as_user: Any, unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    old = Version.objects.create(questionnaire=unit.wave.version.questionnaire, number=99, title="Alt")
    section = old.sections.create(key="all", position=1)
    heads = Item.objects.create(version=old, section=section, key="v09_heads", type="integer", position=1)
    founded = Item.objects.create(version=old, section=section, key="v02_founded", type="text", position=2)
    gone = Item.objects.create(version=old, section=section, key="v99_gone", type="integer", position=3)
    wave = WaveFactory(
        centre=unit.wave.centre, version=old, starts_on=timezone.localdate() - dt.timedelta(days=99)
    )
    talk = InterviewFactory(
        business=unit.business,
        wave=wave,
        disposition="complete",
        completed_at=timezone.now() + dt.timedelta(minutes=9),
    )
    for item, facts in ((heads, {"number": 7}), (founded, {"text": "damals"}), (gone, {"number": 1})):
        talk.response.answers.create(item=item, status="answered", seq=1, **facts)
    assert _door(as_user, surveyor)["before"]["answers"] == {"v09_heads": {"value": 7}}


def test_nothing_before_the_first_wave(as_user: Any, unit: Unit, surveyor: User) -> None:
    door = _door(as_user, surveyor)
    assert door["before"] is None
    assert door["known"] == {
        "sign_name": "Imbiss Hoa Sen", "trade": "", "status": "open", "languages": [], "size_band": "", "seen_on": None,
    }  # fmt: skip


def test_streets_photos_and_whose_device_it_is(as_user: Any, unit: Unit, surveyor: User) -> None:
    first = as_user(surveyor).get(reverse("businesses:field_data")).json()
    street = unit.business.premises.street
    assert first["waves"][0]["streets"] == [{"pk": street.pk, "name": "Eisenbahnstraße"}]
    assert (first["photos"], first["units"][0]["photo"]) == (False, False)
    assert first["user"] == as_user(surveyor).get(reverse("businesses:field_data")).json()["user"]
    assert len(first["user"]) == 32
    assert str(surveyor.pk) != first["user"]


@pytest.mark.parametrize("doors", [1, 3])
@pytest.mark.usefixtures("agreed")
def test_the_same_number_of_queries(
    as_user: Any, unit: Unit, surveyor: User, core: Any, doors: int, django_assert_num_queries: Any
) -> None:
    street = unit.business.premises.street
    for _n in range(doors - 1):
        other = UnitFactory(wave=unit.wave, business__premises__street=street)
        note_consent(business=other.business, purpose=ConsentPurpose.PANEL, channel="on_site", by=surveyor)
        _earlier(other, core, surveyor, name=f"Sommer {other.pk}", days=200)
    _earlier(unit, core, surveyor, name="Sommer", days=200)
    client = as_user(surveyor)
    client.get(reverse("businesses:field_data"))
    units = list(Unit.objects.filter(wave=unit.wave).select_related("wave"))
    with django_assert_num_queries(3):
        assert len(before_of(units)) == doors
