"""What the editor of questionnaires is told of the profile, and that the profile bears what the editor may do."""

from collections.abc import Iterator

import pgtrigger
import pytest

from competence.meaning import DIMENSIONS, uses
from competence.profile import load
from competence.scoring import SCALES, Missing
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires import doors
from iqquadrat.questionnaires.models import Choice
from tests.competence.profiles import delivered_version, full_assessment, persian_client


def _scaled() -> Iterator[str]:
    for keys in SCALES.values():
        yield from keys


def test_every_question_of_a_scale_says_so() -> None:
    for key in _scaled():
        assert "Skala" in uses(key)[0], key
    assert uses("start_mood") == []
    assert "Sprachen" in uses("lng_first")[0]
    assert "Leseprobe" in uses("prb_a1_1")[0]
    assert "Lebenslauf" in uses("wrk_main")[0]
    assert "Ehrenamt" in uses("fam_child")[0]
    assert "Wünschen" in uses("wsh_form")[0]


@pytest.mark.django_db
def test_every_dimension_in_use_has_a_name() -> None:
    used = {item.dimension for item in delivered_version().items.all()} - {""}
    assert used <= DIMENSIONS.keys()
    assert doors.meaning_of("competence").dimensions == DIMENSIONS
    assert doors.meaning_of("unheard_of").uses("x") == ()


@pytest.mark.django_db
def test_a_score_that_is_no_step_of_the_scale_is_no_answer(counsellor: User) -> None:
    assessment = full_assessment(persian_client(counsellor=counsellor))
    lists = {assessment.response.version.items.get(key=key).choice_list_id for key in _scaled()}
    with pgtrigger.ignore("questionnaires.Choice:published_stays"):
        Choice.objects.filter(choice_list__in=lists).update(score=9)
    scores = load(assessment).scores
    assert all(not score.enough for score in scores)
    assert {missing for score in scores for missing in score.missing.values()} <= set(Missing)
