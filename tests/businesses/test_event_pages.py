"""Events on their pages: planned once, filled from needs, held by the sheet, and never overwritten."""

import datetime as dt
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from businesses import event_lists, services
from businesses.enums import ConsentPurpose, Presence
from businesses.models import Business, BusinessConsent, Enrolment, Event, EventSeries, Invitation
from businesses.services import Came
from iqquadrat.accounts.models import User
from iqquadrat.core.folding import search_key
from tests.businesses.factories import BusinessFactory, EventFactory, InterviewFactory

pytestmark = pytest.mark.django_db
WEEK, BERLIN = dt.timedelta(weeks=1), ZoneInfo("Europe/Berlin")


def _planned(by: User, *, at: dt.datetime | None = None, **facts: Any) -> Event:
    return services.plan_event(
        centre=by.centre, kind="course", title="Deutsch", at=at or timezone.now() + WEEK, by=by, **facts
    )


def _at(name: str, event: Event, *more: Any) -> str:
    return reverse(f"businesses:{name}", args=[event.public_id, *more])


def _plan(**changes: Any) -> dict[str, Any]:
    return {
        "kind": "course", "title": "Deutsch im Laden", "at": "2031-10-16T18:00", "lasts": "90", "place": "Raum 1", "languages": ["de", "vi"],
        "topic": "german", "capacity": "2", "further": "2", "every": "1", "certificate_share": "80", "submission": str(uuid4()),
    } | changes  # fmt: skip


def test_a_course_is_planned_once_and_keeps_its_hour_when_the_clocks_change(
    as_user: Any, counsellor: User
) -> None:
    client, sent = as_user(counsellor), _plan()
    for _twice in (1, 2):
        assert client.post(reverse("businesses:event_plan"), sent).status_code == 302
    series = EventSeries.objects.get()
    dates = [timezone.localtime(event.at) for event in series.dates.order_by("at")]
    assert [f"{date:%d.%m. %H:%M}" for date in dates] == ["16.10. 18:00", "23.10. 18:00", "30.10. 18:00"]
    assert len({date.utcoffset() for date in dates}) == 2
    assert series.certificate_share == 80
    wrong = client.post(reverse("businesses:event_plan"), _plan(title="", further="99"))
    assert wrong.status_code == 422
    assert "Raum 1" in wrong.content.decode()


def test_the_calendar_is_told_apart_by_what_became_of_it(as_user: Any, counsellor: User) -> None:
    centre, client = counsellor.centre, as_user(counsellor)
    later, sooner = _planned(counsellor, at=timezone.now() + 2 * WEEK), _planned(counsellor)
    held = EventFactory(centre=centre, title="Stammtisch")
    off = _planned(counsellor)
    services.cancel_event(event=off, by=counsellor)
    EventFactory()
    shown = {
        when: list(client.get(reverse("businesses:event_list"), {"when": when}).context["page_obj"])
        for when in ("", "past", "cancelled", "x")
    }
    assert shown == {"": [sooner, later], "past": [held], "cancelled": [off], "x": [sooner, later]}
    assert (
        client.get(reverse("businesses:event_list"), {"q": "nirgends", "kind": "course"})
        .context["page_obj"]
        .paginator.count
        == 0
    )


def test_who_changes_late_sees_both(as_user: Any, counsellor: User) -> None:
    event, client = _planned(counsellor, capacity=5), as_user(counsellor)
    sent = _plan(title="Erste Fassung", revision=1)
    assert client.post(_at("event_edit", event), sent).status_code == 302
    late = client.post(_at("event_edit", event), sent | {"title": "Zweite Fassung"})
    assert late.status_code == 409
    assert "Erste Fassung" in late.content.decode()
    assert "Zweite Fassung" in late.content.decode()
    assert (
        client.post(_at("event_minutes", event), {"minutes": "alles gut", "revision": 1}).status_code == 409
    )
    assert (
        client.post(_at("event_minutes", event), {"minutes": "alles gut", "revision": 2}).status_code == 302
    )
    event.refresh_from_db()
    assert (event.title, event.minutes) == ("Erste Fassung", "alles gut")


def test_what_was_held_does_not_move_into_the_future(as_user: Any, counsellor: User) -> None:
    held = EventFactory(centre=counsellor.centre)
    answer = as_user(counsellor).post(_at("event_edit", held), _plan(revision=1))
    assert answer.status_code == 422


