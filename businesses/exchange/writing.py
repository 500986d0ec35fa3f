"""All rows come in, in one transaction, or none does."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from businesses.enums import RowChoice, RowPlan, Status
from businesses.exchange import matching
from businesses.exchange.checking import RANK, changes, chunks
from businesses.exchange.cleaning import PLAIN
from businesses.models import (
    Business,
    Observation,
    Premises,
    ReallyTwo,
    RegisterImport,
    RegisterRecord,
    RegisterRow,
    Street,
)
from businesses.services.places import reckon_positions
from businesses.services.register import set_keys
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record, record_many
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.importing.working import CheckAgainError
from iqquadrat.core.submissions import take_turns

# What of a changed business is kept, so that it can be put back.
KEPT = (
    *PLAIN, "branch_id", "premises_id", "predecessor_id", "confirmed_on", "confirmed_by_id", "search_key", "name_key",
)  # fmt: skip
# With so many rows above, the nearest, a new business is said to be two.
MOST_ABOVE = 100
Door = tuple[Any, ...]


def bring_in(run: RegisterImport, user: User, beat: Beat) -> None:
    """Store all rows of a checked run, in one transaction. Raises ``CheckAgainError`` when others came meanwhile."""
    with transaction.atomic():
        take_turns(run.public_id)
        beat.check()
        writer = Writer(run, user)
        done = 0
        for rows in chunks(run):
            writer.write(rows)
            done += len(rows)
            beat.step(done, of=run.rows)
        writer.link_predecessors()
        record(
            Action.CREATE,
            by=user,
            obj=run,
            format=run.file_format,
            rows=writer.made["made"] + writer.made["changed"],
        )
        now = timezone.now()
        finished = RegisterImport.objects.filter(
            pk=run.pk, attempt=beat.attempt, state=ImportState.IMPORTING, stop_asked=False
        ).update(
            state=ImportState.IMPORTED,
            imported_at=now,
            ended_at=now,
            changed_at=now,
            result=dict(writer.made),
        )
        if not finished:
            beat.check()
            raise CheckAgainError
        run.staged_rows.all().delete()
        run.problems.all().delete()


class Writer:
    """Stores rows by the chunk and counts what it made."""

    def __init__(self, run: RegisterImport, user: User) -> None:
        self.run, self.user = run, user
        self.made: Counter[str] = Counter()
        self.streets = {street.name: street for street in Street.objects.filter(centre=run.centre_id)}
        self.today = timezone.localdate()

    def write(self, rows: Sequence[RegisterRow]) -> None:
        """Store these rows."""
        new = [row for row in rows if row.plan == RowPlan.NEW or row.choice == RowChoice.CREATE]
        known = [row for row in rows if row.plan == RowPlan.CHANGED or row.choice == RowChoice.UPDATE]
        self._still_new(row for row in new if row.plan == RowPlan.NEW)
        doors = self._doors([*new, *known])
        self._create(new, doors)
        self._change(known, doors)
        self.made["same"] += sum(row.plan == RowPlan.SAME for row in rows)
        self.made["skipped"] += sum(row.choice == RowChoice.SKIP for row in rows)

    def _still_new(self, rows: Iterable[RegisterRow]) -> None:
        """Somebody may have written one of them down since the check."""
        rows = list(rows)
        places = [matching.place_of(_facts(row)) for row in rows]
        taken = [one for some in matching.by_place(self.run.centre_id, places).values() for one in some]
        taken += matching.by_number(self.run.centre_id, [row.reference for row in rows]).values()
        keys = {business.pk for business in taken}
        # What this very import has made is no other one: a row above may be alike and wanted all the same.
        ours = RegisterRecord.objects.filter(run=self.run, business__in=keys)
        if keys - set(ours.values_list("business", flat=True)):
            raise CheckAgainError

    def _doors(self, rows: Sequence[RegisterRow]) -> dict[Door, Premises]:
        """Return the premises behind the doors of these rows, made where nobody has written them down yet."""
        wanted = {tuple(facts["door"]): facts for row in rows if "door" in (facts := _facts(row))}
        missing = sorted({door[0] for door in wanted} - self.streets.keys())
        made_streets = Street.objects.bulk_create(
            Street(centre=self.run.centre, name=name) for name in missing
        )
        self.streets |= {street.name: street for street in made_streets}
        known = self._known(wanted)
        made = Premises.objects.bulk_create(
            Premises(
                centre=self.run.centre, street=self.streets[street], house_number=number, addition=addition, floor=floor,
                position=position,
            )
            for street, number, addition, floor, position in wanted.keys() - known.keys()
        )  # fmt: skip
        for premises in made:
            if premises.street.line:
                reckon_positions(premises.street, [premises])
            known[_door(premises)] = premises
        return known

    def _known(self, doors: Iterable[Door]) -> dict[Door, Premises]:
        doors = list(doors)
        found = Premises.objects.filter(
            centre=self.run.centre_id, street__name__in={door[0] for door in doors}, house_number__in={door[1] for door in doors}
        ).select_related("street")  # fmt: skip
        return {door: premises for premises in found if (door := _door(premises)) in doors}

    def _create(self, rows: Sequence[RegisterRow], doors: Mapping[Door, Premises]) -> None:
        businesses = []
        for row in rows:
            facts = _facts(row)
            business = Business(
                centre=self.run.centre, created_by=self.user, premises=doors[tuple(facts["door"])] if "door" in facts else None,
                programme_code=facts.get("programme_code") or self.run.centre.current_programme_code,
            )  # fmt: skip
            self._fill(business, facts)
            businesses.append(business)
        Business.objects.bulk_create(businesses)
        self._note_doors(rows, businesses)
        self._observe([business for business in businesses if business.confirmed_on])
        RegisterRecord.objects.bulk_create(
            RegisterRecord(run=self.run, line=row.line, business=business, revision=1)
            for row, business in zip(rows, businesses, strict=True)
        )
        record_many(
            Action.CREATE,
            by=self.user,
            objects=businesses,
            centre_id=self.run.centre_id,
            by_import=self.run.pk,
        )
        self._say_two(rows, businesses)
        self.made["made"] += len(businesses)

    def _say_two(self, rows: Sequence[RegisterRow], businesses: Sequence[Business]) -> None:
        """Who creates a business beside those that it is like has said that they are two: nobody need be asked again."""
        created = [
            (row, one) for row, one in zip(rows, businesses, strict=True) if row.choice == RowChoice.CREATE
        ]
        above = matching.rows_above(self.run.pk, [row.line for row, _one in created], MOST_ABOVE)
        came = self._came_of(line for lines in above.values() for line in lines)
        matches = {row.match_id for row, _one in created if row.match_id is not None}
        standing = set(Business.objects.filter(pk__in=matches).values_list("pk", flat=True))
        pairs = []
        for row, one in created:
            likes = {came[line] for line in above.get(row.line, ()) if line in came}
            if row.match_id in standing:
                likes.add(row.match_id)
            pairs += [
                ReallyTwo(
                    centre=self.run.centre, first_id=min(like, one.pk), second_id=max(like, one.pk), decided_by=self.user
                )
                for like in sorted(likes)
            ]  # fmt: skip
        ReallyTwo.objects.bulk_create(pairs, batch_size=1_000)
        record_many(
            Action.CREATE, by=self.user, objects=pairs, centre_id=self.run.centre_id, by_import=self.run.pk
        )

    def _came_of(self, lines: Iterable[int]) -> dict[int, int]:
        """Return the businesses that rows of this list have become so far, by line."""
        records = self.run.records.filter(line__in=set(lines))
        return dict(records.values_list("line", "business_id"))

    def _targets(self, rows: Sequence[RegisterRow]) -> dict[int, int]:
        """Return by line which business each of these rows changes: one of the register, or what a row above has become."""
        targets = self._came_of(row.chosen_line for row in rows if row.chosen_line is not None)
        for row in rows:
            target = row.match_id if row.chosen_line is None else targets.get(row.chosen_line)
            if target is None:
                raise CheckAgainError
            targets[row.line] = target
        return targets

    def _change(self, rows: Sequence[RegisterRow], doors: Mapping[Door, Premises]) -> None:
        targets = self._targets(rows)
        found = Business.objects.select_for_update(of=("self",)).filter(
            pk__in=[targets[row.line] for row in rows], centre=self.run.centre_id
        )
        stored = {one.pk: one for one in found.select_related("premises__street", "branch", "predecessor")}
        if any(targets[row.line] not in stored for row in rows):
            raise CheckAgainError
        records = []
        seen = []
        for row in rows:
            facts, business = _facts(row), stored[targets[row.line]]
            before = {name: getattr(business, name) for name in KEPT}
            differ = changes(business, facts)
            if "door" in facts:
                business.premises = doors[tuple(facts["door"])]
            # Of two numbers in one list that turn out to be one business the first one stays.
            number = business.reference if row.chosen_line is not None else ""
            self._fill(business, facts | {"reference": number} if number else facts)
            business.revision += 1
            business.save()
            if {"status", "confirmed_on"} & set(differ):
                seen.append(business)
            records.append(
                RegisterRecord(
                    run=self.run, line=row.line, business=business, was_made=False, before=before, revision=business.revision
                )
            )  # fmt: skip
        self._note_doors(rows, [stored[targets[row.line]] for row in rows])
        self._observe(seen)
        RegisterRecord.objects.bulk_create(records)
        self._note_revisions(list(stored))
        record_many(
            Action.CHANGE, by=self.user, objects=list(stored.values()), centre_id=self.run.centre_id, by_import=self.run.pk
        )  # fmt: skip
        joined = sum(row.chosen_line is not None for row in rows)
        self.made["changed"] += len(records) - joined
        if joined:
            self.made["joined"] += joined

    def _note_revisions(self, keys: Sequence[int]) -> None:
        """Where several rows became one business, all of them know how the last one left it: for taking it back."""
        last = Business.objects.filter(pk=OuterRef("business_id")).values("revision")
        self.run.records.filter(business__in=keys).update(revision=Subquery(last))

    def _fill(self, business: Business, facts: Mapping[str, Any]) -> None:
        for name in PLAIN:
            if name in facts:
                setattr(business, name, facts[name])
        business.reference = "" if business.reference == str(business.public_id) else business.reference
        business.planned_opening = (
            _day(facts["planned_opening"]) if "planned_opening" in facts else business.planned_opening
        )
        business.branch_id = facts.get("branch_id", business.branch_id)
        if not business.size_band:
            business.size_is_estimated = False
        seen = _day(facts.get("confirmed_on"))
        if seen and (business.confirmed_on is None or seen > business.confirmed_on):
            business.confirmed_on, business.confirmed_by = seen, self.user
        set_keys(business)

    def _observe(self, businesses: Sequence[Business]) -> None:
        Observation.objects.bulk_create(
            Observation(
                business=business, seen_on=business.confirmed_on or self.today, status=Status(business.status), by=self.user
            )
            for business in businesses
        )  # fmt: skip

    def _note_doors(self, rows: Sequence[RegisterRow], businesses: Sequence[Business]) -> None:
        """Put doors where the list says they are, unless that is known better."""
        changed: dict[int, Premises] = {}
        for row, business in zip(rows, businesses, strict=True):
            facts, door = _facts(row), business.premises
            if door is None or not {"position", "frontage_m"} & facts.keys():
                continue
            door = changed.setdefault(door.pk, door)
            if "frontage_m" in facts:
                door.frontage_m = Decimal(facts["frontage_m"])
            if "position" in facts and RANK[facts["position"][2]] >= RANK[door.position_source]:
                latitude, longitude, door.position_source = facts["position"]
                door.latitude, door.longitude = Decimal(latitude), Decimal(longitude)
        Premises.objects.bulk_update(
            changed.values(), ["frontage_m", "latitude", "longitude", "position_source"], batch_size=500
        )

    def link_predecessors(self) -> None:
        """Once all are here: say who was behind the same door before."""
        coming = self.run.staged_rows.coming().filter(facts__has_key="predecessor").order_by("line")
        wanted = list(coming.values_list("line", "facts__predecessor"))
        for start in range(0, len(wanted), 1_000):
            self._link(wanted[start : start + 1_000])

    def _link(self, wanted: Sequence[tuple[int, str]]) -> None:
        numbers = {number for _line, number in wanted}
        listed = self.run.staged_rows.filter(reference__in=numbers).values_list("line", "reference")
        lines = dict(listed)
        records = self._came_of([*lines, *(line for line, _number in wanted)])
        # The number of a row that was put together with one above stands in the list only.
        named = {number: records[line] for line, number in lines.items() if line in records}
        known = matching.by_number(self.run.centre_id, numbers)
        named |= {number: business.pk for number, business in known.items()}
        businesses = Business.objects.in_bulk(list(records.values()))
        for line, number in wanted:
            if number not in named:
                raise CheckAgainError
            if named[number] != records[line]:
                businesses[records[line]].predecessor_id = named[number]
        Business.objects.bulk_update(businesses.values(), ["predecessor"], batch_size=500)


def _door(premises: Premises) -> Door:
    return premises.street.name, premises.house_number, premises.addition, premises.floor, premises.position


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _facts(row: RegisterRow) -> dict[str, Any]:
    return row.facts or {}
