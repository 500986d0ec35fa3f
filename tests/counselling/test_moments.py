"""The clock on the wall in forms beside the calendar's: what no clock shows is said, what was not touched stays."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from tests.counselling.factories import ClientFactory, ConsultationFactory, GroupEventFactory


@pytest.mark.django_db
def test_a_talk_and_an_event_know_the_clock_as_an_appointment_does(client: Browser, counsellor: Any) -> None:
    """A time that no clock showed is said; a correction of something else leaves the moment, to the second."""
    client.force_login(counsellor)
    second = dt.datetime(2025, 10, 26, 1, 30, 17, tzinfo=dt.UTC)  # half past two for the second time
    talk = ConsultationFactory(client=ClientFactory(counsellor=counsellor), held_at=second)
    event = GroupEventFactory(centre=counsellor.centre, at=second)
    heard = {
        "revision": "1", "held_on": "2025-10-26", "held_time": "02:30", "minutes": "25", "channel": "phone", "languages": ["ar"],
        "topics": ["application"], "main_topic": "application",
    }  # fmt: skip
    talk_url = reverse("counselling:consultation_edit", args=[talk.public_id])
    assert client.post(talk_url, heard).status_code == 302
    seen = {"revision": "1", "kind": "information", "title": "Nacht", "day": "2025-10-26", "time": "02:30"}
    event_url = reverse("counselling:event_edit", args=[event.public_id])
    assert client.post(event_url, seen).status_code == 302
    for row in (talk, event):
        row.refresh_from_db()
    assert (talk.held_at, talk.minutes, event.at, event.title) == (second, 25, second, "Nacht")
    for url, sent in (
        (talk_url, heard | {"revision": "2", "held_on": "2026-03-29"}),
        (event_url, seen | {"revision": "2", "day": "2026-03-29"}),
    ):
        answer = client.post(url, sent)
        assert answer.status_code == 422
        assert "Uhren werden vorgestellt" in answer.content.decode()
