"""Whether a vacancy still stands: who is reminded, the answers by one press, and the way back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from iqquadrat.accesslog.models import Entry
from placements import reminders
from placements.enums import VacancyState
from placements.models import Vacancy
from placements.services import news, vacancies
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import VacancyFactory, started

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _days(number: int) -> dt.date:
    return timezone.localdate() + number * DAY


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"valid_until": 0}, "soon"), ({"valid_until": 7}, "soon"), ({"valid_until": 8}, ""), ({"valid_until": -1}, "expired"), ({}, ""),
        ({"opened_on": -31}, "silent"), ({"opened_on": -30}, ""), ({"opened_on": -90, "confirmed_on": -30}, ""),
        ({"opened_on": -90, "confirmed_on": -31}, "silent"), ({"opened_on": -90, "valid_until": -2}, "expired"),
        ({"valid_until": -1, "state": "filled"}, ""), ({"opened_on": -90, "state": "draft"}, ""),
    ],
)  # fmt: skip
def test_why_a_vacancy_is_asked_about(facts: dict[str, Any], reason: str) -> None:
    VacancyFactory(
        **{name: _days(value) if isinstance(value, int) else value for name, value in facts.items()}
    )
    rows, today = Vacancy.objects.all(), timezone.localdate()
    assert reminders.reason_of(rows.with_taken().get(), today) == reason
    # A page says one reason, the filter of that reason finds it.
    assert reminders.asked_about(rows, reminders.ANY, today).exists() == bool(reason)
    if reason:
        assert reminders.asked_about(rows, reason, today).exists()
        assert reminders.numbers(rows, today)[reason] == 1


def test_all_positions_are_taken_only_by_people_who_are_still_there(counsellor: Any, desk: Browser) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, positions=2)
    page = reverse("placements:vacancy_detail", args=[vacancy.public_id])
    first = started(ClientFactory(counsellor=counsellor), vacancy=vacancy)
    assert desk.get(page).context["reason"] == ""
    started(ClientFactory(counsellor=counsellor), vacancy=vacancy)
    assert desk.get(page).context["reason"] == "taken"
    assert "Als besetzt melden" in desk.get(page).content.decode()
    assert reminders.numbers(Vacancy.objects.all(), timezone.localdate())["taken"] == 1
    first.ended_on = timezone.localdate()
    first.save()
    assert desk.get(page).context["reason"] == ""
    # Reading has changed nothing.
    vacancy.refresh_from_db()
    assert vacancy.state == "open"


def test_still_stands_confirms_and_keeps_it_open_for_a_month(counsellor: Any, desk: Browser) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, opened_on=_days(-60), valid_until=_days(-3))
    url = reverse("placements:vacancy_news", args=[vacancy.public_id])
    answer = desk.post(url, {"news": "confirmed", "next": "/placements/vacancies/?asked=any"})
    assert answer["Location"].startswith("/placements/vacancies/?asked=any&undo=")
    vacancy.refresh_from_db()
    assert (vacancy.confirmed_on, vacancy.valid_until, vacancy.revision) == (_days(0), _days(30), 2)
    assert not reminders.asked_about(Vacancy.objects.all(), reminders.ANY, timezone.localdate()).exists()
    desk.post(url, {"news": "confirmed"})
    vacancy.refresh_from_db()
    assert vacancy.revision == 2
    later = VacancyFactory(centre=counsellor.centre, valid_until=_days(90))
    news.confirm(vacancy=later, by=counsellor)
    later.refresh_from_db()
    assert later.valid_until == _days(90)
    assert Entry.objects.filter(action="change", object_type="placements.vacancy").count() == 2


@pytest.mark.parametrize("told", ["confirmed", "filled", "withdrawn"])
def test_what_was_pressed_by_mistake_goes_back(counsellor: Any, desk: Browser, told: str) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, opened_on=_days(-60), valid_until=_days(-3))
    answer = desk.post(
        reverse("placements:vacancy_news", args=[vacancy.public_id]), {"news": told}, follow=True
    )
    before = answer.context["before"]
    assert before is not None
    undo = reverse("placements:vacancy_undo", args=[vacancy.public_id])
    assert undo in answer.content.decode()
    for _again in range(2):
        assert desk.post(undo, {"mark": before.mark}).status_code == 302
        vacancy.refresh_from_db()
        assert (vacancy.state, vacancy.confirmed_on, vacancy.valid_until) == ("open", None, _days(-3))
        assert vacancy.revision == 3


def test_undoing_leaves_alone_what_was_changed_since(counsellor: Any) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre)
    before = news.report(vacancy=vacancy, state=VacancyState.FILLED, by=counsellor)
    vacancies.change_vacancy(vacancy=vacancy, revision=2, by=counsellor, title="Beikoch/Beiköchin")
    with pytest.raises(vacancies.StaleVacancyError):
        news.take_back(vacancy=vacancy, before=before, by=counsellor)
    other = VacancyFactory(centre=counsellor.centre, state="filled", revision=2)
    with pytest.raises(vacancies.StaleVacancyError):
        news.take_back(vacancy=other, before=before, by=counsellor)


def test_forged_news_and_marks_change_nothing(counsellor: Any, desk: Browser) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre)
    assert (
        desk.post(reverse("placements:vacancy_news", args=[vacancy.public_id]), {"news": "draft"}).status_code
        == 400
    )
    assert (
        desk.post(
            reverse("placements:vacancy_undo", args=[vacancy.public_id]), {"mark": "kaputt"}
        ).status_code
        == 400
    )
    page = desk.get(reverse("placements:vacancy_list"), {"undo": "kaputt"})
    assert page.context["before"] is None
    answer = desk.post(
        reverse("placements:vacancy_news", args=[vacancy.public_id]),
        {"news": "filled", "next": "https://elsewhere.example/"},
    )
    assert answer["Location"].startswith(reverse("placements:vacancy_detail", args=[vacancy.public_id]))


@pytest.mark.parametrize("state", ["draft", "filled"])
def test_only_an_open_vacancy_is_confirmed(counsellor: Any, desk: Browser, state: str) -> None:
    vacancy = VacancyFactory(centre=counsellor.centre, state=state)
    with pytest.raises(news.NotOpenError):
        news.confirm(vacancy=vacancy, by=counsellor)
    desk.post(reverse("placements:vacancy_news", args=[vacancy.public_id]), {"news": "confirmed"})
    vacancy.refresh_from_db()
    assert (vacancy.state, vacancy.confirmed_on) == (state, None)


def test_the_day_view_shows_mine_and_how_many_are_nobodys(counsellor: Any, desk: Browser) -> None:
    panel = reverse("placements:vacancy_panel")
    assert desk.get(panel).content.decode().strip() == ""
    mine = VacancyFactory(centre=counsellor.centre, in_charge=counsellor, valid_until=_days(3))
    VacancyFactory(centre=counsellor.centre, in_charge=counsellor)
    VacancyFactory(
        centre=counsellor.centre, in_charge=UserFactory(centre=counsellor.centre), valid_until=_days(3)
    )
    VacancyFactory(valid_until=_days(3))
    assert [vacancy for vacancy, _reason in desk.get(panel).context["shown"]] == [mine]
    assert desk.get(panel).context["nobodys"] == 0
    VacancyFactory(centre=counsellor.centre)
    assert desk.get(panel).context["nobodys"] == 1


def test_whoever_reports_a_vacancy_is_in_charge(counsellor: Any) -> None:
    made = vacancies.open_vacancy(
        by=counsellor, title="Näher/in", field_of_work="sewing", employer_name="Änderungsschneiderei"
    )
    assert made.in_charge == counsellor
