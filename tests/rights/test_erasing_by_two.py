"""Nobody erases alone: the wish is noted, one proposes, another one carries it out."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling.models import Client
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre, User
from iqquadrat.rights import services
from iqquadrat.rights.errors import (
    AlreadyAnsweredError,
    HeldError,
    NotAllowedError,
    NotProposedError,
    SecondPersonError,
)
from iqquadrat.rights.models import Erasure, LegalHold, PersonRequest
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory
from tests.rights.agreed import propose

# The field for the number, on the page of who may carry it out.
ERASES = 'name="number"'


@pytest.fixture
def person(counsellor: User) -> Client:
    made: Client = ClientFactory(counsellor=counsellor)
    return made


@pytest.fixture
def second(centre: Centre) -> User:
    made: User = UserFactory(centre=centre, roles=["coordinator"])
    return made


def _wish(person: Client, **facts: Any) -> PersonRequest:
    today = timezone.localdate()
    return PersonRequest.objects.create(
        client=person, centre=person.centre, kind="erase", received_on=today, due_on=today, **facts
    )


def _signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def _stands(person: Client) -> bool:
    return Client.objects.filter(pk=person.pk, erased_at=None).exists()


def test_without_a_noted_wish_or_a_proposal_nobody_erases(person: Client, coordinator: User) -> None:
    with pytest.raises(NotProposedError):
        services.erase_client(client=person, by=coordinator)
    _wish(person)
    with pytest.raises(NotProposedError):
        services.erase_client(client=person, by=coordinator)
    assert _stands(person)


def test_who_proposes_does_not_carry_it_out(person: Client, coordinator: User, second: User) -> None:
    propose(person, by=coordinator)
    with pytest.raises(SecondPersonError):
        services.erase_client(client=person, by=coordinator)
    assert _stands(person)
    made = services.erase_client(client=person, by=second)
    assert (made.proposed_by, made.by) == (coordinator, second)


def test_a_centre_with_one_coordinator_erases_with_whoever_is_in_charge(
    person: Client, counsellor: User, coordinator: User
) -> None:
    office, desk = _signed_in(coordinator), _signed_in(counsellor)
    erase = reverse("rights:client_erase", args=[person.public_id])
    assert reverse("rights:request_create", args=[person.public_id]) in office.get(erase).content.decode()
    form = {
        "submission": str(uuid4()), "kind": "erase", "asked_by": "guardian", "way": "letter", "received_on": f"{timezone.localdate():%Y-%m-%d}",
    }  # fmt: skip
    assert office.post(reverse("rights:request_create", args=[person.public_id]), form).status_code == 302
    wish = PersonRequest.objects.get()
    assert (wish.asked_by, wish.way, wish.created_by) == ("guardian", "letter", coordinator)
    button = reverse("rights:erasing_propose", args=[wish.pk])
    assert button not in office.get(erase).content.decode(), "nobody else could carry it out"
    assert button in desk.get(reverse("rights:client_rights", args=[person.public_id])).content.decode()
    assert office.post(erase, {"number": person.number}).status_code == 422
    assert desk.post(button).status_code == 302
    assert counsellor.get_full_name() in office.get(erase).content.decode()
    assert office.post(erase, {"number": person.number}).status_code == 302
    assert not _stands(person)


def test_the_page_of_who_proposed_offers_no_erasing(person: Client, coordinator: User, second: User) -> None:
    wish = _wish(person)
    office, other = _signed_in(coordinator), _signed_in(second)
    erase = reverse("rights:client_erase", args=[person.public_id])
    assert office.post(reverse("rights:erasing_propose", args=[wish.pk])).status_code == 302
    assert ERASES not in office.get(erase).content.decode()
    assert office.post(erase, {"number": person.number}).status_code == 422
    assert _stands(person)
    assert ERASES in other.get(erase).content.decode()
    assert office.post(reverse("rights:erasing_take_back", args=[wish.pk])).status_code == 302
    assert ERASES not in other.get(erase).content.decode()
    assert other.post(erase, {"number": person.number}).status_code == 422
    assert _stands(person)


def test_a_proposal_stands_once_and_is_logged(person: Client, counsellor: User, coordinator: User) -> None:
    wish = propose(person, by=counsellor)
    before = Entry.objects.count()
    assert services.propose_erasing(request=wish, by=coordinator).proposed_by == counsellor
    assert Entry.objects.count() == before
    services.take_back_proposal(request=wish, by=coordinator)
    services.take_back_proposal(request=wish, by=coordinator)
    assert Entry.objects.count() == before + 1
    entry = Entry.objects.first()
    assert entry is not None
    assert entry.detail == {"client": person.pk, "fields": ["proposed_at"]}


def test_who_may_not_propose(person: Client, counsellor: User, coordinator: User) -> None:
    wish = _wish(person)
    for somebody in (
        UserFactory(centre=person.centre), UserFactory(roles=["coordinator"]), UserFactory(centre=person.centre, roles=["administrator"]),
    ):  # fmt: skip
        with pytest.raises(NotAllowedError):
            services.propose_erasing(request=wish, by=somebody)
    LegalHold.objects.create(client=person, reason="Klage am Sozialgericht", set_by=coordinator)
    with pytest.raises(HeldError):
        services.propose_erasing(request=wish, by=counsellor)
    LegalHold.objects.all().delete()
    services.answer_request(request=wish, outcome="taken_back", by=counsellor)
    with pytest.raises(AlreadyAnsweredError):
        services.propose_erasing(request=wish, by=counsellor)


def test_a_proposal_for_an_answered_wish_is_none(person: Client, counsellor: User, coordinator: User) -> None:
    wish = propose(person, by=counsellor)
    services.answer_request(request=wish, outcome="taken_back", by=counsellor)
    with pytest.raises(NotProposedError):
        services.erase_client(client=person, by=coordinator)


def test_the_database_wants_two_as_well(person: Client, coordinator: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Erasure.objects.create(
            centre=person.centre, by=coordinator, proposed_by=coordinator, ground="request", identifier_hash="a",
            number_hash="b", left_as="E-1",
        )  # fmt: skip
    for wrong in (
        {"proposed_by": coordinator}, {"asked_by": "client"},
        {"kind": "access", "proposed_by": coordinator, "proposed_at": timezone.now()},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            PersonRequest.objects.filter(pk=_wish(person).pk).update(**wrong)
