"""An appointment: when, with whom, how often."""

import datetime as dt
from typing import Any

from crispy_forms.layout import Field
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import (
    ClockField,
    DayField,
    revision_field,
    submission_field,
    typed_moment,
    with_empty,
)
from counselling.models import Appointment, Client
from counselling.models.appointment import MOST_REPEATS
from counselling.moments import weeks_later
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, Together, records_field


class AppointmentForm(forms.Form):
    """When, with whom, about what.

    ``counsellor`` is asked only of somebody who deputises: it may be the colleague in charge of the chosen person.
    """

    EVERY = [("1", _("every week")), ("2", _("every second week")), ("4", _("every fourth week"))]
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
    counsellor = forms.ModelChoiceField(label=_("Who counsels"), queryset=User.objects.none(), required=False)
    times = WholeNumberField(
        label=_("How often"), min_value=1, max_value=MOST_REPEATS, initial=1, required=False
    )
    every = forms.ChoiceField(label=_("At what interval"), choices=EVERY, required=False)
    anyway = forms.BooleanField(label=_("Enter it all the same"), required=False)

    def __init__(self, *args: Any, user: User, record: Appointment | None = None, **kwargs: Any) -> None:
        self.user, self.record = user, record
        if record is not None:
            start = timezone.localtime(record.starts_at)
            stored = {name: getattr(record, name) for name in self.NAMES}
            stored |= {
                "day": start.date(), "time": start.time(), "revision": record.revision,
                "client": record.client.public_id if record.client else None, "counsellor": record.counsellor_id,
            }  # fmt: skip
            kwargs["initial"] = stored | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        records_field(self, "client").queryset = Client.objects.own(user)
        with_whom = self._offer_counsellors()
        if record is not None:
            for name in ("submission", "times", "every"):
                del self.fields[name]
            self.fields["revision"] = revision_field()
        self.helper = SheetHelper(
            "submission" if record is None else "revision",
            Field("client", template="counselling/includes/who_row.html"),
            *with_whom, Together(_("When"), "day", "time", "minutes"), "title", Together(_("How"), "channel", "language", "room"),
            *([] if record is not None else [Together(_("Repeat"), "times", "every")]),
        )  # fmt: skip

    def _offer_counsellors(self) -> list[str]:
        """Offer those in whose name the user may enter appointments; nothing to choose, nothing to ask."""
        keys = {self.user.pk, self.record.counsellor_id if self.record else self.user.pk}
        keys |= set(
            Client.objects.own(self.user).order_by().values_list("counsellor_id", flat=True).distinct()
        )
        if len(keys) == 1:
            del self.fields["counsellor"]
            return []
        choice = records_field(self, "counsellor")
        choice.queryset = User.objects.visible_to(self.user).filter(pk__in=keys)
        choice.empty_label = _("myself")
        return ["counsellor"]

    def ask_again(self) -> None:
        """Offer to enter it in spite of what stands at the same time."""
        self.helper.layout.append("anyway")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors.keys() & {"client", "title"} and not data.get("client") and not data.get("title"):
            raise ValidationError({"title": _("Please choose a person or enter a subject.")}, code="required")
        if data.get("day") and data.get("time"):
            stored = self.record.starts_at if self.record else None
            data["starts_at"] = typed_moment(data["day"], data["time"], field="time", stored=stored)
        self._check_counsellor(data)
        return data

    def _check_counsellor(self, data: dict[str, Any]) -> None:
        chosen, client = data.get("counsellor"), data.get("client")
        if chosen is None or chosen.pk == self.user.pk or (client and client.counsellor_id == chosen.pk):
            return
        unchanged = self.record and self.record.counsellor_id == chosen.pk
        if not (unchanged and (client.pk if client else None) == self.record.client_id):  # type: ignore[union-attr]
            raise ValidationError(
                {
                    "counsellor": _(
                        "You can enter appointments of colleagues for the persons in their charge."
                    )
                },
                code="not_in_charge",
            )

    def facts(self) -> dict[str, Any]:
        """Return what the services take."""
        data = self.cleaned_data
        chosen = data.get("counsellor") or (
            self.user if self.record is None or "counsellor" in self.fields else self.record.counsellor
        )
        return {name: data[name] for name in [*self.NAMES, "starts_at", "client"]} | {"counsellor": chosen}

    def repetition(self) -> dict[str, int]:
        """Return how often and how many weeks apart."""
        data = self.cleaned_data
        return {"times": data.get("times") or 1, "every": int(data.get("every") or 1)}

    def moments(self) -> list[tuple[dt.datetime, int]]:
        """Return begin and minutes of all that would be entered."""
        first, minutes, rhythm = (
            self.cleaned_data["starts_at"],
            self.cleaned_data["minutes"],
            self.repetition(),
        )
        return [(weeks_later(first, number * rhythm["every"]), minutes) for number in range(rhythm["times"])]
