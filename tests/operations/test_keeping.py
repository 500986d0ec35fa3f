"""Which backups are kept, and what the folder says of the last one."""

import datetime as dt
import os
from pathlib import Path
from typing import Any

import pytest

from iqquadrat.operations.backup import keeping
from iqquadrat.operations.backup.errors import BackupError
from iqquadrat.operations.backup.keeping import Keep, back_up_to, last_backup, note_verified, outdated
from iqquadrat.operations.backup.making import Made

NIGHT = dt.datetime(2026, 11, 27, 2, 30, tzinfo=dt.UTC)


def _name(at: dt.datetime, folder: Path = Path("folder")) -> Path:
    return folder / f"iqquadrat-{at:%Y-%m-%dT%H%M%S}.backup.gpg"


def _kept(moments: list[dt.datetime], keep: Keep) -> list[str]:
    paths = [_name(at) for at in moments]
    gone = outdated(paths, keep)
    return [f"{keeping.moment(path):%m-%d}" for path in sorted(paths) if path not in gone]


def test_a_year_of_nights_becomes_days_weeks_and_months() -> None:
    nights = [NIGHT - dt.timedelta(days=days) for days in range(400)]
    assert _kept(nights, Keep(7, 4, 6)) == [
        "06-30", "07-31", "08-31", "09-30", "10-31",  # the last of a month; this month's and this week's is the last day
        "11-08", "11-15", "11-21", "11-22", "11-23", "11-24", "11-25", "11-26", "11-27",
    ]  # fmt: skip


def test_the_newest_of_a_day_stays() -> None:
    hours = [NIGHT + dt.timedelta(hours=hours) for hours in (0, 5, 9)]
    paths = [_name(at) for at in hours]
    assert outdated(paths, Keep(1, 0, 0)) == [paths[1], paths[0]]


def test_gaps_do_not_cost_what_is_old() -> None:
    """Days without a backup do not count: after a month's pause the last seven are still there."""
    nights = [NIGHT - dt.timedelta(days=40 + days) for days in range(7)]
    assert outdated([_name(at) for at in nights], Keep(7, 0, 0)) == []


@pytest.mark.parametrize("text", ["", "7", "7,4", "0,4,6", "7,-1,6", "a,b,c", "7,4,6,1"])
def test_nonsense_is_no_rule_of_keeping(text: str) -> None:
    with pytest.raises(ValueError):
        Keep.read(text)


def test_a_rule_of_keeping_is_read() -> None:
    assert Keep.read("14,8,0") == Keep(days=14, weeks=8, months=0)


@pytest.fixture
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for backups; making one writes a few bytes."""

    def written(target: Path, *, lock: Any = None) -> Made:
        target.write_bytes(b"12345")
        return Made(target, 5, "f" * 64, NIGHT, 3, 9, 0, 1.0)

    monkeypatch.setattr(keeping, "make_backup", written)
    settings.BACKUP_FOLDER = str(tmp_path)
    return tmp_path


def test_the_folder_knows_its_last_backup(folder: Path) -> None:
    assert last_backup() is None
    made, gone = back_up_to(folder, keep=Keep())
    last = last_backup()
    assert last is not None
    assert (last.path, last.at, last.size, last.verified_at) == (made.path, NIGHT, 5, None)
    assert (last.encrypted, last.is_there, gone) == (False, True, [])
    note_verified(made.path)
    tried = last_backup()
    assert tried is not None
    assert tried.verified_at is not None
    made.path.write_bytes(b"123")
    assert not tried.is_there


def test_a_backup_that_failed_is_not_noted(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, _gone = back_up_to(folder, keep=Keep())

    def fails(*_args: Any, **_options: Any) -> Made:
        raise BackupError("no")

    monkeypatch.setattr(keeping, "make_backup", fails)
    with pytest.raises(BackupError):
        back_up_to(folder, keep=Keep(1, 0, 0))
    last = last_backup()
    assert last is not None
    assert last.path == made.path


def test_only_files_named_by_us_are_deleted(folder: Path) -> None:
    old = _name(NIGHT - dt.timedelta(days=3000), folder)
    theirs = [folder / "iqquadrat-2001-01-01.dump", folder / "holiday.backup"]
    for path in (old, *theirs):
        path.write_bytes(b"x")
    _made, gone = back_up_to(folder, keep=Keep(1, 0, 0))
    assert gone == [old]
    assert not old.exists()
    assert all(path.exists() for path in theirs)


def test_what_a_kill_has_left_goes_a_day_later(folder: Path) -> None:
    fresh, stale = folder / ".new.1.part", folder / ".old.2.part"
    for path in (fresh, stale):
        path.write_bytes(b"half")
    os.utime(stale, (0, 0))
    back_up_to(folder, keep=Keep())
    assert (fresh.exists(), stale.exists()) == (True, False)


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"file": 1}', "\N{BROKEN BAR}"])
def test_a_note_that_cannot_be_read_is_none(folder: Path, text: str) -> None:
    (folder / keeping.STATE).write_text(text, encoding="utf-8")
    assert last_backup() is None


def test_a_folder_that_is_missing_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="no such folder"):
        back_up_to(tmp_path / "missing", keep=Keep())
