"""Which business a client runs: noted with the client, taken away again."""

from django.db import transaction

from businesses.models import Business
from counselling.models import Client
from counselling.rules import can_change_client
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from placements.models import Ownership


class NotAllowedError(Exception):
    """The client is not the acting user's own, or the business is another centre's."""


@transaction.atomic
def note_ownership(*, client: Client, business: Business, by: User) -> Ownership:
    """Note that a client runs a business; the same again returns what is noted. Raises ``NotAllowedError``."""
    if not can_change_client(by, client) or business.centre_id != client.centre_id:
        raise NotAllowedError
    hold_still(client)
    ownership, made = Ownership.objects.get_or_create(
        client=client, business=business, defaults={"created_by": by}
    )
    if made:
        record(Action.CREATE, by=by, obj=ownership, centre_id=client.centre_id, client=client.pk)
    return ownership


@transaction.atomic
def remove_ownership(*, ownership: Ownership, by: User) -> None:
    """Take the note away: it was wrong, or the business went to somebody else. Raises ``NotAllowedError``."""
    if not can_change_client(by, ownership.client):
        raise NotAllowedError
    client = ownership.client
    record(Action.DELETE, by=by, obj=ownership, centre_id=client.centre_id, client=client.pk)
    ownership.delete()
