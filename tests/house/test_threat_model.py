"""What the security papers name as proof is there: every file, every folder, every single test."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "docs/threat-model.md"
PAPERS = [
    MODEL, ROOT / "SECURITY.md", ROOT / "docs/security.md", ROOT / "docs/supply-chain.md", *sorted((ROOT / "docs/datenschutz").glob("*.md")),
]  # fmt: skip
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+(?:::\w+)?|[\w-]+\.(?:toml|lock|json|py))`")
LINK = re.compile(r"\]\(([^)#\s]*)#([^)]+)\)")
# Made by a command, not kept.
MADE = {"build/sbom.cdx.json"}


def _named(text: str) -> set[str]:
    return set(NAMED.findall(text)) - MADE


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


def _measures() -> list[list[str]]:
    """The rows of the threats: what could happen, what stands in the way, where, what is left."""
    part = MODEL.read_text().split("## What stands in the way")[1].split("## Missing today", maxsplit=1)[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in part.splitlines()
        if line[:2] == "| "
    ]
    return [row for row in rows if row[0] not in ("threat", "---")]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_everything_named_as_proof_exists(paper: Path) -> None:
    for name in _named(paper.read_text()):
        place, _colons, test = name.partition("::")
        assert (ROOT / place).exists(), name
        if test:
            assert re.search(rf"^def {test}\(", (ROOT / place).read_text(), re.MULTILINE), name


def test_the_pattern_finds_names() -> None:
    assert _named("see `a/b.py`, `a/b.py::test_c`, `pyproject.toml`, `make audit` and `IQ_HTTPS=1`") == {
        "a/b.py", "a/b.py::test_c", "pyproject.toml",
    }  # fmt: skip
    assert len(_named(MODEL.read_text())) > 50


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_a_heading_find_it(paper: Path) -> None:
    for target, heading in LINK.findall(paper.read_text()):
        file = paper.parent / target if target else paper
        assert heading in _anchors(file.read_text()), f"{target}#{heading}"


def test_every_threat_says_what_it_is_and_where_its_measure_stands() -> None:
    rows = _measures()
    assert len(rows) > 30
    for row in rows:
        assert len(row) == 4, row
        assert re.match(r"[STRIDE](, [STRIDE])*: ", row[0]), row[0]
        # What only a contract can do is told with the paper about it.
        assert _named(row[2]) or "](" in row[2], row[0]
    assert {
        letter for row in rows for letter in re.findall(r"[STRIDE](?=[,:])", row[0].split(" ")[0])
    } == set("STRIDE")


def test_the_papers_lead_to_each_other() -> None:
    index = (ROOT / "docs/datenschutz/README.md").read_text()
    assert [
        paper.name
        for paper in PAPERS
        if paper.parent.name == "datenschutz" and paper.name != "README.md" and f"({paper.name})" not in index
    ] == []
    readme, policy = (ROOT / "README.md").read_text(), (ROOT / "SECURITY.md").read_text()
    for name in ("docs/security.md", "docs/threat-model.md"):
        assert f"({name})" in policy
        assert f"({name})" in readme
    for name in ("docs/datenschutz", "docs/supply-chain.md"):
        assert f"({name})" in readme


def test_the_german_papers_say_once_that_they_are_no_legal_advice() -> None:
    for paper in (ROOT / "docs/datenschutz").glob("*.md"):
        words = " ".join(paper.read_text().split()).replace("**", "")
        assert len(re.findall(r"[Kk]eine Rechtsberatung", words)) == 1, paper.name
