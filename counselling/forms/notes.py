"""A later word under a locked note, and the reason for opening a file in an emergency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import submission_field
from iqquadrat.core.fields import ParagraphField
from iqquadrat.core.forms import SheetHelper


class AddendumForm(forms.Form):
    """What is added."""

    helper = SheetHelper("submission", "text")

    submission = submission_field()
    text = ParagraphField(label=_("Addendum"), rows=3)


class BreakGlassForm(forms.Form):
    """Why the file has to be opened."""

    helper = SheetHelper("reason")

    reason = ParagraphField(
        label=_("Reason"), rows=3, max_length=500, min_length=10,
        help_text=_("The counsellor in charge reads this reason, with your name and the time."),
    )  # fmt: skip
