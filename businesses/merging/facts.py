"""What two records say about one business: the same, more, or something else; and which of it the one record will say."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.models import Business
from iqquadrat.core.merge_forms import ABSORBED, BOTH, Fact, in_words

# What may differ between two records of one shop, in the order of the form; the record itself keeps its address and its history.
FACTS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Place"), ("premises",)), (_("Status"), ("status",)), (_("Name on the sign"), ("sign_name",)), (_("Legal name"), ("legal_name",)),
    (_("Branch"), ("branch",)), (_("Trade in plain words"), ("branch_words",)), (_("Languages on the sign"), ("languages",)),
    (_("Persons"), ("size_band", "size_is_estimated")), (_("Phone"), ("phone",)), (_("E-mail"), ("email",)),
    (_("Planned opening"), ("planned_opening",)), (_("Own number"), ("reference",)), (_("Note"), ("note",)),
)  # fmt: skip
BOTH_FIT = frozenset({"languages", "note"})
LONGEST_NOTE = 2_000


def facts(kept: Business, absorbed: Business) -> list[Fact]:
    """Return everything the records say about the business, in the order of the form."""
    return [
        Fact(
            fields=names, label=str(label), kept=_words(kept, names[0]), absorbed=_words(absorbed, names[0]),
            may_be_both=names[0] in BOTH_FIT,
        )
        for label, names in FACTS
    ]  # fmt: skip


def _words(business: Business, name: str) -> str:
    if name == "languages":
        return ", ".join(languages.names(business.languages))
    return in_words(business, name)


def merged_values(kept: Business, absorbed: Business, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that change on the kept record: what was chosen, and the later day on which somebody saw the shop."""
    changes: dict[str, Any] = {}
    for fact in facts(kept, absorbed):
        choice = choices.get(fact.name, fact.usual) if fact.is_asked else fact.usual
        if choice == BOTH and fact.may_be_both:
            changes[fact.name] = _both(getattr(kept, fact.name), getattr(absorbed, fact.name))
        elif choice == ABSORBED:
            changes |= {name: getattr(absorbed, name) for name in fact.fields}
    if absorbed.confirmed_on and (kept.confirmed_on is None or absorbed.confirmed_on > kept.confirmed_on):
        changes |= {"confirmed_on": absorbed.confirmed_on, "confirmed_by": absorbed.confirmed_by}
    if kept.predecessor_id in (None, absorbed.pk) and absorbed.predecessor_id not in (None, kept.pk):
        changes["predecessor"] = absorbed.predecessor
    elif kept.predecessor_id == absorbed.pk:
        changes["predecessor"] = None
    return {name: value for name, value in changes.items() if getattr(kept, name) != value}


def _both(first: Any, second: Any) -> Any:
    """Both lists, or both texts one below the other as far as the field holds them."""
    if isinstance(first, list):
        return [*first, *(part for part in second if part not in first)]
    together = f"{first}\n{second}"
    return together if len(together) <= LONGEST_NOTE else first


def label_of(name: str) -> str:
    """Return a field's name in words."""
    for label, names in FACTS:
        if name in names:
            return str(label)
    return capfirst(str(getattr(Business._meta.get_field(name), "verbose_name", name)))
