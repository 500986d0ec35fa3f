"""The audit of matching: persons advised, proposed and begun in a quarter, by gender and by language.

It looks at what came of matching; matching itself never sees gender or origin. Small counts are hidden with what would give them away.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from counselling.enums import Gender, SpokenLanguage
from iqquadrat.core.small_counts import hide_in_list
from placements.enums import Stage

SHOWN = 8  # quarters to choose from
# Languages that share a way of writing or a region of the house's clients; finer groups would only be hidden.
LANGUAGE_GROUPS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("arabic", _("Arabic"), ("ar",)),
    ("kurdish", _("Kurdish"), ("ku", "ckb")),
    ("persian", _("Persian, Dari, Pashto"), ("fa", "prs", "ps")),
    ("slavic", _("Russian, Ukrainian and other Slavic languages"), ("ru", "uk", "pl", "bg", "sh")),
    ("turkish", _("Turkish"), ("tr",)),
    ("vietnamese", _("Vietnamese"), ("vi",)),
)
OTHER, UNKNOWN = "other", "unknown"


@dataclass(frozen=True)
class Quarter:
    """A quarter of a year."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """As it stands in the address."""
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 3 * self.number - 2, 1)

    @property
    def after(self) -> dt.date:
        """The first day after it."""
        return dt.date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)

    @property
    def previous(self) -> "Quarter":
        """The one before."""
        return Quarter(self.year - 1, 4) if self.number == 1 else Quarter(self.year, self.number - 1)


def quarters() -> list[Quarter]:
    """Return the last quarters, the present one first."""
    today = timezone.localdate()
    found = [Quarter(today.year, (today.month + 2) // 3)]
    while len(found) < SHOWN:
        found.append(found[-1].previous)
    return found


def quarter_of(code: str) -> Quarter | None:
    """Return the quarter of an address, None when it is none."""
    match = re.fullmatch(r"(2[0-9]{3})-([1-4])", code)
    return Quarter(int(match[1]), int(match[2])) if match else None


@dataclass(frozen=True)
class AuditRow:
    """One group: persons advised, of these proposed, of these begun; None is hidden."""

    label: Any
    advised: int | None
    proposed: int | None
    started: int | None


@dataclass(frozen=True)
class AuditTable:
    """One breakdown with its totals."""

    title: Any
    rows: list[AuditRow]
    total: AuditRow

    @property
    def hides(self) -> bool:
        """Whether a count is hidden."""
        return any(None in (row.advised, row.proposed, row.started) for row in [*self.rows, self.total])


# Persons, not events: who was proposed twice counts once. Standing events only: what was undone did not happen.
COUNTED = """
WITH advised AS (
    SELECT DISTINCT client_id FROM counselling_consultation
     WHERE centre_id = %(centre)s AND held_at >= %(first)s AND held_at < %(after)s AND NOT is_no_show AND client_id IS NOT NULL
), steps AS (
    SELECT p.client_id, bool_or(e.stage = %(proposed)s) AS proposed, bool_or(e.stage = %(started)s) AS started
      FROM placements_placementevent e JOIN placements_placement p ON p.id = e.placement_id
     WHERE p.centre_id = %(centre)s AND e.at >= %(first)s AND e.at < %(after)s AND e.stage IN (%(proposed)s, %(started)s)
       AND e.undoes_id IS NULL AND NOT EXISTS (SELECT 1 FROM placements_placementevent u WHERE u.undoes_id = e.id)
     GROUP BY p.client_id
)
SELECT c.gender, coalesce(c.spoken_languages[1], ''), count(*),
       count(*) FILTER (WHERE s.proposed), count(*) FILTER (WHERE s.started)
  FROM (SELECT client_id FROM advised UNION SELECT client_id FROM steps) AS everybody
  JOIN counselling_client c ON c.id = everybody.client_id
  LEFT JOIN steps s ON s.client_id = c.id
 GROUP BY 1, 2
"""


def audit(centre_id: int, quarter: Quarter) -> list[AuditTable]:
    """Return the tables by gender and by language of a centre; one query."""
    moments = {
        name: timezone.make_aware(dt.datetime.combine(day, dt.time.min))
        for name, day in (("first", quarter.first), ("after", quarter.after))
    }
    with connection.cursor() as cursor:
        cursor.execute(
            COUNTED,
            {
                "centre": centre_id,
                "proposed": Stage.PROPOSED.value,
                "started": Stage.STARTED.value,
                **moments,
            },
        )
        counted = cursor.fetchall()
    genders = [(code, label) for code, label in Gender.choices] + [("", _("not recorded"))]
    languages = [(code, label) for code, label, _codes in LANGUAGE_GROUPS] + [
        (OTHER, _("other languages")), (UNKNOWN, _("not recorded")),
    ]  # fmt: skip
    return [
        _table(_("By gender"), genders, ((row[0], row[2:]) for row in counted)),
        _table(_("By first language"), languages, ((group_of(row[1]), row[2:]) for row in counted)),
    ]


def group_of(language: str) -> str:
    """Return the group of languages that this one is counted in."""
    if language not in SpokenLanguage.values:
        return UNKNOWN
    return next((code for code, _label, codes in LANGUAGE_GROUPS if language in codes), OTHER)


def _table(
    title: Any, groups: Sequence[tuple[str, Any]], counted: Iterable[tuple[str, Sequence[int]]]
) -> AuditTable:
    sums = {code: [0, 0, 0] for code, _label in groups}
    for code, counts in counted:
        for place, count in enumerate(counts):
            sums[code][place] += count
    columns = [hide_in_list([sums[code][place] for code, _label in groups]) for place in range(3)]
    rows = [
        AuditRow(label, *(column.counts[line] for column in columns))
        for line, (_code, label) in enumerate(groups)
    ]
    return AuditTable(title, rows, AuditRow(_("all"), *(column.total for column in columns)))
