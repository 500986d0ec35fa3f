"""Erasing reaches lists that are still on their way in, however far they have come."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.utils import timezone

from counselling.imports.services import begin_import, start_import
from counselling.models import Client, ImportFilePart, ImportRow, ImportRun
from iqquadrat.accounts.models import User
from tests.counselling.factories import ClientFactory
from tests.counselling.importing import HEADERS, TALK_HEADERS, as_csv, brought, checked, imported
from tests.fixtures.people import CentreFactory, UserFactory
from tests.rights.agreed import erase_by_two

pytestmark = pytest.mark.django_db

NAME = {"given_name": "Şirin", "family_name": "Özgür", "latin_given_name": "", "latin_family_name": ""}
HER = ["A-4711", "Şirin", "ÖZGÜR", "14.3.1991", "w", "0151 5550177", "Türkisch"]
NAMESAKE = ["A-4712", "Şirin", "Özgür", "2.5.1960", "w", "", "Türkisch"]
LINH = ["A-4713", "Linh", "Nguyễn", "2.5.1988", "weiblich", "0151 5550200", "Vietnamesisch"]


@pytest.fixture
def person(counsellor: User) -> Client:
    made: Client = ClientFactory(
        counsellor=counsellor, birth_date=dt.date(1991, 3, 14), birth_precision="day", phone="+49 151 5550177", **NAME
    )  # fmt: skip
    return made


def _staged() -> str:
    """Everything that lies in the tables of imports, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT string_agg(r::text, '') FROM counselling_importrow r)"
            " || (SELECT coalesce(string_agg(p::text, ''), '') FROM counselling_importproblem p)"
            " || (SELECT string_agg(i::text, '') FROM counselling_importrun i)"
        )
        return str(cursor.fetchone()[0])


def test_rows_that_nobody_has_checked_yet_go(person: Client, counsellor: User, coordinator: User) -> None:
    run = brought(counsellor, as_csv([HEADERS, HER, LINH]), name="Şirin Özgür.csv")
    assert "ÖZGÜR" in _staged()
    erase_by_two(client=person, by=coordinator)
    left = _staged()
    for word in ("ÖZGÜR", "Özgür", "Şirin", "5550177", "A-4711"):
        assert word not in left
    assert [row.cells[2] for row in run.staged_rows.all()] == ["Nguyễn"]


def test_rows_that_were_checked_go_and_somebody_else_of_that_name_stays(
    person: Client, counsellor: User, coordinator: User
) -> None:
    run = checked(counsellor, as_csv([HEADERS, HER, NAMESAKE, LINH]))
    run.staged_rows.update(match=None)  # a list that was checked before the person came
    erase_by_two(client=person, by=coordinator)
    assert [row.cells[0] for row in run.staged_rows.all()] == ["A-4712", "A-4713"]
    run.refresh_from_db()
    assert run.check_is_old


def test_broken_rows_go_with_their_errors(person: Client, counsellor: User, coordinator: User) -> None:
    broken = ["A-4711", "Şirin", "Özgür", "31.2.1991", "w", "", ""]
    run = checked(counsellor, as_csv([HEADERS, broken, LINH]))
    assert run.problems.exists()
    erase_by_two(client=person, by=coordinator)
    assert "Özgür" not in _staged()
    assert not run.problems.exists()


def test_consultations_of_the_person_that_are_coming_in_go(
    person: Client, counsellor: User, coordinator: User
) -> None:
    talk = [
        "",
        "Şirin Özgür",
        "14.3.1991",
        "5.1.2026",
        "10:00",
        "30",
        "Türkisch",
        "persönlich",
        "Bewerbung",
        "Zeugnis fehlt",
    ]
    run = checked(counsellor, as_csv([TALK_HEADERS, talk]), "consultations")
    erase_by_two(client=person, by=coordinator)
    assert not run.staged_rows.exists()


def test_by_the_old_number_rows_without_a_name_are_found(counsellor: User, coordinator: User) -> None:
    imported(counsellor, as_csv([HEADERS, HER]))
    person = Client.objects.get()
    talk = [
        "A-4711",
        "",
        "",
        "5.1.2026",
        "10:00",
        "30",
        "Türkisch",
        "persönlich",
        "Bewerbung",
        "Zeugnis fehlt",
    ]
    brought(counsellor, as_csv([TALK_HEADERS, talk]), "consultations")
    erase_by_two(client=person, by=coordinator)
    assert not ImportRow.objects.exists()


def test_files_that_lie_here_unread_are_given_up(person: Client, counsellor: User, coordinator: User) -> None:
    """Nobody can look into them; whoever sent one sends it again."""
    for fresh in (True, False):
        begin_import(
            kind="clients", file=io.BytesIO(as_csv([HEADERS, HER])), name="x.csv", by=counsellor, fresh=fresh
        )
    reading = ImportRun.objects.get(state="reading")
    erase_by_two(client=person, by=coordinator)
    assert [part.run for part in ImportFilePart.objects.all()] == [reading], "a worker is about to read it"
    ImportRun.objects.update(queued_at=timezone.now() - dt.timedelta(minutes=2))
    erase_by_two(client=ClientFactory(counsellor=counsellor), by=coordinator)
    assert not ImportFilePart.objects.exists()
    assert set(ImportRun.objects.values_list("state", flat=True)) == {"cancelled"}


def test_lists_of_another_centre_are_not_touched(person: Client, coordinator: User) -> None:
    stranger = UserFactory(centre=CentreFactory(), roles=["counsellor"])
    brought(stranger, as_csv([HEADERS, HER]))
    erase_by_two(client=person, by=coordinator)
    assert ImportRow.objects.count() == 1


def test_what_was_erased_does_not_come_in_with_the_next_click(
    person: Client, counsellor: User, coordinator: User
) -> None:
    from counselling.imports.services import ImportStateError

    run = checked(counsellor, as_csv([HEADERS, HER, LINH]))
    erase_by_two(client=person, by=coordinator)
    with pytest.raises(ImportStateError):
        start_import(run=ImportRun.objects.get(pk=run.pk), by=counsellor)