def test_more_seats_move_up_who_waited_longest_in_the_whole_course(counsellor: User) -> None:
    event = _planned(counsellor, capacity=1, further=[timezone.now() + 2 * WEEK])
    for business in BusinessFactory.create_batch(4, centre=counsellor.centre):
        services.enrol(event=event, business=business, by=counsellor)
    services.change_event(event=event, revision=1, by=counsellor, capacity=3)
    assert list(event.enrolments.values_list("state", flat=True)) == [
        "enrolled",
        "enrolled",
        "enrolled",
        "waiting",
    ]
    assert set(Event.objects.values_list("capacity", flat=True)) == {3}
    services.change_event(event=event, revision=2, by=counsellor, capacity=None)
    assert set(event.enrolments.values_list("state", flat=True)) == {"enrolled"}


def test_who_needs_the_topic_is_proposed_enrolled_and_moves_up(as_user: Any, counsellor: User) -> None:
    client, event = as_user(counsellor), _planned(counsellor, topic="german", capacity=1)
    one, two = BusinessFactory.create_batch(2, centre=counsellor.centre)
    other = BusinessFactory(
        centre=counsellor.centre, sign_name="Bäckerei Nour", search_key=search_key("Bäckerei Nour")
    )
    foreign = BusinessFactory()
    for business, topic in ((one, "german"), (two, "german"), (other, "tax")):
        services.open_need(
            business=business, topic=topic, by=counsellor, urgency="urgent" if business == two else "some"
        )
    BusinessConsent.objects.create(
        business=two, purpose=ConsentPurpose.CONTACT, text_version="1", given_at=timezone.now()
    )
    assert [(b.pk, b.may_be_contacted) for b in event_lists.proposed(event)] == [
        (two.pk, True),
        (one.pk, False),
    ]  # type: ignore[attr-defined]
    sent = {"business": [two.pk, foreign.pk, "x", "9" * 30], "person_name": "Hoa Nguyễn"}
    for _twice in (1, 2):
        client.post(_at("event_enrol", event), sent)
    client.post(_at("event_enrol", event), {"business": [one.pk]})
    seats = {seat.business_id: seat for seat in Enrolment.objects.all()}
    assert {pk: (seat.state, seat.person_name) for pk, seat in seats.items()} == {
        two.pk: ("enrolled", "Hoa Nguyễn"), one.pk: ("waiting", ""),
    }  # fmt: skip
    assert seats[two.pk].need is not None
    assert not event_lists.proposed(event).exists()
    assert client.get(_at("event_detail", event), {"q": other.sign_name}).context["found"] == [other]
    client.post(_at("event_withdraw", event, seats[two.pk].pk))
    seats[one.pk].refresh_from_db()
    assert seats[one.pk].state == "enrolled"
    assert client.post(_at("event_withdraw", _planned(counsellor), seats[one.pk].pk)).status_code == 404


def test_the_sheet_notes_who_came_and_refuses_what_is_to_come(as_user: Any, counsellor: User) -> None:
    client, event = as_user(counsellor), _planned(counsellor)
    came, away, unknown = BusinessFactory.create_batch(3, centre=counsellor.centre)
    for business in (came, away, unknown):
        services.enrol(event=event, business=business, by=counsellor)
    sent = {"revision": 1, "unnamed": "٣"}
    for business, presence, heads in (
        (came, "present", "2"),
        (away, "excused", "7"),
        (unknown, "unknown", "1"),
    ):
        sent |= {f"presence_{business.pk}": presence, f"heads_{business.pk}": heads}
    early = client.post(_at("event_attendance", event), sent)
    assert early.status_code == 422
    with time_machine.travel(event.at + dt.timedelta(hours=3), tick=False):
        client = as_user(counsellor)
        assert (
            client.post(_at("event_attendance", event), sent | {f"heads_{came.pk}": "viele"}).status_code
            == 422
        )
        assert client.post(_at("event_attendance", event), sent).status_code == 302
        late = client.post(_at("event_attendance", event), sent | {f"presence_{away.pk}": "absent"})
    assert late.status_code == 409
    event.refresh_from_db()
    assert (event.state, event.head_count) == ("held", 5)
    rows = {row.business: (row.presence, row.heads) for row in event.attendances.all()}
    assert rows == {came: ("present", 2), away: ("excused", 0)}


def test_only_where_somebody_came_the_page_of_a_business_says_so(as_user: Any, counsellor: User) -> None:
    business = BusinessFactory(centre=counsellor.centre)
    event = _planned(counsellor, at=timezone.now() - WEEK)
    services.note_attendance(
        event=event, came={business: Came(Presence.ABSENT)}, unnamed=2, revision=1, by=counsellor
    )
    page = as_user(counsellor).get(reverse("businesses:business_detail", args=[business.public_id]))
    assert list(page.context["attendances"]) == []


