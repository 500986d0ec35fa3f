"""The documents say what is: settings, parts, commands, decisions."""

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"\[[^\]]+\]\(([^)#]+)[^)]*\)")
DOCUMENTS = [ROOT / "README.md", *sorted(ROOT.glob("docs/**/*.md"))]


def test_every_setting_is_explained() -> None:
    sources = [
        path for room in ("iqquadrat", "tests", "counselling", "competence", "businesses", "placements")
        for path in (ROOT / room).rglob("*.py")
    ]  # fmt: skip
    named = {
        name
        for path in sources
        for name in re.findall(
            r"env(?:iron)?[\w.]*\(\s*[\"'](IQ_\w+|DATABASE_URL|PORT)[\"']", path.read_text()
        )
    }
    rows = (ROOT / "docs/settings.md").read_text().splitlines()
    names = " ".join(row.split("|")[1] for row in rows if row.startswith("|"))
    explained = set(re.findall(r"`(\w+)`", names))
    assert len(named) > 15
    assert named - explained == set()
    assert explained - named == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_inside_the_repository_lead_somewhere(document: Path) -> None:
    targets = [
        target
        for target in LINK.findall(document.read_text())
        if "://" not in target and not target.startswith("page:")
    ]
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_document_of_parts_is_up_to_date(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    specification = importlib.util.spec_from_file_location("parts", ROOT / "scripts/parts.py")
    assert specification
    assert specification.loader
    parts = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(parts)
    written = (ROOT / "docs/parts.md").read_text()
    for lock in ("requirements.lock", "requirements-dev.lock"):
        assert [name for name, version in parts.pins(lock) if f"| {name} | {version} |" not in written] == []
    assert "see the package" not in written


def test_the_readme_names_commands_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    words = "".join(document.read_text() for document in DOCUMENTS)
    commands = set(re.findall(r"\bmake (\w+)", re.sub(r"make sense", "", words)))
    assert {"demo", "test", "check", "forget"} <= commands
    known = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    assert {command for command in re.findall(r"`make (\w+)`", words) if command not in known} == set()


def test_the_licence_is_the_one_that_is_named() -> None:
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in (ROOT / "LICENSE").read_text()
    for place in ("pyproject.toml", "package.json", "README.md"):
        assert "EUPL-1.2" in (ROOT / place).read_text()


def test_no_site_over_https_signs_with_a_key_that_everybody_knows() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "IQ_SECRET_KEY"}
    done = subprocess.run(
        [sys.executable, "-c", "import iqquadrat.settings"], cwd=ROOT, env={**environment, "IQ_HTTPS": "1"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode != 0
    assert 'Environment variable "IQ_SECRET_KEY" not set' in done.stderr
