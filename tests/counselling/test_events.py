"""Events for many, with heads and lists; outreach; volunteers' hours."""

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from counselling import reports, services
from counselling.errors import EventHasPeopleError, NotAllowedError, RecordChangedError
from counselling.forms.volunteers import VolunteerWorkForm
from counselling.models import EventAttendance, GroupEvent, VolunteerWork
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.figures import Period
from iqquadrat.core.registry import timeline_for
from iqquadrat.reporting.catalogue import figure
from iqquadrat.reporting.closing_services import close_period
from iqquadrat.reporting.models import LateChange
from tests.counselling.factories import (
    ClientFactory,
    EventAttendanceFactory,
    GroupEventFactory,
    VolunteerWorkFactory,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Browser, counsellor: Any) -> Browser:
    client.force_login(counsellor)
    return client


def period(centre: Any) -> Period:
    today = timezone.localdate()
    return Period(starts_on=today, ends_on=today, centre_ids=(centre.pk,))


def typed(**more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid4()), "kind": "information", "title": "Arbeitsrecht", "day": "2026-02-03", "time": "17:00",
        "languages": ["ar"], "head_count": "١٢", **more,
    }  # fmt: skip


def test_an_event_is_written_down_corrected_and_found(desk: Browser, counsellor: Any) -> None:
    answer = desk.post(
        reverse("counselling:event_create"),
        typed(place="Bürgertreff", topic="application", volunteers="Frau M."),
    )
    event = GroupEvent.objects.get()
    assert answer.headers["Location"] == event.get_absolute_url()
    assert (event.head_count, event.topic.key, event.centre) == (12, "application", counsellor.centre)
    page = desk.get(reverse("counselling:event_list")).content.decode()
    assert "Bürgertreff" in page
    assert "12 Personen gezählt" in page
    assert (
        "Arbeitsrecht"
        not in desk.get(reverse("counselling:event_list"), {"kind": "outreach"}).content.decode()
    )
    edit = reverse("counselling:event_edit", args=[event.public_id])
    assert desk.post(edit, typed(title="Arbeitsrecht II", revision="1")).status_code == 302
    told = desk.post(edit, typed(title="Meine Fassung", revision="1"))
    assert told.status_code == 409
    assert "Arbeitsrecht II" in told.content.decode()
    assert "Meine Fassung" in told.content.decode()
    assert desk.post(edit, typed(title="Meine Fassung", revision="2")).status_code == 302


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"day": "gestern"}, {"time": "25:00"}, {"head_count": "-1"}, {"head_count": "99999"}, {"kind": "x"}, {"topic": "x"}]
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_kept(desk: Browser, wrong: dict[str, str]) -> None:
    answer = desk.post(reverse("counselling:event_create"), typed(place="Bürgertreff") | wrong)
    assert answer.status_code == 422
    assert "Bürgertreff" in answer.content.decode()
    assert not GroupEvent.objects.exists()


def test_the_list_ticks_raise_the_heads_and_reach_the_timeline(desk: Browser, counsellor: Any) -> None:
    person = ClientFactory(counsellor=counsellor)
    event = GroupEventFactory(centre=counsellor.centre, head_count=0)
    page = reverse("counselling:event_detail", args=[event.public_id])
    assert str(person.public_id) in desk.get(page, {"q": "haddad"}).content.decode()
    add = reverse("counselling:event_put_on_list", args=[event.public_id])
    for _twice in range(2):
        assert desk.post(add, {"client": str(person.public_id)}).headers["Location"] == page
    row = EventAttendance.objects.get()
    assert row.came is True, "the event is over"
    event.refresh_from_db()
    assert event.head_count == 1
    assert str(person.public_id) not in desk.get(page, {"q": "haddad"}).context["found"], (
        "who stands on it is not offered again"
    )
    (entry,) = timeline_for(counsellor, person.pk)
    assert (entry.kind, entry.url) == ("event", page)
    tick = reverse("counselling:event_attendance", args=[row.pk])
    desk.post(tick, {"came": "no"})
    assert timeline_for(counsellor, person.pk) == []
    desk.post(tick, {"came": ""})
    row.refresh_from_db()
    assert row.came is None
    desk.post(tick, {"came": "off"})
    assert not EventAttendance.objects.exists()


def test_before_the_event_the_list_says_nothing_yet(desk: Browser, counsellor: Any) -> None:
    event = GroupEventFactory(
        centre=counsellor.centre, at=timezone.now() + dt.timedelta(days=3), head_count=0
    )
    person = ClientFactory(counsellor=counsellor)
    desk.post(
        reverse("counselling:event_put_on_list", args=[event.public_id]), {"client": str(person.public_id)}
    )
    assert EventAttendance.objects.get().came is None
    event.refresh_from_db()
    assert event.head_count == 0


