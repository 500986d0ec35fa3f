"""Hours of a volunteer, and the filters of the list."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import DayField, revision_field, submission_field, with_empty
from counselling.models import VolunteerWork
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, name_records, records_field
from iqquadrat.core.text import latin_digits

LONGEST = 24 * 60
MOST_CHARACTERS = 10


class DurationField(LineField):
    """Hours as people write them: 2, 2,5, 2.5 or 2:30, in the digits of any script. Cleans to minutes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_CHARACTERS, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = latin_digits(super().to_python(value)).replace(",", ".").replace("٫", ".")
        if not text:
            return None
        minutes = _minutes(text)
        if minutes is None or not 1 <= minutes <= LONGEST:
            raise ValidationError(_("Please enter hours like 2, 2.5 or 2:30."), code="invalid")
        return minutes

    def run_validators(self, value: Any) -> None:
        """The checks of length and characters were made on the text."""


def _minutes(text: str) -> int | None:
    if len(text) > MOST_CHARACTERS:
        return None  # thousands of digits are no number that could be counted with
    whole, colon, rest = text.partition(":")
    if not text.replace(".", "", 1).replace(":", "", 1).isascii():
        return None
    if colon:
        if not (whole.isdecimal() and rest.isdecimal() and len(rest) == 2 and int(rest) < 60):
            return None
        return int(whole) * 60 + int(rest)
    whole, dot, rest = text.partition(".")
    if not whole.isdecimal() or (dot and not rest.isdecimal()):
        return None
    return round(float(text) * 60)


class VolunteerWorkForm(forms.Form):
    """Who gave how much time, on which day, with what."""

    NAMES = ("user", "name", "on", "minutes", "activity", "note")

    submission = submission_field()
    user = forms.ModelChoiceField(
        label=_("With an account"), queryset=User.objects.none(), required=False,
        empty_label=cast("str", _("without an account")),
    )  # fmt: skip
    name = LineField(
        label=_("Name or pseudonym"), max_length=120, required=False,
        widget=forms.TextInput(attrs={"list": "known-volunteers"}),
    )  # fmt: skip
    on = DayField(label=_("Day"))
    minutes = DurationField(label=_("Hours"), widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    activity = forms.ChoiceField(
        label=_("Activity"), choices=with_empty(enums.VolunteerActivity.choices, _("please choose"))
    )
    note = LineField(label=_("Note"), max_length=200, required=False, help_text=_("Nothing about clients."))

    def __init__(self, *args: Any, by: User, record: VolunteerWork | None = None, **kwargs: Any) -> None:
        if record is not None:
            kwargs["initial"] = {name: getattr(record, name) for name in self.NAMES} | {
                "user": record.user_id, "minutes": record.duration, "revision": record.revision,
            }  # fmt: skip
        else:
            kwargs["initial"] = {"on": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        kept = Q(pk=record.user_id) if record is not None else Q()
        team = User.objects.filter(Q(is_active=True) | kept, centre_id=by.centre_id)
        records_field(self, "user").queryset = team.order_by("family_name", "given_name", "pk")
        name_records(self, "user", User.get_full_name)
        if record is not None:
            del self.fields["submission"]
            self.fields["revision"] = revision_field()
        self.helper = SheetHelper(
            "submission" if record is None else "revision", Together(_("Who"), "name", "user"),
            Together(_("When"), "on", "minutes"), "activity", "note",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The volunteer is an account or a name, one of both."""
        data = super().clean() or {}
        if (
            "name" not in self.errors
            and "user" not in self.errors
            and bool(data.get("user")) == bool(data.get("name"))
        ):
            self.add_error(
                "name",
                ValidationError(_("Please enter a name, or choose an account; one of both."), code="who"),
            )
        return data

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in self.NAMES}


class VolunteerFilterForm(forms.Form):
    """Which hours."""

    begin = DayField(label=_("From"), required=False)
    end = DayField(label=_("To"), required=False)
    activity = forms.ChoiceField(
        label=_("Activity"), choices=with_empty(enums.VolunteerActivity.choices, _("all")), required=False
    )
    name = LineField(label=_("Who"), max_length=120, required=False, widget=forms.SearchInput)
