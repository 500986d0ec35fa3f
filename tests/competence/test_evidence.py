"""The language evidence: each rule as a worked example, and what must hold for any log."""

import pytest

from competence.evidence import (
    Circumstances,
    Code,
    Event,
    Item,
    NoEvidence,
    Thresholds,
    evaluate,
    read_log,
)

ARABIC = Circumstances(mother_tongue="ar", is_agreed=True)
QUESTION = Item("q", "A1", german="Können Sie kochen?")  # 3 words: t_min = 1.4 s
T_MIN = 1400


def log(*lines: tuple) -> list[Event]:
    """``(kind, ms[, state[, item]])`` on question q."""
    return [
        Event(kind, rest[1] if len(rest) > 1 else "q", ms, rest[0] if rest else "")
        for kind, ms, *rest in lines
    ]


def coded(*lines: tuple, item: Item = QUESTION, circumstances: Circumstances = ARABIC):
    return evaluate([item], log(*lines), circumstances).items[0]


def test_the_reading_time_counts_words_between_white_space() -> None:
    assert Thresholds().reading_ms(QUESTION.words) == T_MIN
    assert Item("x", "A1", german="um 9\u00a0Uhr  früh\n").words == 4


# --- the seven rules, in order --------------------------------------------------------------------------


def test_rule_1_never_shown() -> None:
    only = evaluate([QUESTION], [], ARABIC).items[0]
    assert (only.code, only.why) == (Code.NONE, NoEvidence.NOT_SHOWN)


@pytest.mark.parametrize(
    ("circumstances", "item", "why"),
    [
        (Circumstances("ar", is_agreed=False), QUESTION, NoEvidence.NOT_MEASURED),
        (Circumstances("de", is_agreed=True), QUESTION, NoEvidence.GERMAN),
        (ARABIC, Item("q", "A1", german="Können Sie kochen?", is_offered=False), NoEvidence.NO_TRANSLATION),
    ],
)
def test_rule_1_circumstances(circumstances: Circumstances, item: Item, why: NoEvidence) -> None:
    answered = [("shown", 0), ("answer", 3000, "a"), ("next", 3500)]
    result = coded(*answered, item=item, circumstances=circumstances)
    assert (result.code, result.why) == (Code.NONE, why)


def test_rule_1_first_opened_in_the_mode() -> None:
    result = coded(("l1_mode_on", 0, "", "other"), ("shown", 10), ("answer", 5000, "a"), ("next", 6000))
    assert (result.code, result.why) == (Code.NONE, NoEvidence.OPENED_IN_L1)


def test_the_mode_switched_off_opens_the_next_question_in_german_again() -> None:
    lines = [("l1_mode_on", 0, "", ""), ("l1_mode_off", 5, "", ""), ("shown", 10), ("answer", 5000, "a"), ("next", 6000)]  # fmt: skip
    assert coded(*lines).code is Code.UNDERSTOOD


@pytest.mark.parametrize("look", ["to_l1", "audio_l1", "l1_mode_on", "help"])
@pytest.mark.parametrize(("ms", "code"), [(T_MIN, Code.HELPED_BEFORE), (T_MIN - 1, Code.PREMATURE)])
def test_rule_2_a_look_or_help_before_the_first_answer(look: str, ms: int, code: Code) -> None:
    assert coded(("shown", 0), (look, ms), ("answer", 9000, "a"), ("next", 9100)).code is code


def test_rule_2_counts_the_earlier_of_look_and_help() -> None:
    assert coded(("shown", 0), ("help", 500), ("to_l1", 5000), ("next", 9000)).code is Code.PREMATURE
    assert coded(("shown", 0), ("to_l1", 5000), ("help", 6000), ("next", 9000)).code is Code.HELPED_BEFORE


def test_rule_2_ticks_before_the_first_leaving_are_still_thinking() -> None:
    lines = [("shown", 0), ("answer", 2000, "a"), ("to_l1", 3000), ("change", 4000, "b"), ("next", 5000)]
    assert coded(*lines).code is Code.HELPED_BEFORE


def test_rule_2_comes_before_dont_know() -> None:
    assert coded(("shown", 0), ("to_l1", 3000), ("dont_know", 4000), ("next", 4100)).code is Code.HELPED_BEFORE  # fmt: skip


def _again(*later: tuple) -> list[tuple]:
    """Answered a in German, left; then back to the question."""
    return [("shown", 0), ("answer", 2000, "a"), ("next", 3000), ("shown", 4000, "", "r"), ("back", 5000, "", "r"), *later]  # fmt: skip


def test_rule_3_changed_after_a_look() -> None:
    assert coded(*_again(("shown", 6000), ("to_l1", 7000), ("change", 8000, "b"), ("next", 9000))).code is Code.HELPED_AFTER  # fmt: skip


