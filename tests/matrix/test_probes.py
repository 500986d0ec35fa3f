"""Every route with a key, asked for a record of another centre as every role, by the kiosk and by nobody: nothing comes back.

``tests/test_access.py`` asks who would be admitted at home; here everybody asks, and nothing may be written either.
"""

from typing import Any

import pytest
from django.db import transaction
from django.test import Client as Browser
from django.urls import reverse

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.checks import routes
from iqquadrat.accounts.models import Centre
from tests.access.table import EVERYBODY, Route
from tests.competence.kiosk import Pc
from tests.fixtures.people import UserFactory
from tests.matrix.counting import Note, count
from tests.test_access import GUARDED

# Routes with a key that leads to no record of a centre, and why that is so. Routes of the kiosk and public ones are asked in the tests
# of their rooms: their key is a secret itself.
SHARED = {
    "questionnaires:": "questionnaires and their texts belong to the whole site",
    "counselling:topic_": "the list of topics belongs to the whole site",
    "counselling:consent_": "the texts are found by their purpose, for the reader's own centre",
    "competence:guide": "a version of the questionnaire",
    "competence:preview": "a version of the questionnaire",
    "counselling:draft_keep": "makes a draft of the own; a key of somebody else's is answered with 410 (tests/counselling/test_drafts.py)",
    "counselling:import_template": "the kind of list",
    "businesses:register_export": "the kind of file",
    "reporting:figure_detail": "the name of a figure",
    "rights:retention_set": "the name of a clock",
    "handbook_chapter": "a chapter of the handbook",
}
PROBED = [row for row in GUARDED if row.other_centre == 404]
ROOMS = sorted({row.name.split(":")[0] for row in PROBED})
WRITES = (Action.CREATE, Action.CHANGE, Action.DELETE, Action.EXPORT)


@pytest.fixture
def users(centre: Centre) -> dict[str, Any]:
    return {role: UserFactory(centre=centre, roles=[role]) for role in sorted(EVERYBODY)}


@pytest.fixture
def askers(db: None) -> dict[str, Browser]:
    """Everybody of another centre, with one centre for all, a kiosk that runs there, and nobody."""
    found = {}
    elsewhere = UserFactory().centre
    for role in sorted(EVERYBODY):
        found[role] = Browser()
        found[role].force_login(UserFactory(centre=elsewhere, roles=[role]))
    pc = Pc()
    pc.come_in()
    return found | {"kiosk": pc.browser, "nobody": Browser()}


def _leaks(row: Route, who: str, answer: Any) -> bool:
    if who in ("kiosk", "nobody"):
        to_sign_in = answer.status_code == 302 and answer["Location"].startswith(reverse("accounts:sign_in"))
        return not (to_sign_in or answer.status_code in (401, 403, 404))
    expected = 404 if who in row.roles else 403
    return answer.status_code not in (expected, 404)


def _probe(row: Route, users: dict[str, Any], askers: dict[str, Browser]) -> list[str]:
    """Let everybody ask in every way; returns what leaked for each probe, else nothing."""
    address = reverse(row.name, kwargs=row.kwargs(users | {"me": users["counsellor"]}))
    found = []
    for who, browser in askers.items():
        for method in row.methods:
            written = Entry.objects.filter(action__in=WRITES).count()
            answer = getattr(browser, method.lower())(address)
            leaks = _leaks(row, who, answer) or Entry.objects.filter(action__in=WRITES).count() != written
            found.append(f"{who} {method} {row.name}: {answer.status_code}" if leaks else "")
    return found


@pytest.mark.django_db
@pytest.mark.parametrize("room", ROOMS)
def test_nobody_reaches_a_record_of_another_centre(
    room: str, users: dict[str, Any], askers: dict[str, Browser], request: Note
) -> None:
    tried, wrong = 0, []
    for row in (row for row in PROBED if row.name.split(":")[0] == room):
        with transaction.atomic():
            found = _probe(row, users, askers)
            transaction.set_rollback(True)
        tried += len(found)
        wrong += [what for what in found if what]
    count(request, "probes", tried, wrong)


def test_every_route_with_a_key_is_probed_or_says_why_not() -> None:
    keyed = {route.name for route in routes() if "<" in route.pattern}
    left = keyed - {row.name for row in PROBED}
    left &= {row.name for row in GUARDED}
    assert [name for name in sorted(left) if not name.startswith(tuple(SHARED))] == []
    assert [start for start in SHARED if not any(name.startswith(start) for name in left)] == []
