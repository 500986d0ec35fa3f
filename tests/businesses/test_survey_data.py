"""Survey data as files: what was stored comes back from every format, labels too, and each file hides what it must."""

import csv
import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pyreadstat
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from hypothesis import given, settings
from hypothesis import strategies as st

from businesses.models import Interview, Section, Unit, Wave
from businesses.services import log_attempt, record_interview
from businesses.survey_data.bundle import Order, write_bundle
from businesses.survey_data.csv_file import defused, restored, write_csv
from businesses.survey_data.frames import pseudonym
from businesses.survey_data.labelled import write_spss, write_stata
from businesses.survey_data.names import LONGEST, choice_name, valid_name
from businesses.survey_data.rows import Spool, Table, read_table
from businesses.survey_data.variables import FAR, Catalogue, Kind, Variable
from businesses.survey_data.workbook import write_workbook
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer, Choice, ChoiceList, Item, Questionnaire, Version
from iqquadrat.questionnaires.models import Section as Part
from iqquadrat.questionnaires.queries import version_content
from tests.businesses.factories import (
    BusinessFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)

NASTY = '=cmd|"/C calc"!A0;\nنعم، "tiếng Việt" 👩🏽‍🍳\t'


@pytest.fixture
def told(unit: Unit, surveyor: User, core: dict[str, Any]) -> Interview:
    """An interview with every kind of answer, one question without an answer and many not reached."""
    now = timezone.now()
    answers = core | {
        "v05_goods": {"value": NASTY.strip()}, "v06_consent": {"choices": ["yes"]}, "v06_country": {"choices": ["vn"]},
        "v08_qualification": {"status": "skipped"}, "v13_family": {"value": 2}, "v16_problems": {"choices": ["rent", "dirt"]},
    }  # fmt: skip
    return record_interview(
        unit=unit, answers=answers, by=surveyor, started_at=now, completed_at=now, language="vi", note="vertraulich"
    )  # fmt: skip


def _table(*waves: Wave, scope: str = "internal", language: str = "de") -> Table:
    with translation.override(language):
        return read_table(waves, scope=scope, language=language)


def _first(table: Table) -> dict[str, Any]:
    return dict(zip([v.name for v in table.variables], next(iter(table.rows)), strict=True))


# --- names ---------------------------------------------------------------------------------------


@given(st.text(max_size=80))
def test_every_name_is_valid_for_spss_and_stata(wanted: str) -> None:
    name = valid_name(wanted)
    assert name.isascii()
    assert name[0].isalpha()
    assert len(name) <= LONGEST
    assert name == name.lower()
    assert all(sign.isalnum() or sign == "_" for sign in name)


def test_long_names_with_the_same_beginning_stay_two() -> None:
    names = {choice_name("v99_a_question_with_a_long_name", choice) for choice in ("one", "two")}
    assert len(names) == 2
    assert valid_name("with") == "v_with"


# --- what stands in a row ------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_row_says_what_was_answered_and_how_the_rest_is_missing(told: Interview) -> None:
    with _table(told.wave) as table:
        row = _first(table)
        assert len(table) == 1
    assert row["v05_goods"] == NASTY.strip()
    assert row["v05_goods_st"] == 1
    assert (row["v02_founded"], row["v09_heads"], row["v28_1_number"]) == (1998, 4, 2)
    assert (row["v07_languages__vi"], row["v07_languages__de"], row["v07_languages__tr"]) == (1, 1, 0)
    assert set(row["v07_languages"].split()) == {"de", "vi"}
    assert row["v28_2_field"] == -1  # one vacancy only: not asked
    assert row["v08_qualification"] == -2  # asked, no answer
    assert (row["v21_past"], row["v19_suppliers__city"]) == (-3, -3)  # not reached
    assert (row["language"], row["result"], row["kind"], row["wz_code"]) == ("vi", 1, 1, "56.1")
    assert row["channel"] == 1  # at the business, as the consent says
    assert "v13_family" not in row


