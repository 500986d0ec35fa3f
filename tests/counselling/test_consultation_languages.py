"""A language that was sent twice is spoken once: figures by language count it once a talk."""

import uuid
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from counselling.models import Consultation
from tests.counselling.factories import ClientFactory, topic

pytestmark = pytest.mark.django_db


def test_a_language_sent_twice_is_stored_once(as_user: Any, counsellor: Any) -> None:
    client, now = ClientFactory(counsellor=counsellor), timezone.localtime()
    topic("application")
    typed = {
        "submission": str(uuid.uuid4()), "client": str(client.public_id), "held_on": f"{now:%Y-%m-%d}", "held_time": f"{now:%H:%M}",
        "minutes": "25", "channel": "phone", "languages": ["de", "ar", "de"], "interpretation": "none", "topics": ["application"],
        "main_topic": "application",
    }  # fmt: skip
    assert as_user(counsellor).post(reverse("counselling:consultation_create"), typed).status_code == 302
    assert Consultation.objects.get().languages == ["de", "ar"]
