"""The filters of the log, kept in the address."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from iqquadrat.accesslog.enums import Action
from iqquadrat.accounts.models import User

DATE = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LogFilter(forms.Form):
    """Person, action, period."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )
    action = forms.ChoiceField(label=_("Action"), required=False, choices=[("", _("all")), *Action.choices])
    starts_on = forms.DateField(label=_("From"), required=False, widget=DATE)
    ends_on = forms.DateField(label=_("Until"), required=False, widget=DATE)

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, forms.ModelChoiceField)  # noqa: S101 - narrows the type
        person.queryset = User.objects.visible_to(reader)

    def clean_ends_on(self) -> dt.date | None:
        """The last day there is has no day after it."""
        day: dt.date | None = self.cleaned_data["ends_on"]
        if day is not None and day.year > 9000:
            raise ValidationError(_("Please enter a date of our time."))
        return day

    def clean(self) -> dict[str, Any]:
        """A period begins before it ends."""
        data = super().clean() or self.cleaned_data
        starts_on, ends_on = data.get("starts_on"), data.get("ends_on")
        if starts_on and ends_on and starts_on > ends_on:
            raise ValidationError(_("The period ends before it begins."))
        return data
