"""Which of two records is right, fact by fact: a form that asks only where they differ."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KEPT, ABSORBED, BOTH = "kept", "absorbed", "both"


@dataclass(frozen=True)
class Fact:
    """One thing that both records could say. ``name`` is the first of its fields."""

    fields: tuple[str, ...]
    label: str
    kept: str  # in words
    absorbed: str
    may_be_both: bool

    @property
    def name(self) -> str:
        """What a choice is called in the form."""
        return self.fields[0]

    @property
    def is_asked(self) -> bool:
        """Whether somebody has to choose."""
        return bool(self.kept and self.absorbed and self.kept != self.absorbed)

    @property
    def is_taken_over(self) -> bool:
        """Whether only the record that is given up knows it."""
        return bool(self.absorbed and not self.kept)

    @property
    def usual(self) -> str:
        """What is chosen until somebody chooses otherwise."""
        if self.is_taken_over:
            return ABSORBED
        return BOTH if self.is_asked and self.may_be_both else KEPT


def in_words(record: models.Model, name: str) -> str:
    """Return what a field of a record says, as a reader would."""
    field = record._meta.get_field(name)
    value = getattr(record, name)
    if isinstance(field, ArrayField):
        labels = dict(field.base_field.flatchoices)
        return ", ".join(str(labels.get(part, part)) for part in value or [])
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, dt.date):
        return date_format(value, "SHORT_DATE_FORMAT")
    labels = dict(getattr(field, "flatchoices", []))
    return str(labels.get(value, value))


@dataclass(frozen=True)
class Choice:
    """One answer to press beside a fact."""

    value: str
    text: str
    id: str
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One fact that differs, with its answers side by side."""

    fact: Fact
    name: str
    kept: Choice
    absorbed: Choice
    both: Choice | None


class MergeFactsForm(forms.Form):
    """One choice for each fact on which the records differ; the rest needs no decision."""

    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    kept_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)
    absorbed_revision = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, kept: Any, absorbed: Any, facts: Sequence[Fact], **kwargs: Any) -> None:
        kwargs["initial"] = {"kept_revision": kept.revision, "absorbed_revision": absorbed.revision}
        super().__init__(*args, **kwargs)
        self.facts = facts
        for fact in self.asked():
            both = [(BOTH, _("both"))] if fact.may_be_both else []
            self.fields[f"fact_{fact.name}"] = forms.ChoiceField(
                label=fact.label, choices=[(KEPT, fact.kept), (ABSORBED, fact.absorbed), *both], initial=fact.usual,
                widget=forms.RadioSelect,
            )  # fmt: skip

    def asked(self) -> list[Fact]:
        """The facts on which somebody has to decide."""
        return [fact for fact in self.facts if fact.is_asked]

    def taken_over(self) -> list[Fact]:
        """The facts that only the other record knows."""
        return [fact for fact in self.facts if fact.is_taken_over]

    def rows(self) -> list[Row]:
        """The asked facts as the page shows them."""
        return [self._row(fact) for fact in self.asked()]

    def _row(self, fact: Fact) -> Row:
        field = self[f"fact_{fact.name}"]
        chosen = field.value()

        def choice(value: str, text: str) -> Choice:
            return Choice(value, text, f"{field.auto_id}_{value}", chosen == value)

        return Row(
            fact=fact, name=field.html_name, kept=choice(KEPT, fact.kept), absorbed=choice(ABSORBED, fact.absorbed),
            both=choice(BOTH, gettext("both")) if fact.may_be_both else None,
        )  # fmt: skip

    def choices(self) -> dict[str, str]:
        """Return what was chosen, by fact."""
        return {fact.name: self.cleaned_data[f"fact_{fact.name}"] for fact in self.asked()}

    def revisions(self) -> tuple[int, int]:
        """Return the states that were compared."""
        return self.cleaned_data["kept_revision"], self.cleaned_data["absorbed_revision"]
