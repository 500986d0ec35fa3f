"""Hours of counselling that propose an entry; participations of two records of one person."""

import datetime as dt
from typing import Any

import pytest
import time_machine

from counselling import services
from counselling.consents import current_text
from counselling.enums import Purpose
from counselling.models import Client, ParticipationSensitive
from counselling.participation_facts import hours_so_far, to_enter
from counselling.services.merges import merge_clients, undo_merge
from iqquadrat.accounts.models import User
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.counselling.participating import CODE, MAY, ParticipationFactory, esf_programme

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 6, 20, 9, tzinfo=dt.UTC)
FACTS: dict[str, Any] = {
    "programme_code": CODE,
    "entered_on": MAY,
    "gender": "woman",
    "status": "inactive",
    "isced": "2",
}


@pytest.fixture(autouse=True)
def june() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme(counsellor: User) -> Any:
    return esf_programme(counsellor.centre)


@pytest.fixture
def client(counsellor: User, programme: Any) -> Client:
    return ClientFactory(counsellor=counsellor)


# --- Hours ------------------------------------------------------------------------------------------------
def test_eight_hours_propose_the_entry(client: Client, counsellor: User) -> None:
    talk = {"counsellor": counsellor, "programme_code": CODE, "held_at": NOW - dt.timedelta(days=3)}
    ConsultationFactory(client=client, minutes=300, **talk)
    together = ConsultationFactory(client=ClientFactory(counsellor=counsellor), minutes=120, **talk)
    together.attendances.create(client=client)
    ConsultationFactory(client=client, minutes=300, **(talk | {"programme_code": "another"}))
    [hours] = hours_so_far(client)
    assert (hours.minutes, hours.words, hours.is_due) == (420, "7:00", False)
    assert to_enter(counsellor) == []
    ConsultationFactory(client=client, minutes=60, **talk)
    assert [(one.client, one.minutes) for one in to_enter(counsellor)] == [(client, 480)]
    services.enter_participation(client=client, by=counsellor, **FACTS)
    assert (to_enter(counsellor), hours_so_far(client)) == ([], [])


# --- Two records of one person ----------------------------------------------------------------------------
def test_merging_keeps_what_does_not_overlap_and_undoing_gives_it_back(
    counsellor: User, programme: Any
) -> None:
    kept, absorbed = (ClientFactory(counsellor=counsellor) for _each in range(2))
    mine = ParticipationFactory(client=kept, left_on=MAY + dt.timedelta(days=5))
    same = ParticipationFactory(client=absorbed, left_on=MAY + dt.timedelta(days=2))
    later = ParticipationFactory(client=absorbed, entered_on=MAY + dt.timedelta(days=20))
    merge = merge_clients(kept=kept, absorbed=absorbed, by=counsellor, choices={})
    assert set(kept.participations.all()) == {mine, later}
    assert absorbed.participations.get() == same
    assert CODE in merge.details["clashes"][0]["words"]
    undo_merge(merge=merge, by=counsellor)
    assert set(absorbed.participations.all()) == {same, later}


def test_a_consent_taken_back_in_one_record_ends_the_answers_of_both(
    counsellor: User, programme: Any
) -> None:
    kept, absorbed = (ClientFactory(counsellor=counsellor) for _each in range(2))
    services.enter_participation(
        client=absorbed, by=counsellor, voluntary={"rural": "yes"}, explained_in="ar", **FACTS
    )
    given = services.give_consent(
        client=kept, purpose=Purpose.ESF_ANSWERS, text_version=current_text(Purpose.ESF_ANSWERS).version, explained_in="ar",
        by=counsellor,
    )  # fmt: skip
    services.withdraw_consent(consent=given, by=counsellor)
    merge_clients(kept=kept, absorbed=absorbed, by=counsellor, choices={})
    assert not ParticipationSensitive.objects.exists()
