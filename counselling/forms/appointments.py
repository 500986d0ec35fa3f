"""An appointment in the day view."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import ClockField, DayField, revision_field, submission_field, with_empty
from counselling.models import Appointment, Client
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, Together


class AppointmentForm(forms.Form):
    """When, with whom, about what."""

    NAMES = ["minutes", "title", "language", "channel", "room"]

    submission = submission_field()
    client = forms.ModelChoiceField(
        label=_("With whom"), queryset=Client.objects.none(), to_field_name="public_id", required=False
    )
    day = DayField(label=_("Day"))
    time = ClockField(label=_("Begin"))
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=24 * 60, initial=45)
    title = LineField(label=_("Subject"), max_length=200, required=False)
    language = forms.ChoiceField(
        label=_("Language"), choices=with_empty(enums.SpokenLanguage.choices, _("as always")), required=False
    )
    channel = forms.ChoiceField(
        label=_("How"), choices=enums.Channel.choices, initial=enums.Channel.PERSON_PLANNED
    )
    room = LineField(label=_("Room"), max_length=60, required=False)

    def __init__(self, *args: Any, user: User, record: Appointment | None = None, **kwargs: Any) -> None:
        if record is not None:
            start = timezone.localtime(record.starts_at)
            stored = {name: getattr(record, name) for name in self.NAMES}
            stored |= {
                "day": start.date(), "time": start.time(), "revision": record.revision,
                "client": record.client.public_id if record.client else None,
            }  # fmt: skip
            kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.own(user)  # type: ignore[attr-defined]
        if record is not None:
            del self.fields["submission"]
            self.fields["revision"] = revision_field()
        self.helper = SheetHelper(
            "submission" if record is None else "revision",
            Field("client", template="counselling/includes/who_row.html"),
            Together(_("When"), "day", "time", "minutes"), "title", Together(_("How"), "channel", "language", "room"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors.keys() & {"client", "title"} and not data.get("client") and not data.get("title"):
            raise ValidationError({"title": _("Please choose a person or enter a subject.")}, code="required")
        if data.get("day") and data.get("time"):
            data["starts_at"] = timezone.make_aware(dt.datetime.combine(data["day"], data["time"]))
        return data

    def facts(self) -> dict[str, Any]:
        """Return the fields of ``Appointment`` as they are stored."""
        return {name: self.cleaned_data[name] for name in [*self.NAMES, "starts_at", "client"]}
