"""Accounts: who may do what, what goes together, what ends in the log; services and pages."""

import threading
import uuid
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import translation

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.mail import _post_office
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.services import (
    AccountError,
    EmailTakenError,
    NoRoleError,
    NotAllowedError,
    OwnRightsError,
    RolesError,
    StaleAccountError,
    change_own_facts,
    change_user,
    close_account,
    create_user,
    reopen_account,
    set_password,
)  # fmt: skip
from tests.fixtures.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/administration/users/"
NEW = "/administration/users/new/"
FACTS = {"email": "lena@example.org", "given_name": "Lena", "family_name": "Wójcik"}


def _fields(**more: Any) -> dict[str, Any]:
    return {**FACTS, "roles": ["counsellor"], "submission": str(uuid.uuid4()), **more}


def _mails() -> list[Any]:
    _post_office.submit(lambda: None).result(timeout=10)
    return mail.outbox


# --- Services ---


def test_an_administrator_creates_an_account(administrator: User) -> None:
    user = create_user(
        by=administrator, centre=administrator.centre, roles=["coordinator", "counsellor"], **FACTS
    )
    assert (user.centre, user.roles, user.has_usable_password()) == (
        administrator.centre,
        ["counsellor", "coordinator"],
        False,
    )
    entry = Entry.objects.get(action=Action.CREATE)
    assert (entry.user_id, entry.object_type, entry.object_id) == (
        administrator.pk,
        "accounts.user",
        str(user.pk),
    )
    assert entry.detail == {"roles": ["counsellor", "coordinator"]}


def test_the_log_of_a_change_names_fields_and_no_values(counsellor: User, administrator: User) -> None:
    change_user(user=counsellor, by=administrator, roles=["counsellor"], family_name="Geheim")
    assert Entry.objects.get(action=Action.CHANGE).detail == {"fields": ["family_name"]}


@pytest.mark.parametrize(
    "actor", ["counsellor", "coordinator", "surveyor", "stranger", "foreign administrator", "closed"]
)
def test_nobody_else_may_touch_accounts(actor: str, counsellor: User, request: pytest.FixtureRequest) -> None:
    by = {
        "foreign administrator": lambda: UserFactory(roles=["administrator"]),
        "closed": lambda: UserFactory(centre=counsellor.centre, roles=["administrator"], is_active=False),
    }.get(actor, lambda: request.getfixturevalue(actor))()
    attempts = [
        lambda: create_user(by=by, centre=counsellor.centre, roles=["counsellor"], **FACTS),
        lambda: change_user(user=counsellor, by=by, roles=["administrator"]),
        lambda: close_account(user=counsellor, by=by),
        lambda: reopen_account(user=counsellor, by=by),
        lambda: set_password(user=UserFactory(centre=counsellor.centre), by=by, password="x"),
    ]
    for attempt in attempts:
        with pytest.raises(NotAllowedError):
            attempt()
    counsellor.refresh_from_db()
    assert (counsellor.roles, counsellor.is_active) == (["counsellor"], True)
    assert not Entry.objects.exists()


def test_nobody_raises_or_closes_oneself(administrator: User) -> None:
    with pytest.raises(OwnRightsError):
        change_user(user=administrator, by=administrator, roles=["administrator", "coordinator"])
    with pytest.raises(OwnRightsError):
        close_account(user=administrator, by=administrator)
    change_user(user=administrator, by=administrator, roles=["administrator"], given_name="Ines")
    administrator.refresh_from_db()
    assert (administrator.given_name, administrator.roles) == ("Ines", ["administrator"])


def test_own_facts_never_include_rights(counsellor: User) -> None:
    for facts in (
        {"roles": ["administrator"]},
        {"is_active": False},
        {"email": "x@example.org"},
        {"language": "ru"},
        {"theme": "x"},
    ):
        with pytest.raises(NotAllowedError):
            change_own_facts(by=counsellor, **facts)


@pytest.mark.parametrize(
    ("roles", "error"), [([], NoRoleError), (["king"], NoRoleError), (["surveyor", "counsellor"], RolesError)]
)
def test_roles_that_do_not_go_together_are_refused(
    roles: list[str], error: type[AccountError], administrator: User
) -> None:
    with pytest.raises(error):
        create_user(by=administrator, centre=administrator.centre, roles=roles, **FACTS)
    assert not User.objects.filter(email=FACTS["email"]).exists()


