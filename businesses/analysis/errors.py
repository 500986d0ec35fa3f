"""What the formulas refuse to reckon with."""

from decimal import Decimal

from businesses.errors import BusinessError


class ImpossibleFiguresError(BusinessError, ValueError):
    """Numbers that no street can have: a negative count, a part greater than its whole."""


class DifferentVersionsError(BusinessError, ValueError):
    """Two counts by branch follow different versions of the classification and cannot be compared."""

    def __init__(self, ours: str, theirs: str) -> None:
        super().__init__(f"classified by {ours} and by {theirs}")
        self.ours, self.theirs = ours, theirs


def check_counts(*counts: int | Decimal) -> None:
    """Raise ImpossibleFiguresError when one of these counts is negative."""
    if any(count < 0 for count in counts):
        raise ImpossibleFiguresError("a count is negative")
