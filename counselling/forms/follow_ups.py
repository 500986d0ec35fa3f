"""A next step, noted on the client's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, submission_field
from iqquadrat.core.fields import LineField


class FollowUpForm(forms.Form):
    """What, and until when."""

    submission = submission_field()
    text = LineField(label=_("Next step"), max_length=300)
    due_on = DayField(label=_("Due on"))
