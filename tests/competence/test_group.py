"""The group view: who may, what is counted, what is hidden, and nothing of the language evidence."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from competence.enums import AssessmentState
from competence.group import HalfYear, group_of, half_of, half_years
from competence.group_page import GroupPage, group_page
from competence.models import Assessment, FieldConfirmation
from iqquadrat.accounts.models import User
from iqquadrat.demo.plan import moment
from iqquadrat.questionnaires.models import Answer
from tests.competence.factories import AssessmentFactory, small_version
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import CentreFactory, UserFactory

pytestmark = pytest.mark.django_db
HALF = HalfYear(2026, 1)
AT = moment(dt.date(2026, 3, 4), 10)
URL = "competence:group"


def finished_profiles(
    number: int, centre: Any, counsellor: User, *, at: dt.datetime = AT, field: str = "kitchen", **client: Any
) -> list[Assessment]:
    version = small_version()
    items = {item.key: item for item in version.items.all()}
    made = []
    for _n in range(number):
        person = ClientFactory(centre=centre, counsellor=counsellor, **client)
        row = AssessmentFactory(client=person, state=AssessmentState.FINISHED, started_at=at, finished_at=at)
        for key, chosen in (
            ("wrk_ever", ["yes"]),
            ("wrk_main", [field]),
            ("avl_times", ["mon_am"]),
            ("wsh_learn", []),
        ):
            text = {"text": "Geheimwort"} if key == "wsh_learn" else {}
            Answer.objects.create(
                response=row.response, item=items[key], status="answered", choices=chosen, **text
            )
        made.append(row)
    return made


def _page(user: User, wanted: str = "", half: HalfYear = HALF) -> GroupPage:
    return group_page(group_of(user, half), half, wanted)


def test_half_years_that_are_over(centre: Any, counsellor: User, coordinator: User) -> None:
    assert half_years(coordinator, dt.date(2027, 1, 1)) == []
    finished_profiles(1, centre, counsellor, at=moment(dt.date(2025, 12, 31), 23, 30))
    keys = [half.key for half in half_years(coordinator, dt.date(2026, 12, 31))]
    assert keys == ["2026-1", "2025-2"]
    assert next(iter(half_years(coordinator, dt.date(2027, 1, 1)))).key == "2026-2"
    assert half_of(dt.date(2026, 6, 30)).last_day == dt.date(2026, 6, 30)


def test_sums_of_the_centre(centre: Any, counsellor: User, coordinator: User) -> None:
    rows = finished_profiles(12, centre, counsellor, gender="female") + finished_profiles(
        8, centre, counsellor, field="care", gender="male"
    )
    for row in rows[:6]:
        FieldConfirmation.objects.create(assessment=row, row_key="field:kitchen", evidence=3)
    elsewhere = CentreFactory()
    finished_profiles(9, elsewhere, UserFactory(centre=elsewhere))
    finished_profiles(7, centre, counsellor, at=moment(dt.date(2026, 7, 1), 9))
    page = _page(coordinator)
    assert page.size == 20
    assert [(line.name, line.counts) for line in page.fields] == [
        ("Antwort kitchen", [12, 6, 0, 6, 0]),
        ("Antwort care", [8, 8, 0, 0, 0]),
    ]
    assert all(line.counts == [0, 0, 0, 0, 20] for line in page.scales)
    female = _page(coordinator, "gender:female")
    assert (female.size, female.fields[0].counts) == (12, [12, 6, 0, 6, 0])
    assert [offer.key for _name, found in page.offers for offer in found if "gender" in offer.key] == [
        "gender:female",
        "gender:male",
    ]


def test_a_person_counts_once_with_the_latest_profile(
    centre: Any, counsellor: User, coordinator: User
) -> None:
    rows = finished_profiles(6, centre, counsellor)
    later = finished_profiles(1, centre, counsellor, at=AT + dt.timedelta(days=20), field="care")[0]
    client = later.client
    Assessment.objects.filter(pk=later.pk).update(client=rows[0].client)
    client.delete()
    group = group_of(coordinator, HALF)
    assert len(group.persons) == 6
    assert sorted(person.categories["field:care"] for person in group.persons) == ["0"] * 5 + ["1"]


def test_small_counts_and_small_groups_are_hidden(
    centre: Any, counsellor: User, coordinator: User, as_user: Any
) -> None:
    finished_profiles(14, centre, counsellor, gender="female")
    finished_profiles(9, centre, counsellor, field="care", gender="male")
    finished_profiles(2, centre, counsellor, field="care", gender="diverse")
    page = _page(coordinator)
    offered = {offer.key for _name, found in page.offers for offer in found}
    assert "gender:diverse" not in offered
    assert _page(coordinator, "gender:diverse").chosen is None
    text = (
        as_user(coordinator)
        .get(reverse(URL), {"period": "2026-1", "group": "gender:diverse"})
        .content.decode()
    )
    assert "<strong>25</strong>" in text


def test_fewer_than_five_are_not_told(centre: Any, counsellor: User, coordinator: User, as_user: Any) -> None:
    finished_profiles(3, centre, counsellor)
    text = as_user(coordinator).get(reverse(URL), {"period": "2026-1"}).content.decode()
    assert "weniger als fünf Profile" in text
    assert "Antwort kitchen" not in text


def test_words_names_and_language_evidence_are_no_part_of_it(
    centre: Any, counsellor: User, coordinator: User, as_user: Any
) -> None:
    finished_profiles(6, centre, counsellor, family_name="Unverwechselbar")
    text = as_user(coordinator).get(reverse(URL), {"period": "2026-1"}).content.decode()
    assert "<strong>6</strong>" in text
    for word in ("Unverwechselbar", "Geheimwort", "verstanden", "gewechselt", "Proben", "K-2026"):
        assert word not in text, word


def test_an_empty_house_is_told_what_comes(coordinator: User, as_user: Any) -> None:
    assert "noch kein Halbjahr" in as_user(coordinator).get(reverse(URL)).content.decode()
    assert reverse(URL) in as_user(coordinator).get(reverse("competence:assessment_list")).content.decode()


@pytest.mark.parametrize(
    "query", [{"period": "x"}, {"period": "2026-9"}, {"group": "gender:x"}, {"group": "a:b:c"}]
)
def test_nonsense_in_the_address_shows_the_whole(
    query: dict[str, str], centre: Any, counsellor: User, coordinator: User, as_user: Any
) -> None:
    finished_profiles(5, centre, counsellor)
    assert as_user(coordinator).get(reverse(URL), query).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_queries_with_five_and_fifteenfinished_profiles(
    number: int, centre: Any, counsellor: User, coordinator: User, django_assert_num_queries: Any
) -> None:
    finished_profiles(5 * number, centre, counsellor, gender="female")
    with django_assert_num_queries(7):
        assert _page(coordinator).size == 5 * number
