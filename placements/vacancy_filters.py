"""Finding vacancies: the filters of the list, a search that forgives."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from iqquadrat.accounts.models import User
from iqquadrat.core.fields import LineField
from iqquadrat.core.folding import search_key
from placements import reminders
from placements.enums import NOT_VACANCIES, FieldOfWork, GermanLevel, VacancyKind, VacancySource, VacancyState
from placements.models import Placement
from placements.models.vacancy import VacancyQuerySet

MINE, NOBODY, NONE = "mine", "nobody", "none"
OPEN, EXPIRED = VacancyState.OPEN.value, "expired"
# How much a word may differ from the one that is stored.
ALIKE = 0.5
HOURS: dict[str, tuple[Any, tuple[int, int]]] = {
    "mini": (_("up to 14"), (1, 14)),
    "part": (_("15 to 34"), (15, 34)),
    "full": (_("35 and more"), (35, 60)),
}
# Shown at once; the others lie behind a fold.
AT_FIRST = ("q", "field_of_work", "state", "asked", "charge")


class VacancyFilter(forms.Form):
    """The filters of the list; all stay in the address, and what cannot be read is left out."""

    q = LineField(label=_("Search"), required=False, max_length=100)
    field_of_work = forms.ChoiceField(label=_("Field of work"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    asked = forms.ChoiceField(label=_("To ask about"), required=False)
    charge = forms.ChoiceField(label=_("In charge"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    german = forms.ChoiceField(label=_("German at most"), required=False)
    hours = forms.ChoiceField(label=_("Hours a week"), required=False)
    place = LineField(label=_("Postal code or place"), required=False, max_length=60)
    source = forms.ChoiceField(label=_("Heard of by"), required=False)
    notice = forms.ChoiceField(label=_("Notice"), required=False)
    proposals = forms.ChoiceField(label=_("Proposed"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data, auto_id="filter_%s")
        self.user = user
        states = [(code, label) for code, label in VacancyState.choices if code != OPEN]
        offered: dict[str, list[Any]] = {
            "field_of_work": FieldOfWork.choices, "kind": VacancyKind.choices, "source": VacancySource.choices,
            "state": [(OPEN, VacancyState.OPEN.label), (EXPIRED, _("expired")), *states],
            "asked": [(reminders.ANY, reminders.ANY_WORDS), *((code, words) for code, (words, _rows) in reminders.REASONS.items())],
            "charge": [(MINE, _("I am")), (NOBODY, _("nobody yet"))],
            "german": [(NONE, _("none")), *GermanLevel.choices],
            "hours": [(code, words) for code, (words, _band) in HOURS.items()],
            "notice": [("public", _("may hang in public")), ("internal", _("internal only"))],
            "proposals": [("none", _("nobody yet")), ("some", _("somebody"))],
        }  # fmt: skip
        for name, choices in offered.items():
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label, required=False, choices=[("", pgettext_lazy("vacancies", "all")), *choices]
            )  # fmt: skip

    @property
    def more(self) -> list[forms.BoundField]:
        """The filters behind the fold."""
        return [field for field in self if field.name not in AT_FIRST]

    @property
    def first(self) -> list[forms.BoundField]:
        """The filters that are shown at once."""
        return [field for field in self if field.name in AT_FIRST]

    @property
    def is_more_used(self) -> bool:
        """Whether a filter behind the fold is set."""
        return any(field.value() for field in self.more)

    def apply(self, rows: VacancyQuerySet) -> VacancyQuerySet:
        """Return those that fit. What is still to be clarified is listed by its state only."""
        self.is_valid()
        wanted: dict[str, str] = self.cleaned_data
        if wanted.get("state") not in NOT_VACANCIES:
            rows = rows.real()
        for name in ("kind", "field_of_work", "source"):
            if wanted.get(name):
                rows = rows.filter(**{name: wanted[name]})
        for name, choice in _CHOICES.items():
            if wanted.get(name):
                rows = choice(rows, wanted[name], self.user)
        return rows


def _words(rows: VacancyQuerySet, typed: str, _user: User) -> VacancyQuerySet:
    """Every word stands in the title or in the name of who offers it; a letter may be wrong."""
    for number, word in enumerate(typed.split()[:6]):
        alike, key = f"alike_{number}", search_key(word)
        rows = rows.annotate(**{
            alike: Greatest(TrigramWordSimilarity(word, "title"), TrigramWordSimilarity(word, "employer_name"), Value(0.0))
        })  # fmt: skip
        exact = (
            Q(title__icontains=word)
            | Q(employer_name__icontains=word)
            | Q(business__sign_name__icontains=word)
        )
        if key:
            exact |= Q(business__search_key__contains=key)
        rows = rows.filter(exact | Q((f"{alike}__gte", ALIKE)))
    return rows


def _of_state(rows: VacancyQuerySet, state: str, _user: User) -> VacancyQuerySet:
    if state == EXPIRED:
        return rows.expired(timezone.localdate())
    return rows.open() if state == OPEN else rows.filter(state=state)


def _at(rows: VacancyQuerySet, typed: str, _user: User) -> VacancyQuerySet:
    """By the beginning of the postal code, or by a part of the address."""
    if typed.isdecimal() and len(typed) <= 5:
        return rows.filter(Q(postal_code__startswith=typed) | Q(place__contains=typed))
    return rows.filter(place__icontains=typed)


def _german(rows: VacancyQuerySet, most: str, _user: User) -> VacancyQuerySet:
    enough = [""] if most == NONE else ["", *(level for level in GermanLevel.values if level <= most)]
    return rows.filter(german_required__in=enough)


_PROPOSED = Exists(Placement.objects.filter(vacancy=OuterRef("pk")))
_CHOICES: dict[str, Callable[[VacancyQuerySet, str, User], VacancyQuerySet]] = {
    "q": _words,
    "state": _of_state,
    "place": _at,
    "german": _german,
    "asked": lambda rows, reason, _user: reminders.asked_about(rows, reason, timezone.localdate()),
    "charge": lambda rows, whose, user: rows.filter(in_charge=user if whose == MINE else None),
    "hours": lambda rows, band, _user: rows.filter(hours_per_week__range=HOURS[band][1]),
    "notice": lambda rows, where, _user: rows.filter(public=where == "public"),
    "proposals": lambda rows, some, _user: rows.filter(_PROPOSED if some == "some" else ~_PROPOSED),
}