def test_heads_are_never_fewer_than_the_list(counsellor: Any) -> None:
    event = GroupEventFactory(centre=counsellor.centre, head_count=0)
    for _each in range(3):
        services.put_on_list(
            event=event, client=ClientFactory(counsellor=counsellor), by=counsellor, came=True
        )
    event.refresh_from_db()
    assert (
        services.update_group_event(
            event=event, by=counsellor, revision=event.revision, head_count=1
        ).head_count
        == 3
    )
    with pytest.raises(EventHasPeopleError):
        services.delete_group_event(event=event, by=counsellor)


def test_names_are_shown_to_those_in_charge_only(desk: Browser, counsellor: Any) -> None:
    colleague = UserFactory(centre=counsellor.centre, roles=["counsellor"])
    event = GroupEventFactory(centre=counsellor.centre)
    EventAttendanceFactory(
        event=event,
        client=ClientFactory(counsellor=colleague, latin_family_name="Fremd", number="K-2026-0900"),
    )
    EventAttendanceFactory(
        event=event, client=ClientFactory(counsellor=counsellor, latin_family_name="Eigen")
    )
    page = desk.get(event.get_absolute_url()).content.decode()
    assert "Eigen" in page
    assert "und 1 Person, für die Sie nicht zuständig sind" in page
    assert "Fremd" not in page
    assert "K-2026-0900" not in page
    foreign = EventAttendance.objects.get(client__latin_family_name="Fremd")
    assert (
        desk.post(reverse("counselling:event_attendance", args=[foreign.pk]), {"came": "no"}).status_code
        == 403
    )
    with pytest.raises(NotAllowedError):
        services.take_off_list(attendance=foreign, by=counsellor)
    coordinator = Browser()
    coordinator.force_login(UserFactory(centre=counsellor.centre, roles=["coordinator"]))
    seen = coordinator.get(event.get_absolute_url()).content.decode()
    assert "2 Personen, für die Sie nicht zuständig sind" in seen
    assert "Eigen" not in seen


def test_the_list_to_sign_has_names_and_blank_lines(
    desk: Browser, counsellor: Any, caplog: pytest.LogCaptureFixture
) -> None:
    event = GroupEventFactory(centre=counsellor.centre, place="Bürgertreff")
    for number in range(30):
        person = ClientFactory(
            counsellor=counsellor, latin_given_name="Amal", latin_family_name=f"Zeile{number:02}"
        )
        EventAttendanceFactory(event=event, client=person)
    answer = desk.get(reverse("counselling:event_paper", args=[event.public_id]))
    assert answer["Content-Type"] == "application/pdf"
    paper = PdfReader(io.BytesIO(answer.content))
    text = "".join(sheet.extract_text() for sheet in paper.pages)
    assert len(paper.pages) == 2
    assert all(f"Zeile{number:02}" in text for number in range(30))
    assert "42" in text, "thirty names and twelve blank lines"
    assert "Teilnahmeliste" in text
    assert "Unterschrift" in text
    assert not [
        entry
        for entry in caplog.records
        if entry.name.startswith("weasyprint") and entry.levelname in ("WARNING", "ERROR")
    ]


def test_heads_and_outreach_are_figures(counsellor: Any) -> None:
    GroupEventFactory(centre=counsellor.centre, head_count=12)
    GroupEventFactory(centre=counsellor.centre, head_count=30, kind="outreach", title="Straßenfest")
    GroupEventFactory(head_count=99)  # another centre's
    row = EventAttendanceFactory(client=ClientFactory(counsellor=counsellor))
    now = period(counsellor.centre)
    assert figure("group_events").count(now) == 3
    assert figure("event_reach").count(now) == 12 + 30 + row.event.head_count
    assert figure("outreach_reach").count(now) == 30
    assert reports.persons_advised(now).count() == 0, "to listen is not to be advised"


# --- Volunteers -------------------------------------------------------------------------------------------


def work(**more: Any) -> dict[str, Any]:
    return {
        "submission": str(uuid4()), "name": "Frau M.", "user": "", "on": "2026-02-03", "minutes": "2,5", "activity": "interpreting", **more,
    }  # fmt: skip


