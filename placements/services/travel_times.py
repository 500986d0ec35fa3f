"""The centre's table of ways: kept one by one, or pasted as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from placements.models import TravelTime


@dataclass(frozen=True)
class Way:
    """Two postal codes and the minutes between them."""

    code: str
    other: str
    minutes: int

    @property
    def pair(self) -> tuple[str, str]:
        """The smaller code first: a way is the same there and back."""
        low, high = sorted((self.code, self.other))
        return low, high


@dataclass(frozen=True)
class Kept:
    """How many ways were new, and how many got other minutes."""

    added: int
    changed: int


@transaction.atomic
def keep_ways(*, ways: Sequence[Way], by: User) -> Kept:
    """Add these ways to the own centre's table, or give them other minutes. One that comes twice counts as it came last."""
    Centre.objects.select_for_update().get(pk=by.centre_id)
    wanted = {way.pair: way.minutes for way in ways}
    codes = {code for pair in wanted for code in pair}
    known = {
        (row.code_a, row.code_b): row
        for row in TravelTime.objects.filter(centre_id=by.centre_id, code_a__in=codes, code_b__in=codes)
    }
    fresh = [
        TravelTime(centre_id=by.centre_id, code_a=pair[0], code_b=pair[1], minutes=minutes, created_by=by)
        for pair, minutes in wanted.items() if pair not in known
    ]  # fmt: skip
    other = [row for pair, row in known.items() if pair in wanted and row.minutes != wanted[pair]]
    for row in other:
        row.minutes = wanted[(row.code_a, row.code_b)]
        row.revision += 1
    TravelTime.objects.bulk_create(fresh)
    TravelTime.objects.bulk_update(other, ["minutes", "revision"])
    if fresh or other:
        first = (fresh or other)[0]
        record(Action.CHANGE, by=by, obj=first, added=len(fresh), changed=len(other))
    return Kept(len(fresh), len(other))


@transaction.atomic
def forget_way(*, way: TravelTime, by: User) -> None:
    """Take a way out of the table; one that is gone already stays gone."""
    stored = TravelTime.objects.select_for_update().filter(pk=way.pk).first()
    if stored is not None:
        record(Action.DELETE, by=by, obj=stored)
        stored.delete()
