"""Agreed goals: what the database holds, what the services refuse, what the pages do with bad input and two editors."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from competence.documents import ClientProfile
from competence.enums import DuePrecision, GoalDoer, GoalKind, GoalState
from competence.models import AgreedGoal, Assessment, EarlierGoal
from competence.profile import load
from competence.released import items_of
from competence.services import goals
from competence.services.papers import counsellor_document
from counselling.errors import FutureDayError, RecordChangedError
from counselling.services import merge_clients, undo_merge
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.registry import timeline_for
from tests.competence.factories import AgreedGoalFactory, AssessmentFactory
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def assessment(counsellor: User) -> Assessment:
    return AssessmentFactory(finished=True, client__counsellor=counsellor)


def _agree(assessment: Assessment, by: User, **facts: Any) -> AgreedGoal:
    given = {
        "kind": "work", "text": "Wieder als Koch arbeiten", "due_on": TODAY() + dt.timedelta(days=30), "due_precision": "day",
        "done_by": "both",
    }  # fmt: skip
    return goals.agree_goal(assessment=assessment, by=by, **given | facts)


# --- what the database holds ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": ""}, {"kind": "rich"}, {"done_by": "nobody"}, {"own_text": "هدف"}, {"own_language": "ar"}, {"state": "reached"},
        {"ended_on": dt.date(2026, 1, 1)}, {"outcome_note": "nichts"}, {"due_precision": "month", "due_on": dt.date(2031, 5, 3)},
        {"due_on": dt.date(2020, 1, 31)}, {"due_precision": "year"},
        {"state": "reached", "ended_on": dt.date(2020, 1, 31)}, {"state": "lost", "ended_on": dt.date(2031, 1, 31)},
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused_by_the_database(wrong: dict[str, Any], assessment: Assessment) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        AgreedGoalFactory(assessment=assessment, **wrong)


def test_an_earlier_wording_stands_once(assessment: Assessment) -> None:
    goal = AgreedGoalFactory(assessment=assessment)
    facts = {
        "goal": goal, "number": 1, "kind": "work", "text": "x", "due_on": TODAY(), "due_precision": "day", "done_by": "both",
        "until_at": timezone.now(),
    }  # fmt: skip
    EarlierGoal.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierGoal.objects.create(**facts)


# --- services -----------------------------------------------------------------------------------------------------------


def test_five_open_goals_are_enough(assessment: Assessment, counsellor: User) -> None:
    made = [_agree(assessment, counsellor) for _n in range(goals.MOST_OPEN)]
    with pytest.raises(goals.TooManyGoalsError):
        _agree(assessment, counsellor)
    goals.end_goal(goal=made[0], by=counsellor, revision=1, state="reached", ended_on=TODAY())
    _agree(assessment, counsellor)
    with pytest.raises(goals.TooManyGoalsError):
        goals.reopen_goal(goal=made[0], by=counsellor)
    assert AgreedGoal.objects.open().count() == goals.MOST_OPEN


def test_the_same_form_twice_makes_one_goal(assessment: Assessment, counsellor: User) -> None:
    submission = uuid4()
    assert _agree(assessment, counsellor, submission=submission) == _agree(
        assessment, counsellor, submission=submission
    )
    assert AgreedGoal.objects.count() == 1


def test_nothing_is_overwritten_silently(assessment: Assessment, counsellor: User) -> None:
    goal = _agree(assessment, counsellor, own_text="العمل طباخًا", own_language="ar")
    goals.word_goal_anew(goal=goal, by=counsellor, revision=1, text="Als Beikoch arbeiten", own_text="")
    with pytest.raises(RecordChangedError):
        goals.word_goal_anew(goal=goal, by=counsellor, revision=1, text="Als Koch")
    goals.end_goal(
        goal=goal, by=counsellor, revision=2, state="given_up", ended_on=TODAY(), outcome_note="Umzug"
    )
    again = goals.reopen_goal(goal=goal, by=counsellor)
    assert goals.reopen_goal(goal=goal, by=counsellor).revision == again.revision == 4
    assert (again.state, again.ended_on, again.outcome_note) == (GoalState.OPEN, None, "")
    kept = list(
        goal.earlier.order_by("number").values_list("number", "text", "own_language", "state", "outcome_note")
    )
    assert kept == [
        (1, "Wieder als Koch arbeiten", "ar", "open", ""),
        (2, "Als Beikoch arbeiten", "", "open", ""),
        (3, "Als Beikoch arbeiten", "", "given_up", "Umzug"),
    ]
    assert Entry.objects.filter(object_type="competence.agreedgoal").count() == 4


def test_days_are_in_order(assessment: Assessment, counsellor: User) -> None:
    yesterday = TODAY() - dt.timedelta(days=1)
    with pytest.raises(goals.GoalDaysError):
        _agree(assessment, counsellor, due_on=yesterday)
    goal = _agree(assessment, counsellor)
    with pytest.raises(goals.GoalDaysError):
        goals.end_goal(goal=goal, by=counsellor, revision=1, state="reached", ended_on=yesterday)
    with pytest.raises(FutureDayError):
        goals.end_goal(
            goal=goal, by=counsellor, revision=1, state="reached", ended_on=TODAY() + dt.timedelta(days=1)
        )


# --- pages --------------------------------------------------------------------------------------------------------------


def _create(assessment: Assessment) -> str:
    return reverse("competence:goal_create", kwargs={"public_id": assessment.public_id})


def _url(name: str, goal: AgreedGoal) -> str:
    return reverse(f"competence:{name}", kwargs={"public_id": goal.public_id})


def _typed(**facts: Any) -> dict[str, Any]:
    return {
        "kind": "german", "text": "Kurs B1", "own_text": "دورة B1", "due": "3/2031", "done_by": "client", "submission": str(uuid4()),
    } | facts  # fmt: skip


HTMX = {"HX-Request": "true"}


def test_a_goal_is_agreed_on_the_page_of_the_profile(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    browser = as_user(counsellor)
    answer = browser.post(_create(assessment), _typed(due="۳/۲۰۳۱"))
    assert answer["Location"].endswith("#goals")
    goal = AgreedGoal.objects.get()
    assert (goal.due_on, goal.due_precision) == (dt.date(2031, 3, 31), DuePrecision.MONTH)
    assert (goal.own_text, goal.own_language) == ("دورة B1", "ar")
    page = browser.get(answer["Location"]).content.decode()
    for words in ("Kurs B1", 'lang="ar" dir="auto">دورة B1', "bis März 2031", "Deutschkurs", "Klient/in"):
        assert words in page, words


def test_inside_the_profile_the_form_comes_and_goes(
    assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    browser = as_user(counsellor)
    part = browser.get(_create(assessment), headers=HTMX).content.decode()
    assert "<html" not in part
    assert 'id="goals"' in part
    assert "Dasselbe auf Arabisch" in part
    wrong = browser.post(_create(assessment), _typed(due="bald"), headers=HTMX)
    assert wrong.status_code == 422
    assert 'value="bald"' in wrong.content.decode()
    done = browser.post(_create(assessment), _typed(), headers=HTMX).content.decode()
    assert "<form" not in done.split('class="goal-actions"')[0]
    assert "Das Ziel ist" in done


@pytest.mark.parametrize(
    "wrong", [{"due": "2031"}, {"due": "32.1.2031"}, {"due": ""}, {"text": "a\x00b"}, {"kind": "rich"}, {"done_by": ""}, {"due": "1.1.2020"}]
)  # fmt: skip
def test_bad_input_keeps_what_was_typed(
    wrong: dict[str, str], assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    answer = as_user(counsellor).post(_create(assessment), _typed(**wrong))
    assert answer.status_code == 422
    assert "دورة B1" in answer.content.decode()
    assert not AgreedGoal.objects.exists()


def test_a_sixth_goal_is_refused_in_words(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    AgreedGoalFactory.create_batch(5, assessment=assessment)
    ended = AgreedGoalFactory(assessment=assessment, ended=True)
    browser = as_user(counsellor)
    answer = browser.post(_create(assessment), _typed())
    assert answer.status_code == 422
    assert "fünf Ziele offen" in answer.content.decode()
    assert "fünf Ziele offen" in browser.post(_url("goal_reopen", ended), headers=HTMX).content.decode()
    assert browser.post(_url("goal_reopen", ended)).status_code == 302
    ended.refresh_from_db()
    assert not ended.is_open


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_two_editors_see_both_versions(
    headers: Any, assessment: Assessment, counsellor: User, as_user: Any
) -> None:
    goal, browser = AgreedGoalFactory(assessment=assessment), as_user(counsellor)
    typed = {**_typed(due="1.3.2031"), "revision": 1}
    assert browser.post(_url("goal_edit", goal), {**typed, "text": "Erste"}).status_code == 302
    late = browser.post(_url("goal_edit", goal), {**typed, "text": "Zweite"}, headers=headers)
    assert late.status_code == 409
    assert "Erste" in late.content.decode()
    assert 'value="Zweite"' in late.content.decode()
    assert 'name="revision" value="2"' in late.content.decode()
    ended = browser.post(
        _url("goal_end", goal), {"state": "reached", "ended_on": str(TODAY()), "revision": 1}
    )
    assert ended.status_code == 409


def test_ended_corrected_and_opened_again(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    goal, browser = AgreedGoalFactory(assessment=assessment), as_user(counsellor)
    sent = {
        "state": "reached",
        "ended_on": str(TODAY()),
        "outcome_note": "seit heute im Imbiss",
        "revision": 1,
    }
    assert browser.post(_url("goal_end", goal), sent).status_code == 302
    profile = browser.get(
        reverse("competence:profile", kwargs={"public_id": assessment.public_id})
    ).content.decode()
    assert "1 abgeschlossenes Ziel" in profile
    assert "seit heute im Imbiss" in profile
    for wrong in ("2999-01-01", str(TODAY() - dt.timedelta(days=9))):
        refused = browser.post(_url("goal_end", goal), {**sent, "revision": 2, "ended_on": wrong})
        assert refused.status_code == 422
    browser.post(_url("goal_reopen", goal))
    goal.refresh_from_db()
    assert goal.is_open


def test_what_is_due_stands_on_the_day_view(assessment: Assessment, counsellor: User, as_user: Any) -> None:
    AgreedGoalFactory(assessment=assessment, text="Heute fällig")
    AgreedGoalFactory(assessment=assessment, text="Später", due_on=TODAY() + dt.timedelta(days=1))
    AgreedGoalFactory(assessment=assessment, text="Erreicht", ended=True)
    AgreedGoalFactory(text="Von anderen")
    part = as_user(counsellor).get(reverse("competence:goals_today")).content.decode()
    assert "Heute fällig" in part
    assert not [word for word in ("Später", "Erreicht", "Von anderen") if word in part]
    assert reverse("competence:goals_today") in as_user(counsellor).get("/").content.decode()


def test_the_timeline_tells_it(assessment: Assessment, counsellor: User) -> None:
    AgreedGoalFactory(assessment=assessment, ended=True)
    titles = [
        str(entry.title) for entry in timeline_for(counsellor, assessment.client_id) if entry.kind == "case"
    ]
    assert sorted(titles) == ["Ziel vereinbart", "Ziel: erreicht"]
    assert not timeline_for(UserFactory(centre=counsellor.centre), assessment.client_id)


def test_a_colleague_does_not_find_it_and_the_coordination_may_not(
    assessment: Assessment, centre: Any, coordinator: User, as_user: Any
) -> None:
    goal = AgreedGoalFactory(assessment=assessment)
    for name in ("goal_edit", "goal_end"):
        assert as_user(UserFactory(centre=centre)).get(_url(name, goal)).status_code == 404
        assert as_user(coordinator).get(_url(name, goal)).status_code == 403


def test_a_goal_whose_profile_went_with_the_other_record_stays_reachable(
    counsellor: User, as_user: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    goal = AgreedGoalFactory(assessment=None, client=client)
    browser = as_user(counsellor)
    tab = browser.get(
        reverse("competence:client_profile", kwargs={"public_id": client.public_id}), headers=HTMX
    )
    assert goal.text in tab.content.decode()
    sent = {"state": "reached", "ended_on": str(TODAY()), "revision": 1}
    assert browser.post(_url("goal_end", goal), sent)["Location"] == client.get_absolute_url()


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_with_one_and_three_goals(
    number: int, assessment: Assessment, counsellor: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    for goal in AgreedGoalFactory.create_batch(number, assessment=assessment):
        goals.word_goal_anew(goal=goal, by=counsellor, revision=1, text="Neu")
    browser = as_user(counsellor)
    browser.get(reverse("competence:goals_today"))
    with django_assert_num_queries(6):
        browser.get(reverse("competence:goals_today"))


# --- papers -------------------------------------------------------------------------------------------------------------


def test_the_papers_say_what_was_agreed_and_an_employer_never_reads_it(assessment: Assessment) -> None:
    due = dt.date(2031, 3, 31)
    AgreedGoalFactory(
        assessment=assessment, own_text="العمل طباخًا", own_language="ar", due_on=due, due_precision="month", done_by="client"
    )  # fmt: skip
    AgreedGoalFactory(assessment=assessment, text="Längst erreicht", ended=True)
    profile = load(assessment)
    beside = ClientProfile(profile, "ar", TODAY()).context["goals"]
    assert [(line.words.de, line.words.other.strip("\u200f"), line.own_language) for line in beside] == [
        ("Wieder als Koch arbeiten", "العمل طباخًا", "ar")
    ]
    assert beside[0].below.de == "Arbeit. Bis März 2031. Das mache ich."
    assert "أنا أقوم بذلك" in beside[0].below.other
    third = ClientProfile(profile, "ru", TODAY()).context["goals"][0]
    assert (third.words.other.strip("\u200e"), third.own_language) == ("Wieder als Koch arbeiten", "de")
    german = ClientProfile(profile, "de", TODAY()).context["goals"][0]
    assert (german.own, german.own_direction) == ("العمل طباخًا", "rtl")
    assert len(counsellor_document(profile, TODAY()).context["page"].goals.ended) == 1
    assert not [item for item in items_of(profile, "de") if "Koch arbeiten" in item.words.de]


@pytest.mark.parametrize("language", [code for code in settings.CLIENT_LANGUAGES if code != "de"])
def test_every_language_has_the_words_of_the_paper(language: str, assessment: Assessment) -> None:
    for number, (kind, doer) in enumerate(zip(GoalKind.values, [*GoalDoer.values] * 3, strict=False)):
        AgreedGoalFactory(
            assessment=assessment, kind=kind, done_by=doer, due_on=dt.date(2031, 5, 31), due_precision=["day", "month"][number % 2]
        )  # fmt: skip
    context = ClientProfile(load(assessment), language, TODAY()).context
    lines = [context["heading"]["goals"], *(line.below for line in context["goals"])]
    assert len(lines) == len(GoalKind.values) + 1
    assert all(pair.other and pair.other != pair.de and ".." not in pair.other for pair in lines)


# --- two records of one person ------------------------------------------------------------------------------------------


def test_goals_move_with_the_person_and_go_back_without_the_profile_of_the_other(counsellor: User) -> None:
    kept, absorbed = (ClientFactory(counsellor=counsellor) for _n in range(2))
    theirs = AssessmentFactory(finished=True, client=absorbed)
    before = AgreedGoalFactory(assessment=theirs, text="Vorher")
    made = merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor, submission=uuid4())
    theirs.refresh_from_db()
    meanwhile = _agree(theirs, counsellor, text="Inzwischen")
    before.refresh_from_db()
    assert {before.client_id, meanwhile.client_id} == {kept.pk}
    undo_merge(merge=made, by=counsellor)
    before.refresh_from_db()
    meanwhile.refresh_from_db()
    assert (before.client_id, before.assessment_id) == (absorbed.pk, theirs.pk)
    assert (meanwhile.client_id, meanwhile.assessment_id) == (kept.pk, None)
