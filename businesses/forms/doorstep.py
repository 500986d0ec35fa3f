"""The six questions at the door."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import SinceBand, SizeBand, Told
from businesses.models.followup import EARLIEST_YEAR
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import StackedHelper


class DoorstepForm(forms.Form):
    """What somebody tells at the door who does not want an interview; every question may be left out, not all of them."""

    branch_words = LineField(label=_("1 What do you offer here?"), max_length=120, required=False)
    size_band = forms.ChoiceField(
        label=_("2 How many people work here, you included?"),
        choices=[("", "–"), *SizeBand.choices],
        required=False,
    )
    since_year = WholeNumberField(
        label=_("3 Since which year have you been here?"), min_value=EARLIEST_YEAR, required=False
    )
    since_band = forms.ChoiceField(
        label=_("or for about how long?"), choices=[("", "–"), *SinceBand.choices], required=False
    )
    languages = forms.MultipleChoiceField(
        label=_("4 Which languages are spoken in the shop?"),
        choices=languages.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    trains = forms.ChoiceField(
        label=_("5 Do you train apprentices?"), choices=[("", "–"), *Told.choices], required=False
    )
    come_again = forms.ChoiceField(
        label=_("6 May we come again later?"), choices=[("", "–"), *Told.choices], required=False
    )
    contact = LineField(label=_("Whom should we ask for, and how?"), max_length=120, required=False)

    helper = StackedHelper(
        "branch_words",
        "size_band",
        "since_year",
        "since_band",
        "languages",
        "trains",
        "come_again",
        "contact",
    )

    def clean_since_year(self) -> int | None:
        """Nobody is here since a year to come."""
        year: int | None = self.cleaned_data["since_year"]
        if year and year > timezone.localdate().year:
            raise forms.ValidationError(_("This year lies ahead."), code="future")
        return year

    def clean(self) -> dict[str, Any]:
        """One answer is enough, none is not."""
        data = super().clean() or {}
        if not self.errors and not any(data.values()):
            raise forms.ValidationError(
                _("No question is answered yet. One answer is enough; otherwise go on without the form."),
                code="empty",
            )
        return data
