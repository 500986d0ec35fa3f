"""A goal: worded, closed with an outcome; which talks belong to it."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.forms.fields import DayField, revision_field, submission_field, with_empty
from counselling.models import Case, Consultation
from iqquadrat.core.fields import LineField
from iqquadrat.core.forms import SheetHelper, Together, records_field


class CaseForm(forms.Form):
    """The goal in a few words, and since when."""

    goal = LineField(
        label=_("Goal"),
        max_length=200,
        help_text=_("in the client's words, for example: work as a cook again"),
    )
    opened_on = DayField(label=_("Opened"))

    def __init__(self, *args: Any, case: Case | None = None, **kwargs: Any) -> None:
        stored: dict[str, Any] = {"opened_on": timezone.localdate()}
        if case is not None:
            stored = {"goal": case.goal, "opened_on": case.opened_on, "revision": case.revision}
        super().__init__(*args, **{"initial": stored} | kwargs)
        mark = "submission" if case is None else "revision"
        self.fields[mark] = submission_field() if case is None else revision_field()
        self.helper = SheetHelper(mark, "goal", "opened_on")


class CaseCloseForm(forms.Form):
    """What became of the goal."""

    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=with_empty(enums.CaseOutcome.choices, _("please choose"))
    )
    closed_on = DayField(label=_("Closed"))
    note = LineField(
        label=_("Note"), max_length=300, required=False, help_text=_("for example where the work is")
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        stored = {
            "outcome": case.outcome, "closed_on": case.closed_on or timezone.localdate(), "note": case.outcome_note,
            "revision": case.revision,
        }  # fmt: skip
        super().__init__(*args, **{"initial": stored} | kwargs)
        self.fields["revision"] = revision_field()
        self.helper = SheetHelper("revision", Together(_("Outcome"), "outcome", "closed_on"), "note")


class _TalkField(forms.ModelMultipleChoiceField[Consultation]):
    def label_from_instance(self, obj: Any) -> str:
        """Day and topic: by these the counsellor remembers a talk."""
        day = date_format(timezone.localtime(obj.held_at), "SHORT_DATE_FORMAT")
        return f"{day}, {obj.main_topic}"


class CaseTalksForm(forms.Form):
    """The talks that were about a goal: the latest ones, and those noted already."""

    SHOWN = 60
    talks = _TalkField(
        label=_("Talks"), queryset=Consultation.objects.none(), required=False, to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        theirs = Consultation.objects.contacts().filter(client_id=case.client_id)
        stored = {
            "talks": [str(key) for key in theirs.filter(case=case).values_list("public_id", flat=True)],
            "revision": case.revision,
        }
        super().__init__(*args, **{"initial": stored} | kwargs)
        self.fields["revision"] = revision_field()
        latest = list(theirs.order_by("-held_at").values_list("pk", flat=True)[: self.SHOWN])
        shown = theirs.filter(Q(pk__in=latest) | Q(case=case))
        records_field(self, "talks").queryset = shown.select_related("main_topic", "client")
        self.helper = SheetHelper("revision", "talks")
