"""Cases: a goal opened, closed with an outcome, opened again; talks that were about it; the timeline."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.errors import CaseDatesError, FutureDayError, NotAllowedError, RecordChangedError
from counselling.models import Case, Client, Consultation
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from iqquadrat.core.registry import timeline_for
from tests.counselling.factories import CaseFactory, ClientFactory, ConsultationFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db

MAY = dt.date(2026, 5, 4)


@pytest.fixture
def client(counsellor: User) -> Client:
    return ClientFactory(counsellor=counsellor)


@pytest.fixture
def desk(counsellor: User, as_user: Any) -> Browser:
    return as_user(counsellor)


@pytest.mark.parametrize(
    "wrong",
    [
        {"closed_on": MAY}, {"outcome": "reached"}, {"outcome_note": "x"}, {"closed_on": MAY, "outcome": "reached"},
        {"closed_on": MAY, "outcome": "heaven", "closed": True},
        {"closed_on": dt.date(2026, 2, 2), "outcome": "reached", "closed": True},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_case(client: Client, wrong: dict[str, Any]) -> None:
    facts = dict(wrong)
    if facts.pop("closed", False):
        facts["closed_by"] = client.counsellor
    with pytest.raises(IntegrityError), transaction.atomic():
        CaseFactory(client=client, **facts)


def test_a_goal_is_set_once_closed_and_opened_again(client: Client, counsellor: User) -> None:
    client.centre.current_programme_code = "quartier"
    key = uuid.uuid4()
    case = services.open_case(
        client=client, goal="Arbeit als Köchin", by=counsellor, opened_on=MAY, submission=key
    )
    assert services.open_case(client=client, goal="x", by=counsellor, submission=key) == case
    assert (case.programme_code, case.opened_by, case.centre) == ("quartier", counsellor, client.centre)
    closed = services.close_case(case=case, outcome="reached", by=counsellor, note="im Café")
    assert (closed.closed_on, closed.closed_by, closed.outcome) == (
        timezone.localdate(),
        counsellor,
        "reached",
    )
    corrected = services.close_case(case=case, outcome="partly", by=counsellor, closed_on=MAY, revision=2)
    assert (corrected.outcome, corrected.outcome_note, corrected.revision) == ("partly", "", 3)
    again = services.reopen_case(case=case, by=counsellor)
    assert (again.closed_on, again.closed_by, again.outcome) == (None, None, "")
    assert services.reopen_case(case=case, by=counsellor).revision == again.revision
    assert Entry.objects.filter(object_type="counselling.case").count() == 4


def test_days_of_a_goal_follow_each_other(client: Client, counsellor: User) -> None:
    tomorrow = timezone.localdate() + dt.timedelta(1)
    with pytest.raises(FutureDayError):
        services.open_case(client=client, goal="x", by=counsellor, opened_on=tomorrow)
    case = CaseFactory(client=client, opened_on=MAY)
    with pytest.raises(CaseDatesError):
        services.close_case(case=case, outcome="reached", by=counsellor, closed_on=MAY - dt.timedelta(1))
    with pytest.raises(FutureDayError):
        services.close_case(case=case, outcome="reached", by=counsellor, closed_on=tomorrow)
    services.close_case(case=case, outcome="reached", by=counsellor, closed_on=MAY)
    with pytest.raises(CaseDatesError):
        services.update_case(case=case, by=counsellor, revision=2, goal="x", opened_on=MAY + dt.timedelta(1))
    with pytest.raises(RecordChangedError):
        services.update_case(case=case, by=counsellor, revision=1, goal="x", opened_on=MAY)


def test_only_the_team_works_on_goals(client: Client, counsellor: User, stranger: User) -> None:
    case, talk = CaseFactory(client=client), ConsultationFactory(client=client)
    for other in (stranger, UserFactory(centre=counsellor.centre)):
        assert not Case.objects.visible_to(other).exists()
        for call in (
            lambda who: services.open_case(client=client, goal="x", by=who),
            lambda who: services.close_case(case=case, outcome="reached", by=who),
            lambda who: services.reopen_case(case=case, by=who),
            lambda who: services.put_into_case(consultation=talk, case=case, by=who),
        ):
            with pytest.raises(NotAllowedError):
                call(other)
    assert list(Case.objects.visible_to(counsellor).open()) == [case]


def test_a_talk_belongs_to_a_goal_of_the_same_client(client: Client, counsellor: User) -> None:
    case, talks = CaseFactory(client=client), [ConsultationFactory(client=client) for _each in range(2)]
    services.put_into_case(consultation=talks[0], case=case, by=counsellor)
    with pytest.raises(NotAllowedError):
        services.put_into_case(
            consultation=talks[1],
            case=CaseFactory(client=ClientFactory(counsellor=counsellor)),
            by=counsellor,
        )
    services.set_case_talks(case=case, talks=[talks[1]], by=counsellor, revision=1)
    assert list(Consultation.objects.filter(case=case)) == [talks[1]]
    with pytest.raises(RecordChangedError):
        services.set_case_talks(case=case, talks=[], by=counsellor, revision=1)


def test_the_timeline_tells_of_goals(client: Client, counsellor: User, coordinator: User) -> None:
    case = CaseFactory(client=client)
    ConsultationFactory(client=client, case=case)
    services.close_case(case=case, outcome="reached", by=counsellor, closed_on=MAY, note="im Café")
    entries = timeline_for(counsellor, client.pk)
    assert [(entry.kind, str(entry.title)) for entry in entries if entry.kind == "case"] == [
        ("case", "Ziel beendet: Wieder als Köchin arbeiten"), ("case", "Ziel: Wieder als Köchin arbeiten"),
    ]  # fmt: skip
    assert entries[0].lines == ["Ziel: Wieder als Köchin arbeiten"]
    assert timeline_for(coordinator, client.pk) == []


# --- Pages ------------------------------------------------------------------------------------------------
def test_a_goal_on_the_page(desk: Browser, client: Client) -> None:
    typed = {"submission": str(uuid.uuid4()), "goal": "دوباره آشپز شدن", "opened_on": "۴.۵.۲۰۲۶"}
    for _again in range(2):
        assert desk.post(reverse("counselling:case_open", args=[client.public_id]), typed).status_code == 302
    case = client.cases.get()
    talk = ConsultationFactory(client=client)
    page = desk.get(client.get_absolute_url()).content.decode()
    assert "دوباره آشپز شدن" in page
    edit = reverse("counselling:case_edit", args=[case.public_id])
    reworded = {"goal": "Köchin", "opened_on": "4.5.2026", "revision": "1"}
    assert desk.post(edit, reworded).status_code == 302
    late = desk.post(edit, reworded | {"goal": "Bäckerin"})
    assert late.status_code == 409
    assert [(row[1], row[2]) for row in late.context["theirs"]] == [("Köchin", "Bäckerin")]
    talks = reverse("counselling:case_talks", args=[case.public_id])
    assert str(talk.public_id) in desk.get(talks).content.decode()
    assert desk.post(talks, {"talks": [str(talk.public_id)], "revision": "2"}).status_code == 302
    assert desk.get(talks).context["form"]["talks"].value() == [str(talk.public_id)]
    close = reverse("counselling:case_close", args=[case.public_id])
    ended = {"outcome": "reached", "closed_on": "5.5.2026", "note": "im Café", "revision": "3"}
    assert desk.post(close, ended).status_code == 302
    page = desk.get(client.get_absolute_url()).content.decode()
    for text in ("Ziel beendet: Köchin", "erreicht", "im Café", "1 Gespräch", "Wieder öffnen"):
        assert text in page, text
    assert desk.post(reverse("counselling:case_reopen", args=[case.public_id])).status_code == 302
    assert Case.objects.get().closed_on is None


@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("case_open", {"goal": ""}), ("case_open", {"goal": "x" * 201}), ("case_open", {"goal": "a\x00"}),
        ("case_open", {"opened_on": "1.1.2199"}), ("case_open", {"opened_on": "nie"}), ("case_open", {"submission": ""}),
        ("case_close", {"outcome": ""}), ("case_close", {"outcome": "heaven"}), ("case_close", {"closed_on": "2.2.2026"}),
        ("case_close", {"closed_on": "1.1.2199"}), ("case_close", {"note": "x" * 301}), ("case_close", {"revision": "x"}),
        ("case_talks", {"talks": ["x"]}), ("case_talks", {"talks": ["7d1a7a0e-6d1f-4f0e-9b39-4d6c1c0a5f11"]}), ("case_talks", {"revision": ""}),
    ],
    ids=str,
)  # fmt: skip
def test_bad_input_of_a_goal_is_answered_in_words(
    desk: Browser, client: Client, name: str, wrong: dict[str, Any]
) -> None:
    key = client.public_id if name == "case_open" else CaseFactory(client=client).public_id
    typed = {
        "submission": str(uuid.uuid4()), "goal": "Köchin", "opened_on": "4.5.2026", "outcome": "reached",
        "closed_on": "5.5.2026", "note": "", "revision": "1", "talks": [],
    }  # fmt: skip
    answer = desk.post(reverse(f"counselling:{name}", args=[key]), typed | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not Case.objects.filter(closed_on__isnull=False).exists()


def test_goals_cost_the_same_with_one_and_with_three(
    desk: Browser, client: Client, django_assert_num_queries: Any
) -> None:
    desk.get(client.get_absolute_url())
    for number in (1, 3):
        while client.cases.count() < number:
            ConsultationFactory(client=client, case=CaseFactory(client=client))
        with django_assert_num_queries(QUERIES):
            desk.get(client.get_absolute_url())


QUERIES = 29


def test_open_goals_stand_before_closed_ones_and_the_side_knows_the_room(
    client: Client, counsellor: User, desk: Browser
) -> None:
    open_one = CaseFactory(client=client, goal="Arbeit als Koch", opened_on=MAY)
    CaseFactory(
        client=client, goal="Deutsch bis B1", opened_on=MAY + dt.timedelta(days=9),
        closed_on=MAY + dt.timedelta(days=30), closed_by=counsellor, outcome="partly",
    )  # fmt: skip
    page = desk.get(client.get_absolute_url())
    assert [case.closed_on is None for case in page.context["cases"]] == [True, False]
    for address, room in (
        (reverse("counselling:case_edit", args=[open_one.public_id]), "counselling:client_list"),
        (reverse("counselling:week"), "home"),
    ):
        current = [link.url for link in desk.get(address).context["navigation"] if link.current]
        assert current == [reverse(room)]
