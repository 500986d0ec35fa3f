"""Files as people send them: every encoding and layout is read, and what cannot be read is refused in words."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils import translation

from counselling.imports import files, tasks
from counselling.imports.columns import CLIENT_COLUMNS, CONSULTATION_COLUMNS
from counselling.imports.guessing import guess_columns
from counselling.models import ImportFilePart, ImportRun
from iqquadrat.core.importing import child, guessing, reading
from iqquadrat.core.importing.columns import letters
from iqquadrat.core.importing.states import ImportState
from tests.counselling.importing import AMAL, HEADERS, as_csv, as_xlsx, brought, checked, imported

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_files_of_every_kind_are_read(counsellor: Any, encoding: str, delimiter: str) -> None:
    rows = [
        ["Vorname", "Straße"],
        ["Ayşe" if encoding != "cp1252" else "Jürgen", "Große Straße 1, Hof; hinten"],
    ]
    run = brought(counsellor, as_csv(rows, delimiter=delimiter, encoding=encoding))
    assert (run.state, run.headers, run.file_format) == (ImportState.MAPPING, rows[0], "csv")
    assert run.staged_rows.get().cells == rows[1]


def test_lines_are_those_of_the_file(counsellor: Any) -> None:
    text = 'Liste 2019\n\nVorname;Notiz;Ort\nAmal;"zwei\nZeilen";Leipzig\n\n  ;;\nLinh;;Halle;;;\n'
    run = brought(counsellor, text.encode())
    assert run.headers == ["Vorname", "Notiz", "Ort"]
    assert list(run.staged_rows.values_list("line", "cells")) == [
        (4, ["Amal", "zwei\nZeilen", "Leipzig"]), (7, ["Linh", "", "Halle"]),
    ]  # fmt: skip


def test_a_workbook_as_offices_make_them(counsellor: Any) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Notizen"
    book.active["A1"] = "nichts"
    sheet = book.create_sheet("Unsere Personen")
    sheet["B2"] = "Klientenliste"
    sheet.merge_cells("B2:E2")
    sheet.append([None, "Name", "Name", "geboren am", None, "Kontakt"])
    sheet.merge_cells("D3:E3")
    sheet.append([None, "Amal", "Haddad", 33311, True, 17.5])
    sheet["H4"] = "   "
    file = io.BytesIO()
    book.save(file)
    run = brought(counsellor, file.getvalue(), name="Liste.xlsx")
    assert (run.sheet, run.headers) == ("Unsere Personen", ["", "Name", "Name", "geboren am", "", "Kontakt"])
    assert list(run.staged_rows.values_list("line", "cells")) == [
        (4, ["", "Amal", "Haddad", "33311", "1", "17.5"])
    ]
    assert guessing.occurrences(run.headers)[1:3] == ["name", "name 2"]


def test_three_hundred_columns(counsellor: Any) -> None:
    rows = [[f"Spalte {n}" for n in range(299)] + ["Vorname"], ["x"] * 299 + ["Amal"]]
    run = checked(counsellor, as_csv(rows))
    assert run.columns == {"299": "given_name"}
    assert letters(299) == "KN"
    assert run.staged_rows.get().facts["given_name"] == "Amal"


def _encrypted() -> bytes:
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(504)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1024)
    )


def _bomb() -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part,
    ):
        for _n in range(1100):
            part.write(bytes(1024 * 1024))
    return file.getvalue()


def _far_cell() -> bytes:
    book = openpyxl.Workbook()
    book.active["A1"] = "Vorname"
    book.active["XFD1048576"] = "x"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \n\n;;\n", "empty"),
        (as_csv([HEADERS]), "header_only"),
        (as_xlsx([]), "empty"),
        (as_xlsx([HEADERS]), "header_only"),
        (as_xlsx([HEADERS, AMAL])[:-200], "broken"),
        (b"PK\x03\x04" + bytes(100), "broken"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"Vorname;Name\x00\nAmal", "wrong_type"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "wrong_type"),
        (as_csv([[f"c{n}" for n in range(301)], ["x"] * 301]), "columns"),
        (as_csv([["Vorname"], ["x" * 40_000]]), "cell"),
        (b'Vorname;Name\n"' + b"x;" * 300_000, "cell"),
        (_encrypted(), "password"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_words(counsellor: Any, content: bytes, code: str) -> None:
    run = brought(counsellor, content)
    assert (run.state, run.fault) == (ImportState.REFUSED, code)
    assert reading.REFUSALS[code]
    assert not ImportFilePart.objects.exists()
    assert not run.staged_rows.exists()


@pytest.mark.parametrize("content", [pytest.param(_bomb, id="bomb"), pytest.param(_far_cell, id="far cell")])
def test_files_that_grow_when_unpacked_end_at_their_limits(counsellor: Any, content: Any) -> None:
    data = content()
    assert len(data) < 3 * 1024 * 1024
    run = brought(counsellor, data)
    assert (run.state, run.fault) == (ImportState.REFUSED, "too_much")


def test_the_reading_process_has_nothing_and_may_nothing() -> None:
    """It imports nothing of the application, and the system holds its limits."""
    source = Path(child.__file__).read_text()
    assert "django" not in source
    assert "counselling" not in source
    script = f"import runpy, sys; sys.argv = ['child', 'x', '1', '1', '100']; m = runpy.run_path({child.__file__!r}); m['limit'](100); bytearray(200_000_000)"
    done = subprocess.run([sys.executable, "-I", "-c", script], capture_output=True, check=False)
    assert b"MemoryError" in done.stderr


def test_a_child_that_dies_is_a_refusal_not_an_error(
    counsellor: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text(
        'import os; print(\'{"format": "csv", "sheet": ""}\', flush=True); os.kill(os.getpid(), 9)'
    )
    monkeypatch.setattr(reading, "CHILD", dying)
    assert brought(counsellor, as_csv([HEADERS, AMAL])).fault == "too_much"


def test_the_file_lies_in_pieces_until_it_is_read(counsellor: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(reading, "PIECE", 100)
    run = ImportRun.objects.create(
        centre=counsellor.centre, created_by=counsellor, kind="clients", file_name="x"
    )
    content = as_csv([HEADERS, *([f"A-{n}", "Amal"] for n in range(50))])
    reading.keep_file(run, io.BytesIO(content))
    assert ImportFilePart.objects.count() == -(-len(content) // 100)
    run.asked_for()
    run.save()
    tasks.work_on_import.func(run.pk, run.attempt)
    run.refresh_from_db()
    assert (run.rows, ImportFilePart.objects.count()) == (50, 0)


def test_names_numbers_and_days_in_other_scripts(counsellor: Any) -> None:
    rows = [
        ["Vorname", "Nachname", "Geburtsdatum", "In Deutschland seit", "Telefon"],
        ["مریم", "حسینی\u200cنژاد", "۱۴.۳.۱۹۹۱", "٢٠١٥", "۰۱۵۱ ۵۵۵۰۱۰۰"],
        ['=HYPERLINK("http://x")', "@SUM(1+1)", "", "", ""],
    ]
    run = imported(counsellor, as_csv(rows))
    from counselling.models import Client

    maryam = Client.objects.get(given_name="مریم")
    assert (maryam.family_name, str(maryam.birth_date), maryam.arrived_year) == (
        "حسینی\u200cنژاد",
        "1991-03-14",
        2015,
    )
    assert Client.objects.get(family_name="@SUM(1+1)").given_name == '=HYPERLINK("http://x")'
    assert run.result["client"] == 2


def test_our_own_template_is_understood_in_both_languages(counsellor: Any) -> None:
    for language in ("de", "en"):
        with translation.override(language):
            content = files.template_workbook()
            book = openpyxl.load_workbook(io.BytesIO(content))
            names = [column.value for column in book["Personen"][1]]
            assert guess_columns("clients", names, {}) == {
                str(n): c.field for n, c in enumerate(CLIENT_COLUMNS)
            }
            names = [column.value for column in book["Beratungen"][1]]
            assert guess_columns("consultations", names, {}) == {
                str(n): c.field for n, c in enumerate(CONSULTATION_COLUMNS)
            }
            assert len(book.sheetnames) == 4
    book["Personen"].append(["A-1", "Amal"])
    file = io.BytesIO()
    book.save(file)
    run = brought(counsellor, file.getvalue())
    assert (run.sheet, run.rows) == ("Personen", 1)


def test_every_example_of_the_template_comes_in(counsellor: Any) -> None:
    """What the explanation shows as an example is what the import takes."""
    with translation.override("de"):
        head = [str(column.label) for column in CLIENT_COLUMNS]
    examples = [column.example for column in CLIENT_COLUMNS]
    run = checked(counsellor, as_csv([head, examples]))
    assert list(run.problems.values_list("field", "message")) == []
    assert run.staged_rows.get().facts["income_type"] == "sgb2"


def test_columns_are_those_of_the_forms() -> None:
    """A column that no form has would be a rule that nobody checks."""
    from counselling.forms import ClientForm, ConsultationForm

    own = {
        "reference",
        "entered_on",
        "counsellor",
        "client_number",
        "client_name",
        "client_birth",
        "other_topics",
    }
    assert {column.field for column in CLIENT_COLUMNS} - own <= set(ClientForm.base_fields)
    assert {column.field for column in CONSULTATION_COLUMNS} - own <= set(ConsultationForm.base_fields)
