"""``manage.py report --programme CODE [--language de|en] [--pdf FILE] [--xlsx FILE] [--json FILE|-]``."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from iqquadrat import pdf
from iqquadrat.reporting.documents import FunderReport
from iqquadrat.reporting.exports import as_data
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.queries import count_report, period_of
from iqquadrat.reporting.spreadsheets import workbook


class Command(BaseCommand):
    """Count a programme's report and write it in the formats asked for."""

    help = "Count a programme's report from the records and write it as PDF, XLSX or JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--programme", required=True, metavar="CODE")
        parser.add_argument("--language", choices=("de", "en"), default="de")
        parser.add_argument("--pdf", metavar="FILE", type=Path)
        parser.add_argument("--xlsx", metavar="FILE", type=Path)
        parser.add_argument("--json", metavar="FILE", help="- writes to the standard output")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            known = ", ".join(Programme.objects.values_list("code", flat=True)) or "none"
            raise CommandError(
                f"There is no programme with the code “{options['programme']}”. Known: {known}."
            )
        with translation.override(options["language"]):
            report = count_report(programme, period_of(programme))
            if options["pdf"]:
                options["pdf"].write_bytes(pdf.render(FunderReport(report, options["language"])))
            if options["xlsx"]:
                options["xlsx"].write_bytes(workbook(report))
            if options["json"] or not (options["pdf"] or options["xlsx"]):
                self._write_json(as_data(report), options["json"] or "-")

    def _write_json(self, data: dict[str, Any], target: str) -> None:
        text = json.dumps(data, ensure_ascii=False, indent=2)
        if target == "-":
            self.stdout.write(text)
        else:
            Path(target).write_text(text + "\n", encoding="utf-8")