@pytest.mark.django_db
def test_every_code_is_the_answer_that_is_stored(told: Interview) -> None:
    with _table(told.wave) as table:
        row = _first(table)
        labels = {v.name: v.all_labels for v in table.variables}
    for answer in Answer.objects.filter(response=told.response).select_related("item"):
        item = version_content(told.wave.version_id).items_by_key[answer.item.key]
        if item.type == "single" and answer.status == "answered":
            text = {choice.key: choice.text_de for choice in item.all_choices}[answer.choices[0]]
            assert labels[item.key][row[item.key]] == text


@pytest.mark.django_db
def test_nothing_names_the_business(told: Interview) -> None:
    with _table(told.wave) as table:
        text = json.dumps(list(table.rows), ensure_ascii=False)
    for word in (
        "Hoa Sen",
        "Eisenbahnstraße",
        str(told.public_id),
        str(told.business.public_id),
        "vertraulich",
    ):
        assert word not in text


@pytest.mark.django_db
def test_the_mark_of_a_business_links_waves_and_not_files(
    told: Interview, unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    other = WaveFactory(centre=unit.wave.centre, version=unit.wave.version, name="Welle 2")
    again = UnitFactory(wave=other, business=unit.business)
    now = timezone.now()
    record_interview(unit=again, answers=core, by=surveyor, started_at=now, completed_at=now)
    with _table(told.wave, other) as table:
        rows = list(table.rows)
    assert rows[0][0] == rows[1][0]
    assert {row[1] for row in rows} == {"Herbst 2026", "Welle 2"}
    assert pseudonym("business", 1, scope="internal") != pseudonym("business", 1, scope="science")


def test_numbers_keep_their_meaning_when_answers_move() -> None:
    """Two versions by hand: the second drops an answer, adds one in front and turns another question into text."""
    catalogue = Catalogue(
        [_version(1, ["a", "b"], "integer"), _version(2, ["new", "b"], "text")], language="de"
    )
    column = catalogue.columns[1, "q"]
    assert column is catalogue.columns[2, "q"]
    assert column.codes == {"a": 1, "b": 2, "new": 3}
    assert [v.name for v in catalogue.variables] == ["q", "n_v2", "n_v2_st", "n"]
    assert catalogue.columns[1, "n"].missing == FAR
    assert catalogue.columns[1, "q"].variables[0].versions == [1, 2]


def _version(number: int, choices: list[str], kind: str) -> Version:
    version = Version(pk=number, number=number, questionnaire=Questionnaire(pk=1, key="q"), title_de="T")
    section = Part(pk=number, version=version, key="s", position=1, title_de="S")
    answers = ChoiceList(pk=number, version=version, name="l")
    made = [
        Choice(choice_list=answers, key=key, position=at, text_de=key.upper())
        for at, key in enumerate(choices)
    ]
    answers._prefetched_objects_cache = {"choices": made}
    items = [
        Item(pk=10 * number, version=version, section=section, key="q", position=1, type="single", choice_list=answers, label_de="Q"),
        Item(pk=10 * number + 1, version=version, section=section, key="n", position=2, type=kind, label_de="N"),
    ]  # fmt: skip
    version._prefetched_objects_cache = {"sections": [section], "items": items, "choice_lists": [answers]}
    return version


# --- the formats ---------------------------------------------------------------------------------

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"], include_characters="\n\t"), max_size=40
)
_CODE = st.sampled_from([1, 2, 3, -1, -2, -3])


