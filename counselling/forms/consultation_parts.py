"""Parts of the consultation's page: further persons, a referral made in the talk, and the clock."""

import re
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import with_empty
from counselling.models import Client, Consultation, Institution
from counselling.services.attendances import MOST_COMPANIONS
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import records_field

_CLOCK = re.compile(r"[0-9]{1,6};[0-9]{1,13};[01]")


class ClockStateField(forms.CharField):
    """How the clock stands: seconds counted; since when it runs (0: it stands); whether the minutes were typed. No input of people."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> str:
        return value if isinstance(value, str) and _CLOCK.fullmatch(value) else ""


class CompanionsPart(forms.Form):
    """Further persons in the same talk, and those of them who did not come."""

    companions = forms.ModelMultipleChoiceField(
        queryset=Client.objects.none(), to_field_name="public_id", required=False
    )
    absent = forms.ModelMultipleChoiceField(
        queryset=Client.objects.none(), to_field_name="public_id", required=False
    )

    def offer_companions(self, user: User) -> None:
        """Only own clients can be named."""
        for name in ("companions", "absent"):
            records_field(self, name).queryset = Client.objects.own(user)

    def clean_people(self, data: dict[str, Any], first: Client | None) -> None:
        """A first person before further ones; each once."""
        missing = set(data.get("absent") or [])
        named = [one for one in data.get("companions") or [] if one != first]
        if named and first is None and "client" not in self.errors:
            self.add_error(
                "companions", ValidationError(_("Please choose the first person above."), code="required")
            )
        if len(named) > MOST_COMPANIONS:
            self.add_error(
                "companions", ValidationError(_("These are too many persons for one talk."), code="many")
            )
        data["absent"] = [one for one in named if one in missing]
        data["companions"] = [one for one in named if one not in missing]

    def companion_rows(self) -> list[tuple[Client, bool]]:
        """The further persons chosen so far, each with whether they did not come."""
        chosen = [str(key) for key in self["companions"].value() or []]
        missing = {str(key) for key in self["absent"].value() or []}
        try:
            found = self.fields["companions"].clean(chosen)
        except ValidationError:
            return []
        return [(one, str(one.public_id) in missing) for one in found]


class ReferralPart(forms.Form):
    """Where to, what is passed on, and the consent that this needs."""

    refer_to = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), required=False,
        empty_label=cast("str", _("no referral")),
    )  # fmt: skip
    passed_on = LineField(label=_("What is passed on"), max_length=300, required=False)
    refer_agreed = forms.BooleanField(
        label=_("The client agrees that this is passed on to this institution"), required=False
    )
    explained_in = forms.ChoiceField(
        label=_("Explained in"), choices=with_empty(enums.SpokenLanguage.choices, _("please choose")), required=False
    )  # fmt: skip

    REFERRAL = ("refer_to", "passed_on", "refer_agreed", "explained_in")

    def offer_institutions(self, user: User) -> None:
        """The places of the centre's directory."""
        records_field(self, "refer_to").queryset = Institution.objects.visible_to(user).in_use()

    def clean_referral(self, data: dict[str, Any]) -> None:
        """Nothing is passed on without a yes, in a language that was understood."""
        place, passed_on = data.get("refer_to"), data.get("passed_on")
        if passed_on and place is None and "refer_to" not in self.errors:
            self.add_error("refer_to", ValidationError(_("Please choose the institution."), code="required"))
        if place is None:
            return
        if data.get("client") is None and "client" not in self.errors:
            self.add_error(
                "refer_to",
                ValidationError(_("A referral needs a person: please choose with whom."), code="required"),
            )
        if data.get("is_no_show"):
            self.add_error(
                "refer_to", ValidationError(_("Who did not come was not referred."), code="no_show")
            )
        if passed_on and not data.get("refer_agreed"):
            self.add_error(
                "refer_agreed",
                ValidationError(_("Without the client's consent nothing may be passed on."), code="consent"),
            )
        if passed_on and not data.get("explained_in"):
            self.add_error(
                "explained_in",
                ValidationError(
                    _("Please choose the language in which this was explained."), code="required"
                ),
            )

    def referral(self) -> dict[str, Any] | None:
        """What the service takes; None without a referral."""
        data = self.cleaned_data
        if not data.get("refer_to"):
            return None
        return {
            "institution": data["refer_to"], "passed_on": data["passed_on"], "explained_in": data["explained_in"],
        }  # fmt: skip


def stored_people(record: Consultation, user: User) -> list[str]:
    """Return the addresses of the further persons of a talk whom the user may see."""
    own = Client.objects.own(user).filter(attendances__consultation=record)
    return [str(key) for key in own.values_list("public_id", flat=True)]
