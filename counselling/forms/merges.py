"""Which of two records is right, fact by fact."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from counselling.forms.fields import revision_field, submission_field
from counselling.merging.facts import ABSORBED, BOTH, KEPT, Fact, facts
from counselling.models import Client
from iqquadrat.core.fields import LineField


class TwinSearchForm(forms.Form):
    """Who could be the same person?"""

    q = LineField(label=_("Name, number, phone"), max_length=200, required=False)


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


class MergeForm(forms.Form):
    """One choice for each fact on which the records differ; the rest needs no decision."""

    submission = submission_field()
    kept_revision = revision_field()
    absorbed_revision = revision_field()

    def __init__(self, *args: Any, kept: Client, absorbed: Client, **kwargs: Any) -> None:
        kwargs["initial"] = {"kept_revision": kept.revision, "absorbed_revision": absorbed.revision}
        super().__init__(*args, **kwargs)
        self.facts = facts(kept, absorbed)
        self.numbers = {KEPT: kept.number, ABSORBED: absorbed.number}
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
            both=choice(BOTH, str(_("both"))) if fact.may_be_both else None,
        )  # fmt: skip

    def choices(self) -> dict[str, str]:
        """Return what was chosen, by fact."""
        return {fact.name: self.cleaned_data[f"fact_{fact.name}"] for fact in self.asked()}

    def revisions(self) -> tuple[int, int]:
        """Return the states that were compared."""
        return self.cleaned_data["kept_revision"], self.cleaned_data["absorbed_revision"]
