"""In words, before anything happens: what a merge moves, and what undoing it brings back and leaves."""

from counselling.merging.facts import label_of
from counselling.models import Client, Merge
from iqquadrat.core import merging
from iqquadrat.core.merging import UNDO_FOR, Clash, Count, WayBack, what_moves

__all__ = ["UNDO_FOR", "Clash", "Count", "WayBack", "clashes", "what_moves", "what_undoing_does"]


def what_undoing_does(merge: Merge) -> WayBack:
    """Return it; nothing once the details are cleared."""
    return merging.what_undoing_does(merge.kept, merge, label_of)


def clashes(merge: Merge) -> list[Clash]:
    """Return what stayed with the other record, in words; nothing once they are two persons' records again."""
    return merging.clashes_of(Client, merge)