def test_a_refusal_is_a_sentence_in_german() -> None:
    with translation.override("de"):
        assert str(RolesError()).startswith("Wer befragt, hat keine weitere Rolle")


@pytest.mark.parametrize("roles", [["surveyor", "counsellor"], ["king"]])
def test_the_database_refuses_these_roles_too(roles: list[str], centre: Centre) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(centre=centre, roles=roles)


def test_the_database_refuses_two_spellings_of_one_address(counsellor: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        UserFactory(email=counsellor.email.upper())


def test_one_address_is_one_account(counsellor: User, administrator: User) -> None:
    with pytest.raises(EmailTakenError):
        create_user(
            by=administrator,
            centre=administrator.centre,
            roles=["counsellor"],
            **{**FACTS, "email": counsellor.email.upper()},
        )
    with pytest.raises(EmailTakenError):
        change_user(user=administrator, by=administrator, roles=["administrator"], email=counsellor.email)


def test_a_submission_sent_twice_makes_one_account(administrator: User) -> None:
    same = uuid.uuid4()
    first, second = (
        create_user(
            by=administrator, centre=administrator.centre, roles=["counsellor"], submission=same, **FACTS
        )
        for _ in range(2)
    )
    assert first == second
    assert Entry.objects.filter(action=Action.CREATE).count() == 1


def test_an_old_revision_is_told(counsellor: User, administrator: User) -> None:
    change_user(user=counsellor, by=administrator, roles=["counsellor"], given_name="Neu")
    with pytest.raises(StaleAccountError):
        change_user(user=counsellor, by=administrator, roles=["counsellor"], given_name="Alt", revision=1)
    counsellor.refresh_from_db()
    assert (counsellor.given_name, counsellor.revision) == ("Neu", 2)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_close_each_other_leave_one(administrator: User) -> None:
    other = UserFactory(centre=administrator.centre, roles=["administrator"])
    refused: list[Exception] = []
    gate = threading.Barrier(2)

    def act(by: User, user: User) -> None:
        try:
            gate.wait(timeout=10)
            close_account(user=user, by=by)
        except NotAllowedError as error:
            refused.append(error)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=pair) for pair in ((administrator, other), (other, administrator))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert len(refused) == 1
    assert User.objects.filter(is_active=True).count() == 1


# --- Pages ---


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_database_equally_often(
    rows: int, administrator: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(rows - 1):
        UserFactory(centre=administrator.centre)
    client = as_user(administrator)
    client.get(LIST)
    with django_assert_num_queries(7):  # session, account, savepoint and its release, centre, count, rows
        page = client.get(LIST)
    assert page.context["page"].paginator.count == rows


def test_the_list_shows_the_own_centre_only(
    coordinator: User, stranger: User, counsellor: User, as_user: Any
) -> None:
    page = as_user(coordinator).get(LIST).content.decode()
    assert counsellor.email in page
    assert stranger.email not in page
    assert "Konto anlegen" not in page  # the coordinator reads


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"a", "k", "c"}),
        ({"q": "ova"}, {"c"}),
        ({"q": "nguyen lena"}, set()),
        ({"q": "k@"}, {"k"}),
        ({"role": "coordinator"}, {"k"}),
        ({"state": "closed"}, {"x"}),
        ({"state": "all"}, {"a", "k", "c", "x"}),
        ({"state": "all", "role": "counsellor", "q": "Petrova"}, {"c"}),
    ],
)
def test_search_and_filters(query: dict[str, str], expected: set[str], centre: Centre, as_user: Any) -> None:
    people = {
        "a": UserFactory(centre=centre, roles=["administrator"], email="a@example.org"),
        "k": UserFactory(centre=centre, roles=["coordinator"], email="k@example.org"),
        "c": UserFactory(centre=centre, roles=["counsellor"], family_name="Petrova", email="c@example.org"),
        "x": UserFactory(centre=centre, roles=["counsellor"], is_active=False, email="x@example.org"),
    }
    page = as_user(people["a"]).get(LIST, query).context["page"]
    assert {user.email[0] for user in page.object_list} == expected


def test_an_empty_list_says_what_to_do(administrator: User, as_user: Any) -> None:
    assert (
        "Alle offenen Konten zeigen"
        in as_user(administrator).get(LIST, {"q": "gibt es nicht"}).content.decode()
    )


