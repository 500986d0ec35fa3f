"""Notes after the talk: addenda once they are locked, and the file that is opened in an emergency."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from counselling.errors import NotAllowedError
from counselling.models import Addendum, Client, Consultation, EmergencyAccess
from counselling.models.emergency_access import OPEN_FOR
from counselling.rules import can_break_glass, can_change_consultation
from counselling.services.records import hold_still
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def add_addendum(
    *, consultation: Consultation, text: str, by: User, submission: UUID | None = None
) -> Addendum:
    """Write a later word under one's own note. The same ``submission`` again returns what it made the first time."""
    if not can_change_consultation(by, consultation):
        raise NotAllowedError
    hold_still(consultation.client)
    # The consultation's row is the lock: of equal forms at the same moment the second finds what the first one stored.
    Consultation.objects.select_for_update(of=("self",)).get(pk=consultation.pk)
    if submission and (twin := Addendum.objects.filter(submission=submission).first()):
        return twin
    made = Addendum.objects.create(
        consultation=consultation, author=by, at=timezone.now(), text=text, submission=submission
    )
    record(Action.CREATE, by=by, obj=made, centre_id=consultation.centre_id, consultation=consultation.pk)
    return made


@transaction.atomic
def break_glass(*, client: Client, reason: str, by: User) -> EmergencyAccess:
    """Open a file of the own centre to a coordinator for a day. The counsellors in charge read the reason."""
    if not can_break_glass(by, client):
        raise NotAllowedError
    hold_still(client)
    if already := EmergencyAccess.objects.now_open_to(by).filter(client=client).first():
        return already
    now = timezone.now()
    made = EmergencyAccess.objects.create(
        client=client, user=by, reason=reason, opened_at=now, until=now + OPEN_FOR
    )
    record(Action.BREAK_GLASS, by=by, obj=client, access=made.pk)
    return made
