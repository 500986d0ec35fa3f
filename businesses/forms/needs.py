"""Finding needs, writing one down, moving it on."""

from typing import Any

from django import forms
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from businesses.enums import RUNNING_NEEDS, BranchKind, NeedSource, NeedState, NeedTopic, Urgency
from businesses.forms.fieldwork import DateInput, SubmissionForm
from businesses.forms.register import BusinessFilter, any_of
from businesses.models import Business, Need
from businesses.models import Section as StreetSection
from businesses.models.needs import NeedQuerySet
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.fields import LineField, ParagraphField
from iqquadrat.core.forms import SheetHelper, Together, choice_field, name_records, records_field

ALL, MINE, NOBODY = "all", "mine", "nobody"
OVERDUE, SAID_OVER = "overdue", "over"
SORTS: dict[str, list[Any]] = {
    "urgency": ["-urgency", F("due_on").asc(nulls_last=True), "opened_on", "pk"],
    "due": [F("due_on").asc(nulls_last=True), "-urgency", "pk"],
    "business": ["business__sign_name", "business__legal_name", "pk"],
    "opened": ["-opened_on", "-pk"],
}


def staff_of(centre: Centre, *, also: User | None = None) -> "QuerySet[User]":
    """Who can be in charge of a need or responsible for an event; ``also`` is somebody who is it already."""
    roles = [Role.COUNSELLOR.value, Role.COORDINATOR.value]
    fit = Q(centre=centre, is_active=True, roles__overlap=roles)
    if also is not None:
        fit |= Q(pk=also.pk)
    return User.objects.filter(fit).order_by("family_name", "given_name", "pk")


class NeedFilter(forms.Form):
    """The filters of the list; what cannot be read is left out. At first those that still run."""

    q = LineField(label=_("Business"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("not ended")), *NeedState.choices, (ALL, _("all"))]
    )
    topic = forms.ChoiceField(label=_("Topic"), required=False, choices=any_of(NeedTopic.choices))
    urgency = forms.ChoiceField(label=_("Urgency"), required=False, choices=any_of(Urgency.choices))
    charge = forms.ChoiceField(
        label=_("In charge"), required=False, choices=any_of([(MINE, _("I am")), (NOBODY, _("nobody yet"))])
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=any_of([(OVERDUE, _("overdue")), (SAID_OVER, _("said to be over"))]),
    )
    kind = forms.ChoiceField(label=_("Branch"), required=False, choices=any_of(BranchKind.choices))
    section = forms.ModelChoiceField(
        StreetSection.objects.none(), label=_("Section"), required=False, empty_label=_("all")
    )

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.user = user
        sections = StreetSection.objects.filter(street__centre=user.centre_id).select_related("street")
        records_field(self, "section").queryset = sections

    def apply(self, needs: NeedQuerySet) -> NeedQuerySet:
        """Return those that fit."""
        self.is_valid()
        wanted = self.cleaned_data
        state = wanted.get("state")
        if state != ALL:
            needs = needs.filter(state=state) if state else needs.running()
        for name in ("topic", "urgency"):
            if wanted.get(name):
                needs = needs.filter(**{name: wanted[name]})
        if wanted.get("charge"):
            needs = needs.filter(in_charge=self.user if wanted["charge"] == MINE else None)
        if wanted.get("due"):
            needs = needs.filter(_due(wanted["due"]))
        return self._of_businesses(needs)

    def _of_businesses(self, needs: NeedQuerySet) -> NeedQuerySet:
        """Name, branch and section are asked as in the register."""
        asked = {name: self.data.get(name, "") for name in ("q", "kind", "section")}
        if not any(asked.values()):
            return needs
        own = Business.objects.filter(centre=self.user.centre_id)
        return needs.filter(business__in=BusinessFilter(asked, centre=self.user.centre).apply(own))


def _due(choice: str) -> Q:
    if choice == OVERDUE:
        return Q(state__in=RUNNING_NEEDS, due_on__lt=timezone.localdate())
    return Q(closing_proposed_on__isnull=False)


class NeedForm(SubmissionForm):
    """What a business needs, written down by hand."""

    topic = forms.ChoiceField(label=_("Topic"), choices=NeedTopic.choices, widget=forms.RadioSelect)
    urgency = forms.ChoiceField(
        label=_("How pressing"), choices=Urgency.choices, initial=Urgency.SOME, widget=forms.RadioSelect
    )
    words = ParagraphField(label=_("What was said"), required=False)
    source = forms.ChoiceField(label=_("Became known"), initial=NeedSource.CONSULTATION)
    in_charge = forms.ModelChoiceField(
        User.objects.none(), label=_("In charge"), required=False, empty_label=_("nobody yet")
    )
    due_on = forms.DateField(label=_("To be done until"), widget=DateInput, required=False)

    helper = SheetHelper(
        "topic",
        "urgency",
        "words",
        "source",
        Together(_("Who and until when"), "in_charge", "due_on"),
        "submission",
    )

    def __init__(self, data: Any = None, *, by: User) -> None:
        super().__init__(data)
        self.initial["in_charge"] = by.pk
        records_field(self, "in_charge").queryset = staff_of(by.centre)
        name_records(self, "in_charge", User.get_full_name)
        choice_field(self, "source").choices = [
            choice for choice in NeedSource.choices if choice[0] != NeedSource.INTERVIEW
        ]

    def say_that_it_runs(self) -> None:
        """The topic is taken: another need of it runs already."""
        self.add_error(
            "topic",
            forms.ValidationError(_("A need of this topic runs already for this business."), code="runs"),
        )


class NeedStepForm(forms.Form):
    """The next step of a need. ``revision`` tells whether somebody else was faster."""

    state = forms.ChoiceField(label=_("State"), choices=NeedState.choices, widget=forms.RadioSelect)
    note = LineField(label=_("Note"), required=False, max_length=500)
    urgency = forms.ChoiceField(label=_("How pressing"), choices=Urgency.choices)
    due_on = forms.DateField(
        label=_("To be done until"), widget=DateInput, required=False, help_text=_("Falls away when it ends.")
    )
    in_charge = forms.ModelChoiceField(
        User.objects.none(), label=_("In charge"), required=False, empty_label=_("nobody yet")
    )
    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000_000)

    helper = SheetHelper(
        "state", "note", Together(_("Until when"), "urgency", "due_on"), "in_charge", "revision"
    )

    def __init__(self, data: Any = None, *, need: Need) -> None:
        super().__init__(
            data,
            initial={
                "state": need.state,
                "urgency": need.urgency,
                "due_on": need.due_on,
                "in_charge": need.in_charge_id,
                "revision": need.revision,
            },
        )
        # Whoever has left meanwhile stays in charge until somebody else is named.
        people = staff_of(need.business.centre, also=need.in_charge)
        records_field(self, "in_charge").queryset = people
        name_records(self, "in_charge", User.get_full_name)

    def say_that_another_runs(self) -> None:
        """It ended, and meanwhile another of its topic runs."""
        self.add_error(
            "state",
            forms.ValidationError(
                _("It cannot be opened again: another need of this topic runs for this business."),
                code="runs",
            ),
        )
