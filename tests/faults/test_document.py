"""The document of faults names tests that exist, and has a place for the figures."""

import re

from tests.faults.cluster import ROOT
from tests.faults.figures import BEGIN, DOCUMENT, END

NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def test_every_named_test_exists() -> None:
    named = NAMED.findall(DOCUMENT.read_text())
    assert len(named) > 30
    missing = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).exists() or f"def {test}(" not in (ROOT / file).read_text()
    ]
    assert missing == []


def test_every_fault_names_a_test_or_has_figures() -> None:
    section = DOCUMENT.read_text().split("## Kills and cuts")[0]
    rows = [line for line in section.splitlines() if line.startswith("| ") and "---" not in line][1:]
    assert len(rows) > 15
    assert [row for row in rows if not NAMED.search(row) and "the figures below" not in row] == []


def test_the_figures_have_their_place() -> None:
    assert DOCUMENT.read_text().index(BEGIN) < DOCUMENT.read_text().index(END)
