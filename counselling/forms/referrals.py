"""A referral with the consent it needs, and the filters of the list."""

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.enums import Direction
from counselling.forms.fields import DayField, submission_field, with_empty
from counselling.models import Client, Institution, Topic
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, records_field


class ReferralForm(forms.Form):
    """Where to, why, and what may be passed on."""

    submission = submission_field()
    consultation = forms.UUIDField(widget=forms.HiddenInput, required=False)
    direction = forms.ChoiceField(
        label=_("Direction"), choices=Direction.choices, initial=Direction.TO, widget=forms.RadioSelect
    )
    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), empty_label=cast("str", _("please choose"))
    )  # fmt: skip
    topic = forms.ModelChoiceField(
        label=_("Topic"), queryset=Topic.objects.none(), required=False, to_field_name="key",
        empty_label=cast("str", _("no topic")),
    )  # fmt: skip
    on = DayField(label=_("On"))
    passed_on = LineField(
        label=_("What is passed on"), max_length=300, required=False,
        help_text=_("For example name and phone. Leave it empty if the client goes there alone with the address."),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label=_("The client agrees that this is passed on to this institution"), required=False
    )
    explained_in = forms.ChoiceField(
        label=_("Explained in"), choices=with_empty(enums.SpokenLanguage.choices, _("please choose")), required=False
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, client: Client, **kwargs: Any) -> None:
        language = client.reading_language or next(iter(client.spoken_languages), "de")
        kwargs["initial"] = {"on": timezone.localdate(), "explained_in": language} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        records_field(self, "institution").queryset = Institution.objects.visible_to(user).in_use()
        records_field(self, "topic").queryset = Topic.objects.filter(retired_at__isnull=True)
        self.helper = SheetHelper(
            "submission", "consultation", "institution", "direction", Together(_("Why"), "topic", "on"),
            "passed_on", "agreed", "explained_in",
        )  # fmt: skip

    def clean_on(self) -> Any:
        """A referral that is still to come is a next step, no referral."""
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return day

    def clean(self) -> dict[str, Any]:
        """Nothing is passed on without a yes, in a language that was understood."""
        data = super().clean() or {}
        if data.get("direction") == Direction.FROM:
            data["passed_on"] = ""
        if data.get("passed_on"):
            if not data.get("agreed"):
                self.add_error("agreed", _("Without the client's consent nothing may be passed on."))
            if not data.get("explained_in"):
                self.add_error("explained_in", _("Please choose the language in which this was explained."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        names = ("direction", "institution", "topic", "on", "passed_on", "explained_in", "submission")
        return {name: self.cleaned_data[name] for name in names}


class ReferralFilterForm(forms.Form):
    """Which referrals: to be asked about, open, arrived; where to."""

    SHOW = [
        ("", _("all")), ("ask", _("to be asked now")), ("open", _("not asked yet")), *enums.Arrived.choices,
    ]  # fmt: skip
    show = forms.ChoiceField(label=_("Arrived"), required=False, choices=SHOW)
    institution = forms.ModelChoiceField(
        label=_("Institution"), required=False, queryset=Institution.objects.none(), empty_label=cast("str", _("all"))
    )  # fmt: skip

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        records_field(self, "institution").queryset = Institution.objects.visible_to(user)
