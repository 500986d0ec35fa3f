"""Workbooks: there and back without a loss, and every bad one refused with sheet, row and column."""

import io
import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from iqquadrat.questionnaires import content, queries, services, xlsform
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Item, TextState, Version
from iqquadrat.questionnaires.specification import (
    ChoiceSpecification,
    ItemSpecification,
    ListSpecification,
    SectionSpecification,
    Specification,
)
from iqquadrat.questionnaires.xlsform import WorkbookError, read_workbook, write_workbook
from iqquadrat.questionnaires.xlsform.layout import parse_constraint, parse_filter
from tests.questionnaires.factories import small_specification, small_version

REAL = [
    Path(__file__).resolve().parents[2] / "competence" / "content",
    Path(__file__).resolve().parents[2] / "businesses" / "content",
]


def _cells(data: bytes) -> dict[str, list[tuple[Any, ...]]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def _again(specification: Specification) -> Specification:
    return read_workbook(io.BytesIO(write_workbook(specification, number=1)))


def _edited(*edits: tuple[str, str, Any], specification: Specification | None = None) -> io.BytesIO:
    """The small questionnaire's workbook with cells changed: sheet, place, value."""
    book = openpyxl.load_workbook(
        io.BytesIO(write_workbook(specification or small_specification(), number=1))
    )
    for sheet, place, value in edits:
        book[sheet][place] = value
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    return buffer


def test_the_small_questionnaire_comes_back() -> None:
    assert _again(small_specification()) == small_specification()


@pytest.mark.parametrize("folder", REAL, ids=lambda folder: folder.parent.name)
def test_the_real_questionnaires_come_back_cell_by_cell(folder: Path) -> None:
    specification = content.read(folder)
    data = write_workbook(specification, number=3)
    again = read_workbook(io.BytesIO(data))
    assert again.fingerprint() == specification.fingerprint()
    assert _cells(write_workbook(again, number=3)) == _cells(data)


@pytest.mark.parametrize("folder", REAL, ids=lambda folder: folder.parent.name)
def test_other_tools_read_them(folder: Path, tmp_path: Path) -> None:
    from pyxform.xls2xform import convert

    path = tmp_path / "form.xlsx"
    path.write_bytes(write_workbook(content.read(folder), number=1))
    warnings: list[str] = []
    result = convert(xlsform=str(path), warnings=warnings, validate=False)
    assert not warnings
    assert 'lang="Deutsch (de)"' in result.xform


# Tabs and line ends are left to their own test: lines are trimmed at their ends.
_TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=30).map(
    lambda text: unicodedata.normalize("NFC", text).strip()
).filter(bool)  # fmt: skip
_TEXTS = st.fixed_dictionaries({"de": _TEXT}, optional={"fa": _TEXT, "tr": _TEXT})
_HINTS = st.one_of(st.just({}), _TEXTS)
_BOUND = st.one_of(st.none(), st.integers(-99, 99))


@st.composite
def specifications(draw: st.DrawFn) -> Specification:
    choices = tuple(
        ChoiceSpecification(
            key=f"c{n}", text=draw(_TEXTS), score=draw(st.one_of(st.none(), st.integers(-5, 5))), filter_value=draw(st.sampled_from(["", "x"])),
            exclusive=draw(st.booleans()), extra=draw(st.dictionaries(st.sampled_from(["isco", "isced"]), st.one_of(_TEXT, st.integers()))),
        )
        for n in range(draw(st.integers(1, 4)))
    )  # fmt: skip
    items = []
    for n in range(draw(st.integers(1, 5))):
        kind = draw(st.sampled_from(["single", "multiple", "integer", "year", "date", "text"]))
        low, high = sorted((draw(st.integers(-99, 99)), draw(st.integers(-99, 99))))
        bounded = kind in ("integer", "year")
        items.append(ItemSpecification(
            key=f"i{n}", type=kind, label=draw(_TEXTS), hint=draw(_HINTS), choice_list="list" if kind in ("single", "multiple") else "",
            min_value=low if bounded and draw(st.booleans()) else None, max_value=high if bounded and draw(st.booleans()) else None,
            condition=f"${{i{n - 1}}} != 'c0'" if n and draw(st.booleans()) else "", evidence=draw(st.booleans()),
            level=draw(st.sampled_from(["", "A1", "A2", "B1"])), required_core=draw(st.booleans()), note=draw(st.one_of(st.just(""), _TEXT)),
        ))  # fmt: skip
    return Specification(
        key="made-up", title=draw(_TEXTS), intro=draw(_HINTS), lists=(ListSpecification(name="list", choices=choices),),
        sections=(SectionSpecification(key="s", title=draw(_TEXTS), items=tuple(items)),),
    )  # fmt: skip


