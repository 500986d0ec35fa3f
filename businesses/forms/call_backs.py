"""What came of calling a business that was interviewed."""

from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses.enums import CallBackOutcome
from businesses.models import CallBack
from businesses.models.followup import LONGEST_MINUTES
from iqquadrat.core.fields import LineField, WholeNumberField


class CallBackForm(forms.Form):
    """One of several on a page: its fields carry the number of the call-back."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "–"), *CallBackOutcome.choices])
    minutes = WholeNumberField(
        label=_("Minutes as remembered"), min_value=1, max_value=LONGEST_MINUTES, required=False
    )
    note = LineField(label=_("Note"), max_length=500, required=False)

    @classmethod
    def of(cls, call_back: CallBack) -> Self:
        """The form with what was noted already."""
        noted = {"outcome": call_back.outcome, "minutes": call_back.minutes, "note": call_back.note}
        return cls(initial=noted, prefix=str(call_back.pk))
