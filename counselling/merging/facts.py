"""What two records say about one person: the same, more, or something else; and which of it the one record will say."""

from collections.abc import Mapping
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from counselling.enums import ClientKind
from counselling.models import Client
from iqquadrat.core.merge_forms import ABSORBED, BOTH, KEPT, Fact, in_words

# The record itself, not the person: number, address and history stay what they are.
NOT_A_FACT = frozenset({
    "id", "public_id", "number", "centre", "submission", "created_at", "created_by", "changed_at", "revision",
    "erased_at", "kind", "pseudonym", "counsellor", "in_charge_since", "programme_code", "search_key", "merged_into", "absorbed_keys",
})  # fmt: skip
# Facts that only make sense together are chosen together.
TOGETHER: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (gettext_lazy("Name as written"), ("given_name", "family_name")),
    (gettext_lazy("Name in Latin letters"), ("latin_given_name", "latin_family_name")),
    (gettext_lazy("Born"), ("birth_date", "birth_precision", "birth_calendar", "age_band", "age_band_on")),
    (gettext_lazy("Residence"), ("residence_status", "residence_until")),
    (gettext_lazy("Lives at"), ("street", "postal_code", "district")),
)
NAMES = frozenset({"given_name", "latin_given_name"})


def facts(kept: Client, absorbed: Client) -> list[Fact]:
    """Return everything the records say about the person, in the order of the fields."""
    groups = {names[0]: (str(label), names) for label, names in TOGETHER}
    inner = {name for _label, names in TOGETHER for name in names[1:]}
    rows = []
    for field in Client._meta.concrete_fields:
        if field.name in NOT_A_FACT or field.name in inner:
            continue
        label, names = groups.get(field.name, (capfirst(str(field.verbose_name)), (field.name,)))
        rows.append(
            Fact(
                fields=names,
                label=label,
                kept=_words(kept, names),
                absorbed=_words(absorbed, names),
                may_be_both=isinstance(field, ArrayField) or field.name == "aliases",
            )
        )
    return rows


def _words(client: Client, names: tuple[str, ...]) -> str:
    if names[0] == "birth_date":
        return client.birth_words
    between = " " if names[0] in NAMES else ", "
    return between.join(filter(None, (in_words(client, name) for name in names)))


def merged_values(kept: Client, absorbed: Client, choices: Mapping[str, str]) -> dict[str, Any]:
    """Return the values that change on the kept record. A name that is not chosen stays among the other names."""
    changes: dict[str, Any] = {}
    given_up: list[str] = []
    for fact in facts(kept, absorbed):
        choice = choices.get(fact.name, fact.usual) if fact.is_asked else fact.usual
        if choice == BOTH and fact.may_be_both:
            changes[fact.name] = _both(getattr(kept, fact.name), getattr(absorbed, fact.name))
        elif choice == ABSORBED:
            changes |= {name: getattr(absorbed, name) for name in fact.fields}
        if fact.is_asked and fact.name in NAMES:
            given_up.append(_name_of(absorbed if choice == KEPT else kept, fact))
    aliases = changes.get("aliases", kept.aliases)
    for name in given_up:
        aliases = _both(aliases, name)
    changes |= {"aliases": aliases} | _known_as(kept, absorbed, changes | {"aliases": aliases})
    return {name: value for name, value in changes.items() if getattr(kept, name) != value}


def _known_as(kept: Client, absorbed: Client, changes: Mapping[str, Any]) -> dict[str, Any]:
    """How the one record is known: by a name that either of them has, else by a chosen name. A chosen name still finds it."""
    chosen = [client.pseudonym for client in (kept, absorbed) if client.pseudonym]
    if any(changes.get(name, getattr(kept, name)) for name in ("given_name", "family_name")):
        aliases = changes["aliases"]
        for name in chosen:
            aliases = _both(aliases, name)
        return {"kind": ClientKind.NAMED.value, "pseudonym": "", "aliases": aliases}
    if chosen:
        aliases = _both(changes["aliases"], chosen[1]) if len(set(chosen)) > 1 else changes["aliases"]
        return {"kind": ClientKind.PSEUDONYMOUS.value, "pseudonym": chosen[0], "aliases": aliases}
    return {"kind": ClientKind.ANONYMOUS.value, "pseudonym": ""}


def _name_of(client: Client, fact: Fact) -> str:
    return " ".join(filter(None, (getattr(client, name) for name in fact.fields)))


def _both(first: Any, second: Any) -> Any:
    """Both lists, or both texts with a comma; what would be too long for its field is not added, the old record keeps it."""
    if isinstance(first, list):
        return [*first, *(part for part in second if part not in first)]
    parts = [part.strip() for part in str(first).split(",") if part.strip()]
    known = {part.casefold() for part in parts}
    longest = Client._meta.get_field("aliases").max_length or 0
    for part in (part.strip() for part in str(second).split(",")):
        if part and part.casefold() not in known and len(", ".join([*parts, part])) <= longest:
            parts.append(part)
    return ", ".join(parts)


def label_of(name: str) -> str:
    """Return a field's name in words."""
    for label, names in TOGETHER:
        if name in names:
            return str(label)
    field: models.Field[Any, Any] = Client._meta.get_field(name)  # type: ignore[assignment]  # only names of columns come here
    return capfirst(str(field.verbose_name))
