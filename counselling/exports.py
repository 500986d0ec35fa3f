"""Lists as spreadsheets: every text a string, never a formula or a link; written row by row, so memory stays flat."""

import io

import xlsxwriter
from django.utils.translation import gettext as _

from counselling.models.client import ClientQuerySet


def clients_workbook(clients: ClientQuerySet) -> bytes:
    """Return a spreadsheet of these clients. Rows go through temporary files; only the packed result is in memory."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "remove_timezone": True,
        },
    )
    sheet, bold = book.add_worksheet(_("List")), book.add_format({"bold": True})
    head = [
        _("Number"), _("Name"), _("Name in Latin letters"), _("Speaks"), _("District"), _("Work situation at entry"),
        _("In charge"), _("Phone"),
    ]  # fmt: skip
    sheet.set_column(0, len(head) - 1, 22)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for row, client in enumerate(clients.iterator(chunk_size=2000), start=1):
        values = [
            client.number, client.written_name, client.latin_name, ", ".join(client.spoken_labels), client.district,
            str(client.get_labour_market_status_display()), client.counsellor.get_full_name(), client.phone,
        ]  # fmt: skip
        for column, value in enumerate(values):
            sheet.write_string(row, column, value)
    book.close()
    return file.getvalue()
