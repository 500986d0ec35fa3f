"""The filters of the list of those who are still wanted."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import Disposition
from businesses.forms.register import any_of
from businesses.forms.waves import surveyors_of
from businesses.models import Assignment, Street, Wave
from businesses.models.register import covering
from businesses.models.survey import UnitQuerySet
from businesses.outcomes import DayTime
from businesses.revisits import tried
from iqquadrat.accounts.models import User
from iqquadrat.core.forms import records_field

NOT_VISITED = "none"
RESULTS = [
    (NOT_VISITED, _("not visited yet")),
    *(
        (result.value, result.label)
        for result in (
            Disposition.OWNER_ABSENT, Disposition.NO_CONTACT, Disposition.LANGUAGE_BARRIER, Disposition.REFUSAL, Disposition.UNKNOWN,
        )
    ),
]  # fmt: skip


class RevisitFilter(forms.Form):
    """What cannot be read is left out."""

    street = forms.ModelChoiceField(
        Street.objects.none(), label=_("Street"), required=False, empty_label=_("all")
    )
    result = forms.ChoiceField(label=_("Result so far"), required=False, choices=any_of(RESULTS))
    untried = forms.ChoiceField(label=_("Not tried yet"), required=False, choices=any_of(DayTime.choices))
    phone = forms.ChoiceField(
        label=_("Phone"),
        required=False,
        choices=any_of([("yes", _("may be called")), ("no", _("on foot only"))]),
    )
    surveyor = forms.ModelChoiceField(
        User.objects.none(), label=_("Surveyor"), required=False, empty_label=_("all")
    )

    def __init__(self, data: Any, *, wave: Wave, of_all: bool) -> None:
        super().__init__(data, auto_id="filter_%s")
        streets = Street.objects.filter(premises__businesses__units__wave=wave).distinct()
        records_field(self, "street").queryset = streets
        if of_all:
            records_field(self, "surveyor").queryset = surveyors_of(wave.centre_id)
        else:
            del self.fields["surveyor"]

    def apply(self, units: UnitQuerySet) -> UnitQuerySet:
        """Return those that fit."""
        self.is_valid()
        wanted = self.cleaned_data
        if wanted.get("street"):
            units = units.filter(business__premises__street=wanted["street"])
        if wanted.get("result"):
            units = units.filter(disposition=wanted["result"].replace(NOT_VISITED, ""))
        if wanted.get("untried"):
            units = units.filter(~Q(tried(DayTime(wanted["untried"]))))
        if wanted.get("phone"):
            callable_ = Q(may_call=True) & ~Q(business__phone="")
            units = units.filter(callable_ if wanted["phone"] == "yes" else ~callable_)
        if wanted.get("surveyor"):
            mine = Assignment.objects.filter(surveyor=wanted["surveyor"], wave=OuterRef("wave"))
            units = units.filter(Exists(covering(mine, "business__premises__")))
        return units
