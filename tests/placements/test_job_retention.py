"""Whether placements last: the days to ask on, what an answer may be, what counts, who is asked of."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iqquadrat.accesslog.models import Entry
from iqquadrat.core.figures import Period
from placements.categories import FOLLOWED_UP, Category
from placements.enums import Situation, Stage
from placements.job_retention import WINDOW, Lasting, days_asked, months_after
from placements.models import RetentionCheck
from placements.queries import how_many_last
from placements.reports import BREAKDOWNS, FIGURES
from placements.services import placements as services
from placements.services.retention import (
    HasEndedError,
    StaleCheckError,
    TooEarlyError,
    answer_check,
    clear_answer,
    plan_checks,
)
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import PlacementFactory, RetentionCheckFactory, VacancyFactory, agree, started

DAYS = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2090, 1, 1))
START = dt.date(2007, 11, 30)


@pytest.fixture
def work(counsellor: Any) -> Any:
    """Work of an own client that began on 30 November 2007, with its days to ask on."""
    placement = started(ClientFactory(counsellor=counsellor), on=START, programme_code="iq-quadrat")
    plan_checks(placement, by=counsellor)
    return placement


def _check(placement: Any, months: int) -> RetentionCheck:
    return RetentionCheck.objects.get(placement=placement, months=months)


def _answer(check: RetentionCheck, by: Any, **facts: Any) -> RetentionCheck:
    given_facts = {"situation": "same_job", "source": "client", "asked_on": check.due_on} | facts
    return answer_check(check=check, revision=check.revision, by=by, **given_facts)


# --- Days and shares ------------------------------------------------------------------------------------
@pytest.mark.parametrize(("start", "asked"), [
    ("2007-11-30", ["2008-02-29", "2008-05-30", "2008-11-30"]),
    ("2008-11-30", ["2009-02-28", "2009-05-30", "2009-11-30"]),
    ("2008-02-29", ["2008-05-29", "2008-08-29", "2009-02-28"]),
])  # fmt: skip
def test_days_asked_by_hand(start: str, asked: list[str]) -> None:
    assert [day.isoformat() for day in days_asked(dt.date.fromisoformat(start)).values()] == asked


@pytest.mark.django_db
def test_months_end_as_in_the_database() -> None:
    days = [dt.date(2007, 10, 1) + dt.timedelta(days=number) for number in range(0, 800, 7)]
    days += [dt.date(2007, 12, 31), dt.date(2008, 1, 31), dt.date(2008, 2, 29), dt.date(2008, 8, 31)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT day, months, (day + make_interval(months => months))::date"
            " FROM unnest(%s) AS days (day), (VALUES (3), (6), (12)) AS asked (months)",
            [days],
        )
        for day, months, later in cursor.fetchall():
            assert months_after(day, months) == later


@given(DAYS, st.integers(0, 36), st.integers(0, 36))
def test_months_add_up_but_for_the_end_of_a_month(day: dt.date, one: int, two: int) -> None:
    together, apart = months_after(day, one + two), months_after(months_after(day, one), two)
    assert (together.year, together.month) == (apart.year, apart.month)
    assert apart <= together
    assert day.day > 28 or apart == together


def test_shares_by_hand() -> None:
    # 40 due, 30 known, 21 at work: 21/30 = 70 %, at least 21/40 = 52.5 %, at most (21 + 10)/40 = 77.5 %.
    row = Lasting(months=6, due=40, known=30, lasting=21, same_job=12)
    assert (row.unknown, row.of_known_percent, row.of_all_percent, row.at_most_percent) == (10, 70, 53, 78)
    assert row.may_show_shares
    assert not Lasting(months=6, due=40, known=19, lasting=3, same_job=0).may_show_shares


@given(st.integers(20, 500), st.data())
def test_the_bounds_enclose_every_truth(known: int, data: st.DataObject) -> None:
    lasting, unknown = data.draw(st.integers(0, known)), data.draw(st.integers(0, 500))
    row = Lasting(months=3, due=known + unknown, known=known, lasting=lasting, same_job=0)
    truth = data.draw(st.integers(0, unknown))
    assert row.of_all_percent <= round(100 * (lasting + truth) / row.due) + 1
    assert row.at_most_percent >= round(100 * (lasting + truth) / row.due) - 1
    assert row.of_all_percent <= row.of_known_percent <= row.at_most_percent


# --- Planning -------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_who_starts_is_asked_three_times(counsellor: Any) -> None:
    client, vacancy = ClientFactory(counsellor=counsellor), VacancyFactory(centre=counsellor.centre)
    agree(client, vacancy)
    placement = services.propose(client=client, vacancy=vacancy, by=counsellor)
    assert not RetentionCheck.objects.exists()
    services.advance(
        placement=placement, stage=Stage.STARTED, by=counsellor, category=Category.SV_PT, started_on=START
    )
    rows = RetentionCheck.objects.filter(placement=placement).values_list("months", "due_on")
    assert dict(rows) == days_asked(START)
    services.undo_last_step(placement=placement, by=counsellor)
    assert not RetentionCheck.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("category", list(Category))
def test_steps_that_end_by_themselves_are_not_asked_about(counsellor: Any, category: Category) -> None:
    plan_checks(started(ClientFactory(counsellor=counsellor), category, START), by=counsellor)
    assert RetentionCheck.objects.count() == (3 if category in FOLLOWED_UP else 0)
    assert (category in FOLLOWED_UP) is (category not in (Category.EQ, Category.INT, Category.FT))


@pytest.mark.django_db
def test_a_start_that_was_asked_about_is_not_undone(work: Any, counsellor: Any) -> None:
    services._add_event(work, Stage.ENDED, by=counsellor, note="", at=None)
    work.events.filter(stage=Stage.ENDED).delete()
    services._add_event(
        work, Stage.PROPOSED, by=counsellor, note="", at=timezone.now() - dt.timedelta(days=9)
    )
    _answer(_check(work, 3), counsellor)
    with pytest.raises(services.AskedAboutError):
        services.undo_last_step(placement=work, by=counsellor)
    work.refresh_from_db()
    assert work.started_on == START
    assert RetentionCheck.objects.filter(placement=work).count() == 3


# --- Answers --------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_answer_is_stored_logged_and_can_be_taken_away(work: Any, counsellor: Any) -> None:
    check = _answer(_check(work, 6), counsellor, note="Ruft selbst an")
    assert (check.situation, check.source, check.note) == ("same_job", "client", "Ruft selbst an")
    assert Entry.objects.filter(object_type="placements.retentioncheck", action="change").count() == 1
    clear_answer(check=check, revision=check.revision, by=counsellor)
    check.refresh_from_db()
    assert (check.situation, check.source, check.asked_on, check.note) == ("", "", None, "")


@pytest.mark.django_db
def test_what_cannot_be_an_answer(work: Any, counsellor: Any) -> None:
    check = _check(work, 6)
    with pytest.raises(TooEarlyError):
        _answer(check, counsellor, asked_on=check.due_on - WINDOW - dt.timedelta(days=1))
    _answer(check, counsellor, asked_on=check.due_on - WINDOW)
    with pytest.raises(StaleCheckError) as stale:
        answer_check(
            check=check,
            revision=1,
            situation="training",
            source="client",
            asked_on=check.due_on,
            by=counsellor,
        )
    assert stale.value.stored.situation == "same_job"
    work.ended_on = check.due_on - dt.timedelta(days=1)
    work.save()
    check.refresh_from_db()
    with pytest.raises(HasEndedError):
        _answer(check, counsellor)
    assert _answer(check, counsellor, situation="unknown").source == ""


@pytest.mark.django_db
@pytest.mark.parametrize("facts", [
    {"months": 4},
    {"situation": "at_sea", "source": "client", "asked_on": START},
    {"situation": "same_job", "asked_on": START},
    {"situation": "same_job", "source": "client"},
    {"situation": "unknown", "source": "client", "asked_on": START},
    {"asked_on": START},
    {"source": "employer"},
])  # fmt: skip
def test_the_database_refuses_half_answers(facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionCheckFactory(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        RetentionCheckFactory(placement=RetentionCheckFactory().placement)


# --- Figures --------------------------------------------------------------------------------------------
def _period(centre: Any, first: str, last: str) -> Period:
    return Period(
        starts_on=dt.date.fromisoformat(first), ends_on=dt.date.fromisoformat(last), centre_ids=(centre.pk,),
        programme_code="iq-quadrat",
    )  # fmt: skip


@pytest.mark.django_db
def test_what_counts_and_in_which_row(counsellor: Any, centre: Any) -> None:
    answers = [
        ("same_job", "client", 0), ("same_job", "employer", 21), ("training", "document", -21), ("not_working", "client", 3),
        ("other_insured", "client", 22), ("unknown", "", 0), ("", "", None),
    ]  # fmt: skip
    for situation, source, days in answers:
        placement = started(ClientFactory(counsellor=counsellor), on=START, programme_code="iq-quadrat")
        plan_checks(placement, by=counsellor)
        if days is not None:
            check = _check(placement, 3)
            asked_on = check.due_on + dt.timedelta(days=days)
            _answer(check, counsellor, situation=situation, source=source, asked_on=asked_on)
    period = _period(centre, "2008-02-29", "2008-02-29")
    [figure] = [one for one in FIGURES if one.code == "lasting_3"]
    [table] = [one for one in BREAKDOWNS if one.code == "situation_3"]
    assert figure.count(period) == 3
    rows = {row.key: row.count for row in table.slices(period)}
    assert rows == {
        "same_job": 2, "other_insured": 0, "training": 1, "self_employed": 0, "not_working": 1, "unknown": 1, "late": 1, "": 1,
    }  # fmt: skip
    assert sum(rows.values()) == len(answers)
    for outside in (_period(centre, "2008-03-01", "2008-12-31"), _period(centre, "2007-01-01", "2008-02-28")):
        assert figure.count(outside) == 0
    assert how_many_last(RetentionCheck.objects.all(), today=dt.date(2008, 3, 1)) == [
        Lasting(months=3, due=7, known=4, lasting=3, same_job=2),
        Lasting(months=6, due=0, known=0, lasting=0, same_job=0),
        Lasting(months=12, due=0, known=0, lasting=0, same_job=0),
    ]


@pytest.mark.django_db
def test_the_figure_equals_a_recount_in_sql(counsellor: Any, centre: Any) -> None:
    situations = ["same_job", "not_working", "unknown", "self_employed", "training", ""]
    for number in range(18):
        start = START + dt.timedelta(days=5 * number)
        category = list(Category)[number % len(Category)]
        placement = started(
            ClientFactory(counsellor=counsellor), category, start, programme_code="iq-quadrat"
        )
        plan_checks(placement, by=counsellor)
        for check in placement.retention_checks.all():
            situation = situations[(number + check.months) % len(situations)]
            if situation:
                asked_on = check.due_on + dt.timedelta(days=(number * 7) % 40 - 15)
                _answer(check, counsellor, situation=situation, source="document", asked_on=asked_on)
    for months in (3, 6, 12):
        period = _period(centre, "2008-01-01", "2008-12-31")
        [figure] = [one for one in FIGURES if one.code == f"lasting_{months}"]
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM placements_placement p JOIN placements_retentioncheck c ON c.placement_id = p.id"
                " WHERE c.months = %s AND (p.started_on + make_interval(months => c.months))::date BETWEEN %s AND %s"
                " AND p.category NOT IN ('EQ', 'INT', 'FT') AND c.situation NOT IN ('', 'unknown', 'not_working')"
                " AND abs(c.asked_on - (p.started_on + make_interval(months => c.months))::date) <= 21",
                [months, period.starts_on, period.ends_on],
            )
            [again] = cursor.fetchone() or [None]
        assert figure.count(period) == again
        assert again > 0


# --- Pages ----------------------------------------------------------------------------------------------
def _url(name: str, check: RetentionCheck) -> str:
    return reverse(f"placements:{name}", args=[check.public_id])


def _typed(**changed: Any) -> dict[str, Any]:
    today = timezone.localdate().isoformat()
    return {
        "revision": "1",
        "situation": "same_job",
        "source": "client",
        "asked_on": today,
        "note": "",
    } | changed


@pytest.mark.django_db
def test_the_list_sorts_by_where_a_check_stands(as_user: Any, counsellor: Any) -> None:
    today = timezone.localdate()
    names = {"now": "Nuri", "missed": "Milo", "coming": "Kim", "answered": "Anna"}
    for state, name in names.items():
        days = {"missed": -22, "coming": 22}.get(state, 0)
        check = RetentionCheckFactory(
            placement__client__counsellor=counsellor, placement__client__latin_given_name=name, due_on=today + dt.timedelta(days=days)
        )  # fmt: skip
        if state == "answered":
            _answer(check, counsellor)
    browser, url = as_user(counsellor), reverse("placements:retention_list")
    for state, name in names.items():
        page = browser.get(url, {"show": state}).content.decode()
        assert [other for other in names.values() if other in page] == [name]
    assert "Nuri" in browser.get(url, {"show": "no such state", "months": "٣"}).content.decode()
    assert "Nuri" not in browser.get(url, {"months": "12"}).content.decode()


@pytest.mark.django_db
def test_the_coordination_reads_numbers_and_answers_nothing(
    as_user: Any, coordinator: Any, counsellor: Any
) -> None:
    check = RetentionCheckFactory(placement__client__counsellor=counsellor)
    page = as_user(coordinator).get(reverse("placements:retention_list")).content.decode()
    assert check.placement.client.number in page
    assert "Haddad" not in page
    assert _url("retention_answer", check) not in page
    assert as_user(coordinator).post(_url("retention_answer", check), _typed()).status_code == 403


@pytest.mark.django_db
def test_a_colleague_s_check_does_not_exist(as_user: Any, counsellor: Any, stranger: Any) -> None:
    check = RetentionCheckFactory(placement__client__counsellor=counsellor)
    for other in (stranger, UserFactory(centre=counsellor.centre)):
        browser: Browser = as_user(other)
        assert browser.get(_url("retention_answer", check)).status_code == 404
        assert browser.post(_url("retention_clear", check), {"revision": "1"}).status_code == 404
        assert (
            check.placement.client.number
            not in browser.get(reverse("placements:retention_list")).content.decode()
        )


@pytest.mark.django_db
def test_the_day_view_shows_whom_to_ask_and_the_answer_ends_it(as_user: Any, counsellor: Any) -> None:
    check = RetentionCheckFactory(placement__client__counsellor=counsellor)
    browser, panel = as_user(counsellor), reverse("placements:retention_panel")
    assert _url("retention_answer", check) in browser.get(panel).content.decode()
    answered = browser.post(_url("retention_answer", check), _typed(note="Vertrag verlängert"))
    assert answered.status_code == 302
    assert browser.get(panel).content.decode().strip() == ""
    page = browser.get(answered["Location"]).content.decode()
    assert "Vertrag verlängert" in page
    assert _url("retention_clear", check) in page
    browser.post(_url("retention_clear", check), {"revision": "2"})
    assert _url("retention_answer", check) in browser.get(panel).content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "words"), [
    ({"source": ""}, "woher"),
    ({"asked_on": (timezone.localdate() + dt.timedelta(days=2)).isoformat()}, "noch nicht"),
    ({"asked_on": "2001-01-01"}, "zu früh"),
    ({"situation": "at_sea"}, "at_sea"),
    ({"asked_on": "gestern"}, "24.11.2026"),
])  # fmt: skip
def test_bad_answers_are_named_and_nothing_typed_is_lost(
    as_user: Any, counsellor: Any, typed: dict[str, str], words: str
) -> None:
    check = RetentionCheckFactory(placement__client__counsellor=counsellor)
    answer = as_user(counsellor).post(_url("retention_answer", check), _typed(note="bleibt stehen", **typed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words.lower() in page.lower()
    assert "bleibt stehen" in page
    check.refresh_from_db()
    assert check.situation == ""


@pytest.mark.django_db
def test_two_who_answer_at_once_see_both_versions(as_user: Any, counsellor: Any) -> None:
    check = RetentionCheckFactory(placement__client__counsellor=counsellor)
    browser = as_user(counsellor)
    browser.post(_url("retention_answer", check), _typed(situation="training"))
    answer = browser.post(_url("retention_answer", check), _typed(situation="not_working"))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert str(Situation.TRAINING.label) in page
    assert str(Situation.NOT_WORKING.label) in page
    check.refresh_from_db()
    assert check.situation == "training"


@pytest.mark.django_db
def test_a_placement_without_start_is_not_asked_about(counsellor: Any) -> None:
    plan_checks(PlacementFactory(client__counsellor=counsellor), by=counsellor)
    assert not RetentionCheck.objects.exists()
