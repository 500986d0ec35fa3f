"""The settings of the centre: who changes them, two people at once, what the log keeps; and the tabs of the administration."""

from typing import Any

import pytest
from django.test import Client

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.services import (
    CentreNameTakenError,
    NotYourCentreError,
    StaleCentreError,
    change_centre,
    set_current_programme,
)
from tests.fixtures.people import CentreFactory, UserFactory

pytestmark = pytest.mark.django_db
PAGE = "/administration/centre/"
FACTS = {
    "name": "Dialog Süd", "subtitle": "Beratung für alle", "street": "Eisenbahnstraße 1", "postal_code": "04315",
    "city": "Leipzig", "phone": "+49 341 1234", "email": "post@example.org", "website": "https://example.org",
}  # fmt: skip


def test_an_administrator_changes_the_facts_and_the_log_names_fields_only(administrator: User) -> None:
    centre = change_centre(centre=administrator.centre, by=administrator, revision=1, **FACTS)
    centre.refresh_from_db()
    assert {name: getattr(centre, name) for name in FACTS} == FACTS
    assert centre.revision == 2
    entry = Entry.objects.get(action=Action.CHANGE)
    assert (entry.object_type, entry.object_id, entry.centre_id) == (
        "accounts.centre", str(centre.pk), centre.pk,
    )  # fmt: skip
    assert entry.detail["fields"] == sorted(set(FACTS) - {"city"})  # the town stayed
    assert "Süd" not in str(entry.detail)


def test_saving_the_same_again_is_no_change(administrator: User) -> None:
    centre = administrator.centre
    change_centre(centre=centre, by=administrator, revision=1, name=centre.name)
    centre.refresh_from_db()
    assert centre.revision == 1
    assert not Entry.objects.exists()


@pytest.mark.parametrize("actor", ["counsellor", "coordinator", "surveyor", "stranger", "foreign", "closed"])
def test_nobody_else_may(actor: str, centre: Centre, request: pytest.FixtureRequest) -> None:
    made = {
        "foreign": lambda: UserFactory(roles=["administrator"]),
        "closed": lambda: UserFactory(centre=centre, roles=["administrator"], is_active=False),
    }
    by = made.get(actor, lambda: request.getfixturevalue(actor))()
    with pytest.raises(NotYourCentreError):
        change_centre(centre=centre, by=by, revision=1, **FACTS)
    centre.refresh_from_db()
    assert centre.name == "Dialog"


@pytest.mark.parametrize("facts", [{"code": "other"}, {"current_programme_code": "x"}, {"revision": 9}])
def test_code_and_programme_are_not_among_the_facts(facts: dict[str, Any], administrator: User) -> None:
    arguments: dict[str, Any] = {"revision": 1, **facts}
    with pytest.raises((NotYourCentreError, StaleCentreError)):
        change_centre(centre=administrator.centre, by=administrator, **arguments)
    assert Centre.objects.get().code == "dialog"


def test_a_name_is_given_once(administrator: User) -> None:
    CentreFactory(name="Treffpunkt")
    with pytest.raises(CentreNameTakenError):
        change_centre(centre=administrator.centre, by=administrator, revision=1, name="TREFFPUNKT")


def test_the_current_programme_makes_no_typed_facts_stale(administrator: User, coordinator: User) -> None:
    centre = set_current_programme(centre=coordinator.centre, by=coordinator, code="iq")
    assert centre.current_programme_code == "iq"
    assert Entry.objects.get().detail == {"fields": ["current_programme_code"]}
    change_centre(centre=centre, by=administrator, revision=1, name="Neu")
    centre.refresh_from_db()
    assert (centre.name, centre.current_programme_code) == ("Neu", "iq")


@pytest.mark.parametrize("actor", ["counsellor", "surveyor", "stranger"])
def test_others_do_not_choose_the_programme(
    actor: str, centre: Centre, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotYourCentreError):
        set_current_programme(centre=centre, by=request.getfixturevalue(actor), code="iq")


# --- The page ---


