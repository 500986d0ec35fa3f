"""Two records of one person made one, and taken apart again."""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling.enums import ChargeKind
from counselling.errors import (
    MergeContradictionError,
    MergeStandsError,
    NotAllowedError,
    NotMergeableError,
    RecordChangedError,
)
from counselling.merging.facts import merged_values
from counselling.models import Charge, Client, FollowUp, Merge
from counselling.rules import can_change_client
from counselling.services.consents import forget_unconsented
from counselling.services.participations import renew_age_groups
from counselling.services.records import already_made
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.merging import UNDO_FOR, check_at_once, frozen, gather, give_back, thawed
from iqquadrat.core.submissions import take_turns

Details = dict[str, Any]


def _both_locked(kept: Client, absorbed: Client) -> tuple[Client, Client]:
    """Both records, locked in the order of their keys: two merges of the same two never wait for each other."""
    rows = Client.objects.select_for_update(of=("self",)).filter(pk__in=[kept.pk, absorbed.pk]).order_by("pk")
    by_key = {client.pk: client for client in rows}
    if len(by_key) < 2:  # one and the same, or one is gone
        raise NotMergeableError
    return by_key[kept.pk], by_key[absorbed.pk]


@transaction.atomic
def merge_clients(
    *, kept: Client, absorbed: Client, choices: Mapping[str, str], by: User, submission: UUID | None = None,
    revisions: tuple[int, int] | None = None,
) -> Merge:  # fmt: skip
    """Make ``absorbed`` part of ``kept``: all that hangs on it moves, its numbers and names find the person from now on.

    ``choices`` says for each fact that differs whose value holds (``kept``, ``absorbed``, ``both``). ``revisions`` are those
    of both records that the reader has compared. Both clients must be the acting user's own, of one centre.
    """
    if twin := _made_before(submission):
        return twin
    kept, absorbed = _both_locked(kept, absorbed)
    standing = Client.objects.standing().filter(pk__in=[kept.pk, absorbed.pk]).count()
    if kept.centre_id != absorbed.centre_id or standing < 2:
        raise NotMergeableError
    if not (can_change_client(by, kept) and can_change_client(by, absorbed)):
        raise NotAllowedError
    if revisions is not None and revisions != (kept.revision, absorbed.revision):
        raise RecordChangedError
    now = timezone.now()
    check_at_once()
    details = gather(kept, absorbed, now)
    details |= _found_by(kept, absorbed)
    details["kept"] = _take_over(kept, absorbed, merged_values(kept, absorbed, choices))
    details["charges"] = _let_in(kept, absorbed, by)
    merge = Merge.objects.create(
        centre_id=kept.centre_id, kept=kept, absorbed=absorbed, submission=submission, merged_at=now, merged_by=by,
        details=details,
    )  # fmt: skip
    Client.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    renew_age_groups(kept)
    for one in (kept, absorbed):
        forget_unconsented(one)
    changed = sorted(details["kept"])
    record(Action.CHANGE, by=by, obj=kept, fields=changed, reason="merge", rows=_count(details))
    record(Action.CHANGE, by=by, obj=absorbed, fields=["merged_into"], reason="merge")
    return merge


def _made_before(submission: UUID | None) -> Merge | None:
    take_turns(submission)
    return Merge.objects.filter(submission=submission).first() if submission else None


def _count(details: Details) -> int:
    return sum(len(keys) for keys in details["moved"].values())


def _take_over(kept: Client, absorbed: Client, changes: dict[str, Any]) -> dict[str, list[Any]]:
    """Write the chosen facts and the other record's keys into the kept record; return each field before and after."""
    before = {name: frozen(kept, name) for name in changes}
    for name, value in changes.items():
        setattr(kept, name, value)
    try:
        kept.clean_fields(exclude=[field.name for field in kept._meta.fields if field.name not in changes])
        kept.validate_constraints()
    except ValidationError as error:
        raise MergeContradictionError(", ".join(error.messages)) from error
    # Above both: a form that was opened on either record before the merge is noticed when it is sent.
    kept.revision = max(kept.revision, absorbed.revision) + 1
    kept.save()
    return {name: [before[name], frozen(kept, name)] for name in changes}


def _found_by(kept: Client, absorbed: Client) -> dict[str, list[str]]:
    """What either record was found by goes on finding the person, also a phone number that is given up here."""
    known = set(kept.absorbed_keys.split())
    keys = kept.own_keys() | set(absorbed.search_key.split())
    kept.absorbed_keys = " ".join(sorted(known | keys))
    return {"keys": sorted(keys), "new_keys": sorted(keys - known)}


