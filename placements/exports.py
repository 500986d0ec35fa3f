"""The list of placements as a spreadsheet: every text a string, never a formula or a link; written row by row."""

import io
from collections.abc import Collection
from datetime import date

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from iqquadrat.core.downloads import LONG_LIST
from placements.models import Placement
from placements.models.placement import PlacementQuerySet


def placements_workbook(rows: PlacementQuerySet, *, named: Collection[int]) -> bytes:
    """Return a spreadsheet of these placements; needs ``with_stage``. Clients who are not in ``named`` appear by their number."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, LONG_LIST)
    sheet, bold = book.add_worksheet(_("List")), book.add_format({"bold": True})
    head = [
        _("Number"), _("Name"), _("Vacancy"), _("Employer"), _("Field of work"), _("Step"), _("Last step on"), _("Started as"), _("Start"),
        _("End"), _("Counsellor"),
    ]  # fmt: skip
    sheet.set_column(0, len(head) - 1, 22)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    found = rows.select_related("client__counsellor", "vacancy__business")
    for row, placement in enumerate(found.iterator(chunk_size=2000), start=1):
        for column, value in enumerate(_cells(placement, named)):
            sheet.write_string(row, column, value)
    book.close()
    return file.getvalue()


def _cells(placement: Placement, named: Collection[int]) -> list[str]:
    client, vacancy = placement.client, placement.vacancy
    return [
        client.number, client.written_name if client.pk in named else "", vacancy.title, vacancy.employer,
        str(vacancy.get_field_of_work_display()), placement.stage_label, _day(timezone.localdate(placement.stage_at)),
        str(placement.get_category_display()), _day(placement.started_on), _day(placement.ended_on),
        client.counsellor.get_full_name() if client.counsellor else "",
    ]  # fmt: skip


def _day(day: date | None) -> str:
    return date_format(day, "SHORT_DATE_FORMAT") if day else ""
