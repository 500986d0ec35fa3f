"""Two press the same button at the same moment: one is first, the other finds it done or gone, and nobody meets an error.

Found by ``python -m tests.fuzz.parallel``, which sends every form so; one of each kind stays here.
"""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client as Browser
from django.urls import reverse

from businesses.models import Business, Observation
from counselling.forms.topics import TopicForm
from counselling.models import Referral, Topic
from tests.businesses.factories import BusinessFactory
from tests.counselling.factories import ClientFactory, ReferralFactory

POSTS, HANDS = 20, 10


def _at_once(user: Any, address: str, facts: dict[str, Any] | None = None) -> list[int]:
    signed_in = Browser()
    signed_in.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    gate = threading.Barrier(HANDS)

    def post(_number: int) -> int:
        try:
            browser = Browser(raise_request_exception=False)
            browser.cookies = signed_in.cookies
            gate.wait(timeout=30)
            return browser.post(address, facts or {}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(HANDS) as pool:
        return list(pool.map(post, range(POSTS)))


@pytest.mark.django_db(transaction=True)
def test_who_confirms_twice_has_seen_it_once(coordinator: Any) -> None:
    business = BusinessFactory(centre=coordinator.centre)
    Business.objects.update(confirmed_on=None, confirmed_by=None)
    before = Observation.objects.count()
    assert set(_at_once(coordinator, reverse("businesses:business_confirm", args=[business.public_id]))) == {
        302
    }
    assert Observation.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_a_topic_is_added_once_and_deleted_once(coordinator: Any) -> None:
    before = Topic.objects.count()
    facts = {"name_de": "Wohngeld", "seen": TopicForm()["seen"].value()}
    assert set(_at_once(coordinator, reverse("counselling:topic_create"), facts)) == {302}
    assert Topic.objects.count() == before + 1
    address = reverse("counselling:topic_delete", args=[Topic.objects.get(name_de="Wohngeld").pk])
    answers = _at_once(coordinator, address)
    assert sorted(set(answers)) == [302, 404]
    assert answers.count(302) == 1
    assert Topic.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_what_is_gone_is_not_found(counsellor: Any) -> None:
    referral = ReferralFactory(client=ClientFactory(counsellor=counsellor), counsellor=counsellor)
    answers = _at_once(counsellor, reverse("counselling:referral_delete", args=[referral.public_id]))
    assert set(answers) <= {302, 404}
    assert not Referral.objects.exists()


@pytest.mark.django_db
def test_only_what_goes_while_something_is_written_is_a_404(coordinator: Any) -> None:
    """A page that cannot be read because a record is missing is our mistake, and looks like one."""
    browser = Browser(raise_request_exception=False)
    browser.force_login(coordinator, backend="django.contrib.auth.backends.ModelBackend")
    business = BusinessFactory(centre=coordinator.centre)
    with mock.patch("businesses.views.register.confirm", side_effect=Business.DoesNotExist):
        gone = browser.post(reverse("businesses:business_confirm", args=[business.public_id]))
    with mock.patch("counselling.views.topics.render", side_effect=Topic.DoesNotExist):
        broken = browser.get(reverse("counselling:topic_list"))
    assert (gone.status_code, broken.status_code) == (404, 500)
