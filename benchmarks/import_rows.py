"""How long an import takes and how much memory: 100,000 rows, 1,000 of them broken, then without them, then undone.

    .venv/bin/python -m benchmarks.import_rows [ROWS] [BROKEN] [csv|xlsx]

Works in a database of its own beside the one that is configured, and deletes it at the end. Prints seconds and memory for each step,
and fails when a broken row is not named, when anything came in beside it, or when one that is right stays away.
"""

import csv
import io
import os
import random
import resource
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "iqquadrat.settings")

HEADERS = [
    "Nr", "Vorname", "Nachname", "Geburtsdatum", "Geschlecht", "Telefon", "E-Mail", "Straße", "PLZ", "Ortsteil", "Sprachen",
    "Liest", "Aufenthalt", "Gültig bis", "Arbeitserlaubnis", "Staatsangehörigkeit", "In Deutschland seit", "Beruf", "Einkommen", "Eintritt",
]  # fmt: skip
GIVEN = [
    "Amal",
    "Dmitri",
    "Linh",
    "Ahmet",
    "Rojin",
    "Olena",
    "Yusuf",
    "Fatima",
    "Ali",
    "Maryam",
    "Sergej",
    "Oksana",
    "Minh",
    "Ayşe",
    "Jean",
    "Aminata",
    "Hassan",
    "Leyla",
    "Viktor",
    "Thu",
]
FAMILY = [
    "Haddad",
    "Koval",
    "Nguyễn",
    "Yılmaz",
    "Demir",
    "Schtscherbakow",
    "Hosseini",
    "Tesfaye",
    "Popescu",
    "Diallo",
    "Ahmadi",
    "Petrenko",
    "Tran",
    "Kaya",
    "Osman",
]
ENDINGS = [
    "a",
    "e",
    "i",
    "o",
    "an",
    "en",
    "in",
    "on",
    "ar",
    "er",
    "ir",
    "or",
    "al",
    "el",
    "il",
    "ol",
    "as",
    "es",
    "is",
    "os",
]


def people(rows: int, broken: set[int]) -> Iterator[list[str]]:
    """Yield a list of invented people, the same every time."""
    yield HEADERS
    dice = random.Random(7)
    for n in range(1, rows + 1):
        born = f"{dice.randint(1, 28)}.{dice.randint(1, 12)}.{dice.randint(1945, 2007)}"
        family = (
            dice.choice(FAMILY) + dice.choice(ENDINGS) + dice.choice("bdfgklmnprst") + dice.choice(ENDINGS)
        )
        given = dice.choice(GIVEN) + dice.choice("bdfgklmnprst") + dice.choice(ENDINGS)
        row = [
            f"A-{n}", given, family, born, dice.choice("wmd"), f"0151 {n:08}", f"p{n}@example.org",
            f"Eisenbahnstraße {n % 150}", "04315", "Volkmarsdorf", "Arabisch, Deutsch", "Arabisch", "Aufenthaltserlaubnis",
            "31.12.2027", "ja", "Syrien", "2015", "Köchin", "SGB II", f"{dice.randint(1, 28)}.{dice.randint(1, 12)}.{dice.randint(2015, 2025)}",
        ]  # fmt: skip
        if n in broken:
            place, value = dice.choice(
                [
                    (3, "31.2.1990"),
                    (6, "keine"),
                    (16, "seit langem"),
                    (4, "Zebra"),
                    (1, "A\u202eB"),
                    (19, "1.1.2199"),
                ]
            )
            row[place] = value
        yield row


def file_of(rows: int, broken: set[int], kind: str) -> io.BytesIO:
    """Return the list as a file."""
    if kind == "xlsx":
        import xlsxwriter

        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Personen")
            for line, row in enumerate(people(rows, broken)):
                for place, cell in enumerate(row):
                    sheet.write_string(line, place, cell)
        file.seek(0)
        return file
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows(people(rows, broken))
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