def test_a_cancelled_date_can_be_planned_again(as_user: Any, counsellor: User) -> None:
    client, event = as_user(counsellor), _planned(counsellor)
    assert client.post(_at("event_cancel", event), {"reason": ""}).status_code == 422
    client.post(_at("event_cancel", event), {"reason": "Lehrerin krank"})
    event.refresh_from_db()
    assert (event.state, event.cancel_reason) == ("cancelled", "Lehrerin krank")
    assert "Lehrerin krank" in client.get(_at("event_detail", event)).content.decode()
    # Pressed again, the first reason stands.
    client.post(_at("event_cancel", event), {"reason": "anders"})
    event.refresh_from_db()
    assert event.cancel_reason == "Lehrerin krank"
    business = BusinessFactory(centre=counsellor.centre)
    client.post(_at("event_enrol", event), {"business": [business.pk]})
    assert not Enrolment.objects.exists()
    client.post(_at("event_replan", event))
    event.refresh_from_db()
    assert (event.state, event.cancel_reason) == ("planned", "")


def test_the_rest_of_a_course_is_cancelled_in_one_go_and_what_was_held_stays(
    as_user: Any, counsellor: User
) -> None:
    client, now = as_user(counsellor), timezone.now()
    first = _planned(counsellor, at=now - WEEK, further=[now + WEEK, now + 2 * WEEK])
    assert first.series is not None
    services.note_attendance(event=first, came={}, unnamed=3, revision=1, by=counsellor)
    second, third = first.series.dates.filter(state="planned").order_by("at")
    assert "alle 2 geplanten Termine" in client.get(_at("event_cancel", second)).content.decode()
    assert client.post(_at("event_cancel", second), {"reason": "Raum"}).status_code == 422
    client.post(_at("event_cancel", second), {"reason": "Raum gesperrt", "which": "course"})
    states = list(first.series.dates.order_by("at").values_list("state", "cancel_reason"))
    assert states == [("held", ""), ("cancelled", "Raum gesperrt"), ("cancelled", "Raum gesperrt")]
    # Of a single date, or of the last planned one, there is nothing to choose.
    services.replan_event(event=third, by=counsellor)
    assert "which" not in client.get(_at("event_cancel", third)).context["form"].fields
    held = client.post(_at("event_cancel", first), {"reason": "doch nicht"}, follow=True)
    first.refresh_from_db()
    assert (first.state, held.status_code) == ("held", 200)


def test_a_course_gets_another_date_like_its_last_one(as_user: Any, counsellor: User) -> None:
    client = as_user(counsellor)
    at = dt.datetime(2031, 10, 16, 18, tzinfo=BERLIN)
    first = _planned(
        counsellor,
        at=at,
        further=[at + WEEK],
        ends_at=at + dt.timedelta(minutes=90),
        place="Raum 1",
        capacity=12,
    )
    assert first.series is not None
    page = reverse("businesses:series_date", args=[first.series.public_id])
    sent = {"at": "2031-11-13T18:00", "submission": str(uuid4())}
    for _twice in (1, 2):
        assert client.post(page, sent).status_code == 302
    # The same moment again is the date that is there.
    client.post(page, {"at": "2031-11-13T18:00", "submission": str(uuid4())})
    dates = first.series.dates.order_by("at")
    assert dates.count() == 3
    added = dates.last()
    assert added is not None
    assert added.ends_at is not None
    assert (added.place, added.capacity, added.state) == ("Raum 1", 12, "planned")
    assert f"{timezone.localtime(added.at):%H:%M}" == "18:00"
    assert added.ends_at - added.at == dt.timedelta(minutes=90)
    wrong = client.post(page, {"at": "übermorgen", "submission": str(uuid4())})
    assert wrong.status_code == 422
    assert "übermorgen" in wrong.content.decode()


