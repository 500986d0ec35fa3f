"""Input of the editor."""

from iqquadrat.questionnaires.draft_forms.conditions import ConditionForm, TextForm
from iqquadrat.questionnaires.draft_forms.fields import DraftForm
from iqquadrat.questionnaires.draft_forms.lists import ChoiceForm, NewChoiceForm, NewListForm
from iqquadrat.questionnaires.draft_forms.questions import NewQuestionForm, QuestionForm
from iqquadrat.questionnaires.draft_forms.sections import NewSectionForm, SectionForm, TitleForm

__all__ = [
    "ChoiceForm",
    "ConditionForm",
    "DraftForm",
    "NewChoiceForm",
    "NewListForm",
    "NewQuestionForm",
    "NewSectionForm",
    "QuestionForm",
    "SectionForm",
    "TextForm",
    "TitleForm",
]
