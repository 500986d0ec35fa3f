"""Taking an import back: what was made is deleted, except where somebody has worked on it since; that is named and stays."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format

from counselling.enums import ChargeKind
from counselling.models import (
    Charge,
    Client,
    Consultation,
    ImportedRecord,
    ImportRow,
    ImportRun,
    ShortContact,
)
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record, record_many
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.submissions import take_turns

CHUNK = 500
MOST_NAMED = 200
# Rows that came with the record itself; everything else that points at it was added by somebody. The charge with which a client
# began is one of them as long as it is the only one: another counsellor or a deputy was added.
OF_ITSELF: dict[type[models.Model], set[type[models.Model]]] = {
    Client: {ImportRow, ImportedRecord},
    Consultation: {Consultation.other_topics.through, ImportedRecord},
    ShortContact: {ImportedRecord},
}


def take_back(run: ImportRun, user: User, beat: Beat) -> None:
    """Delete what this run made, in one transaction."""
    total = run.records.filter(was_made=True).count()
    with transaction.atomic():
        take_turns(run.public_id)
        beat.check()
        count = kept = done = 0
        for records in _chunks(run):
            for kind in ("client", "consultation", "short_contact"):
                made = [getattr(one, kind) for one in records if getattr(one, f"{kind}_id") is not None]
                deleted = _delete(made, user, run)
                count += deleted
                kept += len(made) - deleted
            done += len(records)
            beat.step(done, of=total)
        record(Action.DELETE, by=user, obj=run, rows=count)
        now = timezone.now()
        finished = ImportRun.objects.filter(
            pk=run.pk, attempt=beat.attempt, state=ImportState.UNDOING, stop_asked=False
        ).update(
            state=ImportState.UNDONE, changed_at=now,
            result=run.result | {"undone": count, "kept": kept},
        )  # fmt: skip
        if not finished:
            beat.check()


def _chunks(run: ImportRun) -> Iterator[list[ImportedRecord]]:
    line = -1
    records = run.records.filter(was_made=True).select_related(
        "client", "consultation__client", "short_contact"
    )
    while some := list(records.filter(line__gt=line).order_by("line")[:CHUNK]):
        yield some
        line = some[-1].line


def _delete(made: Sequence[Any], user: User, run: ImportRun) -> int:
    """Delete those that nobody has worked on; return how many."""
    if not made:
        return 0
    model = type(made[0])
    touched = _with_additions(model, [one.pk for one in made])
    touched |= {one.pk for one in made if one.revision > 1 or getattr(one, "merged_into_id", None)}
    gone = [one for one in made if one.pk not in touched]
    record_many(Action.DELETE, by=user, objects=gone, centre_id=run.centre_id, by_import=run.pk)
    model.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return len(gone)


def _with_additions(model: type[models.Model], keys: Iterable[int]) -> set[int]:
    """Return those at which something points that did not come with them: in whatever room, known or not."""
    keys = list(keys)
    found: set[int] = set()
    for relation in model._meta.get_fields(include_hidden=True):
        if (
            not relation.auto_created
            or relation.concrete
            or not (relation.one_to_many or relation.one_to_one)
        ):
            continue
        other: Any = relation.related_model
        if other in OF_ITSELF[model]:
            continue
        field = relation.field.attname  # type: ignore[union-attr]  # a relation has one
        rows = other._meta.base_manager.filter(**{f"{field}__in": keys})
        if other is Charge:
            # The charge with which a client begins; one that has ended, and every other one, was somebody's doing.
            rows = rows.exclude(kind=ChargeKind.IN_CHARGE, until__isnull=True, revision=1)
        found |= set(rows.values_list(field, flat=True))
    return found


def kept_names(run: ImportRun) -> list[str]:
    """Return how the team calls what stayed, the first ones: of what was deleted no record is left."""
    records = run.records.filter(was_made=True).select_related(
        "client", "consultation__client", "short_contact"
    )
    return [
        _name(one.client or one.consultation or one.short_contact)
        for one in records.order_by("line")[:MOST_NAMED]
    ]


def _name(one: Any) -> str:
    """What one is called in a list for the team."""
    if isinstance(one, Client):
        return one.number
    if isinstance(one, Consultation):
        day = date_format(timezone.localdate(one.held_at), "SHORT_DATE_FORMAT")
        return f"{one.client.number}, {day}" if one.client else day
    return date_format(timezone.localdate(one.at), "SHORT_DATE_FORMAT")
