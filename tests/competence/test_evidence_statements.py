"""The language evidence: counts, intervals, statements, marks, and what must hold for any log."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from competence.evidence import (
    LEVELS,
    Circumstances,
    Code,
    Contradictions,
    Event,
    Item,
    OpenReason,
    OverallKind,
    Statement,
    Thresholds,
    evaluate,
    find_marks,
    wilson,
)
from competence.evidence.marks import Mark
from competence.evidence.result import judge, level_result, overall_of

ARABIC = Circumstances(mother_tongue="ar", is_agreed=True)
# --- counts, intervals, statements -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "supported", "not_supported"),
    [(12, 11, 3), (16, 14, 5), (17, 15, 6), (19, 16, 7), (24, 20, 9), (25, 20, 10)],
)
def test_the_cut_offs(n: int, supported: int, not_supported: int) -> None:
    rules = Thresholds()
    for k in range(n + 1):
        bounds = wilson(k, n, rules.z)
        yes, _ = judge(n, bounds, bounds, all_probes_right=True, thresholds=rules)
        no, _ = judge(n, bounds, bounds, all_probes_right=False, thresholds=rules)
        assert (yes is Statement.SUPPORTED) == (k >= supported)
        assert (no is Statement.NOT_SUPPORTED) == (k <= not_supported)


def test_wilson_agrees_with_a_printed_example() -> None:
    bounds = wilson(17, 19, 1.96)
    assert (round(bounds.low, 2), round(bounds.high, 2)) == (0.69, 0.97)
    assert (wilson(0, 0, 1.96).low, wilson(0, 0, 1.96).high) == (0.0, 1.0)


def _level(u=0, x=0, m=0, p=0, d=0, a=0, none=0, probes=(True, True)):
    from competence.evidence import CodedItem

    codes = [Code.UNDERSTOOD] * u + [Code.HELPED_BEFORE] * x + [Code.HELPED_AFTER] * m + [Code.PREMATURE] * p
    codes += [Code.NO_ANSWER] * d + [Code.BY_EAR] * a + [Code.NONE] * none
    items = [CodedItem(str(i), "A1", code) for i, code in enumerate(codes)]
    return level_result("A1", items, probes=probes, thresholds=Thresholds())


def test_counts_of_a_level() -> None:
    level = _level(u=14, x=2, m=1, p=2, d=3, a=4, none=5)
    assert (level.k, level.n, level.cautious_n) == (14, 17, 22)
    assert level.counts[Code.BY_EAR] == 4


@pytest.mark.parametrize(
    ("level", "statement", "reason"),
    [
        (_level(u=19), Statement.SUPPORTED, None),
        (_level(u=11), Statement.OPEN, OpenReason.TOO_FEW),
        (_level(u=11, probes=(True, False)), Statement.OPEN, OpenReason.TOO_FEW),
        (_level(u=12, x=5), Statement.OPEN, OpenReason.INTERVAL),
        (_level(u=16, x=2, d=8), Statement.OPEN, OpenReason.CAUTIOUS_INTERVAL),
        (_level(u=19, probes=(True, False)), Statement.OPEN, OpenReason.PROBES),
        (_level(u=2, x=14, probes=(True, False)), Statement.NOT_SUPPORTED, None),
        (_level(u=2, x=14, probes=(True, True)), Statement.OPEN, OpenReason.PROBES),
        (_level(u=19, probes=()), Statement.OPEN, OpenReason.PROBES),
    ],
)
def test_statement_and_reason(level, statement: Statement, reason: OpenReason | None) -> None:
    assert (level.statement, level.reason) == (statement, reason)


S, O, N = Statement.SUPPORTED, Statement.OPEN, Statement.NOT_SUPPORTED  # noqa: E741


@pytest.mark.parametrize(
    ("statements", "kind", "level"),
    [
        ([S, S, N], OverallKind.LEVEL, "A2"), ([S, O, S], OverallKind.LEVEL, "A1"), ([S, S, S], OverallKind.LEVEL, "B1"),
        ([N, O, S], OverallKind.CONTRADICTORY, ""), ([S, N, S], OverallKind.CONTRADICTORY, ""),
        ([O, S, S], OverallKind.NO_LEVEL, ""), ([N, N, O], OverallKind.NO_LEVEL, ""),
    ],
)  # fmt: skip
def test_overall(statements: list, kind: OverallKind, level: str) -> None:
    overall = overall_of(statements)
    assert (overall.kind, overall.level) == (kind, level)


def _many(plan: list[str]) -> tuple[list[Item], list[Event]]:
    """Build questions and a log from one letter each: U, X, P, F (too fast), D."""
    lines = {
        "U": [("answer", 3000, "a"), ("next", 3100)], "X": [("to_l1", 3000), ("next", 4000)],
        "P": [("to_l1", 100), ("next", 4000)], "F": [("answer", 100, "a"), ("next", 200)], "D": [("dont_know", 3000), ("next", 3100)],
    }  # fmt: skip
    items, events = [], []
    for number, letter in enumerate(plan):
        start = number * 10_000
        items.append(Item(f"q{number}", LEVELS[number % 3], german="Können Sie kochen?"))
        events.append(Event("shown", f"q{number}", start))
        events += [Event(kind, f"q{number}", start + ms, rest[0] if rest else "") for kind, ms, *rest in lines[letter]]  # fmt: skip
    return items, events


@pytest.mark.parametrize(
    ("plan", "premature"),
    [
        ("PPPPPPXXXX", True), ("PPPPPXXXXXPPP", False), ("PPPPPP", True), ("PPPPP", False), ("UUPPPDPPFUUUUP", True),
    ],
)  # fmt: skip
def test_too_many_early_switches_void_the_statement(plan: str, premature: bool) -> None:
    items, events = _many(list(plan))
    result = evaluate(items, events, ARABIC)
    assert result.measures.is_premature is premature
    if premature:
        assert result.overall.kind is OverallKind.VOID


@pytest.mark.parametrize(("plan", "fast"), [("UUUUF", False), ("UUUFUUUF", True), ("DDDDDUUUUF", False), ("XXXXXXXUUUF", True)])  # fmt: skip
def test_too_many_fast_answers_void_the_statement(plan: str, fast: bool) -> None:
    items, events = _many(list(plan))
    result = evaluate(items, events, ARABIC)
    assert result.measures.is_too_fast is fast
    assert (result.overall.kind is OverallKind.VOID) is fast


def test_not_measured_wins_over_everything() -> None:
    items, events = _many(list("PPPPPPPPPP"))
    for circumstances in (Circumstances("ar", is_agreed=False), Circumstances("de", is_agreed=True)):
        result = evaluate(items, events, circumstances)
        assert result.overall.kind is OverallKind.NOT_MEASURED
        assert result.marks == ()
        assert {item.code for item in result.items} == {Code.NONE}


# --- marks for the talk ------------------------------------------------------------------------------------

STEPS = ("none", "little", "good", "very_good")


def _scales(count: int) -> list[Item]:
    return [Item(f"s{number}", "A1", positions=STEPS) for number in range(count)]


def test_ten_times_the_same_position() -> None:
    chosen = {f"s{number}": "good" for number in range(10)}
    assert find_marks(_scales(10), chosen, Contradictions(), Thresholds()) == [Mark.SAME_POSITION]
    assert find_marks(_scales(10), chosen | {"s4": "none"}, Contradictions(), Thresholds()) == []


def test_dont_know_breaks_the_run_and_a_hidden_question_does_not() -> None:
    chosen = {f"s{number}": "good" for number in range(11)}
    assert find_marks(_scales(11), chosen | {"s5": ""}, Contradictions(), Thresholds()) == []
    hidden = {key: value for key, value in chosen.items() if key != "s5"}
    other = [*_scales(5), Item("free", "A1"), *_scales(11)[5:]]
    assert find_marks(other, hidden | {"free": "x"}, Contradictions(), Thresholds()) == [Mark.SAME_POSITION]


def test_contradictions() -> None:
    rules = Thresholds()
    years = Contradictions(main_years=9, total_years=8)
    early = Contradictions(last_worked=2014, arrived=2015, works_in_germany=True)
    assert find_marks([], {}, years, rules) == [Mark.MAIN_YEARS_OVER_TOTAL]
    assert find_marks([], {}, early, rules) == [Mark.LAST_WORK_BEFORE_ARRIVAL]
    assert find_marks([], {}, Contradictions(main_years=8, total_years=8), rules) == []
    assert find_marks([], {}, Contradictions(last_worked=2014, arrived=2015), rules) == []


# --- what must hold for any log -----------------------------------------------------------------------------

KINDS = [
    "shown", "to_l1", "to_de", "l1_mode_on", "l1_mode_off", "audio_de", "audio_l1", "help", "help_pc", "answer", "change",
    "dont_know", "skip", "back", "next", "blur", "focus", "idle", "prompt", "pause", "resume", "end",
]  # fmt: skip
QUESTIONS = [Item(f"q{n}", LEVELS[n % 3], german="Wie gut können Sie messen?") for n in range(5)]


@st.composite
def logs(draw: st.DrawFn) -> list[Event]:
    lines = draw(
        st.lists(
            st.tuples(st.sampled_from(KINDS), st.integers(0, 4), st.integers(0, 4000), st.sampled_from(["", "a", "b"])),
            max_size=40,
        )
    )  # fmt: skip
    now, events = 0, []
    for kind, question, wait, state in lines:
        now += wait
        events.append(Event(kind, f"q{question}", now, state))
    return events


@given(events=logs())
def test_each_question_has_exactly_one_code_and_the_counts_sum(events: list[Event]) -> None:
    result = evaluate(QUESTIONS, events, ARABIC)
    assert [item.key for item in result.items] == [item.key for item in QUESTIONS]
    assert all((item.why is not None) == (item.code is Code.NONE) for item in result.items)
    total = Counter(item.code for item in result.items)
    assert sum(sum(level.counts.values()) for level in result.levels) == len(QUESTIONS)
    for code in Code:
        assert sum(level.counts[code] for level in result.levels) == total[code]


@given(events=logs())
def test_help_with_the_pc_changes_nothing(events: list[Event]) -> None:
    shown = {event.item for event in events if event.kind == "shown"}
    with_help = []
    for event in events:
        with_help += [event]
        # a question about the mouse, while the clock is running
        if event.kind in ("shown", "answer", "change", "to_l1") and event.item in shown:
            with_help.append(Event("help_pc", event.item, event.ms))
    assert evaluate(QUESTIONS, with_help, ARABIC).items == evaluate(QUESTIONS, events, ARABIC).items


@given(order=st.permutations(range(5)), letters=st.lists(st.sampled_from("UXPFD"), min_size=5, max_size=5))
def test_the_order_of_questions_does_not_change_their_codes(order: list[int], letters: list[str]) -> None:
    items, events = _many(letters)
    visits = [[event for event in events if event.item == item.key] for item in items]
    now, mixed = 0, []
    for place in order:
        first = visits[place][0].ms
        mixed += [Event(e.kind, e.item, now + e.ms - first, e.state) for e in visits[place]]
        now = mixed[-1].ms + 50
    assert evaluate(items, mixed, ARABIC).items == evaluate(items, events, ARABIC).items


@given(st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
@settings(max_examples=300)
def test_wilson_bounds_lie_in_the_range_and_contain_the_share(pair: tuple[int, int]) -> None:
    k, n = pair
    bounds = wilson(k, n, 1.96)
    assert 0.0 <= bounds.low <= bounds.high <= 1.0
    if n:
        assert bounds.low <= k / n <= bounds.high
        mirrored = wilson(n - k, n, 1.96)
        assert bounds.low == pytest.approx(1 - mirrored.high)
