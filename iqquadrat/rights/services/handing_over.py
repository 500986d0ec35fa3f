"""Handing over what is stored of a client: each time is an export, and recorded as one."""

from typing import Any

from django.db import transaction

from counselling.models import Client
from counselling.rules import can_read_client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.rights.documents import PersonData
from iqquadrat.rights.errors import NotAllowedError
from iqquadrat.rights.handing_over import as_data, gather


def _allowed(client: Client, by: User | None) -> bool:
    return by is None or (by.may(Permission.CLIENT_HAND_OVER) and can_read_client(by, client))


@transaction.atomic
def hand_over_file(*, client: Client, by: User | None) -> dict[str, Any]:
    """Return everything about a client as data. ``by=None``: a command of the house. Raises ``NotAllowedError``."""
    if not _allowed(client, by):
        raise NotAllowedError
    data = as_data(gather(client))
    record(Action.EXPORT, by=by, obj=client, paper="person_data", format="json")
    return data


@transaction.atomic
def hand_over_paper(*, client: Client, language: str, by: User | None) -> PersonData:
    """Return everything about a client as a document. Raises ``NotAllowedError`` and ``UnknownLanguageError``."""
    if not _allowed(client, by):
        raise NotAllowedError
    document = PersonData(gather(client), language)
    record(Action.EXPORT, by=by, obj=client, paper="person_data", format="pdf", language=language)
    return document
