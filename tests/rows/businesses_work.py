"""Rows of needs and events: what businesses need, where they have a seat, who came."""

from typing import Any

from django.utils import timezone

from businesses.models import (
    Business,
    BusinessConsultation,
    Enrolment,
    Event,
    EventAttendance,
    EventSeries,
    Invitation,
    Need,
    NeedStep,
)
from iqquadrat.accounts.models import Centre
from tests.businesses.factories import BusinessConsultationFactory, EventFactory
from tests.rows.businesses import businesses
from tests.rows.registry import Users, bulk, rows, store

# A course has seats: an evening's list does not grow with the register.
SEATS, DATES = 40, 40


def _needs(found: list[Business], users: Users) -> None:
    today = timezone.localdate()
    needs = store(
        [
            Need(
                business=business, topic="german", urgency="urgent", source="visit", words="Kundengespräche",
                in_charge=users["counsellor"] if n % 2 else None, due_on=today,
            )
            for n, business in enumerate(found)
        ]
    )  # fmt: skip
    store([NeedStep(need=need, to_state="open", by=users["counsellor"]) for need in needs])


@rows(Centre, makes=(Need, NeedStep, EventSeries))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    # Those that the register has just got (tests/rows/businesses.py).
    found = list(Business.objects.filter(centre=centre).order_by("-pk")[: len(numbers)])
    _needs(found, users)
    bulk(
        BusinessConsultationFactory, range(len(found)), business=lambda n: found[n], counsellor=users["counsellor"],
        follow_up_on=timezone.localdate(), held_at=timezone.now(),
    )  # fmt: skip
    series = store([EventSeries(centre=centre, title="Deutsch im Laden") for _number in numbers[:DATES]])
    bulk(
        EventFactory, range(len(series)), centre=centre, series=lambda n: series[n], state="planned", head_count=0,
        topic="german", at=timezone.now(), responsible=users["counsellor"],
    )  # fmt: skip


@rows(Business)
def _of_a_business(business: Business, users: Users, numbers: range) -> None:
    ended: dict[str, Any] = {
        "state": "done",
        "closed_on": timezone.localdate(),
        "closed_by": users["counsellor"],
    }
    store(
        [
            Need(business=business, topic="law", source="call", in_charge=users["counsellor"], **ended)
            for _number in numbers
        ]
    )
    events = bulk(EventFactory, numbers, centre=business.centre)
    store([Enrolment(event=event, business=business, person_name="Hoa") for event in events])


@rows(Need, makes=(BusinessConsultation,))
def _of_a_need(need: Need, users: Users, numbers: range) -> None:
    store(
        [
            NeedStep(need=need, from_state="open", to_state="open", by=users["counsellor"], note="angerufen")
            for _n in numbers
        ]
    )
    bulk(
        BusinessConsultationFactory,
        numbers,
        business=need.business,
        counsellor=users["counsellor"],
        need=need,
    )
    events = bulk(EventFactory, numbers, centre=need.business.centre)
    store([Enrolment(event=event, business=need.business, need=need) for event in events])


@rows(Event, makes=(Enrolment, EventAttendance, Invitation))
def _of_an_event(event: Event, users: Users, numbers: range) -> None:
    found = businesses(event.centre, numbers)
    _needs(found, users)
    if event.state == "held":
        store([EventAttendance(event=event, business=business) for business in found[:SEATS]])
    else:
        bulk(
            EventFactory, numbers[:DATES], centre=event.centre, series=event.series, state=event.state, head_count=0, at=event.at,
        )  # fmt: skip
    of: dict[str, Any] = {"series": event.series} if event.series else {"event": event}
    store([Enrolment(business=business, person_name="Hoa", **of) for business in found[:SEATS]])
    store(
        [
            Invitation(event=event, business=business, language="vi", made_by=users["counsellor"])
            for business in found[:SEATS]
        ]
    )


@rows(EventSeries)
def _of_a_series(series: EventSeries, users: Users, numbers: range) -> None:
    # Whoever came once has earned a certificate, so that there is a paper however many dates there are.
    EventSeries.objects.filter(pk=series.pk).update(certificate_share=1)
    found = businesses(series.centre, numbers)
    store([Enrolment(series=series, business=business, state="enrolled") for business in found[:SEATS]])
    events = bulk(EventFactory, numbers[:DATES], centre=series.centre, series=series)
    store([EventAttendance(event=event, business=business) for event in events for business in found[:SEATS]])
