"""Input of this room: a vacancy, a proposal, a step."""

from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Fieldset, Layout, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from businesses.models import Business
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField, ParagraphField, WholeNumberField
from placements.categories import Category
from placements.enums import CloseReason, FieldOfWork, Funding, Stage, TrialBasis, VacancyKind, VacancyState
from placements.models import Placement, Vacancy

LANGUAGE_CHOICES = [(code, name) for code, name in settings.LANGUAGES if code != "de"]


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class VacancyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic for the type checker only
    """A vacancy of a business in the register, or of an employer outside it."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = LineField(
        label=_("Title"),
        help_text=_("As one would say it: kitchen help, sales assistant, trainee as a hairdresser."),
    )
    employer_name = LineField(label=_("Employer outside the register"), required=False)
    times = LineField(label=_("Working times"), required=False)
    place = LineField(label=_("Place of work"), required=False)
    positions = WholeNumberField(label=_("Positions"), min_value=1, max_value=99, initial=1)
    hours_per_week = WholeNumberField(label=_("Hours a week"), min_value=1, max_value=60, required=False)
    requirements = ParagraphField(
        label=_("Experience, licence, certificate"), required=False, max_length=2000,
        help_text=_("Origin, religion, gender, age, disability or sexual identity must not be asked for (AGG, §§ 1 and 11)."),
    )  # fmt: skip
    languages = forms.MultipleChoiceField(
        label=_("Further languages"),
        required=False,
        choices=LANGUAGE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Vacancy
        fields = [
            "business", "employer_name", "title", "kind", "field_of_work", "positions", "hours_per_week", "times", "place",
            "german_required", "languages", "requirements", "starts_on", "valid_until", "source",
        ]  # fmt: skip
        widgets = {"starts_on": DayInput(), "valid_until": DayInput()}

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        business = self.fields["business"]
        business.queryset = Business.objects.visible_to(user).order_by("sign_name")  # type: ignore[attr-defined]
        business.empty_label = _("not in the register")  # type: ignore[attr-defined]
        self.fields["revision"].initial = self.instance.revision
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "submission", "revision",
            Fieldset(_("What is offered"), "title", Row(Column("kind"), Column("field_of_work"), Column("positions"))),
            Fieldset(_("By whom"), Row(Column("business"), Column("employer_name")), Row(Column("source"), Column("place"))),
            Fieldset(_("When"), Row(Column("hours_per_week"), Column("times")), Row(Column("starts_on"), Column("valid_until"))),
            Fieldset(_("What the work asks for"), Row(Column("german_required"), Column("languages")), "requirements"),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if bool(data.get("business")) == bool(data.get("employer_name")):
            self.add_error(
                "employer_name", _("Choose a business from the register, or write the employer's name.")
            )
        starts, until = data.get("starts_on"), data.get("valid_until")
        if starts and until and until.year < 1990:
            self.add_error("valid_until", _("Please check the year."))
        return data

    def facts(self) -> dict[str, Any]:
        """Return what the service writes."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ProposalForm(forms.Form):
    """Propose a vacancy to a client: one of the two is known, the other is chosen."""

    submission = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    client = forms.ModelChoiceField(
        label=_("Client"), queryset=Client.objects.none(), to_field_name="public_id"
    )
    vacancy = forms.ModelChoiceField(
        label=_("Vacancy"), queryset=Vacancy.objects.none(), to_field_name="public_id"
    )
    stage = forms.ChoiceField(
        label=_("Step"), choices=[(step.value, step.label) for step in (Stage.WISH, Stage.PROPOSED, Stage.APPLIED)],
        initial=Stage.PROPOSED, help_text=_("A wish needs no consent: the employer does not get to know of it."),
    )  # fmt: skip
    note = LineField(label=_("Note"), required=False, max_length=500)
    agreed = forms.BooleanField(
        label=_("The client agrees that this employer gets to know of them."), required=False,
        help_text=_("Explain it in a language the client understands. The consent is written down and can be withdrawn."),
    )  # fmt: skip
    explained_in = forms.ChoiceField(
        label=_("Explained in"), choices=settings.LANGUAGES, initial="de", required=False
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = Client.objects.visible_to(user)  # type: ignore[attr-defined]
        self.fields["vacancy"].queryset = Vacancy.objects.visible_to(user).open().select_related("business")  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "submission", Row(Column("client"), Column("vacancy")), "stage", "note",
            Fieldset(_("Consent to this employer"), "agreed", "explained_in"),
        )  # fmt: skip