def test_long_lists_come_in_pages_and_keep_the_filter(administrator: User, as_user: Any) -> None:
    for _ in range(26):
        UserFactory(centre=administrator.centre, roles=["counsellor"])
    client = as_user(administrator)
    first = client.get(LIST, {"role": "counsellor"})
    assert len(first.context["page"].object_list) == 25
    assert "?role=counsellor&amp;page=2" in first.content.decode()
    assert len(client.get(LIST, {"role": "counsellor", "page": 2}).context["page"].object_list) == 1


def test_creating_an_account_sends_a_link(administrator: User, as_user: Any) -> None:
    response = as_user(administrator).post(NEW, _fields())
    assert response.status_code == 302
    user = User.objects.get(email=FACTS["email"])
    (message,) = _mails()
    assert message.to == [user.email]
    assert "für Sie wurde ein Konto" in message.body
    assert "&" not in message.body


def test_creating_an_account_with_a_first_password(administrator: User, as_user: Any) -> None:
    as_user(administrator).post(NEW, _fields(password=PASSWORD))
    assert _mails() == []
    assert (
        Client().post("/account/sign-in/", {"username": FACTS["email"], "password": PASSWORD}).status_code
        == 302
    )


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"roles": ["surveyor", "counsellor"]}, "Wer befragt, hat keine weitere Rolle"),
        ({"roles": []}, "mindestens eine Rolle"),
        ({"email": "counsellor@example.org"}, "gibt es schon ein Konto"),
        ({"given_name": "A\u202eB"}, "unsichtbares Steuerzeichen"),
        ({"password": "kurz"}, "12"),
        ({"email": "keine Adresse"}, "E-Mail"),
    ],
)
def test_a_faulty_form_says_why_and_keeps_what_was_typed(
    fields: dict[str, Any], words: str, counsellor: User, administrator: User, as_user: Any
) -> None:
    response = as_user(administrator).post(NEW, _fields(**fields))
    assert response.status_code == 422
    page = response.content.decode()
    assert words in page
    assert "Wójcik" in page


def test_two_people_edit_one_account(counsellor: User, administrator: User, as_user: Any) -> None:
    client, path = as_user(administrator), f"{LIST}{counsellor.pk}/"
    change_user(user=counsellor, by=administrator, roles=["counsellor"], family_name="Neuer")
    fields = {
        "email": counsellor.email,
        "given_name": "Jana",
        "family_name": "Meiner",
        "roles": ["counsellor"],
    }
    stale = client.post(path, {**fields, "revision": 1})
    page = stale.content.decode()
    assert stale.status_code == 409
    assert "Neuer" in page
    assert 'value="Meiner"' in page
    counsellor.refresh_from_db()
    assert counsellor.family_name == "Neuer"
    assert (
        client.post(path, {**fields, "revision": stale.context["form"].data["revision"]}).status_code == 302
    )
    counsellor.refresh_from_db()
    assert counsellor.family_name == "Meiner"


def test_own_roles_cannot_be_changed_by_the_form(administrator: User, as_user: Any) -> None:
    fields = {
        "email": administrator.email,
        "given_name": "Ines",
        "family_name": "Roth",
        "roles": ["coordinator"],
        "revision": 1,
    }
    assert as_user(administrator).post(f"{LIST}{administrator.pk}/", fields).status_code == 302
    administrator.refresh_from_db()
    assert (administrator.roles, administrator.given_name) == (["administrator"], "Ines")


def test_closing_and_opening_by_the_page(counsellor: User, administrator: User, as_user: Any) -> None:
    client = as_user(administrator)
    assert "ist geschlossen" in client.post(f"{LIST}{counsellor.pk}/close/", follow=True).content.decode()
    assert (
        Client().post("/account/sign-in/", {"username": counsellor.email, "password": PASSWORD}).status_code
        == 422
    )
    assert "ist wieder offen" in client.post(f"{LIST}{counsellor.pk}/reopen/", follow=True).content.decode()
    assert (
        Client().post("/account/sign-in/", {"username": counsellor.email, "password": PASSWORD}).status_code
        == 302
    )
    assert client.post(f"{LIST}{administrator.pk}/close/").status_code == 403


def test_the_place_in_the_navigation(
    administrator: User, coordinator: User, counsellor: User, as_user: Any
) -> None:
    for user, expected in ((administrator, True), (coordinator, True), (counsellor, False)):
        assert (
            'href="/administration/users/"' in as_user(user).get("/account/").content.decode()
        ) is expected
