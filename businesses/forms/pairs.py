"""Two records that look like one business and are two: why, if somebody wants to say it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper


class ReallyTwoForm(forms.Form):
    """The reason, in a few words."""

    helper = SheetHelper("reason")

    reason = LineField(
        label=_("Reason"),
        required=False,
        help_text=_("For example: two cousins, each with a stall of the same name."),
    )
