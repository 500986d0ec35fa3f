"""The rules of the file that leaves the house: what is left out of it, and how coarse place and branch become.

No combination of section and kind of shop occurs in a wave with fewer than three interviews. First sections with too few are put
together as "other sections", then, within a section, kinds with too few as "other kinds"; where what was put together is still too
few, the next smallest one joins it. The same grouping holds in every wave of the file, so that waves cannot be played off against
each other.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

FEWEST = 3
# Asked under the promise that it is counted in sums only, never shown for a single business.
SUMS_ONLY = frozenset({"v13_family"})
# Special category (origin), and its consent; never leaves the house in rows.
NOT_FOR_SCIENCE = frozenset({"v06_consent", "v06_country"})
OTHER = ""
OTHER_KINDS = 0

T = TypeVar("T", str, int)

# Wave, section, kind of shop of one interview.
Place = tuple[int, str, int]
# By wave.
Counts = Counter[int]


class TooFewInterviewsError(Exception):
    """A wave has fewer than three interviews: no grouping makes its rows safe."""


@dataclass
class Grouping:
    """What each section and each kind becomes. Sections and kinds that are not named here were put together."""

    sections: set[str] = field(default_factory=set)
    kinds: dict[str, set[int]] = field(default_factory=dict)

    def section(self, section: str) -> str:
        """Return the section as the file shows it; ``OTHER`` when it was put together with others."""
        return section if section in self.sections else OTHER

    def kind(self, section: str, kind: int) -> int:
        """Return the kind as the file shows it in this section; ``OTHER_KINDS`` when it was put together with others."""
        return kind if kind in self.kinds.get(self.section(section), set()) else OTHER_KINDS


def grouping_of(places: Iterable[Place]) -> Grouping:
    """Return the finest grouping that the rules allow. Raises ``TooFewInterviewsError``."""
    counted = Counter(places)
    per_section: dict[str, Counts] = {}
    for (wave, section, _kind), number in counted.items():
        per_section.setdefault(section, Counter())[wave] += number
    kept = _kept(per_section, always_apart=OTHER)
    per_kind: dict[str, dict[int, Counts]] = {}
    for (wave, section, kind), number in counted.items():
        place = section if section in kept else OTHER
        per_kind.setdefault(place, {}).setdefault(kind, Counter())[wave] += number
    return Grouping(
        sections=kept,
        kinds={place: _kept(kinds, always_apart=OTHER_KINDS) for place, kinds in per_kind.items()},
    )


def _kept(counts: Mapping[T, Counts], *, always_apart: T) -> set[T]:
    """Return what stays itself; all else is put together and is, in every wave in which it occurs, enough for itself."""
    together: Counts = Counter()
    left = dict(counts)
    for name in list(left):
        if name == always_apart or _too_few(left[name]):
            together += left.pop(name)
    while _too_few(together):
        if not left:
            raise TooFewInterviewsError
        smallest = min(left, key=lambda name: (left[name].total(), str(name)))
        together += left.pop(smallest)
    return set(left)


def _too_few(counts: Counts) -> bool:
    return any(0 < number < FEWEST for number in counts.values())
