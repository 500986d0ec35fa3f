"""A new version of a consent text, in every language at once; the correction of one."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from counselling.consents import ConsentText
from counselling.forms.fields import revision_field, submission_field
from iqquadrat.core.fields import ParagraphField
from iqquadrat.core.forms import SheetHelper


class ConsentVersionForm(forms.Form):
    """One text a language; German is needed, empty ones are left out."""

    submission = submission_field()

    def __init__(self, *args: Any, text: ConsentText, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = dict(settings.LANGUAGES)
        codes = [code for code, _name in settings.LANGUAGES]
        for code in codes:
            self.fields[f"text_{code}"] = ParagraphField(
                label=names[code], rows=4, max_length=3000, required=code == "de", initial=text.texts.get(code, ""),
            )  # fmt: skip
            self.fields[f"text_{code}"].widget.attrs |= {"lang": code, "dir": "auto"}
        self.helper = SheetHelper("submission", *(f"text_{code}" for code in codes))

    def texts(self) -> dict[str, str]:
        """What was typed, by language."""
        return {code: self.cleaned_data.get(f"text_{code}", "") for code, _name in settings.LANGUAGES}


class ConsentTextForm(forms.Form):
    """The text of one language."""

    helper = SheetHelper("revision", "text")

    revision = revision_field(least=0)
    text = ParagraphField(label=_("Text"), rows=6, max_length=3000)
