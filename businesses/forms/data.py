"""What is asked for when survey data is taken out of the house."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses.models import Wave
from businesses.survey_data.bundle import Order
from businesses.survey_data.rows import INTERNAL, SCIENCE
from iqquadrat.core.forms import StackedHelper, choice_field

SCOPES = (
    (INTERNAL, _("for the house: all answers, with what was said in own words")),
    (SCIENCE, _("for science: without words, origin, surveyor; place and branch coarse")),
)
LANGUAGES = (("de", _("German")), ("en", _("English")))
TABLES = (("comma", _("comma")), ("semicolon", _("semicolon, for the German Excel")))


class SurveyDataForm(forms.Form):
    """Which waves, for whom, in which language."""

    waves = forms.MultipleChoiceField(label=_("Survey waves"), widget=forms.CheckboxSelectMultiple)
    scope = forms.ChoiceField(label=_("For whom"), choices=SCOPES, widget=forms.RadioSelect)
    language = forms.ChoiceField(
        label=_("Language of the labels"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    table = forms.ChoiceField(label=_("CSV files with"), choices=TABLES, widget=forms.RadioSelect)

    helper = StackedHelper("waves", "scope", "language", "table")

    def __init__(self, *args: Any, waves: Iterable[Wave], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._waves = {str(wave.public_id): wave for wave in waves}
        choice_field(self, "waves").choices = [(key, wave.name) for key, wave in self._waves.items()]

    @property
    def chosen_waves(self) -> list[Wave]:
        """The waves that were ticked."""
        return [self._waves[key] for key in self.cleaned_data["waves"]]

    @property
    def order(self) -> Order:
        """What was asked for."""
        return Order(
            scope=self.cleaned_data["scope"],
            language=self.cleaned_data["language"],
            semicolon=self.cleaned_data["table"] == "semicolon",
        )