def _made_up(rows: list[tuple[int, int, str]]) -> Table:
    variables = [
        Variable("q1", 'Frage "eins" ü', Kind.CODE, values={1: "ja", 2: "نعم", 3: "không 😀"}),
        Variable("n1", "Zahl", Kind.NUMBER, measure="scale"),
        Variable("t1", "Text", Kind.TEXT, missing=None),
    ]
    table = Table(variables, Spool(), "internal", "de", [], [1])
    for row in rows:
        table.rows.add(list(row))
    return table


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(_CODE, st.integers(-3, 2_000_000), _TEXT), max_size=5), st.booleans())
def test_any_table_comes_back_from_every_format(rows: list[tuple[int, int, str]], semicolon: bool) -> None:
    with _made_up(rows) as table, tempfile.TemporaryDirectory() as folder:
        buffer = io.StringIO(newline="")
        write_csv(buffer, [v.name for v in table.variables], table.rows, semicolon=semicolon)
        text = buffer.getvalue().removeprefix("\ufeff")
        read = list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if semicolon else ","))
        assert [(int(a), int(b), restored(c)) for a, b, c in read[1:]] == rows
        assert not any(cell.startswith(("=", "+", "@", "\t")) for line in read[1:] for cell in line)
        _same_in_spss(table, rows, Path(folder))
        _same_in_stata(table, rows, Path(folder))
        _same_in_workbook(table, rows, Path(folder))


def _same_in_spss(table: Table, rows: list[tuple[int, int, str]], folder: Path) -> None:
    write_spss(table, folder / "x.sav")
    data, meta = pyreadstat.read_sav(str(folder / "x.sav"), user_missing=True)
    # SPSS fills texts with spaces: those at the end are no part of them.
    assert [(int(a), int(b), c) for a, b, c in data.itertuples(index=False)] == [
        (a, b, c.rstrip(" ")) for a, b, c in rows
    ]
    assert meta.variable_value_labels["q1"] == {
        float(code): words for code, words in table.variables[0].all_labels.items()
    }
    assert meta.column_names_to_labels == {"q1": 'Frage "eins" ü', "n1": "Zahl", "t1": "Text"}
    assert [one["lo"] for one in meta.missing_ranges["q1"]] == [-1.0, -2.0, -3.0]
    assert meta.variable_measure == {"q1": "nominal", "n1": "scale", "t1": "nominal"}
    analysed, _meta = pyreadstat.read_sav(str(folder / "x.sav"))
    assert int(analysed["q1"].notna().sum()) == sum(row[0] > 0 for row in rows)


def _same_in_stata(table: Table, rows: list[tuple[int, int, str]], folder: Path) -> None:
    write_stata(table, folder / "x.dta")
    data, meta = pyreadstat.read_dta(str(folder / "x.dta"), user_missing=True)
    letters = {-1: "a", -2: "b", -3: "c"}
    wanted = [(letters.get(a, a), letters.get(b, b), c) for a, b, c in rows]
    assert [tuple(row) for row in data.itertuples(index=False)] == wanted
    assert {1: "ja", 2: "نعم", 3: "không 😀"}.items() <= meta.variable_value_labels["q1"].items()
    assert set(meta.variable_value_labels["q1"]) == {1, 2, 3, "a", "b", "c"}
    analysed, _meta = pyreadstat.read_dta(str(folder / "x.dta"))
    assert int(analysed["q1"].notna().sum()) == sum(row[0] > 0 for row in rows)


def _same_in_workbook(table: Table, rows: list[tuple[int, int, str]], folder: Path) -> None:
    write_workbook(table, ([], []), folder / "x.xlsx")
    book = openpyxl.load_workbook(folder / "x.xlsx")
    sheet = book.worksheets[0]
    assert [
        tuple(cell or "" if at == 2 else cell for at, cell in enumerate(row))
        for row in sheet.iter_rows(min_row=2, values_only=True)
    ] == rows
    assert all(cell.data_type != "f" for page in book for line in page.iter_rows() for cell in line)
    labels = {(row[0], row[1]): row[2] for row in book.worksheets[3].iter_rows(min_row=2, values_only=True)}
    assert labels["q1", 2] == "نعم"
    assert labels["q1", 3] == "không 😀"


