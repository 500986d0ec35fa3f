"""The record of processing activities names every table with personal data and every clock, as they are today."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from iqquadrat.accounts.models import User
from iqquadrat.core.retention import clocks
from iqquadrat.rights import processing
from iqquadrat.rights.management.commands.processing_record import PAPER
from iqquadrat.rights.processing import MissingPartError, Processing, UnassignedError, filled
from iqquadrat.rights.services.retention import set_months


@pytest.fixture
def paper() -> str:
    return PAPER.read_text(encoding="utf-8")


def _between(paper: str, mark: str) -> str:
    return paper.split(f"<!-- {mark} -->")[1].split("<!-- end -->", maxsplit=1)[0]


def test_the_paper_says_what_the_program_stores(paper: str) -> None:
    assert filled(paper) == paper, "run: manage.py processing_record"


def test_every_table_with_personal_data_stands_in_every_chapter_it_serves(paper: str) -> None:
    tables = processing.personal_tables()
    assert len(tables) > 60
    with translation.override("de"):
        for model in tables:
            chapters = processing.processings_of(model)
            assert chapters, model
            for chapter in chapters:
                assert f"| {processing.name_of(model)} |" in _between(paper, f"data: {chapter}"), model


def test_every_clock_stands_in_one_chapter(paper: str) -> None:
    with translation.override("de"):
        for clock in clocks():
            chapters = [
                chapter
                for chapter in Processing
                if f"<!-- periods: {chapter} -->" in paper
                and f"| {clock.label} |" in _between(paper, f"periods: {chapter}")
            ]
            assert chapters == [processing.processing_of(clock)]


def test_no_name_of_a_table_or_column_is_english(paper: str) -> None:
    """Every label that stands in a table has German words, unless both languages spell it alike."""
    with translation.override("de"):
        german = {processing.name_of(model) for model in processing.personal_tables()}
    with translation.override("en"):
        english = {processing.name_of(model) for model in processing.personal_tables()}
    assert german & english <= {"Interviews"}


def test_a_table_that_nobody_assigned_stops_the_paper(monkeypatch: pytest.MonkeyPatch, paper: str) -> None:
    rooms = {room: chapters for room, chapters in processing._ROOMS.items() if room != "placements"}
    monkeypatch.setattr(processing, "_ROOMS", rooms)
    with pytest.raises(UnassignedError, match=r"placements\."):
        filled(paper)


def test_a_clock_that_nobody_assigned_stops_the_paper(monkeypatch: pytest.MonkeyPatch, paper: str) -> None:
    monkeypatch.setattr(
        processing, "_CLOCKS", {k: v for k, v in processing._CLOCKS.items() if k != "paradata"}
    )
    with pytest.raises(UnassignedError, match="paradata"):
        filled(paper)


def test_a_paper_without_a_place_is_refused(paper: str) -> None:
    with pytest.raises(MissingPartError, match="data: placement"):
        filled(paper.replace("<!-- data: placement -->", ""))


def test_the_command_keeps_a_centres_own_words(paper: str, tmp_path: Path, capsys: Any) -> None:
    own = tmp_path / "eigene.md"
    stale = paper.replace("[Name und Anschrift des Trägers]", "Verein Dialog").replace(
        "| Termine |", "| Treffen |"
    )
    assert stale.count("| Treffen |") == 1
    own.write_text(stale, encoding="utf-8")
    with pytest.raises(CommandError, match="out of date"):
        call_command("processing_record", own, "--check")
    assert own.read_text(encoding="utf-8") == stale
    call_command("processing_record", own)
    assert own.read_text(encoding="utf-8") == paper.replace(
        "[Name und Anschrift des Trägers]", "Verein Dialog"
    )
    call_command("processing_record", own, "--check")
    assert "up to date" in capsys.readouterr().out


def test_without_german_words_nothing_is_written(
    paper: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "eigene.md"
    own.write_text(paper.replace("| Termine |", "| Treffen |"), encoding="utf-8")
    before = own.read_bytes()
    monkeypatch.setattr(processing, "_", str)
    with pytest.raises(CommandError, match="compilemessages"):
        call_command("processing_record", own)
    assert own.read_bytes() == before


@pytest.mark.django_db
def test_a_centres_own_copy_shows_the_months_it_has_set(
    paper: str, tmp_path: Path, coordinator: User
) -> None:
    own = tmp_path / "eigene.md"
    own.write_text(paper, encoding="utf-8")
    by_key = {clock.key: clock for clock in clocks()}
    set_months(clock=by_key["notes"], months=7, by=coordinator)
    call_command("processing_record", own, "--centre", coordinator.centre.code)
    changed = own.read_text(encoding="utf-8")
    assert "| Notizen aus Beratungen | 36 |" in paper
    assert "| Notizen aus Beratungen | 7 |" in changed
    assert "| Notizen zu Vermittlungen | 36 |" in changed
    assert "| Entwürfe | fest |" in changed
    assert "Monate ab Werk" not in changed
    with pytest.raises(CommandError, match="no centre NOWHERE"):
        call_command("processing_record", own, "--centre", "NOWHERE")
    with pytest.raises(CommandError, match="own copy"):
        call_command("processing_record", "--centre", coordinator.centre.code)
    assert PAPER.read_text(encoding="utf-8") == paper


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00"])
def test_a_file_that_cannot_be_read_is_said_in_words(content: bytes | None, tmp_path: Path) -> None:
    file = tmp_path / "paper.md"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("processing_record", file)
