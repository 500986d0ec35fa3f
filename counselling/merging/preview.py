"""In words, before anything happens: what a merge moves, and what undoing it brings back and leaves."""

from dataclasses import dataclass, field

from counselling.merging.facts import label_of
from counselling.merging.relations import moving_relations, relation
from counselling.models import Client, Merge
from iqquadrat.core.merging import UNDO_FOR, frozen

__all__ = ["UNDO_FOR", "Clash", "Count", "WayBack", "clashes", "what_moves", "what_undoing_does"]


@dataclass(frozen=True)
class Count:
    """So many rows of one kind."""

    label: str
    n: int


@dataclass(frozen=True)
class Clash:
    """A row that could not go along: the kept record has one of its own in that place."""

    label: str
    words: str


@dataclass
class WayBack:
    """What undoing does."""

    returning: list[Count] = field(default_factory=list)  # goes back to the other record
    staying: list[Count] = field(default_factory=list)  # was added since and stays with the kept one
    restored: list[str] = field(default_factory=list)  # details that become what they were
    edited: list[str] = field(default_factory=list)  # details changed since: the change stays


def what_moves(absorbed: Client) -> list[Count]:
    """Return how many rows of each kind would move."""
    counts = [
        Count(one.label, n)
        for one in moving_relations()
        if not one.rule.quiet and (n := one.rows(absorbed.pk).count())
    ]
    return sorted(counts, key=lambda count: count.label)


def what_undoing_does(merge: Merge) -> WayBack:
    """Return it; nothing once the details are cleared."""
    way = WayBack()
    moved = {key: set(pks) for key, pks in merge.details.get("moved", {}).items()}
    for one in moving_relations():
        if one.rule.quiet:
            continue
        rows = one.rows(merge.kept_id)
        if pks := moved.get(one.key):
            way.returning.append(Count(one.label, rows.filter(pk__in=pks).count()))
        if any(column.name == "created_at" for column in one.model._meta.concrete_fields):
            since = rows.filter(created_at__gt=merge.merged_at).exclude(pk__in=moved.get(one.key, ())).count()
            way.staying.append(Count(one.label, since))
    way.returning = [count for count in way.returning if count.n]
    way.staying = [count for count in way.staying if count.n]
    for name, (_before, after) in merge.details.get("kept", {}).items():
        (way.restored if frozen(merge.kept, name) == after else way.edited).append(label_of(name))
    return way


def clashes(merge: Merge) -> list[Clash]:
    """Return what stayed with the other record, in words; nothing once they are two persons' records again."""
    if merge.undone_at is not None:
        return []
    return [
        Clash(
            label=found.label if (found := relation(row["relation"])) else row["relation"], words=row["words"]
        )
        for row in merge.details.get("clashes", [])
    ]
