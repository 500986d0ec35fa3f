"""The pictograms: one sprite, drawn by one hand, read by pages through ``{% pic %}`` and by papers through ``markup``.

A paper cannot reach into a sprite and applies no page's style inside an svg, so there each drawing stands inline and carries its
colours as attributes.
"""

import xml.etree.ElementTree as ET
from functools import cache
from html import escape
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

_FOLDER = Path(__file__).resolve().parent / "static" / "iq"
SPRITE, ICONS = _FOLDER / "pictograms.svg", _FOLDER / "kiosk-icons.svg"
SVG = "{http://www.w3.org/2000/svg}"
INK = "#0f5862"
SOFT = "#b5d0d0"
ACCENT = "#f2b237"


@cache
def _symbols(sprite: Path = SPRITE) -> dict[str, ET.Element]:
    root = ET.parse(sprite).getroot()  # noqa: S314 - our own file
    return {symbol.attrib["id"]: symbol for symbol in root.iter(f"{SVG}symbol")}


def names() -> list[str]:
    """Return the names of all pictograms, in the order of the sprite."""
    return list(_symbols())


@cache
def markup(
    name: str, *, ink: str = INK, soft: str = SOFT, accent: str = ACCENT, title: str = ""
) -> SafeString:
    """Return a pictogram as inline svg whose colours are attributes; for PDFs. Raises KeyError for an unknown name.

    ``title`` is what is read out in its place.
    """
    shapes = "".join(_shape(shape, ink, soft, accent) for shape in _symbols()[name])
    return mark_safe(  # noqa: S308 - from our own sprite
        f'<svg class="pic" viewBox="0 0 48 48" fill="none" stroke="{ink}" stroke-width="2.25" stroke-linecap="round" '
        f'stroke-linejoin="round">{_title(title)}{shapes}</svg>'
    )


@cache
def icon_markup(name: str, *, ink: str = INK, title: str = "") -> SafeString:
    """Return an icon of the client's pages as inline svg in one colour; for PDFs. Raises KeyError for an unknown name."""
    shapes = "".join(_shape(shape, ink, ink, ink) for shape in _symbols(ICONS)[name])
    return mark_safe(  # noqa: S308 - from our own sprite
        f'<svg class="bi" viewBox="0 0 16 16" fill="{ink}">{_title(title)}{shapes}</svg>'
    )


def _title(words: str) -> str:
    return f"<title>{escape(words)}</title>" if words else ""


def _shape(shape: ET.Element, ink: str, soft: str, accent: str) -> str:
    if shape.tag == f"{SVG}text":
        attributes = " ".join(f'{key}="{value}"' for key, value in (shape.attrib | {"fill": ink}).items())
        return f"<text {attributes}>{escape(shape.text or '')}</text>"
    colours = {
        "p": {"fill": soft, "stroke": "none", "opacity": "0.75"},
        "a": {"fill": accent, "stroke": ink},
    }.get(shape.get("class", ""), {})
    kept = {
        key: value for key, value in shape.attrib.items() if key not in ("class", "fill", "opacity", "stroke")
    }
    attributes = " ".join(f'{key}="{value}"' for key, value in (kept | colours).items())
    return f"<{shape.tag.removeprefix(SVG)} {attributes}/>"
