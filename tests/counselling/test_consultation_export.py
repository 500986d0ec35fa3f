"""The list of talks as a spreadsheet: what the list shows, no names, no notes, no formula; what is too long is asked for in parts."""

import datetime as dt
import io
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from counselling.exports import consultations_workbook
from counselling.models import Attendance, Consultation
from iqquadrat.accesslog.models import Entry
from tests.counselling.factories import ClientFactory, ConsultationFactory, topic
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db
URL = "counselling:consultation_export"


def _rows(answer: Any) -> list[list[Any]]:
    sheet = load_workbook(io.BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_a_talk_is_one_row_of_facts(as_user: Any, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    held = dt.datetime(2026, 3, 2, 9, 30, tzinfo=timezone.get_current_timezone())
    talk = ConsultationFactory(
        client=client, counsellor=counsellor, held_at=held, minutes=40, languages=["ar", "de"], channel="phone",
        interpretation="volunteer", main_topic=topic("housing"), programme_code="iq", concern="Sucht Arbeit", private_note="nur ich",
    )  # fmt: skip
    talk.other_topics.add(topic("application"))
    Attendance.objects.create(consultation=talk, client=ClientFactory(counsellor=counsellor))
    answer = as_user(counsellor).get(reverse(URL))
    (row,) = _rows(answer)
    assert row == [
        held.replace(hour=0, minute=0, tzinfo=None), dt.time(9, 30), client.number, 1, str(topic("housing").name), str(topic("application").name),
        "Arabisch, Deutsch", "Ehrenamt", "Telefon", 40, None, "iq", counsellor.get_full_name(),
    ]  # fmt: skip
    for kept_back in (client.latin_family_name, "Sucht Arbeit", "nur ich"):
        assert kept_back not in f"{row}"
    assert Entry.objects.get(action="export").detail == {"format": "xlsx", "rows": 1}


def test_who_did_not_come_and_who_gave_no_name(as_user: Any, counsellor: Any) -> None:
    came_not = ClientFactory(counsellor=counsellor)
    ConsultationFactory(
        client=came_not,
        counsellor=counsellor,
        is_no_show=True,
        minutes=0,
        main_topic=None,
        languages=[],
    )
    ConsultationFactory(client=None, counsellor=counsellor, interpretation="none")
    found = {
        row[2]: (row[7] or row[4], row[9], row[10]) for row in _rows(as_user(counsellor).get(reverse(URL)))
    }
    assert found[came_not.number] == (None, 0, "ja")
    assert found[None][1:] == (45, None)


def test_the_filters_of_the_list_hold_and_nobody_gets_more_than_the_list_shows(
    as_user: Any, counsellor: Any, coordinator: Any
) -> None:
    other = UserFactory(centre=counsellor.centre)
    ConsultationFactory(client=ClientFactory(counsellor=counsellor), counsellor=counsellor, channel="phone")
    ConsultationFactory(client=ClientFactory(counsellor=other), counsellor=other, channel="video")
    elsewhere = UserFactory(roles=["coordinator"])
    for user, query, expected in (
        (counsellor, {}, 1), (counsellor, {"channel": "video"}, 0), (counsellor, {"channel": "nonsense"}, 1),
        (coordinator, {}, 2), (coordinator, {"channel": "video"}, 1), (coordinator, {"begin": "1.1.2199"}, 0), (elsewhere, {}, 0),
    ):  # fmt: skip
        assert len(_rows(as_user(user).get(reverse(URL), query))) == expected, (user.roles, query)


def test_what_looks_like_a_formula_stays_a_text(as_user: Any, coordinator: Any) -> None:
    author = UserFactory(centre=coordinator.centre, given_name="=1+1", family_name="http://example.org")
    ConsultationFactory(client=ClientFactory(counsellor=author), counsellor=author, programme_code="@SUM(A1)")
    sheet = load_workbook(io.BytesIO(as_user(coordinator).get(reverse(URL)).content)).active
    cells = {cell.value: cell for cell in sheet[2]}
    for text in ("@SUM(A1)", "=1+1 http://example.org"):
        assert (cells[text].data_type, cells[text].hyperlink) == ("s", None)


def test_too_many_are_asked_for_in_parts_with_the_filters_kept(
    as_user: Any, counsellor: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("counselling.views.consultations.MOST_AT_ONCE", 1)
    client = ClientFactory(counsellor=counsellor)
    ConsultationFactory.create_batch(2, client=client, counsellor=counsellor)
    answer = as_user(counsellor).get(reverse(URL), {"channel": ""}, follow=True)
    assert answer.redirect_chain[0][0] == reverse("counselling:consultation_list") + "?channel="
    assert "Das sind 2 Beratungen. In eine Datei passen bis zu 1" in answer.content.decode()
    assert not Entry.objects.filter(action="export").exists()


def test_statements_do_not_grow_with_the_talks(
    counsellor: Any, django_assert_num_queries: Any, desk_of_talks: Any
) -> None:
    for count in (1, 3):
        desk_of_talks(count)
        with django_assert_num_queries(3):
            consultations_workbook(Consultation.objects.facts_visible_to(counsellor))


@pytest.fixture
def desk_of_talks(counsellor: Any) -> Any:
    """So many talks, each with its client."""
    return lambda count: [
        ConsultationFactory(client=ClientFactory(counsellor=counsellor), counsellor=counsellor)
        for _talk in range(count)
    ]
