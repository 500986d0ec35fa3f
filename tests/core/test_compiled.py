"""A subquery that is written once answers as the one that is written each time, for everybody and every day."""

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from counselling.models import Client
from counselling.models.client import _hands
from iqquadrat.accounts.models import User
from iqquadrat.core.compiled import Compiled
from tests.counselling.factories import AbsenceFactory, ClientFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


def _anew(user: User) -> set[int]:
    """Whose file this user may read today, asked without what was written before."""
    return set(Client.objects.filter(pk__in=_hands(user, timezone.localdate())).values_list("pk", flat=True))


def test_everybody_meets_their_own_on_every_day(counsellor: User, stranger: User) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    today = timezone.localdate()
    for user in (counsellor, colleague, stranger):
        ClientFactory.create_batch(2, counsellor=user)
    ClientFactory(counsellor=colleague, deputies=[counsellor])
    AbsenceFactory(
        counsellor=colleague,
        deputy=counsellor,
        first_day=today + dt.timedelta(days=10),
        last_day=today + dt.timedelta(days=12),
    )
    seen = set()
    for day in (today, today + dt.timedelta(days=11), today + dt.timedelta(days=20)):
        with time_machine.travel(dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC), tick=False):
            for user in (counsellor, colleague, stranger):
                own = set(Client.objects.own(user).values_list("pk", flat=True))
                assert own == _anew(user)
                seen.add((user.pk, len(own)))
    assert seen == {(counsellor.pk, 3), (counsellor.pk, 5), (colleague.pk, 3), (stranger.pk, 2)}


def test_values_are_parameters_and_the_text_stays_the_same(counsellor: User, stranger: User) -> None:
    with CaptureQueriesContext(connection) as caught:
        for user in (counsellor, stranger):
            list(Client.objects.own(user))
    first, second = (query["sql"] for query in caught)
    assert first != second
    assert "%" not in first + second
    compiled = Compiled(lambda number: Client.objects.filter(number=number).values_list("pk"), "<stands in>")
    nasty = "'); DROP TABLE counselling_client; -- %s"
    found = ClientFactory(counsellor=counsellor, number=nasty[:20])
    assert not Client.objects.filter(pk__in=compiled(nasty)).exists()
    assert Client.objects.get(pk__in=compiled(nasty[:20])) == found


@pytest.mark.parametrize(
    ("stand_ins", "values", "error"),
    [((-1, -1), (1, 2), ValueError), ((-1,), (1, 2), TypeError), ((-1,), (), TypeError)],
)
def test_what_cannot_be_told_apart_is_refused(
    stand_ins: tuple[int, ...], values: tuple[int, ...], error: type[Exception]
) -> None:
    with pytest.raises(error):
        Compiled(lambda pk: Client.objects.filter(counsellor_id=pk), *stand_ins)(*values)


def test_a_value_that_the_query_does_not_hold_is_refused() -> None:
    def without(_pk: Any) -> Any:
        return Client.objects.filter(number="1")

    with pytest.raises(ValueError, match="does not hold"):
        Compiled(without, -1)(1)
