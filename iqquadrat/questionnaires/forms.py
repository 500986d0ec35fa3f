"""Input of the questionnaire pages."""

from typing import Any, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.forms import StackedHelper, choice_field
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import GERMAN
from iqquadrat.questionnaires.texts import text


class WorkbookForm(forms.Form):
    """A workbook to take in."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("An XLSX file as you download it here. It is taken in as a whole or not at all."),
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
    )
    helper = StackedHelper("file")


class ViewForm(forms.Form):
    """Which part is shown beside which language."""

    language = forms.ChoiceField(label=_("Language"), required=False)
    section = forms.ChoiceField(label=_("Part"), required=False)

    def __init__(self, *args: Any, version: Version, begun: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        choice_field(self, "language").choices = [(code, names[code]) for code in begun if code != GERMAN]
        choice_field(self, "section").choices = [
            (section.key, text(section, "title", GERMAN)) for section in version.ordered_sections
        ]

    def chosen(self, name: str) -> str:
        """The chosen value, or the first one there is."""
        choices: list[tuple[str, Any]] = list(cast("Any", self.fields[name]).choices)
        value = self.cleaned_data.get(name, "") if self.is_valid() else ""
        return str(value or (choices[0][0] if choices else ""))
