"""The clocks: separate, told before they run, stopped by a hold, set by the centre; the figures stay."""

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from businesses.models import BusinessConsultation
from competence.models import ParadataEvent
from counselling.models import Addendum, Client, Consultation, Draft
from counselling.services import merge_clients
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.retention import clocks, months_before
from iqquadrat.reporting.models import Programme
from iqquadrat.rights import services
from iqquadrat.rights.errors import NotAllowedError, RetentionTooShortError
from iqquadrat.rights.models import LegalHold, RetentionPeriod
from tests.competence.factories import AssessmentFactory, KioskSessionFactory
from tests.counselling.factories import (
    AppointmentFactory,
    AttendanceFactory,
    ClientFactory,
    ConsultationFactory,
)

NOW = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)


def _client(counsellor: User, last: dt.datetime, **facts: Any) -> Client:
    client: Client = ClientFactory(counsellor=counsellor, **facts)
    Client.objects.filter(pk=client.pk).update(created_at=last)
    ConsultationFactory(client=client, held_at=last, concern="Zeugnis", private_note="leise")
    return client


def _months_ago(months: int) -> dt.datetime:
    return months_before(NOW, months)


def _due(counsellor: User) -> dict[str, int]:
    return {due.clock.key: due.count for due in services.what_is_due(counsellor.centre, NOW)}


@pytest.mark.parametrize(
    ("day", "months", "before"), [("2026-03-31", 1, "2026-02-28"), ("2028-03-31", 1, "2028-02-29"), ("2026-01-15", 13, "2024-12-15"), ("2026-05-31", 120, "2016-05-31")]
)  # fmt: skip
def test_so_many_months_before(day: str, months: int, before: str) -> None:
    moment = dt.datetime.fromisoformat(day).replace(tzinfo=dt.UTC)
    assert months_before(moment, months).date() == dt.date.fromisoformat(before)


def test_every_clock_says_what_it_lets_go() -> None:
    assert {"notes", "records", "paradata", "business", "drafts", "merges", "sittings"} <= {
        clock.key for clock in clocks()
    }
    for clock in clocks():
        assert clock.least <= clock.months <= clock.most
        assert str(clock.label)
        assert str(clock.text)


def test_notes_go_and_the_talk_stays(counsellor: User) -> None:
    old, new = _client(counsellor, _months_ago(37)), _client(counsellor, _months_ago(35))
    talk = old.consultations.get()
    Addendum.objects.create(consultation=talk, author=counsellor, at=NOW, text="Nachtrag")
    assert _due(counsellor)["notes"] == 1
    services.apply_retention(now=NOW)
    talk.refresh_from_db()
    assert (talk.concern, talk.private_note, talk.minutes, talk.addenda.count()) == ("", "", 45, 0)
    assert new.consultations.get().concern == "Zeugnis"
    assert _due(counsellor)["notes"] == 0


def test_a_later_talk_or_appointment_keeps_all_notes(counsellor: User) -> None:
    client, expected = _client(counsellor, _months_ago(40)), _client(counsellor, _months_ago(40))
    ConsultationFactory(client=client, held_at=_months_ago(2))
    AppointmentFactory(client=expected, starts_at=NOW + dt.timedelta(days=3))
    assert _due(counsellor)["notes"] == 0


def test_whole_records_go_after_the_programme_and_leave_the_figures(counsellor: User) -> None:
    client = _client(counsellor, _months_ago(121))
    running = _client(counsellor, _months_ago(121), programme_code="laeuft")
    Programme.objects.create(
        code="laeuft", name="Läuft", starts_on=dt.date(2010, 1, 1), ends_on=dt.date(2017, 1, 1)
    )
    due = next(due for due in services.what_is_due(counsellor.centre, NOW) if due.clock.key == "records")
    assert (due.count, list(due.numbers)) == (1, [client.number])
    services.apply_retention(now=NOW)
    client.refresh_from_db()
    running.refresh_from_db()
    assert (client.erased_at is None, running.erased_at) == (False, None)
    assert Consultation.objects.filter(client=client).count() == 1