@settings(deadline=None, max_examples=40)
@given(specifications())
def test_any_questionnaire_comes_back(specification: Specification) -> None:
    assert _again(specification) == specification


@pytest.mark.parametrize("text", ["=1+1", "+49 341", "-1", "@SUM(A1)", "'quoted", "12", "1e5", "TRUE", "https://example.org", "_x0041_", "a\nb", "=cmd|' /C calc'!A0"])  # fmt: skip
def test_texts_stay_texts(text: str) -> None:
    specification = small_specification(title={"de": text, "ar": text})
    data = write_workbook(specification, number=1)
    assert _cells(data)["settings"][1][0] == text
    assert read_workbook(io.BytesIO(data)) == specification


@pytest.mark.django_db
def test_a_translators_workbook_brings_drafts_into_the_version_in_use(coordinator: Any) -> None:
    version = small_version()
    TextState.objects.filter(version=version).update(state="reviewed")
    file = _edited(("survey", "D3", "جديد"), ("survey", "D4", None))
    imported = xlsform.import_workbook(file, by=coordinator)
    assert (imported.version.pk, imported.created) == (version.pk, False)
    ever, field = Item.objects.get(key="ever"), Item.objects.get(key="field")
    assert ever.label_ar == "جديد"
    assert field.label_ar == "ع Was?"  # an empty cell changes nothing
    states = TextState.objects.filter(language="ar", field="label")
    assert states.get(element_key="ever").state == "draft"
    assert states.get(element_key="ever").by_hand
    assert states.get(element_key="field").state == "reviewed"


@pytest.mark.django_db
def test_other_german_makes_a_draft(coordinator: Any) -> None:
    small_version()
    imported = xlsform.import_workbook(_edited(("survey", "C3", "Arbeiten Sie?")), by=coordinator)
    assert (imported.version.number, imported.version.state, imported.created) == (2, "draft", True)
    assert imported.version.origin == Origin.WORKBOOK
    assert (
        TextState.objects.get(
            version=imported.version, element_key="ever", language="ar", field="label"
        ).state
        == "outdated"
    )


@pytest.mark.django_db
def test_export_import_export(coordinator: Any) -> None:
    version = small_version()
    data = xlsform.export(version)
    services.store(specification=read_workbook(io.BytesIO(data)), origin=Origin.WORKBOOK, by=coordinator)
    assert _cells(xlsform.export(queries.version_content(version.pk))) == _cells(data)


