"""Pairs that look like one business and really are two: said, taken back, and kept right when records are merged."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import Q

from businesses.errors import NotMergeableError
from businesses.models import Business, ReallyTwo
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

Told = dict[str, Any]


@transaction.atomic
def say_two(*, one: Business, other: Business, by: User, reason: str = "") -> ReallyTwo:
    """Say that these two records really are two businesses: the pair is not proposed again.

    Said once already, it stays as it was said. Raises ``NotMergeableError`` unless both stand for themselves in one centre.
    """
    locked = Business.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk, other.pk]).order_by("pk")
    pair = list(locked)
    if len(pair) < 2 or pair[0].centre_id != pair[1].centre_id:
        raise NotMergeableError
    said, is_new = ReallyTwo.objects.get_or_create(
        first=pair[0], second=pair[1], defaults={"centre_id": pair[0].centre_id, "reason": reason, "decided_by": by}
    )  # fmt: skip
    if is_new:
        record(Action.CREATE, by=by, obj=said)
    return said


@transaction.atomic
def say_no_longer_two(*, pair: ReallyTwo, by: User) -> None:
    """Take it back: the pair is proposed again."""
    stored = ReallyTwo.objects.select_for_update().filter(pk=pair.pk).first()
    if stored is None:
        return
    record(Action.DELETE, by=by, obj=stored)
    stored.delete()


def move_pairs(kept: Business, absorbed: Business) -> list[Told]:
    """Let what was said about ``absorbed`` be said about ``kept``; return what was done, for the way back.

    A pair of the two themselves goes: they are one now. So does one that was said about ``kept`` already.
    """
    done: list[Told] = []
    for pair in ReallyTwo.objects.select_for_update().filter(Q(first=absorbed) | Q(second=absorbed)):
        other = _partner(pair, absorbed)
        if other == kept.pk or ReallyTwo.objects.about(kept.pk, other).exists():
            done.append({
                "dropped": other, "reason": pair.reason, "at": pair.decided_at.isoformat(), "by": pair.decided_by_id,
            })  # fmt: skip
            pair.delete()
        else:
            done.append({"moved": pair.pk})
            _set(pair, kept.pk, other)
    return done


def return_pairs(kept: Business, absorbed: Business, done: list[Told]) -> None:
    """Let what was said about ``absorbed`` before a merge be said about it again, unless somebody has taken it back since."""
    moved = [step["moved"] for step in done if "moved" in step]
    about_kept = Q(first=kept) | Q(second=kept)
    for pair in ReallyTwo.objects.select_for_update().filter(about_kept, pk__in=moved):
        _set(pair, absorbed.pk, _partner(pair, kept))
    for step in done:
        if "dropped" in step:
            _say_again(absorbed, step)


def _say_again(absorbed: Business, step: Told) -> None:
    other = Business.with_absorbed.filter(pk=step["dropped"]).first()
    while other and other.merged_into:
        other = other.merged_into
    if other is None or other == absorbed or ReallyTwo.objects.about(other.pk, absorbed.pk).exists():
        return
    ReallyTwo.objects.create(
        centre_id=absorbed.centre_id, first_id=min(other.pk, absorbed.pk), second_id=max(other.pk, absorbed.pk),
        reason=step["reason"], decided_at=dt.datetime.fromisoformat(step["at"]),
        decided_by=User.objects.filter(pk=step["by"]).first(),
    )  # fmt: skip


def _partner(pair: ReallyTwo, one: Business) -> int:
    return pair.second_id if pair.first_id == one.pk else pair.first_id


def _set(pair: ReallyTwo, one: int, other: int) -> None:
    pair.first_id, pair.second_id = min(one, other), max(one, other)
    pair.save(update_fields=["first", "second"])
