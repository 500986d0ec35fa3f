"""Rows of the analysis: figures of the city in many years, reports of a wave."""

from businesses.models import AnalysisReport, CityFigure, Wave, WzBranch
from iqquadrat.accounts.models import Centre
from tests.rows.registry import Users, rows, store


@rows(Centre, makes=(CityFigure,))
def _city(centre: Centre, _users: Users, numbers: range) -> None:
    branches = list(WzBranch.objects.filter(level="division").order_by("version", "code")[:10])
    store(
        [
            CityFigure(
                centre=centre, branch=branches[n % 10], year=1990 + n // 10, units=100 + n, source="Amt für Statistik"
            )
            for n in numbers
        ]
    )  # fmt: skip


@rows(Wave, makes=(AnalysisReport,))
def _reports(wave: Wave, users: Users, numbers: range) -> None:
    store([AnalysisReport(wave=wave, created_by=users["coordinator"], state="ready", content=b"%PDF-") for _n in numbers])  # fmt: skip