@pytest.mark.parametrize(
    ("edit", "row", "head", "word"),
    [
        (("survey", "A3", "select_one gone"), 3, "", "gone"),
        (("survey", "A3", "geopoint"), 3, "type", "geopoint"),
        (("survey", "A3", "select_one"), 3, "type", "select_one"),
        (("survey", "B3", None), 3, "name", ""),
        (("survey", "B3", "zwei Wörter"), 3, "", ""),
        (("survey", "B4", "ever"), 4, "", ""),
        (("survey", "C3", None), 3, "label::Deutsch (de)", ""),
        (("survey", "D3", "a\u202eb"), 3, "label::العربية (ar)", ""),
        (("survey", "C3", "x" * 1001), 3, "label::Deutsch (de)", "1000"),
        (("survey", "G4", "${ever} = yes"), 4, "relevant", ""),
        (("survey", "G4", "${wish} = 'x'"), 4, "relevant", "wish"),
        (("survey", "H6", "regex(., '^a')"), 6, "constraint", ""),
        (("survey", "J5", "filter > 3"), 5, "choice_filter", ""),
        (("survey", "K3", "colour"), 3, "iq_type", ""),
        (("survey", "L3", "C9"), 3, "", "C9"),
        (("survey", "N3", "ja"), 3, "iq_evidence", ""),
        (("survey", "P13", "gone"), 13, "", "gone"),
        (("survey", "R3", "{"), 3, "iq_extra", "JSON"),
        (("survey", "R3", "[" * 4000), 3, "iq_extra", "JSON"),
        (("survey", "A7", None), 8, "type", ""),
        (("survey", "A14", None), 8, "type", ""),
        (("survey", "A11", "note"), 11, "type", ""),
        (("survey", "E1", "hint::Deutsch (de) neu"), 1, "", "neu"),
        (("survey", "D1", "label::Klingonisch (tlh)"), 1, "", "tlh"),
        (("survey", "D1", "label::Deutsch (de)"), 1, "", ""),
        (("choices", "A2", None), 2, "", ""),
        (("choices", "B2", "no"), 3, "", "2"),
        (("choices", "C2", None), 2, "label::Deutsch (de)", ""),
        (("choices", "F2", "viel"), 2, "iq_score", ""),
        (("choices", "D10", "مفتوح"), 10, "label::العربية (ar)", ""),
        (("settings", "A2", None), 2, "form_title", ""),
        (("settings", "B2", "Zwei Wörter"), 2, "", ""),
        (("settings", "B3", "zweite"), 3, "", ""),
    ],
)  # fmt: skip
def test_faults_name_sheet_row_and_column(edit: tuple[str, str, Any], row: int, head: str, word: str) -> None:
    with pytest.raises(WorkbookError) as raised:
        read_workbook(_edited(edit))
    problem = next(
        (
            found
            for found in raised.value.problems
            if (found.sheet, found.row, found.column) == (edit[0], row, head)
        ),
        None,
    )
    assert problem is not None, raised.value.problems
    assert word in problem.message
    assert str(row) in str(problem)


def test_dates_made_by_the_spreadsheet_are_refused() -> None:
    import datetime as dt

    with pytest.raises(WorkbookError) as raised:
        read_workbook(_edited(("survey", "C3", dt.date(2026, 9, 1))))
    assert [(found.sheet, found.row) for found in raised.value.problems] == [("survey", 3)]


@pytest.mark.parametrize("sheet", ["survey", "choices", "settings"])
def test_a_missing_sheet(sheet: str) -> None:
    book = openpyxl.load_workbook(_edited())
    del book[sheet]
    buffer = io.BytesIO()
    book.save(buffer)
    buffer.seek(0)
    with pytest.raises(WorkbookError, match=sheet):
        read_workbook(buffer)


def test_a_missing_column() -> None:
    with pytest.raises(WorkbookError, match=r"form_id"):
        read_workbook(_edited(("settings", "B1", None)))


