"""Everything comes in, in one transaction, or nothing does.

The numbers of the new clients are taken before, in a moment of its own: otherwise nobody in the centre could take in a client until
a long import is through. They belong to the run, so that a second attempt uses them again.
"""

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from counselling.enums import ImportChoice, ImportKind
from counselling.imports.checking import chunks
from counselling.imports.people import clients_open_to
from counselling.models import Client, Consultation, ImportedRecord, ImportRow, ImportRun, ShortContact
from counselling.services.clients import give_back_numbers, number_text, take_numbers
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record, record_many
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat
from iqquadrat.core.importing.states import ImportState
from iqquadrat.core.importing.working import CheckAgainError
from iqquadrat.core.submissions import take_turns

# Rows that become a record: nobody is like them, or somebody said that they come in all the same.
COMING = Q(facts__isnull=False) & (Q(grounds=[]) | Q(choice=ImportChoice.CREATE))


def bring_in(run: ImportRun, user: User, beat: Beat) -> None:
    """Store all rows of a checked run, in one transaction."""
    if run.kind == ImportKind.CLIENTS:
        reserve_numbers(run)
    with transaction.atomic():
        take_turns(run.public_id)
        beat.check()
        writer = Writer(run, user)
        done = 0
        for rows in chunks(run):
            writer.write(rows)
            done += len(rows)
            beat.step(done, of=run.rows)
        record(Action.CREATE, by=user, obj=run, format=run.file_format, rows=sum(writer.made.values()))
        now = timezone.now()
        finished = ImportRun.objects.filter(
            pk=run.pk, attempt=beat.attempt, state=ImportState.IMPORTING, stop_asked=False
        ).update(
            state=ImportState.IMPORTED, imported_at=now, ended_at=now, changed_at=now, result=dict(writer.made), numbers={},
        )  # fmt: skip
        if not finished:
            beat.check()
            raise CheckAgainError
        run.staged_rows.all().delete()
        run.problems.all().delete()


@transaction.atomic
def reserve_numbers(run: ImportRun) -> None:
    """Take as many numbers of each year as there are new clients in it, unless an attempt before this one did."""
    if run.numbers:
        return
    days = run.staged_rows.filter(COMING).values_list("facts__in_charge_since", flat=True)
    years = Counter(int(day[:4]) for day in days.iterator(chunk_size=5_000))
    run.numbers = {str(year): [take_numbers(run.centre, year, n), n] for year, n in sorted(years.items())}
    run.save(update_fields=["numbers"])


def release_numbers(run: ImportRun) -> None:
    """Give the reserved numbers back; inside a transaction."""
    for year, (first, how_many) in run.numbers.items():
        give_back_numbers(run.centre, int(year), first, how_many)
    run.numbers = {}


class Writer:
    """Stores rows by the chunk and counts what it made."""

    def __init__(self, run: ImportRun, user: User) -> None:
        self.run, self.user = run, user
        self.made: Counter[str] = Counter()
        self.next_number = {year: first for year, (first, _count) in run.numbers.items()}
        programme = run.centre.current_programme_code if run.defaults.get("programme") else ""
        self.common = {"centre_id": run.centre_id, "created_by": user, "programme_code": programme}

    def write(self, rows: Sequence[ImportRow]) -> None:
        """Store these rows."""
        coming = [
            row
            for row in rows
            if row.facts is not None and (not row.grounds or row.choice == ImportChoice.CREATE)
        ]
        if self.run.kind == ImportKind.CLIENTS:
            self._clients(coming)
            self._same([row for row in rows if row.grounds and row.choice == ImportChoice.SAME])
        else:
            self._check_clients(coming)
            self._consultations([row for row in coming if not _facts(row)["is_short"]])
            self._short_contacts([row for row in coming if _facts(row)["is_short"]])
        self.made["skipped"] += (
            len(rows) - len(coming) - sum(1 for row in rows if row.choice == ImportChoice.SAME)
        )

    def _number(self, day: str) -> str:
        year = day[:4]
        running = self.next_number[year]
        self.next_number[year] += 1
        return number_text(int(year), running)

    def _clients(self, rows: Sequence[ImportRow]) -> None:
        clients = Client.objects.bulk_create(
            Client(number=self._number(_facts(row)["in_charge_since"]), **_facts(row), **self.common)
            for row in rows
        )
        self._remember(rows, clients, "client")

    def _same(self, rows: Sequence[ImportRow]) -> None:
        """Rows of people who are here already: nothing is made of them, but their old numbers lead to these people."""
        lines = {row.match_line for row in rows if row.match_line is not None}
        above = dict(
            ImportedRecord.objects.filter(run=self.run, line__in=lines).values_list("line", "client_id")
        )
        linked = [
            ImportedRecord(
                run=self.run,
                centre_id=self.run.centre_id,
                line=row.line,
                reference=row.reference,
                client_id=client,
                was_made=False,
            )
            for row in rows
            if (client := row.match_id or above.get(row.match_line or -1))
        ]
        ImportedRecord.objects.bulk_create(linked)
        self.made["same"] += len(rows)

    def _check_clients(self, rows: Sequence[ImportRow]) -> None:
        named = {_facts(row)["client_id"] for row in rows} - {None}
        if clients_open_to(self.user).filter(pk__in=named).count() != len(named):
            raise CheckAgainError

    def _consultations(self, rows: Sequence[ImportRow]) -> None:
        left_out = ("is_short", "other_topics")
        consultations = Consultation.objects.bulk_create(
            Consultation(
                **{name: value for name, value in _facts(row).items() if name not in left_out}, **self.common
            )
            for row in rows
        )
        through = Consultation.other_topics.through
        through.objects.bulk_create(
            through(consultation_id=made.pk, topic_id=topic)
            for row, made in zip(rows, consultations, strict=True)
            for topic in _facts(row)["other_topics"]
        )
        self._remember(rows, consultations, "consultation")

    def _short_contacts(self, rows: Sequence[ImportRow]) -> None:
        contacts = ShortContact.objects.bulk_create(
            ShortContact(
                at=fact["held_at"], language=fact["languages"][0], topic_id=fact["main_topic_id"], channel=fact["channel"],
                minutes=fact["minutes"], counsellor_id=fact["counsellor_id"], **self.common,
            )
            for fact in map(_facts, rows)
        )  # fmt: skip
        self._remember(rows, contacts, "short_contact")

    def _remember(self, rows: Sequence[ImportRow], made: Sequence[Any], kind: str) -> None:
        ImportedRecord.objects.bulk_create(
            ImportedRecord(
                run=self.run,
                centre_id=self.run.centre_id,
                line=row.line,
                reference=row.reference,
                **{kind: obj},
            )
            for row, obj in zip(rows, made, strict=True)
        )
        record_many(
            Action.CREATE, by=self.user, objects=made, centre_id=self.run.centre_id, by_import=self.run.pk
        )
        self.made[kind] += len(made)


def _facts(row: ImportRow) -> dict[str, Any]:
    """Return what is to be stored; a time of day as one again, because it is looked at before it is stored."""
    facts: dict[str, Any] = dict(row.facts or {})
    if "held_at" in facts:
        facts["held_at"] = dt.datetime.fromisoformat(facts["held_at"])
    return facts