def test_a_legal_hold_stops_every_clock_of_the_client(counsellor: User, coordinator: User) -> None:
    client = _client(counsellor, _months_ago(121))
    hold = LegalHold.objects.create(client=client, reason="Klage am Sozialgericht", set_by=coordinator)
    assert (_due(counsellor)["notes"], _due(counsellor)["records"]) == (0, 0)
    services.lift_hold(hold=hold, by=coordinator)
    assert (_due(counsellor)["notes"], _due(counsellor)["records"]) == (1, 1)


def test_a_hold_that_stayed_with_an_absorbed_record_holds_the_person(
    counsellor: User, coordinator: User
) -> None:
    """Otherwise the whole run ended in an error: erasing knew of the hold, the clock did not."""
    kept, absorbed = (_client(counsellor, _months_ago(121)) for _each in range(2))
    for client in (kept, absorbed):
        services.hold_client(client=client, reason="Klage", until=None, by=coordinator)
    merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
    services.lift_hold(hold=LegalHold.objects.get(client=kept), by=coordinator)
    assert (_due(counsellor)["notes"], _due(counsellor)["records"]) == (0, 0)
    services.apply_retention(now=NOW)
    kept.refresh_from_db()
    assert kept.erased_at is None


def test_who_took_part_in_a_talk_of_a_running_programme_stays(counsellor: User) -> None:
    client = _client(counsellor, _months_ago(121))
    talk = ConsultationFactory(
        client=_client(counsellor, _months_ago(121)), held_at=_months_ago(122), programme_code="laeuft"
    )
    AttendanceFactory(consultation=talk, client=client)
    Programme.objects.create(
        code="laeuft", name="Läuft", starts_on=dt.date(2010, 1, 1), ends_on=dt.date(2017, 1, 1)
    )
    assert _due(counsellor)["records"] == 0


def test_the_log_of_the_questionnaire_goes_after_a_year(counsellor: User) -> None:
    assessment = AssessmentFactory(client=ClientFactory(counsellor=counsellor), running=True)
    session = KioskSessionFactory(assessment=assessment)
    for number, at in enumerate((_months_ago(13), _months_ago(11)), start=1):
        ParadataEvent.objects.create(session=session, seq=number, item_version=1, event="shown", ms=1, at=at)
    services.apply_retention(now=NOW)
    assert list(ParadataEvent.objects.values_list("seq", flat=True)) == [2]


def test_notes_about_businesses_go_and_the_talk_stays(counsellor: User) -> None:
    from tests.businesses.factories import BusinessFactory

    talk = BusinessConsultation.objects.create(
        business=BusinessFactory(centre=counsellor.centre), counsellor=counsellor, held_at=_months_ago(61), minutes=30,
        topic="staff", content="Sucht Personal", agreed="Anruf",
    )  # fmt: skip
    assert _due(counsellor)["business"] == 1
    services.apply_retention(now=NOW)
    talk.refresh_from_db()
    assert (talk.content, talk.agreed, talk.minutes) == ("", "", 30)


