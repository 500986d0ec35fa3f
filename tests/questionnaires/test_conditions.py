"""Conditions: what they mean, what is refused and where."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from iqquadrat.questionnaires.conditions import ConditionError, evaluate, parse, references

VALUES: dict[str, Any] = {"a": "yes", "n": 7, "m": ["ar", "fa"], "d": date(2026, 9, 1), "empty": None}


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ("", True),
        ("  ", True),
        ("${a} = 'yes'", True),
        ('${a} = "yes"', True),
        ("${a} != 'yes'", False),
        ("${gone} = ''", True),
        ("${gone} != 'never'", True),
        ("${empty} != ''", False),
        ("${n} >= 7 and ${n} < 8", True),
        ("${n} > 7 or ${n} <= 6", False),
        ("${n} = 7", True),
        ("${n} = 7.0", True),
        ("${n} = '7'", True),
        ("${n} > -1", True),
        ("${gone} < 1", False),
        ("${gone} >= 1", False),
        ("${gone} = 0", False),
        ("${gone} != 0", True),
        ("selected(${m}, 'fa')", True),
        ("selected(${m}, 'f')", False),
        ("selected(${a}, 'yes')", True),
        ("selected(${gone}, 'x')", False),
        ("not(selected(${m}, 'ku'))", True),
        ("${a} = 'no' and ${n} = 1 or ${n} = 7", True),
        ("${a} = 'no' and (${n} = 1 or ${n} = 7)", False),
        ("not(${a} = 'no' or ${n} = 1)", True),
        ("${d} = '2026-09-01'", True),
        ("${a} = ${a}", True),
        ("${a}='yes'and ${n}=7", True),
    ],
)
def test_meaning(expression: str, holds: bool) -> None:
    assert evaluate(expression, VALUES) is holds


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("${a}", 4),
        ("${a} = ", 6),
        ("${a} = yes", 7),
        ("${a} == 'x'", 6),
        ("(${a} = 'x'", 11),
        ("${a} = 'x')", 10),
        ("${a} = 'x' ${b} = 'y'", 11),
        ("selected('x', ${a})", 9),
        ("selected(${a}, 3)", 15),
        ("${a-b} = 1", 0),
        ("__import__('os')", 0),
        ("${a} = 'x' and", 14),
        ("not ${a} = 'x'", 4),
        ("${a} = 'x", 7),
        ("not(${a} = 'x') = 1", 16),
    ],
)
def test_faults_name_the_position(expression: str, position: int) -> None:
    with pytest.raises(ConditionError) as raised:
        parse(expression)
    assert raised.value.position == position
    assert str(position + 1) in str(raised.value)


def test_length_and_depth_are_limited() -> None:
    with pytest.raises(ConditionError):
        parse("(" * 500 + "${a} = 1" + ")" * 500)
    with pytest.raises(ConditionError):
        parse("${a} = 1 or " * 400 + "${a} = 1")
    assert evaluate("(" * 25 + "${n} = 7" + ")" * 25, VALUES)


def test_references() -> None:
    assert references("${a} = 'x' and not(selected(${b}, 'y') or ${c} < ${d})") == {"a", "b", "c", "d"}
    assert references("") == frozenset()


_ATOMS = st.one_of(
    st.builds(
        "${{{}}} {} '{}'".format,
        st.sampled_from("abc"),
        st.sampled_from(["=", "!="]),
        st.sampled_from(["", "x", "y"]),
    ),
    st.builds(
        "${{{}}} {} {}".format,
        st.sampled_from("abc"),
        st.sampled_from(["<", ">", "<=", ">="]),
        st.integers(-9, 99),
    ),
    st.builds("selected(${{{}}}, '{}')".format, st.sampled_from("abc"), st.sampled_from(["x", "y"])),
)
_EXPRESSIONS = st.recursive(
    _ATOMS,
    lambda inner: st.one_of(
        st.builds("({} and {})".format, inner, inner), st.builds("({} or {})".format, inner, inner), st.builds("not({})".format, inner),
    ),
    max_leaves=8,
)  # fmt: skip
_ANSWERS = st.dictionaries(
    st.sampled_from("abc"), st.one_of(st.none(), st.integers(-5, 50), st.sampled_from(["", "x", "y"]), st.lists(st.sampled_from(["x", "y"]))),
)  # fmt: skip


@given(_EXPRESSIONS, _EXPRESSIONS, _ANSWERS)
def test_laws_of_logic(left: str, right: str, values: dict[str, Any]) -> None:
    a, b = evaluate(left, values), evaluate(right, values)
    assert evaluate(f"not({left})", values) is not a
    assert evaluate(f"({left}) and ({right})", values) is (a and b)
    assert evaluate(f"({left}) or ({right})", values) is (a or b)
    assert references(f"{left} or {right}") == references(left) | references(right)


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(expression: str) -> None:
    try:
        evaluate(expression, {})
    except ConditionError as error:
        assert 0 <= error.position <= len(expression)  # noqa: PT017 - most texts are refused, some are not
