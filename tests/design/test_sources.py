"""What the sources may not contain: styles and scripts in templates, and anything that knows left from right."""

import re
from pathlib import Path

import pytest

from iqquadrat.core import pictograms

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ["templates", "iqquadrat", "counselling", "competence", "businesses", "placements"]
# Papers are not served to a browser; their style is theirs.
TEMPLATES = sorted(
    path for room in ROOMS for path in (ROOT / room).rglob("*.html") if "/pdf/" not in path.as_posix()
)
STYLES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("static/**/*.css"))

INLINE_STYLE = re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE)
SCRIPT_WITH_BODY = re.compile(r"<script\b[^>]*>\s*[^<\s]", re.IGNORECASE)
HANDLER = re.compile(r"\son(click|change|submit|load|input|focus|blur|key\w+)\s*=", re.IGNORECASE)
# background-position has no logical twin; both directions are written out there.
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)(?:-\w+)?|left|right|"
    r"border-(?:top|bottom)-(?:left|right)-radius)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b",
)
# Also catches a German block inside an Arabic page; :dir(rtl) does not. The renderer of papers does not know :dir.
ATTRIBUTE = re.compile(r"\[dir=")
FOREIGN = re.compile(r"(?:src|href)=\"(?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import")


def test_there_is_something_to_look_at() -> None:
    assert len(TEMPLATES) > 15
    assert len(STYLES) > 12


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_templates_hold_no_style_and_no_script(template: Path) -> None:
    text = template.read_text(encoding="utf-8")
    # Such a comment ends with its line; a longer one would be shown to the reader.
    assert not [line for line in text.splitlines() if "{#" in line and "#}" not in line]
    assert not INLINE_STYLE.search(text)
    assert not SCRIPT_WITH_BODY.search(text)
    assert not HANDLER.search(text)
    assert not FOREIGN.search(text)


@pytest.mark.parametrize("style", STYLES, ids=lambda path: str(path.relative_to(ROOT)))
def test_styles_know_neither_left_nor_right(style: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert FOREIGN.search(text) is None
    assert len(text.splitlines()) < 400
    if "iqquadrat/pdf/" in style.as_posix():
        return  # the boxes in a page's margin and the renderer itself know only left and right
    assert PHYSICAL.search(text) is None
    assert ATTRIBUTE.search(text) is None


def test_the_rule_finds_what_it_forbids() -> None:
    for bad in (
        "a { margin-left: 1px }",
        "a{left:0}",
        "a { text-align: right; }",
        "a { float: left }",
    ):
        assert PHYSICAL.search(bad), bad
    for good in ("a { margin-inline-start: 1px }", "a { inset-inline: 0 }", "a { text-align: start }"):
        assert not PHYSICAL.search(good), good
    assert INLINE_STYLE.search('<p style="color: red">')
    assert SCRIPT_WITH_BODY.search("<script>alert(1)</script>")
    assert not SCRIPT_WITH_BODY.search('<script src="x.js"></script>')


@pytest.mark.parametrize("name", pictograms.names())
def test_a_pictogram_on_paper_carries_its_colours_as_attributes(name: str) -> None:
    drawing = pictograms.markup(name)
    assert drawing.startswith('<svg class="pic"')
    assert "var(" not in drawing
    assert "style" not in drawing
    assert drawing.count("<path") + drawing.count("<circle") >= 2


def test_an_unknown_pictogram_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        pictograms.markup("no-such-picture")


def test_every_pictogram_named_in_a_template_exists() -> None:
    used = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""{%\s*pic\s+["']([\w-]+)["']""", template.read_text(encoding="utf-8"))
    }
    assert used
    assert used <= set(pictograms.names())
