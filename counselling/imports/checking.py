"""The dry run: every row is cleaned and compared, nothing is stored but what was found out."""

from collections.abc import Iterator, Sequence

from django.db import transaction
from django.utils import timezone

from counselling.enums import ImportKind
from counselling.imports import matching
from counselling.imports.cleaning import Cleaned, Cleaner
from counselling.imports.people import Named, find_clients
from counselling.models import ImportProblem, ImportRow, ImportRun
from iqquadrat.accounts.models import User
from iqquadrat.core.background import Beat
from iqquadrat.core.importing.states import ImportState

CHUNK = 500
_CHECKED = [
    "facts",
    "reference",
    "whole_key",
    "part_keys",
    "birth_date",
    "phone_key",
    "match",
    "match_line",
    "grounds",
    "choice",
]


def check(run: ImportRun, user: User, beat: Beat) -> None:
    """Check all rows of this run anew and write down what is wrong and who may be here already."""
    run.problems.all().delete()
    done = 0
    broken = 0
    checker = Checker(run, user)
    for rows in chunks(run):
        broken += checker.check(rows, beat)
        done += len(rows)
        beat.step(done, of=run.rows)
    beat.step(done, of=run.rows, now=True)
    with transaction.atomic():
        if run.kind == ImportKind.CLIENTS:
            matching.match_stored(run.pk, run.centre_id, lambda: beat.step(done, of=run.rows))
            matching.match_people_within(run.pk)
        else:
            matching.match_entries_within(run.pk)
        beat.check()
        run.state, run.checked_at, run.broken_rows = ImportState.CHECKED, timezone.now(), broken
        run.save(update_fields=["state", "checked_at", "broken_rows", "changed_at"])


def chunks(run: ImportRun, size: int = CHUNK) -> Iterator[list[ImportRow]]:
    """Yield the rows of a run in their order, some at a time: memory stays flat however many there are."""
    line = -1
    while rows := list(run.staged_rows.filter(line__gt=line).order_by("line")[:size]):
        yield rows
        line = rows[-1].line


class Checker:
    """Checks rows by the chunk."""

    def __init__(self, run: ImportRun, user: User) -> None:
        self.run, self.user = run, user
        self.cleaner = Cleaner(run, user)

    def check(self, rows: Sequence[ImportRow], beat: Beat) -> int:
        """Check these rows, store what was found out, and return how many are broken."""
        cleaned = self._clean(rows)
        good = [(row, made) for row, made in zip(rows, cleaned, strict=True) if made.facts is not None]
        for row, made in zip(rows, cleaned, strict=True):
            row.facts, row.reference, row.match, row.match_line = made.facts, made.reference, None, None
            row.grounds, row.choice, row.whole_key, row.part_keys = [], "", "", []
            row.birth_date, row.phone_key = None, ""
        if self.run.kind == ImportKind.CLIENTS:
            self._compare_people(good)
        else:
            self._compare_entries(good)
        with transaction.atomic():
            beat.check()
            ImportRow.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["run", "line"], update_fields=_CHECKED
            )
            ImportProblem.objects.bulk_create(self._problems(rows, cleaned))
        return len(rows) - len(good)

    def _clean(self, rows: Sequence[ImportRow]) -> list[Cleaned]:
        if self.run.kind == ImportKind.CLIENTS:
            return [self.cleaner.client(row) for row in rows]
        named = [self._named(row) for row in rows]
        return [
            self.cleaner.consultation(row, client, trouble)
            for row, (client, trouble) in zip(rows, find_clients(self.user, named), strict=True)
        ]

    def _named(self, row: ImportRow) -> Named:
        cells = self.cleaner.cells(row)
        return Named(
            number=cells.get("client_number", "")[:60], name=cells.get("client_name", "")[:200],
            birth=self.cleaner.birth_of(cells.get("client_birth", "")),
        )  # fmt: skip

    def _compare_people(self, good: Sequence[tuple[ImportRow, Cleaned]]) -> None:
        people = [matching.Person.of(made.facts or {}) for _row, made in good]
        for (row, _made), person in zip(good, people, strict=True):
            row.whole_key, row.part_keys = person.whole_key, sorted(person.parts)
            row.birth_date, row.phone_key = person.birth_date, person.phone

    def _compare_entries(self, good: Sequence[tuple[ImportRow, Cleaned]]) -> None:
        facts = [made.facts or {} for _row, made in good]
        for (row, _made), fact in zip(good, facts, strict=True):
            row.whole_key = matching.entry_key(fact)
        matching.match_stored_entries([row for row, _made in good], facts, self.run.centre_id)

    def _problems(self, rows: Sequence[ImportRow], cleaned: Sequence[Cleaned]) -> Iterator[ImportProblem]:
        for row, made in zip(rows, cleaned, strict=True):
            for name, message in made.problems:
                yield ImportProblem(
                    run=self.run,
                    line=row.line,
                    column=self.cleaner.places.get(name),
                    field=name,
                    message=message,
                )
