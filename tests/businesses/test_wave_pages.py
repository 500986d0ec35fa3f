"""The pages with which a wave is run: its days, its sections, corrections, who goes on, what surveyors did."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import Assignment, ContactAttempt, Interview, Section, Street, Unit, Wave
from businesses.planning import open_sections
from businesses.services import record_interview
from businesses.surveyor_work import open_core_of, work_in
from iqquadrat.accounts.models import User
from tests.businesses.factories import (
    AssignmentFactory,
    ContactAttemptFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)
from tests.fixtures.people import UserFactory

TODAY = timezone.localdate()


@pytest.fixture
def office(as_user: Any, coordinator: User) -> Any:
    return as_user(coordinator)


@pytest.fixture
def here(unit: Unit, coordinator: User) -> Unit:
    """The snack bar in the coordinator's own centre."""
    assert unit.wave.centre_id == coordinator.centre_id
    return unit


def _facts(wave: Wave, **facts: Any) -> dict[str, Any]:
    return {
        "name": wave.name, "starts_on": wave.starts_on.isoformat(), "ends_on": wave.ends_on.isoformat(), "revision": wave.revision,
    } | facts  # fmt: skip


def test_other_days_and_photos(office: Any, here: Unit) -> None:
    wave = here.wave
    url = reverse("businesses:wave_edit", args=[wave.public_id])
    assert wave.name in office.get(url).content.decode()
    ends = (TODAY + dt.timedelta(days=40)).isoformat()
    assert office.post(url, _facts(wave, ends_on=ends, with_photos="on")).status_code == 302
    wave.refresh_from_db()
    assert (wave.ends_on.isoformat(), wave.with_photos, wave.revision) == (ends, True, 2)


def test_a_stale_wave_form_overwrites_nothing(office: Any, here: Unit) -> None:
    wave = here.wave
    url = reverse("businesses:wave_edit", args=[wave.public_id])
    assert office.post(url, _facts(wave, name="Erste Fassung")).status_code == 302
    late = office.post(url, _facts(wave, name="Zweite Fassung"))
    text = late.content.decode()
    assert (late.status_code, "Erste Fassung" in text, "Zweite Fassung" in text) == (409, True, True)
    assert Wave.objects.get(pk=wave.pk).name == "Erste Fassung"
    assert office.post(url, _facts(wave, name="Zweite Fassung", revision=2)).status_code == 302


def test_what_a_wave_cannot_be(office: Any, here: Unit) -> None:
    wave = here.wave
    WaveFactory(centre=wave.centre, name="Schon da", version=wave.version)
    ahead = WaveFactory(
        centre=wave.centre,
        version=wave.version,
        starts_on=TODAY + dt.timedelta(30),
        ends_on=TODAY + dt.timedelta(60),
    )
    UnitFactory(wave=ahead, business=here.business)
    url = reverse("businesses:wave_edit", args=[wave.public_id])
    for facts in (
        {"name": "Schon da"}, {"ends_on": (wave.starts_on - dt.timedelta(1)).isoformat()}, {"name": ""},
        {"ends_on": (TODAY + dt.timedelta(35)).isoformat()},
    ):  # fmt: skip
        assert office.post(url, _facts(wave, **facts)).status_code == 422
    wave.refresh_from_db()
    assert (wave.name, wave.revision) == ("Herbst 2026", 1)


def test_sections_with_a_name_are_given_in_one_go(office: Any, here: Unit, surveyor: User) -> None:
    wave, street = here.wave, here.business.premises.street
    wave.assignments.all().delete()
    near = Section.objects.create(street=street, name="Vorn", number_from=1, number_to=60)
    far = Section.objects.create(street=street, name="Hinten", number_from=61, number_to=99)
    other = UserFactory(centre=wave.centre, roles=["surveyor"])
    UnitFactory(wave=wave, business__premises__street=street, business__premises__house_number=70)
    Section.objects.create(street=StreetFactory(centre=wave.centre, name="Leer"), name="Ohne Betrieb")
    url = reverse("businesses:sections_plan", args=[wave.public_id])
    assert url in office.get(reverse("businesses:wave_detail", args=[wave.public_id])).content.decode()
    page = office.get(url).content.decode()
    assert f"section-{near.pk}" in page
    assert "Ohne Betrieb" not in page
    plan = {f"section-{near.pk}": surveyor.pk, f"section-{far.pk}": other.pk}
    for _twice in range(2):
        assert office.post(url, plan).status_code == 302
    assert set(Assignment.objects.values_list("surveyor", "number_from", "number_to")) == {
        (surveyor.pk, 1, 60), (other.pk, 61, 99),
    }  # fmt: skip
    assert f"section-{near.pk}" not in office.get(url).content.decode()
    assert url not in office.get(reverse("businesses:wave_detail", args=[wave.public_id])).content.decode()


