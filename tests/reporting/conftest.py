"""What the tests of frozen reports share."""

from typing import Any

import pytest
from django.test import Client as Browser

from counselling.models import Consultation
from iqquadrat.accounts.models import User
from iqquadrat.reporting.models import Programme
from placements.categories import Category
from tests.counselling.factories import ClientFactory, ConsultationFactory, ShortContactFactory, topic
from tests.fixtures.people import UserFactory
from tests.placements.factories import started
from tests.reporting.factories import ProgrammeFactory
from tests.reporting.frozen import CODE, INSIDE


@pytest.fixture
def reported(centre: Any) -> Programme:
    made: Programme = ProgrammeFactory(code=CODE, centres=[centre], targets={"contacts": 9})
    return made


@pytest.fixture
def second(centre: Any) -> User:
    made: User = UserFactory(centre=centre, roles=["coordinator"])
    return made


@pytest.fixture
def talks(reported: Programme, counsellor: User) -> list[Consultation]:
    clients = [ClientFactory(counsellor=counsellor) for _each in range(3)]
    for client in clients:
        started(client, Category.SV_FT, INSIDE.date(), programme_code=reported.code)
    ShortContactFactory(counsellor=counsellor, programme_code=CODE, at=INSIDE)
    return [
        ConsultationFactory(client=client, held_at=INSIDE, programme_code=CODE, main_topic=topic())
        for client in clients
    ]


@pytest.fixture
def office(as_user: Any, coordinator: User) -> Browser:
    browser: Browser = as_user(coordinator)
    return browser
