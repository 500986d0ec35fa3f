"""What the database itself refuses."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from competence.models import Assessment, KioskSession, ParadataEvent
from iqquadrat.accounts.models import User
from tests.competence.factories import AssessmentFactory, KioskSessionFactory
from tests.counselling.factories import ClientFactory

pytestmark = pytest.mark.django_db


def event(session: KioskSession, seq: int = 1) -> ParadataEvent:
    return ParadataEvent.objects.create(
        session=session, seq=seq, item_version=1, event="shown", ms=0, at=timezone.now()
    )


def test_one_live_session_per_assessment() -> None:
    session = KioskSessionFactory()
    with pytest.raises(IntegrityError, match="kiosk_session_one_live"):
        KioskSessionFactory(assessment=session.assessment)


def test_an_end_has_a_reason() -> None:
    session = KioskSessionFactory()
    with pytest.raises(IntegrityError, match="kiosk_session_ended_in_pairs"):
        KioskSession.objects.filter(pk=session.pk).update(ended_at=timezone.now())


def test_finished_has_a_time() -> None:
    with pytest.raises(IntegrityError, match="assessment_finished_in_pairs"):
        AssessmentFactory(state="finished", started_at=timezone.now())


def test_events_are_never_changed_or_deleted() -> None:
    made = event(KioskSessionFactory())
    for act in (
        lambda: ParadataEvent.objects.filter(pk=made.pk).update(event="next"),
        lambda: ParadataEvent.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
            act()
    assert ParadataEvent.objects.get().event == "shown"


def test_an_event_number_is_used_once() -> None:
    session = KioskSessionFactory()
    event(session)
    with pytest.raises(IntegrityError, match="paradata_event_once"):
        event(session)


def test_assessments_are_seen_by_who_is_in_charge(
    counsellor: User, coordinator: User, stranger: User
) -> None:
    mine = AssessmentFactory(client=ClientFactory(counsellor=counsellor))
    assert list(Assessment.objects.visible_to(counsellor)) == [mine]
    assert not Assessment.objects.visible_to(coordinator)
    assert not Assessment.objects.visible_to(stranger)
