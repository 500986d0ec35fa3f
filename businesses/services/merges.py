"""Two records of one business made one, and taken apart again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from businesses.errors import MergeContradictionError, MergeStandsError, NotMergeableError, RecordChangedError
from businesses.merging.facts import merged_values
from businesses.models import Business, BusinessMerge, Interview, Unit
from businesses.services.fieldwork import settle
from businesses.services.pairs import move_pairs, return_pairs
from businesses.services.register import set_keys
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core import merging
from iqquadrat.core.merging import check_at_once, frozen, gather, give_back, thawed
from iqquadrat.core.submissions import take_turns

Details = dict[str, Any]


def _both_locked(kept: Business, absorbed: Business) -> tuple[Business, Business]:
    """Both records, locked in the order of their keys: two merges of the same two never wait for each other."""
    rows = (
        Business.with_absorbed.select_for_update(of=("self",))
        .filter(pk__in=[kept.pk, absorbed.pk])
        .order_by("pk")
    )
    by_key = {business.pk: business for business in rows.select_related("premises__street", "branch")}
    if len(by_key) < 2:  # one and the same, or one is gone
        raise NotMergeableError
    return by_key[kept.pk], by_key[absorbed.pk]


@transaction.atomic
def merge_businesses(
    *, kept: Business, absorbed: Business, choices: Mapping[str, str], by: User, submission: UUID | None = None,
    revisions: tuple[int, int] | None = None,
) -> BusinessMerge:  # fmt: skip
    """Make ``absorbed`` part of ``kept``: all that hangs on it moves, in every room, and its address leads to the kept one.

    ``choices`` says for each fact that differs whose value holds (``kept``, ``absorbed``, ``both``); ``revisions`` are those of both
    records that the reader has compared. Raises ``NotMergeableError``, ``RecordChangedError``, ``MergeContradictionError``.
    """
    take_turns(submission)
    if submission and (made := BusinessMerge.objects.filter(submission=submission).first()):
        return made
    kept, absorbed = _both_locked(kept, absorbed)
    standing = kept.merged_into_id is None and absorbed.merged_into_id is None
    if kept.centre_id != absorbed.centre_id or not standing:
        raise NotMergeableError
    if revisions is not None and revisions != (kept.revision, absorbed.revision):
        raise RecordChangedError(kept)
    now = timezone.now()
    check_at_once()
    Business.with_absorbed.filter(pk=absorbed.pk).update(merged_into=kept)
    before = _take_over(kept, absorbed, merged_values(kept, absorbed, choices))
    details = gather(kept, absorbed, now)
    details |= {
        "kept": before,
        "units": _one_unit_a_wave(kept, absorbed, details),
        "pairs": move_pairs(kept, absorbed),
    }
    merge = BusinessMerge.objects.create(
        centre_id=kept.centre_id, kept=kept, absorbed=absorbed, submission=submission, merged_at=now, merged_by=by, details=details
    )  # fmt: skip
    moved = sum(len(keys) for keys in details["moved"].values())
    record(Action.CHANGE, by=by, obj=kept, fields=sorted(before), reason="merge", rows=moved)
    record(Action.CHANGE, by=by, obj=absorbed, fields=["merged_into"], reason="merge")
    return merge


def _take_over(kept: Business, absorbed: Business, changes: dict[str, Any]) -> dict[str, list[Any]]:
    """Write the chosen facts into the kept record; return each field before and after."""
    before = {name: frozen(kept, name) for name in changes}
    for name, value in changes.items():
        setattr(kept, name, value)
    try:
        kept.clean_fields(exclude=[field.name for field in kept._meta.fields if field.name not in changes])
        kept.validate_constraints()
    except ValidationError as error:
        raise MergeContradictionError(", ".join(error.messages)) from error
    set_keys(kept)
    # Above both: a form that was opened on either record before the merge is noticed when it is sent.
    kept.revision = max(kept.revision, absorbed.revision) + 1
    kept.save()
    return {name: [before[name], frozen(kept, name)] for name in changes}


def _one_unit_a_wave(kept: Business, absorbed: Business, details: Details) -> list[Details]:
    """A shop that was on the list of a wave under both records is one unit of it: visits move, the result is worked out anew.

    Where both records were interviewed in one wave, both units stay: each interview is kept with the unit that it was held at.
    """
    folded: list[Details] = []
    for spare in Unit.objects.filter(business=absorbed, wave__units__business=kept).select_related("wave"):
        if Interview.objects.filter(business=absorbed, wave=spare.wave_id).exists():
            continue
        unit = Unit.objects.select_for_update().get(business=kept, wave=spare.wave_id)
        moved = {}
        for one in merging.all_relations(Unit):
            went, stayed = merging.move(one, source=spare.pk, target=unit.pk)
            if stayed:
                raise MergeContradictionError(one.label)
            if went:
                moved[one.key] = went
        folded.append(
            {"pk": spare.pk, "wave": spare.wave_id, "status": spare.status, "disposition": spare.disposition, "into": unit.pk, "moved": moved}
        )  # fmt: skip
        spare.delete()
        before = unit.disposition
        settle(unit)
        details["adjusted"].append({
            "model": "businesses.unit", "pk": unit.pk, "before": {"disposition": before}, "after": {"disposition": unit.disposition},
        })  # fmt: skip
    return folded


def can_be_undone(merge: BusinessMerge) -> bool:
    """Within its time, not undone, and the kept record stands for itself."""
    in_time = merge.details_cleared_at is None and merge.undo_until > timezone.now()
    return in_time and merge.undone_at is None and merge.kept.merged_into_id is None


@transaction.atomic
def undo_merge(*, merge: BusinessMerge, by: User) -> BusinessMerge:
    """Take a merge back within 30 days. Undoing twice changes nothing.

    What moved goes back; what was added to the kept record since stays there, and so do details changed since. Raises
    ``MergeStandsError`` when it is too late, or when the kept record was merged itself: that one has to be undone first.
    """
    kept, absorbed = _both_locked(merge.kept, merge.absorbed)
    merge = BusinessMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    merge.kept, merge.absorbed = kept, absorbed
    if merge.undone_at is not None:
        return merge
    if not can_be_undone(merge):
        raise MergeStandsError
    check_at_once()
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _restore(kept, merge.details)
    try:
        with transaction.atomic():
            _units_apart(absorbed, merge.details)
            changed = give_back(Business, merge)
            return_pairs(kept, absorbed, merge.details.get("pairs", []))
    except IntegrityError as error:
        # Its own number was given to another one meanwhile.
        raise MergeStandsError from error
    record(
        Action.CHANGE,
        by=by,
        obj=kept,
        fields=sorted(merge.details["kept"]),
        reason="merge_undone",
        rows=changed,
    )
    record(Action.CHANGE, by=by, obj=absorbed, fields=["merged_into"], reason="merge_undone")
    return merge


def _units_apart(absorbed: Business, details: Details) -> None:
    for spare in details["units"]:
        unit = Unit.objects.create(
            pk=spare["pk"],
            wave_id=spare["wave"],
            business=absorbed,
            status=spare["status"],
            disposition=spare["disposition"],
        )
        for key, pks in spare["moved"].items():
            if one := merging.relation(Unit, key):
                merging.move(one, source=spare["into"], target=unit.pk, only=pks)


def _restore(kept: Business, details: Details) -> None:
    """Give the kept record its own facts back where nobody has changed them since; its revision goes on counting."""
    for name, (before, after) in details["kept"].items():
        if frozen(kept, name) == after:
            field = Business._meta.get_field(name)
            setattr(kept, getattr(field, "attname", name), thawed(Business, name, before))
    set_keys(kept)
    kept.revision += 1
    kept.save()


@transaction.atomic
def clear_old_merges(*, centre_id: int, now: dt.datetime) -> int:
    """Forget the details of a centre's merges that can no longer be undone. Returns how many."""
    old = BusinessMerge.objects.filter(
        centre=centre_id, merged_at__lte=now - merging.UNDO_FOR, details_cleared_at__isnull=True
    )
    return old.update(details={}, details_cleared_at=now)
