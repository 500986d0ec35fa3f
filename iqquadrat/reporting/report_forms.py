"""Input about frozen reports: what to count, why one goes back, to whom one went."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, submission_field
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import Section, SheetHelper, Together, records_field
from iqquadrat.reporting.models import FrozenReport, Programme

# Reports that a new one can replace, in the list; an older one is reached by its own page.
MOST_OFFERED = 12


def _identifier(typed: object) -> UUID | None:
    try:
        return UUID(str(typed))
    except ValueError:
        return None


class ReportForm(forms.Form):
    """Of which programme and which days a report is counted; whether it replaces an earlier one."""

    submission = submission_field()
    programme = forms.ModelChoiceField(
        label=_("Programme"), queryset=Programme.objects.none(), to_field_name="code", empty_label=None
    )
    starts_on = DayField(label=_("from"))
    ends_on = DayField(label=_("to"))
    replaces = forms.ModelChoiceField(
        label=_("Replaces"), queryset=FrozenReport.objects.none(), to_field_name="public_id", required=False,
        empty_label=_("no earlier report"),
    )  # fmt: skip

    helper = SheetHelper(
        "submission",
        Section(_("What is counted"), "programme", Together(_("Days"), "starts_on", "ends_on")),
        Section(_("Corrected version"), "replaces"),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records_field(self, "programme").queryset = Programme.objects.visible_to(user)
        earlier = FrozenReport.objects.visible_to(user).without_content().exclude(sha256="")
        recent = earlier.order_by("-created_at").values_list("pk", flat=True)[:MOST_OFFERED]
        chosen = self.data.get("replaces") or self.initial.get("replaces")
        offered = earlier.filter(Q(pk__in=list(recent)) | Q(public_id=_identifier(chosen)))
        records_field(self, "replaces").queryset = offered.select_related("programme")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        programme, first, last = data.get("programme"), data.get("starts_on"), data.get("ends_on")
        if not (programme and first and last):
            return data
        if last < first:
            self.add_error("ends_on", _("The end lies before the beginning."))
        elif first < programme.starts_on or last > programme.ends_on:
            self.add_error("starts_on", _("These days do not all lie within the programme."))
        elif last > timezone.localdate():
            self.add_error("ends_on", _("This day is not over yet."))
        elif (replaces := data.get("replaces")) and replaces.programme_id != programme.pk:
            self.add_error("replaces", _("This report is about another programme."))
        return data


class SendBackForm(forms.Form):
    """Why a draft goes back."""

    helper = SheetHelper("reason")

    reason = ParagraphField(label=_("Reason"), rows=3, max_length=500, min_length=10)


class HandInForm(forms.Form):
    """On which day an approved report went to whom."""

    helper = SheetHelper("on", "to")

    on = DayField(label=_("Handed in on"))
    to = LineField(
        label=_("Handed in to"),
        max_length=200,
        help_text=_("The office of the funder; no person's name is needed."),
    )

    def clean_on(self) -> Any:
        """What lies ahead has not been handed in."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return day
