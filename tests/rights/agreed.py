"""Erasing as two persons do it, for tests that are about what it leaves."""

from typing import Any

from django.utils import timezone

from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.rights import services
from iqquadrat.rights.enums import RequestKind
from iqquadrat.rights.models import Erasure, PersonRequest
from tests.fixtures.people import UserFactory


def propose(client: Client, by: User | None = None) -> PersonRequest:
    """Note that a client wants to be erased, and let somebody propose it."""
    today = timezone.localdate()
    asked = PersonRequest.objects.create(
        client=client, centre=client.centre, kind=RequestKind.ERASE, asked_by="client", way="spoken", received_on=today,
        due_on=today,
    )  # fmt: skip
    first = by or UserFactory(centre=client.centre, roles=["coordinator"])
    return services.propose_erasing(request=asked, by=first)


def erase_by_two(*, client: Client, by: User, **more: Any) -> Erasure:
    """Let somebody else propose, and ``by`` carry it out."""
    propose(client)
    return services.erase_client(client=client, by=by, **more)
