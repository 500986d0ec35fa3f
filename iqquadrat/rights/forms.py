"""What is typed on the pages of this room."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import DayField, submission_field
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from iqquadrat.core.forms import SheetHelper
from iqquadrat.core.retention import Clock
from iqquadrat.rights.enums import Asker, Outcome, RequestKind, Way


class RequestForm(forms.Form):
    """A client asks for something."""

    helper = SheetHelper("submission", "kind", "words", "asked_by", "way", "received_on")

    submission = submission_field()
    kind = forms.ChoiceField(label=_("The client wants to"), choices=RequestKind.choices)
    words = ParagraphField(label=_("What exactly"), rows=3, max_length=500, required=False)
    asked_by = forms.ChoiceField(label=_("Who asked"), choices=Asker.choices)
    way = forms.ChoiceField(label=_("How it was asked"), choices=Way.choices)
    received_on = DayField(
        label=_("Asked on"), initial=timezone.localdate,
        help_text=_("From this day on there is one month to answer."),
    )  # fmt: skip

    def clean_received_on(self) -> Any:
        """Nobody has asked tomorrow."""
        day = self.cleaned_data["received_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day lies in the future."), code="future")
        return day


class AnswerForm(forms.Form):
    """What came of it."""

    helper = SheetHelper("outcome", "words")

    outcome = forms.ChoiceField(label=_("Result"), choices=Outcome.choices)
    words = ParagraphField(label=_("In words"), rows=3, max_length=500, required=False)

    def clean(self) -> dict[str, Any]:
        """A client who is refused something learns why."""
        data = super().clean() or self.cleaned_data
        if data.get("outcome") in (Outcome.REFUSED, Outcome.PARTLY) and not data.get("words"):
            self.add_error("words", _("Please say why: the client has a right to know."))
        return data


class HoldForm(forms.Form):
    """Why a client's records must be kept."""

    helper = SheetHelper("reason", "until")

    reason = ParagraphField(label=_("Reason"), rows=2, max_length=300, min_length=10)
    until = DayField(
        label=_("Until"), required=False, help_text=_("Without a day it holds until it is lifted.")
    )

    def clean_until(self) -> Any:
        """A hold that is over holds nothing."""
        day = self.cleaned_data["until"]
        if day is not None and day < timezone.localdate():
            raise ValidationError(_("This day is over."), code="past")
        return day


class EraseForm(forms.Form):
    """The client's number, typed by hand."""

    helper = SheetHelper("number")

    number = LineField(label=_("Number of the client"), max_length=30)


class LanguageForm(forms.Form):
    """In which language something is printed."""

    language = forms.ChoiceField(label=_("Language"), choices=[])

    def __init__(self, *args: Any, languages: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["language"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - narrows the type
        field.choices = languages


class MonthsForm(forms.Form):
    """How many months a clock runs."""

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        kwargs["auto_id"] = f"id_{clock.key}_%s"
        super().__init__(*args, **kwargs)
        self.clock = clock
        self.fields["months"] = WholeNumberField(
            label=_("Months"), min_value=clock.least, max_value=clock.most
        )
        self.fields["months"].widget.attrs["class"] = "form-control"
