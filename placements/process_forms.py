"""Input about one placement under way: the next step, what the employer answered, a wage subsidy."""

from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from counselling.forms.charges import counsellors_of
from counselling.forms.fields import DayField, with_empty
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.fields import LineField, WholeNumberField
from iqquadrat.core.forms import (
    Section,
    SheetHelper,
    Together,
    choice_field,
    name_records,
    records_field,
)
from placements.categories import Category
from placements.enums import (
    AnswerChannel,
    AnswerOutcome,
    CloseReason,
    DeclineReason,
    FieldOfWork,
    Funding,
    Stage,
    TrialBasis,
    TrialLonger,
)
from placements.law import offered
from placements.models import Placement, WageSubsidy
from placements.models.placement import MOST_PAY
from placements.rules import OTHERS_CLOSE_FOR, Breach, Rule, breaches

PLEASE_CHOOSE = _("please choose")
NO_FUNDING = pgettext_lazy("funding", "none")
# How long nothing has happened, in days.
WAITING = [
    ("", _("any time")), ("7", _("7 days and longer")), ("14", _("14 days and longer")), ("30", _("30 days and longer")),
]  # fmt: skip

# What the law asks, as the form says it.
RULES = {
    Rule.MINI_CEILING: _("A minijob may pay at most %(euros)s EUR a month on %(day)s (%(law)s). Is it an insured job?"),
    Rule.EQ_TOO_SHORT: _("An introductory qualification lasts at least %(least)s months (%(law)s)."),
    Rule.EQ_TOO_LONG: _("An introductory qualification lasts at most %(most)s months (%(law)s)."),
    Rule.TRIAL_REASON: _("After %(weeks)s weeks, on %(day)s, it ends as a rule (%(law)s). Why does it take longer?"),
    Rule.TRIAL_TOO_LONG: _("An in-company activation lasts at most %(weeks)s weeks, here until %(day)s (%(law)s)."),
    Rule.TRIAL_ENDS_FIRST: _("The end lies before the start."),
}  # fmt: skip


def said(breach: Breach) -> ValidationError:
    """Return what a form says to a breach."""
    words = dict(breach.words)
    if "day" in words:
        words["day"] = date_format(words["day"], "SHORT_DATE_FORMAT")
    return ValidationError(RULES[breach.rule], code=breach.rule, params=words)


class StepFacts(Section):
    """Fields that matter for one step; a script hides them for the others, the server leaves them aside."""

    template = "placements/step_facts.html"

    def __init__(self, stage: Stage, *fields: Any) -> None:
        super().__init__(stage.label, *fields)
        self.step = stage.value

    def render(self, form: Any, context: Any, template_pack: str = "bootstrap5", **kwargs: Any) -> str:
        """Tell the template which step the fields belong to."""
        context["step"] = self.step
        return str(super().render(form, context, template_pack=template_pack, **kwargs))


