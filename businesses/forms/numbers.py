"""From which house number to which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses.models.places import HIGHEST_NUMBER


class NumbersForm(forms.Form):
    """A form with ``number_from`` and ``number_to``; empty ends mean the whole street."""

    def clean(self) -> dict[str, Any]:
        """Fill the ends; the second is not before the first."""
        data = super().clean() or {}
        data["number_from"] = data.get("number_from") or 1
        data["number_to"] = data.get("number_to") or HIGHEST_NUMBER
        if data["number_to"] < data["number_from"]:
            self.add_error("number_to", _("This number is smaller than the first one."))
        return data
