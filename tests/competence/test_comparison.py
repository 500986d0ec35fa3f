"""Two assessments of one person: bands are compared, never subtracted, and only what was asked alike."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from competence.comparison import Movement, asks_alike, compare, movement
from competence.models import Assessment
from competence.profile import whole_version
from competence.scoring import Band, ScaleScore
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer, Choice
from tests.competence.factories import AssessmentFactory
from tests.competence.profiles import STARTED, full_assessment, persian_client


def _score(low: Band | None, high: Band | None) -> ScaleScore:
    return ScaleScore(code="MAN", size=5, valid=5 if low is not None else 2, low=low, high=high, missing={})


B, P, S = Band.BUILDING, Band.PRESENT, Band.STRONG


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ((B, B), (P, P), Movement.HIGHER),
        ((B, P), (S, S), Movement.HIGHER),
        ((S, S), (B, P), Movement.LOWER),
        ((P, P), (P, P), Movement.SAME),
        ((B, P), (P, P), Movement.UNCLEAR),
        ((P, S), (P, S), Movement.UNCLEAR),
        ((B, P), (P, S), Movement.UNCLEAR),
        ((None, None), (P, P), Movement.NOT_ENOUGH),
        ((P, P), (None, None), Movement.NOT_ENOUGH),
    ],
)
def test_what_can_be_said(before: Any, after: Any, expected: Movement) -> None:
    assert movement(_score(*before), _score(*after)) is expected


_ranges = st.lists(st.sampled_from(Band), min_size=2, max_size=2).map(sorted)
_scores = st.one_of(st.just(_score(None, None)), _ranges.map(lambda pair: _score(*pair)))
MIRROR = {Movement.HIGHER: Movement.LOWER, Movement.LOWER: Movement.HIGHER}


@given(one=_scores, other=_scores)
def test_backwards_it_says_the_opposite(one: ScaleScore, other: ScaleScore) -> None:
    there, back = movement(one, other), movement(other, one)
    assert back is MIRROR.get(there, there)


@given(score=_scores)
def test_nobody_moves_against_oneself(score: ScaleScore) -> None:
    assert movement(score, score) not in MIRROR


@pytest.fixture
def two(counsellor: User) -> tuple[Assessment, Assessment]:
    """Half a year lies between them; meanwhile the computer is no riddle any more, and a field has come along."""
    client = persian_client(counsellor=counsellor)
    then = full_assessment(client)
    now = full_assessment(
        client,
        started_at=STARTED + timedelta(days=180),
        finished_at=STARTED + timedelta(days=180, minutes=40),
    )
    steps = {item.key: item for item in now.response.version.items.all()}
    for key in ("dig_search", "dig_msg", "dig_doc", "dig_safe", "dig_problem"):
        Answer.objects.filter(response=now.response, item=steps[key]).update(
            status="answered", choices=["very_good"]
        )
    for key in ("dig_search", "dig_msg", "dig_doc", "dig_safe", "dig_problem"):
        Answer.objects.filter(response=then.response, item=steps[key]).update(
            status="answered", choices=["little"]
        )
    Answer.objects.filter(response=now.response, item=steps["wrk_fields"]).update(
        choices=["repair", "office"]
    )
    return then, now


@pytest.mark.django_db
def test_then_and_now(two: tuple[Assessment, Assessment]) -> None:
    then, now = two
    found = compare(now, then)
    assert (found.before.assessment, found.after.assessment) == (then, now)
    moved = {line.movement for line in found.scales}
    assert [
        line.movement for line in found.scales if "Digital" in str(line.name) or "Computer" in str(line.name)
    ] == [Movement.HIGHER]
    assert moved <= {Movement.HIGHER, Movement.SAME, Movement.UNCLEAR}
    fields = {pair.name: (pair.before is not None, pair.after is not None) for pair in found.fields}
    assert fields["Büro"] == (False, True)
    assert fields["Bau"] == (True, False)
    assert fields["Reparieren"] == (True, True)
    assert not any(pair.is_changed for pair in found.facts)


@pytest.mark.django_db
def test_a_scale_with_other_steps_is_not_compared(two: tuple[Assessment, Assessment]) -> None:
    version = two[0].response.version
    same, other = whole_version(version.pk), whole_version(version.pk)
    other.pk = 0
    assert asks_alike("MAN", same, other)
    steps: list[Choice] = other.items_by_key["prk_repair"].all_choices
    steps[0].score = 7
    assert not asks_alike("MAN", same, other)


@pytest.mark.django_db
def test_the_page(two: tuple[Assessment, Assessment], counsellor: User, as_user: Any) -> None:
    then, now = two
    desk = as_user(counsellor)
    link = reverse("competence:comparison", args=[now.public_id, then.public_id])
    assert link in desk.get(reverse("competence:profile", args=[now.public_id])).content.decode()
    page = desk.get(link)
    text = page.content.decode()
    assert "stärker als vorher" in text
    assert "17.11.2026" in text
    assert "verstanden" not in text
    assert Entry.objects.filter(action="view", detail__compared_with=then.pk).exists()


@pytest.mark.django_db
def test_only_two_of_the_same_person(
    two: tuple[Assessment, Assessment], counsellor: User, as_user: Any
) -> None:
    foreign = AssessmentFactory(finished=True, client__counsellor=counsellor)
    desk = as_user(counsellor)
    for other in (foreign, two[0]):
        assert (
            desk.get(reverse("competence:comparison", args=[two[0].public_id, other.public_id])).status_code
            == 404
        )