def test_what_was_said_about_businesses_goes_with_the_years(counsellor: User) -> None:
    """Old words and the contact of a refusal go, the same of late stay; a form that was nothing but a contact goes as a whole."""
    from businesses.models import CallBack, Doorstep, Enrolment, EventSeries, FieldOperation, Need, NeedStep
    from tests.businesses.factories import (
        BusinessFactory,
        ContactAttemptFactory,
        EventFactory,
        InterviewFactory,
        UnitFactory,
        WaveFactory,
    )

    old, late = _months_ago(61), _months_ago(59)
    centre = counsellor.centre
    wave, shop = WaveFactory(centre=centre), BusinessFactory(centre=centre)

    def refusal(at: dt.datetime, **told: Any) -> Doorstep:
        unit = UnitFactory(wave=wave)
        attempt = ContactAttemptFactory(unit=unit, at=at, disposition="refusal", reason="no_time")
        return Doorstep.objects.create(attempt=attempt, contact="Frau Demir, 0341 5550", **told)

    told, bare, fresh = refusal(old, trains="no"), refusal(old), refusal(late)
    call = CallBack.objects.create(
        interview=InterviewFactory(wave=wave), seed=1, drawn_at=old, drawn_by=counsellor, outcome="differs", note="Sagt 5 statt 4",
        called_at=old, called_by=counsellor,
    )  # fmt: skip
    facts: dict[str, Any] = {"business": shop, "source": "call", "opened_on": old.date(), "words": "Steuer"}
    ended = Need.objects.create(
        topic="tax", state="done", closed_on=old.date(), closed_by=counsellor, **facts
    )
    running = Need.objects.create(topic="law", **facts)
    step = NeedStep.objects.create(need=ended, to_state="done", by=counsellor, note="erledigt")
    event = EventFactory(centre=centre, at=old, minutes="Es ging um Mieten.")
    came = Enrolment.objects.create(
        series=EventSeries.objects.create(centre=centre, title="Deutsch"),
        business=shop,
        person_name="Herr Le",
    )
    Enrolment.objects.update(created_at=old)
    FieldOperation.objects.create(
        surveyor=counsellor,
        uuid=uuid4(),
        digest="0",
        seq=1,
        kind="attempt",
        result="applied",
        received_at=old,
    )
    assert _due(counsellor)["business"] == 8
    services.apply_retention(now=NOW)
    assert _due(counsellor)["business"] == 0
    for row in (told, fresh, call, ended, running, step, event, came):
        row.refresh_from_db()
    assert (told.contact, told.trains, fresh.contact) == ("", "no", "Frau Demir, 0341 5550")
    assert not Doorstep.objects.filter(pk=bare.pk).exists()
    assert (call.note, call.outcome) == ("", "differs")
    assert (ended.words, running.words, step.note, event.minutes, came.person_name) == (
        "",
        "Steuer",
        "",
        "",
        "",
    )
    assert not FieldOperation.objects.exists()


def test_drafts_nobody_comes_back_to_go(counsellor: User) -> None:
    long_ago = timezone.now() - dt.timedelta(days=31)
    Draft.objects.create(key=uuid4(), author=counsellor, typed={}, begun_at=long_ago, changed_at=long_ago)
    services.apply_retention()
    assert not Draft.objects.exists()


def test_a_dry_run_changes_nothing_and_names_numbers(counsellor: User) -> None:
    client = _client(counsellor, months_before(timezone.now(), 122))
    output = io.StringIO()
    call_command("apply_retention", dry_run=True, stdout=output)
    assert f"{counsellor.centre.code}: records: 1 would go" in output.getvalue()
    assert client.number in output.getvalue()
    client.refresh_from_db()
    assert client.erased_at is None
    call_command("apply_retention", stdout=output)
    client.refresh_from_db()
    assert client.erased_at is not None
    assert "records: 1 gone" in output.getvalue()
    assert Entry.objects.filter(object_type="retention", object_id="records", detail__rows=1).exists()


def test_a_centre_sets_its_months_from_a_day_on(counsellor: User, coordinator: User) -> None:
    notes = next(clock for clock in clocks() if clock.key == "notes")
    drafts = next(clock for clock in clocks() if clock.key == "drafts")
    services.set_months(clock=notes, months=48, by=coordinator)
    assert services.months_of(counsellor.centre_id)["notes"] == 48
    services.set_months(clock=notes, months=48, by=coordinator)
    assert RetentionPeriod.objects.count() == 1
    with pytest.raises(RetentionTooShortError):
        services.set_months(clock=notes, months=1, by=coordinator)
    with pytest.raises(NotAllowedError):
        services.set_months(clock=drafts, months=2, by=coordinator)
    with pytest.raises(NotAllowedError):
        services.set_months(clock=notes, months=48, by=counsellor)
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert services.months_of(counsellor.centre_id, yesterday)["notes"] == 36


def test_the_page_of_the_coordination(coordinator: User, counsellor: User) -> None:
    client = _client(counsellor, months_before(timezone.now(), 122))
    browser = Browser()
    browser.force_login(coordinator)
    assert client.number in browser.get(reverse("rights:retention")).content.decode()
    address = reverse("rights:retention_set", args=["notes"])
    assert browser.post(address, {"months": "1"}).status_code == 422
    assert browser.post(address, {"months": "viele"}).status_code == 422
    assert browser.post(address, {"months": "٤٨"}).status_code == 302
    assert services.months_of(counsellor.centre_id)["notes"] == 48
    assert browser.post(reverse("rights:retention_set", args=["drafts"]), {"months": "9"}).status_code == 404
