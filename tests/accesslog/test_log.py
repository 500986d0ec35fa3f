"""The log: append-only in the database, read by role."""

import datetime as dt
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

pytestmark = pytest.mark.django_db
LOG, OWN = "/administration/log/", "/account/log/"


@pytest.mark.parametrize(
    "statement",
    [
        "update accesslog_entry set user_id = 0",
        "delete from accesslog_entry",
        "truncate accesslog_entry",
        "truncate accesslog_entry cascade",
        "with gone as (delete from accesslog_entry returning id) select count(*) from gone",
        "insert into accesslog_entry select * from accesslog_entry on conflict (id) do update set action = 'view'",
    ],
)
def test_the_database_refuses_to_change_the_log(statement: str, counsellor: User) -> None:
    entry = record(Action.VIEW, by=counsellor, obj=counsellor)
    with pytest.raises(DatabaseError, match=r"append-only|Cannot update or delete"), transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute(statement)
    assert Entry.objects.get().action == entry.action


def test_an_entry_cannot_be_changed_through_the_model(counsellor: User) -> None:
    entry = record(Action.VIEW, by=counsellor)
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()


def test_the_triggers_are_installed() -> None:
    assert dict(_trigger_states()) == {
        "append_only": "INSTALLED",
        "no_truncate": "INSTALLED",
    }


def _trigger_states() -> list[tuple[str, str]]:
    return [
        (trigger.name, trigger.get_installation_status(model)[0])
        for model, trigger in pgtrigger.registered()
        if model is Entry
    ]


def test_the_log_has_no_foreign_keys() -> None:
    assert not [field for field in Entry._meta.get_fields() if field.is_relation]


def test_an_entry_lives_and_dies_with_what_it_records(counsellor: User) -> None:
    class FaultError(Exception):
        pass

    def change_and_fail() -> None:
        record(Action.CHANGE, by=counsellor)
        raise FaultError

    with pytest.raises(FaultError), transaction.atomic():
        change_and_fail()
    assert not Entry.objects.exists()


def test_an_entry_takes_the_centre_of_the_record(counsellor: User, stranger: User) -> None:
    assert record(Action.VIEW, by=counsellor, obj=stranger).centre_id == stranger.centre_id
    assert record(Action.VIEW, by=counsellor).centre_id == counsellor.centre_id


def _entries(response: Any) -> list[tuple[int | None, str]]:
    return [(line.entry.user_id, line.entry.action) for line in response.context["lines"]]


def test_who_reads_which_entries(
    counsellor: User, coordinator: User, administrator: User, stranger: User, as_user: Any
) -> None:
    clients = {
        name: as_user(user) for name, user in (("c", counsellor), ("k", coordinator), ("a", administrator))
    }
    record(Action.SEARCH, by=counsellor)
    record(Action.SEARCH, by=stranger)
    record(Action.SIGN_IN_FAILED, by=None, reason="refused")
    assert _entries(clients["c"].get(OWN)) == [(counsellor.pk, "search"), (counsellor.pk, "sign_in")]
    centre = _entries(clients["k"].get(LOG))
    assert (counsellor.pk, "search") in centre
    assert (None, "sign_in_failed") not in centre
    bare = _entries(clients["a"].get(LOG))
    assert (None, "sign_in_failed") in bare
    assert not {entry for entry in [*centre, *bare] if entry[0] == stranger.pk}
    assert clients["c"].get(LOG).status_code == 403


def test_the_administrator_reads_no_content(
    administrator: User, coordinator: User, counsellor: User, as_user: Any
) -> None:
    record(
        Action.EXPORT, by=counsellor, object_type="accounts.user", object_id="K-77", format="xlsx", rows=12
    )
    with_content = as_user(coordinator).get(LOG).content.decode()
    without = as_user(administrator).get(LOG).content.decode()
    assert "Konto K-77" in with_content
    assert "Format: xlsx · Zeilen: 12" in with_content
    assert "K-77" not in without
    assert "xlsx" not in without


def test_who_is_both_reads_content(centre: Any, as_user: Any) -> None:
    from tests.fixtures.people import UserFactory

    both = UserFactory(centre=centre, roles=["administrator", "coordinator"])
    record(Action.EXPORT, by=both, object_type="accounts.user", object_id="K-77")
    assert "K-77" in as_user(both).get(LOG).content.decode()


def test_reading_the_log_is_logged(coordinator: User, as_user: Any) -> None:
    as_user(coordinator).get(LOG)
    entry = Entry.objects.get(action=Action.VIEW)
    assert (entry.user_id, entry.object_type, entry.detail) == (
        coordinator.pk,
        "accesslog.entry",
        {"rows": 1},
    )


def test_filters(counsellor: User, coordinator: User, as_user: Any) -> None:
    client = as_user(coordinator)
    record(Action.SEARCH, by=counsellor)
    record(Action.EXPORT, by=counsellor)
    today = dt.datetime.now().astimezone().date()
    yesterday = today - dt.timedelta(days=1)
    assert _entries(client.get(LOG, {"person": counsellor.pk})) == [
        (counsellor.pk, "export"),
        (counsellor.pk, "search"),
    ]
    assert _entries(client.get(LOG, {"action": "export"})) == [(counsellor.pk, "export")]
    assert (
        len(_entries(client.get(LOG, {"person": counsellor.pk, "starts_on": yesterday, "ends_on": today})))
        == 2
    )
    assert _entries(client.get(LOG, {"ends_on": dt.date(2000, 1, 1)})) == []
    assert _entries(client.get(LOG, {"starts_on": dt.date(2999, 1, 1)})) == []


def test_a_period_that_ends_before_it_begins_is_told(coordinator: User, as_user: Any) -> None:
    response = as_user(coordinator).get(LOG, {"starts_on": "2026-02-01", "ends_on": "2026-01-01"})
    assert "endet, bevor er beginnt" in response.content.decode()
    assert _entries(response) == []


def test_somebody_of_another_centre_cannot_be_asked_for(
    coordinator: User, stranger: User, as_user: Any
) -> None:
    response = as_user(coordinator).get(LOG, {"person": stranger.pk})
    assert _entries(response) == []
    assert stranger.get_full_name() not in response.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_log_asks_the_database_equally_often(
    rows: int, coordinator: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    from tests.fixtures.people import UserFactory

    client = as_user(coordinator)
    for _ in range(rows - 1):
        record(Action.SEARCH, by=UserFactory(centre=coordinator.centre))
    client.get(LOG)
    # session, account, savepoint and release, count, rows, names, centre, choices (count, cursor), the entry of this look
    with django_assert_num_queries(11):
        client.get(LOG)


def test_the_part_for_the_account_page(counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    part = client.get(OWN, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert "angemeldet" in part
    assert "<html" in client.get(OWN).content.decode()


def test_an_account_that_is_gone_keeps_its_number(coordinator: User, as_user: Any) -> None:
    Entry.objects.create(action=Action.VIEW, user_id=987654, centre_id=coordinator.centre_id)
    assert "Konto 987654, nicht mehr vorhanden" in as_user(coordinator).get(LOG).content.decode()


def test_details_are_told_in_words(
    coordinator: User, administrator: User, counsellor: User, as_user: Any
) -> None:
    record(
        Action.CHANGE,
        by=administrator,
        obj=counsellor,
        fields=["family_name", "roles"],
        roles=["coordinator"],
        is_active=False,
    )
    record(Action.EXPORT, by=administrator, something_new="xyz")
    page = as_user(coordinator).get(LOG).content.decode()
    assert "geändert: Familienname, Rollen · darf sich anmelden: nein · Rollen: Koordination" in page
    assert "something_new: xyz" in page
