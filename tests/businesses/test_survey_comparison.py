"""Waves side by side: the same businesses twice, where changes come from, who came and went; by hand, and hidden by the rules."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from scipy.stats import binomtest

from businesses.models import Business
from businesses.survey_analysis.chapters import EVERY_KEY
from businesses.survey_analysis.chapters.jobs import staff_of
from businesses.survey_analysis.comparison import chance, comparison_of, earlier_waves
from businesses.survey_analysis.pairs import Matched
from businesses.survey_analysis.rows import Answers, read_wave
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Version
from tests.businesses.bulk_waves import register, wave_of


def good(answers: Answers) -> bool | None:
    value = answers.get("v20_now")
    return value == "good" if isinstance(value, str) else None


def heads(answers: Answers) -> int | None:
    return staff_of(answers).heads


@pytest.fixture
def shops(survey: Version, coordinator: User) -> list[Business]:
    return register(coordinator.centre, 60)


def matched(shops: list[Business], survey: Version, first: Any, second: Any, later: list[Business] | None = None) -> Matched:  # fmt: skip
    before = wave_of(shops, survey, first, months_ago=24)
    after = wave_of(shops if later is None else later, survey, second)
    assert earlier_waves(after) == [before]
    return Matched(read_wave(before, EVERY_KEY), read_wave(after, EVERY_KEY))


def test_pairs_by_hand(shops: list[Business], survey: Version) -> None:
    """Of 60 twenty gain, six lose, the rest stays as it was."""

    def first(n: int) -> dict[str, Any]:
        return {"v20_now": "good" if n < 26 else "poor"}

    def second(n: int) -> dict[str, Any]:
        return {"v20_now": "poor" if n < 6 or n >= 46 else "good"}

    found = matched(shops, survey, first, second).pairs(good).pairs
    assert found is not None
    assert (found.stayed_yes, found.gained, found.lost, found.stayed_no) == (20, 20, 6, 14)
    assert found.p == pytest.approx(binomtest(20, 26).pvalue)


def test_pairs_are_hidden_where_one_kind_is_small(shops: list[Business], survey: Version) -> None:
    found = matched(
        shops,
        survey,
        lambda n: {"v20_now": "good" if n < 30 else "poor"},
        lambda n: {"v20_now": "good" if n < 33 else "poor"},
    ).pairs(good)
    assert (found.pairs, found.n) == (None, 60)


def test_pairs_are_hidden_where_those_in_no_pair_are_few(shops: list[Business], survey: Version) -> None:
    """58 pairs are large enough, but beside the share of the first wave they would tell of the two others."""

    def first(n: int) -> dict[str, Any]:
        return {"v20_now": "good" if n % 2 else "poor"}

    def second(n: int) -> dict[str, Any] | None:
        return {"v20_now": "good" if n % 4 < 2 else "poor"} if n < 58 else None

    assert matched(shops, survey, first, second).pairs(good).pairs is None


def test_directions_by_hand(shops: list[Business], survey: Version) -> None:
    def second(n: int) -> dict[str, Any]:
        return {"v09_heads": 5 + (n < 20) - (n >= 50)}

    both = matched(shops, survey, lambda _n: {"v09_heads": 5}, second)
    signs = both.signs(heads).signs
    assert signs is not None
    assert (signs.up, signs.down, signs.same) == (20, 10, 30)
    assert signs.p == pytest.approx(binomtest(20, 30).pvalue)


def test_directions_are_hidden_where_few_changed(shops: list[Business], survey: Version) -> None:
    found = matched(
        shops, survey, lambda _n: {"v09_heads": 5}, lambda n: {"v09_heads": 6 if n < 2 else 5}
    ).signs(heads)
    assert found.signs is None


def _later(shops: list[Business]) -> list[Business]:
    """Ten are gone, five of them taken over by the same trade, and five more are new."""
    made = []
    for n in range(10):
        shop = shops[50 + n]
        made.append(
            Business.objects.create(
                centre=shop.centre, premises=shop.premises, branch=shop.branch, sign_name=f"Nachfolge {n}",
                predecessor=shop if n < 5 else None,
            )
        )  # fmt: skip
    return [*shops[:50], *made]


def test_births_and_closures_by_hand(shops: list[Business], survey: Version) -> None:
    both = matched(shops, survey, lambda _n: {}, lambda _n: {}, _later(shops))
    found = both.dynamics()
    assert (found.before, found.after, found.stayed, found.taken_over) == (60, 60, 50, 5)
    assert (found.births, found.deaths) == (5, 5)


def test_another_trade_in_the_same_rooms_takes_nothing_over(shops: list[Business], survey: Version) -> None:
    later = _later(shops)
    for business in later[50:55]:
        business.branch = next(shop.branch for shop in shops if shop.branch_id != business.branch_id)
        business.save()
    assert matched(shops, survey, lambda _n: {}, lambda _n: {}, later).dynamics().taken_over == 0


def test_the_interview_says_whether_it_is_a_takeover(shops: list[Business], survey: Version) -> None:
    said = lambda n: {"v03_start": "new"} if n >= 50 else {}  # noqa: E731 - one line of answers
    assert matched(shops, survey, lambda _n: {}, said, _later(shops)).dynamics().taken_over == 0


def test_where_a_change_comes_from_by_hand(shops: list[Business], survey: Version) -> None:
    """Fifty-five carry on with one person more each, five go with four each, five come with three each."""
    both = matched(
        shops,
        survey,
        lambda _n: {"v09_heads": 4},
        lambda n: {"v09_heads": 3 if n >= 55 else 5},
        _later(shops),
    )
    found = both.decomposition(heads)
    assert found is not None
    assert (found.before, found.after, found.continuing, found.entries, found.exits) == (240, 290, 55, 15, 20)
    assert found.after - found.before == found.continuing + found.entries - found.exits


@pytest.mark.parametrize("large", [500, 999])
def test_a_change_is_hidden_where_one_business_weighs_too_much(shops: list[Business], survey: Version, large: int) -> None:  # fmt: skip
    found = matched(
        shops, survey, lambda _n: {"v09_heads": 4}, lambda n: {"v09_heads": large if n == 0 else 4}
    ).decomposition(heads)
    assert found is None


def test_a_change_is_hidden_where_only_two_changed(shops: list[Business], survey: Version) -> None:
    found = matched(
        shops, survey, lambda _n: {"v09_heads": 4}, lambda n: {"v09_heads": 5 if n < 2 else 4}
    ).decomposition(heads)
    assert found is None


def test_p_in_words() -> None:
    with override("en"):
        assert chance(0.031, 26).startswith("change shown: by chance alone in about 3 of 100")
        assert chance(0.001, 26).startswith("change shown: by chance alone in fewer than 1 of 100")
        assert chance(0.4, 26).startswith("no change shown: by chance alone in about 40 of 100")
        assert chance(1.0, 0) == "nobody answered both times"


def test_waves_stand_side_by_side(shops: list[Business], survey: Version) -> None:
    both = matched(shops, survey, lambda _n: {"v09_heads": 4}, lambda _n: {"v09_heads": 5})
    with override("en"):
        blocks = {block.key: block for block in comparison_of([both.after, both.before])}
    assert blocks["cross-jobs"].head[1:] == (both.before.wave.name, both.after.wave.name)
    line = next(line for line in blocks["cross-jobs"].lines if line.name == "Persons working")
    assert [cell.text for cell in line.cells] == ["240", "300"]


def test_beside_hidden_pairs_stands_the_rule_and_what_can_be_shown(
    shops: list[Business], survey: Version, coordinator: User, as_user: Any
) -> None:  # fmt: skip
    """Three changed their minds: the line is hidden, and the page says why, how many it takes, and where branches can be looked at."""
    both = matched(
        shops,
        survey,
        lambda n: {"v20_now": "good" if n < 30 else "poor", "v09_heads": 5},
        lambda n: (
            {"v20_now": "good" if n < 33 else "poor", "v09_heads": 6 if n < 2 else 5} if n < 55 else None
        ),
    )
    with override("en"):
        blocks = {block.key: block for block in comparison_of([both.after, both.before])}
        assert both.answered_twice == 55
        assert "at least 20 pairs" in blocks["panel"].texts[0]
        assert "in both waves: 55 businesses" in blocks["panel"].texts[1]
        assert "at least 15 pairs" in blocks["directions"].texts[0]
    page = as_user(coordinator).get(reverse("businesses:survey_comparison", args=[both.after.wave.public_id]))
    coarser = {wave: [part.key for part in parts] for wave, parts in page.context["coarser"]}
    assert list(coarser) == [both.before.wave, both.after.wave]
    for wave, keys in coarser.items():
        assert keys
        address = reverse("businesses:survey_chapter", args=[wave.public_id, "economy"])
        for key in keys:
            assert f"{address}?part={key}" in page.content.decode()
            assert as_user(coordinator).get(address, {"part": key}).status_code == 200


def test_where_all_pairs_are_shown_nothing_is_explained(shops: list[Business], survey: Version) -> None:
    """Everybody says the same both times: nothing is small, nothing is hidden."""
    answers = {"v20_now": "good", "v22_next": "better", "v23_plan": "expand"}
    both = matched(shops, survey, lambda _n: answers, lambda _n: answers)
    blocks = {block.key: block for block in comparison_of([both.after, both.before])}
    assert (blocks["panel"].texts, blocks["panel"].hides) == ((), False)
    assert (blocks["directions"].texts, blocks["directions"].hides) == ((), False)
