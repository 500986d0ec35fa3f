"""Small drawings of figures as inline svg: lengths are attributes, because the Content-Security-Policy allows no inline style.

Pages use them through the tags of ``templatetags/shapes.py``. Each is decoration: the figure stands beside it in words.
"""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

STRETCH = mark_safe('preserveAspectRatio="none" aria-hidden="true"')


def _round(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def bar(value: float, of: float, *, colour: int = 1, edge: bool = False) -> SafeString:
    """A bar: ``value`` of ``of``. Without a base it is empty."""
    share = max(0.0, min(1.0, value / of)) if of else 0.0
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" {}><rect class="track" width="100" height="10" />'
        '<rect class="c{}{}" width="{}" height="10" /></svg>',
        STRETCH, colour, " edge" if edge else "", _round(share * 100),
    )  # fmt: skip


def stacked(values: Sequence[float], of: float | None = None) -> SafeString:
    """One bar of several parts, in the order of the chart colours."""
    whole = of or sum(values) or 1
    parts, start = [], 0.0
    for number, value in enumerate(values, start=1):
        length = value / whole * 100
        parts.append((number, " edge" if number in (2, 5) else "", _round(start), _round(length)))
        start += length
    rects = format_html_join("", '<rect class="c{}{}" x="{}" width="{}" height="10" />', parts)
    return format_html(
        '<svg class="bar" viewBox="0 0 100 10" {}><rect class="track" width="100" height="10" />{}</svg>', STRETCH, rects
    )  # fmt: skip


def band(step: int | None) -> SafeString:
    """One of three bands: 0, 1, 2, each in its own place; None is unknown and leaves all empty."""
    segments = format_html_join(
        "", '<rect class="seg" x="{}" width="96" height="14" />', ((x,) for x in (0, 102, 204))
    )
    on = SafeString("")
    if step is not None:
        on = format_html(
            '<rect class="on{}" x="{}" width="96" height="14" />', " b0" if step == 0 else "", step * 102
        )
    return format_html('<svg class="band" viewBox="0 0 300 14" {}>{}{}</svg>', STRETCH, segments, on)


def quads(steps: int, of: int = 4) -> SafeString:
    """Squares of evidence: so many steps of so many."""
    rects = format_html_join(
        "", '<rect class="{}" x="{}" y="1" width="8" height="8" />',
        (("on" if number < steps else "off", number * 12 + 1) for number in range(of)),
    )  # fmt: skip
    return format_html(
        '<svg class="quads" viewBox="0 0 {} 10" aria-hidden="true">{}</svg>', of * 12 - 2, rects
    )


def dots(filled: int, of: int) -> SafeString:
    """Dots: items answered of items asked."""
    inner = format_html_join(
        "", "<i{}></i>", ((mark_safe(' class="on"') if n < filled else "",) for n in range(of))
    )
    return format_html('<span class="dots" aria-hidden="true">{}</span>', inner)


def squares(
    filled: int, *, half: int = 0, open_: int = 0, a_row: int = 20, saffron: bool = False
) -> SafeString:
    """One square a record: full, half (counted, but not in the first sense) and open (still to come)."""
    kinds = ["on"] * filled + ["half"] * half + ["open"] * open_
    shapes = []
    for number, kind in enumerate(kinds):
        x, y = number % a_row * 18, number // a_row * 18
        inset, size = (0.0, 14.0) if kind == "on" else (0.75, 12.5)
        shapes.append((kind, _round2(x + inset), _round2(y + inset), _round2(size), _round2(size)))
    columns, rows = min(len(kinds), a_row) or 1, (len(kinds) - 1) // a_row + 1 or 1
    width, height = columns * 18 - 4, rows * 18 - 4
    rects = format_html_join("", '<rect class="{}" x="{}" y="{}" width="{}" height="{}" />', shapes)
    return format_html(
        '<svg class="people{}" viewBox="0 0 {} {}" width="{}" height="{}" aria-hidden="true">{}</svg>',
        " saffron" if saffron else "", width, height, width, height, rects,
    )  # fmt: skip


