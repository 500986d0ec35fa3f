"""Input of the translation desk."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import StackedHelper, choice_field
from iqquadrat.questionnaires.checking import LENGTHS
from iqquadrat.questionnaires.desk import parts_of
from iqquadrat.questionnaires.enums import TextStatus
from iqquadrat.questionnaires.models import Version
from iqquadrat.questionnaires.specification import GERMAN

_ALL = ("", pgettext_lazy("texts", "all"))


class DeskFilterForm(forms.Form):
    """Which texts of a language are on the desk."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[_ALL, *TextStatus.choices])
    part = forms.ChoiceField(label=_("Part"), required=False)
    sound = forms.ChoiceField(
        label=_("Recording"),
        required=False,
        choices=[
            ("", pgettext_lazy("texts", "all")),
            ("none", pgettext_lazy("recording", "missing")),
            ("old", pgettext_lazy("recording", "outdated")),
            ("there", pgettext_lazy("recording", "there")),
        ],
    )
    q = LineField(
        label=_("Search in texts"),
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )

    def __init__(self, *args: Any, version: Version, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "part").choices = [_ALL, *parts_of(version)]
        if language == GERMAN:
            del self.fields["state"]

    def wanted(self) -> dict[str, Any]:
        """What was chosen; what cannot be understood is left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class TextForm(forms.Form):
    """A translation. ``begin``: there is something to write, so the cursor waits in the field."""

    helper = StackedHelper("revision", "text")
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2_000_000_000)

    def __init__(
        self, *args: Any, field: str, language: str, rtl: bool, label: str, begin: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"] = ParagraphField(
            label=label, rows=8 if field == "intro" else 3, max_length=LENGTHS[field], required=False
        )
        self.fields["text"].widget.attrs |= {
            "lang": language, "dir": "rtl" if rtl else "ltr", "spellcheck": "true", "data-key": "e", "aria-keyshortcuts": "e",
        }  # fmt: skip
        if begin:
            self.fields["text"].widget.attrs["autofocus"] = True


class RecordingForm(forms.Form):
    """A recording of a text."""

    file = forms.FileField(
        label=_("Audio file"),
        help_text=_("OGG, WebM, MP3, M4A or WAV, at most 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".ogg,.opus,.webm,.mp3,.m4a,.wav,audio/*"}),
    )