def test_calendar_programs_read_it_in_its_time_zone(as_user: Any, counsellor: User) -> None:
    title = "Deutsch für Unternehmer/innen, ein Kurs mit einem sehr langen Namen: Gespräche, Briefe; Verträge"
    event = services.plan_event(
        centre=counsellor.centre, kind="course", title=title, at=dt.datetime(2031, 10, 23, 18, tzinfo=BERLIN), by=counsellor,
        further=[dt.datetime(2031, 10, 30, 18, tzinfo=BERLIN)], ends_at=dt.datetime(2031, 10, 23, 19, 30, tzinfo=BERLIN),
        place="Raum 1, Hinterhof", agenda="Begrüßung\nNeues",
    )  # fmt: skip
    services.cancel_event(
        event=event.series.dates.last() if event.series else event, by=counsellor, reason="Feiertag"
    )
    assert event.series is not None
    answer = as_user(counsellor).get(reverse("businesses:series_file", args=[event.series.public_id]))
    assert answer["Content-Type"].startswith("text/calendar")
    lines = answer.content.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    calendar = Calendar.from_ical(answer.content)
    entries = calendar.walk("VEVENT")
    assert len({str(entry["UID"]) for entry in entries}) == 2
    assert {str(entry["SUMMARY"]) for entry in entries} == {title}
    assert {entry["DTSTART"].params["TZID"] for entry in entries} == {"Europe/Berlin"}
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Berlin"]
    assert {entry.decoded("DTSTART").hour for entry in entries} == {18}
    assert {str(entry["STATUS"]) for entry in entries} == {"CONFIRMED", "CANCELLED"}
    one = as_user(counsellor).get(_at("event_file", event))
    assert len(Calendar.from_ical(one.content).walk("VEVENT")) == 1


def test_the_language_of_a_letter_is_the_one_somebody_spoke_in(counsellor: User) -> None:
    spoken, sign, german, none = BusinessFactory.create_batch(4, centre=counsellor.centre)
    for business, codes in ((spoken, ["de", "tr"]), (sign, ["de", "vi"]), (german, ["de", "other"])):
        Business.objects.filter(pk=business.pk).update(languages=codes)
    for language, days in (("ar", 3), ("fa", 2), ("de", 1)):
        at = timezone.now() - dt.timedelta(days=days)
        InterviewFactory(
            business=spoken, language=language, started_at=at, completed_at=at, disposition="complete"
        )
    businesses = list(Business.objects.order_by("pk"))
    assert event_lists.letter_languages(businesses) == {
        spoken.pk: "fa",
        sign.pk: "vi",
        german.pk: "de",
        none.pk: "de",
    }


def test_letters_are_chosen_noted_and_made_again(as_user: Any, counsellor: User) -> None:
    client, event = as_user(counsellor), _planned(counsellor, topic="german")
    seated, needy, foreign = (
        BusinessFactory(centre=counsellor.centre),
        BusinessFactory(centre=counsellor.centre),
        BusinessFactory(),
    )
    services.enrol(event=event, business=seated, by=counsellor)
    services.open_need(business=needy, topic="german", by=counsellor)
    rows = {row.business: row.is_chosen for row in client.get(_at("invitations", event)).context["rows"]}
    assert rows == {seated: True, needy: False}
    assert client.get(_at("invitations_paper", event)).status_code == 404
    sent = {
        "business": [seated.pk, foreign.pk],
        f"language_{seated.pk}": "ar",
        f"language_{foreign.pk}": "ar",
    }
    client.post(_at("invitations", event), sent)
    client.post(_at("invitations", event), sent | {f"language_{seated.pk}": "nonsense"})
    assert [(one.business, one.language) for one in Invitation.objects.all()] == [(seated, "de")]
    client.post(_at("invitations", event), {})
    assert Invitation.objects.count() == 1


def test_a_certificate_is_earned_by_the_share_of_the_dates_held(counsellor: User) -> None:
    start = timezone.now() - 5 * WEEK
    event = _planned(
        counsellor, at=start, ends_at=start + dt.timedelta(minutes=90), further=[start + WEEK * n for n in range(1, 8)], certificate_share=75,
    )  # fmt: skip
    often, rarely, never = BusinessFactory.create_batch(3, centre=counsellor.centre)
    for business in (often, rarely, never):
        services.enrol(event=event, business=business, by=counsellor)
    assert event.series is not None
    assert not any(share.is_enough for share in event_lists.shares(event.series))
    for number, date in enumerate(event.series.dates.order_by("at")[:4]):
        note = {
            often: Came(Presence.PRESENT if number else Presence.EXCUSED, 1),
            rarely: Came(Presence.PRESENT if number > 1 else Presence.ABSENT, 1),
        }
        services.note_attendance(event=date, came=note, unnamed=0, revision=1, by=counsellor)
    shares = {share.enrolment.business: share for share in event_lists.shares(event.series)}
    assert [(shares[b].came, shares[b].held, shares[b].per_cent, shares[b].is_enough) for b in (often, rarely, never)] == [
        (3, 4, 75, True), (2, 4, 50, False), (0, 4, 0, False),
    ]  # fmt: skip
    assert shares[often].minutes == 270