def _round2(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def score(degree: str) -> SafeString:
    """A degree of fit: ``full``, ``half``, ``no``, or ``none`` where it is not known."""
    inner = {
        "full": '<rect class="in" x="1" y="1" width="12" height="12" />',
        "half": '<path class="in" d="M1 13V1h12z" />',
        "no": "",
        "none": "",
    }[degree]
    return format_html(
        '<svg class="score s-{}" viewBox="0 0 14 14" aria-hidden="true"><rect class="box" x="1" y="1" width="12" height="12" />{}</svg>',
        degree, mark_safe(inner),  # noqa: S308 - our own four words
    )  # fmt: skip


PAPER_SCORES = {
    "full": '<rect x="1" y="1" width="12" height="12" fill="#0f5862" stroke="#0f5862" stroke-width="1.5" />',
    "half": '<rect x="1" y="1" width="12" height="12" fill="#fff" stroke="#0f5862" stroke-width="1.5" /><path d="M1 13V1h12z" fill="#0f5862" />',
    "no": '<rect x="1" y="1" width="12" height="12" fill="#fff" stroke="#0f5862" stroke-width="1.5" />',
    "none": '<rect x="1" y="1" width="12" height="12" fill="#fff" stroke="#8a8275" stroke-width="1.5" stroke-dasharray="2.5 2" />',
}


def paper_score(degree: str) -> SafeString:
    """A degree of fit as ``score``, for paper: with its colours as attributes."""
    drawn = mark_safe(PAPER_SCORES[degree])  # noqa: S308 - our own four words
    return format_html('<svg viewBox="0 0 14 14" aria-hidden="true">{}</svg>', drawn)


def interval(low: float, point: float, high: float, *, guess: float = 0.6) -> SafeString:
    """A share between 0 and 1 with its interval; the line marks what counts as evidence."""
    return format_html(
        '<svg class="ci" viewBox="0 0 200 20" {}><rect class="zone" x="{}" width="{}" height="20" />'
        '<line class="axis" x1="0" x2="200" y1="10" y2="10" /><rect class="range" x="{}" y="7" width="{}" height="6" />'
        '<rect class="point" x="{}" y="2" width="5" height="16" /><line class="bar60" x1="{}" x2="{}" y1="0" y2="20" /></svg>',
        STRETCH, _round(guess * 200), _round((1 - guess) * 200), _round(low * 200), _round((high - low) * 200),
        _round(min(point * 200, 195)), _round(guess * 200), _round(guess * 200),
    )  # fmt: skip


def columns(series: Sequence[Sequence[float]], top: float, *, stacked_up: bool = True) -> SafeString:
    """Columns over months: each entry holds the parts of one column; ``top`` is the value at the upper edge."""
    count = len(series) or 1
    slot = 1000 / count
    width = slot * 0.62
    shapes = []
    for number, parts in enumerate(series):
        x, base = number * slot + (slot - width) / 2, 200.0
        step = width if stacked_up else width / max(len(parts), 1)
        for part, value in enumerate(parts, start=1):
            height = value / top * 200 if top else 0
            left = x if stacked_up else x + (part - 1) * step
            shapes.append(
                (
                    part,
                    " edge" if part in (2, 5) else "",
                    _round(left),
                    _round(base - height),
                    _round(step),
                    _round(height),
                )
            )
            base -= height if stacked_up else 0
    rects = format_html_join("", '<rect class="c{}{}" x="{}" y="{}" width="{}" height="{}" />', shapes)
    lines = format_html_join(
        "", '<line class="{}" x1="0" x2="1000" y1="{}" y2="{}" />',
        (("base" if quarter == 4 else "grid", quarter * 50, quarter * 50) for quarter in range(5)),
    )  # fmt: skip
    return format_html('<svg class="m-plot" viewBox="0 0 1000 200" {}>{}{}</svg>', STRETCH, lines, rects)
