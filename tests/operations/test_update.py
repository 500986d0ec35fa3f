"""The update: it goes forward when all is well, and by itself back to the code of before when the new one does not answer.

git is real; the programs of the system note what they are asked.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
# What each program does beside noting that it was called.
STUBS = {
    "id": "echo 0", "systemctl": "", "npm": "", "createdb": "", "dropdb": "", "psql": "", "sleep": "", "sync": "",
    "pg_dump": "echo dump", "pg_restore": "cat > /dev/null",
    "runuser": 'while [ "$1" != -- ]; do shift; done; shift; exec "$@"',
    # The site is ready when the code that stands there is sound.
    "curl": 'test "$(cat "$PLACE/site/state")" != broken',
}  # fmt: skip


class Place:
    """A machine with a site, its origin, and a list of what was called."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.origin, self.site = folder, folder / "origin", folder / "site"
        for name in ("bin", "etc", "var/backups", "var/lib/iqquadrat", "origin/deploy", "origin/scripts"):
            (folder / name).mkdir(parents=True)
        for name, does in STUBS.items():
            self.program(folder / "bin" / name, does)
        (folder / "etc/iqquadrat.env").write_text("IQ_ALLOWED_HOSTS=iq.example.org\n")
        for name in ("update.sh", "steps.sh"):
            shutil.copy(DEPLOY / name, self.origin / "deploy" / name)
        self.program(self.origin / "scripts/bundle.sh", "")
        self.git("init", "--quiet", "--initial-branch", "main")
        self.release("first")
        subprocess.run(["git", "clone", "--quiet", self.origin, self.site], check=True)
        (self.site / ".venv/bin").mkdir(parents=True)
        self.program(self.site / ".venv/bin/python", "")

    def program(self, path: Path, does: str) -> None:
        path.write_text(f'#!/bin/bash\necho "{path.name} $*" >> "{self.folder}/called"\n{does}\n')
        path.chmod(0o755)

    def git(self, *words: str) -> None:
        names = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *names, *words], cwd=self.origin, check=True, capture_output=True)

    def release(self, state: str) -> None:
        (self.origin / "state").write_text(state)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", state)

    def update(self, *words: str) -> subprocess.CompletedProcess[str]:
        told = os.environ | {
            "PATH": f"{self.folder}/bin:{os.environ['PATH']}", "ROOT": str(self.folder), "PLACE": str(self.folder)
        }  # fmt: skip
        return subprocess.run(
            ["bash", str(self.site / "deploy/update.sh"), *words],
            env=told,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    @property
    def state(self) -> str:
        return (self.site / "state").read_text()

    @property
    def called(self) -> str:
        return (self.folder / "called").read_text()


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_nothing_new(place: Place) -> None:
    done = place.update()
    assert done.returncode == 0, done.stderr
    assert "as it was" in done.stdout
    assert "systemctl" not in place.called


def test_forward_and_back(place: Place) -> None:
    place.release("second")
    done = place.update()
    assert done.returncode == 0, done.stderr
    assert place.state == "second"
    called = place.called
    order = ["systemctl stop", "pg_dump", "manage.py migrate", "systemctl start", "curl"]
    assert [called.index(word) for word in order] == sorted(called.index(word) for word in order)
    back = place.update("--back")
    assert back.returncode == 0, back.stderr
    assert place.state == "first"
    assert "RENAME TO iqquadrat_failed" in place.called


def test_a_version_that_does_not_answer_is_taken_back(place: Place) -> None:
    place.release("broken")
    done = place.update()
    assert done.returncode == 1
    assert "everything is taken back" in done.stderr
    assert place.state == "first"
    assert "RENAME TO iqquadrat_failed" in place.called
    assert "the version before runs again" in done.stdout


def test_a_dump_that_fails_stops_it_before_anything_is_touched(place: Place) -> None:
    place.release("second")
    place.program(place.folder / "bin/pg_dump", "exit 1")
    assert place.update().returncode == 1
    assert place.state == "first"
    assert "migrate" not in place.called
    assert "RENAME" not in place.called
    assert place.called.rstrip().splitlines()[-1].startswith("curl")  # it runs again


def test_changes_made_by_hand_are_not_lost(place: Place) -> None:
    place.release("second")
    (place.site / "state").write_text("by hand")
    done = place.update()
    assert done.returncode == 1
    assert "changed here" in done.stderr
    assert place.state == "by hand"
