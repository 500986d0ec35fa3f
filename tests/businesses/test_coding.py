"""Coding in the office: who may, what is refused, what is logged, how many queries."""

from typing import Any

import pytest
from django.urls import reverse

from businesses.errors import AlreadyCodedError
from businesses.models import Business, WzBranch
from businesses.services import code_business
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.businesses.factories import BusinessFactory, StreetFactory
from tests.fixtures.people import CentreFactory

pytestmark = pytest.mark.django_db
LIST = "businesses:coding"


def _waiting(user: User, words: str = "Damenfriseur", **more: Any) -> Business:
    made: Business = BusinessFactory(centre=user.centre, branch=None, branch_words=words, **more)
    return made


def _address(business: Business) -> str:
    return reverse("businesses:business_code", kwargs={"public_id": business.public_id})


def _branch(code: str, version: int = 2008) -> WzBranch:
    return WzBranch.objects.get(version=version, code=code)


def _changes(business: Business) -> int:
    return Entry.objects.filter(
        action="change", object_type="businesses.business", object_id=business.pk
    ).count()


def test_coding_is_written_once_and_logged(counsellor: User) -> None:
    business = _waiting(counsellor)
    for _twice in (1, 2):
        code_business(business=business, branch=_branch("96.0"), by=counsellor)
    business.refresh_from_db()
    assert (business.branch_code, business.revision, business.branch_words) == ("96.0", 2, "Damenfriseur")
    assert _changes(business) == 1


def test_who_was_first_is_not_overwritten(counsellor: User) -> None:
    business = _waiting(counsellor)
    code_business(business=business, branch=_branch("96.0"), by=counsellor)
    with pytest.raises(AlreadyCodedError):
        code_business(business=business, branch=_branch("47.7"), by=counsellor)
    business.refresh_from_db()
    assert business.branch_code == "96.0"
    assert _changes(business) == 1


def test_the_list_holds_what_waits_and_leads_on(as_user: Any, counsellor: User) -> None:
    street = StreetFactory(centre=counsellor.centre)
    first = _waiting(counsellor, premises__street=street, premises__house_number=1, sign_name="Salon Belkis")
    second = _waiting(
        counsellor, "Xylqz", premises__street=street, premises__house_number=2, sign_name="Laden Zwei"
    )
    BusinessFactory(centre=counsellor.centre, branch=None, branch_words="", sign_name="Ohne Worte")
    BusinessFactory(centre=counsellor.centre, branch_words="Imbiss", sign_name="Schon verschlüsselt")
    client = as_user(counsellor)
    response = client.get(reverse(LIST))
    page = response.content.decode()
    assert [business for business, _found in response.context["rows"]] == [first, second]
    assert [[branch.code for branch in found] for _business, found in response.context["rows"]] == [
        ["96.0"],
        [],
    ]
    assert page.count("<select") == 1
    assert response.context["opened"] == str(first.public_id)
    chosen = client.get(reverse(LIST), {"choose": str(second.public_id)})
    assert chosen.context["opened"] == str(second.public_id)
    assert client.get(reverse(LIST), {"choose": "nonsense", "page": "x"}).context["opened"] == str(
        first.public_id
    )
    saved = client.post(_address(first) + "?page=1&size=50", {"branch": _branch("96.0").pk})
    assert saved.status_code == 302
    assert saved["Location"] == reverse(LIST) + "?page=1&size=50"
    after = client.get(saved["Location"])
    assert [business for business, _found in after.context["rows"]] == [second]
    assert "Salon Belkis" in after.content.decode()  # the message says what was coded


def test_a_branch_of_the_new_version_is_chosen_on_the_form_of_the_business(
    as_user: Any, counsellor: User
) -> None:
    business, newer = _waiting(counsellor), _branch("96.2", 2025)
    client = as_user(counsellor)
    assert client.post(_address(business), {"branch": newer.pk}).status_code == 422
    edit = client.get(reverse("businesses:business_edit", kwargs={"public_id": business.public_id}))
    assert f'<option value="{newer.pk}">' in edit.content.decode()
    business.refresh_from_db()
    assert business.branch is None


def test_overtaken_is_told_and_nothing_is_changed(as_user: Any, counsellor: User) -> None:
    business = _waiting(counsellor)
    code_business(business=business, branch=_branch("96.0"), by=counsellor)
    response = as_user(counsellor).post(_address(business), {"branch": _branch("47.7").pk}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    business.refresh_from_db()
    assert business.branch_code == "96.0"


@pytest.mark.parametrize(
    "sent", [{}, {"branch": ""}, {"branch": "0"}, {"branch": "96.0"}, {"branch": "9" * 40}]
)
def test_no_branch_is_answered_in_words(sent: dict[str, str], as_user: Any, counsellor: User) -> None:
    business = _waiting(counsellor)
    _waiting(counsellor)
    response = as_user(counsellor).post(_address(business), sent)
    assert response.status_code == 422
    assert response.context["form"].errors["branch"]
    assert response.context["opened"] == str(business.public_id)
    business.refresh_from_db()
    assert business.branch is None


def test_a_division_is_too_wide(as_user: Any, counsellor: User) -> None:
    business = _waiting(counsellor)
    assert as_user(counsellor).post(_address(business), {"branch": _branch("96").pk}).status_code == 422


def test_a_foreign_centre_and_the_wrong_role(as_user: Any, counsellor: User, surveyor: User) -> None:
    foreign: Business = BusinessFactory(
        centre=CentreFactory(), branch=None, branch_words="Friseur", sign_name="Fremd"
    )
    client = as_user(counsellor)
    assert "Fremd" not in client.get(reverse(LIST)).content.decode()
    sent = {"branch": _branch("96.0").pk}
    assert client.post(_address(foreign), sent).status_code == 404
    mine = _waiting(counsellor)
    assert as_user(surveyor).get(reverse(LIST)).status_code == 403
    assert as_user(surveyor).post(_address(mine), sent).status_code == 403
    assert not Business.objects.filter(branch__isnull=False).exists()


def test_nothing_waits(as_user: Any, counsellor: User) -> None:
    page = as_user(counsellor).get(reverse(LIST)).content.decode()
    assert "<select" not in page
    assert reverse("businesses:business_list") in page


def test_the_register_leads_there(as_user: Any, counsellor: User) -> None:
    assert reverse(LIST) in as_user(counsellor).get(reverse("businesses:business_list")).content.decode()


def test_many_are_shown_in_pages(as_user: Any, counsellor: User) -> None:
    for _row in range(26):
        _waiting(counsellor)
    client = as_user(counsellor)
    assert len(client.get(reverse(LIST)).context["rows"]) == 25
    assert len(client.get(reverse(LIST), {"page": "2"}).context["rows"]) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_list(
    rows: int, as_user: Any, counsellor: User, django_assert_num_queries: Any
) -> None:
    client = as_user(counsellor)
    for words in ("Friseur", "Imbiss", "Bäckerei")[:rows]:
        _waiting(counsellor, words)
    client.get(reverse(LIST))  # the first page of a session notes the time
    with django_assert_num_queries(10):
        client.get(reverse(LIST))
