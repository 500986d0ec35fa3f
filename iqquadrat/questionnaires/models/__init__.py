"""Questionnaires in versions, their texts in ten languages, and what people answered."""

from iqquadrat.questionnaires.models.items import Choice, ChoiceList, Item, Section
from iqquadrat.questionnaires.models.responses import Answer, Response
from iqquadrat.questionnaires.models.texts import TextState
from iqquadrat.questionnaires.models.versions import Questionnaire, Version

__all__ = [
    "Answer",
    "Choice",
    "ChoiceList",
    "Item",
    "Questionnaire",
    "Response",
    "Section",
    "TextState",
    "Version",
]
