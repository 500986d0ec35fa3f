"""Training places, talks, courses and the regulars' table."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import Channel, EventKind, NeedTopic, TrainingReason
from businesses.forms.fieldwork import DateInput, SubmissionForm
from businesses.models import Business
from businesses.models.advice import LONGEST_MINUTES
from businesses.models.events import MOST_HEADS
from iqquadrat.accounts.models import Centre
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import SheetHelper, Together, records_field


class MomentInput(forms.DateTimeInput):
    """Day and time by the browser's calendar."""

    input_type = "datetime-local"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M")


class TrainingPlaceForm(SubmissionForm):
    """A training place that did not exist before."""

    occupation = LineField(label=_("Occupation"), max_length=120, help_text=_("As in the training contract."))
    created_on = forms.DateField(label=_("Created on"), widget=DateInput, initial=timezone.localdate)
    reason = forms.ChoiceField(
        label=_("Counts because"), choices=TrainingReason.choices, widget=forms.RadioSelect
    )

    helper = SheetHelper("occupation", "created_on", "reason", "submission")


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

    helper = SheetHelper(
        Together(_("Talk"), "held_at", "minutes", "channel"),
        "languages",
        "topic",
        "content",
        "agreed",
        "submission",
    )

    def clean_held_at(self) -> Any:
        """A talk is noted after it was held."""
        held_at = self.cleaned_data["held_at"]
        if held_at > timezone.now() + timedelta(days=1):
            raise forms.ValidationError(_("This lies in the future."), code="future")
        return held_at


class EventForm(SubmissionForm):
    """A course, a regulars' table or an information event, and the businesses that came."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, initial=EventKind.REGULARS_TABLE)
    title = LineField(label=_("Title"))
    at = forms.DateTimeField(label=_("When"), widget=MomentInput, initial=timezone.localtime)
    place = LineField(label=_("Place"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=languages.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    head_count = WholeNumberField(label=_("Persons present"), max_value=MOST_HEADS)
    businesses = forms.ModelMultipleChoiceField(
        Business.objects.none(), label=_("Businesses that came"), required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}), help_text=_("One person of each is counted."),
    )  # fmt: skip

    helper = SheetHelper(
        "kind",
        "title",
        Together(_("Time and place"), "at", "place"),
        "languages",
        "head_count",
        "businesses",
        "submission",
    )

    def __init__(self, data: Any = None, *, centre: Centre) -> None:
        super().__init__(data)
        records_field(self, "businesses").queryset = (
            Business.objects.filter(centre=centre)
            .exclude(status="vacant")
            .order_by("sign_name", "legal_name")
        )