def test_rule_3_changed_and_changed_back_counts_as_stayed() -> None:
    lines = _again(("shown", 6000), ("to_l1", 6500), ("change", 7000, "b"), ("change", 8000, "a"), ("next", 9000))  # fmt: skip
    assert coded(*lines).code is Code.UNDERSTOOD


def test_rule_3_a_change_before_the_late_look_is_the_clients_own() -> None:
    lines = _again(("shown", 6000), ("change", 6500, "b"), ("to_l1", 7000), ("next", 9000))
    assert coded(*lines).code is Code.UNDERSTOOD


def test_rule_3_coming_back_in_the_mode_is_a_look() -> None:
    lines = _again(("l1_mode_on", 5500, "", "s"), ("shown", 6000), ("change", 8000, "b"), ("next", 9000))
    assert coded(*lines).code is Code.HELPED_AFTER


def test_rule_3_comes_before_rule_4() -> None:
    assert coded(*_again(("shown", 6000), ("to_l1", 7000), ("dont_know", 8000))).code is Code.HELPED_AFTER


def test_help_after_the_first_answer_changes_nothing() -> None:
    assert coded(*_again(("shown", 6000), ("help", 7000), ("change", 8000, "b"), ("next", 9000))).code is Code.UNDERSTOOD  # fmt: skip


@pytest.mark.parametrize(
    "lines",
    [
        [("shown", 0), ("dont_know", 3000), ("next", 3100)],
        [("shown", 0), ("skip", 3000)],
        [("shown", 0), ("next", 3000)],  # Next with nothing ticked is a skip
        [("shown", 0), ("answer", 2000, "a"), ("change", 2500, ""), ("next", 3000)],
        [("shown", 0), ("answer", 2000, "a"), ("next", 3000), ("shown", 4000), ("dont_know", 5000), ("next", 6000)],
    ],
)  # fmt: skip
def test_rule_4_no_answer_at_the_end(lines: list) -> None:
    assert coded(*lines).code is Code.NO_ANSWER


def test_rule_5_too_fast() -> None:
    result = coded(("shown", 0), ("answer", 300, "a"), ("next", T_MIN - 1))
    assert (result.code, result.why, result.ms) == (Code.NONE, NoEvidence.TOO_FAST, T_MIN - 1)
    assert coded(("shown", 0), ("answer", 300, "a"), ("next", T_MIN)).code is Code.UNDERSTOOD


def test_rule_5_later_visits_do_not_slow_down_the_first_answer() -> None:
    lines = [("shown", 0), ("answer", 300, "a"), ("next", 900), ("shown", 1000), ("next", 9000)]
    assert coded(*lines).why is NoEvidence.TOO_FAST


def test_rule_6_understood_by_ear() -> None:
    assert coded(("shown", 0), ("audio_de", 500), ("answer", 3000, "a"), ("next", 3100)).code is Code.BY_EAR
    assert coded(*_again(("shown", 6000), ("audio_de", 7000), ("next", 9000))).code is Code.UNDERSTOOD


def test_rule_7_understood() -> None:
    result = coded(("shown", 0), ("answer", 2000, "a"), ("next", 2500))
    assert (result.code, result.why, result.ms) == (Code.UNDERSTOOD, None, 2500)


@pytest.mark.parametrize(("stop", "go"), [("blur", "focus"), ("pause", "resume"), ("idle", "focus"), ("idle", "answer")])  # fmt: skip
def test_the_clock_stops_when_nobody_reads(stop: str, go: str) -> None:
    lines = [("shown", 0), (stop, 500), (go, 60_000, "a"), ("answer", 60_100, "a"), ("next", 60_200)]
    assert coded(*lines).ms == 700


def test_a_prompt_does_not_restart_the_clock() -> None:
    assert coded(("shown", 0), ("idle", 500), ("prompt", 900), ("answer", 9000, "a"), ("next", 9100)).ms == 600  # fmt: skip


def test_time_adds_up_over_a_pause_before_the_first_answer() -> None:
    lines = [("shown", 0), ("pause", 1000), ("resume", 90_000), ("shown", 90_000), ("to_l1", 90_400), ("next", 91_000)]  # fmt: skip
    assert coded(*lines).ms == 1400


def test_a_clock_that_starts_again_adds_nothing() -> None:
    assert coded(("shown", 50_000), ("answer", 100, "a"), ("next", 2000)).ms == 1900


def test_whoever_sees_another_question_has_left_this_one() -> None:
    trace = read_log(log(("shown", 0), ("answer", 2000, "a"), ("shown", 3000, "", "r")))["q"]
    assert (trace.first_answer, trace.first_answer_ms) == ("a", 3000)


def test_warm_ups_and_probes_get_no_code() -> None:
    items = [Item("o", "A1", is_evidence=False), Item("p", "A1", is_evidence=False, is_probe=True), QUESTION]
    assert [item.key for item in evaluate(items, [], ARABIC).items] == ["q"]
