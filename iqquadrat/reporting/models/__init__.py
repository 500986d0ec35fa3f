"""The records of this room: programmes and closed periods, frozen reports and what of them is public."""

from iqquadrat.reporting.models.programmes import ClosedPeriod, LateChange, Programme, ProgrammeFunder, Target
from iqquadrat.reporting.models.reports import FrozenReport, PublishedReport, ReportFile

__all__ = [
    "ClosedPeriod",
    "FrozenReport",
    "LateChange",
    "Programme",
    "ProgrammeFunder",
    "PublishedReport",
    "ReportFile",
    "Target",
]
