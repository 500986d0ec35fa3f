"""Long lists on a page about something else: paged or cut, and nobody loses their place or what they ticked."""

import datetime as dt
from typing import Any

import factory
import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling.models import AbsenceCover, EventAttendance
from tests.counselling.factories import (
    AbsenceFactory,
    CaseFactory,
    ClientFactory,
    ConsentFactory,
    EventAttendanceFactory,
    GroupEventFactory,
    SituationFactory,
)
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    return as_user(counsellor)


def test_who_ticks_on_the_second_page_of_a_list_stays_there(desk: Browser, counsellor: Any) -> None:
    event = GroupEventFactory(centre=counsellor.centre)
    rows = [
        EventAttendanceFactory(
            event=event,
            client=ClientFactory(counsellor=counsellor, latin_family_name=f"Name{i:02}"),
            came=None,
        )
        for i in range(27)
    ]
    second = f"{event.get_absolute_url()}?page=2"
    page = desk.get(second)
    assert [row.pk for row in page.context["page_obj"]] == [rows[25].pk, rows[26].pk]
    assert f'name="next" value="{second}"' in page.content.decode()
    for row in (rows[0], rows[26]):
        answer = desk.post(
            reverse("counselling:event_attendance", args=[row.pk]), {"came": "yes", "next": second}
        )
        assert answer["Location"] == second
    assert set(EventAttendance.objects.filter(came=True)) == {rows[0], rows[26]}
    page = desk.get(event.get_absolute_url())
    assert (page.context["listed"], page.context["came"], page.context["others"]) == (27, 2, 0)


def test_covers_are_paged_and_a_failed_form_leads_back_to_them(desk: Browser, counsellor: Any) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    absence = AbsenceFactory(counsellor=counsellor, deputy=colleague, first_day=timezone.localdate())
    covers = [
        AbsenceCover.objects.create(
            absence=absence,
            client=ClientFactory(counsellor=counsellor, latin_family_name=f"Name{i:02}"),
            deputy=colleague,
        )
        for i in range(27)
    ]
    address = reverse("counselling:absence_detail", args=[absence.pk])
    second = desk.get(address, {"page": 2})
    assert [cover.pk for cover in second.context["page_obj"]] == [covers[25].pk, covers[26].pk]
    failed = desk.post(reverse("counselling:cover_add", args=[absence.pk]), {})
    assert failed.status_code == 422
    assert f'href="{address}?page=2"' in failed.content.decode()
    answer = desk.post(
        reverse("counselling:cover_remove", args=[covers[26].pk]), {"next": f"{address}?page=2"}
    )
    assert answer["Location"] == f"{address}?page=2"
    assert not AbsenceCover.objects.filter(pk=covers[26].pk).exists()


def test_ten_of_each_history_are_shown_and_more_on_demand(desk: Browser, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    today = timezone.localdate()
    for day in range(12):
        CaseFactory(client=client)
        SituationFactory(client=client, since=today + dt.timedelta(days=20 - 2 * day))
    ConsentFactory.create_batch(
        6, client=client, purpose="share_with_employer", employer_name=factory.Sequence("Betrieb {}".format)
    )
    file, data = client.get_absolute_url(), reverse("counselling:client_data", args=[client.public_id])
    assert [len(desk.get(file, more).context["cases"]) for more in ({}, {"more": "cases"})] == [10, 12]
    page = desk.get(data).context
    assert len(page["situations"]) == 10
    assert page["situation"].since == today, "what holds today is known although it stands further below"
    assert len(desk.get(data, {"more": "situations"}).context["situations"]) == 12
    taken_back = "counselling:consent_withdraw"
    few, all_of_them = (
        sum(
            reverse(taken_back, args=[consent.pk]) in desk.get(data, more).content.decode()
            for consent in client.consents.all()
        )
        for more in ({}, {"more": "consents-share_with_employer"})
    )
    assert (few, all_of_them) == (4, 6)
    failed = desk.post(
        reverse("counselling:consent_give", args=[client.public_id]), {"purpose": "share_with_employer"}
    )
    assert failed.status_code == 422
    assert f'href="{data}?more=situations"' in failed.content.decode()