def test_the_page_saves_and_shows_the_new_name_everywhere(administrator: User, as_user: Any) -> None:
    client = as_user(administrator)
    page = client.post(PAGE, {**FACTS, "website": "example.org", "revision": 1}, follow=True)
    text = page.content.decode()
    assert "Die Angaben zur Beratungsstelle sind gespeichert." in text
    assert "<bdi>Dialog Süd</bdi><small>Beratung für alle</small>" in text
    assert Centre.objects.get().website == "https://example.org"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "Zweite Zeile"),
        ({"name": "Treff\u202epunkt"}, "unsichtbares Steuerzeichen"),
        ({"name": "treffpunkt"}, "schon eine Beratungsstelle mit diesem Namen"),
        ({"website": "javascript:alert(1)"}, "gültige"),
        ({"website": "ftp://example.org"}, "gültige"),
        ({"email": "keine Adresse"}, "E-Mail"),
        ({"postal_code": "1" * 11}, "10"),
    ],
)
def test_a_faulty_form_is_shown_again_with_everything_typed(
    fields: dict[str, str], words: str, administrator: User, as_user: Any
) -> None:
    CentreFactory(name="Treffpunkt")
    response = as_user(administrator).post(PAGE, {**FACTS, **fields, "revision": 1})
    text = response.content.decode()
    assert response.status_code == 422
    assert words in text
    assert 'value="Beratung für alle"' in text
    assert "invalid-feedback" in text or "error" in text
    assert Centre.objects.get(code="dialog").name == "Dialog"


def test_two_people_edit_the_centre(administrator: User, as_user: Any) -> None:
    client = as_user(administrator)
    change_centre(centre=administrator.centre, by=administrator, revision=1, name="Von der Kollegin")
    stale = client.post(PAGE, {**FACTS, "revision": 1})
    text = stale.content.decode()
    assert stale.status_code == 409
    assert "inzwischen geändert" in text
    assert '<td data-th="Jetzt gespeichert">Von der Kollegin</td>' in text
    assert 'value="Dialog Süd"' in text
    assert Centre.objects.get().name == "Von der Kollegin"
    seen = stale.context["form"].data["revision"]
    assert client.post(PAGE, {**FACTS, "revision": seen}).status_code == 302
    assert Centre.objects.get().name == "Dialog Süd"


def test_a_form_without_its_revision_overwrites_nothing(administrator: User, as_user: Any) -> None:
    assert as_user(administrator).post(PAGE, FACTS).status_code == 409
    assert Centre.objects.get().name == "Dialog"


# --- The tabs ---


def _tabs(client: Client, path: str) -> list[str]:
    import re

    text = client.get(path).content.decode()
    found = re.search(r'<ul class="nav nav-underline page-tabs">(.*?)</ul>', text, re.DOTALL)
    return re.findall(r">([^<>]+)</a>", found[1]) if found else []


def test_each_role_sees_the_tabs_that_it_may_open(
    administrator: User, coordinator: User, counsellor: User, as_user: Any
) -> None:
    assert _tabs(as_user(administrator), PAGE) == [
        "Konten", "Beratungsstelle", "Einstellungen", "Zugriffsprotokoll",
    ]  # fmt: skip
    for path in ("/administration/users/", "/administration/log/", "/questionnaires/"):
        assert _tabs(as_user(coordinator), path) == [
            "Konten", "Einstellungen", "Zugriffsprotokoll", "Fragebögen",
        ], path  # fmt: skip
    # One place is no choice.
    assert _tabs(as_user(counsellor), "/questionnaires/") == []


def test_all_five_for_who_is_both(centre: Centre, as_user: Any) -> None:
    both = UserFactory(centre=centre, roles=["coordinator", "administrator"])
    client = as_user(both)
    assert _tabs(client, PAGE) == [
        "Konten", "Beratungsstelle", "Einstellungen", "Zugriffsprotokoll", "Fragebögen",
    ]  # fmt: skip


def test_the_questionnaires_are_reached_from_the_navigation(
    coordinator: User, counsellor: User, as_user: Any
) -> None:
    client = as_user(coordinator)
    assert 'href="/administration/users/"' in client.get("/questionnaires/").content.decode()
    page = client.get("/questionnaires/")
    current = [link.url for link in page.context["navigation"] if link.current]
    assert current == ["/administration/users/"]
    assert 'href="/questionnaires/"' in as_user(counsellor).get("/competence/").content.decode()
    assert 'href="/questionnaires/"' in client.get("/administration/users/").content.decode()


def test_the_page_tells_which_programme_is_current(
    administrator: User, coordinator: User, as_user: Any
) -> None:
    client = as_user(administrator)
    assert "noch nicht gewählt" in client.get(PAGE).content.decode()
    set_current_programme(centre=coordinator.centre, by=coordinator, code="iq-quadrat")
    page = client.get(PAGE).content.decode()
    assert "iq-quadrat" in page
    assert "Zu den Programmen" not in page  # the coordination chooses it
