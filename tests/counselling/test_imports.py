"""Coming from spreadsheets: a file is read, checked, comes in as a whole or not at all, and can be taken back."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from counselling.imports import services, writing
from counselling.models import (
    Client,
    ClientCounter,
    Consultation,
    ImportedRecord,
    ImportFilePart,
    ImportMapping,
    ImportProblem,
    ImportRow,
    ShortContact,
)
from counselling.services import create_client
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.states import ImportState
from tests.counselling.factories import ClientFactory
from tests.counselling.importing import (
    AMAL,
    HEADERS,
    LINH,
    TALK_HEADERS,
    as_csv,
    as_xlsx,
    brought,
    checked,
    imported,
    run_queue,
)

pytestmark = pytest.mark.django_db


def test_clients_come_in_with_numbers_search_keys_and_log(counsellor: Any) -> None:
    run = imported(counsellor, as_csv([HEADERS, AMAL, LINH]))
    assert run.state == ImportState.IMPORTED
    amal = Client.objects.get(given_name="Amal")
    assert amal.number == f"K-{timezone.localdate().year}-0001"
    assert (amal.gender, amal.birth_date, amal.birth_precision) == ("female", dt.date(1991, 3, 14), "day")
    assert amal.spoken_languages == ["ar", "de"]
    assert amal.counsellor == counsellor
    assert amal.created_by == counsellor
    assert [(one.user, one.kind) for one in amal.charges.all()] == [(counsellor, "in_charge")]
    assert "haddad" in amal.search_key.split()
    assert (
        Entry.objects.filter(action="create", object_type="counselling.client", user_id=counsellor.pk).count()
        == 2
    )
    assert Entry.objects.get(object_type="counselling.importrun", detail__rows=2).action == "create"


def test_after_the_import_nothing_is_left_of_the_file(counsellor: Any) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    assert not ImportFilePart.objects.exists()
    assert ImportRow.objects.count() == 1
    services.start_import(run=run, by=counsellor)
    run_queue()
    assert not ImportRow.objects.exists()
    assert not ImportProblem.objects.exists()
    said = str(list(DBTaskResult.objects.values())) + str(list(Entry.objects.values()))
    assert "Haddad" not in said


def test_every_broken_cell_is_named_and_nothing_comes_in(counsellor: Any) -> None:
    rows = [
        HEADERS,
        AMAL,
        ["A-3", "Olena", "Koval", "31.2.1990", "w", "", "Ukrainisch"],
        ["A-4", "", "", "1.1.1990", "m", "", ""],
        ["A-5", "Ah\u202emet", "Yılmaz", "1.1.2990", "m", "x" * 60, "Türkisch"],
    ]
    run = checked(counsellor, as_csv(rows))
    found = [(one.line, one.column, one.field) for one in ImportProblem.objects.filter(run=run)]
    assert found == [
        (3, 3, "birth"),
        (4, 1, "given_name"),
        (5, 1, "given_name"),
        (5, 3, "birth"),
        (5, 5, "phone"),
    ]
    assert run.broken_rows == 3
    with pytest.raises(ImportStateError):
        services.start_import(run=run, by=counsellor)
    assert not Client.objects.exists()


def test_an_import_that_fails_in_the_middle_leaves_nothing(counsellor: Any, monkeypatch: Any) -> None:
    rows = [HEADERS, *([f"A-{n}", "Amal", f"Haddad{n}", "", "w", "", ""] for n in range(6))]
    run = checked(counsellor, as_csv(rows))
    monkeypatch.setattr("counselling.imports.checking.CHUNK", 2)
    write, calls = writing.Writer.write, []

    def breaks_later(self: Any, rows: Any) -> None:
        calls.append(len(rows))
        if len(calls) == 3:
            raise RuntimeError("Haddad4")
        write(self, rows)

    chunks = writing.chunks
    monkeypatch.setattr(writing, "chunks", lambda run: chunks(run, 2))
    monkeypatch.setattr(writing.Writer, "write", breaks_later)
    services.start_import(run=run, by=counsellor)
    run_queue()
    run.refresh_from_db()
    assert calls == [2, 2, 2]
    assert (run.state, run.fault) == (ImportState.IMPORTING, "broken")
    assert not Client.objects.exists()
    assert not ImportedRecord.objects.exists()
    assert not Entry.objects.filter(object_type="counselling.client").exists()
    assert "Haddad" not in str(list(DBTaskResult.objects.values()))
    monkeypatch.setattr(writing.Writer, "write", write)
    services.try_again(run=run, by=counsellor)
    run_queue()
    assert min(Client.objects.values_list("number", flat=True)).endswith("-0001")
    assert Client.objects.count() == 6


def test_numbers_are_reserved_used_and_given_back(counsellor: Any) -> None:
    run = checked(counsellor, as_csv([[*HEADERS, "Eintritt"], [*AMAL, "3.2.2019"], [*LINH, ""]]))
    writing.reserve_numbers(run)
    assert run.numbers["2019"] == [1, 1]
    meanwhile = create_client(by=counsellor, given_name="Rojin")
    assert meanwhile.number.endswith("-0002")
    services.start_import(run=run, by=counsellor)
    run_queue()
    assert Client.objects.get(given_name="Amal").number == "K-2019-0001"
    assert Client.objects.get(given_name="Amal").in_charge_since == dt.date(2019, 2, 3)
    second = checked(
        counsellor, as_csv([[*HEADERS, "Eintritt"], ["A-9", "Yusuf", "Demir", "", "m", "", "", "4.5.2018"]])
    )
    writing.reserve_numbers(second)
    services.discard(run=second, by=counsellor)
    assert ClientCounter.objects.get(centre=counsellor.centre, year=2018).last == 0


def test_the_same_file_twice_is_noticed(counsellor: Any) -> None:
    imported(counsellor, as_csv([HEADERS, AMAL, LINH]))
    again = checked(
        counsellor, as_csv([HEADERS, AMAL, LINH, ["A-3", "Amel", "Hadad", "14.3.1991", "w", "", ""]])
    )
    rows = list(again.staged_rows.order_by("line"))
    assert [set(row.grounds) for row in rows] == [
        {"phone", "birth", "name"},
        {"phone", "birth", "name"},
        {"birth", "name"},
    ]
    assert rows[0].match == Client.objects.get(given_name="Amal")
    with pytest.raises(ImportStateError):
        services.start_import(run=again, by=counsellor)
    assert services.decide(run=again, choice="skip", by=counsellor) == 3
    with pytest.raises(ImportStateError):  # nothing is left that would come in
        services.start_import(run=again, by=counsellor)


@pytest.mark.parametrize(
    ("first", "second", "grounds"),
    [
        (["Amal", "Haddad", "14.3.1991", ""], ["أمل", "حداد", "14.3.1991", ""], {"birth", "name"}),
        (["Amal", "Haddad", "", "0151 5550100"], ["Dmitri", "Koval", "", "+49 151 5550100"], {"phone"}),
        (["Amal", "Haddad", "14.3.1991", ""], ["Amal", "Haddad", "", ""], {"name"}),
        (["Amal", "Haddad", "", ""], ["Haddad", "Amal", "14.3.1991", ""], {"name"}),
        (["Amal", "Haddad", "14.3.1991", ""], ["Amal", "Haddad", "15.3.1991", ""], set()),
        (["Amal", "Haddad", "14.3.1991", ""], ["Dmitri", "Koval", "14.3.1991", ""], set()),
        (["Amal", "Haddad", "1991", ""], ["Dmitri", "Haddad", "1991", ""], set()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("stored", [False, True])
def test_people_are_known_again(
    counsellor: Any, first: Any, second: Any, grounds: Any, *, stored: bool
) -> None:
    head = ["Vorname", "Nachname", "Geburtsdatum", "Telefon"]
    if stored:
        imported(counsellor, as_csv([head, first]))
        run = checked(counsellor, as_csv([head, second]))
    else:
        run = checked(counsellor, as_csv([head, first, second]))
    row = run.staged_rows.order_by("line").last()
    assert set(row.grounds) >= grounds
    assert bool(row.grounds) is bool(grounds)
    assert (row.match is not None) is (stored and bool(grounds))
    assert row.match_line == (2 if grounds and not stored else None)


def test_the_same_person_gets_the_old_number_and_nothing_else(counsellor: Any) -> None:
    here = ClientFactory(
        counsellor=counsellor, number="K-2020-0007", birth_date=dt.date(1991, 3, 14), birth_precision="day"
    )
    run = checked(counsellor, as_csv([HEADERS, AMAL, LINH]))
    assert run.staged_rows.get(line=2).match == here
    services.decide(run=run, choice="same", by=counsellor, lines=[2])
    services.start_import(run=run, by=counsellor)
    run_queue()
    run.refresh_from_db()
    assert run.result == {"client": 1, "same": 1, "skipped": 0}
    assert ImportedRecord.objects.get(reference="A-1").client == here
    talk = [
        TALK_HEADERS,
        ["A-1", "", "", "24.11.2019", "10:30", "45", "Arabisch", "Telefon", "Bewerbung", "Sucht Arbeit"],
    ]
    imported(counsellor, as_csv(talk), "consultations")
    made = Consultation.objects.get()
    assert made.client == here
    assert timezone.localtime(made.held_at).strftime("%Y-%m-%d %H:%M") == "2019-11-24 10:30"
    assert (made.minutes, made.languages, made.channel, made.main_topic.key, made.concern) == (
        45, ["ar"], "phone", "application", "Sucht Arbeit",
    )  # fmt: skip


def test_consultations_find_their_client_or_say_why_not(counsellor: Any, stranger: Any) -> None:
    here = ClientFactory(
        counsellor=counsellor, number="K-2020-0007", birth_date=dt.date(1991, 3, 14), birth_precision="day"
    )
    ClientFactory(counsellor=stranger, number="K-2020-0008")
    rest = ["24.11.2019", "", "45", "Arabisch", "Telefon", "Bewerbung", ""]
    rows = [
        TALK_HEADERS,
        ["k-2020-0007", "", "", *rest],
        ["", "Haddad, Amal", "14.3.1991", *rest],
        ["", "", "", *rest],
        ["", "", "", *rest[:-1], "Kam ohne Namen"],
        ["K-2020-0008", "", "", *rest],
        ["", "Haddad, Amal", "", *rest],
        ["", "Haddad, Rojin", "14.3.1991", *rest],
    ]
    run = checked(counsellor, as_csv(rows), "consultations")
    assert [(one.line, one.field) for one in run.problems.all()] == [
        (6, "client_number"),
        (7, "client_number"),
        (8, "client_number"),
    ]
    kinds = [
        (row.facts["client_id"], row.facts["is_short"]) for row in run.staged_rows.filter(facts__isnull=False)
    ]
    assert kinds == [(here.pk, False), (here.pk, False), (None, True), (None, False)]
    assert run.staged_rows.get(line=3).grounds == ["equal"]
    run = imported(counsellor, as_csv(rows[:2] + rows[3:5]), "consultations")
    assert run.result == {"consultation": 2, "short_contact": 1, "skipped": 0}
    short = ShortContact.objects.get()
    assert (short.language, short.topic.key, short.minutes, short.channel) == (
        "ar",
        "application",
        45,
        "phone",
    )
    again = checked(counsellor, as_csv(rows[:2] + rows[3:5]), "consultations")
    assert [row.grounds for row in again.staged_rows.all()] == [["equal"]] * 3


def test_a_no_show_has_no_minutes(counsellor: Any) -> None:
    here = ClientFactory(counsellor=counsellor, number="K-2020-0007")
    rows = [
        ["Nr", "Datum", "Thema", "Nicht gekommen"],
        ["K-2020-0007", "24.11.2019", "", "ja"],
        ["K-2020-0007", "25.11.2019", "Wohnen", "nein"],
    ]
    run = imported(
        counsellor,
        as_csv(rows),
        "consultations",
        defaults={"channel": "phone", "language": "de", "minutes": "30"},
    )
    assert run.state == ImportState.IMPORTED
    absent, there = Consultation.objects.filter(client=here).order_by("held_at")
    assert (absent.is_no_show, absent.minutes, absent.languages) == (True, 0, [])
    assert (there.is_no_show, there.minutes, there.languages, there.channel) == (False, 30, ["de"], "phone")


def test_the_coordination_imports_for_others_and_no_private_notes(coordinator: Any, counsellor: Any) -> None:
    rows = [[*HEADERS, "Zuständig"], [*AMAL, counsellor.email], [*LINH, "Niemand"]]
    run = checked(coordinator, as_csv(rows), defaults={"counsellor": counsellor.pk})
    assert [(one.line, one.field) for one in run.problems.all()] == [(3, "counsellor")]
    run = imported(coordinator, as_csv(rows[:2]), defaults={"counsellor": counsellor.pk})
    assert Client.objects.get().counsellor == counsellor
    assert Client.objects.get().created_by == coordinator
    talks = brought(
        coordinator,
        as_csv([["Nr", "Datum", "Thema", "Private Notiz"], ["A-1", "1.1.2020", "Wohnen", "x"]]),
        "consultations",
    )
    from counselling.imports.forms import columns_for

    assert "private_note" not in columns_for(talks, coordinator)
    assert "counsellor" not in columns_for(brought(counsellor, as_csv(rows)), counsellor)


def test_what_was_said_is_remembered(counsellor: Any) -> None:
    head = ["Kennung", "Rufname", "Nachname", "m/w"]
    run = brought(counsellor, as_csv([head, ["A-1", "Amal", "Haddad", "weibl. Person"]]))
    run = services.name_columns(
        run=run,
        columns={"0": "reference", "1": "given_name", "3": "gender"},
        defaults={"counsellor": counsellor.pk},
        by=counsellor,
    )
    services.name_values(run=run, meanings={"gender": {"weibl person": "female"}}, by=counsellor)
    run_queue()
    assert ImportMapping.objects.get().centre == counsellor.centre
    second = checked(
        counsellor,
        as_csv([["m/w", "Nachname", "Kennung", "Rufname"], ["weibl. Person", "Koval", "A-2", "Olena"]]),
    )
    assert second.columns == {"2": "reference", "3": "given_name", "0": "gender"}
    row = second.staged_rows.get()
    assert (row.facts["gender"], row.facts["family_name"]) == ("female", "")


def test_days_with_the_month_first(counsellor: Any) -> None:
    rows = [["Vorname", "Geburtsdatum"], ["Amal", "3/14/1991"]]
    assert checked(counsellor, as_csv(rows)).broken_rows == 1
    run = checked(counsellor, as_csv(rows), defaults={"day_order": "mdy"})
    assert run.staged_rows.get().facts["birth_date"] == "1991-03-14"


def test_a_workbook_of_ours_comes_in(counsellor: Any) -> None:
    born = dt.date(1991, 3, 14)
    run = imported(counsellor, as_xlsx([HEADERS, ["A-1", "Amal", "=1+1", born, "w", 1515550100, "Arabisch"]]))
    assert run.file_format == "workbook"
    client = Client.objects.get()
    assert (client.birth_date, client.phone, client.family_name) == (born, "1515550100", "0")
