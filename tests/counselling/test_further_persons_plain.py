"""Further persons of a talk without JavaScript: buttons of the form, and nothing that was typed is lost."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.models import Consultation
from tests.counselling.factories import ClientFactory, topic
from tests.counselling.typing_talks import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def six(counsellor: Any) -> list[Any]:
    return [ClientFactory(counsellor=counsellor) for _each in range(6)]


@pytest.fixture
def desk(client: Browser, counsellor: Any) -> Browser:
    client.force_login(counsellor)
    return client


FULL = {
    "concern": "Zeugnis <fehlt>", "done": "angerufen", "private_note": "nur ich", "next_step": "Termin", "due_in": "7",
    "interpretation": "relative", "minutes": "wird noch geschätzt", "held_on": "05.01.26", "passed_on": "Name",
    "clock": "75;1764165600;0", "topics": ["application", "housing"], "languages": ["ar", "ku"],
}  # fmt: skip


def _kept(page: Any, sent: dict[str, Any]) -> None:
    """Every field stands there as it was typed."""
    form = page.context["form"]
    for name, value in sent.items():
        if name not in ("find_person", "add_person", "with", "companions", "finished"):
            assert form[name].value() == value, name
    assert not form.errors


def test_the_only_one_found_comes_into_the_list(desk: Browser, counsellor: Any, six: list[Any]) -> None:
    mate = ClientFactory(counsellor=counsellor, latin_given_name="Linh", latin_family_name="Nguyen")
    address = reverse("counselling:consultation_create")
    empty = desk.get(address, {"client": str(six[0].public_id)}).content.decode()
    assert (
        '<noscript><button class="btn btn-sm btn-outline-secondary" type="submit" name="find_person"' in empty
    )
    sent = typed(six[0], **FULL, companions=[str(six[1].public_id)], absent=[str(six[1].public_id)])
    page = desk.post(address, sent | {"with": "Nguyen", "find_person": "1"})
    assert page.status_code == 200
    _kept(page, sent)
    assert page.context["form"].companion_rows() == [(six[1], True), (mate, False)]
    assert page.context["client"] == six[0]
    assert not Consultation.objects.exists()
    sent = {name: page.context["form"][name].value() for name in sent}
    sent |= {"minutes": "30", "passed_on": "", "held_on": "2026-01-05"}
    assert desk.post(address, sent).status_code == 302
    assert Consultation.objects.contacts().get().attendances.get().client == mate


def test_one_of_several_is_chosen(desk: Browser, six: list[Any]) -> None:
    address = reverse("counselling:consultation_create")
    page = desk.post(address, typed(six[0], **FULL, **{"with": "Haddad", "find_person": "1"}))
    text = page.content.decode()
    assert text.count('name="add_person"') == 5, "not who is there already"
    assert 'name="companions"' not in text
    assert 'value="Haddad"' in text
    key = str(six[3].public_id)
    page = desk.post(address, typed(six[0], **FULL, **{"with": "Haddad", "add_person": key}))
    _kept(page, FULL)
    assert page.context["form"].companion_rows() == [(six[3], False)]
    again = desk.post(address, typed(six[0], companions=[key], add_person=key))
    assert len(again.context["form"].companion_rows()) == 1, "once only"
    first = desk.post(address, typed(six[0], add_person=str(six[0].public_id)))
    assert first.context["form"].companion_rows() == [], "who is the first person is not a further one"


@pytest.mark.parametrize("text", ["", "niemand heißt so", "x" * 5000])
def test_nobody_found_loses_nothing(desk: Browser, six: list[Any], text: str) -> None:
    page = desk.post(
        reverse("counselling:consultation_create"),
        typed(six[0], **FULL, **{"with": text, "find_person": "1"}),
    )
    _kept(page, FULL)
    assert page.context["form"].companion_rows() == []
    assert ("Unter Ihren" in page.content.decode()) == bool(text)


def test_clients_of_others_cannot_be_added(desk: Browser, six: list[Any]) -> None:
    stranger = ClientFactory(latin_family_name="Unbekannt")
    for key in (str(stranger.public_id), "nonsense", "1" * 5000):
        page = desk.post(reverse("counselling:consultation_create"), typed(six[0], add_person=key))
        assert page.status_code == 200
        assert page.context["form"].companion_rows() == []
    page = desk.post(
        reverse("counselling:consultation_create"), typed(six[0], **{"with": "Unbekannt", "find_person": "1"})
    )
    assert stranger.number not in page.content.decode()


def test_persons_are_added_to_a_talk_that_is_corrected(
    desk: Browser, counsellor: Any, six: list[Any]
) -> None:
    made = services.log_consultation(
        by=counsellor, client=six[0], companions=six[1:2], held_at=timezone.now(), channel="group", minutes=60, languages=["ar"],
        main_topic=topic(), concern="nur für die Akte",
    )  # fmt: skip
    address = reverse("counselling:consultation_edit", args=[made.public_id])
    sent = {
        "revision": "1", "held_on": "2026-01-05", "held_time": "10:00", "minutes": "44", "channel": "group", "languages": ["ar"],
        "topics": ["application"], "main_topic": "application", "concern": "neu getippt", "companions": [str(six[1].public_id)],
    }  # fmt: skip
    page = desk.post(address, sent | {"add_person": str(six[2].public_id)})
    _kept(page, {name: value for name, value in sent.items() if name != "companions"})
    assert [one for one, _absent in page.context["form"].companion_rows()] == six[1:3]
    made.refresh_from_db()
    assert (made.revision, made.concern) == (1, "nur für die Akte")
    desk.post(address, sent | {"companions": [str(one.public_id) for one in six[1:3]]})
    assert made.attendances.count() == 2
