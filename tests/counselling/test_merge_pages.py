"""The pages where somebody is recorded twice, and the addresses that lead on afterwards."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse

from counselling import services
from counselling.merging.relations import moving_relations
from counselling.models import Client, Consultation, FollowUp, Merge
from iqquadrat.accesslog.models import Entry
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
FIND = 16
# One count for each table that points at a client, and this for the rest of the page.
COMPARE = 9


@pytest.fixture
def two(counsellor: Any) -> tuple[Client, Client]:
    kept = ClientFactory(counsellor=counsellor, training="Köchin", phone="0151 1")
    return kept, ClientFactory(counsellor=counsellor, training="Bäckerin", email="amal@example.org")


def compare(kept: Client, absorbed: Client) -> str:
    return reverse("counselling:merge_compare", args=[kept.public_id, absorbed.public_id])


def filled(page: Any, **chosen: str) -> dict[str, Any]:
    form = page.context["form"]
    data = {field.html_name: field.value() for field in form}
    return data | {f"fact_{name}": value for name, value in chosen.items()}


def test_from_the_client_page_to_one_record_and_back(as_user: Any, counsellor: Any, two: Any) -> None:
    kept, absorbed = two
    ConsultationFactory(client=absorbed)
    browser = as_user(counsellor)
    assert (
        reverse("counselling:merge_find", args=[kept.public_id])
        in browser.get(kept.get_absolute_url()).content.decode()
    )
    found = browser.get(reverse("counselling:merge_find", args=[kept.public_id])).content.decode()
    assert compare(kept, absorbed) in found
    page = browser.get(compare(kept, absorbed))
    assert "Bäckerin" in page.content.decode()
    assert "amal@example.org" in page.content.decode()
    answer = browser.post(compare(kept, absorbed), filled(page, training="absorbed"), follow=True)
    shown = answer.content.decode()
    assert f"{absorbed.number} ist jetzt Teil von {kept.number}" in shown
    merge = Merge.objects.get()
    assert reverse("counselling:merge_undo", args=[merge.pk]) in shown
    kept.refresh_from_db()
    assert kept.training == "Bäckerin"
    undo = reverse("counselling:merge_undo", args=[merge.pk])
    assert "Beratungen: 1" in browser.get(undo).content.decode()
    assert browser.post(undo).status_code == 302
    assert browser.get(absorbed.get_absolute_url()).status_code == 200
    assert "Rückgängig gemacht am" in browser.get(undo).content.decode()


def test_sent_twice_it_says_the_same(as_user: Any, counsellor: Any, two: Any) -> None:
    kept, absorbed = two
    browser = as_user(counsellor)
    data = filled(browser.get(compare(kept, absorbed)))
    answers = [browser.post(compare(kept, absorbed), data) for _ in range(2)]
    assert [answer["Location"] for answer in answers] == [kept.get_absolute_url()] * 2
    assert Merge.objects.count() == 1


def test_somebody_was_faster(as_user: Any, counsellor: Any, two: Any) -> None:
    kept, absorbed = two
    browser = as_user(counsellor)
    data = filled(browser.get(compare(kept, absorbed)))
    services.update_client(client=absorbed, by=counsellor, revision=absorbed.revision, training="Lehrer")
    answer = browser.post(compare(kept, absorbed), data)
    assert answer.status_code == 409
    assert "Lehrer" in answer.content.decode()
    assert not Merge.objects.exists()


@pytest.mark.parametrize("bad", [{"training": "nonsense"}, {"training": ""}])
def test_a_forged_choice_is_asked_again(as_user: Any, counsellor: Any, two: Any, bad: dict[str, str]) -> None:
    kept, absorbed = two
    browser = as_user(counsellor)
    data = filled(browser.get(compare(kept, absorbed)), **bad)
    assert browser.post(compare(kept, absorbed), data).status_code == 422
    assert not Merge.objects.exists()


def test_a_colleagues_record_is_not_shown_but_asked_for(as_user: Any, counsellor: Any, two: Any) -> None:
    kept, _absorbed = two
    colleague = UserFactory(centre=counsellor.centre, given_name="Mina", family_name="Weiß")
    theirs = ClientFactory(counsellor=colleague, street="Geheime Straße 1")
    browser = as_user(counsellor)
    found = browser.get(reverse("counselling:merge_find", args=[kept.public_id])).content.decode()
    assert "Mina Weiß fragen" in found
    assert "Geheime" not in found
    assert browser.get(compare(kept, theirs))["Location"] == reverse(
        "counselling:merge_find", args=[kept.public_id]
    )
    ask = reverse("counselling:client_ask", args=[theirs.public_id])
    for twin in (str(kept.public_id), "no-such", ""):
        assert browser.post(ask, {"twin": twin}).status_code == 302
    assert FollowUp.objects.filter(assigned_to=colleague).count() == 2
    assert kept.number in as_user(colleague).get(reverse("counselling:follow_up_list")).content.decode()


def test_another_centres_client_does_not_exist(
    as_user: Any, counsellor: Any, stranger: Any, two: Any
) -> None:
    kept, _absorbed = two
    foreign = ClientFactory(counsellor=stranger)
    assert as_user(counsellor).get(compare(kept, foreign)).status_code == 404
    assert (
        as_user(counsellor).post(reverse("counselling:client_ask", args=[foreign.public_id])).status_code
        == 404
    )
    assert (
        foreign.number
        not in as_user(counsellor)
        .get(reverse("counselling:merge_find", args=[kept.public_id]))
        .content.decode()
    )


class TestOldAddresses:
    @pytest.fixture
    def merged(self, counsellor: Any, two: Any) -> tuple[Client, Client]:
        kept, absorbed = two
        services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
        return kept, absorbed

    def test_every_page_of_the_client_leads_on(
        self, as_user: Any, counsellor: Any, coordinator: Any, merged: Any
    ) -> None:
        kept, absorbed = merged
        for user, name in (
            (counsellor, "client_detail"), (coordinator, "client_detail"), (counsellor, "client_data"),
            (counsellor, "client_edit"), (counsellor, "merge_find"),
        ):  # fmt: skip
            answer = as_user(user).get(reverse(f"counselling:{name}", args=[absorbed.public_id]) + "?kind=x")
            assert answer.status_code == 302
            assert answer["Location"] == reverse(f"counselling:{name}", args=[kept.public_id]) + "?kind=x"

    def test_nobody_else_learns_of_it(
        self, as_user: Any, stranger: Any, counsellor: Any, merged: Any
    ) -> None:
        _kept, absorbed = merged
        for user in (stranger, UserFactory(centre=counsellor.centre)):
            assert as_user(user).get(absorbed.get_absolute_url()).status_code == 404

    def test_a_form_that_was_open_meanwhile_is_not_lost(
        self, as_user: Any, counsellor: Any, two: Any
    ) -> None:
        kept, absorbed = two
        browser = as_user(counsellor)
        url = reverse("counselling:client_edit", args=[absorbed.public_id])
        data = filled(browser.get(url)) | {"training": "Schneiderin", "spoken_languages": ["ar"]}
        services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
        answer = browser.post(url, {key: value for key, value in data.items() if value is not None})
        assert answer.status_code == 307
        again = browser.post(
            answer["Location"], {key: value for key, value in data.items() if value is not None}
        )
        assert again.status_code == 409
        assert "Schneiderin" in again.content.decode()

    def test_a_talk_begun_before_is_logged_with_the_person(
        self, as_user: Any, counsellor: Any, merged: Any
    ) -> None:
        kept, absorbed = merged
        page = as_user(counsellor).get(
            reverse("counselling:consultation_create") + f"?client={absorbed.public_id}"
        )
        assert kept.number in page.content.decode()
        assert not Consultation.objects.exists()


def test_the_search_for_a_twin_is_logged_and_needs_few_queries(
    as_user: Any, counsellor: Any, django_assert_num_queries: Any, two: Any
) -> None:
    kept, _absorbed = two
    browser = as_user(counsellor)
    url = reverse("counselling:merge_find", args=[kept.public_id])
    browser.get(url)
    with django_assert_num_queries(FIND):
        browser.get(url)
    for _ in range(2):
        ClientFactory(counsellor=counsellor)
    with django_assert_num_queries(FIND):
        browser.get(url)
    assert Entry.objects.filter(action="search", detail__reason="duplicate").count() == 3


def test_comparing_takes_the_same_queries_at_one_and_three_rows(
    as_user: Any, counsellor: Any, django_assert_num_queries: Any, two: Any
) -> None:
    kept, absorbed = two
    browser = as_user(counsellor)
    for more in (1, 2):
        for _ in range(more):
            ConsultationFactory(client=absorbed)
        browser.get(compare(kept, absorbed))
        with django_assert_num_queries(COMPARE + sum(not one.rule.quiet for one in moving_relations())):
            browser.get(compare(kept, absorbed))


def test_the_duplicate_check_offers_the_way_on(as_user: Any, counsellor: Any, two: Any) -> None:
    kept, absorbed = two
    theirs = ClientFactory(counsellor=UserFactory(centre=counsellor.centre))
    page = (
        as_user(counsellor).get(reverse("counselling:client_check"), {"name": "Amal Haddad"}).content.decode()
    )
    assert reverse("counselling:merge_find", args=[kept.public_id]) in page
    assert reverse("counselling:client_ask", args=[theirs.public_id]) in page
    services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor, submission=uuid4())
    again = (
        as_user(counsellor).get(reverse("counselling:client_check"), {"name": "Amal Haddad"}).content.decode()
    )
    assert absorbed.number not in again
