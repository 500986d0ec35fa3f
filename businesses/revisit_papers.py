"""The list of those who are still wanted: as a table and on paper, to take along or to phone through."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from businesses.enums import Disposition
from businesses.models import Wave
from businesses.revisits import Line
from iqquadrat.core.downloads import LONG_LIST

# A list on paper is walked through in a day or two; the table holds all.
MOST_ON_PAPER = 400


def revisit_workbook(found: Iterable[Line]) -> bytes:
    """Return the list as a spreadsheet: every text a string, never a formula or a link."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, LONG_LIST)
    sheet, bold = book.add_worksheet(_("List")), book.add_format({"bold": True})
    head = [
        _("Street"), _("Door"), _("Business"), _("Trade"), _("Result so far"), _("Visits"), _("Last visit"), _("Tried at"), _("Still to try"),
        _("Phone"),
    ]  # fmt: skip
    sheet.set_column(0, len(head) - 1, 22)
    sheet.freeze_panes(1, 0)
    for column, title in enumerate(head):
        sheet.write_string(0, column, title, bold)
    for row, line in enumerate(found, start=1):
        for column, value in enumerate(cells(line)):
            sheet.write_string(row, column, value)
    book.close()
    return file.getvalue()


def cells(line: Line) -> list[str]:
    """The columns of one line."""
    business = line.unit.business
    premises = business.premises
    return [
        premises.street.name if premises else "", premises.door if premises else "", business.display_name,
        business.branch_words or (business.branch.name_de if business.branch else ""), result_words(line), str(len(line.visits)),
        date_format(timezone.localtime(line.last.at), "SHORT_DATETIME_FORMAT") if line.last else "",
        line.tried_words, line.still_words, line.phone,
    ]  # fmt: skip


def result_words(line: Line) -> str:
    """How the unit stands."""
    return str(Disposition(line.unit.disposition).label) if line.unit.disposition else _("not visited yet")


@dataclass(frozen=True)
class RevisitList:
    """The list on paper, door by door, with room for a note."""

    wave: Wave
    lines: list[Line]
    more: int
    language: str = "de"
    template: str = "businesses/revisit_list.html"

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("Phone and re-visits %(wave)s") % {"wave": self.wave.name}

    @property
    def file_name(self) -> str:
        """A name for saving."""
        return f"revisits-{timezone.localdate():%Y-%m-%d}.pdf"

    @property
    def context(self) -> dict[str, Any]:
        """What the template shows."""
        streets: dict[str, list[Line]] = {}
        for line in self.lines:
            premises = line.unit.business.premises
            streets.setdefault(premises.street.name if premises else _("without an address"), []).append(line)
        return {
            "wave": self.wave, "centre": self.wave.centre, "printed_on": timezone.localdate(), "streets": list(streets.items()),
            "number": len(self.lines), "more": self.more,
        }  # fmt: skip