def test_a_section_whose_doors_are_given_by_the_side_of_the_street_waits_for_nobody(
    here: Unit, surveyor: User
) -> None:
    wave, street = here.wave, here.business.premises.street
    wave.assignments.all().delete()
    number = here.business.premises.house_number
    of_the_side = Section.objects.create(
        street=street, name="Hier", side="even" if number % 2 == 0 else "odd"
    )
    other = Section.objects.create(street=street, name="Drüben", side="odd" if number % 2 == 0 else "even")
    assert list(open_sections(wave)) == [of_the_side]
    Assignment.objects.create(wave=wave, surveyor=surveyor, street=street, side=other.side)
    assert list(open_sections(wave)) == [of_the_side]
    Assignment.objects.create(wave=wave, surveyor=surveyor, street=street, side=of_the_side.side)
    assert list(open_sections(wave)) == []


def test_nobody_walks_a_section_who_is_no_surveyor_of_the_centre(
    office: Any, here: Unit, counsellor: User
) -> None:
    wave = here.wave
    wave.assignments.all().delete()
    section = Section.objects.create(street=here.business.premises.street, name="Vorn")
    url = reverse("businesses:sections_plan", args=[wave.public_id])
    for stranger in (
        counsellor,
        UserFactory(roles=["surveyor"]),
        UserFactory(centre=wave.centre, roles=["surveyor"], is_active=False),
    ):
        assert office.post(url, {f"section-{section.pk}": stranger.pk}).status_code == 422
    assert not Assignment.objects.exists()


def test_a_section_is_handed_over(office: Any, as_user: Any, here: Unit, surveyor: User) -> None:
    assignment = here.wave.assignments.get()
    other = UserFactory(centre=here.wave.centre, roles=["surveyor"])
    ContactAttemptFactory(unit=here, surveyor=surveyor)
    url = reverse("businesses:section_hand_over", args=[here.wave.public_id, assignment.pk])
    assert office.post(url, {"surveyor": surveyor.pk}).status_code == 422
    assert (
        reverse("businesses:section_remove", args=[here.wave.public_id, assignment.pk])
        in office.get(url).content.decode()
    )
    assert here.wave.assignments.get().surveyor == surveyor
    assert office.post(url, {"surveyor": other.pk}).status_code == 302
    assert here.wave.assignments.get().surveyor == other
    assert ContactAttempt.objects.get().surveyor == surveyor
    assert as_user(other).get(reverse("businesses:unit_detail", args=[here.pk])).status_code == 200
    assert as_user(surveyor).get(reverse("businesses:unit_detail", args=[here.pk])).status_code == 404


def _correction(attempt: ContactAttempt, **facts: Any) -> dict[str, Any]:
    at = timezone.localtime(attempt.at)
    return {
        "day": f"{at:%Y-%m-%d}", "time": f"{at:%H:%M}", "channel": attempt.channel, "disposition": attempt.disposition,
        "reason": attempt.reason, "note": attempt.note, "revision": attempt.revision,
    } | facts  # fmt: skip


def test_a_visit_is_put_right(office: Any, here: Unit, surveyor: User) -> None:
    attempt = ContactAttemptFactory(unit=here, surveyor=surveyor, note="war zu")
    url = reverse("businesses:attempt_edit", args=[attempt.pk])
    page = office.get(reverse("businesses:business_detail", args=[here.business.public_id])).content.decode()
    assert url in page
    assert office.post(url, _correction(attempt, disposition="refusal")).status_code == 422
    assert office.post(url, _correction(attempt, disposition="complete")).status_code == 422
    assert office.post(url, _correction(attempt, day="2999-01-01")).status_code == 422
    assert office.post(url, _correction(attempt, day="2001-01-01")).status_code == 422
    facts = {"disposition": "refusal", "reason": "no_time", "channel": "phone"}
    assert office.post(url, _correction(attempt, **facts)).status_code == 302
    now = ContactAttempt.objects.get()
    assert (now.disposition, now.reason, now.channel, now.at, now.note) == (
        "refusal",
        "no_time",
        "phone",
        attempt.at,
        "war zu",
    )
    assert Unit.objects.get(pk=here.pk).disposition == "refusal"
    late = office.post(url, _correction(attempt, note="Zweite Fassung"))
    assert (late.status_code, "Zweite Fassung" in late.content.decode()) == (409, True)
    assert ContactAttempt.objects.get().note == "war zu"


def test_a_visit_that_never_was(office: Any, here: Unit, surveyor: User) -> None:
    attempt = ContactAttemptFactory(unit=here, surveyor=surveyor)
    assert office.post(reverse("businesses:attempt_delete", args=[attempt.pk])).status_code == 302
    assert not ContactAttempt.objects.exists()
    assert Unit.objects.get(pk=here.pk).disposition == ""


def test_the_visit_of_an_interview_and_of_another_centre_are_not_touched(office: Any, here: Unit) -> None:
    held = ContactAttemptFactory(unit=here, disposition="complete")
    foreign = ContactAttemptFactory()
    for attempt in (held, foreign):
        assert office.get(reverse("businesses:attempt_edit", args=[attempt.pk])).status_code == 404
        assert office.post(reverse("businesses:attempt_delete", args=[attempt.pk])).status_code == 404
    assert ContactAttempt.objects.count() == 2


