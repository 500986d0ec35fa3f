"""The device walks a questionnaire and looks at answers exactly as the server does: both over the same generated answers."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from businesses.field_data import _questionnaire
from businesses.interviewing import core_answered, pages
from iqquadrat.questionnaires.answers import InvalidAnswer, parse_answer, value_of
from iqquadrat.questionnaires.flow import applicable_items, counted_values
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.queries import version_content

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parents[2] / "businesses/static/businesses/field"
RUNNER = """
import { problem } from "ANSWERS";
import { core, list, walk } from "QUESTIONNAIRE";
import { readFileSync } from "node:fs";
const { questionnaire, cases, today } = JSON.parse(readFileSync(0, "utf8"));
const items = questionnaire.sections.flatMap((section) => section.items);
process.stdout.write(JSON.stringify(cases.map((answers) => {
  const wrong = {};
  for (const item of items) {
    const found = item.key in answers ? problem(item, answers[item.key], list(questionnaire, item), new Date(today)) : null;
    if (found) wrong[item.key] = found.code;
  }
  const sound = Object.fromEntries(Object.entries(answers).filter(([key]) => !(key in wrong)));
  const walked = walk(questionnaire, sound);
  return { wrong, asked: walked.asked.map((item) => item.key), values: walked.values, pages: walked.pages.map((page) => page.key), core: core(walked) };
})));
"""
NUMBERS = (
    "",
    "0",
    "4",
    "12",
    "999",
    "1000",
    "-1",
    " 7 ",
    "٤",
    "۱۳۹۸",
    "1398",
    "1899",
    "1998",
    "2101",
    "3,5",
    "vier",
    "99999999999",
)


def on_the_device(questionnaire: dict[str, Any], cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    runner = RUNNER.replace("ANSWERS", (FOLDER / "answers.js").as_uri()).replace(
        "QUESTIONNAIRE", (FOLDER / "questionnaire.js").as_uri()
    )
    told = json.dumps(
        {"questionnaire": questionnaire, "cases": cases, "today": timezone.localdate().isoformat()}
    )
    done = subprocess.run(
        ["node", "--input-type=module", "--experimental-default-type=module", "-e", runner],
        input=told, capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def on_the_server(version: Version, answers: dict[str, Any]) -> dict[str, Any]:
    wrong, values = {}, {}
    for item in version.ordered_items:
        if item.key not in answers:
            continue
        try:
            value = value_of(item.type, parse_answer(item, answers[item.key]))
        except InvalidAnswer as fault:
            wrong[item.key] = fault.code
            continue
        if value is not None:
            values[item.key] = value
    asked, counted = applicable_items(version, values), counted_values(version, values)
    core = core_answered(asked, counted)
    return {
        "wrong": wrong, "asked": [item.key for item in asked], "pages": [page.key for page in pages(asked)],
        "values": {key: value if isinstance(value, str | list) else str(value) for key, value in counted.items()},
        "core": {"answered": core.answered, "of": core.core, "disposition": core.disposition or ""},
    }  # fmt: skip


def answers_of(version: Version) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to any of the questions, sound and not."""

    def of(item: Any) -> st.SearchStrategy[dict[str, Any]]:
        skipped = st.just({"status": "skipped"})
        if item.has_choices:
            keys = [choice.key for choice in item.all_choices]
            # In the order of the list, as boxes are read.
            ticks = st.sets(st.sampled_from(keys), max_size=1 if item.type == "single" else 3)
            return skipped | ticks.map(lambda chosen: {"choices": [key for key in keys if key in chosen]})
        texts = st.sampled_from(("", "Suppen", "سمبوسه", "x" * 500, "x" * 501))
        return skipped | (texts if item.type == "text" else st.sampled_from(NUMBERS)).map(
            lambda typed: {"value": typed}
        )

    return st.fixed_dictionaries({}, optional={item.key: of(item) for item in version.ordered_items})


def test_the_same_questions_and_faults(survey: Version) -> None:
    version = version_content(survey.pk)
    questionnaire = _questionnaire(survey.pk)

    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(answers_of(version), min_size=15, max_size=30))
    def compare(cases: list[dict[str, Any]]) -> None:
        for sent, device in zip(cases, on_the_device(questionnaire, cases), strict=True):
            server = on_the_server(version, sent)
            # An empty field is told in one word on the device.
            server["wrong"] = {
                key: "answer_needed" if _empty(sent[key]) else code for key, code in server["wrong"].items()
            }
            assert device == server

    compare()


def _empty(raw: dict[str, Any]) -> bool:
    return not raw.get("choices") and not str(raw.get("value", "")).strip()
