"""Conditions as lines: what they can say comes back unchanged, what they cannot stays text."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqquadrat.questionnaires import condition_rows
from iqquadrat.questionnaires.condition_rows import OPERATORS, Row, Rows
from iqquadrat.questionnaires.conditions import ConditionError, evaluate, mentions, parse
from tests.questionnaires.factories import small_specification

KEPT = [
    "", "${ever} = 'yes'", "${ever} != 'yes'", "${years} >= 3", "${years} < 10", "selected(${tasks}, 'cook')",
    "not(selected(${tasks}, 'cook'))", "${field} != ''", "${field} = ''", "${ever} = 'yes' and ${field} != ''",
    "${ever} = 'yes' or selected(${tasks}, 'bake') or ${years} > 2", '${wish} = "it\'s"',
]  # fmt: skip


@pytest.mark.parametrize("condition", KEPT)
def test_what_lines_can_say_comes_back(condition: str) -> None:
    rows = condition_rows.read(condition)
    assert rows is not None
    assert condition_rows.write(rows) == condition


@pytest.mark.parametrize(
    "condition",
    [
        "${ever} = 'yes' and (${years} > 3 or ${years} = '')", "not(${ever} = 'yes')", "${a} = ${b}", "'yes' = ${ever}", "${years} >= ''",
        "${years} > '3'", "not(${ever} = 'yes' or ${a} = 'b')",
    ],
)  # fmt: skip
def test_what_lines_cannot_say_stays_text(condition: str) -> None:
    assert condition_rows.read(condition) is None
    assert condition_rows.in_words(small_specification(), condition) == condition


def test_a_number_beside_is_means_the_same_as_text() -> None:
    rows = condition_rows.read("${years} = 18")
    assert rows == Rows((Row("years", "is", "18"),))
    written = condition_rows.write(Rows((Row("years", "is", "18"),)))
    for value in (18, 17, None):
        assert evaluate("${years} = 18", {"years": value}) is evaluate(written, {"years": value})


def test_a_condition_that_cannot_be_read_is_said_to_be_so() -> None:
    with pytest.raises(ConditionError):
        condition_rows.read("${ever} = ")
    assert condition_rows.in_words(small_specification(), "${ever} = ") == "${ever} = "


_KEYS = st.sampled_from(["ever", "field", "tasks", "years"])
_LINES = st.builds(
    Row,
    _KEYS,
    st.sampled_from(list(OPERATORS)),
    st.text("abc7 '", min_size=1, max_size=8),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(_LINES, min_size=1, max_size=6), st.sampled_from(["and", "or"]))
def test_lines_survive_being_stored(lines: list[Row], join: str) -> None:
    fitting = [
        Row(line.question, line.operator, "7")
        if line.operator in condition_rows.NUMERIC
        else Row(line.question, line.operator)
        if line.operator in condition_rows.ALONE
        else line
        for line in lines
    ]
    rows = Rows(tuple(fitting), join)
    back = condition_rows.read(condition_rows.write(rows))
    assert back is not None
    assert back.lines == rows.lines
    assert back.join == join or len(lines) == 1


def test_people_read_words() -> None:
    words = condition_rows.in_words(small_specification(), "${ever} = 'yes' and selected(${tasks}, 'cook')")
    assert words == "„Haben Sie Arbeit?“ ist „Ja“ und „Welche Aufgaben?“ enthält „kochen“"
    alone = condition_rows.in_words(small_specification(), "${field} != ''")
    assert alone == "„Was?“ ist beantwortet"
    assert "„gone“ ist „x“" in condition_rows.in_words(small_specification(), "${gone} = 'x'")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (Row("ever", "is", "yes"), ""), (Row("tasks", "has", "cook"), ""), (Row("years", "least", "3"), ""), (Row("wish", "given"), ""),
        (Row("gone", "is", "x"), "weiter oben"), (Row("ever", "like", "x"), "verglichen"), (Row("years", "has", "3"), "Antwortliste"),
        (Row("ever", "least", "3"), "Zahlen"), (Row("years", "least", "viele"), "ganze Zahl"), (Row("years", "least", "9" * 30), "ganze Zahl"),
        (Row("ever", "is", ""), "nennen Sie"), (Row("ever", "is", "maybe"), "keine Antwort"), (Row("tasks", "is", "cook"), "enthält"),
        (Row("wish", "is", "a'b\"c"), "nicht beides"),
    ],
)  # fmt: skip
def test_a_line_that_says_nothing_is_refused_in_words(row: Row, fault: str) -> None:
    specification = small_specification()
    earlier = {item.key: item for item in specification.items()}
    said = condition_rows.fault_of(specification, row, earlier)
    assert fault in said if fault else said == ""


def test_a_condition_says_what_it_names() -> None:
    found = mentions("${ever} = 'yes' and not(selected(${tasks}, 'cook') or ${years} >= 3)")
    assert found == {"ever": {"yes"}, "tasks": {"cook"}, "years": {"3.0"}}
    assert mentions("") == {}
    assert parse("") is None
