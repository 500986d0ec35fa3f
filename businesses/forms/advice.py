"""Training places and talks with a business."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import RUNNING_NEEDS, Channel, NeedState, NeedTopic, TrainingEvidence, TrainingReason
from businesses.forms.fieldwork import DateInput, SubmissionForm
from businesses.models import Business, Need, TrainingPlace
from businesses.models.advice import LONGEST_MINUTES
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, Together, records_field


class MomentInput(forms.DateTimeInput):
    """Day and time by the browser's calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TrainingPlaceForm(SubmissionForm):
    """A training place that did not exist before; with ``place`` the correction of one as it was at its revision."""

    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )
    occupation = LineField(label=_("Occupation"), max_length=120, help_text=_("As in the training contract."))
    created_on = forms.DateField(label=_("Created on"), widget=DateInput, initial=timezone.localdate)
    reason = forms.ChoiceField(
        label=_("Counts because"), choices=TrainingReason.choices, widget=forms.RadioSelect
    )

    evidence = forms.ChoiceField(
        label=_("Known by"),
        choices=[("", _("not looked at yet")), *TrainingEvidence.choices],
        required=False,
        widget=forms.RadioSelect,
    )

    helper = SheetHelper("occupation", "created_on", "reason", "evidence", "submission", "revision")

    def __init__(self, data: Any = None, *, place: TrainingPlace | None = None) -> None:
        super().__init__(data)
        if place is not None:
            names = ("occupation", "created_on", "reason", "evidence", "revision")
            self.initial.update({name: getattr(place, name) for name in names})

    def clean_created_on(self) -> date:
        """What is to come has not been created."""
        day: date = self.cleaned_data["created_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This lies in the future."), code="future")
        return day

    def facts(self) -> dict[str, Any]:
        """What was entered, as the services take it."""
        return {name: self.cleaned_data[name] for name in ("occupation", "created_on", "reason", "evidence")}

    def rebase(self, revision: int) -> None:
        """Keep what was typed, and let it be saved on top of this revision: whoever sees it has seen the other version."""
        typed = cast("QueryDict", self.data).copy()
        typed["revision"] = str(revision)
        self.data = typed


class ConsultationForm(SubmissionForm):
    """A talk with a business."""

    held_at = forms.DateTimeField(label=_("When"), widget=MomentInput, initial=timezone.localtime)
    minutes = WholeNumberField(label=_("Minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=30)
    channel = forms.ChoiceField(label=_("How"), choices=Channel.choices, initial=Channel.ON_SITE)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    topic = forms.ChoiceField(label=_("Topic"), choices=NeedTopic.choices)
    content = ParagraphField(label=_("What it was about"), required=False)
    agreed = ParagraphField(label=_("What was agreed"), required=False)
    need = forms.ModelChoiceField(
        Need.objects.none(), label=_("About the need"), required=False, empty_label=_("none of the running ones"),
        to_field_name="public_id",
    )  # fmt: skip
    need_state = forms.ChoiceField(
        label=_("The need is now"),
        required=False,
        choices=[
            ("", _("as it was")),
            *(choice for choice in NeedState.choices if choice[0] != NeedState.OPEN),
        ],
    )
    follow_up_on = forms.DateField(
        label=_("Speak with them again on"), widget=DateInput, required=False,
        help_text=_("Appears on your day view until the next talk."),
    )  # fmt: skip

    helper = SheetHelper(
        Together(_("Talk"), "held_at", "minutes", "channel"),
        "languages",
        "topic",
        "content",
        "agreed",
        Together(_("Need"), "need", "need_state"),
        "follow_up_on",
        "submission",
    )

    def __init__(self, data: Any = None, *, business: Business, need: Need | None = None) -> None:
        super().__init__(data)
        # The same form sent twice may find that its need has just ended.
        open_today = Q(state__in=RUNNING_NEEDS) | Q(closed_on=timezone.localdate())
        needs = Need.objects.filter(open_today, business=business)
        records_field(self, "need").queryset = needs.order_by("topic", "pk")
        if need is not None:
            self.initial.update({"need": need, "topic": need.topic, "need_state": NeedState.IN_ADVICE})

    def clean(self) -> dict[str, Any]:
        """Only a need can be moved on."""
        data = super().clean() or {}
        if not data.get("need"):
            data["need_state"] = ""
        return data

    def clean_held_at(self) -> Any:
        """A talk is noted after it was held."""
        held_at = self.cleaned_data["held_at"]
        if held_at > timezone.now() + timedelta(days=1):
            raise forms.ValidationError(_("This lies in the future."), code="future")
        return held_at
