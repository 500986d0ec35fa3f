"""Questionnaires in versions, their texts in ten languages, and what people answered."""

from iqquadrat.questionnaires.models.items import Choice, ChoiceList, Item, Section
from iqquadrat.questionnaires.models.recordings import Recording
from iqquadrat.questionnaires.models.responses import Answer, Response
from iqquadrat.questionnaires.models.texts import TextChange, TextState
from iqquadrat.questionnaires.models.versions import Questionnaire, Version
from iqquadrat.questionnaires.models.workbooks import PendingWorkbook

__all__ = [
    "Answer",
    "Choice",
    "ChoiceList",
    "Item",
    "PendingWorkbook",
    "Questionnaire",
    "Recording",
    "Response",
    "Section",
    "TextChange",
    "TextState",
    "Version",
]
