"""Fifty equal posts at once, over every form of this room that creates: one record, and an answer to each."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, models
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling.models import (
    Addendum,
    Appointment,
    Attendance,
    Client,
    Consultation,
    Draft,
    EventAttendance,
    FollowUp,
    GroupEvent,
    Referral,
    ShortContact,
    VolunteerWork,
)
from tests.counselling.factories import (
    ClientFactory,
    ConsultationFactory,
    GroupEventFactory,
    InstitutionFactory,
)

POSTS, HANDS = 50, 10


def _forms(counsellor: Any) -> dict[str, tuple[str, dict[str, Any], type[models.Model]]]:
    person, second, third = (ClientFactory(counsellor=counsellor) for _each in range(3))
    place, event = InstitutionFactory(centre=counsellor.centre), GroupEventFactory(centre=counsellor.centre)
    talk = ConsultationFactory(client=person)
    key, now, day = str(uuid.uuid4()), timezone.localtime(), f"{timezone.localdate():%Y-%m-%d}"
    held = {
        "held_on": day,
        "held_time": f"{now:%H:%M}",
        "minutes": "20",
        "channel": "phone",
        "languages": ["ar"],
    }
    return {
        "consultation": (reverse("counselling:consultation_create"), held | {
            "submission": key, "client": str(person.public_id), "topics": ["application"], "main_topic": "application",
        }, Consultation),
        "client": (reverse("counselling:client_create"), {
            "submission": key, "given_name": "Amal", "family_name": "Haddad", "name_order": "given_first",
        }, Client),
        "short contact": (reverse("counselling:short_contact_log"), {
            "submission": key, "language": "ar", "topic": "housing",
        }, ShortContact),
        "appointment": (reverse("counselling:appointment_create"), {
            "submission": key, "client": str(person.public_id), "day": f"{timezone.localdate() + timedelta(days=3):%Y-%m-%d}",
            "time": "10:00", "minutes": "45", "channel": "person_planned",
        }, Appointment),
        "follow-up": (reverse("counselling:follow_up_create", args=[person.public_id]), {
            "submission": key, "text": "anrufen", "due_on": day,
        }, FollowUp),
        "addendum": (reverse("counselling:addendum_add", args=[talk.public_id]), {
            "submission": key, "text": "Nachgetragen",
        }, Addendum),
        "consultation with all": (reverse("counselling:consultation_create"), held | {
            "submission": key, "client": str(person.public_id), "topics": ["application"], "main_topic": "application",
            "companions": [str(second.public_id), str(third.public_id)], "absent": [str(third.public_id)],
            "refer_to": str(place.pk), "passed_on": "Name", "refer_agreed": "on", "explained_in": "ar",
            "next_step": "anrufen", "next_step_on": day,
        }, Referral),
        "event": (reverse("counselling:event_create"), {
            "submission": key, "kind": "outreach", "title": "Straßenfest", "day": day, "time": "15:00", "head_count": "40",
        }, GroupEvent),
        "place on a list": (reverse("counselling:event_put_on_list", args=[event.public_id]), {
            "client": str(person.public_id),
        }, EventAttendance),
        "volunteer's hours": (reverse("counselling:volunteer_create"), {
            "submission": key, "name": "Frau M.", "on": day, "minutes": "2,5", "activity": "office",
        }, VolunteerWork),
        "draft": (reverse("counselling:draft_keep", args=[key]), {"concern": "sucht"}, Draft),
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "name",
    [
        "consultation",
        "consultation with all",
        "client",
        "short contact",
        "appointment",
        "follow-up",
        "addendum",
        "event",
        "place on a list",
        "volunteer's hours",
        "draft",
    ],
)
def test_fifty_equal_posts_make_one_record(counsellor: Any, name: str) -> None:
    address, typed, model = _forms(counsellor)[name]
    before = set(model._meta.default_manager.values_list("pk", flat=True))  # type: ignore[union-attr]
    signed_in = Browser()
    signed_in.force_login(counsellor)
    gate = threading.Barrier(HANDS)

    def post(_number: int) -> int:
        try:
            browser = Browser(raise_request_exception=False)
            browser.cookies = signed_in.cookies
            gate.wait(timeout=30)
            return browser.post(address, typed).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        answers = set(pool.map(post, range(POSTS)))
    assert answers <= {200, 302}, answers
    made = set(model._meta.default_manager.values_list("pk", flat=True)) - before  # type: ignore[union-attr]
    assert len(made) == 1
    if name == "consultation with all":
        assert Consultation.objects.filter(submission__isnull=False).count() == 1
        assert [Attendance.objects.count(), FollowUp.objects.count()] == [1, 1]
        assert Consultation.objects.filter(is_no_show=True).count() == 1