class StepForm(forms.Form):
    """The next step with the facts it needs; facts of other steps are left aside."""

    stage = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    note = LineField(label=_("Note"), required=False, max_length=500)
    reason = forms.ChoiceField(label=_("Reason"), required=False)
    trial_basis = forms.ChoiceField(label=_("Ground of the trial"), required=False)
    trial_from = DayField(label=_("Trial from"), required=False, help_text=_("Empty: from today on."))
    trial_until = DayField(label=_("Trial until"), required=False)
    trial_longer = forms.ChoiceField(
        label=_("Why it takes longer"), required=False, help_text=_("Only for an in-company activation of more than six weeks."),
    )  # fmt: skip
    category = forms.ChoiceField(
        label=_("Started as"), required=False, choices=with_empty(Category.choices, PLEASE_CHOOSE)
    )
    started_on = DayField(label=_("Start"), required=False)
    hours_per_week = WholeNumberField(label=_("Hours a week"), min_value=1, max_value=60, required=False)
    monthly_pay = WholeNumberField(
        label=_("Pay a month, in euros"), min_value=1, max_value=MOST_PAY, required=False,
        help_text=_("Before deductions, in whole euros. With a minijob it is compared with the ceiling of that day."),
    )  # fmt: skip
    contract_until = DayField(
        label=_("Contract until"), required=False, help_text=_("Empty: without an end.")
    )
    funding = forms.ChoiceField(label=_("Funding"), required=False)
    ended_on = DayField(label=_("End"), required=False)
    helper = SheetHelper(
        "stage",
        StepFacts(Stage.TRIAL, "trial_basis", "trial_from", "trial_until", "trial_longer"),
        StepFacts(
            Stage.STARTED, "category", "started_on", "hours_per_week", "monthly_pay", "contract_until", "funding"
        ),
        StepFacts(Stage.ENDED, "ended_on"),
        StepFacts(Stage.CLOSED, "reason"),
        "note",
    )  # fmt: skip

    def __init__(
        self, *args: Any, placement: Placement, stages: list[Stage], wanted: str = "", **kwargs: Any
    ) -> None:
        """``wanted``: the step that is chosen at first, if it can follow."""
        super().__init__(*args, **kwargs)
        self.placement = placement
        choice_field(self, "stage").choices = [(step.value, step.label) for step in stages]
        self.fields["stage"].initial = wanted if wanted in stages else stages[0].value if stages else None
        today = timezone.localdate()
        for name, choices, empty in (
            ("reason", CloseReason, PLEASE_CHOOSE), ("trial_basis", TrialBasis, PLEASE_CHOOSE),
            ("trial_longer", TrialLonger, pgettext_lazy("trial", "it does not")), ("funding", Funding, NO_FUNDING),
        ):  # fmt: skip
            choice_field(self, name).choices = with_empty(offered(choices, today), empty)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("stage"):
            return data
        stage = Stage(data["stage"])
        for name in _NEEDED.get(stage, ()):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("This step needs this answer."), code="required"))
        start = self.placement.started_on
        if stage is Stage.ENDED and start and data.get("ended_on") and data["ended_on"] < start:
            self.add_error("ended_on", _("The end lies before the start."))
        begins, until = data.get("started_on"), data.get("contract_until")
        if stage is Stage.STARTED and begins and until and until < begins:
            self.add_error("contract_until", _("The end lies before the start."))
            return data
        trial_from = data.get("trial_from") or timezone.localdate()
        for breach in breaches(stage, data | {"trial_from": trial_from}):
            self.add_error(breach.field, said(breach))
        return data


_NEEDED: dict[Stage, tuple[str, ...]] = {
    Stage.TRIAL: ("trial_basis", "trial_until"),
    Stage.STARTED: ("category", "started_on"),
    Stage.ENDED: ("ended_on",),
    Stage.CLOSED: ("reason",),
}


