"""Several persons in one contact: who took part, and who was expected and did not come."""

from collections.abc import Sequence

from counselling.errors import NotAllowedError
from counselling.models import Attendance, Client, Consultation
from counselling.rules import can_read_client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

MOST_COMPANIONS = 30


def check_companions(*, client: Client | None, companions: Sequence[Client], by: User) -> None:
    """Further persons need a first one, are all own clients of the same centre, and each is there once."""
    keys = {one.pk for one in companions}
    if not companions:
        return
    if client is None or client.pk in keys or len(keys) != len(companions) or len(keys) > MOST_COMPANIONS:
        raise NotAllowedError
    if not all(can_read_client(by, one) for one in companions):
        raise NotAllowedError


def set_companions(*, consultation: Consultation, companions: Sequence[Client], by: User) -> bool:
    """Make these the further persons of the contact; return whether anything changed. Whom ``by`` may not see stays."""
    stored = {row.client_id: row for row in consultation.attendances.select_related("client")}
    wanted = {one.pk: one for one in companions}
    gone = [row for pk, row in stored.items() if pk not in wanted and can_read_client(by, row.client)]
    for row in gone:
        record(Action.DELETE, by=by, obj=row, centre_id=consultation.centre_id, client=row.client_id)
        row.delete()
    new = [pk for pk in wanted if pk not in stored]
    for made in Attendance.objects.bulk_create(
        Attendance(consultation=consultation, client_id=pk) for pk in new
    ):
        record(Action.CREATE, by=by, obj=made, centre_id=consultation.centre_id, client=made.client_id)
    return bool(new or gone)


def note_absent(*, consultation: Consultation, absent: Sequence[Client], by: User) -> None:
    """Who was expected too and did not come gets a missed appointment of the same time: it counts by person."""
    for one in absent:
        if not can_read_client(by, one):
            raise NotAllowedError
        missed = Consultation.objects.create(
            client=one, counsellor=by, centre=consultation.centre, created_by=by, held_at=consultation.held_at,
            channel=consultation.channel, is_no_show=True, programme_code=consultation.programme_code,
        )  # fmt: skip
        record(Action.CREATE, by=by, obj=missed, client=one.pk)
