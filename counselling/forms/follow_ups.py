"""A next step: noted on the client's page, changed, given to a colleague."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, revision_field, submission_field
from counselling.models import FollowUp
from counselling.queries import who_may_read
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, records_field


class FollowUpForm(forms.Form):
    """What, and until when."""

    submission = submission_field()
    text = LineField(label=_("Next step"), max_length=300)
    due_on = DayField(label=_("Due on"))


class FollowUpEditForm(forms.Form):
    """What, until when, and by whom: one of those who may read the file."""

    FACTS = ("text", "due_on", "assigned_to")

    text = LineField(label=_("Next step"), max_length=300)
    due_on = DayField(label=_("Due on"))
    assigned_to = forms.ModelChoiceField(label=_("Who does it"), queryset=User.objects.none())
    revision = revision_field()

    def __init__(self, data: Any = None, *, record: FollowUp) -> None:
        stored = {name: getattr(record, name) for name in ("text", "due_on", "revision")}
        stored["assigned_to"] = record.assigned_to_id
        super().__init__(data, initial=stored)
        able = Q(pk__in=[user.pk for user in who_may_read(record.client)]) | Q(pk=record.assigned_to_id)
        records_field(self, "assigned_to").queryset = User.objects.filter(able)
        records_field(self, "assigned_to").empty_label = None
        self.helper = SheetHelper("revision", "text", "due_on", "assigned_to")

    def facts(self) -> dict[str, Any]:
        """Return what the service takes."""
        return {name: self.cleaned_data[name] for name in self.FACTS}
