"""Which of two records is right, fact by fact."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.merging.facts import facts
from counselling.models import Client
from iqquadrat.core.fields import LineField
from iqquadrat.core.merge_forms import MergeFactsForm


class TwinSearchForm(forms.Form):
    """Who could be the same person?"""

    q = LineField(label=_("Name, number, phone"), max_length=200, required=False)


class MergeForm(MergeFactsForm):
    """The same for two records of one person."""

    def __init__(self, *args: Any, kept: Client, absorbed: Client, **kwargs: Any) -> None:
        super().__init__(*args, kept=kept, absorbed=absorbed, facts=facts(kept, absorbed), **kwargs)
