"""Forms that every import has."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from iqquadrat.core.forms import choice_field


class ProblemFilterForm(forms.Form):
    """Which errors are shown."""

    column = forms.ChoiceField(label=_("Column"), required=False)

    def __init__(self, *args: Any, columns: list[tuple[str, str, int]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "column").choices = [
            ("", _("all")),
            *((place, f"{name or gettext('the whole row')} ({count})") for place, name, count in columns),
        ]