class OthersForm(forms.Form):
    """Which other placements of a client are closed, and why; all of them are ticked at first."""

    placements = forms.TypedMultipleChoiceField(
        label=_("Placements to close"), coerce=UUID, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please tick at least one, or go back.")},
    )  # fmt: skip
    reason = forms.ChoiceField(
        label=_("Reason"), widget=forms.RadioSelect, initial=CloseReason.FILLED_OTHERWISE,
        choices=[(code.value, code.label) for code in OTHERS_CLOSE_FOR],
    )  # fmt: skip

    def __init__(self, *args: Any, placements: list[Placement], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = placements
        choice_field(self, "placements").choices = [
            (str(placement.public_id), str(placement.vacancy)) for placement in placements
        ]

    @property
    def ticked(self) -> list[str]:
        """The boxes as they were left, all of them at first."""
        if self.is_bound:
            return list(self["placements"].value() or [])
        return [str(placement.public_id) for placement in self.offered]


class AnswerForm(forms.Form):
    """What the employer answered."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    answered_on = DayField(label=pgettext_lazy("employer", "Answered on"))
    channel = forms.ChoiceField(
        label=pgettext_lazy("employer", "How"), choices=AnswerChannel.choices, widget=forms.RadioSelect,
        initial=AnswerChannel.PHONE,
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=pgettext_lazy("employer", "Answer"), choices=AnswerOutcome.choices, widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=_("Reason for declining"), required=False,
        help_text=_(
            "Origin, religion, gender, age, disability and sexual identity are no lawful reasons (AGG, §§ 1 and 7). Note them as such, without details."
        ),
    )  # fmt: skip
    words = LineField(
        label=_("In words"), required=False, max_length=500, help_text=_("What helps with the next step. Nothing about origin, religion, age or health."),
    )  # fmt: skip
    due_on = DayField(
        label=_("Ask again on"), required=False, help_text=_("Empty: you are reminded after seven days without an answer."),
    )  # fmt: skip
    helper = SheetHelper("submission", "answered_on", "channel", "outcome", "reason", "words", "due_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["answered_on"].initial = today
        choice_field(self, "reason").choices = with_empty(offered(DeclineReason, today), PLEASE_CHOOSE)

    def clean_answered_on(self) -> Any:
        """An answer is of today or earlier."""
        day = self.cleaned_data["answered_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        declined = data.get("outcome") == AnswerOutcome.DECLINED
        if declined and not data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Please say why the employer declined."))
        if not declined:
            data["reason"] = ""
        if data.get("reason") == DeclineReason.UNLAWFUL and data.get("words"):
            self.add_error(
                "words", _("A reason that the law forbids is noted without details. Please empty this line.")
            )
        day, due = data.get("answered_on"), data.get("due_on")
        if day and due and due < day:
            self.add_error("due_on", _("This day lies before the answer."))
        return data


class SubsidyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A wage subsidy: applied for, decided, from when to when."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    revision = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2_000_000_000
    )
    kind = forms.ChoiceField(label=_("Kind of funding"))
    authority = LineField(
        label=_("Authority"), required=False, help_text=_("The job centre or employment agency that decides.")
    )
    percent = WholeNumberField(
        label=_("Share of the pay, per cent"), min_value=1, max_value=100, required=False
    )
    starts_on = DayField(label=pgettext_lazy("subsidy", "From"), required=False)
    ends_on = DayField(label=pgettext_lazy("subsidy", "Until"), required=False)
    applied_on = DayField(label=pgettext_lazy("subsidy", "Applied for on"), required=False)
    granted_on = DayField(label=pgettext_lazy("subsidy", "Granted on"), required=False)
    declined_on = DayField(label=pgettext_lazy("subsidy", "Declined on"), required=False)
    helper = SheetHelper(
        "submission", "revision", "kind", "authority", "percent",
        Together(_("Days of the funding"), "starts_on", "ends_on"),
        Together(_("Decision"), "applied_on", "granted_on", "declined_on"),
    )  # fmt: skip

    class Meta:
        model = WageSubsidy
        fields = [
            "kind", "authority", "percent", "starts_on", "ends_on", "applied_on", "granted_on", "declined_on",
        ]  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keep = self.instance.kind if self.instance.pk else ""
        choice_field(self, "kind").choices = offered(Funding, timezone.localdate(), keep=keep)
        self.fields["revision"].initial = self.instance.revision

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        begins, ends = data.get("starts_on"), data.get("ends_on")
        granted, declined = data.get("granted_on"), data.get("declined_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("The end lies before the start."))
        if bool(begins) != bool(ends) and not {"starts_on", "ends_on"} & set(self.errors):
            self.add_error("ends_on" if begins else "starts_on", _("Please give both days."))
        if granted and declined:
            self.add_error("declined_on", _("It was granted or declined, not both."))
        if granted and not begins and "starts_on" not in self.errors:
            self.add_error("starts_on", _("What is granted begins and ends on a day."))
        self._check_applied(data, granted or declined)
        return data

    def _check_applied(self, data: dict[str, Any], decided: Any) -> None:
        applied = data.get("applied_on")
        if not decided or "applied_on" in self.errors:
            return
        if not applied:
            self.add_error("applied_on", _("What was decided was applied for: on which day?"))
        elif decided < applied:
            self.add_error("applied_on", _("This day lies after the decision."))

    def facts(self) -> dict[str, Any]:
        """Return what the service writes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class PlacementFilterForm(forms.Form):
    """Filters of board and list; all stay in the address. A coordinator may also ask for one counsellor's."""

    q = LineField(label=_("Search"), required=False, max_length=100)
    employer = LineField(label=_("Employer"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("Step"), required=False, choices=[("", _("all")), *Stage.choices])
    field_of_work = forms.ChoiceField(
        label=_("Field of work"), required=False, choices=[("", _("all")), *FieldOfWork.choices]
    )
    waiting = forms.ChoiceField(label=_("Waiting"), required=False, choices=WAITING)
    counsellor = forms.ModelChoiceField(
        label=_("Counsellor"), queryset=User.objects.none(), required=False, empty_label=_("all")
    )

    def __init__(self, *args: Any, user: User, with_stage: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not with_stage:
            del self.fields["stage"]
        if user.may(Permission.PLACEMENT_READ_FACTS):
            records_field(self, "counsellor").queryset = counsellors_of(user)
            name_records(self, "counsellor", lambda counsellor: str(counsellor.get_full_name()))
        else:
            del self.fields["counsellor"]

    def wanted(self) -> dict[str, Any]:
        """Return the choices that can be taken; a forged one asks for nothing."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