class StepForm(forms.Form):
    """The next step with the facts it needs; facts of other steps are left aside."""

    stage = forms.ChoiceField(label=_("Next step"))
    note = LineField(label=_("Note"), required=False, max_length=500)
    reason = forms.ChoiceField(
        label=_("Reason"), required=False, choices=[("", "---------"), *CloseReason.choices]
    )
    trial_basis = forms.ChoiceField(
        label=_("Ground of the trial"), required=False, choices=[("", "---------"), *TrialBasis.choices]
    )
    trial_until = forms.DateField(label=_("Trial until"), required=False, widget=DayInput())
    category = forms.ChoiceField(
        label=_("Started as"), required=False, choices=[("", "---------"), *Category.choices]
    )
    started_on = forms.DateField(label=_("Start"), required=False, widget=DayInput())
    hours_per_week = WholeNumberField(label=_("Hours a week"), min_value=1, max_value=60, required=False)
    contract_until = forms.DateField(
        label=_("Contract until"), required=False, widget=DayInput(), help_text=_("Empty: without an end.")
    )
    funding = forms.ChoiceField(
        label=_("Funding"), required=False, choices=[("", _("none")), *Funding.choices]
    )
    ended_on = forms.DateField(label=_("End"), required=False, widget=DayInput())

    def __init__(self, *args: Any, placement: Placement, stages: list[Stage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.placement = placement
        self.fields["stage"].choices = [(step.value, step.label) for step in stages]  # type: ignore[attr-defined]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.layout = Layout(
            "stage",
            _facts(Stage.TRIAL, Row(Column("trial_basis"), Column("trial_until"))),
            _facts(
                Stage.STARTED, Row(Column("category"), Column("started_on")),
                Row(Column("hours_per_week"), Column("contract_until"), Column("funding")),
            ),
            _facts(Stage.ENDED, "ended_on"),
            _facts(Stage.CLOSED, "reason"),
            "note",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in _NEEDED.get(Stage(data["stage"]), ()) if data.get("stage") else ():
            if not data.get(name) and name not in self.errors:
                self.add_error(name, ValidationError(_("This step needs this answer."), code="required"))
        start = self.placement.started_on
        if data.get("stage") == Stage.ENDED and start and data.get("ended_on") and data["ended_on"] < start:
            self.add_error("ended_on", _("The end lies before the start."))
        return data


_NEEDED: dict[Stage, tuple[str, ...]] = {
    Stage.TRIAL: ("trial_basis", "trial_until"),
    Stage.STARTED: ("category", "started_on"),
    Stage.ENDED: ("ended_on",),
    Stage.CLOSED: ("reason",),
}


def _facts(stage: Stage, *fields: Any) -> Fieldset:
    """A group of fields that matters for one step; a script hides it for the others."""
    return Fieldset(stage.label, *fields, css_class="step-facts", data_step=stage.value)


class VacancyFilterForm(forms.Form):
    """Filters of the list; all stay in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    field_of_work = forms.ChoiceField(label=_("Field of work"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in (("kind", VacancyKind), ("field_of_work", FieldOfWork), ("state", VacancyState)):
            self.fields[name].choices = [("", _("all")), *choices.choices]  # type: ignore[attr-defined]


__all__ = ["ProposalForm", "StepForm", "VacancyFilterForm", "VacancyForm"]
