# ruff: noqa: F811 - fixtures of the other room
"""Drafts from interviews: named once, opened with the consent only, discarded for a reason, counted nowhere."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.enums import Channel, ConsentPurpose
from businesses.models import Interview, Unit
from businesses.services import note_consent, record_interview, withdraw_consent
from iqquadrat.accounts.models import User
from iqquadrat.core.figures import Period
from placements import reports
from placements.models import Vacancy, VacancyNaming
from placements.naming import vacancies_named
from placements.services import drafts, vacancies
from tests.businesses.conftest import core, survey, unit  # noqa: F401 - fixtures of the other room
from tests.businesses.factories import UnitFactory
from tests.placements.factories import VacancyFactory


def test_what_answers_name() -> None:
    values = {
        "v28_count": 2, "v28_1_field": "kitchen", "v28_1_number": 2, "v28_1_hours": "part", "v28_1_start": "now",
        "v28_2_field": None, "v28_3_field": "care", "v27_forms": ["eq", "internship"], "v27_occupations": "Koch/Köchin",
    }  # fmt: skip
    named = [(one.question, one.kind, one.field, one.positions) for one in vacancies_named(values)]
    assert named == [
        ("v28_1", "job", "kitchen", 2), ("v27_eq", "eq", "other", 1), ("v27_internship", "internship", "other", 1),
    ]  # fmt: skip
    assert vacancies_named({"v28_count": 0, "v28_1_field": "kitchen", "v27_forms": ["none"]}) == []
    assert vacancies_named({}) == []


@pytest.mark.parametrize(
    ("field", "german", "licences"),
    [
        ("kitchen", "A1", "desired"),
        ("driving", "B1", "required"),
        ("garden", "", "desired"),
        ("office", "", "desired"),
    ],
)
def test_what_new_people_must_be_able_to_do_goes_along(field: str, german: str, licences: str) -> None:
    values = {
        "v28_count": 1, "v28_1_field": field, "v30_german_cooking": "words", "v30_german_driving": "phone", "v30_german_office": "none",
        "v30_languages": ["tr", "ar", "pl", "other"], "v30_licence": ["car", "forklift"],
    }  # fmt: skip
    [one] = vacancies_named(values)
    assert (one.german, one.languages, one.licences, one.certificates) == (
        german,
        ("ar", "tr"),
        ("b",),
        ("forklift",),
    )
    assert one.is_driving == (licences == "required")


def _recorded(unit: Unit, by: User, answers: dict[str, Any]) -> Interview:
    now = timezone.now()
    return record_interview(unit=unit, answers=answers, by=by, started_at=now, completed_at=now)


@pytest.fixture
def draft(unit: Unit, surveyor: User, core: dict[str, Any]) -> Vacancy:
    more = {
        "v28_1_hours": {"choices": ["part"]}, "v28_1_start": {"choices": ["now"]}, "v30_languages": {"choices": ["vi"]},
        "v30_licence": {"choices": ["car"]},
    }  # fmt: skip
    _recorded(unit, surveyor, core | more)
    return Vacancy.objects.get()


@pytest.mark.django_db
def test_an_interview_drafts_once_and_a_later_one_points_to_it(
    draft: Vacancy,
    unit: Unit,
    surveyor: User,
    core: dict[str, Any],
) -> None:
    assert (draft.state, draft.field_of_work, draft.positions, draft.source) == (
        "draft",
        "kitchen",
        2,
        "survey",
    )
    assert (draft.languages, draft.licences_desired, draft.licences_required) == (["vi"], ["b"], [])
    assert draft.place == unit.business.address
    assert (draft.business, draft.starts_on) == (unit.business, timezone.localdate())
    values = {"v28_count": 1, "v28_1_field": "kitchen"}
    first = Interview.objects.get()
    assert drafts.drafts_from_interview(interview=first, values=values, by=surveyor) == []
    later = UnitFactory(wave__centre=surveyor.centre, wave__version=unit.wave.version, business=unit.business)
    _recorded(later, surveyor, core)
    assert Vacancy.objects.get() == draft
    assert VacancyNaming.objects.filter(vacancy=draft).count() == 2


@pytest.mark.django_db
def test_two_of_one_field_in_one_interview_are_two(
    unit: Unit,
    surveyor: User,
    core: dict[str, Any],
) -> None:
    twice = {"v28_count": {"value": 2}, "v28_2_field": {"choices": ["kitchen"]}}
    _recorded(unit, surveyor, core | twice)
    assert Vacancy.objects.filter(field_of_work="kitchen", state="draft").count() == 2


@pytest.mark.django_db
def test_a_draft_is_opened_only_with_a_valid_consent(draft: Vacancy, counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    address = reverse("placements:vacancy_state", kwargs={"public_id": draft.public_id})
    page = reverse("placements:vacancy_detail", kwargs={"public_id": draft.public_id})
    assert 'value="open"' not in client.get(page).content.decode()
    assert client.post(address, {"state": "open"}).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "draft"
    with pytest.raises(vacancies.StillADraftError):
        vacancies.set_state(vacancy=draft, state="open", by=counsellor)  # type: ignore[arg-type]
    given: dict[str, Any] = {
        "business": draft.business, "purpose": ConsentPurpose.SHARE_VACANCIES, "channel": Channel.PHONE, "by": counsellor,
    }  # fmt: skip
    withdraw_consent(consent=note_consent(**given), by=counsellor)
    with pytest.raises(drafts.NoConsentError):
        drafts.open_draft(vacancy=draft, by=counsellor)
    assert note_consent(**given) == note_consent(**given)
    assert 'value="open"' in client.get(page).content.decode()
    client.post(address, {"state": "open"})
    draft.refresh_from_db()
    assert draft.state == "open"


@pytest.mark.django_db
def test_a_draft_is_discarded_for_a_reason_and_stays_so(
    draft: Vacancy, counsellor: User, as_user: Any
) -> None:
    client = as_user(counsellor)
    address = reverse("placements:vacancy_state", kwargs={"public_id": draft.public_id})
    assert client.post(address, {"state": "discarded", "reason": "  "}).status_code == 400
    assert client.post(address, {"state": "filled"}).status_code == 400
    client.post(address, {"state": "discarded", "reason": "schon besetzt"})
    draft.refresh_from_db()
    assert (draft.state, draft.discard_reason) == ("discarded", "schon besetzt")
    assert client.post(address, {"state": "open"}).status_code == 400
    with pytest.raises(drafts.NotADraftError):
        drafts.open_draft(vacancy=draft, by=counsellor)


@pytest.mark.django_db
def test_an_open_vacancy_does_not_become_a_draft(counsellor: User, as_user: Any) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre)
    address = reverse("placements:vacancy_state", kwargs={"public_id": vacancy.public_id})
    assert as_user(counsellor).post(address, {"state": "draft"}).status_code == 400
    as_user(counsellor).post(address, {"state": "discarded", "reason": "x"})
    vacancy.refresh_from_db()
    assert vacancy.state == "open"


@pytest.mark.django_db
def test_drafts_are_listed_apart_and_counted_nowhere(draft: Vacancy, counsellor: User, as_user: Any) -> None:
    vacancy, day = VacancyFactory(centre=counsellor.centre), timezone.localdate()
    rows = reports.vacancies(Period(starts_on=day, ends_on=day, centre_ids=(counsellor.centre_id,)))
    assert list(rows) == [vacancy]
    address = reverse("placements:vacancy_list")
    assert list(as_user(counsellor).get(address).context["page_obj"]) == [vacancy]
    assert list(as_user(counsellor).get(address, {"state": "draft"}).context["page_obj"]) == [draft]


@pytest.mark.django_db
def test_training_in_another_occupation_is_another_offer(
    unit: Unit,
    surveyor: User,
    core: dict[str, Any],
) -> None:
    by_hand = VacancyFactory(
        centre=surveyor.centre, business=unit.business, kind="training", title="Köchin/Koch", state="open"
    )

    def recorded(occupations: str) -> None:
        where = UnitFactory(
            wave__centre=surveyor.centre, wave__version=unit.wave.version, business=unit.business
        )
        offer: dict[str, Any] = {"v27_forms": {"choices": ["training"]}}
        if occupations:
            offer["v27_occupations"] = {"value": occupations}
        _recorded(where, surveyor, core | offer | {"v28_count": {"value": "0"}})

    offers = Vacancy.objects.filter(kind="training")
    recorded("köchin / koch")
    assert offers.get() == by_hand
    recorded("Verkauf")
    assert set(offers.exclude(pk=by_hand.pk).values_list("title", flat=True)) == {"Ausbildungsplatz: Verkauf"}
    recorded("Verkauf")
    assert offers.count() == 2
    # Who names no occupation means the offer that stands.
    recorded("")
    assert offers.count() == 2
