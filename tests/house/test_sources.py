"""Habits that no formatter keeps: short files, nothing put off, nothing of the workplace."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIMIT = 400
CODE = {".py", ".html", ".js", ".css", ".sh"}
# What a tool wrote or what is content, not code.
NOT_WRITTEN_HERE = ("/migrations/", "locale/")
WORDS = {*CODE, ".md", ".toml", ".json", ".po", ".txt", ".lock", ".yml", ".svg", ""}
# Somewhere to put things off, and places that exist on one machine only.
PUT_OFF = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|X" + r"XX)\b")
# Under another name than "_" the texts are not gathered, and nobody misses their translation.
NOT_GATHERED = re.compile(r"import [^\n]*\bn?p?gettext(?:_lazy)? as (?!_\b)\w+")
ELSEWHERE = re.compile(r"(?<![\w.~-])/(?:work|root|home/\w+)/\w|/usr/local/\w+/\w")


def _files() -> list[Path]:
    """Return what belongs to the project: all that git knows or would take."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode()  # fmt: skip
    return [ROOT / name for name in sorted(listing.split("\0")) if name and (ROOT / name).is_file()]


FILES = _files()
CODE_FILES = [
    path
    for path in FILES
    if path.suffix in CODE and not any(part in path.as_posix() for part in NOT_WRITTEN_HERE)
]


def test_there_is_something_to_look_at() -> None:
    assert len(CODE_FILES) > 250
    assert {path.suffix for path in CODE_FILES} == CODE


def test_no_file_is_longer_than_one_reads_at_once() -> None:
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in CODE_FILES}
    assert {name: length for name, length in lengths.items() if length >= LIMIT} == {}


def test_nothing_is_put_off() -> None:
    found = [str(path.relative_to(ROOT)) for path in CODE_FILES if PUT_OFF.search(path.read_text())]
    assert found == []


def test_every_text_is_gathered() -> None:
    found = [
        str(path.relative_to(ROOT))
        for path in CODE_FILES
        if path.suffix == ".py" and path != Path(__file__) and NOT_GATHERED.search(path.read_text())
    ]
    assert NOT_GATHERED.search("from django.utils.translation import gettext_lazy as _lazy")
    assert not NOT_GATHERED.search("from django.utils.translation import gettext_lazy as _")
    assert found == []


def test_no_place_of_one_machine_is_named() -> None:
    texts = {path: path.read_text() for path in FILES if path.suffix in WORDS and path != Path(__file__)}
    found = {
        str(path.relative_to(ROOT)): match[0]
        for path, text in texts.items()
        if (match := ELSEWHERE.search(text))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("text", "is_elsewhere"),
    [
        ("see /root/x", True), ("cd /home/anna/site", True), ("https://example.org/work/of", False),
        ("homework/of", False), ("/var/lib/iqquadrat", False), ("../work/it", False),
    ],
)  # fmt: skip
def test_the_rule_finds_what_it_forbids(text: str, *, is_elsewhere: bool) -> None:
    assert bool(ELSEWHERE.search(text)) is is_elsewhere
    assert PUT_OFF.search("# TO" + "DO: later")


def test_no_room_beside_those_of_the_plan() -> None:
    packages = {path.parts[-2] for path in FILES if path.name == "__init__.py" and path.parent.parent == ROOT}
    assert packages == {
        "iqquadrat", "counselling", "competence", "businesses", "placements", "tests",
    }  # fmt: skip
    assert not [path for path in FILES if path.stem in ("utils", "helpers", "misc")]
