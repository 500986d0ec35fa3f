"""What is typed about an agreed goal."""

import calendar
import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from competence.enums import DuePrecision, GoalDoer, GoalKind, GoalState
from competence.models import AgreedGoal
from counselling.birth_dates import read_date
from counselling.enums import BirthPrecision
from counselling.forms.fields import DayField, PartDateField, revision_field, submission_field, with_empty
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together

GERMAN = "de"
_LATEST_YEAR = 2199
_CHOOSE = _("please choose")


def typed_due(due_on: dt.date, precision: str) -> str:
    """Return until when as it would be typed: ``15.3.2027``, or ``3/2027``."""
    if precision == DuePrecision.MONTH:
        return f"{due_on.month}/{due_on.year}"
    return f"{due_on.day}.{due_on.month}.{due_on.year}"


class DueField(PartDateField):
    """A day or a month; cleans to (day, precision). Of a month the last day counts."""

    def read(self, text: str) -> Any:
        read = read_date(text)
        if read is None or read[1] == BirthPrecision.YEAR or not 1900 <= read[0].year <= _LATEST_YEAR:
            raise ValidationError(
                _("Please enter a day like 15.3.2027 or a month like 3/2027."), code="invalid"
            )
        day, precision = read
        if precision == BirthPrecision.DAY:
            return day, DuePrecision.DAY
        return day.replace(day=calendar.monthrange(day.year, day.month)[1]), DuePrecision.MONTH


class GoalForm(forms.Form):
    """A goal in words, until when, who does it. The client's own words stand in the client's language, as typed."""

    kind = forms.ChoiceField(label=_("What about"), choices=with_empty(GoalKind.choices, _CHOOSE))
    text = LineField(
        label=_("Goal"), max_length=300, help_text=_("In the client's words, for example: I want to drive a forklift again.")
    )  # fmt: skip
    own_text = LineField(max_length=300, required=False)
    due = DueField(label=_("Until when"), help_text=_("A day or a month, for example 15.3.2027 or 3/2027."))
    done_by = forms.ChoiceField(label=_("Who does it"), choices=with_empty(GoalDoer.choices, _CHOOSE))

    def __init__(
        self, *args: Any, language: str, goal: AgreedGoal | None = None, prefix: str = "goal", **kwargs: Any
    ) -> None:
        stored: dict[str, Any] = {}
        if goal is not None:
            language = goal.own_language or language
            stored = {
                "kind": goal.kind, "text": goal.text, "own_text": goal.own_text, "done_by": goal.done_by,
                "due": typed_due(goal.due_on, goal.due_precision), "revision": goal.revision,
            }  # fmt: skip
        super().__init__(*args, **{"initial": stored, "auto_id": f"{prefix}_%s"} | kwargs)
        self.language = language
        mark = "submission" if goal is None else "revision"
        self.fields[mark] = submission_field() if goal is None else revision_field()
        self.fields["kind"].widget.attrs["autofocus"] = True  # where the form opens inside the profile
        self._offer_own_language()
        self.helper = SheetHelper(
            mark, "kind", "text", "own_text", Together(_("When and who"), "due", "done_by")
        )

    def _offer_own_language(self) -> None:
        if self.language == GERMAN:
            del self.fields["own_text"]
            return
        field = self.fields["own_text"]
        name = dict(settings.LANGUAGES).get(self.language, self.language)
        field.label = _("The same in %(language)s") % {"language": name}
        field.help_text = _(
            "As the client says or types it; it stands beside the German on the client's paper."
        )
        field.widget.attrs |= {"lang": self.language, "dir": "auto"}

    def facts(self) -> dict[str, Any]:
        """Return what the services write."""
        data = self.cleaned_data
        due_on, precision = data["due"]
        own = data.get("own_text", "")
        return {
            "kind": data["kind"], "text": data["text"], "own_text": own, "own_language": self.language if own else "",
            "due_on": due_on, "due_precision": precision.value, "done_by": data["done_by"],
        }  # fmt: skip


class GoalEndForm(forms.Form):
    """What became of a goal."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=with_empty([choice for choice in GoalState.choices if choice[0] != GoalState.OPEN], _CHOOSE),
    )
    ended_on = DayField(label=_("Since when"))
    outcome_note = LineField(
        label=_("Note"), max_length=300, required=False, help_text=_("for example what was agreed instead")
    )

    def __init__(self, *args: Any, goal: AgreedGoal, prefix: str = "end", **kwargs: Any) -> None:
        stored = {
            "state": "" if goal.is_open else goal.state, "ended_on": goal.ended_on or timezone.localdate(),
            "outcome_note": goal.outcome_note, "revision": goal.revision,
        }  # fmt: skip
        super().__init__(*args, **{"initial": stored, "auto_id": f"{prefix}_%s"} | kwargs)
        self.fields["revision"] = revision_field()
        self.fields["state"].widget.attrs["autofocus"] = True
        self.helper = SheetHelper("revision", Together(_("Outcome"), "state", "ended_on"), "outcome_note")
