"""A centre in the middle of its work: who writes, with their sessions, and papers that a worker will make."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.middleware.csrf import _get_new_csrf_string, _mask_cipher_secret
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

import businesses
from competence.kiosk_door import COOKIE, let_in
from competence.models import Assessment
from competence.services.sessions import claim, open_session
from iqquadrat.accounts.models import User
from iqquadrat.core.statistics import refresh_statistics
from iqquadrat.questionnaires import content
from tests.businesses.factories import AssignmentFactory, StreetFactory, UnitFactory, WaveFactory
from tests.businesses.field_helpers import Device
from tests.competence.factories import AssessmentFactory
from tests.counselling.factories import ClientFactory, InstitutionFactory
from tests.faults.writers import AtTheDesk, AtThePc, InTheStreet, Ledger, Writer
from tests.fixtures.people import CentreFactory, UserFactory

PCS, DESKS, SURVEYORS, DOORS, PAPERS = 3, 2, 2, 40, 12


@dataclass
class Stage:
    """Who will write where, and whose papers are made."""

    counsellor: User
    finished: list[Assessment]
    make: list[Callable[[str, Ledger], Writer]]

    def writers(self, site: str, ledger: Ledger) -> list[Writer]:
        return [make(site, ledger) for make in self.make]


def build() -> Stage:
    """Build it in the empty database that Django is connected to."""
    with transaction.atomic():
        content.load(Path(businesses.__file__).parent / "content")
        centre = CentreFactory(name="Dialog", code="dialog")
        counsellor = UserFactory(centre=centre, roles=["counsellor"])
        finished = [
            AssessmentFactory(finished=True, client=ClientFactory(counsellor=counsellor))
            for _paper in range(PAPERS)
        ]
        make = [
            *(_at_the_pc(counsellor) for _pc in range(PCS)),
            *(_at_the_desk(UserFactory(centre=centre, roles=["counsellor"])) for _desk in range(DESKS)),
            *(
                _in_the_street(UserFactory(centre=centre, roles=["surveyor"]))
                for _surveyor in range(SURVEYORS)
            ),
        ]
    refresh_statistics()
    return Stage(counsellor, finished, make)


def _proof(cookie: str) -> tuple[str, str]:
    """Return the cookies with a secret against forged forms, and the token that goes with it."""
    secret = _get_new_csrf_string()
    return f"{cookie}; {settings.CSRF_COOKIE_NAME}={secret}", _mask_cipher_secret(secret)


def _signed_in(user: User) -> tuple[str, str]:
    browser = Browser()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return _proof(f"{settings.SESSION_COOKIE_NAME}={browser.cookies[settings.SESSION_COOKIE_NAME].value}")


def _at_the_pc(counsellor: User) -> Callable[[str, Ledger], Writer]:
    assessment = AssessmentFactory(measuring="agreed", client=ClientFactory(counsellor=counsellor))
    token = open_session(assessment=assessment, language="ar")
    claim(session=assessment.sessions.get())
    door = HttpResponse()
    let_in(door, token)
    cookies, csrf = _proof(f"{COOKIE}={door.cookies[COOKIE].value}")
    return lambda site, ledger: AtThePc(site, ledger, cookies, csrf, token=token)


def _at_the_desk(counsellor: User) -> Callable[[str, Ledger], Writer]:
    person, place = ClientFactory(counsellor=counsellor), InstitutionFactory(centre=counsellor.centre)
    now, day = timezone.localtime(), f"{timezone.localdate():%Y-%m-%d}"
    facts: dict[str, Any] = {
        "held_on": day, "held_time": f"{now:%H:%M}", "minutes": "20", "channel": "phone", "languages": ["ar"],
        "client": str(person.public_id), "topics": ["application", "housing"], "main_topic": "application", "refer_to": str(place.pk),
        "passed_on": "Name", "refer_agreed": "on", "explained_in": "ar", "next_step": "anrufen", "next_step_on": day,
    }  # fmt: skip
    cookies, csrf = _signed_in(counsellor)
    address = reverse("counselling:consultation_create")
    return lambda site, ledger: AtTheDesk(site, ledger, cookies, csrf, address=address, facts=facts)


def _in_the_street(surveyor: User) -> Callable[[str, Ledger], Writer]:
    wave, street = (
        WaveFactory(centre=surveyor.centre),
        StreetFactory(centre=surveyor.centre, name=f"Straße {surveyor.pk}"),
    )
    AssignmentFactory(wave=wave, surveyor=surveyor, street=street)
    doors = cycle([
        UnitFactory(
            wave=wave, business__premises__street=street, business__premises__house_number=number + 1, business__premises__position="left"
        )
        for number in range(DOORS)
    ])  # fmt: skip
    device = Device()
    cookies, csrf = _signed_in(surveyor)
    address = reverse("businesses:field_sync")

    def note() -> dict[str, Any]:
        return device.note("attempt", next(doors), disposition="no_contact", note="zu")

    return lambda site, ledger: InTheStreet(site, ledger, cookies, csrf, address=address, note=note)
