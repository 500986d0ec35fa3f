"""Counts over the profiles of a group, so that adding and subtracting what is shown finds nobody.

Everybody falls into exactly one category of each *measure* (the band of a scale; a field of work with its evidence, or not named) and
into exactly one group of each *split* (a gender, an age group, a programme). Shown are the categories of all persons, and those of one
group of one split at a time. All of it is linked: the groups of a split add up to all persons, the categories to the group. So the
figures of a group are cut out of the whole table group x category, hidden by ``core.small_counts`` with all totals taken as known, and
categories that are hidden for all persons are hidden in every group.
"""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from iqquadrat.core.small_counts import hide_in_list, hide_within, is_small

Group = tuple[str, str]  # the split and the key of the group in it
Counts = list[int | None]


@dataclass(frozen=True)
class Person:
    """Where one person falls: the category of each measure, the group of each split."""

    categories: Mapping[str, str]
    groups: Mapping[str, str]


@dataclass(frozen=True)
class Measure:
    """Something that is counted, with all categories that somebody can fall into."""

    key: str
    categories: tuple[str, ...]


def _counted(persons: Sequence[Person], measure: Measure) -> list[int]:
    found: Counter[Hashable] = Counter(person.categories[measure.key] for person in persons)
    return [found[category] for category in measure.categories]


def of_all(persons: Sequence[Person], measure: Measure) -> Counts:
    """Return the counts over all persons, whose number is shown beside them; None is hidden."""
    counts = _counted(persons, measure)
    shown = hide_in_list(counts)
    return [None] * len(counts) if shown.total is None else shown.counts


@dataclass(frozen=True)
class Split:
    """How the persons divide by one thing. ``offered``: groups whose number may be shown, with that number."""

    key: str
    offered: Mapping[str, int]
    parts: tuple[tuple[Person, ...], ...]  # of the offered groups in their order, then of all others together


def split_by(persons: Sequence[Person], key: str) -> Split:
    """Divide the persons. Small groups are not offered, nor those whose number would give a small one away."""
    sizes = Counter(person.groups[key] for person in persons)
    names = sorted(sizes)
    shown = hide_in_list([sizes[name] for name in names])
    offered = {
        name: count for name, count in zip(names, shown.counts, strict=True) if count and shown.total is not None
    }  # fmt: skip
    parts = [tuple(person for person in persons if person.groups[key] == name) for name in offered]
    rest = tuple(person for person in persons if person.groups[key] not in offered)
    if rest:
        parts.append(rest)
    # One group alone is everybody: nothing is divided.
    return Split(key, offered if len(parts) > 1 else {}, tuple(parts))


def of_group(persons: Sequence[Person], measure: Measure, split: Split, name: str) -> Counts:
    """Return the counts over one offered group of a split, in the order of the categories; None is hidden."""
    whole = of_all(persons, measure)
    open_places = [place for place, count in enumerate(whole) if count is not None]
    table = []
    for part in split.parts:
        counts = _counted(part, measure)
        shown = [counts[place] for place in open_places]
        # What is hidden for all is one column here: its sum in a group is what the others leave of the group's number.
        table.append([*shown, sum(counts) - sum(shown)] if len(shown) < len(counts) else shown)
    row = hide_within(table)[list(split.offered).index(name)]
    found: Counts = [None] * len(whole)
    for place, count in zip(open_places, row, strict=False):
        found[place] = count
    return found


def may_be_told(persons: Sequence[Person]) -> bool:
    """Tell whether there are enough persons to say how many."""
    return not is_small(len(persons))
