"""Who takes part belongs to the centre of the talk or the event: the database refuses anything else, whoever writes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from counselling.models import Attendance, Client, Consultation, EventAttendance, GroupEvent
from iqquadrat.accounts.models import Centre
from tests.counselling.factories import (
    AttendanceFactory,
    ClientFactory,
    ConsultationFactory,
    EventAttendanceFactory,
    GroupEventFactory,
)
from tests.fixtures.people import CentreFactory

pytestmark = pytest.mark.django_db


def test_nobody_of_another_centre_takes_part_in_a_talk() -> None:
    talk, stranger = ConsultationFactory(), ClientFactory()
    for write in (
        lambda: Attendance.objects.create(consultation=talk, client=stranger),
        lambda: Attendance.objects.bulk_create([Attendance(consultation=talk, client=stranger)]),
        lambda: Attendance.objects.filter(pk=AttendanceFactory(consultation=talk).pk).update(client=stranger),
    ):
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            write()
        assert error.value.__cause__.diag.constraint_name == "attendance_of_one_centre"  # type: ignore[union-attr]


def test_nobody_of_another_centre_is_on_the_list_of_an_event() -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        EventAttendance.objects.create(event=GroupEventFactory(), client=ClientFactory())
    assert error.value.__cause__.diag.constraint_name == "event_attendance_of_one_centre"  # type: ignore[union-attr]
    assert EventAttendanceFactory().pk


def test_who_takes_part_is_not_moved_to_another_centre_behind_its_back(centre: Centre) -> None:
    elsewhere = CentreFactory()
    place, listed = AttendanceFactory(), EventAttendanceFactory()
    for model, key in (
        (Client, place.client_id), (Client, listed.client_id), (Consultation, place.consultation_id), (GroupEvent, listed.event_id),
    ):  # fmt: skip
        with pytest.raises(IntegrityError) as error, transaction.atomic():
            model.objects.filter(pk=key).update(centre=elsewhere)
        assert error.value.__cause__.diag.constraint_name == "attendance_keeps_centre"  # type: ignore[union-attr]
    nobody = ClientFactory()
    assert Client.objects.filter(pk=nobody.pk).update(centre=elsewhere) == 1


def test_the_rule_can_be_taken_back_and_put_up_again() -> None:
    def names() -> set[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT tgname FROM pg_trigger WHERE tgname LIKE '%of_one_centre_%' OR tgname LIKE '%keeps_centre_%'"
            )
            return {name for (name,) in cursor.fetchall()}

    loader = MigrationLoader(connection)
    migration = loader.get_migration("counselling", "0017_attendance_of_one_centre")
    state, before = (
        loader.project_state([("counselling", "0016_several_persons_events_and_volunteers")]),
        names(),
    )
    assert len(before) == 5
    with connection.schema_editor() as editor:
        migration.unapply(state.clone(), editor)
    assert names() == set()
    with connection.schema_editor() as editor:
        migration.apply(state.clone(), editor)
    assert names() == before
