"""Passwords, the own account, language and appearance."""

import re
from typing import Any

import pytest
from django.conf import settings as site
from django.core import mail
from django.test import Client

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.mail import _post_office
from iqquadrat.accounts.models import User
from tests.fixtures.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
ASK = "/account/password/forgotten/"
NEW = "vier-neue-lange-Wörter"


def _mails() -> list[Any]:
    _post_office.submit(lambda: None).result(timeout=10)
    return mail.outbox


def _link(user: User) -> str:
    Client().post(ASK, {"email": user.email.upper()})
    found = re.search(r"http://testserver(/\S+)", _mails()[-1].body)
    assert found
    return found[1]


def test_a_forgotten_password_is_chosen_anew(counsellor: User, as_user: Any) -> None:
    elsewhere = as_user(counsellor)
    client = Client()
    page = client.get(_link(counsellor), follow=True)
    path = page.redirect_chain[-1][0]
    assert "token" not in path
    assert counsellor.email not in path
    done = client.post(path, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert "Ihr Kennwort gilt" in done.content.decode()
    assert elsewhere.get("/account/").status_code == 302
    assert (
        Client().post("/account/sign-in/", {"username": counsellor.email, "password": PASSWORD}).status_code
        == 422
    )
    assert (
        Client().post("/account/sign-in/", {"username": counsellor.email, "password": NEW}).status_code == 302
    )
    assert Entry.objects.filter(
        action=Action.CHANGE, detail={"fields": ["password"]}, user_id=counsellor.pk
    ).exists()


def test_the_mail_is_plain_german(counsellor: User) -> None:
    counsellor.given_name = "Ana & O'Brien"
    counsellor.save()
    _link(counsellor)
    (message,) = _mails()
    assert message.subject == "IQ_QUADRAT: Ihr Kennwort wählen"
    assert "Guten Tag Ana & O'Brien" in message.body
    assert "60 Minuten" in message.body
    assert message.content_subtype == "plain"
    assert message.to == [counsellor.email]


def test_a_link_works_once(counsellor: User) -> None:
    link = _link(counsellor)
    client = Client()
    path = client.get(link)["Location"]
    client.post(path, {"new_password1": NEW, "new_password2": NEW})
    assert "gilt nicht mehr" in Client().get(link, follow=True).content.decode()


def test_a_link_to_a_closed_account_does_nothing(counsellor: User) -> None:
    link = _link(counsellor)
    User.objects.filter(pk=counsellor.pk).update(is_active=False)
    assert "gilt nicht mehr" in Client().get(link, follow=True).content.decode()


def test_the_answer_tells_nothing_about_the_account(counsellor: User, django_assert_num_queries: Any) -> None:
    closed = UserFactory(is_active=False)
    answers = set()
    for email in (counsellor.email, closed.email, "nobody@example.org"):
        response = Client().post(ASK, {"email": email})
        answers.add((response.status_code, response["Location"], response.content))
    assert answers == {(302, "/account/password/sent/", b"")}
    assert [message.to for message in _mails()] == [[counsellor.email]]


def test_a_mail_server_that_is_down_changes_no_answer(counsellor: User, settings: Any, caplog: Any) -> None:
    settings.EMAIL_BACKEND = "nowhere.Backend"
    assert Client().post(ASK, {"email": counsellor.email}).status_code == 302
    _mails()
    assert "A mail could not be sent: ModuleNotFoundError" in caplog.text
    assert counsellor.email not in caplog.text


@pytest.mark.parametrize(
    ("first", "second"),
    [(NEW, "anders"), ("kurz", "kurz"), ("123456789012", "123456789012"), ("x" * 201, "x" * 201)],
)
def test_a_bad_new_password_is_refused_with_the_form(
    first: str, second: str, counsellor: User, as_user: Any
) -> None:
    fields = {"new_password1": first, "new_password2": second}
    client = Client()
    path = client.get(_link(counsellor))["Location"]
    assert client.post(path, fields).status_code == 422
    assert (
        as_user(counsellor).post("/account/password/", {"old_password": PASSWORD, **fields}).status_code
        == 422
    )
    counsellor.refresh_from_db()
    assert counsellor.check_password(PASSWORD)


def test_changing_the_password_keeps_this_session_and_ends_the_others(counsellor: User, as_user: Any) -> None:
    here, elsewhere = as_user(counsellor), as_user(counsellor)
    fields = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert here.post("/account/password/", fields)["Location"] == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_old_password_is_asked_for(counsellor: User, as_user: Any) -> None:
    fields = {"old_password": "falsch", "new_password1": NEW, "new_password2": NEW}
    assert as_user(counsellor).post("/account/password/", fields).status_code == 422


# --- The own account ---


def test_saving_the_own_account(counsellor: User, as_user: Any) -> None:
    client = as_user(counsellor)
    fields = {
        "given_name": " Jana\u00a0Maria ",
        "family_name": "Müller",
        "form_of_address": "Dr.",
        "language": "en",
        "theme": "dark",
    }
    page = client.post(
        "/account/", {**fields, "roles": ["administrator"], "email": "x@example.org"}, follow=True
    )
    counsellor.refresh_from_db()
    assert (counsellor.given_name, counsellor.language, counsellor.theme) == ("Jana Maria", "en", "dark")
    assert (counsellor.roles, counsellor.email) == (["counsellor"], "counsellor@example.org")
    assert "Your account is saved." in page.content.decode()
    assert 'data-bs-theme="dark"' in page.content.decode()


def test_a_faulty_own_account_is_shown_again(counsellor: User, as_user: Any) -> None:
    response = as_user(counsellor).post(
        "/account/", {"given_name": "", "family_name": "Bleibt", "language": "ru", "theme": "auto"}
    )
    assert response.status_code == 422
    assert 'value="Bleibt"' in response.content.decode()


def test_the_own_entries_hang_on_the_account_page(counsellor: User, as_user: Any) -> None:
    assert 'hx-get="/account/log/"' in as_user(counsellor).get("/account/").content.decode()


def test_a_strangers_language_is_kept_in_a_cookie(client: Client) -> None:
    response = client.post("/account/language/", {"language": "en", "next": "/account/sign-in/"})
    assert response["Location"] == "/account/sign-in/"
    cookie = response.cookies[site.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    page = client.get("/account/sign-in/")
    assert 'lang="en"' in page.content.decode()
    assert page["Content-Language"] == "en"


def test_the_language_of_an_account_is_saved(counsellor: User, as_user: Any) -> None:
    as_user(counsellor).post("/account/language/", {"language": "en"})
    assert '<html lang="en"' in as_user(counsellor).get("/account/").content.decode()


@pytest.mark.parametrize("language", ["ru", "", "de-AT", "\0", "x" * 5000])
def test_staff_pages_have_two_languages(language: str, client: Client) -> None:
    assert client.post("/account/language/", {"language": language}).status_code == 400


def test_the_browsers_languages_are_not_asked(client: Client) -> None:
    assert (
        '<html lang="de"'
        in client.get("/account/sign-in/", headers={"Accept-Language": "en"}).content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "referrer", "expected"),
    [
        ({"next": "/administration/users/?q=a"}, "", "/administration/users/?q=a"),
        ({"next": "https://elsewhere.example/"}, "", "/"),
        ({}, "http://testserver/account/?a=b", "/account/?a=b"),
        ({}, "https://elsewhere.example/account/", "/"),
    ],
)
def test_switching_leads_back(
    fields: dict[str, str], referrer: str, expected: str, counsellor: User, as_user: Any
) -> None:
    client = as_user(counsellor)
    headers = {"Referer": referrer} if referrer else {}
    assert (
        client.post("/account/appearance/", {"theme": "dark", **fields}, headers=headers)["Location"]
        == expected
    )
    assert (
        client.post("/account/language/", {"language": "de", **fields}, headers=headers)["Location"]
        == expected
    )
    counsellor.refresh_from_db()
    assert counsellor.theme == "dark"


def test_an_unknown_appearance_is_a_400(counsellor: User, as_user: Any) -> None:
    assert as_user(counsellor).post("/account/appearance/", {"theme": "pink"}).status_code == 400
