"""A surveyor reaches the own section in running waves and nothing else: every route of the street against every door that is not theirs."""

import sys
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import ContactAttempt, Interview, Unit
from iqquadrat.accounts.models import User
from tests.businesses.factories import (
    ContactAttemptFactory,
    InterviewFactory,
)

TODAY = timezone.localdate()
DOORS = [
    ("unit_detail", "get"), ("attempt_create", "post"), ("refusal", "get"), ("refusal", "post"), ("interview_begin", "post"),
]  # fmt: skip
TALKS = [
    ("interview_detail", "get"), ("interview_continue", "get"), ("interview_finish", "get"), ("interview_finish", "post"),
    ("question", "get"), ("question", "post"),
]  # fmt: skip
GIVEN = {"disposition": "no_contact", "reason": "no_time", "language": "de", "branch_words": "x"}


def _leaks(client: Any, name: str, method: str, kwargs: dict[str, Any], sign: str) -> bool:
    answer = getattr(client, method)(reverse(name, kwargs=kwargs), GIVEN if method == "post" else None)
    return answer.status_code not in (403, 404) or sign in answer.content.decode()


def test_no_door_but_the_own(
    as_user: Any, unit: Unit, surveyor: User, probes: dict[str, Unit], capsys: pytest.CaptureFixture[str]
) -> None:
    client, leaks, cells = as_user(surveyor), [], 0
    assert client.get(reverse("businesses:unit_detail", kwargs={"pk": unit.pk})).status_code == 200
    for what, other in probes.items():
        refusal = ContactAttemptFactory(
            unit=other, surveyor=surveyor, disposition="refusal", reason="no_time"
        )
        talk = InterviewFactory(wave=other.wave, business=other.business)
        sign = other.business.sign_name
        tries = [(f"businesses:{name}", method, {"pk": other.pk}) for name, method in DOORS]
        tries += [("businesses:doorstep", method, {"pk": refusal.pk}) for method in ("get", "post")]
        tries += [
            (
                f"interviews:{name}",
                method,
                {"public_id": talk.public_id} | ({"key": "v01_role"} if name == "question" else {}),
            )
            for name, method in TALKS
        ]
        tries += [("businesses:business_detail", "get", {"public_id": other.business.public_id})]
        tries += [
            (f"businesses:{name}", "get", {"public_id": other.wave.public_id})
            for name in ("wave_detail", "wave_board", "call_backs")
        ]
        for name, method, kwargs in tries:
            cells += 1
            if _leaks(client, name, method, kwargs, sign):
                leaks.append((what, name, method))
        for name in ("field_home", "field_panel"):
            cells += 1
            if sign in client.get(reverse(f"businesses:{name}")).content.decode():
                leaks.append((what, name, "get"))
    with capsys.disabled():
        sys.stdout.write(f"\nsurveyor routes: {cells} cells, {len(leaks)} leaks\n")
    assert leaks == []
    assert cells == 8 * 19
    assert ContactAttempt.objects.count() == len(probes)
    assert Interview.objects.count() == len(probes)


def test_the_own_interview_once_the_section_or_the_wave_is_gone(
    as_user: Any, surveyor: User, unit: Unit, probes: dict[str, Unit]
) -> None:
    own = InterviewFactory(wave=unit.wave, business=unit.business, surveyor=surveyor)
    client = as_user(surveyor)
    assert list(Interview.objects.visible_to(surveyor)) == [own]
    for other in probes.values():
        talk = InterviewFactory(wave=other.wave, business=other.business, surveyor=surveyor)
        for name, method in TALKS:
            kwargs = {"public_id": talk.public_id} | ({"key": "v01_role"} if name == "question" else {})
            assert not _leaks(client, f"interviews:{name}", method, kwargs, other.business.sign_name)
    assert list(Interview.objects.visible_to(surveyor)) == [own]


def test_a_colleagues_interview_in_the_own_section(as_user: Any, unit: Unit, surveyor: User) -> None:
    talk = InterviewFactory(wave=unit.wave, business=unit.business)
    client = as_user(surveyor)
    for name, method in TALKS:
        kwargs = {"public_id": talk.public_id} | ({"key": "v01_role"} if name == "question" else {})
        assert not _leaks(client, f"interviews:{name}", method, kwargs, unit.business.sign_name)