def _repacked(change: Any) -> io.BytesIO:
    """The small workbook with ``change(name, content)`` applied to every part, as a zip of its own."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(_edited()) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    buffer.seek(0)
    return buffer


def _far_cell(place: bytes) -> io.BytesIO:
    cell = b'<row r="9999"><c r="' + place + b'" t="inlineStr"><is><t>x</t></is></c></row></sheetData>'
    return _repacked(
        lambda name, part: part.replace(b"</sheetData>", cell) if name.endswith("sheet1.xml") else part
    )  # fmt: skip


def _bomb() -> io.BytesIO:
    return _repacked(lambda name, part: b" " * 40_000_000 if name.endswith("sheet1.xml") else part)


def _many_parts() -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number in range(300):
            archive.writestr(f"{number}.txt", b"x")
    buffer.seek(0)
    return buffer


def _many_rows() -> io.BytesIO:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    for name in ("survey", "choices", "settings"):
        book.add_worksheet(name)
    for row in range(100_000):
        book.get_worksheet_by_name("survey").write_string(row, 0, "text")
    book.close()
    buffer.seek(0)
    return buffer


def _lying() -> io.BytesIO:
    """An entry that says it is small and is not."""
    data = bytearray(_bomb().getvalue())
    directory = data.rindex(b"PK\x01\x02", 0, data.rindex(b"sheet1.xml"))
    data[directory + 24 : directory + 28] = (100).to_bytes(4, "little")
    return io.BytesIO(bytes(data))


@pytest.mark.parametrize(
    "make",
    [
        lambda: io.BytesIO(b""),
        lambda: io.BytesIO(b"type,name\ntext,a\n"),
        lambda: io.BytesIO(b"PK\x03\x04" + b"\x00" * 200),
        lambda: io.BytesIO(_edited().getvalue()[:2000]),
        lambda: io.BytesIO(b"x" * 5_000_000),
        _bomb,
        _lying,
        _many_parts,
        _many_rows,
        lambda: _far_cell(b"XFD1048576"),
        lambda: _far_cell(b"ZZ2"),
        lambda: _far_cell(b"A1048576"),
        lambda: _far_cell(b"&#65;2"),
        lambda: _repacked(lambda name, part: part[: len(part) // 2] if name.endswith("sheet1.xml") else part),
        lambda: _repacked(lambda name, part: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + part if name.endswith("sheet1.xml") else part),
        lambda: _repacked(lambda name, part: b"" if name.endswith("workbook.xml") else part),
    ],
    ids=["empty", "csv", "noise", "cut", "large", "bomb", "lying", "parts", "rows", "corner", "column", "row", "entity", "half", "doctype", "no-book"],
)  # fmt: skip
def test_files_that_are_no_workbook_are_refused_as_a_whole(make: Any) -> None:
    with pytest.raises(WorkbookError) as raised:
        read_workbook(make())
    assert len(raised.value.problems) <= 4
    assert str(raised.value)


@pytest.mark.django_db
def test_a_bad_workbook_leaves_nothing(coordinator: Any) -> None:
    with pytest.raises(WorkbookError):
        xlsform.import_workbook(_edited(("survey", "A13", "geopoint")), by=coordinator)
    assert not Version.objects.exists()


@pytest.mark.parametrize(
    ("constraint", "bounds"),
    [("", (None, None)), (". >= 0 and . <= 70", (0, 70)), (".>=-5", (-5, None)), (". <= 9", (None, 9))],
)
def test_constraints(constraint: str, bounds: tuple[int | None, int | None]) -> None:
    assert parse_constraint(constraint) == bounds


@pytest.mark.parametrize(
    "constraint", [". >= 1 . <= 2", "and", ". >= 1 and", "and . <= 2", ". > 1", ". >= x"]
)
def test_other_constraints_are_refused(constraint: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        parse_constraint(constraint)


@pytest.mark.parametrize(
    "expression",
    ["filter = ${field}", "selected(${field}, filter)", "selected(${field}, filter) or filter = ''"],
)
def test_filters(expression: str) -> None:
    assert parse_filter(expression) == "field"


@pytest.mark.django_db
def test_commands(tmp_path: Path, capsys: Any) -> None:
    small_version()
    path = tmp_path / "small.xlsx"
    call_command("export_questionnaire", "small", str(path))
    call_command("import_questionnaire", str(path))
    assert "translations renewed" in capsys.readouterr().out
    with pytest.raises(CommandError, match="gone"):
        call_command("export_questionnaire", "gone", str(path))
    with pytest.raises(CommandError):
        call_command("import_questionnaire", str(tmp_path / "gone.xlsx"))
    path.write_bytes(b"x")
    with pytest.raises(CommandError):
        call_command("import_questionnaire", str(path))
