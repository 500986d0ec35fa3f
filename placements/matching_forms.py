"""Input of matching: a job search, the table of ways, the filters."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from counselling.enums import DrivingLicence
from counselling.forms.fields import revision_field, with_empty
from iqquadrat.core.fields import ParagraphField, WholeNumberField
from iqquadrat.core.forms import Section, SheetHelper, Together
from iqquadrat.core.text import latin_digits
from placements.enums import (
    FieldOfWork,
    LegalPrerequisite,
    MatchGroup,
    VacancyKind,
    WorkCertificate,
    WorkingSlot,
)
from placements.models import JobSearch
from placements.models.job_search import FARTHEST, LONGEST, NO_CERTIFICATE
from placements.models.vacancy import LICENCES
from placements.services.travel_times import Way
from placements.sheets import WeekGrid

CERTIFICATE_CHOICES = [*WorkCertificate.choices, (NO_CERTIFICATE, _("none of these"))]
LICENCE_CHOICES = [(code.value, DrivingLicence(code).label) for code in LICENCES]
FIELD_LISTS = ("fields_experienced", "fields_trained", "fields_wished")


def _several(label: Any, choices: list[tuple[str, Any]], **kwargs: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, required=False, choices=choices, widget=forms.CheckboxSelectMultiple, **kwargs
    )


@dataclass(frozen=True)
class FieldRow:
    """One field of work: the ticks of the three lists, and the years."""

    label: Any
    ticks: list[Any]
    years: Any


class JobSearchForm(forms.Form):
    """What the client offers and looks for, gone through together."""

    revision = revision_field(least=0)
    fields_experienced = _several(_("Has worked there"), FieldOfWork.choices)
    fields_trained = _several(_("Is trained in it"), FieldOfWork.choices)
    fields_wished = _several(_("Wishes for it"), FieldOfWork.choices)
    hours_from = WholeNumberField(label=_("from"), min_value=1, max_value=60, required=False)
    hours_to = WholeNumberField(label=_("up to"), min_value=1, max_value=60, required=False)
    slots = _several(_("Times of the week"), WorkingSlot.choices)
    minutes_limit = WholeNumberField(
        label=_("Way to work at most"), min_value=1, max_value=FARTHEST, required=False, help_text=_("Minutes one way."),
    )  # fmt: skip
    certificates = _several(_("Certificates"), CERTIFICATE_CHOICES)
    certificates_in_progress = _several(_("Certificates on their way"), WorkCertificate.choices)
    licence_in_progress = forms.ChoiceField(
        label=_("Driving licence on its way"), required=False, choices=with_empty(LICENCE_CHOICES, _("none")),
    )  # fmt: skip
    legal = forms.ChoiceField(
        label=_("Legal prerequisite for work"), required=False, choices=with_empty(LegalPrerequisite.choices, _("not checked yet")),
        help_text=_("Look at the residence document together. Date and your name are noted."),
    )  # fmt: skip
    legal_again = forms.BooleanField(label=_("checked again today"), required=False)

    def __init__(self, *args: Any, search: JobSearch | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["revision"].initial = search.revision if search else 0
        for code, label in FieldOfWork.choices:
            self.fields[f"years_{code}"] = WholeNumberField(
                label=_("Years: %(field)s") % {"field": label}, min_value=0, max_value=LONGEST, required=False
            )
        again = ["legal_again"] if search and search.legal else []
        self.helper = SheetHelper(
            "revision",
            Section(_("When"), Together(_("Hours a week"), "hours_from", "hours_to"), WeekGrid("slots")),
            Section(_("Where"), "minutes_limit"),
            Section(_("Papers"), "certificates", "certificates_in_progress", "licence_in_progress"),
            Section(_("Law"), "legal", *again),
        )

    def field_rows(self) -> Iterator[FieldRow]:
        """The table of fields of work, a line a field."""
        lists = [list(self[name]) for name in FIELD_LISTS]
        for number, (code, label) in enumerate(FieldOfWork.choices):
            yield FieldRow(label, [ticks[number] for ticks in lists], self[f"years_{code}"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        low, high = data.get("hours_from"), data.get("hours_to")
        if low and high and high < low:
            self.add_error("hours_to", _("The upper end lies below the lower one."))
        self._clean_certificates(data)
        # Whoever writes down years has worked there.
        named = [code for code in FieldOfWork.values if data.get(f"years_{code}")]
        experienced = {*data.get("fields_experienced", []), *named}
        data["fields_experienced"] = [code for code in FieldOfWork.values if code in experienced]
        return data

    def _clean_certificates(self, data: dict[str, Any]) -> None:
        certificates = data.get("certificates") or []
        if NO_CERTIFICATE in certificates and len(certificates) > 1:
            self.add_error("certificates", _("Either certificates, or none of these."))
        both = set(certificates) & set(data.get("certificates_in_progress") or [])
        if both:
            names = ", ".join(str(WorkCertificate(code).label) for code in sorted(both))
            self.add_error(
                "certificates_in_progress",
                ValidationError(_("Already there: %(names)s."), params={"names": names}),
            )

    def facts(self) -> dict[str, Any]:
        """Return what the service writes."""
        data = self.cleaned_data
        plain = (
            *FIELD_LISTS, "hours_from", "hours_to", "slots", "minutes_limit", "certificates", "certificates_in_progress",
            "licence_in_progress", "legal", "legal_again",
        )  # fmt: skip
        years = {
            code: data[f"years_{code}"]
            for code in FieldOfWork.values
            if data.get(f"years_{code}") is not None
        }
        return {name: data[name] for name in plain} | {"years_by_field": years}


def form_values(facts: dict[str, Any]) -> dict[str, Any]:
    """Return the facts of a job search as the form shows them: years beside their field."""
    years = facts.get("years_by_field") or {}
    return facts | {f"years_{code}": value for code, value in years.items()}


def stored_facts(search: JobSearch) -> dict[str, Any]:
    """Return what a job search holds, by the names of the form."""
    names = (
        *FIELD_LISTS, "years_by_field", "hours_from", "hours_to", "slots", "minutes_limit", "certificates",
        "certificates_in_progress", "licence_in_progress", "legal",
    )  # fmt: skip
    return {name: getattr(search, name) for name in names}


MOST_LINES = 2000


class WaysForm(forms.Form):
    """A table of ways, a line each: postal code, postal code, minutes. Copied from a spreadsheet or typed."""

    ways = ParagraphField(
        label=_("Ways"), max_length=60_000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("A line a way: postal code, other postal code, minutes. 04315 04347 18"),
    )  # fmt: skip
    helper = SheetHelper("ways")

    def clean_ways(self) -> list[Way]:
        """Read the lines; every one that cannot be read is named by its number."""
        lines = [
            (number, line)
            for number, line in enumerate(self.cleaned_data["ways"].splitlines(), 1)
            if line.strip()
        ]
        if len(lines) > MOST_LINES:
            raise ValidationError(_("At most %(most)d lines at a time."), params={"most": MOST_LINES})
        ways, faults = [], []
        for number, line in lines:
            try:
                ways.append(_way(line))
            except ValidationError as fault:
                faults.append(
                    ValidationError(
                        _("Line %(number)d: %(fault)s"), params={"number": number, "fault": fault.messages[0]}
                    )
                )
        if faults:
            raise ValidationError(faults[:20])
        return ways


def _way(line: str) -> Way:
    parts = latin_digits(line).replace(";", " ").replace(",", " ").split()
    if len(parts) != 3:
        raise ValidationError(_("two postal codes and the minutes are needed."))
    code, other, minutes = parts
    for one in (code, other):
        if not (len(one) == 5 and one.isascii() and one.isdecimal()):
            raise ValidationError(_("%(code)s is no postal code."), params={"code": one[:20]})
    if code == other:
        raise ValidationError(_("both postal codes are the same."))
    if not (minutes.isascii() and minutes.isdecimal() and 1 <= int(minutes[:4]) <= 300):
        raise ValidationError(
            _("%(minutes)s is no number of minutes from 1 to 300."), params={"minutes": minutes[:20]}
        )
    return Way(code, other, int(minutes))


class CandidatesFilterForm(forms.Form):
    """Filters of the clients for a vacancy. Nothing that matching must not know is offered."""

    group = forms.ChoiceField(label=_("Group"), required=False, choices=[("", _("all")), *MatchGroup.choices])
    everybody = forms.BooleanField(label=_("also without a job search gone through"), required=False)


class OffersFilterForm(forms.Form):
    """Filters of the vacancies for a client."""

    group = forms.ChoiceField(label=_("Group"), required=False, choices=[("", _("all")), *MatchGroup.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("all")), *VacancyKind.choices])


__all__ = ["CandidatesFilterForm", "JobSearchForm", "OffersFilterForm", "WaysForm"]
