"""The scoring rules: worked examples, and what must hold for any answers."""

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from competence.scoring import (
    SCALES,
    Band,
    Confirmation,
    EvidenceClass,
    Missing,
    WorkAnswers,
    band_of,
    field_rows,
    least_valid,
    score_scale,
    score_scales,
)

steps = st.integers(1, 4)
answers = st.one_of(steps, st.sampled_from(list(Missing)))
codes = st.sampled_from(sorted(SCALES))


def _answers(code: str, values: list) -> dict:
    return dict(zip(SCALES[code], values, strict=False))


def test_the_scales_have_the_sizes_of_the_questionnaire() -> None:
    assert {code: len(keys) for code, keys in SCALES.items()} == {
        "MET": 5, "PER": 5, "SOC": 6, "MAN": 5, "NUM": 4, "DIG": 5,
    }  # fmt: skip
    keys = [key for keys in SCALES.values() for key in keys]
    assert len(keys) == len(set(keys)) == 30


@pytest.mark.parametrize(
    ("mean", "band"),
    [
        (Fraction(224999, 100000), Band.BUILDING), (Fraction(9, 4), Band.PRESENT),
        (Fraction(324999, 100000), Band.PRESENT), (Fraction(13, 4), Band.STRONG),
        (Fraction(1), Band.BUILDING), (Fraction(4), Band.STRONG),
    ],
)  # fmt: skip
def test_the_borders_of_the_bands_are_exact(mean: Fraction, band: Band) -> None:
    assert band_of(mean) is band


def test_four_equal_answers_are_a_settled_band() -> None:
    score = score_scale("MAN", _answers("MAN", [4, 4, 4, 4, Missing.DONT_KNOW]))
    assert (score.low, score.high, score.valid, score.size) == (Band.STRONG, Band.STRONG, 4, 5)
    assert score.settled
    assert score.missing == {"prk_body": Missing.DONT_KNOW}


def test_one_answer_that_decides_gives_two_bands() -> None:
    # mean 13/4 is strong; without one of the fours it is 3, present
    score = score_scale("PER", _answers("PER", [4, 3, 3, 3, Missing.SKIPPED]))
    assert (score.low, score.high) == (Band.PRESENT, Band.STRONG)
    assert score.enough
    assert not score.settled


def test_three_answers_are_enough_only_in_the_scale_of_four() -> None:
    three = [3, 3, 3, Missing.SKIPPED, Missing.SKIPPED]
    assert not score_scale("DIG", _answers("DIG", three)).enough
    assert score_scale("NUM", _answers("NUM", three[:4])).low is Band.PRESENT
    assert not score_scale("NUM", _answers("NUM", [3, 3])).enough
    assert not score_scale("SOC", _answers("SOC", three)).enough
    assert [least_valid(size) for size in (4, 5, 6)] == [3, 4, 4]


def test_hidden_questions_are_not_applicable_and_the_size_stays() -> None:
    hidden = {"wrk_cust": Missing.NOT_APPLICABLE, **dict.fromkeys(SCALES["SOC"][1:], 2)}
    score = score_scale("SOC", hidden)
    assert (score.valid, score.size, score.low) == (5, 6, Band.BUILDING)
    assert score.missing == {"wrk_cust": Missing.NOT_APPLICABLE}


def test_three_very_different_answers_may_span_all_bands() -> None:
    score = score_scale("NUM", _answers("NUM", [4, 3, 1]))
    assert (score.low, score.high) == (Band.BUILDING, Band.STRONG)


def test_a_value_outside_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="prk_cash: 5"):
        score_scale("NUM", {"prk_cash": 5})


def test_all_scales_are_scored_even_without_any_answer() -> None:
    scores = score_scales({})
    assert [score.code for score in scores] == list(SCALES)
    assert not any(score.enough for score in scores)


@given(code=codes, data=st.data())
def test_order_of_the_answers_does_not_matter(code: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(answers, min_size=len(SCALES[code]), max_size=len(SCALES[code])))
    mixed = data.draw(st.permutations(values))
    one, other = score_scale(code, _answers(code, values)), score_scale(code, _answers(code, mixed))
    assert (one.low, one.high, one.valid) == (other.low, other.high, other.valid)


@given(code=codes, data=st.data())
def test_a_higher_answer_never_lowers_a_band(code: str, data: st.DataObject) -> None:
    values = data.draw(st.lists(st.integers(1, 3), min_size=len(SCALES[code]), max_size=len(SCALES[code])))
    place = data.draw(st.integers(0, len(values) - 1))
    before = score_scale(code, _answers(code, values))
    after = score_scale(code, _answers(code, [v + (i == place) for i, v in enumerate(values)]))
    assert after.low >= before.low
    assert after.high >= before.high


@given(code=codes, data=st.data())
def test_missing_is_never_zero(code: str, data: st.DataObject) -> None:
    """Leaving an answer out moves the band only within what the leave-one-out band announced."""
    values = data.draw(st.lists(steps, min_size=len(SCALES[code]), max_size=len(SCALES[code])))
    whole = score_scale(code, _answers(code, values))
    place = data.draw(st.integers(0, len(values) - 1))
    holed = [Missing.SKIPPED if i == place else v for i, v in enumerate(values)]
    rest = [v for v in holed if not isinstance(v, Missing)]
    assert whole.low <= band_of(Fraction(sum(rest), len(rest))) <= whole.high
    assert whole.valid - score_scale(code, _answers(code, holed)).valid == 1


def test_every_score_agrees_with_counting_by_hand() -> None:
    for values in {tuple(sorted(p)) for p in permutations([1, 1, 2, 3, 4, 4], 4)}:
        score = score_scale("NUM", _answers("NUM", list(values)))
        means = [Fraction(sum(values), 4)] + [Fraction(sum(values) - v, 3) for v in values]
        assert score.low == min(map(band_of, means))
        assert score.high == max(map(band_of, means))


def test_the_table_of_fields() -> None:
    work = WorkAnswers(
        fields=("cleaning", "kitchen"), main_field="kitchen", main_years=6, tasks=("cook", "buy"),
        training_way="on_the_job", training_field="sales", training_state="finished", training_papers=None,
        certificates=("hygiene", "none"),
    )  # fmt: skip
    note = Confirmation(EvidenceClass.DOCUMENT_SEEN, note="Belehrung 2025")
    rows = field_rows(work, {"certificate:hygiene": note})
    assert [row.key for row in rows] == [
        "field:kitchen",
        "field:cleaning",
        "field:sales",
        "certificate:hygiene",
    ]
    kitchen, cleaning, sales, hygiene = rows
    assert (kitchen.years, kitchen.tasks, kitchen.is_main) == (6, ("cook", "buy"), True)
    assert (cleaning.years, cleaning.tasks, cleaning.training) == (None, (), ())
    assert sales.training == ("on_the_job", "finished")
    assert hygiene.is_certificate
    assert (hygiene.evidence, kitchen.evidence) == (EvidenceClass.DOCUMENT_SEEN, EvidenceClass.SELF_STATED)


def test_no_work_and_no_training_is_an_empty_table() -> None:
    assert field_rows(WorkAnswers(training_field="none")) == []
