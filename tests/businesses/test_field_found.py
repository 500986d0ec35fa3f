"""What the device sends beside interviews and visits: where it stood, what it saw, a shop that was on no list."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import Business, ContactAttempt, FieldOperation, Interview, Observation, Street, Unit
from businesses.services import hand_over_interview
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer
from tests.businesses.factories import (
    InterviewFactory,
    PremisesFactory,
    StreetFactory,
    UnitFactory,
    WzBranchFactory,
)
from tests.businesses.field_helpers import Device, Sent, results, send
from tests.fixtures.people import CentreFactory, UserFactory

HERE = {"lat": 51.3412, "lon": 12.4011, "accuracy": 12.04}


@pytest.fixture
def client(as_user: Any, surveyor: User) -> Any:
    return as_user(surveyor)


@pytest.fixture
def device() -> Device:
    return Device()


@pytest.fixture
def street(unit: Unit) -> Street:
    premises = unit.business.premises
    assert premises
    return premises.street


def _find(device: Device, unit: Unit, street: Street, **facts: Any) -> Sent:
    return device.find(
        unit.wave, street, **{"number": "14 a", "sign_name": "Kiosk Linh", "status": "open"} | facts
    )


def test_where_the_device_stood(client: Any, device: Device, unit: Unit) -> None:
    sent = [
        device.note("begin", unit, position=HERE), device.note("attempt", unit, disposition="no_contact", position=HERE),
        device.note("sight", unit, seen={}, position=HERE), device.note("attempt", unit, disposition="no_contact"),
    ]  # fmt: skip
    assert results(client, *sent) == [("applied", "")] * 4
    expected = (Decimal("51.341200"), Decimal("12.401100"), Decimal("12.0"))
    for model in (Interview, Observation):
        row = model.objects.get()
        assert (row.position_lat, row.position_lon, row.position_accuracy) == expected
    near, nowhere = ContactAttempt.objects.order_by("at")
    assert (near.position_lat, near.position_lon, near.position_accuracy) == expected
    assert (nowhere.position_lat, nowhere.position_lon, nowhere.position_accuracy) == (None, None, None)


@pytest.mark.parametrize(
    "position",
    [
        [], "51, 12", {}, HERE | {"lat": 90.1}, HERE | {"lon": -181}, HERE | {"accuracy": -1}, HERE | {"accuracy": 10_000},
        HERE | {"lat": None}, HERE | {"lat": "51"}, HERE | {"lat": True}, {"lat": 51.3, "lon": 12.4}, HERE | {"lat": 10**400},
        HERE | {"lon": float("1e308")},
    ],
)  # fmt: skip
def test_a_position_that_is_none(client: Any, device: Device, unit: Unit, position: Any) -> None:
    sent = device.note("attempt", unit, disposition="no_contact", position=position)
    assert results(client, sent) == [("refused", "position")]
    assert not ContactAttempt.objects.exists()


def test_answers_keep_the_time_of_the_device(client: Any, device: Device, unit: Unit) -> None:
    begin = device.note("begin", unit)
    answers = device.note("answers", unit, begin=begin["uuid"], answers={"v09_heads": {"value": 4}})
    results(client, begin, answers)
    assert Answer.objects.get().answered_at == dt.datetime.fromisoformat(answers["at"])


def test_still_as_it_was(client: Any, device: Device, unit: Unit) -> None:
    before = Business.objects.values("sign_name", "branch_words", "branch", "languages", "status").get(
        pk=unit.business_id
    )
    assert results(client, device.note("sight", unit, seen={})) == [("applied", "")]
    assert Business.objects.values(*before).get(pk=unit.business_id) == before
    sight = Observation.objects.get()
    assert (sight.status, sight.wave, sight.before, sight.languages) == ("open", unit.wave, {}, None)
    assert Business.objects.get(pk=unit.business_id).confirmed_on == timezone.localdate()


def test_another_sign_and_what_stood_there_before(client: Any, device: Device, unit: Unit) -> None:
    Business.objects.filter(pk=unit.business_id).update(branch_words="Nudelsuppen", languages=["vi"])
    seen = {"status": "changed", "sign_name": "Döner Ali", "trade": "Döner", "languages": ["tr", "de"]}
    assert results(client, device.note("sight", unit, seen=seen)) == [("applied", "")]
    business, sight = Business.objects.get(pk=unit.business_id), Observation.objects.get()
    assert (business.sign_name, business.branch_words, business.status, business.branch) == (
        "Döner Ali", "Döner", "changed", None,
    )  # fmt: skip
    assert set(business.languages) == {"tr", "de"}
    assert sight.before == {
        "sign_name": "Imbiss Hoa Sen", "branch_words": "Nudelsuppen", "languages": ["vi"], "branch": WzBranchFactory().code,
    }  # fmt: skip
    assert business in Business.objects.to_code()


def test_the_same_trade_in_other_letters_keeps_the_branch(client: Any, device: Device, unit: Unit) -> None:
    Business.objects.filter(pk=unit.business_id).update(branch_words="Döner")
    results(client, device.note("sight", unit, seen={"trade": "DÖNER"}))
    business = Business.objects.get(pk=unit.business_id)
    assert (business.branch_words, business.branch is None) == ("Döner", False)
    assert Observation.objects.get().before == {}


def test_an_older_sight_changes_nothing_in_the_register(client: Any, device: Device, unit: Unit) -> None:
    results(client, device.note("observe", unit, status="closed"))
    older = device.note("sight", unit, seen={"sign_name": "Vorher"}) | {
        "at": (timezone.now() - dt.timedelta(days=3)).isoformat()
    }
    assert results(client, older) == [("applied", "")]
    business = Business.objects.get(pk=unit.business_id)
    assert (business.sign_name, business.status) == ("Imbiss Hoa Sen", "closed")
    assert set(Observation.objects.values_list("sign_name", flat=True)) == {"", "Vorher"}


def test_an_empty_shop_gets_a_name_with_the_sight(client: Any, device: Device, unit: Unit) -> None:
    Business.objects.filter(pk=unit.business_id).update(status="vacant", sign_name="")
    nameless = device.note("sight", unit, seen={"status": "open"})
    named = device.note("sight", unit, seen={"status": "open", "sign_name": "Neu hier"})
    assert results(client, nameless, named) == [("refused", "name_needed"), ("applied", "")]
    assert Business.objects.get(pk=unit.business_id).display_name == "Neu hier"


def test_a_shop_that_was_on_no_list(client: Any, device: Device, unit: Unit, street: Street) -> None:
    found = _find(device, unit, street, trade="Zeitungen", position=HERE)
    visit = device.note_at(found, "attempt", disposition="owner_absent")
    begin = device.note_at(found, "begin")
    answers = device.note(
        "answers", unit, begin=begin["uuid"], after=begin["uuid"], answers={"v09_heads": {"value": 2}}
    )
    told = send(client, [found, visit, begin, answers])
    assert [one["result"] for one in told] == ["applied"] * 4
    shop = Business.objects.get(sign_name="Kiosk Linh")
    assert shop.premises
    assert (shop.premises.street, shop.premises.house_number, shop.premises.addition) == (street, 14, "a")
    assert (shop.branch_words, shop.branch, shop.confirmed_by) == (
        "Zeitungen",
        None,
        told and Unit.objects.get(pk=told[0]["unit"]).business.confirmed_by,
    )
    listed = Unit.objects.get(business=shop)
    assert (told[0]["unit"], listed.wave, listed.disposition) == (listed.pk, unit.wave, "owner_absent")
    assert Interview.objects.get().business == shop
    sight = Observation.objects.get(business=shop)
    assert (sight.wave, sight.position_accuracy) == (unit.wave, Decimal("12.0"))
    doors = client.get(reverse("businesses:field_data")).json()["units"]
    assert {door["pk"] for door in doors} == {unit.pk, listed.pk}
    assert [(one["result"], one.get("unit")) for one in send(client, [found])] == [("already", listed.pk)]
    assert Business.objects.count() == 2


def test_what_was_found_is_on_the_list_already(
    client: Any, device: Device, unit: Unit, street: Street
) -> None:
    found = _find(device, unit, street, number="52", sign_name="imbiss hoa-sen")
    [told] = send(client, [found])
    assert (told["result"], told["unit"]) == ("already", unit.pk)
    assert results(client, device.note_at(found, "attempt", disposition="no_contact")) == [("applied", "")]
    assert ContactAttempt.objects.get().unit == unit
    assert Business.objects.count() == 1


def test_an_empty_shop_needs_no_name_another_does(
    client: Any, device: Device, unit: Unit, street: Street
) -> None:
    empty = _find(device, unit, street, sign_name="", status="vacant")
    nameless = _find(device, unit, street, sign_name="")
    assert results(client, empty, nameless) == [("applied", ""), ("refused", "name_needed")]


def test_what_belongs_to_a_find_waits_for_it(client: Any, device: Device, unit: Unit, street: Street) -> None:
    found = _find(device, unit, street)
    visit = device.note_at(found, "attempt", disposition="no_contact", after=None)
    [told] = send(client, [visit])
    assert (told["code"], told["final"]) == ("found_unknown", False)
    assert results(client, visit, found) == [("applied", "")] * 2

    wrong = _find(device, unit, street, number="im Hof")
    of_it = device.note_at(wrong, "attempt", disposition="no_contact")
    assert results(client, wrong, of_it) == [("refused", "house_number"), ("refused", "found_refused")]
    no_find = device.note("attempt", unit, disposition="no_contact")
    odd = device.note_at(no_find, "attempt", disposition="no_contact")
    odd_unit = device.note("attempt", unit, disposition="no_contact") | {"found": found["uuid"]}
    assert results(client, no_find, odd, odd_unit) == [
        ("applied", ""), ("refused", "found_refused"), ("refused", "malformed"),
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["", "a", "0", "14 abc", "10000", "-3", "14\u202ea", 14, None])
def test_house_numbers_that_are_none(
    client: Any, device: Device, unit: Unit, street: Street, number: Any
) -> None:
    [(result, code)] = results(client, _find(device, unit, street, number=number))
    assert result == "refused"
    assert code in ("house_number", "forbidden_character", "malformed")


def test_nothing_is_found_outside_the_own_section(
    client: Any, device: Device, unit: Unit, street: Street, probes: dict[str, Unit], surveyor: User
) -> None:
    """Even numbers 2 to 99 of one street in one running wave; every other street, side, number, wave and centre is none of theirs."""
    other_street = StreetFactory(centre=unit.wave.centre, name="Konradstraße")
    PremisesFactory(centre=unit.wave.centre, street=other_street)
    abroad = CentreFactory()
    cases: list[tuple[Any, Street, str]] = [
        (unit.wave, street, "53"), (unit.wave, street, "100"), (unit.wave, other_street, "2"),
        (unit.wave, StreetFactory(centre=abroad), "2"),
        *((probes[name].wave, street, "2") for name in ("ended wave", "wave to come", "closed wave", "wave of a colleague", "other centre")),
    ]  # fmt: skip
    count = Business.objects.count()
    sent = [device.find(wave, where, number=number, sign_name="X") for wave, where, number in cases]
    sent.append(device.find(unit.wave, street, number="2", sign_name="X") | {"wave": 10**12})
    told = send(client, sent)
    assert [(one["code"], one["final"]) for one in told] == [("not_found", False)] * 10
    assert Business.objects.count() == count
    assert not FieldOperation.objects.exists()
    assert results(client, device.find(unit.wave, street, number="2", sign_name="X")) == [("applied", "")]


def test_who_has_begun_and_when(client: Any, device: Device, unit: Unit, surveyor: User) -> None:
    talk = InterviewFactory(
        wave=unit.wave, business=unit.business, surveyor__given_name="Mira", surveyor__family_name="Lange"
    )
    begin = device.note("begin", unit)
    [told] = send(client, [begin])
    assert (told["code"], told["begun"]["by"]) == ("already_interviewed", "Mira Lange")
    assert "Mira Lange" in told["words"]
    assert dt.datetime.fromisoformat(told["begun"]["at"]) == talk.started_at
    assert send(client, [begin]) == [told], "told again when it comes again"
    [door] = client.get(reverse("businesses:field_data")).json()["units"]
    assert (door["interview"], door["begun"]) == ("colleague", told["begun"])
    page = client.post(reverse("businesses:interview_begin", args=[unit.pk]), {"language": "de"}, follow=True)
    assert "Mira Lange" in page.content.decode()

    hand_over_interview(interview=talk, to=surveyor, by=talk.surveyor)
    again = device.note("begin", unit)
    answers = device.note("answers", unit, begin=again["uuid"], answers={"v09_heads": {"value": 4}})
    assert results(client, again, answers) == [("already", ""), ("applied", "")]


def test_what_the_next_surveyor_enters_is_newer(
    client: Any, device: Device, unit: Unit, as_user: Any
) -> None:
    colleague = UserFactory(centre=unit.wave.centre, roles=["surveyor"])
    unit.wave.assignments.create(surveyor=colleague, street=unit.business.premises.street)
    first = Device()
    first.seq = 500
    theirs = first.note("begin", unit)
    heads = first.note("answers", unit, begin=theirs["uuid"], answers={"v09_heads": {"value": 3}})
    late = first.note("answers", unit, begin=theirs["uuid"], answers={"v09_heads": {"value": 9}})
    assert results(as_user(colleague), theirs, heads) == [("applied", "")] * 2
    hand_over_interview(
        interview=Interview.objects.get(), to=unit.wave.assignments.first().surveyor, by=colleague
    )
    mine = device.note("begin", unit)
    new = device.note("answers", unit, begin=mine["uuid"], answers={"v09_heads": {"value": 4}})
    assert results(client, mine, new) == [("already", ""), ("applied", "")]
    assert results(as_user(colleague), late) == [("refused", "not_found")], "kept on the device, not lost"
    assert Answer.objects.get().number == 4


def test_two_doors_of_one_number(client: Any, device: Device, unit: Unit, street: Street) -> None:
    UnitFactory(wave=unit.wave, business__premises__street=street, business__premises__house_number=14)
    assert results(client, _find(device, unit, street, number="14", sign_name="Ganz neu")) == [
        ("applied", "")
    ]
    assert Unit.objects.filter(business__premises__house_number=14).count() == 2
