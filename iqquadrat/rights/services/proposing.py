"""Erasing is done by two: one proposes what the client asked for, another one, of the coordination, carries it out."""

from django.db import transaction
from django.utils import timezone

from counselling.rules import can_read_client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.rights.enums import RequestKind
from iqquadrat.rights.errors import AlreadyAnsweredError, HeldError, NotAllowedError
from iqquadrat.rights.models import LegalHold, PersonRequest


def may_propose(user: User, asked: PersonRequest) -> bool:
    """Who is in charge or deputises may, and the coordination of the centre."""
    leads = user.may(Permission.CLIENT_ERASE) and asked.centre_id == user.centre_id
    return leads or (user.may(Permission.CLIENT_HAND_OVER) and can_read_client(user, asked.client))


@transaction.atomic
def propose_erasing(*, request: PersonRequest, by: User) -> PersonRequest:
    """Propose to erase the client who asked for it. A proposal that stands stays as it is, whoever made it.

    Raises ``AlreadyAnsweredError``, ``HeldError`` under a legal hold, ``NotAllowedError``.
    """
    stored = _stored(request, by)
    held = LegalHold.objects.standing().filter(client=stored.client_id).first()
    if held is not None:
        raise HeldError(held)
    if stored.proposed_at is None:
        stored.proposed_at, stored.proposed_by = timezone.now(), by
        _save(stored, by)
    return stored


@transaction.atomic
def take_back_proposal(*, request: PersonRequest, by: User) -> PersonRequest:
    """Take a proposal back. Twice changes nothing. Raises ``AlreadyAnsweredError``, ``NotAllowedError``."""
    stored = _stored(request, by)
    if stored.proposed_at is not None:
        stored.proposed_at, stored.proposed_by = None, None
        _save(stored, by)
    return stored


def _stored(request: PersonRequest, by: User) -> PersonRequest:
    stored = PersonRequest.objects.select_for_update(of=("self",)).select_related("client").get(pk=request.pk)
    if stored.kind != RequestKind.ERASE or not may_propose(by, stored):
        raise NotAllowedError
    if stored.done_on is not None:
        raise AlreadyAnsweredError
    return stored


def _save(stored: PersonRequest, by: User) -> None:
    stored.revision += 1
    stored.save()
    record(Action.CHANGE, by=by, obj=stored, client=stored.client_id, fields=["proposed_at"])