@given(st.text())
def test_defusing_loses_nothing(text: str) -> None:
    assert restored(defused(text)) == text
    assert not defused(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.django_db
def test_the_archive_holds_every_file_and_they_agree(
    told: Interview, unit: Unit, surveyor: User, tmp_path: Path
) -> None:
    other = UnitFactory(wave=unit.wave, business__premises__street=unit.business.premises.street)
    log_attempt(unit=other, disposition="refusal", reason="no_time", by=surveyor, note="Frau Tran war da")
    archive, number = write_bundle([unit.wave], Order(semicolon=True))
    with archive, zipfile.ZipFile(archive) as opened:
        assert opened.testzip() is None
        opened.extractall(tmp_path)
    assert number == 1
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {
        "README.md",
        "codebook.md",
        "interviews.csv",
        "attempts.csv",
        "interviews.sav",
        "interviews.dta",
        "survey.xlsx",
    }
    raw = (tmp_path / "interviews.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    (line,) = csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";")
    data, meta = pyreadstat.read_sav(str(tmp_path / "interviews.sav"), user_missing=True)
    for name, value in data.iloc[0].items():
        assert (restored(line[name]) if isinstance(value, str) else float(line[name])) == value, name
    assert meta.variable_value_labels["v20_now"][1.0] == "gut"
    attempts = list(
        csv.DictReader(
            io.StringIO((tmp_path / "attempts.csv").read_text("utf-8-sig"), newline=""), delimiter=";"
        )
    )
    assert [(row["attempt"], row["result"]) for row in attempts] == [("1", "1"), ("1", "3")]
    for path in tmp_path.iterdir():
        assert b"Tran" not in path.read_bytes()
    book = (tmp_path / "codebook.md").read_text()
    assert "## `v20_now`" in book
    assert "| 1 | gut | 1 |" in book
    assert "v13_family" not in book
    readme = (tmp_path / "README.md").read_text()
    assert 'sep=";"' in readme
    assert "read_sav" in readme


# --- size ----------------------------------------------------------------------------------------


def _many(unit: Unit, number: int) -> None:
    """Interviews made quickly: three answers each."""
    now, version = timezone.now(), version_content(unit.wave.version_id)
    done = Interview.objects.count()
    street = StreetFactory(centre=unit.wave.centre, name=f"Straße {done}")
    for _n in range(number):
        business = BusinessFactory(centre=unit.wave.centre, premises__street=street)
        interview = InterviewFactory(
            wave=unit.wave, business=business, surveyor_id=unit.wave.assignments.first().surveyor_id, disposition="complete", completed_at=now,
            started_at=now,
        )  # fmt: skip
        items = version.items_by_key
        Answer.objects.bulk_create([
            Answer(response=interview.response, item=items["v09_heads"], status="answered", number=3),
            Answer(response=interview.response, item=items["v20_now"], status="answered", choices=["good"]),
            Answer(response=interview.response, item=items["v16_problems"], status="answered", choices=["rent", "dirt"]),
        ])  # fmt: skip


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow(unit: Unit) -> None:
    counts = []
    for number in (1, 3, 40):
        _many(unit, number)
        with CaptureQueriesContext(connection) as queries, _table(unit.wave) as table:
            list(table.rows)
        counts.append(len(queries))
    assert len(table) == 44
    assert len(set(counts)) == 1


@pytest.mark.django_db
def test_sections_are_found_and_named(told: Interview) -> None:
    street = told.business.premises.street
    Section.objects.create(street=street, name="Mitte", number_from=50, number_to=60)
    with _table(told.wave) as table:
        assert _first(table)["section"] == "Eisenbahnstraße, Mitte"


@pytest.mark.django_db
def test_a_running_interview_is_in_no_file(unit: Unit) -> None:
    InterviewFactory(wave=unit.wave, business=unit.business)
    with _table(unit.wave) as table:
        assert list(table.rows) == []
