"""Who is still wanted in a wave: the same rule as at the door, the number only with consent, a call that begins from the list."""

import datetime as dt
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.enums import WITHOUT_INTERVIEW, ConsentPurpose
from businesses.models import ContactAttempt, Doorstep, Interview, Unit
from businesses.outcomes import DayTime, day_time, still_wanted
from businesses.revisits import lines, wanted_units
from businesses.services import note_consent, withdraw_consent
from iqquadrat.accounts.models import User
from tests.businesses.factories import ContactAttemptFactory, UnitFactory

# A Monday morning of which the four weeks after are free of changes of the clock.
MONDAY = dt.datetime(2026, 5, 4, 9, 0, tzinfo=timezone.get_default_timezone())
MORNING, AFTERNOON, EVENING = MONDAY, MONDAY.replace(hour=12), MONDAY.replace(hour=17)
SATURDAY = MONDAY + dt.timedelta(days=5)


@pytest.fixture
def office(as_user: Any, coordinator: User) -> Any:
    return as_user(coordinator)


def _visits(unit: Unit, *times: dt.datetime, disposition: str = "no_contact") -> None:
    for at in times:
        ContactAttemptFactory(unit=unit, at=at, disposition=disposition)
    Unit.objects.filter(pk=unit.pk).update(disposition=disposition if times else "")


def _door(unit: Unit, number: int, **facts: Any) -> Unit:
    made: Unit = UnitFactory(
        wave=unit.wave,
        business__premises__street=unit.business.premises.street,
        business__premises__house_number=number,
        **facts,
    )
    return made


def _wanted(unit: Unit) -> list[int]:
    return [found.pk for found in wanted_units(unit.wave, Unit.objects.all())]


def _all_times(days: int) -> list[dt.datetime]:
    times = [MORNING, AFTERNOON + dt.timedelta(days=1), EVENING + dt.timedelta(days=2), SATURDAY]
    return times[:days]


def test_the_rule_is_that_of_the_door(unit: Unit) -> None:
    """Given up exactly when ``still_wanted`` asks for no visit more."""
    cases = [
        [], [MORNING], _all_times(3), _all_times(4), [MORNING] * 4, [MORNING + dt.timedelta(days=n) for n in range(4)],
        [*_all_times(4), SATURDAY], [MORNING, AFTERNOON, EVENING, SATURDAY],
        [MORNING, AFTERNOON, EVENING, SATURDAY, MORNING + dt.timedelta(days=1), MORNING + dt.timedelta(days=2)],
        [SATURDAY + dt.timedelta(days=1)] * 3,
    ]  # fmt: skip
    expected = []
    for number, times in enumerate(cases, 100):
        door = _door(unit, number)
        _visits(door, *times)
        if still_wanted(times).visits:
            expected.append(door.pk)
    assert _wanted(unit) == [unit.pk, *expected]
    assert 0 < len(expected) < len(cases)


@pytest.mark.parametrize("result", WITHOUT_INTERVIEW)
def test_what_was_said(unit: Unit, result: str) -> None:
    ContactAttemptFactory(
        unit=unit, at=MORNING, disposition=result, reason="no_time" if result == "refusal" else ""
    )
    Unit.objects.update(disposition=result)
    assert bool(_wanted(unit)) == (result not in ("refusal", "ineligible"))


def test_who_said_come_again(unit: Unit) -> None:
    visit = ContactAttemptFactory(unit=unit, at=MORNING, disposition="refusal", reason="no_time")
    Unit.objects.update(disposition="refusal")
    form = Doorstep.objects.create(attempt=visit, come_again="no")
    assert _wanted(unit) == []
    form.come_again = "yes"
    form.save()
    assert _wanted(unit) == [unit.pk]


@pytest.mark.parametrize(
    ("status", "is_wanted"), [("vacant", False), ("closed", False), ("open", True), ("changed", True)]
)
def test_empty_shops_are_not_visited(unit: Unit, status: str, is_wanted: bool) -> None:
    Unit.objects.update(status=status)
    assert bool(_wanted(unit)) is is_wanted


def test_interviewed_is_done(unit: Unit) -> None:
    Unit.objects.update(disposition="partial")
    assert _wanted(unit) == []


def test_the_number_only_with_consent(unit: Unit, coordinator: User) -> None:
    type(unit.business).objects.update(phone="0341 5551234")

    def numbers() -> list[str]:
        return [line.phone for line in lines(wanted_units(unit.wave, Unit.objects.all()))]

    assert numbers() == [""]
    note_consent(business=unit.business, purpose=ConsentPurpose.PANEL, channel="on_site", by=coordinator)
    assert numbers() == [""]
    consent = note_consent(
        business=unit.business, purpose=ConsentPurpose.CONTACT, channel="on_site", by=coordinator
    )
    assert numbers() == ["0341 5551234"]
    withdraw_consent(consent=consent, by=coordinator)
    assert numbers() == [""]


def test_what_was_tried(unit: Unit) -> None:
    _visits(unit, EVENING, SATURDAY)
    [line] = lines(wanted_units(unit.wave, Unit.objects.all()))
    assert (line.tried, line.still, line.visits_wanted) == (
        [DayTime.EVENING, DayTime.SATURDAY], [DayTime.MORNING, DayTime.AFTERNOON], 2,
    )  # fmt: skip
    assert line.last
    assert line.last.at == SATURDAY


