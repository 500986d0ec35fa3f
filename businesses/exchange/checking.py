"""The dry run: every row is cleaned and compared, nothing is stored but what was found out."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from businesses.enums import RowPlan
from businesses.exchange import matching
from businesses.exchange.cleaning import PLAIN, Cleaned, Cleaner
from businesses.models import Business, RegisterImport, RegisterProblem, RegisterRow
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat
from iqquadrat.core.importing.states import ImportState

CHUNK = 500
_CHECKED = [
    "facts",
    "reference",
    "place_key",
    "plan",
    "match",
    "match_line",
    "changes",
    "choice",
    "chosen_line",
]


def check(run: RegisterImport, user: User, beat: Beat) -> None:  # noqa: ARG001 - the steps of a worker are called alike
    """Check all rows of this run anew and write down what is wrong and what is here already."""
    run.problems.all().delete()
    done = broken = 0
    cleaner = Cleaner(run)
    for rows in chunks(run):
        broken += _check(run, cleaner, rows, beat)
        done += len(rows)
        beat.step(done, of=run.rows)
    beat.step(done, of=run.rows, now=True)
    with transaction.atomic():
        broken += matching.numbers_twice(run.pk)
        broken += matching.unknown_predecessors(run.pk, run.centre_id)
        matching.repeated_within(run.pk)
        beat.check()
        run.state, run.checked_at, run.broken_rows = ImportState.CHECKED, timezone.now(), broken
        run.save(update_fields=["state", "checked_at", "broken_rows", "changed_at"])


def chunks(run: RegisterImport, size: int = CHUNK) -> Iterator[list[RegisterRow]]:
    """Yield the rows of a run in their order, some at a time: memory stays flat however many there are."""
    line = -1
    while rows := list(run.staged_rows.filter(line__gt=line).order_by("line")[:size]):
        yield rows
        line = rows[-1].line


def _check(run: RegisterImport, cleaner: Cleaner, rows: Sequence[RegisterRow], beat: Beat) -> int:
    """Check these rows, store what was found out, and return how many are broken."""
    for row in rows:
        row.reference = cleaner.cells(row).get("reference", "")[:60]
    named = matching.by_number(run.centre_id, [row.reference for row in rows])
    cleaned = [cleaner.clean(row, named.get(row.reference)) for row in rows]
    places = [matching.place_of(made.facts) if made.facts is not None else () for made in cleaned]
    unnamed = [place for row, place in zip(rows, places, strict=True) if place and row.reference not in named]
    alike = matching.by_place(run.centre_id, unnamed)
    for row, made, place in zip(rows, cleaned, places, strict=True):
        _plan(row, made, place, named.get(row.reference), alike.get(place, []))
    with transaction.atomic():
        beat.check()
        RegisterRow.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["run", "line"], update_fields=_CHECKED
        )
        RegisterProblem.objects.bulk_create(_problems(run, cleaner, rows, cleaned))
    return sum(1 for made in cleaned if made.facts is None)


def _plan(
    row: RegisterRow, made: Cleaned, place: matching.Place, named: Business | None, alike: Sequence[Business]
) -> None:
    """Write down what becomes of a row."""
    row.facts, row.choice, row.match_line, row.changes, row.plan = made.facts, "", None, [], ""
    row.chosen_line = None
    row.place_key = matching.key_of(place) if place and not named else ""
    row.match = None
    if made.facts is None:
        return
    # Two that really are two may stand behind one door under one name: the row is the one that says the same.
    same = next((one for one in alike if not named and not changes(one, made.facts)), None)
    row.match = named or same or next(iter(alike), None)
    if row.match:
        row.changes = changes(row.match, made.facts)
    if named:
        row.plan = RowPlan.CHANGED if row.changes else RowPlan.SAME
    else:
        row.plan = RowPlan.NEW if not alike else RowPlan.DOUBT if row.changes else RowPlan.SAME


def changes(business: Business, facts: dict[str, Any]) -> list[str]:
    """Return the fields in which these facts differ from what the register says."""
    differ = [
        name
        for name in PLAIN
        if name in facts and name != "reference" and getattr(business, name) != _told(facts, name)
    ]
    if "reference" in facts and facts["reference"] not in (business.reference, str(business.public_id)):
        differ.append("reference")
    if facts.get("branch_id", business.branch_id) != business.branch_id:
        differ.append("branch")
    door = business.premises
    if "door" in facts and list(facts["door"]) != _door(business):
        differ.append("house_number")
    elif door and "position" in facts and _moves(door, facts["position"]):
        differ.append("position")
    if door and "frontage_m" in facts and door.frontage_m != Decimal(facts["frontage_m"]):
        differ.append("frontage_m")
    if "predecessor" in facts and facts["predecessor"] not in _numbers(business.predecessor):
        differ.append("predecessor")
    seen = _day(facts.get("confirmed_on"))
    if seen and (business.confirmed_on is None or seen > business.confirmed_on):
        differ.append("confirmed_on")
    return differ


def _told(facts: dict[str, Any], name: str) -> Any:
    return _day(facts[name]) if name == "planned_opening" else facts[name]


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _door(business: Business) -> list[Any]:
    door = business.premises
    return [door.street.name, door.house_number, door.addition, door.floor, door.position] if door else []


def _numbers(business: Business | None) -> tuple[str, ...]:
    return (business.reference, str(business.public_id)) if business else ()


# What was measured at the door is better known than what a list says, that better than what was reckoned.
RANK = {"": 0, "reckoned": 1, "imported": 2, "measured": 3}


def _moves(door: Any, position: Sequence[str]) -> bool:
    latitude, longitude, source = position
    if RANK[source] < RANK[door.position_source]:
        return False
    there = door.latitude, door.longitude, door.position_source
    return there != (Decimal(latitude), Decimal(longitude), source)


def _problems(
    run: RegisterImport, cleaner: Cleaner, rows: Sequence[RegisterRow], cleaned: Sequence[Cleaned]
) -> Iterator[RegisterProblem]:
    for row, made in zip(rows, cleaned, strict=True):
        for name, message in made.problems:
            yield RegisterProblem(
                run=run, line=row.line, column=cleaner.places.get(name), field=name, message=message
            )
