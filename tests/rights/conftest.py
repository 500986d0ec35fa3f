"""A client of whom every table knows something, in a programme."""

import datetime as dt

import pytest

from counselling.models import Consultation
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.sittings import SessionStore
from iqquadrat.reporting.models import Programme
from iqquadrat.rights.models import LegalHold
from tests.rights import canaries

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))


@pytest.fixture
def programme(centre: Centre) -> Programme:
    made = Programme.objects.create(code=canaries.PROGRAMME, name="IQ", starts_on=YEAR[0], ends_on=YEAR[1])
    made.centres.add(centre)
    return made


@pytest.fixture
def world(counsellor: User, programme: Programme) -> canaries.World:
    made = canaries.build(counsellor)
    _leave_traces(made)
    LegalHold.objects.all().update(lifted_at=canaries.NOW, lifted_by=counsellor)
    return made


def _leave_traces(world: canaries.World) -> None:
    """The log, a sitting and a failed task quote the client, as they should not and may."""
    client = world.client
    record(Action.VIEW, by=world.counsellor, obj=client, tab="ẞ901ẞ")
    record(Action.CREATE, by=world.counsellor, obj=world.rows[Consultation], client=client.pk, words="ẞ902ẞ")
    record(
        Action.SEARCH, by=world.counsellor, object_type="counselling.client", client=client.pk, words="ẞ903ẞ"
    )
    sitting = SessionStore()
    sitting["_messages"] = f"{client.family_name} wurde gespeichert"
    sitting.save()
    from django_tasks_db.models import DBTaskResult

    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default", run_after=canaries.NOW,
        traceback=f"KeyError: {client.phone} ẞ904ẞ",
    )  # fmt: skip