def test_filters(office: Any, unit: Unit, coordinator: User) -> None:
    morning, evening, saturday = (_door(unit, number) for number in (60, 62, 64))
    for door, at in ((morning, MORNING), (evening, EVENING), (saturday, SATURDAY)):
        _visits(door, at)
        assert day_time(at)
    note_consent(business=evening.business, purpose=ConsentPurpose.CONTACT, channel="on_site", by=coordinator)
    type(unit.business).objects.update(phone="0341 5551234")
    url = reverse("businesses:revisits", args=[unit.wave.public_id])

    def shown(**query: Any) -> set[int]:
        return {line.unit.pk for line in office.get(url, query).context["rows"]}

    everybody = {unit.pk, morning.pk, evening.pk, saturday.pk}
    assert shown() == everybody == shown(result="nonsense", street="x", surveyor="0")
    assert shown(untried="morning") == everybody - {morning.pk}
    assert shown(untried="evening") == everybody - {evening.pk}
    assert shown(untried="saturday") == everybody - {saturday.pk}
    assert shown(untried="afternoon") == everybody
    assert shown(result="none") == {unit.pk}
    assert shown(result="no_contact") == everybody - {unit.pk}
    assert shown(phone="yes") == {evening.pk}
    assert shown(phone="no") == everybody - {evening.pk}
    unit.wave.assignments.update(number_from=61, number_to=63)
    assert shown(surveyor=unit.wave.assignments.get().surveyor_id) == {evening.pk}


def test_a_surveyor_sees_the_own_section_and_phones_from_there(
    as_user: Any, unit: Unit, surveyor: User, probes: dict[str, Unit], coordinator: User, core: Any
) -> None:
    client = as_user(surveyor)
    type(unit.business).objects.filter(pk=unit.business_id).update(phone="0341 5551234")
    note_consent(business=unit.business, purpose=ConsentPurpose.CONTACT, channel="on_site", by=coordinator)
    page = client.get(reverse("businesses:revisits", args=[unit.wave.public_id]))
    assert [line.unit.pk for line in page.context["rows"]] == [unit.pk]
    begin = reverse("businesses:unit_detail", args=[unit.pk]) + "?channel=phone"
    assert begin in page.content.decode()
    for what, other in probes.items():
        answer = client.get(reverse("businesses:revisits", args=[other.wave.public_id]))
        assert answer.status_code == 404 or other.business.sign_name not in answer.content.decode(), what
    door = client.get(begin).content.decode()
    assert door.count('name="channel" value="phone"') == 2
    assert "0341 5551234" in door
    assert "?channel=phone" in door, "a refusal on the phone is noted as one"
    told = {"disposition": "owner_absent", "channel": "phone", "note": "ab 17 Uhr"}
    client.post(reverse("businesses:attempt_create", args=[unit.pk]), told)
    assert ContactAttempt.objects.get().channel == "phone"
    client.post(reverse("businesses:interview_begin", args=[unit.pk]), {"language": "de", "channel": "phone"})
    assert Interview.objects.get().channel == "phone"
    client.post(reverse("businesses:refusal", args=[unit.pk]), {"reason": "no_time", "channel": "phone"})
    assert list(ContactAttempt.objects.order_by("pk").values_list("channel", flat=True)) == ["phone", "phone"]
    assert client.post(
        reverse("businesses:attempt_create", args=[unit.pk]), {"disposition": "no_contact", "channel": "video"}
    ).status_code == 422  # fmt: skip


def test_as_a_table(office: Any, unit: Unit, coordinator: User) -> None:
    type(unit.business).objects.update(sign_name="=1+1", phone="0341 5551234", branch_words="Suppen")
    _visits(unit, EVENING)
    answer = office.get(reverse("businesses:revisits_xlsx", args=[unit.wave.public_id]))
    assert answer["Content-Disposition"].endswith('.xlsx"')
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    head, row = list(sheet.values)
    assert len(head) == len(row) == 10
    assert (row[0], row[2], row[3], row[5], row[9] or "") == ("Eisenbahnstraße", "=1+1", "Suppen", "1", "")
    assert sheet.cell(2, 3).data_type == "s"
    empty = office.get(reverse("businesses:revisits_xlsx", args=[unit.wave.public_id]), {"result": "none"})
    assert len(list(openpyxl.load_workbook(BytesIO(empty.content)).active.values)) == 1


def test_on_paper(office: Any, unit: Unit, paper_text: Any) -> None:
    _visits(unit, EVENING)
    for number in range(60, 120):
        _door(unit, number)
    answer = office.get(reverse("businesses:revisits_pdf", args=[unit.wave.public_id]))
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    read = paper_text(answer.content)
    assert "Imbiss Hoa Sen" in read
    assert "0341" not in read


@pytest.mark.parametrize("doors", [1, 3])
def test_the_same_number_of_queries(
    office: Any, unit: Unit, doors: int, django_assert_num_queries: Any
) -> None:
    for number in range(doors - 1):
        _visits(_door(unit, 60 + number), MORNING)
    _visits(unit, MORNING)
    url = reverse("businesses:revisits", args=[unit.wave.public_id])
    office.get(url)
    with django_assert_num_queries(QUERIES):
        assert len(office.get(url).context["rows"]) == doors


QUERIES = 11
