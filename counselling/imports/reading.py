"""Reading an uploaded file of ours: which sheet of a workbook is meant."""

from counselling.enums import ImportKind
from counselling.models import ImportRun
from iqquadrat.core.background import Beat
from iqquadrat.core.importing import reading

# The sheet of our own template for this kind has this word in its name.
SHEETS = {ImportKind.CLIENTS: "person", ImportKind.CONSULTATIONS: "beratung"}


def stage(run: ImportRun, beat: Beat) -> None:
    """Read the file of this run into rows, and delete it. Raises ``UnreadableError``."""
    reading.stage(run, beat, sheet=SHEETS[ImportKind(run.kind)])
