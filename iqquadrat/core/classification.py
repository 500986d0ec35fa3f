"""How much a field says about a person. Each room keeps the table of its own fields in its ``classification.py``.

Erasure, export and retention are derived from these tables; ``tests/house/test_classification.py`` holds them complete.

*identifying*  alone or together names a person   *sensitive*  special category or under professional secrecy
*plain*        says nothing about a person without the others
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise

Text = str | Promise


class Class(StrEnum):
    """How a field is treated."""

    IDENTIFYING = "identifying"
    SENSITIVE = "sensitive"
    PLAIN = "plain"


# The table of one room: model, field, class.
Table = Mapping[str, Mapping[str, Class]]

# What every ``core.models.Recorded`` has.
RECORDED = dict.fromkeys(("id", "created_at", "created_by", "changed_at", "revision"), Class.PLAIN)


def plain(*names: str) -> dict[str, Class]:
    """Return these fields as plain."""
    return dict.fromkeys(names, Class.PLAIN)


def plain_translated(*names: str) -> dict[str, Class]:
    """Return these fields and their columns in every language as plain."""
    codes = [code for code, _name in settings.LANGUAGES]
    return plain(*names, *(f"{name}_{code}" for name in names for code in codes))


# --- What becomes of a table when a client is erased -----------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Goes:
    """The rows are deleted. ``words`` say in the preview what goes; empty for what only serves the machine.

    ``raw``: a record of the machine. It is handed over as a file; on paper it would fill pages and tell nothing.
    """

    words: Text = ""
    raw: bool = False
    # Columns that name a row of another table which belongs to this row alone, and goes with it.
    owns: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Remains:
    """The rows stay, because figures count them; every column is emptied that is not named here.

    ``figures``: what figures count   ``ties``: what holds these rows together   ``put``: what a column gets instead, a
    value or a function of the row. Nobody has to remember a new column: it is emptied, or refused when it cannot be empty.
    """

    words: Text
    figures: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    put: Mapping[str, Callable[[Any], Any] | str | int | bool | list[str] | None] = field(
        default_factory=dict
    )
    owns: tuple[str, ...] = ()

    @property
    def kept(self) -> frozenset[str]:
        """The columns that stay as they are."""
        return frozenset((*self.figures, *self.ties))


@dataclass(frozen=True, kw_only=True)
class Apart:
    """The table says something about persons, but not about a client: a reason. Nothing is done, and nothing below it.

    ``owns`` as in ``Goes``: the rows it owns are not a client's. ``swept``: columns that could quote a client's words by
    accident (a session, the text of an error); rows that do are deleted.
    """

    reason: str
    owns: tuple[str, ...] = ()
    swept: tuple[str, ...] = ()


Erasing = Goes | Remains | Apart
# The rules of one room, by model. Every table with an identifying or sensitive column has one (a system check).
ErasingTable = Mapping[str, Erasing]


# What is not handed over when a client asks for the own data, with the reason: "Model" or "Model.column".
LeftOut = Mapping[str, str]
# What a client is told of a row of another table that their own row names, by table and column: never what is somebody else's.
TellingTable = Mapping[str, Mapping[str, tuple[str, ...]]]


def noon_of(column: str) -> Callable[[Any], Any]:
    """Return a function of a row: the same day at noon. Figures count days; the hour would only tell the person."""

    def day_only(row: Any) -> Any:
        at = getattr(row, column)
        return (
            None if at is None else timezone.localtime(at).replace(hour=12, minute=0, second=0, microsecond=0)
        )

    return day_only
