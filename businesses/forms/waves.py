"""The life of a wave: other days, its sections, what was noted wrongly."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import WITHOUT_INTERVIEW, Disposition, RefusalReason
from businesses.forms.fieldwork import AT_A_DOOR, DateInput
from businesses.forms.places import RevisionForm
from businesses.models import ContactAttempt, Section, Wave
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, records_field


def surveyors_of(centre: Centre | int) -> Any:
    """Return those who may walk a section now."""
    return User.objects.filter(centre=centre, is_active=True, roles__contains=[Role.SURVEYOR])


class WaveEditForm(RevisionForm):
    """Name, days and photos of a wave; its list and its questions stay."""

    name = LineField(label=_("Name"), max_length=120)
    starts_on = forms.DateField(label=_("From"), widget=DateInput)
    ends_on = forms.DateField(label=_("Until"), widget=DateInput)
    with_photos = forms.BooleanField(
        label=_("Surveyors may photograph the shop signs"), required=False,
        help_text=_("One photo a business, kept for a year. Nobody may be recognisable on it."),
    )  # fmt: skip

    helper = SheetHelper("name", Together(_("Period"), "starts_on", "ends_on"), "with_photos", "revision")

    def __init__(self, data: Any = None, *, wave: Wave) -> None:
        names = ("name", "starts_on", "ends_on", "with_photos", "revision")
        super().__init__(data, initial={name: getattr(wave, name) for name in names})

    def clean(self) -> dict[str, Any]:
        """The end comes after the beginning."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", _("The end lies before the beginning."))
        return data


class PlanForm(forms.Form):
    """The sections that have a name and no surveyor in this wave yet: each gets one, all in one go."""

    def __init__(self, data: Any = None, *, wave: Wave, sections: Iterable[Section]) -> None:
        super().__init__(data, auto_id="plan_%s")
        self.sections = {f"section-{section.pk}": section for section in sections}
        # Asked once, however many sections there are.
        self.people = {str(user.pk): user for user in surveyors_of(wave.centre_id)}
        choices = [("", _("nobody yet")), *((pk, str(user)) for pk, user in self.people.items())]
        for name, section in self.sections.items():
            self.fields[name] = forms.ChoiceField(
                label=str(section), required=False, choices=choices,
                error_messages={"invalid_choice": _("This person may not walk a section any more. Please choose again.")},
            )  # fmt: skip

    def plan(self) -> dict[Section, User]:
        """What was chosen."""
        return {
            section: self.people[self.cleaned_data[name]]
            for name, section in self.sections.items()
            if self.cleaned_data[name]
        }


class HandOverForm(forms.Form):
    """Who goes on with it."""

    surveyor = forms.ModelChoiceField(
        User.objects.none(), label=_("New surveyor"), empty_label=_("please choose")
    )

    def __init__(self, data: Any = None, *, centre: Centre | int, without: int, name: str) -> None:
        super().__init__(data, auto_id=f"{name}_%s")
        records_field(self, "surveyor").queryset = surveyors_of(centre).exclude(pk=without)


class AttemptCorrectionForm(RevisionForm):
    """A visit or call as it should have been noted."""

    day = forms.DateField(label=_("Day"), widget=DateInput)
    time = forms.TimeField(label=_("Time"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    channel = forms.ChoiceField(label=_("How"), choices=AT_A_DOOR)
    disposition = forms.ChoiceField(
        label=_("Result"), choices=[(choice.value, choice.label) for choice in WITHOUT_INTERVIEW]
    )
    reason = forms.ChoiceField(label=_("Reason"), required=False, choices=[("", "–"), *RefusalReason.choices])
    note = LineField(label=_("Note"), required=False, max_length=500)

    helper = SheetHelper(
        Together(_("When"), "day", "time"), "channel", "disposition", "reason", "note", "revision"
    )

    def __init__(self, data: Any = None, *, attempt: ContactAttempt) -> None:
        names = ("channel", "disposition", "reason", "note", "revision")
        at = timezone.localtime(attempt.at).replace(second=0, microsecond=0)
        initial = {name: getattr(attempt, name) for name in names} | {"day": at.date(), "time": at.time()}
        super().__init__(data, initial=initial)
        self.attempt = attempt

    def clean(self) -> dict[str, Any]:
        """A refusal has its reason, and nothing else has one."""
        data = super().clean() or {}
        refused = data.get("disposition") == Disposition.REFUSAL
        if refused and not data.get("reason"):
            self.add_error("reason", _("Please choose why they refused."))
        if not refused:
            data["reason"] = ""
        if "day" in data and "time" in data:
            data["at"] = self._moment(data.pop("day"), data.pop("time"))
        return data

    def _moment(self, day: dt.date, time: dt.time) -> dt.datetime:
        """Not before the wave, not in the future; the very moment that was noted where its minute stayed."""
        at = timezone.make_aware(dt.datetime.combine(day, time))
        if at > timezone.now():
            self.add_error("day", _("This time has not come yet."))
        if day < self.attempt.unit.wave.starts_on:
            self.add_error("day", _("This lies before the first day of the wave."))
        noted = self.attempt.at
        return noted if noted.replace(second=0, microsecond=0) == at else at
