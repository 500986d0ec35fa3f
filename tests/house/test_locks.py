"""What is installed is what was looked at: every part is named with its version and its fingerprint."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[\w,-]+\])?==([^\s;\\]+)")
HOST = re.compile(r"https?://([\w.-]+)")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _name(requirement: str) -> str:
    match = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert match
    return _normal(match[0])


def _pins(lock: str) -> dict[str, tuple[str, int]]:
    """Return version and number of fingerprints of every part in a lock file."""
    pins: dict[str, tuple[str, int]] = {}
    name = ""
    for line in (ROOT / lock).read_text().splitlines():
        if match := PINNED.match(line):
            name = _normal(match[1])
            pins[name] = (match[2], 0)
        elif line.strip().startswith("--hash=sha256:"):
            pins[name] = (pins[name][0], pins[name][1] + 1)
        else:
            assert not line.strip() or line.lstrip().startswith("#"), f"{lock}: {line}"
    return pins


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def test_the_python_lock_files_are_in_step_with_the_project(project: dict[str, Any]) -> None:
    needed = {_name(line) for line in project["dependencies"]}
    for_tests = {_name(line) for line in project["optional-dependencies"]["dev"]}
    site, everything = _pins("requirements.lock"), _pins("requirements-dev.lock")
    assert needed - set(site) == set()
    assert for_tests - set(everything) == set()
    # What is tested is what runs.
    assert {name: pin for name, pin in site.items() if everything.get(name) != pin} == {}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_python_part_has_a_fingerprint(lock: str) -> None:
    pins = _pins(lock)
    assert len(pins) > 25
    assert [name for name, (_version, fingerprints) in pins.items() if not fingerprints] == []
    assert not HOST.search((ROOT / lock).read_text())
    # Django would silently take it instead of psycopg2.
    assert "psycopg" not in pins


def test_the_npm_lock_file_is_in_step_and_has_fingerprints() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    lock = json.loads((ROOT / "package-lock.json").read_text())
    parts = {name: part for name, part in lock["packages"].items() if name}
    assert lock["packages"][""]["dependencies"] == wanted
    assert {f"node_modules/{name}" for name in wanted} <= set(parts)
    assert [name for name, part in parts.items() if not part["integrity"].startswith("sha512-")] == []
    # Where a part was fetched from is a matter of the machine that fetches, except whom one may support.
    assert [name for name, part in parts.items() if HOST.search(json.dumps({**part, "funding": None}))] == []
