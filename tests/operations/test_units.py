"""The units of the nightly backup call commands that exist, with options that they know."""

import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import load_command_class

ROOT = Path(__file__).resolve().parents[2]
UNITS = ROOT / "deploy" / "systemd"
SERVICE = (UNITS / "iqquadrat-backup.service").read_text(encoding="utf-8").splitlines()
CALLS = [shlex.split(line.removeprefix("ExecStart=")) for line in SERVICE if line.startswith("ExecStart=")]
DOCUMENTED = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")


def test_it_is_made_and_then_tried() -> None:
    assert [call[2] for call in CALLS] == ["backup", "verify_backup"]


@pytest.mark.parametrize("call", CALLS)
def test_the_command_knows_its_options(call: list[str]) -> None:
    assert call[:2] == ["/srv/iqquadrat/site/.venv/bin/python", "manage.py"]
    parser = load_command_class("iqquadrat.operations", call[2]).create_parser("manage.py", call[2])
    assert parser.parse_args(call[3:]).passphrase_file == Path("%d/passphrase")


def test_the_documentation_makes_what_the_unit_needs() -> None:
    for needed in ("/var/backups/iqquadrat", "/etc/iqquadrat-backup.passphrase"):
        assert any(needed in line for line in SERVICE)
        assert needed in DOCUMENTED


def test_systemd_understands_them(tmp_path: Path) -> None:
    """Where systemd is at hand. It also looks for the programs, so the copy names one that is there."""
    analyse = shutil.which("systemd-analyze")
    timer = (UNITS / "iqquadrat-backup.timer").read_text(encoding="utf-8")
    assert "OnCalendar=*-*-* 02:30" in timer
    if analyse is None:
        return
    (tmp_path / "iqquadrat-backup.timer").write_text(timer)
    (tmp_path / "iqquadrat-backup.service").write_text(
        "\n".join(SERVICE).replace("/srv/iqquadrat/site/.venv/bin/python", "/usr/bin/env")
    )
    done = subprocess.run(
        [analyse, "verify", "--man=no", tmp_path / "iqquadrat-backup.timer"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in done.stderr.splitlines() if "iqquadrat" in line] == []
