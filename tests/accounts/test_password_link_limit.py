"""Nobody's mailbox is flooded through the page for forgotten passwords."""

import datetime as dt
import threading
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.utils import timezone

from iqquadrat.accounts.mail import _post_office
from iqquadrat.accounts.models import PasswordLink, User
from iqquadrat.accounts.services import allow_password_link
from tests.fixtures.people import UserFactory

ASK = "/account/password/forgotten/"


def _mails() -> list[Any]:
    _post_office.submit(lambda: None).result(timeout=10)
    return mail.outbox


@pytest.mark.django_db
def test_the_fourth_request_of_an_hour_sends_nothing_and_answers_the_same(counsellor: User) -> None:
    other = UserFactory()
    answers = set()
    for spelling in (counsellor.email, counsellor.email.upper(), counsellor.email, counsellor.email.title()):
        response = Client().post(ASK, {"email": spelling})
        answers.add((response.status_code, response["Location"], response.content))
    assert len(answers) == 1
    assert len(_mails()) == 3
    Client().post(ASK, {"email": other.email})
    assert len(_mails()) == 4  # one address is one address


@pytest.mark.django_db
def test_after_an_hour_there_are_mails_again(counsellor: User) -> None:
    begin = timezone.now()
    with time_machine.travel(begin, tick=False) as clock:
        assert [allow_password_link(user=counsellor) for _ in range(4)] == [True, True, True, False]
        clock.move_to(begin + dt.timedelta(minutes=59))
        assert not allow_password_link(user=counsellor)
        clock.move_to(begin + dt.timedelta(minutes=60))
        assert allow_password_link(user=counsellor)
    assert PasswordLink.objects.count() == 1  # what is older was for counting only


@pytest.mark.django_db
def test_the_administration_is_told(counsellor: User, administrator: User, as_user: Any) -> None:
    for _ in range(3):
        allow_password_link(user=counsellor)
    page = as_user(administrator).post(f"/administration/users/{counsellor.pk}/password-link/", follow=True)
    assert "schon drei Links bekommen" in page.content.decode()
    assert _mails() == []


@pytest.mark.django_db(transaction=True)
def test_requests_at_the_same_moment_do_not_count_past_each_other(counsellor: User) -> None:
    allowed: list[bool] = []

    def ask() -> None:
        try:
            allowed.append(allow_password_link(user=counsellor))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert sorted(allowed) == [False, False, False, True, True, True]
