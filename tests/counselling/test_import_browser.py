"""In a real browser: a list comes in, the bar moves by itself, and axe finds nothing on any step."""

import threading
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from playwright.sync_api import expect

from counselling.models import Client, ImportRun
from tests.counselling.importing import AMAL, HEADERS, LINH, as_csv, imported, run_queue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def worked() -> None:
    """Let a worker of its own do what waits, as on another machine."""

    def work() -> None:
        try:
            run_queue()
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    worker.join()


def test_a_list_comes_in_step_by_step(
    page: Any, sign_in: Any, counsellor: Any, assert_accessible: Any, tmp_path: Path
) -> None:
    imported(counsellor, as_csv([HEADERS, LINH]))
    file = tmp_path / "Liste.csv"
    file.write_bytes(as_csv([HEADERS, AMAL, LINH]))
    sign_in(page, counsellor)
    page.goto("/clients/import/")
    assert_accessible(page)
    page.get_by_role("link", name="Datei wählen").click()
    assert_accessible(page)
    page.set_input_files("[name=file]", file)
    page.get_by_role("button", name="Datei lesen").click()
    expect(page.get_by_text("wartet, bis es an der Reihe ist")).to_be_visible()
    assert_accessible(page)
    worked()
    page.wait_for_url("**/columns/")  # by itself, as soon as the worker is through
    assert_accessible(page)
    page.get_by_role("button", name="Weiter: Werte").click()
    assert_accessible(page)
    page.get_by_role("button", name="Alle Zeilen prüfen").click()
    worked()
    page.get_by_role("link", name="Zeilen ansehen").click()
    assert_accessible(page)
    page.get_by_role("button", name="weglassen").last.click()
    expect(page.get_by_text("Alles entschieden")).to_be_visible()
    page.get_by_role("link", name="Zurück zum Import").click()
    assert_accessible(page)
    page.get_by_role("link", name="Weiter: übernehmen").click()
    assert_accessible(page)
    page.get_by_role("button", name="Jetzt übernehmen").click()
    worked()
    expect(page.get_by_text("Alles ist übernommen.")).to_be_visible()
    assert_accessible(page)
    assert Client.objects.count() == 2
    assert ImportRun.objects.count() == 2


def test_errors_on_a_phone(new_context: Any, sign_in: Any, counsellor: Any, assert_accessible: Any) -> None:
    from tests.counselling.importing import checked

    run = checked(counsellor, as_csv([HEADERS, ["A-1", "", "", "31.2.1990", "w", "", ""]]))
    page = new_context(width=390).new_page()
    sign_in(page, counsellor)
    page.goto(f"/clients/import/{run.public_id}/errors/")
    expect(page.get_by_text("31.2.1990")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert_accessible(page)
