"""A file on its way in, for tests: made in memory, brought, worked on by the queue in this very process."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from counselling.imports import forms, services
from counselling.models import ImportRun

HEADERS = ["Nr", "Vorname", "Nachname", "Geburtsdatum", "Geschlecht", "Telefon", "Sprachen"]
AMAL = ["A-1", "Amal", "Haddad", "14.3.1991", "w", "0151 5550100", "Arabisch, Deutsch"]
LINH = ["A-2", "Linh", "Nguyễn", "2.5.1988", "weiblich", "0151 5550200", "Vietnamesisch"]
TALK_HEADERS = ["Nr", "Name", "Geburtsdatum", "Datum", "Uhrzeit", "Dauer", "Sprache", "Art", "Thema", "Notiz"]


def as_csv(rows: Iterable[Sequence[object]], *, delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    """Return a text file."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def as_xlsx(rows: Iterable[Sequence[Any]], sheet: str = "Personen") -> bytes:
    """Return a workbook."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"default_date_format": "dd.mm.yyyy"}) as book:
        page = book.add_worksheet(sheet)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                page.write(line, place, cell)
    return file.getvalue()


def run_queue() -> None:
    """Do what a worker does until nothing waits, on the connection of the test (a worker of its own would drop it)."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )
    while task := DBTaskResult.objects.ready().first():
        task.claim(worker.worker_id)
        worker.run_task(task)


def brought(by: Any, content: bytes, kind: str = "clients", name: str = "Liste.csv") -> ImportRun:
    """Bring a file and let it be read."""
    run = services.begin_import(kind=kind, file=io.BytesIO(content), name=name, by=by)
    run_queue()
    run.refresh_from_db()
    return run


def checked(
    by: Any, content: bytes, kind: str = "clients", *, defaults: dict[str, Any] | None = None, **columns: str
) -> ImportRun:
    """Bring a file, name its columns as they are guessed (and as ``columns`` say, c0=...), and let it be checked."""
    run = brought(by, content, kind)
    assert run.state == "mapping", (run.state, run.fault)
    form = forms.ImportColumnsForm(run=run, user=by)
    typed = {field.html_name: field.value() or "" for _column, field in form.lines()}
    typed |= (
        {field.html_name: field.value() or "" for field in form.default_fields()} | (defaults or {}) | columns
    )
    form = forms.ImportColumnsForm(typed, run=run, user=by)
    assert form.is_valid(), form.errors
    run = services.name_columns(
        run=run, columns=form.cleaned_data["columns"], defaults=form.defaults(), by=by
    )
    values = forms.ImportValuesForm(run=run)
    typed = {field.html_name: field.value() for field in values}
    values = forms.ImportValuesForm(
        {name: "" if value == "?" else value for name, value in typed.items()}, run=run
    )
    assert values.is_valid(), values.errors
    services.name_values(run=run, meanings=values.meanings(), by=by)
    run_queue()
    run.refresh_from_db()
    return run


def imported(by: Any, content: bytes, kind: str = "clients", **more: Any) -> ImportRun:
    """Bring a file all the way in."""
    run = checked(by, content, kind, **more)
    assert run.state == "checked", (run.state, run.fault)
    services.start_import(run=run, by=by)
    run_queue()
    run.refresh_from_db()
    return run
