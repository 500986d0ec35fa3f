"""``manage.py create_centre``: the first centre, its administrator, and the link with which everything begins."""

import io
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.services import NotYourCentreError, create_centre

pytestmark = pytest.mark.django_db
GIVEN = {
    "name": "Dialog", "code": "dialog", "admin_email": "ines@example.org", "admin_given_name": "Ines",
    "admin_family_name": "Đặng",
}  # fmt: skip
NEW = "vier-neue-lange-Wörter"


def _call(**options: str) -> str:
    out = io.StringIO()
    call_command("create_centre", **{**GIVEN, **options}, stdout=out)
    return out.getvalue()


def test_the_link_leads_to_the_first_page_of_the_administration() -> None:
    said = _call(site="http://testserver/")
    assert "Beratungsstelle „Dialog“ und das Konto von Ines Đặng" in said
    link = re.search(r"http://testserver(/\S+)", said)
    assert link
    client = Client()
    path = client.get(link[1])["Location"]
    assert client.post(path, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    signed_in = client.post(
        "/account/sign-in/", {"username": "Ines@example.org", "password": NEW}, follow=True
    )
    assert signed_in.redirect_chain[-1][0] == "/"
    assert client.get("/administration/centre/").status_code == 200
    # It worked once.
    assert "gilt nicht mehr" in Client().get(link[1], follow=True).content.decode()


def test_the_administrator_belongs_to_the_centre_and_all_is_logged() -> None:
    said = _call()
    user = User.objects.get()
    assert (user.centre.code, user.roles, user.has_usable_password()) == ("dialog", ["administrator"], False)
    kinds = set(Entry.objects.values_list("action", "object_type", "centre_id", "user_id"))
    assert kinds == {
        ("create", "accounts.centre", user.centre_id, None),
        ("create", "accounts.user", user.centre_id, None),
    }
    assert "http://localhost:8000/account/password/choose/" in said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"name": "Anders", "admin_email": "a@example.org"}, "Beratungsstelle mit diesem Kürzel"),
        ({"name": "Anders", "code": "DIALOG", "admin_email": "a@example.org"}, "mit diesem Kürzel"),
        ({"code": "anders", "admin_email": "a@example.org"}, "Beratungsstelle mit diesem Namen"),
        ({"name": "Anders", "code": "anders", "admin_email": "INES@example.org"}, "schon ein Konto"),
        ({"name": "Anders", "code": "zwei Wörter", "admin_email": "a@example.org"}, "code:"),
        ({"name": "Anders", "code": "anders", "admin_email": "keine"}, "email:"),
        ({"name": "A\u202eB", "code": "anders", "admin_email": "a@example.org"}, "Steuerzeichen"),
    ],
)
def test_what_does_not_go_is_refused_in_words_and_nothing_is_made(
    options: dict[str, str], words: str
) -> None:
    _call()
    with pytest.raises(CommandError, match=words):
        _call(**options)
    assert (Centre.objects.count(), User.objects.count()) == (1, 1)


def test_no_page_makes_centres(administrator: User) -> None:
    facts: dict[str, Any] = {
        "name": "B",
        "code": "b",
        "email": "b@example.org",
        "given_name": "B",
        "family_name": "B",
    }
    with pytest.raises(NotYourCentreError):
        create_centre(by=administrator, **facts)


def test_the_site_of_production_begins_the_link(settings: Any) -> None:
    settings.CSRF_TRUSTED_ORIGINS = ["https://iq.example.org"]
    assert "https://iq.example.org/account/password/choose/" in _call()