class Peak:
    """The most memory this process and its children had while something was done, in MB."""

    def __enter__(self) -> "Peak":
        self.most, self._on = 0, True
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        self.begun = time.monotonic()
        return self

    def __exit__(self, *args: object) -> None:
        self.seconds = time.monotonic() - self.begun
        self._on = False
        self._thread.join()

    def _watch(self) -> None:
        while self._on:
            pages = int(Path("/proc/self/statm").read_text().split()[1])
            self.most = max(self.most, pages * resource.getpagesize() // 1024 // 1024)
            time.sleep(0.02)


def measured(name: str, what: Callable[[], object]) -> None:
    """Do it and print what it took."""
    with Peak() as peak:
        what()
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(
        f"{name:<28} {peak.seconds:8.1f} s   worker {peak.most:5} MB   largest child {child:5} MB", flush=True
    )


def main(walk: "Callable[[int, set[int], str], None]") -> None:
    """Measure a walk in a database of its own."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    count = int(sys.argv[2]) if len(sys.argv) > 2 else rows // 100
    kind = sys.argv[3] if len(sys.argv) > 3 else "csv"
    from iqquadrat.core.embedded import ensure_running

    ensure_running()
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import get_runner

    connection.settings_dict["TEST"]["NAME"] = "iqquadrat_benchmark"
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        walk(rows, set(random.Random(3).sample(range(1, rows + 1), count)), kind)
    finally:
        runner.teardown_databases(databases)


def walk(rows: int, broken: set[int], kind: str) -> None:
    """Bring the list with its broken rows, then the corrected one, and undo it."""
    from django.utils import translation

    from counselling.imports import forms, services, tasks
    from counselling.models import Client, ImportedRecord, ImportRow, ImportRun
    from iqquadrat.accounts.models import Centre, User
    from iqquadrat.core.importing.desk import ImportStateError

    translation.activate("de")
    centre = Centre.objects.create(name="Dialog", code="dialog")
    user = User.objects.create_user(
        "jana@example.org", given_name="Jana", family_name="Albrecht", centre=centre, roles=["counsellor"]
    )

    def work(run: ImportRun) -> None:
        run.refresh_from_db()
        tasks.work_on_import.func(run.pk, run.attempt)
        run.refresh_from_db()

    def check(name: str, holes: set[int]) -> ImportRun:
        file = file_of(rows, holes, kind)
        print(
            f"{name}: {rows} rows, {len(holes)} of them broken, {len(file.getvalue()) // 1024} KB of {kind}"
        )
        run = services.begin_import(kind="clients", file=file, name=f"liste.{kind}", by=user)
        del file
        measured("  read", lambda: work(run))
        assert run.state == "mapping", (run.state, run.fault)
        form = forms.ImportColumnsForm(run=run, user=user)
        typed = {field.html_name: field.value() or "" for _column, field in form.lines()}
        form = forms.ImportColumnsForm(
            typed | {"counsellor": user.pk, "day_order": "dmy"}, run=run, user=user
        )
        assert form.is_valid(), form.errors
        assert len(form.cleaned_data["columns"]) == len(HEADERS)
        services.name_columns(
            run=run, columns=form.cleaned_data["columns"], defaults=form.defaults(), by=user
        )
        services.name_values(run=run, meanings={}, by=user)
        measured("  check", lambda: work(run))
        assert run.state == "checked", (run.state, run.fault)
        return run

    run = check("With errors", broken)
    named = set(run.problems.values_list("line", flat=True))
    wrongly_named = sorted(named ^ {n + 1 for n in broken})
    assert not wrongly_named, f"not named, or named without need: {wrongly_named[:9]}"
    assert run.broken_rows == len(broken)
    try:
        services.start_import(run=run, by=user)
    except ImportStateError:
        pass
    else:
        raise AssertionError("an import with errors was let in")
    assert not Client.objects.exists()
    print(f"  every one of the {len(named)} broken rows is named; nothing came in")
    services.discard(run=run, by=user)
    run = check("Corrected", set())
    print(f"  {run.staged_rows.doubtful().count()} rows look like another one; they come in all the same")
    services.decide(run=run, choice="create", by=user)
    services.start_import(run=run, by=user)
    measured("  take over", lambda: work(run))
    assert run.state == "imported", (run.state, run.fault)
    assert Client.objects.count() == ImportedRecord.objects.count() == rows
    assert not ImportRow.objects.exists()
    again = check("The same file again", set())
    found = again.staged_rows.doubtful().filter(match__isnull=False).count()
    print(f"  {found} of {rows} rows are known again")
    assert found == rows
    services.undo_import(run=run, by=user)
    measured("  undo", lambda: work(run))
    assert run.state == "undone", (run.state, run.fault)
    assert not Client.objects.exists()


if __name__ == "__main__":
    main(walk)