def _let_in(kept: Client, absorbed: Client, by: User) -> list[int]:
    """Whoever had the other record in charge, or deputises there, keeps access for as long as there: as a deputy, on the days on
    which they do not deputise here anyway. Return the charges made."""
    today = timezone.localdate()
    not_over = Q(until__isnull=True) | Q(until__gt=today)
    wanted: list[tuple[int, dt.date, dt.date | None]] = [(absorbed.counsellor_id, today, None)]
    wanted += [
        (charge.user_id, max(charge.since, today), charge.until)
        for charge in absorbed.charges.deputies().filter(not_over).order_by("since", "pk")
    ]
    made = []
    for user_id, since, until in wanted:
        here = kept.charges.deputies().filter(not_over, user_id=user_id).order_by("since", "pk")
        days = here.values_list("since", "until") if user_id != kept.counsellor_id else [(dt.date.min, None)]
        made += [
            Charge.objects.create(
                client=kept, user_id=user_id, kind=ChargeKind.DEPUTY, since=first, until=end, created_by=by
            )
            for first, end in _gaps(since, until, list(days))
        ]
    return [charge.pk for charge in made]


def _gaps(
    since: dt.date, until: dt.date | None, taken: list[tuple[dt.date, dt.date | None]]
) -> Iterator[tuple[dt.date, dt.date | None]]:
    """The days from ``since`` to before ``until`` (None: without an end) that lie in none of ``taken``, which are in their order."""
    for first, end in taken:
        if until is not None and first >= until:
            break
        if first > since:
            yield since, first
        if end is None:
            return
        since = max(since, end)
    if until is None or since < until:
        yield since, until


def can_be_undone(merge: Merge) -> bool:
    """Within its time, not undone, and the kept record stands for itself."""
    in_time = merge.details_cleared_at is None and merge.undo_until > timezone.now()
    return in_time and merge.undone_at is None and merge.kept.merged_into_id is None


@transaction.atomic
def undo_merge(*, merge: Merge, by: User) -> Merge:
    """Take a merge back within 30 days. Undoing twice changes nothing.

    What moved goes back; what was added to the kept record since stays there, and so do details changed since. Nothing of the
    one record points into the other one afterwards. Raises
    ``MergeStandsError`` when it is too late, or when the kept record was merged itself: that one has to be undone first.
    """
    kept, absorbed = _both_locked(merge.kept, merge.absorbed)
    merge = Merge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    merge.kept, merge.absorbed = kept, absorbed
    if kept.merged_into_id is not None:
        raise MergeStandsError
    if not can_change_client(by, kept):
        raise NotAllowedError
    if merge.undone_at is not None:
        return merge
    if not can_be_undone(merge):
        raise MergeStandsError
    check_at_once()
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    changed = give_back(Client, merge)
    _restore(kept, merge.details)
    for one in (kept, absorbed):
        renew_age_groups(one)
        forget_unconsented(one)
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


def _restore(kept: Client, details: Details) -> None:
    """Give the kept record its own facts back where nobody has changed them since; its revision goes on counting."""
    for name, (before, after) in details["kept"].items():
        if frozen(kept, name) == after:
            setattr(kept, name, thawed(Client, name, before))
    others = Merge.objects.standing().filter(kept=kept)
    still = {key for keys in others.values_list("details__keys", flat=True) for key in keys or ()}
    still |= {key for one in Client.objects.filter(merged_into=kept) for key in one.search_key.split()}
    kept.absorbed_keys = " ".join(sorted(set(kept.absorbed_keys.split()) - set(details["new_keys"]) | still))
    kept.revision += 1
    kept.save()
    Charge.objects.filter(pk__in=details["charges"], client=kept).delete()


@transaction.atomic
def clear_old_merges(now: dt.datetime) -> int:
    """Forget the details of merges that can no longer be undone; the numbers and names go on finding the person."""
    old = Merge.objects.filter(merged_at__lte=now - UNDO_FOR, details_cleared_at__isnull=True)
    return old.update(details={}, details_cleared_at=now)


@transaction.atomic
def ask_in_charge(*, client: Client, by: User, twin: Client | None = None) -> FollowUp:
    """Ask the colleague in charge of ``client`` to let ``by`` in as a deputy: the person is here, or is ``twin`` as well.

    The question is a follow-up of the colleague, due today. Asking again on the same day changes nothing.
    """
    allowed = by.may(Permission.CLIENT_CHANGE_OWN) and client.centre_id == by.centre_id
    if not allowed or (twin is not None and not can_change_client(by, twin)):
        raise NotAllowedError
    today = timezone.localdate()
    submission = uuid5(NAMESPACE_URL, f"ask:{client.pk}:{twin.pk if twin else ''}:{by.pk}:{today}")
    if asked := already_made(FollowUp.objects, submission):
        return asked
    words = {"name": by.get_full_name(), "number": client.number, "twin": twin.number if twin else ""}
    text = (
        _("%(number)s and %(twin)s could be one person. If so, please enter %(name)s as deputy, then both records can be merged.")
        if twin
        else _("The person %(number)s came to %(name)s. Please enter %(name)s as deputy, or have the person reassigned.")
    ) % words  # fmt: skip
    asked = FollowUp.objects.create(
        client=client,
        text=text[:300],
        due_on=today,
        assigned_to=client.counsellor,
        submission=submission,
        created_by=by,
    )
    record(Action.CREATE, by=by, obj=asked, centre_id=client.centre_id, client=client.pk)
    return asked
