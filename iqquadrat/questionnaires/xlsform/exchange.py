"""Between stored versions and workbooks."""

from dataclasses import dataclass
from typing import IO

from iqquadrat.accounts.models import User
from iqquadrat.questionnaires import services
from iqquadrat.questionnaires.enums import Origin
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.storing import specification_of
from iqquadrat.questionnaires.xlsform.reading import read_workbook
from iqquadrat.questionnaires.xlsform.writing import write_workbook


@dataclass(frozen=True)
class Imported:
    """What an import has done: made a new draft, or brought translations into the version that asks the same."""

    version: Version
    created: bool


def export(version: Version) -> bytes:
    """Return the workbook of a version that is in memory with its content."""
    return write_workbook(specification_of(version), number=version.number)


def import_workbook(file: IO[bytes], *, by: User | None) -> Imported:
    """Take a workbook in, all or nothing. Raises ``WorkbookError`` with every fault.

    When a version of the questionnaire (``form_id``) has the same structure and the same German, whatever its state, the workbook is
    a translator's work: its translations are brought into that version as drafts; an empty cell changes nothing. Otherwise it
    becomes a new draft version, which a coordinator publishes. The number in ``version`` is not read: versions count themselves.
    """
    version, created = services.store(specification=read_workbook(file), origin=Origin.WORKBOOK, by=by)
    return Imported(version, created)
