"""The questionnaire as a form for the field: other tools take it without a word, and nothing of it is lost on the way back."""

import dataclasses
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from businesses.survey_form import INTERPRETER, LANGUAGE, UNIT, form_rows, write_form
from iqquadrat.questionnaires import content
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.queries import version_content
from iqquadrat.questionnaires.specification import Specification
from iqquadrat.questionnaires.storing import specification_of
from iqquadrat.questionnaires.xlsform import WorkbookError, read_workbook, write_workbook
from tests.businesses.conftest import CONTENT


@pytest.fixture
def specification() -> Specification:
    """The business survey, with the introduction in Arabic too."""
    found = content.read(CONTENT)
    return dataclasses.replace(found, intro={**found.intro, "ar": "مرحبا"})


def _form(specification: Specification) -> bytes:
    return write_workbook(specification, number=1, form=form_rows(specification))


def _rows(data: bytes, sheet: str) -> list[dict[str, Any]]:
    heads, *lines = openpyxl.load_workbook(io.BytesIO(data))[sheet].iter_rows(values_only=True)
    return [dict(zip(heads, line, strict=True)) for line in lines]


def test_our_own_reader_gets_the_same_questionnaire_back(specification: Specification) -> None:
    assert read_workbook(io.BytesIO(_form(specification))) == specification


@pytest.mark.django_db
def test_the_stored_survey_comes_back(survey: Version) -> None:
    version = version_content(survey.pk)
    assert read_workbook(io.BytesIO(write_form(version))) == specification_of(version)


def test_other_tools_take_it_without_a_warning(tmp_path: Path) -> None:
    from pyxform.xls2xform import convert

    path = tmp_path / "form.xlsx"
    path.write_bytes(_form(content.read(CONTENT)))
    warnings: list[str] = []
    result = convert(xlsform=str(path), warnings=warnings, validate=False)
    assert not warnings
    for part in (
        'lang="Deutsch (de)"',
        'nodeset="/data/iq_unit"',
        'required="true()"',
        "jr:preload",
        "count-selected(.)",
    ):
        assert part in result.xform
    # Every question is a node, with its condition.
    for item in content.read(CONTENT).items():
        assert f"/{item.key}" in result.xform
    assert "relevant=" in result.xform


def test_before_the_questions_stands_who_is_asked(specification: Specification) -> None:
    rows = _rows(_form(specification), "survey")
    before = [row["name"] for row in rows[: [row["type"] for row in rows].index("begin_group")]]
    assert before == ["start", "end", UNIT, LANGUAGE, INTERPRETER, "iq_note", "iq_intro"]
    by_name = {row["name"]: row for row in rows}
    assert by_name[UNIT]["required"] == "yes"
    assert by_name["iq_intro"]["label::Deutsch (de)"] == specification.intro["de"]
    assert by_name["iq_intro"]["label::العربية (ar)"] == "مرحبا"
    choices = _rows(_form(specification), "choices")
    assert {row["name"] for row in choices if row["list_name"] == "iq_form_iq_interpreter"} == {"yes", "no"}


def test_none_of_these_keeps_the_others_out(specification: Specification) -> None:
    by_name = {row["name"]: row for row in _rows(_form(specification), "survey")}
    assert by_name["v16_problems"]["constraint"] == "not(selected(., 'none') and count-selected(.) > 1)"
    assert by_name["v24_right"]["constraint"].count("not(selected(") == 2
    assert by_name["v07_languages"]["constraint"] is None
    assert by_name["v09_heads"]["constraint"] == ". >= 1 and . <= 999"


def test_another_constraint_on_several_answers_is_still_refused(specification: Specification) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(specification, number=1)))
    sheet = book["survey"]
    heads = [cell.value for cell in sheet[1]]
    place = next(row for row in sheet.iter_rows(min_row=2) if row[1].value == "v16_problems")
    place[heads.index("constraint")].value = "count-selected(.) < 3"
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    with pytest.raises(WorkbookError) as raised:
        read_workbook(buffer)
    assert [problem.column for problem in raised.value.problems] == ["constraint"]
