"""What happens to an import besides coming in: it is undone, stopped, taken over by another worker, and forgotten in time."""

import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from counselling.errors import NotAllowedError
from counselling.imports import services, undoing, writing
from counselling.models import (
    Charge,
    Client,
    Consultation,
    ImportedRecord,
    ImportRow,
    ImportRun,
    ShortContact,
)
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.importing.desk import ImportStateError
from iqquadrat.core.importing.states import ImportState
from tests.counselling.factories import ClientFactory, ConsentFactory, ConsultationFactory
from tests.counselling.importing import (
    AMAL,
    HEADERS,
    LINH,
    TALK_HEADERS,
    as_csv,
    checked,
    imported,
    run_queue,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


def test_undo_takes_back_all_but_what_was_worked_on(counsellor: Any) -> None:
    rows = [
        HEADERS, AMAL, LINH, ["A-3", "Olena", "Koval", "", "w", "", ""], ["A-4", "Yusuf", "Demir", "", "m", "", ""],
        ["A-5", "Rojin", "Ay", "", "w", "", ""],
    ]  # fmt: skip
    run = imported(counsellor, as_csv(rows))
    by_name = {client.given_name: client for client in Client.objects.all()}
    ConsultationFactory(client=by_name["Amal"])
    ConsentFactory(client=by_name["Linh"])
    Client.objects.filter(given_name="Olena").update(revision=2)
    colleague = UserFactory(centre=counsellor.centre)
    Charge.objects.create(client=by_name["Rojin"], user=colleague, kind="deputy", since=timezone.localdate())
    services.undo_import(run=run, by=counsellor)
    run_queue()
    run.refresh_from_db()
    assert run.state == ImportState.UNDONE
    assert (run.result["undone"], run.result["kept"]) == (1, 4)
    assert undoing.kept_names(run) == [by_name[name].number for name in ("Amal", "Linh", "Olena", "Rojin")]
    assert set(Client.objects.values_list("given_name", flat=True)) == {"Amal", "Linh", "Olena", "Rojin"}
    assert Entry.objects.filter(action="delete", object_id=str(by_name["Yusuf"].pk)).exists()


def test_undo_of_consultations(counsellor: Any) -> None:
    ClientFactory(counsellor=counsellor, number="K-2020-0007")
    rest = ["24.11.2019", "", "45", "Arabisch", "Telefon", "Bewerbung", ""]
    rows = [TALK_HEADERS, ["K-2020-0007", "", "", *rest], ["", "", "", *rest]]
    run = imported(counsellor, as_csv(rows), "consultations")
    services.undo_import(run=run, by=counsellor)
    run_queue()
    assert not Consultation.objects.exists()
    assert not ShortContact.objects.exists()
    assert Client.objects.count() == 1


def test_after_thirty_days_an_import_stays_and_is_forgotten(counsellor: Any) -> None:
    run = imported(counsellor, as_csv([HEADERS, AMAL]))
    ImportRun.objects.update(
        imported_at=timezone.now() - dt.timedelta(days=31), ended_at=timezone.now() - dt.timedelta(days=31)
    )
    with pytest.raises(ImportStateError):
        services.undo_import(run=run, by=counsellor)
    assert services.clear_imports() == 1
    assert not ImportRun.objects.exists()
    assert not ImportedRecord.objects.exists()
    assert Client.objects.count() == 1


def test_what_nobody_went_on_with_is_deleted_after_a_fortnight(counsellor: Any) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    assert services.clear_imports() == 0
    ImportRun.objects.update(created_at=timezone.now() - dt.timedelta(days=15))
    assert services.clear_imports() == 1
    run.refresh_from_db()
    assert (run.state, run.headers, run.meanings) == (ImportState.CANCELLED, [], {})
    assert not ImportRow.objects.exists()


def test_an_erased_client_leaves_the_staged_rows(counsellor: Any) -> None:
    here = ClientFactory(counsellor=counsellor, birth_date=dt.date(1991, 3, 14), birth_precision="day")
    run = checked(counsellor, as_csv([HEADERS, AMAL, LINH]))
    assert services.forget_in_imports(client=here) == 1
    assert list(run.staged_rows.values_list("line", flat=True)) == [3]
    run.refresh_from_db()
    assert run.check_is_old


def test_nobody_touches_anothers_import(
    counsellor: Any, coordinator: Any, stranger: Any, surveyor: Any
) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    for other in (coordinator, stranger):
        assert not ImportRun.objects.visible_to(other).exists()
        with pytest.raises(NotAllowedError):
            services.start_import(run=run, by=other)
    with pytest.raises(NotAllowedError):
        services.begin_import(kind="clients", file=io.BytesIO(b"x"), name="x", by=surveyor)


def test_a_file_sent_twice_is_read_once(counsellor: Any) -> None:
    from uuid import uuid4

    mark = uuid4()
    content = as_csv([HEADERS, AMAL])
    runs = [
        services.begin_import(
            kind="clients", file=io.BytesIO(content), name="x", by=counsellor, submission=mark
        )
        for _n in range(2)
    ]
    assert runs[0] == runs[1]
    assert DBTaskResult.objects.count() == 1


def test_work_is_stopped_where_nothing_is_changed(counsellor: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("iqquadrat.core.background.INTERVAL", 0)
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    services.start_import(run=run, by=counsellor)
    write = writing.Writer.write

    def asked_meanwhile(self: Any, rows: Any) -> None:
        write(self, rows)
        ImportRun.objects.filter(pk=run.pk).update(stop_asked=True)

    monkeypatch.setattr(writing.Writer, "write", asked_meanwhile)
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.stop_asked) == (ImportState.CHECKED, False)
    assert not Client.objects.exists()


def test_a_worker_that_was_given_up_changes_nothing(counsellor: Any) -> None:
    run = checked(counsellor, as_csv([HEADERS, AMAL]))
    services.start_import(run=run, by=counsellor)
    ImportRun.objects.update(heard_at=timezone.now() - dt.timedelta(minutes=5))
    run.refresh_from_db()
    assert run.is_silent
    services.try_again(run=run, by=counsellor)
    assert DBTaskResult.objects.filter(status="READY").count() == 2
    run_queue()
    assert Client.objects.count() == 1
    assert ImportRun.objects.get().attempt == 4
