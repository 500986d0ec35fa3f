"""Input of this room: a proposal, a step, what became of a placement. Vacancies have a file of their own."""

from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, with_empty
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import Section, SheetHelper, records_field
from placements.enums import (
    OverrideReason,
    Situation,
    SituationSource,
    Stage,
)
from placements.models import RetentionCheck, Vacancy

PLEASE_CHOOSE = _("please choose")


class VacancyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the type checker only
    """An open vacancy by title and employer."""


class ProposalForm(forms.Form):
    """Propose a vacancy to a client of one's own. What the address or the other page has chosen already is shown as chosen."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    client = forms.ModelChoiceField(
        label=_("Client"), queryset=Client.objects.none(), to_field_name="public_id",
        error_messages={"required": _("Please choose one of your clients."), "invalid_choice": _("Please choose one of your clients.")},
    )  # fmt: skip
    vacancy = VacancyChoice(
        label=_("Vacancy"), queryset=Vacancy.objects.none(), to_field_name="public_id", empty_label=PLEASE_CHOOSE,
        error_messages={"required": _("Please choose an open vacancy."), "invalid_choice": _("Please choose an open vacancy.")},
    )  # fmt: skip
    stage = forms.ChoiceField(
        label=_("Step"), choices=[(step.value, step.label) for step in (Stage.WISH, Stage.PROPOSED, Stage.APPLIED)],
        initial=Stage.PROPOSED.value, widget=forms.RadioSelect,
        help_text=_("A wish needs no consent: the employer does not get to know of it."),
    )  # fmt: skip
    note = LineField(label=_("Note"), required=False, max_length=500)
    agreed = forms.BooleanField(
        label=_("The client agrees that this employer gets to know of them."), required=False,
        help_text=_("Explain it in a language the client understands. The consent is written down and can be withdrawn."),
    )  # fmt: skip
    explained_in = forms.ChoiceField(
        label=_("Explained in"), choices=settings.LANGUAGES, initial="de", required=False
    )
    match_reason = forms.ChoiceField(
        label=_("Proposed all the same, because"), choices=with_empty(OverrideReason.choices, PLEASE_CHOOSE), required=False,
    )  # fmt: skip

    def __init__(
        self, *args: Any, user: User, client: Client | None = None, needs_reason: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs_reason = needs_reason
        why = [Section(_("The checklist does not speak for it"), "match_reason")] if needs_reason else []
        self.helper = SheetHelper(
            "submission",
            "stage",
            *why,
            "note",
            Section(_("Consent to this employer"), "agreed", "explained_in"),
        )
        records_field(self, "client").queryset = Client.objects.own(user)
        open_ones = Vacancy.objects.visible_to(user).open().select_related("business").order_by("title", "pk")
        records_field(self, "vacancy").queryset = open_ones
        if client and client.reading_language in dict(settings.LANGUAGES):
            self.fields["explained_in"].initial = client.reading_language

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        # A wish is the client's own: it needs no other reason.
        if self.needs_reason and not data.get("match_reason") and data.get("stage") != Stage.WISH:
            self.add_error(
                "match_reason", _("Please say why: the checklist does not speak for this proposal.")
            )
        return data


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """What became of a placement some months after its start."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )
    situation = forms.ChoiceField(
        label=_("What does the person do now?"), choices=Situation.choices, widget=forms.RadioSelect
    )
    source = forms.ChoiceField(
        label=_("How do you know?"), required=False, choices=SituationSource.choices, widget=forms.RadioSelect,
    )  # fmt: skip
    asked_on = DayField(label=_("Asked on"))
    note = LineField(label=_("Note"), required=False, max_length=500)
    helper = SheetHelper("revision", "situation", "source", "asked_on", "note")

    class Meta:
        model = RetentionCheck
        fields = ["situation", "source", "asked_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = self.instance.revision
        if self.instance.asked_on is None:
            self.initial["asked_on"] = timezone.localdate()

    def clean_asked_on(self) -> Any:
        """An answer is of today or earlier, and not from before the window opens."""
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if day < self.instance.asks_from:
            raise ValidationError(
                _("Too early to tell: an answer counts from %(day)s on."),
                params={"day": date_format(self.instance.asks_from, "SHORT_DATE_FORMAT")},
            )
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        situation, day, ended = data.get("situation"), data.get("asked_on"), self.instance.placement.ended_on
        if situation == Situation.UNKNOWN:
            data["source"] = ""
        elif situation and not data.get("source") and "source" not in self.errors:
            self.add_error("source", _("Please say how you know."))
        if situation == Situation.SAME_JOB and day and ended and ended < day:
            self.add_error(
                "situation", _("The end of this work is recorded already. What does the person do now?")
            )
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the service writes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


__all__ = ["ProposalForm", "RetentionForm"]
