"""The report to the funder on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from iqquadrat.accounts.models import Centre
from iqquadrat.core.figures import Figure, Slice
from iqquadrat.reporting.charts import months_chart, paper_bar, paper_columns, paper_squares
from iqquadrat.reporting.esf import COLUMNS, EsfTable
from iqquadrat.reporting.freezing import Frozen, Place
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.publishing.content import PublicReport
from iqquadrat.reporting.queries import Report, Table


@dataclass(frozen=True)
class FunderReport:
    """Title page, definitions, chapters with tables and charts, limits. German unless another language is asked for."""

    report: Report
    language: str = "de"
    template: str = "reporting/funder_report.html"
    # Where the figures were frozen: their hash stands on the paper, and the centres are called as on that day.
    frozen: Frozen | None = None

    @property
    def title(self) -> str:
        """The title of the document."""
        name = self.report.programme.name if self.report.programme else _("All programmes")
        return _("Report %(programme)s") % {"programme": name}

    @property
    def file_name(self) -> str:
        """A name for saving; no personal data in it."""
        code = self.report.programme.code if self.report.programme else "all"
        return f"{code}-{self.report.period.ends_on:%Y-%m-%d}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        report = self.report
        employment, primary = report.value("employment_relationships"), report.value("primary_labour_market")
        training = report.counted_as("training_places_created")
        chart = months_chart(report.months)
        return {
            "report": report, "programme": report.programme, "period": report.period, "centres": self._centres(), "frozen": self.frozen,
            "printed_on": timezone.localdate(self.frozen.counted_at) if self.frozen else timezone.localdate(),
            "funders": report.funders,
            "chart": chart, "columns": paper_columns(chart),
            "steps": [(step, paper_bar(step.count, step.of or step.count)) for step in report.steps],
            "chapters": [(chapter, [(table, _bars(table)) for table in chapter.tables]) for chapter in report.chapters],
            "heads": [
                (report.counted_as("employment_relationships"), paper_squares(primary, half=employment - primary)),
                (report.counted_as("primary_labour_market"), paper_squares(primary)),
                (training, paper_squares(training.value, missing=training.missing)),
            ],
            "definitions": self._definitions(),
        }  # fmt: skip

    def _definitions(self) -> list[tuple[list[Figure], str, str]]:
        """The figures that follow each other and are counted by the same words, these words, and by which day."""
        words = [
            (counted.figure, str(counted.figure.definition), str(counted.figure.rule))
            for counted in self.report.counted()
        ]
        return [
            ([figure for figure, *_words in rows], *said)
            for said, rows in groupby(words, key=lambda row: row[1:])
        ]

    def _centres(self) -> Sequence[Centre | Place]:
        if self.frozen:
            return self.frozen.centres
        return list(self.report.programme.centres.all()) if self.report.programme else []


@dataclass(frozen=True)
class PublicPaper:
    """The public version on paper: what is hidden on the page is hidden here."""

    report: PublicReport
    language: str = "de"
    template: str = "reporting/public_paper.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Public report %(programme)s") % {"programme": self.report.programme["name"]}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"{self.report.programme['code']}-{self.report.ends_on:%Y-%m-%d}-public.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        chapters = [
            (
                chapter,
                [
                    (table, [(row, paper_bar(row.value or 0, table.largest)) for row in table.rows])
                    for table in chapter.tables
                ],
            )
            for chapter in self.report.chapters
        ]
        return {"report": self.report, "chapters": chapters}


@dataclass(frozen=True)
class EsfPaper:
    """The table of the European Social Fund Plus on paper."""

    table: EsfTable
    programme: Programme
    language: str = "de"
    template: str = "reporting/esf_paper.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("ESF+ table %(programme)s") % {"programme": self.programme.name}

    @property
    def file_name(self) -> str:
        """A name for saving; no personal data in it."""
        return f"{self.programme.code}-{self.table.period.ends_on:%Y-%m-%d}.esf.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        return {
            "table": self.table, "programme": self.programme, "period": self.table.period, "columns": COLUMNS,
            "printed_on": timezone.localdate(), "centres": list(self.programme.centres.all()), "definitions": self._definitions(),
        }  # fmt: skip

    def _definitions(self) -> list[tuple[str, str]]:
        """The codes that are counted by the same words, and these words."""
        codes: dict[str, list[str]] = {}
        for part in self.table.parts:
            for row in part.rows:
                codes.setdefault(f"{row.definition} {row.note}".strip(), []).append(row.label)
        return [(", ".join(labels), words) for words, labels in codes.items()]


def _bars(table: Table) -> list[tuple[Slice, SafeString]]:
    return [(piece, paper_bar(piece.count, table.largest)) for piece in table.slices]
