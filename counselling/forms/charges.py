"""Who is in charge of a client, and who deputises."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.enums import ChargeKind
from counselling.forms.fields import DayField, revision_field, submission_field
from counselling.models import Charge, Client
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, records_field


def counsellors_of(user: User) -> Any:
    """Return the active counsellors of the user's centre."""
    return User.objects.filter(
        centre_id=user.centre_id, roles__contains=[Role.COUNSELLOR.value], is_active=True
    ).order_by("family_name", "given_name")


def reason_field() -> LineField:
    """Why the charge changes hands."""
    return LineField(
        label=_("Reason"),
        max_length=200,
        required=False,
        help_text=_("for example holiday or parental leave"),
    )


class _DaysForm(forms.Form):
    """From when, and until and including when."""

    since = DayField(label=_("From"))
    last_day = DayField(label=_("Until and including"), required=False, help_text=_("empty: without an end"))

    def clean(self) -> dict[str, Any]:
        """An end lies after the beginning."""
        data = super().clean() or {}
        since, last_day = data.get("since"), data.get("last_day")
        if since and last_day and last_day < since:
            raise ValidationError({"last_day": _("This day lies before the first one.")}, code="order")
        return data

    def until(self) -> dt.date | None:
        """The first day on which it no longer holds."""
        last_day = self.cleaned_data["last_day"]
        return last_day + dt.timedelta(days=1) if last_day else None


class DeputyForm(_DaysForm):
    """Somebody deputises."""

    submission = submission_field()
    user = forms.ModelChoiceField(
        label=_("Deputy"), queryset=User.objects.none(), empty_label=_("please choose")
    )
    reason = reason_field()

    def __init__(self, *args: Any, reader: User, client: Client, **kwargs: Any) -> None:
        kwargs["initial"] = {"since": timezone.localdate()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        records_field(self, "user").queryset = counsellors_of(reader).exclude(pk=client.counsellor_id)
        self.helper = SheetHelper("submission", "user", Together(_("When"), "since", "last_day"), "reason")

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        names = ("submission", "user", "since", "reason")
        return {name: self.cleaned_data[name] for name in names} | {"until": self.until()}


class ChargeForm(_DaysForm):
    """Correct a charge; the days of who is in charge follow from the handing over and stay."""

    reason = reason_field()

    def __init__(self, *args: Any, charge: Charge, **kwargs: Any) -> None:
        stored = {
            "since": charge.since, "last_day": charge.last_day, "reason": charge.reason, "revision": charge.revision,
        }  # fmt: skip
        super().__init__(*args, **{"initial": stored} | kwargs)
        self.fields["revision"] = revision_field()
        days: list[Any] = [Together(_("When"), "since", "last_day")]
        if charge.kind == ChargeKind.IN_CHARGE:
            del self.fields["since"], self.fields["last_day"]
            days = []
        self.helper = SheetHelper("revision", *days, "reason")

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        facts = {"revision": data["revision"], "reason": data["reason"]}
        return facts | ({"since": data["since"], "until": self.until()} if "since" in data else {})


class ReassignForm(forms.Form):
    """Another counsellor for a client."""

    helper = SheetHelper("counsellor", "reason")

    counsellor = forms.ModelChoiceField(label=_("In charge from today"), queryset=User.objects.none())
    reason = reason_field()

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records_field(self, "counsellor").queryset = counsellors_of(user)
