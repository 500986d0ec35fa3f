"""Questionnaires as XLSForm workbooks, the convention of ODK and KoboToolbox: translators work in a spreadsheet.

Standard columns carry what other tools understand; columns that begin with ``iq_`` carry the rest. Export, import, export gives
the same workbook, cell by cell.
"""

from iqquadrat.questionnaires.xlsform.exchange import Imported, export, import_workbook
from iqquadrat.questionnaires.xlsform.reading import Problem, WorkbookError, read_workbook
from iqquadrat.questionnaires.xlsform.writing import FormRow, write_workbook

__all__ = [
    "FormRow",
    "Imported",
    "Problem",
    "WorkbookError",
    "export",
    "import_workbook",
    "read_workbook",
    "write_workbook",
]
