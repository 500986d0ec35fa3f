"""A consent: in which language it was explained, and when."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import DayField
from counselling.models import Client
from iqquadrat.core.fields import LineField


class ConsentForm(forms.Form):
    """The client agrees."""

    purpose = forms.ChoiceField(choices=enums.Purpose.choices, widget=forms.HiddenInput)
    text_version = forms.CharField(max_length=20, widget=forms.HiddenInput)
    explained_in = forms.ChoiceField(label=_("Explained in"), choices=enums.SpokenLanguage.choices)
    given_on = DayField(label=_("Given on"))
    employer_name = LineField(label=_("Business"), max_length=200, required=False)

    def __init__(self, *args: Any, client: Client, **kwargs: Any) -> None:
        language = client.reading_language or next(iter(client.spoken_languages), "de")
        kwargs["initial"] = {"explained_in": language, "given_on": timezone.localdate()} | kwargs.get(
            "initial", {}
        )
        super().__init__(*args, **kwargs)
        if purpose := kwargs["initial"].get("purpose"):
            self.fields["explained_in"].widget.attrs |= {
                "hx-get": reverse("counselling:consent_text_part", args=[purpose]), "hx-target": f"#text-{purpose}",
                "hx-trigger": "change", "hx-swap": "innerHTML",
            }  # fmt: skip

    def clean_given_on(self) -> Any:
        """Nobody agrees tomorrow."""
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("purpose") == enums.Purpose.SHARE_WITH_EMPLOYER and not data.get("employer_name"):
            raise ValidationError({"employer_name": _("Please name the business.")}, code="required")
        if data.get("purpose") != enums.Purpose.SHARE_WITH_EMPLOYER:
            data["employer_name"] = ""
        return data
