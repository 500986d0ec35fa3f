"""Three survey waves of 5,000 units each: every page of the analysis, the board and the report, in seconds and queries.

    python -m benchmarks.long_waves [--units 5000] [--paper report.pdf]

Runs on the database that the settings name, in one transaction that is taken back in the end.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any


def main() -> None:
    """Make the waves, measure, and take them back."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--units", type=int, default=5000)
    parser.add_argument("--paper", type=Path, help="write the report there")
    wanted = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqquadrat.settings")
    import django

    django.setup()
    from django.db import transaction

    with transaction.atomic():
        try:
            _measure(wanted.units, wanted.paper)
        finally:
            transaction.set_rollback(True)


def _waves(units: int) -> list[Any]:
    from django.db import connection

    from iqquadrat.questionnaires.models import Version
    from tests.businesses.bulk_waves import register, usual, wave_of
    from tests.fixtures.people import CentreFactory

    version = Version.objects.published().get(questionnaire__key="business_survey")
    shops = register(CentreFactory(), units, streets=10, sections=3)

    def some(n: int) -> dict[str, Any] | None:
        return usual(n) if n % 3 else None

    waves = [wave_of(shops, version, some, months_ago=months) for months in (24, 12, 0)]
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the database does by itself once the rows are there
    return waves


def _measure(units: int, paper: Path | None) -> None:
    from django.utils import timezone

    from businesses.board import board_of
    from businesses.models import Unit
    from businesses.survey_analysis.chapters import KINDS, chapter_of
    from businesses.survey_analysis.comparison import comparison_of, earlier_waves, read_waves
    from businesses.survey_analysis.cuts import offered
    from businesses.survey_analysis.documents import AnalysisPaper
    from businesses.survey_analysis.reading import read_report
    from businesses.survey_analysis.rows import read_wave
    from iqquadrat import pdf

    last = _waves(units)[-1]
    for kind in KINDS:

        def chapter(kind: Any = kind) -> None:
            data = read_wave(last, kind.keys)
            parts = offered(data)
            chapter_of(kind, data, parts[0].cut if parts else None)

        _told(kind.key, chapter)
    _told("comparison", lambda: comparison_of(read_waves([last, *earlier_waves(last)])))
    _told("board", lambda: board_of(last, Unit.objects.filter(wave=last)))
    read = _told("report, read", lambda: read_report(last, lambda _done: None))
    drawn: bytes = _told("report, drawn", lambda: pdf.render(AnalysisPaper(read, timezone.now())))
    if paper:
        paper.write_bytes(drawn)


def _told(name: str, work: Callable[[], Any]) -> Any:
    """Do something and print what it cost."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    begun = time.monotonic()
    with CaptureQueriesContext(connection) as caught:
        result = work()
    print(f"{name:20} {time.monotonic() - begun:6.2f} s {len(caught):4} queries")
    return result


if __name__ == "__main__":
    main()
