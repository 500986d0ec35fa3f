"""A wave in figures, worked by hand; closing it; the call-backs on their page."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.board import board_of
from businesses.models import CallBack, Unit, Wave
from iqquadrat.accounts.models import User
from tests.businesses.factories import (
    AssignmentFactory,
    InterviewFactory,
    StreetFactory,
    UnitFactory,
    WaveFactory,
)
from tests.fixtures.people import UserFactory


def _url(name: str, wave: Wave, **more: Any) -> str:
    return reverse(f"businesses:{name}", kwargs={"public_id": wave.public_id, **more})


def _street(coordinator: User, results: dict[int, str]) -> Wave:
    wave = WaveFactory(centre=coordinator.centre)
    street = StreetFactory(centre=coordinator.centre)
    now = timezone.now()
    for number, result in results.items():
        unit = UnitFactory(
            wave=wave,
            business__premises__street=street,
            business__premises__house_number=number,
            disposition=result,
        )
        if result == "complete":
            InterviewFactory(
                wave=wave, business=unit.business, disposition=result, started_at=now - dt.timedelta(minutes=20),
                completed_at=now,
            )  # fmt: skip
    return wave


def test_the_figures_of_a_street(coordinator: User) -> None:
    wave = _street(coordinator, {1: "complete", 2: "refusal", 3: "", 4: "complete", 5: "ineligible"})
    street = wave.units.first().business.premises.street
    one, two = (UserFactory(centre=coordinator.centre, roles=["surveyor"]) for _each in (1, 2))
    AssignmentFactory(wave=wave, street=street, surveyor=one, side="odd")
    AssignmentFactory(wave=wave, street=street, surveyor=two, number_from=3, number_to=4)
    board = board_of(wave, Unit.objects.filter(wave=wave))
    assert (board.whole.units, board.whole.rates.rr1, board.minutes) == (5, 0.5, 20)
    assert (board.without_surveyor, board.with_several) == (1, 1)  # number 2; number 3
    sides = dict(board.parts)[board.parts[0][0]]
    assert [(row.units, row.rates.rr1) for row in sides] == [(2, 0.5), (3, 0.5)]
    for _title, rows in board.parts:
        assert sum(row.units for row in rows) == 5
    assert [(day.number, day.so_far) for day in board.days] == [(2, 2)]
    assert [number for _name, number in board.spoken] == [2]


@pytest.mark.parametrize("number", [1, 3])
def test_the_number_of_queries_stays(
    coordinator: User, as_user: Any, django_assert_num_queries: Any, number: int
) -> None:
    wave = _street(coordinator, dict.fromkeys(range(1, number + 1), "complete"))
    with django_assert_num_queries(8):
        board_of(wave, Unit.objects.visible_to(coordinator).filter(wave=wave))


def test_closing_and_opening_on_the_page(as_user: Any, coordinator: User) -> None:
    wave, client = WaveFactory(centre=coordinator.centre), as_user(coordinator)
    assert _url("wave_close", wave) in client.get(_url("wave_board", wave)).content.decode()
    client.post(_url("wave_close", wave))
    page = client.get(_url("wave_board", wave)).content.decode()
    assert _url("wave_reopen", wave) in page
    assert _url("wave_close", wave) not in page
    client.post(_url("wave_reopen", wave))
    wave.refresh_from_db()
    assert wave.closed_at is None
    assert client.post(_url("wave_delete", wave)).status_code == 302
    assert not Wave.objects.exists()


def test_call_backs_are_drawn_and_noted(as_user: Any, coordinator: User) -> None:
    wave, client = _street(coordinator, {1: "complete"}), as_user(coordinator)
    for _twice in (1, 2):
        client.post(_url("call_back_draw", wave))
    row = CallBack.objects.get()
    note = _url("call_back_note", wave, pk=row.pk)
    assert note in client.get(_url("call_backs", wave)).content.decode()
    bad = client.post(note, {f"{row.pk}-outcome": "", f"{row.pk}-note": "rief zurück"})
    assert bad.status_code == 422
    assert "rief zurück" in bad.content.decode()
    assert client.post(note, {f"{row.pk}-outcome": "confirmed", f"{row.pk}-minutes": "20"}).status_code == 302
    row.refresh_from_db()
    assert (row.outcome, row.minutes) == ("confirmed", 20)
    other = WaveFactory(centre=coordinator.centre)
    assert client.post(_url("call_back_note", other, pk=row.pk), {}).status_code == 404
