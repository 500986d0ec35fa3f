"""Drawings of a profile: on paper, where colours are attributes and a pictogram stands inline, and on the page."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from competence.scoring import ScaleScore
from iqquadrat.core import pictograms
from iqquadrat.core.text import direction_of

register = template.Library()
register.filter(direction_of)

FILLED, EMPTY, EDGE, PART = "#0f5862", "#ffffff", "#8a8275", "#b5d0d0"


@register.simple_tag
def paper_squares(filled: int, of: int, reach: int = 0) -> SafeString:
    """Squares on paper: ``filled`` of ``of``; those up to ``reach`` are half-toned (a band between two)."""
    rects = []
    for number in range(of):
        fill, edge = (
            (FILLED, FILLED) if number < filled else (PART, FILLED) if number < reach else (EMPTY, EDGE)
        )
        rects.append((f"{number * 16 + 0.75:.2f}", fill, edge))
    width = of * 16 - 2
    count = f"{filled}–{reach}" if reach > filled else filled
    return format_html(
        '<svg class="paper-sq" viewBox="0 0 {} 14" width="{}" height="14"><title>{}/{}</title>{}</svg>', width, width, count, of,
        format_html_join("", '<rect x="{}" y="0.75" width="12.5" height="12.5" fill="{}" stroke="{}"/>', rects),
    )  # fmt: skip


@register.simple_tag
def paper_pic(name: str, title: str) -> SafeString:
    """A pictogram on paper; ``title`` is read out in its place."""
    return pictograms.markup(name, title=title)


@register.simple_tag
def score_band(score: ScaleScore) -> SafeString:
    """The three bands of a scale on the page: one filled, or a bar from the middle of one to the middle of another."""
    segments = format_html_join(
        "", '<rect class="seg" x="{}" width="96" height="14" />', ((x,) for x in (0, 102, 204))
    )
    filled = SafeString("")
    if score.low is not None and score.high is not None:
        if score.low == score.high:
            start, length = int(score.low) * 102, 96
        else:
            start, length = int(score.low) * 102 + 48, (int(score.high) - int(score.low)) * 102
        filled = format_html(
            '<rect class="on b{}" x="{}" width="{}" height="14" />', int(score.high), start, length
        )
    return format_html(
        '<svg class="band" viewBox="0 0 300 14" preserveAspectRatio="none" aria-hidden="true">{}{}</svg>', segments, filled
    )  # fmt: skip


@register.simple_tag
def group_bar(parts: Sequence[int], of: int) -> SafeString:
    """How a group spreads over the bands, from growing to strong; what is hidden or not told leaves its room empty."""
    rects, start = [], 0.0
    for number, count in enumerate(parts, start=1):
        length = 100 * count / of if of else 0.0
        rects.append((number, f"{start:.1f}", f"{length:.1f}"))
        start += length
    return format_html(
        '<svg class="bar group-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="track" width="100" '
        'height="10" />{}</svg>',
        format_html_join("", '<rect class="g{}" x="{}" width="{}" height="10" />', rects),
    )  # fmt: skip


@register.simple_tag
def paper_band(score: ScaleScore) -> SafeString:
    """The squares of a scale on paper; none filled when there are not enough answers."""
    low, high = (-1 if bound is None else int(bound) for bound in (score.low, score.high))
    return paper_squares(low + 1, 3, high + 1)


@register.simple_tag
def paper_interval(low: float, point: float, high: float) -> SafeString:
    """A share with its interval on paper: the zone from 0.6, a bar from bound to bound, a mark at the share."""
    return format_html(
        '<svg class="paper-ci" viewBox="0 0 100 14" width="100" height="14"><title>{}–{}</title><rect x="60" y="0" width="40" height="14" fill="#e3eeee"/>'
        '<rect x="0" y="6.7" width="100" height=".6" fill="#cfc4b0"/><rect x="{}" y="5" width="{}" height="4" fill="#6f8fc0"/>'
        '<rect x="{}" y="2" width="1.8" height="10" fill="#1f282b"/></svg>',
        f"{low:.2f}", f"{high:.2f}", f"{low * 100:.1f}", f"{(high - low) * 100:.1f}", f"{min(point * 100, 98.2):.1f}",
    )  # fmt: skip
