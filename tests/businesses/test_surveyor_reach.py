"""A surveyor reaches the own section in running waves and nothing else: every route of the street against every door that is not theirs."""

import datetime as dt
import sys
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import ContactAttempt, Interview, Unit
from iqquadrat.accounts.models import User
from tests.businesses.factories import (
    AssignmentFactory,
    ContactAttemptFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)
from tests.fixtures.people import CentreFactory, UserFactory

TODAY = timezone.localdate()
DOORS = [
    ("unit_detail", "get"), ("attempt_create", "post"), ("refusal", "get"), ("refusal", "post"), ("interview_begin", "post"),
]  # fmt: skip
TALKS = [
    ("interview_detail", "get"), ("interview_continue", "get"), ("interview_finish", "get"), ("interview_finish", "post"),
    ("question", "get"), ("question", "post"),
]  # fmt: skip
GIVEN = {"disposition": "no_contact", "reason": "no_time", "language": "de", "branch_words": "x"}


@pytest.fixture
def probes(unit: Unit, surveyor: User) -> dict[str, Unit]:
    """Doors beside the own section (even numbers 2 to 99 of one street, in one running wave), each wrong in one way."""
    wave, street = unit.wave, unit.business.premises.street
    wave.assignments.update(side="even", number_from=2, number_to=99)

    def door(number: int, **facts: Any) -> Unit:
        made: Unit = UnitFactory(
            **{"wave": wave, "business__premises__street": street, "business__premises__house_number": number}
            | facts
        )
        return made

    ended = WaveFactory(
        centre=wave.centre,
        version=wave.version,
        starts_on=TODAY - dt.timedelta(9),
        ends_on=TODAY - dt.timedelta(1),
    )
    ahead = WaveFactory(
        centre=wave.centre,
        version=wave.version,
        starts_on=TODAY + dt.timedelta(1),
        ends_on=TODAY + dt.timedelta(9),
    )
    closed = WaveFactory(centre=wave.centre, version=wave.version, closed_at=timezone.now())
    unassigned = WaveFactory(centre=wave.centre, version=wave.version)
    for other in (ended, ahead, closed):
        AssignmentFactory(wave=other, surveyor=surveyor, street=street)
    AssignmentFactory(
        wave=unassigned, surveyor=UserFactory(centre=wave.centre, roles=["surveyor"]), street=street
    )
    abroad = CentreFactory()
    foreign = WaveFactory(centre=abroad, version=wave.version)
    foreign_street = StreetFactory(centre=abroad)
    AssignmentFactory(
        wave=foreign, surveyor=UserFactory(centre=abroad, roles=["surveyor"]), street=foreign_street
    )
    return {
        "neighbouring section": door(100),
        "other side": door(53),
        "other street": door(
            52, business__premises__street=StreetFactory(centre=wave.centre, name="Torgauer Straße")
        ),
        "ended wave": door(54, wave=ended),
        "wave to come": door(56, wave=ahead),
        "closed wave": door(58, wave=closed),
        "wave of a colleague": door(60, wave=unassigned),
        "other centre": door(52, wave=foreign, business__premises__street=foreign_street),
    }


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


def test_a_colleagues_interview_in_the_own_section(as_user: Any, unit: Unit, surveyor: User) -> None:
    talk = InterviewFactory(wave=unit.wave, business=unit.business)
    client = as_user(surveyor)
    for name, method in TALKS:
        kwargs = {"public_id": talk.public_id} | ({"key": "v01_role"} if name == "question" else {})
        assert not _leaks(client, f"interviews:{name}", method, kwargs, unit.business.sign_name)
