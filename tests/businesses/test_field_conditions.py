"""The device decides about questions exactly as the server does: both over the same generated conditions."""

import json
import subprocess
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from iqquadrat.questionnaires.compiled import compiled
from iqquadrat.questionnaires.conditions import evaluate

SCRIPT = Path(__file__).parents[2] / "businesses/static/businesses/field/conditions.js"
RUNNER = """
const { readFileSync } = await import("node:fs");
const source = readFileSync(process.argv[1], "utf8");
const { holds } = await import("data:text/javascript," + encodeURIComponent(source));
const cases = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(cases.map(([node, values]) => holds(node, values))));
"""
KEYS = ("a", "b", "constructor")
TEXTS = ("", "x", "y", "4", "4.0", "-1", " 4 ", "x y", "\u0664", "\u00a04")
key = st.sampled_from(KEYS)
operand = st.one_of(
    key.map(lambda name: f"${{{name}}}"),
    st.sampled_from(TEXTS).map(lambda text: f"'{text}'"),
    st.sampled_from(("4", "-1", "0.5", "4.0")),
)
comparison = st.tuples(operand, st.sampled_from(("=", "!=", "<", "<=", ">", ">=")), operand).map(" ".join)
selected = st.tuples(key, st.sampled_from(("x", "y", ""))).map(lambda p: f"selected(${{{p[0]}}}, '{p[1]}')")
condition = st.recursive(
    comparison | selected,
    lambda inner: st.one_of(
        inner.map(lambda c: f"not({c})"),
        st.tuples(inner, st.sampled_from((" and ", " or ")), inner).map(lambda p: f"({p[0]}){p[1]}({p[2]})"),
    ),
    max_leaves=6,
)
value = st.none() | st.sampled_from(TEXTS) | st.lists(st.sampled_from(("x", "y", "4")), max_size=3)
cases = st.lists(st.tuples(condition, st.dictionaries(key, value)), min_size=40, max_size=80)


def on_the_device(pairs: list[tuple[str, dict[str, str | list[str] | None]]]) -> list[bool]:
    told = json.dumps([[compiled(text), values] for text, values in pairs])
    done = subprocess.run(
        ["node", "--input-type=module", "-e", RUNNER, str(SCRIPT)],
        input=told, capture_output=True, text=True, check=True, timeout=30,
    )  # fmt: skip
    answers: list[bool] = json.loads(done.stdout)
    return answers


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases)
def test_device_and_server_agree(pairs: list[tuple[str, dict[str, str | list[str] | None]]]) -> None:
    assert on_the_device(pairs) == [evaluate(text, values) for text, values in pairs]


def test_by_hand() -> None:
    assert on_the_device(
        [
            ("", {}),
            ("${a} = 4", {"a": "4.0"}),
            ("${a} = '4'", {"a": "4.0"}),
            ("${a} < 4", {}),
            ("selected(${a}, 'y')", {"a": ["x", "y"]}),
        ]
    ) == [True, True, False, False, True]
