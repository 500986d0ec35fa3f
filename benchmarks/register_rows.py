"""How long a list of businesses takes and how much memory: 100,000 rows, 1,000 of them broken, then without them, then undone.

    .venv/bin/python -m benchmarks.register_rows [ROWS] [BROKEN] [csv|xlsx|geojson]

Works in a database of its own beside the one that is configured, and deletes it at the end. Prints seconds and memory for each step,
and fails when a broken row is not named, when anything came in beside it, or when one that is right stays away.
"""

import csv
import io
import json
from collections.abc import Iterator

from benchmarks.import_rows import main, measured

HEADERS = [
    "Nr",
    "Straße",
    "Hausnummer",
    "Etage",
    "Name",
    "WZ",
    "Branche",
    "Sprachen",
    "Personen",
    "Telefon",
    "Status",
    "Bestätigt am",
]
TRADES = [
    "Imbiss",
    "Friseur",
    "Lebensmittel",
    "Handyladen",
    "Reisebüro",
    "Änderungsschneiderei",
    "Café",
    "Bäckerei",
]
BROKEN = [
    {"Hausnummer": "hinten links"}, {"Hausnummer": ""}, {"WZ": "99.9"}, {"Sprachen": "Klingonisch"}, {"Status": "vielleicht"},
    {"Bestätigt am": "31.2.2026"}, {"Name": ""}, {"Personen": "viele"},
]  # fmt: skip


def shops(rows: int, broken: set[int]) -> Iterator[dict[str, str]]:
    """Yield shops in 200 streets; those of ``broken`` (counted from 1) have one cell that is wrong."""
    for number in range(1, rows + 1):
        trade = TRADES[number % len(TRADES)]
        shop = {
            "Nr": f"B-{number}", "Straße": f"Straße {number % 200}", "Hausnummer": str(number // 200 % 9000 + 1), "Etage": "EG",
            "Name": f"{trade} {number}", "WZ": "56.1", "Branche": trade, "Sprachen": "Deutsch, Vietnamesisch", "Personen": "2-4",
            "Telefon": f"0341 {number}", "Status": "offen", "Bestätigt am": "3.2.2026",
        }  # fmt: skip
        yield shop | (BROKEN[number % len(BROKEN)] if number in broken else {})


def file_of(rows: int, broken: set[int], kind: str) -> io.BytesIO:
    """Return the list as a file of this kind."""
    if kind == "geojson":
        features = [{"type": "Feature", "geometry": None, "properties": shop} for shop in shops(rows, broken)]
        return io.BytesIO(
            json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False).encode()
        )
    if kind == "xlsx":
        import xlsxwriter

        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Betriebe")
            sheet.write_row(0, 0, HEADERS)
            for line, shop in enumerate(shops(rows, broken), start=1):
                sheet.write_row(line, 0, list(shop.values()))
        file.seek(0)
        return file
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(HEADERS)
    writer.writerows(shop.values() for shop in shops(rows, broken))
    return io.BytesIO(text.getvalue().encode("utf-8-sig"))


def walk(rows: int, broken: set[int], kind: str) -> None:
    """Bring the list with its broken rows, then the corrected one, once more, and undo it."""
    from django.utils import translation

    from businesses.exchange import services, tasks
    from businesses.exchange.columns import COLUMNS
    from businesses.models import Business, RegisterImport, RegisterRow
    from iqquadrat.accounts.models import Centre, User
    from iqquadrat.core.importing.desk import ImportStateError
    from iqquadrat.core.importing.guessing import guess_columns

    translation.activate("de")
    centre = Centre.objects.create(name="Dialog", code="dialog")
    user = User.objects.create_user(
        "katrin@example.org", given_name="Katrin", family_name="Vogt", centre=centre, roles=["coordinator"]
    )

    def work(run: RegisterImport) -> None:
        run.refresh_from_db()
        tasks.work_on_register_import.func(run.pk, run.attempt)
        run.refresh_from_db()

    def check(name: str, holes: set[int]) -> RegisterImport:
        file = file_of(rows, holes, kind)
        print(
            f"{name}: {rows} rows, {len(holes)} of them broken, {len(file.getvalue()) // 1024} KB of {kind}"
        )
        run = services.begin_import(file=file, name=f"liste.{kind}", by=user)
        del file
        measured("  read", lambda: work(run))
        assert run.state == "mapping", (run.state, run.fault)
        columns = guess_columns(COLUMNS, run.headers, {})
        assert len(columns) == len(HEADERS), columns
        if services.name_columns(run=run, columns=columns, by=user).is_open:
            services.name_values(run=run, meanings={}, by=user)
        measured("  check", lambda: work(run))
        assert run.state == "checked", (run.state, run.fault)
        return run

    run = check("With errors", broken)
    first = 1 if kind == "geojson" else 2
    named = set(run.problems.values_list("line", flat=True))
    wrongly_named = sorted(named ^ {number + first - 1 for number in broken})
    assert not wrongly_named, f"not named, or named without need: {wrongly_named[:9]}"
    try:
        services.start_import(run=run, by=user)
    except ImportStateError:
        pass
    else:
        raise AssertionError("a list with errors was let in")
    assert not Business.objects.exists()
    print(f"  every one of the {len(named)} broken rows is named; nothing came in")
    services.discard(run=run, by=user)
    run = check("Corrected", set())
    services.start_import(run=run, by=user)
    measured("  take over", lambda: work(run))
    assert run.state == "imported", (run.state, run.fault)
    assert Business.objects.count() == rows
    assert not RegisterRow.objects.exists()
    again = check("The same file again", set())
    known = again.staged_rows.filter(plan="same").count()
    print(f"  {known} of {rows} rows are there as they stand")
    assert known == rows
    services.undo_import(run=run, by=user)
    measured("  undo", lambda: work(run))
    assert run.state == "undone", (run.state, run.fault)
    assert not Business.objects.exists()


if __name__ == "__main__":
    main(walk)
