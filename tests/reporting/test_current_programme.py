"""The programme in which new records are done is chosen in the list of programmes."""

from datetime import date
from typing import Any

import pytest

from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.reporting.models import Programme
from iqquadrat.reporting.services import ForeignProgrammeError, rest_programme, use_programme
from tests.fixtures.people import CentreFactory

pytestmark = pytest.mark.django_db
LIST = "/figures/programmes/"


def _programme(user: User, code: str) -> Programme:
    programme = Programme.objects.create(
        code=code, name=f"Programm {code}", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    programme.centres.add(user.centre)
    return programme


def test_the_coordinator_chooses_and_new_records_carry_it(
    coordinator: User, counsellor: User, as_user: Any
) -> None:
    from counselling.services import log_short_contact
    from tests.counselling.factories import topic

    _programme(coordinator, "iq-eins")
    _programme(coordinator, "iq-zwei")
    client = as_user(coordinator)
    first = client.get(LIST).content.decode()
    assert first.count("Als laufendes Programm verwenden") == 2
    chosen = client.post(f"{LIST}iq-zwei/use/", follow=True).content.decode()
    assert "gehören ab jetzt zum Programm Programm iq-zwei" in chosen
    assert chosen.count("Als laufendes Programm verwenden") == 1
    assert "Nicht mehr verwenden" in chosen
    coordinator.centre.refresh_from_db()
    assert coordinator.centre.current_programme_code == "iq-zwei"
    assert Entry.objects.get(object_type="accounts.centre").detail == {"fields": ["current_programme_code"]}
    counsellor = User.objects.get(pk=counsellor.pk)  # the next request of a colleague
    made = log_short_contact(by=counsellor, language="ar", topic=topic("housing"))
    assert made.programme_code == "iq-zwei"


def test_choosing_twice_is_one_change(coordinator: User) -> None:
    programme = _programme(coordinator, "iq")
    use_programme(programme=programme, by=coordinator)
    use_programme(programme=programme, by=coordinator)
    assert Entry.objects.count() == 1


def test_leaving_it_leaves_another_choice_alone(coordinator: User, as_user: Any) -> None:
    one, two = _programme(coordinator, "iq-eins"), _programme(coordinator, "iq-zwei")
    use_programme(programme=two, by=coordinator)
    rest_programme(programme=one, by=coordinator)
    coordinator.centre.refresh_from_db()
    assert coordinator.centre.current_programme_code == "iq-zwei"
    page = as_user(coordinator).post(f"{LIST}iq-zwei/rest/", follow=True).content.decode()
    assert "gehören zu keinem Programm" in page
    coordinator.centre.refresh_from_db()
    assert coordinator.centre.current_programme_code == ""


def test_a_programme_of_another_centre_cannot_be_used(coordinator: User, as_user: Any) -> None:
    foreign = Programme.objects.create(
        code="fremd", name="Fremd", starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31)
    )
    foreign.centres.add(CentreFactory())
    assert as_user(coordinator).post(f"{LIST}fremd/use/").status_code == 404
    with pytest.raises(ForeignProgrammeError):
        use_programme(programme=foreign, by=coordinator)
    coordinator.centre.refresh_from_db()
    assert coordinator.centre.current_programme_code == ""
