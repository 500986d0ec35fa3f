"""Entering a programme, leaving it, and what became of somebody afterwards."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from counselling import enums
from counselling.doors import FundedProgramme, WorkFact
from counselling.forms.fields import DayField, revision_field, with_empty
from counselling.forms.histories import EntryForm
from counselling.models import Client, Participation, ParticipationQuestion
from counselling.models.participation import SENSITIVE
from counselling.participation_facts import at_entry, voluntary_at_entry
from counselling.services.participations import fitting_results
from iqquadrat.core.forms import Section, SheetHelper, Together, choice_field

NOT_KNOWN = _("not known")
LABELS = {
    "third_country": _("Has only a nationality of a country outside the EU"),
    "foreign_background": _("Born abroad, or a parent was born abroad"),
    "minority": _("Belongs to a minority"),
    "disability": _("Has a disability"),
    "homeless": _("Is homeless or may lose the home"),
    "rural": _("Lives in the countryside"),
}


def _voluntary(name: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=LABELS[name], choices=with_empty(enums.Stated.choices), required=False
    )  # fmt: skip


class ParticipationForm(EntryForm):
    """What was true on the first day; below it the answers that are asked of free will, with their own consent."""

    NAMES = ("programme_code", "entered_on", "gender", "status", "age_band", "isced")

    programme_code = forms.ChoiceField(label=_("Programme"))
    entered_on = DayField(label=_("First day"))
    gender = forms.ChoiceField(
        label=_("Gender"), choices=enums.ReportedGender.choices, widget=forms.RadioSelect
    )
    status = forms.ChoiceField(
        label=_("On the labour market"), choices=with_empty(enums.EntryStatus.choices, NOT_KNOWN), required=False
    )  # fmt: skip
    age_band = forms.ChoiceField(
        label=_("Age group"), choices=with_empty(enums.AgeBand.choices, NOT_KNOWN), required=False,
        help_text=_("Is worked out where the birth date is known well enough."),
    )  # fmt: skip
    isced = forms.ChoiceField(
        label=_("School and training"), choices=with_empty(enums.SchoolLevel.choices, NOT_KNOWN), required=False
    )  # fmt: skip
    agrees = forms.BooleanField(
        label=_("The client was told why this is asked and that no answer is a disadvantage, and agrees"), required=False
    )  # fmt: skip
    explained_in = forms.ChoiceField(
        label=_("Explained in"), choices=with_empty(enums.SpokenLanguage.choices, _("please choose")), required=False
    )  # fmt: skip

    def __init__(
        self, *args: Any, client: Client, programmes: list[FundedProgramme], record: Participation | None = None, **kwargs: Any
    ) -> None:  # fmt: skip
        language = client.reading_language or next(iter(client.spoken_languages), "de")
        kwargs["initial"] = {"explained_in": language, "agrees": False} | (
            _stored_answers(record) if record else at_entry(client, programmes) | voluntary_at_entry(client)
        )
        super().__init__(*args, record=record, **kwargs)
        for name in SENSITIVE:
            self.fields[name] = _voluntary(name)
        choice_field(self, "programme_code").choices = [(one.code, one.name) for one in programmes]
        if record is not None or len(programmes) == 1:
            self.fields["programme_code"].disabled = True
            self.initial["programme_code"] = record.programme_code if record else programmes[0].code
        if record is not None:
            del self.fields["programme_code"]
        if client.birth_precision == enums.BirthPrecision.DAY:
            del self.fields["age_band"]
        self.has_consent = client.consents.in_force().filter(purpose=enums.Purpose.ESF_ANSWERS).exists()
        if self.has_consent:
            del self.fields["agrees"], self.fields["explained_in"]
        self.helper = SheetHelper(
            self.mark,
            Section(_("Participation"), *self._there("programme_code", "entered_on")),
            Section(_("On the first day"), *self._there("gender", "status", "age_band", "isced")),
            Section(
                _("Asked of free will"),
                *self._there("agrees", "explained_in"),
                Together(_("Origin"), *SENSITIVE[:3]),
                Together(_("Life"), *SENSITIVE[3:]),
            ),
        )

    def _there(self, *names: str) -> list[str]:
        return [name for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Nothing voluntary is kept without a yes, in a language that was understood."""
        data = super().clean() or {}
        if self.has_consent or "agrees" in self.errors:
            return data
        said = [name for name in SENSITIVE if name in self.changed_data and data.get(name)]
        if said and not data.get("agrees"):
            self.add_error("agrees", _("Without the client's consent these answers may not be kept."))
        if data.get("agrees") and not data.get("explained_in"):
            self.add_error("explained_in", _("Please choose the language in which this was explained."))
        return data

    def facts(self) -> dict[str, Any]:
        """What the service takes. What was only filled in beforehand is dropped where nobody agreed."""
        agreed = self.has_consent or self.cleaned_data.get("agrees")
        voluntary = {name: self.cleaned_data[name] for name in SENSITIVE} if agreed else {}
        explained = self.cleaned_data.get("explained_in", "") if self.cleaned_data.get("agrees") else ""
        return super().facts() | {"voluntary": voluntary, "explained_in": explained}


