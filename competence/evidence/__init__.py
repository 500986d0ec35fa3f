"""Evidence of German comprehension: what the switching between languages tells about reading, on one day, in one questionnaire.

Pure functions: the log of a response goes in, one code per question, counts, intervals and a careful statement come out.
Nothing here knows a database. The rules and their wording are those of the design page "Evidence of German comprehension".
"""

from competence.evidence.codes import LogMeasures, code_items
from competence.evidence.log import Event, Trace, read_log
from competence.evidence.marks import Contradictions, find_marks
from competence.evidence.model import (
    LEVELS,
    Circumstances,
    Code,
    CodedItem,
    Item,
    NoEvidence,
    OpenReason,
    Statement,
    Thresholds,
)
from competence.evidence.result import Evidence, LevelResult, Overall, OverallKind, evaluate
from competence.evidence.wilson import Interval, wilson

__all__ = [
    "LEVELS", "Circumstances", "Code", "CodedItem", "Contradictions", "Event", "Evidence", "Interval", "Item", "LevelResult",
    "LogMeasures", "NoEvidence", "OpenReason", "Overall", "OverallKind", "Statement", "Thresholds", "Trace", "code_items",
    "evaluate", "find_marks", "read_log", "wilson",
]  # fmt: skip
