"""What is typed on the pages of a profile."""

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from competence.enums import AssessmentState, EvidenceClassChoice
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, choice_field


class ConfirmationForm(forms.Form):
    """Confirm or annotate one line of the work fields."""

    evidence = forms.TypedChoiceField(label=_("Evidence"), choices=EvidenceClassChoice, coerce=int)
    years = WholeNumberField(label=_("Years, as confirmed"), max_value=70, required=False)
    note = LineField(label=_("Note"), max_length=300, required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0, max_value=2**31 - 1)

    helper = SheetHelper("evidence", "years", "note", "revision")


class RemarkForm(forms.Form):
    """What the client says about the profile."""

    text = LineField(label=_("The client says"), max_length=500)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    helper = SheetHelper("text", "submission")


class SetAsideForm(forms.Form):
    """Why the language evidence is left out of the talk."""

    reason = ParagraphField(label=_("Reason"), max_length=500)

    helper = SheetHelper("reason")


class AssessmentFilterForm(forms.Form):
    """Which assessments the list shows."""

    state = forms.ChoiceField(label=_("State"), required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        languages = [(code, name) for code, name in settings.LANGUAGES if code in settings.CLIENT_LANGUAGES]
        choice_field(self, "state").choices = [("", _("all")), *AssessmentState.choices]
        choice_field(self, "language").choices = [("", _("all")), *languages]