def _stored_answers(record: Participation) -> dict[str, str]:
    kept = record.voluntary
    return {name: getattr(kept, name) if kept else "" for name in SENSITIVE}


class LeaveForm(EntryForm):
    """The last day."""

    NAMES = ("left_on",)

    left_on = DayField(label=_("Last day"))

    def __init__(self, *args: Any, record: Participation, **kwargs: Any) -> None:
        kwargs["initial"] = {} if record.left_on else {"left_on": timezone.localdate()}
        super().__init__(*args, record=record, **kwargs)
        self.helper = SheetHelper(self.mark, "left_on")


RESULT_LABELS = {
    "job_searching": _("looks for work now"),
    "in_education": _("in education or training"),
    "qualification": _("gained a qualification"),
    "in_employment": _("at work or self-employed"),
    "improved": _("better situation at work than at entry"),
}


class QuestionForm(forms.Form):
    """What became of somebody; what a placement on record says is filled in."""

    revision = revision_field()
    answer = forms.ChoiceField(
        label=_("Could it be found out?"), choices=[("known", _("yes")), ("unknown", _("no"))], widget=forms.RadioSelect
    )  # fmt: skip
    results = forms.MultipleChoiceField(
        label=_("What is true on that day?"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing of it: choose nothing."),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("How do you know?"), required=False, choices=enums.AnswerSource.choices, widget=forms.RadioSelect
    )  # fmt: skip
    asked_on = DayField(label=_("Asked on"))
    helper = SheetHelper("revision", "answer", "results", "source", "asked_on")

    def __init__(
        self, *args: Any, record: ParticipationQuestion, facts: list[WorkFact] | None = None, **kwargs: Any
    ) -> None:
        self.record = record
        kwargs["initial"] = _as_typed(record) if record.answer else _from_facts(record, facts or [])
        super().__init__(*args, **kwargs)
        fitting = fitting_results(record)
        choice_field(self, "results").choices = [
            (name, label) for name, label in RESULT_LABELS.items() if name in fitting
        ]

    def clean_asked_on(self) -> Any:
        """An answer is of today or earlier, and not from before the day it tells about."""
        day = self.cleaned_data["asked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if day < self.record.due_on:
            raise ValidationError(
                _("Too early to tell: an answer counts from %(day)s on."),
                params={"day": date_format(self.record.due_on, "SHORT_DATE_FORMAT")},
            )
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        results = set(data.get("results") or [])
        if data.get("answer") == enums.AnswerState.UNKNOWN:
            return data | {"results": [], "source": ""}
        if data.get("answer") and not data.get("source") and "source" not in self.errors:
            self.add_error("source", _("Please say how you know."))
        if {"job_searching", "in_employment"} <= results:
            self.add_error(
                "results", _("Who is at work does not count as looking for work. Please choose one of both.")
            )
        return data

    def facts(self) -> dict[str, Any]:
        """What the service takes."""
        data = self.cleaned_data
        return {
            "answer": data["answer"], "asked_on": data["asked_on"], "source": data["source"],
            "results": frozenset(data["results"]), "revision": data["revision"],
        }  # fmt: skip


def _as_typed(record: ParticipationQuestion) -> dict[str, Any]:
    return {
        "revision": record.revision, "answer": record.answer, "source": record.source, "asked_on": record.asked_on,
        "results": [name for name in RESULT_LABELS if getattr(record, name)],
    }  # fmt: skip


def _from_facts(record: ParticipationQuestion, facts: list[WorkFact]) -> dict[str, Any]:
    """What another room knows about that day; the counsellor confirms it by saving."""
    today = timezone.localdate()
    initial: dict[str, Any] = {"revision": record.revision, "asked_on": max(today, record.due_on)}
    results = [name for name in ("in_employment", "in_education") if any(getattr(one, name) for one in facts)]
    fitting = fitting_results(record)
    if results and today >= record.due_on:
        initial |= {
            "answer": "known", "source": "placement", "results": [name for name in results if name in fitting],
        }  # fmt: skip
    return initial


class QuestionFilterForm(forms.Form):
    """Which questions; stays in the address."""

    kind = forms.ChoiceField(label=_("When"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice_field(self, "kind").choices = [("", _("all")), *enums.QuestionKind.choices]


__all__ = ["LeaveForm", "ParticipationForm", "QuestionFilterForm", "QuestionForm"]
