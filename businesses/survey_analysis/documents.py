"""The analysis on paper."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from businesses.analysis.catalogue import INDICATORS
from businesses.survey_analysis.blocks import Block, Line
from businesses.survey_analysis.reading import Report

PETROL, TRACK, EDGE = "#0f5862", "#ece6db", "#8a8275"


@dataclass(frozen=True)
class AnalysisPaper:
    """A wave's analysis for city, chambers and university: chapters, comparison, method."""

    report: Report
    counted_at: dt.datetime
    language: str = "de"
    template: str = "businesses/analysis_report.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Analysis of the survey %(wave)s") % {"wave": self.report.wave.name}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"analysis-{self.report.wave.ends_on:%Y-%m-%d}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        report = self.report
        return {
            "report": report, "wave": report.wave, "centre": report.wave.centre, "counted_on": timezone.localtime(self.counted_at),
            "chapters": [(chapter, [drawn(block) for block in chapter.blocks]) for chapter in report.chapters],
            "comparison": [drawn(block) for block in report.comparison], "before": report.waves[1] if len(report.waves) > 1 else None,
            "indicators": list(INDICATORS.values()), "last": len(report.chapters) + bool(report.comparison) + 1,
        }  # fmt: skip


def drawn(block: Block) -> tuple[Block, list[tuple[Line, SafeString]]]:
    """Return a block with the bars of its lines."""
    return block, [(line, _bar(line.length)) for line in block.lines]


def _bar(length: float | None) -> SafeString:
    """A bar that holds in grey as well; where nothing may be shown a dashed frame."""
    if length is None:
        return format_html(
            '<svg viewBox="0 0 100 10" width="120" height="9" preserveAspectRatio="none" aria-hidden="true">'
            '<rect x="0.5" y="0.5" width="99" height="9" fill="none" stroke="{}" stroke-dasharray="3 3" /></svg>', EDGE,
        )  # fmt: skip
    return format_html(
        '<svg viewBox="0 0 100 10" width="120" height="9" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="100" height="10" fill="{}" /><rect width="{}" height="10" fill="{}" /></svg>',
        TRACK, round(100 * length, 1), PETROL,
    )  # fmt: skip
