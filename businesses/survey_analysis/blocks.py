"""What a chapter is made of, for page and paper alike: figures, and lines with bars. Every figure names its indicator."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from businesses.analysis.catalogue import INDICATORS, Indicator

# What stands where nothing can be shown or told.
DASH = "–"


@dataclass(frozen=True)
class Cell:
    """One number of a table as it is read; ``hidden`` where the rules of disclosure hold it back."""

    text: str
    hidden: bool = False

    @classmethod
    def of(cls, number: float | None, *, places: int = 0) -> Self:
        """A count or a measure; None is hidden."""
        return cls(DASH, hidden=True) if number is None else cls(counted(number, places))

    @classmethod
    def share(cls, share: float | None, *, hidden: bool = False) -> Self:
        """A share in per cent."""
        return cls(DASH, hidden=hidden) if share is None else cls(per_cent(share))


@dataclass(frozen=True)
class Figure:
    """A number that stands alone. ``key`` finds it again in another wave; ``base`` says what it rests on."""

    key: str
    indicator: str
    name: str
    value: str
    base: str = ""
    hidden: bool = False

    @classmethod
    def of(
        cls,
        code: str,
        value: str | None,
        base: str = "",
        *,
        key: str = "",
        name: str = "",
        hidden: bool = False,
    ) -> Self:
        """An indicator of the catalogue. Without a value a dash stands there."""
        named = name or str(INDICATORS[code].name)
        return cls(key or code, code, named, value or DASH, base, hidden=hidden)


@dataclass(frozen=True)
class Line:
    """A line of a table. ``length`` between 0 and 1 draws a bar; None draws none."""

    name: str
    cells: tuple[Cell, ...]
    length: float | None = None


@dataclass(frozen=True)
class Block:
    """A part of a chapter. ``about`` are the indicators explained under it, ``head`` the words over the columns."""

    key: str
    title: str
    about: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    head: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    note: str = ""
    texts: tuple[str, ...] = ()
    # Whether the last column says something in words.
    ends_in_words: bool = False

    @property
    def indicators(self) -> list[Indicator]:
        """Name, formula, source and caveat of what stands here."""
        return [INDICATORS[code] for code in self.about]

    @property
    def hides(self) -> bool:
        """Whether anything of it is hidden."""
        cells = [cell for line in self.lines for cell in line.cells]
        return any(cell.hidden for cell in cells) or any(figure.hidden for figure in self.figures)

    @property
    def has_bars(self) -> bool:
        """Whether its lines are drawn."""
        return any(line.length is not None for line in self.lines)


@dataclass(frozen=True)
class Chapter:
    """A chapter of the analysis."""

    key: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def figures(self) -> list[Figure]:
        """Every figure of it."""
        return [figure for block in self.blocks for figure in block.figures]

    @property
    def indicators(self) -> list[Indicator]:
        """Every indicator of it, once."""
        codes = dict.fromkeys(code for block in self.blocks for code in block.about)
        return [INDICATORS[code] for code in codes]


def counted(number: float, places: int = 0) -> str:
    """Return a number as it is written in the language of the page."""
    return number_format(round(number, places), decimal_pos=places, force_grouping=True)


def per_cent(share: float) -> str:
    """Return a share as whole per cent."""
    return _("%(number)d %%") % {"number": round(100 * share)}


def points(balance: float) -> str:
    """Return a balance in percentage points, with its sign."""
    number = round(100 * balance)
    sign = "+" if number > 0 else "−" if number < 0 else "±"
    return _("%(number)s points") % {"number": f"{sign}{abs(number)}"}


def answered(n: int | None, asked: int) -> str:
    """Return how many of how many answered."""
    if n is None:
        return _("answers: hidden")
    return _("n = %(n)s of %(asked)s interviews") % {"n": counted(n), "asked": counted(asked)}


def lengths(numbers: Sequence[float | None]) -> list[float | None]:
    """Return how long the bars of a list are drawn: the largest is full; what is hidden has none."""
    largest = max((number for number in numbers if number is not None), default=0)
    return [None if number is None else number / largest if largest else 0.0 for number in numbers]
