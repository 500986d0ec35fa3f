"""Taking an import back: what was made is deleted, what was changed says again what it said before, except where somebody has worked
on it since; that is named and stays."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef, Subquery
from django.utils import timezone

from businesses.exchange.writing import KEPT
from businesses.models import Business, Observation, ReallyTwo, RegisterImport, RegisterRecord, RegisterRow
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record, record_many
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.merging import all_relations
from iqquadrat.core.submissions import take_turns

CHUNK = 500
MOST_NAMED = 200
# Rows that come with the record itself, or that only set one business beside another; everything else was added by somebody.
OF_ITSELF = (RegisterRow, RegisterRecord, Business, ReallyTwo)


def take_back(run: RegisterImport, user: User, beat: Beat) -> None:
    """Undo this run in one transaction."""
    total = _firsts(run).count()
    with transaction.atomic():
        take_turns(run.public_id)
        beat.check()
        undone = back = done = 0
        for records in _chunks(run):
            undone += _delete([one for one in records if one.was_made], user, run)
            back += _put_back([one for one in records if not one.was_made], user, run)
            done += len(records)
            beat.step(done, of=total)
        record(Action.DELETE, by=user, obj=run, rows=undone)
        kept = total - undone - back
        finished = RegisterImport.objects.filter(
            pk=run.pk, attempt=beat.attempt, state=ImportState.UNDOING, stop_asked=False
        ).update(
            state=ImportState.UNDONE, changed_at=timezone.now(),
            result=run.result | {"undone": undone, "put_back": back, "kept": kept},
        )  # fmt: skip
        if not finished:
            beat.check()


def _firsts(run: RegisterImport) -> models.QuerySet[RegisterRecord]:
    """Return one record a business: where several rows became one, the first knows how it stood before all of them."""
    earlier = run.records.filter(business=OuterRef("business"), line__lt=OuterRef("line"))
    return run.records.filter(~Exists(earlier))


def _chunks(run: RegisterImport) -> Iterator[list[RegisterRecord]]:
    line = -1
    records = _firsts(run).select_related("business")
    while some := list(records.filter(line__gt=line).order_by("line")[:CHUNK]):
        yield some
        line = some[-1].line


def _untouched(records: Sequence[RegisterRecord]) -> list[RegisterRecord]:
    return [
        one
        for one in records
        if one.business.revision == one.revision and one.business.merged_into_id is None
    ]


def _delete(records: Sequence[RegisterRecord], user: User, run: RegisterImport) -> int:
    """Delete those on which nobody has worked; return how many."""
    made = [one.business for one in _untouched(records)]
    touched = _with_additions([one.pk for one in made], run)
    gone = [one for one in made if one.pk not in touched]
    record_many(Action.DELETE, by=user, objects=gone, centre_id=run.centre_id, by_import=run.pk)
    Business.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return len(gone)


def _with_additions(keys: Sequence[int], run: RegisterImport) -> set[int]:
    """Return those at which something points that did not come with them: in whatever room, known or not."""
    found: set[int] = set()
    for one in all_relations(Business):
        if one.model in OF_ITSELF:
            continue
        rows = one.model._meta.base_manager.filter(**{f"{one.field.attname}__in": keys})
        counted = rows.values(one.field.attname).annotate(n=Count("pk")).order_by()
        if one.model is Observation:
            # One with which it came, and one for every further row of the list.
            counted = counted.filter(n__gt=_rows_of(run))
        found |= set(counted.values_list(one.field.attname, flat=True))
    return found


def _rows_of(run: RegisterImport) -> Subquery:
    rows = run.records.filter(business=OuterRef("business")).order_by()
    return Subquery(rows.values("business").annotate(n=Count("pk")).values("n"))


def _put_back(records: Sequence[RegisterRecord], user: User, run: RegisterImport) -> int:
    """Let those on which nobody has worked say again what they said; return how many."""
    restored = []
    for one in _untouched(records):
        business = one.business
        for name in KEPT:
            field: models.Field[Any, Any] = business._meta.get_field(name)  # type: ignore[assignment]  # only names of columns are kept
            setattr(business, name, field.to_python(one.before[name]))
        business.revision += 1
        business.save()
        restored.append(business)
    record_many(Action.CHANGE, by=user, objects=restored, centre_id=run.centre_id, by_import=run.pk)
    return len(restored)


def kept_records(run: RegisterImport) -> list[Business]:
    """Return what stayed although the import was undone, the first ones: of what was deleted no record is left."""
    records = run.records.filter(was_made=True).select_related("business__premises__street")
    return [one.business for one in records.order_by("line")[:MOST_NAMED]]
