"""Choosing the branch of one business."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from businesses.forms.register import branch_choices
from businesses.models import WzBranch
from iqquadrat.core.forms import choice_field


class CodingForm(forms.Form):
    """One group of WZ 2008, as the proposals are; who codes by WZ 2025 does so on the form of the business."""

    branch = forms.TypedChoiceField(
        label=_("Branch"), coerce=int, error_messages={"required": _("Please choose a branch.")}
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="coding_%s")
        choice_field(self, "branch").choices = branch_choices(newer=False)

    def chosen(self) -> WzBranch:
        """The branch that was chosen."""
        return WzBranch.objects.get(pk=cast("int", self.cleaned_data["branch"]))