def test_somebody_else_goes_on_with_an_interview(office: Any, here: Unit, surveyor: User) -> None:
    other = UserFactory(centre=here.wave.centre, roles=["surveyor"])
    talk = InterviewFactory(wave=here.wave, business=here.business, surveyor=other)
    url = reverse("interviews:interview_hand_over", args=[talk.public_id])
    assert url in office.get(reverse("interviews:interview_detail", args=[talk.public_id])).content.decode()
    for _twice in range(2):
        office.post(url, {"surveyor": surveyor.pk})
    talk.refresh_from_db()
    assert (talk.surveyor, talk.turn) == (surveyor, 1)
    Interview.objects.update(completed_at=timezone.now() + dt.timedelta(hours=1), disposition="complete")
    office.post(url, {"surveyor": other.pk})
    assert Interview.objects.get().surveyor == surveyor
    assert (
        url not in office.get(reverse("interviews:interview_detail", args=[talk.public_id])).content.decode()
    )


def test_what_a_surveyor_did(office: Any, here: Unit, surveyor: User, core: dict[str, Any]) -> None:
    now = timezone.now()
    answers = {key: raw for key, raw in core.items() if key not in ("v09_heads", "v20_now")}
    record_interview(
        unit=here, answers=answers | {"v22_next": {"status": "skipped"}}, by=surveyor, started_at=now - dt.timedelta(minutes=30), completed_at=now
    )  # fmt: skip
    street = here.business.premises.street
    for _n in range(2):
        refused = UnitFactory(wave=here.wave, business__premises__street=street)
        ContactAttemptFactory(unit=refused, surveyor=surveyor, disposition="refusal", reason="no_time")
    [work] = work_in(here.wave)
    size = sum(item.required_core for item in here.wave.version.items.all())
    assert (work.name, work.visits, work.interviews, work.refusals, work.minutes) == (
        str(surveyor),
        3,
        1,
        2,
        30,
    )
    assert work.rate == pytest.approx(1 / 3)
    assert work.open_core == pytest.approx(3 / size)
    response = Interview.objects.get().response_id
    assert open_core_of(here.wave, [response]) == {response: ["v09_heads", "v20_now", "v22_next"]}
    board = office.get(reverse("businesses:wave_board", args=[here.wave.public_id])).content.decode()
    assert str(surveyor) in board
    office.post(reverse("businesses:call_back_draw", args=[here.wave.public_id]))
    calls = office.get(reverse("businesses:call_backs", args=[here.wave.public_id])).content.decode()
    assert "9, 20, 22" in calls


def test_nobody_was_there_yet(office: Any, here: Unit) -> None:
    assert work_in(here.wave) == []
    assert office.get(reverse("businesses:wave_board", args=[here.wave.public_id])).status_code == 200


def test_a_wave_over_a_section_of_a_street(office: Any, here: Unit) -> None:
    here.wave.delete()
    street = here.business.premises.street
    section = Section.objects.create(street=street, name="Vorn", number_from=50, number_to=60)
    UnitFactory.build()
    facts = {
        "name": "Nur vorn",
        "starts_on": "2031-05-01",
        "ends_on": "2031-05-31",
        "submission": "",
        "with_photos": "on",
    }
    url = reverse("businesses:wave_create")
    assert office.post(url, facts).status_code == 422
    assert office.post(url, facts | {"sections": [section.pk]}).status_code == 302
    wave = Wave.objects.get(name="Nur vorn")
    assert [unit.business for unit in wave.units.all()] == [here.business]
    assert wave.with_photos


@pytest.mark.parametrize("what", ["street", "section"])
def test_a_stale_street_form_overwrites_nothing(office: Any, here: Unit, what: str) -> None:
    street: Street = here.business.premises.street
    section = Section.objects.create(street=street, name="Vorn")
    url = (
        reverse("businesses:street_edit", args=[street.pk]) if what == "street"
        else reverse("businesses:street_section_edit", args=[section.pk])
    )  # fmt: skip
    facts = {"side": "both", "revision": 1}
    assert office.post(url, facts | {"name": "Erste Fassung"}).status_code == 302
    late = office.post(url, facts | {"name": "Zweite Fassung"})
    text = late.content.decode()
    assert (late.status_code, "Erste Fassung" in text, "Zweite Fassung" in text) == (409, True, True)
    names = {Street.objects.get(pk=street.pk).name, Section.objects.get(pk=section.pk).name}
    assert "Zweite Fassung" not in names
    assert "Erste Fassung" in names
    again = office.post(url, facts | {"name": "Zweite Fassung", "revision": 2})
    assert again.status_code == 302


def test_a_section_of_another_centre(office: Any, here: Unit) -> None:
    foreign = AssignmentFactory()
    url = reverse("businesses:section_hand_over", args=[foreign.wave.public_id, foreign.pk])
    assert office.post(url, {"surveyor": 1}).status_code == 404
    assert office.get(reverse("businesses:wave_edit", args=[foreign.wave.public_id])).status_code == 404
