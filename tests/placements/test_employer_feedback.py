"""What employers answer: noted once, never changed, taken back by another row; and when an employer is to be asked again."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from iqquadrat.accesslog.models import Entry
from placements import queries
from placements.enums import AnswerOutcome, DeclineReason, Stage
from placements.models import EmployerAnswer, Placement
from placements.process_forms import AnswerForm
from placements.services import answers
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import EmployerAnswerFactory, PlacementFactory, WageSubsidyFactory

pytestmark = pytest.mark.django_db
CONTROL = "ruft\x00zurück"


@pytest.fixture
def placement(counsellor: Any) -> Placement:
    """An application."""
    return PlacementFactory(client__counsellor=counsellor, stage=Stage.APPLIED)


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _typed(**facts: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid.uuid4()), "answered_on": f"{timezone.localdate()}", "channel": "phone", "outcome": "interested",
    } | facts  # fmt: skip


def _url(placement: Placement) -> str:
    return reverse("placements:placement_employer", args=[placement.public_id])


# --- Noting ----------------------------------------------------------------------------------------------
def test_an_answer_is_noted_once_and_logged(placement: Placement, desk: Browser) -> None:
    typed = _typed(outcome="declined", reason="times", words="Sucht jemanden für abends.")
    for _press in range(2):
        assert desk.post(_url(placement), typed).status_code == 302
    answer = EmployerAnswer.objects.get()
    assert (answer.outcome, answer.reason, answer.words) == (
        "declined",
        "times",
        "Sucht jemanden für abends.",
    )
    assert Entry.objects.filter(object_type="placements.placement", detail__answer="declined").count() == 1
    page = desk.get(_url(placement)).content.decode()
    assert "Arbeitszeiten passen nicht" in page
    assert "?step=closed" in page
    detail = desk.get(reverse("placements:placement_detail", args=[placement.public_id]), {"step": "closed"})
    assert detail.context["form"].fields["stage"].initial == "closed"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"outcome": "declined"}, "reason"), ({"answered_on": "31.12.2199"}, "answered_on"), ({"answered_on": ""}, "answered_on"),
        ({"due_on": "1.1.2020"}, "due_on"), ({"words": CONTROL}, "words"), ({"outcome": "x"}, "outcome"),
        ({"outcome": "declined", "reason": "unlawful", "words": "wegen des Kopftuchs"}, "words"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_kept(
    placement: Placement, desk: Browser, facts: dict[str, str], field: str
) -> None:
    answer = desk.post(_url(placement), _typed(**facts))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not EmployerAnswer.objects.exists()


def test_a_reason_counts_for_a_refusal_alone(placement: Placement, desk: Browser) -> None:
    desk.post(_url(placement), _typed(outcome="invited", reason="german"))
    assert EmployerAnswer.objects.get().reason == ""


@given(
    words=st.text(max_size=60), outcome=st.sampled_from(["", "x", *AnswerOutcome.values]),
    reason=st.sampled_from(["", "x", *DeclineReason.values]), day=st.text(max_size=12),
)  # fmt: skip
def test_no_input_breaks_the_form(words: str, outcome: str, reason: str, day: str) -> None:
    form = AnswerForm(_typed(words=words, outcome=outcome, reason=reason, due_on=day))
    if form.is_valid():
        data = form.cleaned_data
        assert bool(data["reason"]) is (data["outcome"] == AnswerOutcome.DECLINED)
        assert not (data["reason"] == DeclineReason.UNLAWFUL and data["words"])


def test_the_service_keeps_no_words_of_an_unlawful_reason(placement: Placement, counsellor: Any) -> None:
    answer = answers.note_answer(
        placement=placement, answered_on=timezone.localdate(), channel="visit", outcome=AnswerOutcome.DECLINED,
        reason=DeclineReason.UNLAWFUL, words="steht hier nicht", by=counsellor,
    )  # fmt: skip
    answer.refresh_from_db()
    assert answer.words == ""


def test_the_database_holds_the_pairs_and_changes_no_row(placement: Placement) -> None:
    for facts in (
        {"outcome": AnswerOutcome.DECLINED}, {"reason": DeclineReason.GERMAN},
        {"outcome": AnswerOutcome.DECLINED, "reason": DeclineReason.UNLAWFUL, "words": "x"}, {"due_on": dt.date(2001, 1, 1)},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            EmployerAnswerFactory(placement=placement, **facts)
    answer = EmployerAnswerFactory(placement=placement)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        EmployerAnswer.objects.filter(pk=answer.pk).update(words="anders")


def test_an_answer_is_taken_back_once_and_the_log_shows_both(
    placement: Placement, desk: Browser, as_user: Any, counsellor: Any
) -> None:
    kept, wrong = EmployerAnswerFactory(placement=placement), EmployerAnswerFactory(placement=placement)
    url = reverse("placements:answer_undo", args=[placement.public_id, wrong.pk])
    for _press in range(2):
        desk.post(url)
    assert list(EmployerAnswer.objects.standing()) == [kept]
    assert EmployerAnswer.objects.count() == 3
    assert "zurückgenommen" in desk.get(_url(placement)).content.decode()
    other = PlacementFactory(client__counsellor=counsellor)
    forged = reverse("placements:answer_undo", args=[other.public_id, kept.pk])
    assert desk.post(forged).status_code == 404
    stranger = as_user(UserFactory(centre=counsellor.centre))
    assert (
        stranger.post(reverse("placements:answer_undo", args=[placement.public_id, kept.pk])).status_code
        == 404
    )
    assert EmployerAnswer.objects.standing().filter(pk=kept.pk).exists()


# --- Who reads it ----------------------------------------------------------------------------------------
def test_a_coordinator_reads_the_outcome_but_no_reason_and_no_words(
    placement: Placement, coordinator: Any, as_user: Any
) -> None:
    EmployerAnswerFactory(
        placement=placement,
        outcome=AnswerOutcome.DECLINED,
        reason=DeclineReason.OTHER,
        words="Zweimal verspätet.",
    )
    EmployerAnswerFactory(
        placement=PlacementFactory(client=placement.client),
        outcome=AnswerOutcome.DECLINED,
        reason=DeclineReason.UNLAWFUL,
    )
    browser = as_user(coordinator)
    assert browser.get(_url(placement)).status_code == 403
    detail = browser.get(reverse("placements:placement_detail", args=[placement.public_id])).content.decode()
    assert "Sagt ab" in detail
    assert "verspätet" not in detail
    assert "zulässiger Grund" not in detail
    board = browser.get(reverse("placements:board")).content.decode()
    assert "hat 1 Betrieb aus einem unzulässigen Grund abgesagt" in board


def test_the_number_of_unlawful_reasons_is_the_centre_s_of_a_year_and_for_coordinators(
    placement: Placement, coordinator: Any, counsellor: Any, as_user: Any
) -> None:
    today = timezone.localdate()
    unlawful = {"outcome": AnswerOutcome.DECLINED, "reason": DeclineReason.UNLAWFUL}
    back = EmployerAnswerFactory(placement=placement, **unlawful)
    EmployerAnswerFactory(placement=placement, **unlawful)
    EmployerAnswerFactory(placement=placement, answered_on=today - dt.timedelta(days=366), **unlawful)
    EmployerAnswerFactory(**unlawful)  # of another centre
    answers.take_answer_back(answer=back, by=counsellor)
    assert queries.unlawful_reasons(coordinator, today) == 1
    assert "unzulässigen Grund" not in as_user(counsellor).get(reverse("placements:board")).content.decode()


# --- When to ask again -----------------------------------------------------------------------------------
def _proposed(counsellor: Any, days_ago: int, stage: Stage = Stage.PROPOSED) -> Placement:
    return PlacementFactory(
        client__counsellor=counsellor, stage=stage, stage__at=timezone.now() - dt.timedelta(days=days_ago)
    )


def test_an_employer_is_asked_again_after_seven_days(counsellor: Any) -> None:
    today = timezone.localdate()
    due = _proposed(counsellor, 7)
    _proposed(counsellor, 6)
    _proposed(counsellor, 30, Stage.WISH)
    _proposed(counsellor, 30, Stage.INTERVIEW)
    _proposed(counsellor, 30, Stage.CLOSED)
    PlacementFactory(
        client__counsellor=UserFactory(centre=counsellor.centre),
        stage__at=timezone.now() - dt.timedelta(days=30),
    )
    answered = _proposed(counsellor, 20)
    EmployerAnswerFactory(placement=answered, answered_on=today - dt.timedelta(days=6))
    long_answered = _proposed(counsellor, 20, Stage.APPLIED)
    EmployerAnswerFactory(placement=long_answered, answered_on=today - dt.timedelta(days=7))
    assert set(queries.silent_employers(counsellor, today)) == {due, long_answered}


def test_the_day_that_was_noted_counts_before_the_seven_days(counsellor: Any) -> None:
    today = timezone.localdate()
    later, now, after_interview = (
        _proposed(counsellor, 30), _proposed(counsellor, 1), _proposed(counsellor, 1, Stage.INTERVIEW),
    )  # fmt: skip
    EmployerAnswerFactory(
        placement=later, answered_on=today - dt.timedelta(days=20), due_on=today + dt.timedelta(days=1)
    )
    for placement in (now, after_interview):
        EmployerAnswerFactory(placement=placement, answered_on=today, due_on=today)
    assert set(queries.silent_employers(counsellor, today)) == {now, after_interview}
    taken_back = EmployerAnswer.objects.get(placement=later)
    answers.take_answer_back(answer=taken_back, by=counsellor)
    assert later in queries.silent_employers(counsellor, today)


def test_the_day_view_shows_trials_silent_employers_and_subsidies(counsellor: Any, desk: Browser) -> None:
    today = timezone.localdate()
    trial = {"client__counsellor": counsellor, "stage": Stage.TRIAL, "trial_basis": "internship"}
    over = PlacementFactory(trial_until=today - dt.timedelta(days=1), **trial)
    soon = PlacementFactory(trial_until=today + dt.timedelta(days=3), **trial)
    PlacementFactory(trial_until=today + dt.timedelta(days=4), **trial)
    silent = _proposed(counsellor, 8)
    ending = WageSubsidyFactory(
        placement__client=ClientFactory(counsellor=counsellor), ends_on=today + dt.timedelta(days=30)
    )
    answer = desk.get(reverse("placements:due_panel"))
    assert answer.context["trials"] == [over, soon]
    assert answer.context["silent"] == [silent]
    assert answer.context["subsidies"] == [ending]
    assert "placements/due/panel/" in desk.get("/").content.decode()
    page = answer.content.decode()
    assert "Beim Betrieb nachfragen" in page
    assert "vorbei seit" in page


def test_nothing_due_nothing_to_see(desk: Browser) -> None:
    assert desk.get(reverse("placements:due_panel")).content.decode().strip() == ""
