"""After a start: the other ways of the same client are closed in one go, each can be undone; nobody else's are touched."""

from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse

from counselling.models import Client
from placements.enums import CloseReason, Stage
from placements.errors import StepNotPossibleError
from placements.models import Placement, PlacementEvent
from placements.services import placements as services
from tests.counselling.factories import ClientFactory
from tests.placements.factories import PlacementFactory, agree, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(counsellor: Any) -> Client:
    """A client of this counsellor."""
    return ClientFactory(counsellor=counsellor)


@pytest.fixture
def desk(counsellor: Any, as_user: Any) -> Browser:
    """The counsellor's browser."""
    return as_user(counsellor)


def _url(placement: Placement) -> str:
    return reverse("placements:placement_others", args=[placement.public_id])


def test_a_start_leads_to_the_page_only_when_there_are_others(client: Client, desk: Browser) -> None:
    first = PlacementFactory(client=client)
    agree(client, first.vacancy)
    typed = {"stage": "started", "category": "SV_FT", "started_on": "2.3.2026"}
    detail = reverse("placements:placement_detail", args=[first.public_id])
    assert desk.post(detail, typed)["Location"] == detail
    services.undo_last_step(placement=first, by=client.counsellor)
    PlacementFactory(client=client, stage=Stage.APPLIED)
    assert desk.post(detail, typed)["Location"] == _url(first)


def test_those_that_are_ticked_are_closed_and_each_is_undone(client: Client, desk: Browser) -> None:
    begun = started(client)
    one, two, three = (
        PlacementFactory(client=client, stage=stage) for stage in (Stage.WISH, Stage.APPLIED, Stage.TRIAL)
    )
    page = desk.get(_url(begun))
    assert page.content.decode().count(" checked") == 4  # three boxes and the reason
    answer = desk.post(
        _url(begun), {"placements": [f"{one.public_id}", f"{two.public_id}"], "reason": "client_declined"}
    )
    assert answer.status_code == 302
    assert [services.current_stage(row) for row in (one, two, three, begun)] == [
        Stage.CLOSED, Stage.CLOSED, Stage.TRIAL, Stage.STARTED,
    ]  # fmt: skip
    closed = desk.get(_url(begun)).context["closed"]
    assert {event.placement_id for event in closed} == {one.pk, two.pk}
    assert {event.reason for event in closed} == {CloseReason.CLIENT_DECLINED}
    undo = next(event for event in closed if event.placement_id == two.pk)
    desk.post(reverse("placements:placement_undo", args=[two.public_id]), {"event": undo.pk})
    # The factory writes a single step, so nothing stands before it that could be undone twice.
    assert services.current_stage(two) is Stage.APPLIED
    assert services.current_stage(one) is Stage.CLOSED


def test_nothing_ticked_is_said_and_nothing_closed(client: Client, desk: Browser) -> None:
    begun, other = started(client), PlacementFactory(client=client)
    answer = desk.post(_url(begun), {"reason": "filled_otherwise"})
    assert answer.status_code == 422
    assert "placements" in answer.context["form"].errors
    assert services.current_stage(other) is Stage.PROPOSED


def test_a_forged_choice_closes_nothing_of_anybody_else(
    client: Client, counsellor: Any, desk: Browser
) -> None:
    begun = started(client)
    PlacementFactory(client=client)
    strangers = PlacementFactory(client=ClientFactory(counsellor=counsellor))
    answer = desk.post(_url(begun), {"placements": [f"{strangers.public_id}"], "reason": "filled_otherwise"})
    assert answer.status_code == 422
    services.close_others(
        started=begun, chosen=[strangers.public_id], reason=CloseReason.FILLED_OTHERWISE, by=counsellor
    )
    assert services.current_stage(strangers) is Stage.PROPOSED


def test_the_service_wants_a_start_and_one_of_two_reasons(client: Client, counsellor: Any) -> None:
    waiting, other = PlacementFactory(client=client), PlacementFactory(client=client)
    with pytest.raises(StepNotPossibleError):
        services.close_others(
            started=waiting, chosen=[other.public_id], reason=CloseReason.FILLED_OTHERWISE, by=counsellor
        )
    begun = started(client)
    with pytest.raises(StepNotPossibleError):
        services.close_others(
            started=begun, chosen=[other.public_id], reason=CloseReason.EMPLOYER_DECLINED, by=counsellor
        )
    assert not PlacementEvent.objects.filter(stage=Stage.CLOSED).exists()


def test_one_that_fails_closes_none(client: Client, counsellor: Any, monkeypatch: Any) -> None:
    begun, one, two = started(client), PlacementFactory(client=client), PlacementFactory(client=client)
    taken = services.advance

    def fails_at_the_second(**facts: Any) -> Placement:
        if facts["placement"].pk == two.pk:
            raise StepNotPossibleError
        return taken(**facts)

    monkeypatch.setattr(services, "advance", fails_at_the_second)
    with pytest.raises(StepNotPossibleError):
        services.close_others(
            started=begun, chosen=[one.public_id, two.public_id], reason=CloseReason.FILLED_OTHERWISE, by=counsellor,
        )  # fmt: skip
    assert services.current_stage(one) is Stage.PROPOSED


def test_the_pages_of_client_and_placement_show_every_way_with_its_step(
    client: Client, desk: Browser
) -> None:
    begun = started(client)
    PlacementFactory(client=client, stage=Stage.INTERVIEW, vacancy__title="Lagerhilfe")
    panel = desk.get(reverse("placements:client_panel", args=[client.public_id])).content.decode()
    detail = desk.get(reverse("placements:placement_detail", args=[begun.public_id])).content.decode()
    for page in (panel, detail):
        assert "Lagerhilfe" in page
        assert ">Gespräch" in page or "Gespräch," in page
    assert _url(begun) in detail