def test_hours_are_noted_summed_corrected_and_taken_back(desk: Browser, counsellor: Any) -> None:
    for hours in ("2,5", "1:15"):
        assert desk.post(reverse("counselling:volunteer_create"), work(minutes=hours)).status_code == 302
    desk.post(
        reverse("counselling:volunteer_create"), work(name="", user=str(counsellor.pk), activity="office")
    )
    page = desk.get(reverse("counselling:volunteer_list")).content.decode()
    assert "6:15 Stunden" in page
    assert "2 Personen" in page
    assert "3:45" in page, "interpreting in all"
    only = desk.get(reverse("counselling:volunteer_list"), {"name": "frau"}).content.decode()
    assert "3:45 Stunden" in only
    first = VolunteerWork.objects.order_by("pk").first()
    assert first is not None
    edit = reverse("counselling:volunteer_edit", args=[first.pk])
    assert 'value="2:30"' in desk.get(edit).content.decode()
    assert desk.post(edit, work(minutes="3", revision="1")).status_code == 302
    told = desk.post(edit, work(minutes="4", revision="1"))
    assert told.status_code == 409
    assert "3:00" in told.content.decode()
    desk.post(reverse("counselling:volunteer_delete", args=[first.pk]))
    assert VolunteerWork.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2", 120),
        ("2,5", 150),
        ("2.25", 135),
        ("0:20", 20),
        ("٢٫٥", 150),
        ("۳", 180),
        ("24", 1440),
        (" 1:05 ", 65),
    ],
)
def test_hours_are_read_as_people_write_them(counsellor: Any, text: str, minutes: int) -> None:
    form = VolunteerWorkForm(work(minutes=text), by=counsellor)
    assert form.is_valid(), form.errors
    assert form.facts()["minutes"] == minutes


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": "0"}, {"minutes": "25"}, {"minutes": "1:75"}, {"minutes": "zwei"}, {"minutes": "1e3"}, {"minutes": "-2"}, {"minutes": "nan"},
        {"name": ""}, {"user": "self"}, {"on": ""}, {"activity": ""}, {"minutes": ".5."}, {"minutes": "²"},
    ],
)  # fmt: skip
def test_senseless_hours_are_refused(counsellor: Any, wrong: dict[str, str]) -> None:
    sent = work(**({"user": str(counsellor.pk)} if "user" in wrong else wrong))
    assert not VolunteerWorkForm(sent, by=counsellor).is_valid()


@pytest.mark.parametrize("hours", ["9" * 5000, "9" * 5000 + ":30"])
def test_thousands_of_digits_are_no_hours(desk: Browser, hours: str) -> None:
    assert desk.post(reverse("counselling:volunteer_create"), work(minutes=hours)).status_code == 422


def test_accounts_of_other_centres_are_no_volunteers_here(counsellor: Any) -> None:
    stranger = UserFactory()
    assert not VolunteerWorkForm(work(name="", user=str(stranger.pk)), by=counsellor).is_valid()
    with pytest.raises(NotAllowedError):
        services.note_volunteer_work(
            by=counsellor, user=stranger, on=timezone.localdate(), minutes=60, activity="office"
        )
    other = VolunteerWorkFactory()
    with pytest.raises(NotAllowedError):
        services.delete_volunteer_work(work=other, by=counsellor)


def test_the_funder_reads_full_hours_without_names(counsellor: Any) -> None:
    for minutes in (50, 50, 50):
        VolunteerWorkFactory(centre=counsellor.centre, minutes=minutes)
    counted = figure("volunteer_hours")
    assert counted.count(period(counsellor.centre)) == 3, (
        "150 minutes are two and a half hours; half is rounded up"
    )
    assert (
        counted.count(
            Period(
                starts_on=dt.date(2020, 1, 1), ends_on=dt.date(2020, 1, 2), centre_ids=(counsellor.centre_id,)
            )
        )
        == 0
    )
    row = counted.rows(period(counsellor.centre))[0]
    assert not any("Frau M." in str(cell(row)) for _heading, cell in counted.columns)


def test_two_editors_of_hours(counsellor: Any) -> None:
    made = VolunteerWorkFactory(centre=counsellor.centre)
    services.update_volunteer_work(work=made, by=counsellor, revision=1, minutes=60)
    with pytest.raises(RecordChangedError):
        services.update_volunteer_work(work=made, by=counsellor, revision=1, minutes=90)


@pytest.mark.parametrize(
    ("name", "queries"), [("event_list", 9), ("volunteer_list", 10), ("event_detail", 11)]
)
@pytest.mark.parametrize("rows", [1, 3])
def test_pages_cost_the_same_at_one_and_three_rows(
    desk: Browser, counsellor: Any, rows: int, name: str, queries: int, django_assert_num_queries: Any
) -> None:  # fmt: skip
    event = GroupEventFactory(centre=counsellor.centre)
    for _each in range(rows):
        EventAttendanceFactory(event=event, client=ClientFactory(counsellor=counsellor))
        EventAttendanceFactory(client=ClientFactory(counsellor=counsellor))
        VolunteerWorkFactory(centre=counsellor.centre)
        VolunteerWorkFactory(centre=counsellor.centre, name="", user=UserFactory(centre=counsellor.centre))
    address = reverse(f"counselling:{name}", args=[event.public_id] if name == "event_detail" else [])
    desk.get(address)
    with django_assert_num_queries(queries):
        desk.get(address)


def test_a_tick_that_raises_the_heads_changes_the_event_and_is_told(
    counsellor: Any, coordinator: Any
) -> None:
    event = GroupEventFactory(
        centre=counsellor.centre, head_count=0, at=timezone.now() - dt.timedelta(days=9)
    )
    close_period(until=timezone.localdate(), by=coordinator)
    row = EventAttendanceFactory(event=event, client=ClientFactory(counsellor=counsellor), came=None)
    services.note_attendance(attendance=row, came=True, by=counsellor)
    told = Entry.objects.filter(object_type="counselling.groupevent", object_id=str(event.pk))
    assert [entry.detail["fields"] for entry in told] == [["head_count"]]
    assert LateChange.objects.filter(object_type="counselling.groupevent", object_id=str(event.pk)).exists()
