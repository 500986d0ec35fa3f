"""The pages of needs: found by filters, taken over, moved on, written down by hand, and never overwritten."""

import datetime as dt
import io
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from businesses import services
from businesses.models import BusinessConsultation, Need
from iqquadrat.accounts.models import User
from iqquadrat.core.folding import search_key
from tests.businesses.factories import BusinessFactory, StreetFactory
from tests.fixtures.people import UserFactory
from tests.placements.factories import VacancyFactory

pytestmark = pytest.mark.django_db
LIST = reverse("businesses:need_list")


def _need(by: User, topic: str = "tax", **facts: Any) -> Need:
    business = facts.pop("business", None) or BusinessFactory(centre=by.centre)
    return services.open_need(business=business, topic=topic, by=by, **facts)


def _listed(client: Client, **query: Any) -> list[Need]:
    return list(client.get(LIST, query).context["page_obj"])


def _page(need: Need) -> str:
    return reverse("businesses:need_detail", args=[need.public_id])


def test_pressing_ones_first_and_every_filter_finds(as_user: Any, counsellor: User) -> None:
    client, today = as_user(counsellor), timezone.localdate()
    street = StreetFactory(centre=counsellor.centre, name="Konradstraße")
    section = services.save_section(street=street, by=counsellor, name="Anfang", number_from=1, number_to=9)
    inside = BusinessFactory(
        centre=counsellor.centre,
        sign_name="Bäckerei Nour",
        search_key=search_key("Bäckerei Nour"),
        premises__street=street,
        premises__house_number=7,
    )
    calm = _need(counsellor, business=inside, in_charge=counsellor, due_on=today - dt.timedelta(1))
    urgent = _need(counsellor, "law", urgency="urgent")
    ended = _need(counsellor, "staff")
    services.change_need(need=ended, state="done", revision=1, in_charge=ended.in_charge, by=counsellor)
    Need.objects.filter(pk=urgent.pk).update(closing_proposed_on=today)
    assert _listed(client) == [urgent, calm]
    found = {
        "all": _listed(client, state="all"), "done": _listed(client, state="done"), "topic": _listed(client, topic="law"),
        "mine": _listed(client, charge="mine"), "nobody": _listed(client, charge="nobody"), "late": _listed(client, due="overdue"),
        "over": _listed(client, due="over"), "name": _listed(client, q="BÄCKEREI"), "section": _listed(client, section=section.pk),
        "kind": _listed(client, kind="craft"), "urgency": _listed(client, urgency="some"),
    }  # fmt: skip
    assert set(found.pop("all")) == {calm, urgent, ended}
    assert found == {
        "done": [ended], "topic": [urgent], "mine": [calm], "nobody": [urgent], "late": [calm], "over": [urgent], "name": [calm],
        "section": [calm], "kind": [], "urgency": [calm],
    }  # fmt: skip
    assert _listed(client, sort="business")[0] == calm
    assert _listed(client, sort="nonsense", state="x", section="abc") == [urgent, calm]


def test_needs_of_another_centre_are_unknown(as_user: Any, counsellor: User, stranger: User) -> None:
    need = _need(counsellor)
    client = as_user(stranger)
    assert _listed(client, state="all") == []
    assert client.get(_page(need)).status_code == 404
    assert client.post(reverse("businesses:need_take", args=[need.public_id])).status_code == 404
    assert Need.objects.get().in_charge is None


def test_the_spreadsheet_holds_what_the_list_shows_and_no_formula(
    as_user: Any, coordinator: User, counsellor: User
) -> None:
    business = BusinessFactory(centre=coordinator.centre, sign_name="=HYPERLINK(1)")
    _need(coordinator, business=business, words="@SUM(1)")
    _need(coordinator, "law")
    address = reverse("businesses:need_export")
    answer = as_user(coordinator).get(address, {"topic": "tax"})
    [sheet] = [CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()]
    assert len(sheet) == 2
    assert (sheet[1][0], sheet[1][-1]) == ("=HYPERLINK(1)", "@SUM(1)")
    assert as_user(counsellor).get(address).status_code == 403


def test_taken_over_from_the_list_one_comes_back_to_it(as_user: Any, counsellor: User) -> None:
    need = _need(counsellor)
    answer = as_user(counsellor).post(
        reverse("businesses:need_take", args=[need.public_id]), {"next": f"{LIST}?charge=nobody"}
    )
    assert answer["Location"] == f"{LIST}?charge=nobody"
    assert Need.objects.get().in_charge == counsellor


def test_a_step_with_its_note_and_the_one_who_came_late(as_user: Any, counsellor: User) -> None:
    need, client = _need(counsellor), as_user(counsellor)
    sent = {
        "state": "in_advice",
        "urgency": "urgent",
        "note": "Termin im Laden",
        "due_on": "2031-05-04",
        "revision": 1,
    }
    assert client.post(_page(need), sent).status_code == 302
    need.refresh_from_db()
    assert (need.state, need.urgency, str(need.due_on)) == ("in_advice", "urgent", "2031-05-04")
    late = client.post(_page(need), sent | {"state": "done", "note": "schon fertig"})
    assert late.status_code == 409
    text = late.content.decode()
    assert "schon fertig" in text
    assert "Termin im Laden" in text
    again = client.post(_page(need), sent | {"state": "done", "note": "schon fertig", "revision": 2})
    assert again.status_code == 302
    need.refresh_from_db()
    assert (need.state, need.due_on, need.closed_by) == ("done", None, counsellor)


def test_by_hand_once_and_a_topic_that_runs_leads_to_it(as_user: Any, counsellor: User) -> None:
    business, client = BusinessFactory(centre=counsellor.centre), as_user(counsellor)
    address = reverse("businesses:need_create", args=[business.public_id])
    sent = {
        "topic": "tax",
        "urgency": "some",
        "source": "visit",
        "words": "Brief vom Finanzamt",
        "submission": str(uuid4()),
    }
    assert client.post(address, sent)["Location"] == client.post(address, sent)["Location"]
    other = client.post(address, sent | {"submission": str(uuid4()), "words": "noch ein Brief"})
    assert other.status_code == 422
    assert "noch ein Brief" in other.content.decode()
    assert _page(Need.objects.get()) in other.content.decode()
    assert client.post(address, sent | {"source": "interview", "topic": "law"}).status_code == 422


def test_a_talk_about_a_need_moves_it_and_is_followed_up(as_user: Any, counsellor: User) -> None:
    need, client = _need(counsellor), as_user(counsellor)
    address = reverse("businesses:consultation_create", args=[need.business.public_id])
    assert str(need.public_id) in client.get(address, {"need": need.public_id}).content.decode()
    sent = {
        "held_at": f"{timezone.localtime() - dt.timedelta(hours=1):%Y-%m-%dT%H:%M}", "minutes": 45, "channel": "on_site", "topic": "tax",
        "need": str(need.public_id), "need_state": "done", "follow_up_on": f"{timezone.localdate()}", "submission": str(uuid4()),
    }  # fmt: skip
    assert client.post(address, sent)["Location"] == _page(need)
    assert client.post(address, sent)["Location"] == _page(need)
    talk = BusinessConsultation.objects.get()
    need.refresh_from_db()
    assert (talk.need, need.state, need.in_charge) == (need, "done", counsellor)
    panel = reverse("businesses:needs_panel")
    assert need.business.display_name in client.get(panel).content.decode()
    BusinessConsultation.objects.create(
        business=need.business, counsellor=counsellor, held_at=timezone.now(), minutes=5, topic="tax"
    )
    assert need.business.display_name not in client.get(panel).content.decode()


def test_the_day_view_has_what_is_due_to_me(as_user: Any, counsellor: User, coordinator: User) -> None:
    today = timezone.localdate()
    mine = _need(counsellor, in_charge=counsellor, due_on=today)
    _need(counsellor, in_charge=coordinator, due_on=today)
    _need(counsellor, in_charge=counsellor, due_on=today + dt.timedelta(30))
    _need(counsellor)
    context = as_user(counsellor).get(reverse("businesses:needs_panel")).context
    assert (list(context["needs"]), context["nobodys"]) == ([mine], 1)


def test_staff_needs_show_the_vacancies_of_the_business(as_user: Any, counsellor: User) -> None:
    need = _need(counsellor, "staff")
    VacancyFactory(centre=counsellor.centre, business=need.business, state="draft")
    panel = reverse("placements:business_panel", args=[need.business.public_id])
    client = as_user(counsellor)
    assert panel in client.get(_page(need)).content.decode()
    assert panel not in client.get(_page(_need(counsellor))).content.decode()


def test_a_need_is_given_to_a_colleague(as_user: Any, counsellor: User) -> None:
    client = as_user(counsellor)
    need = _need(counsellor, in_charge=counsellor)
    colleague = UserFactory(
        centre=counsellor.centre, roles=["counsellor"], given_name="Lan", family_name="Pham"
    )
    stranger = UserFactory(roles=["counsellor"])
    step = {
        "state": "open",
        "urgency": "some",
        "note": "Lan spricht Vietnamesisch",
        "revision": need.revision,
    }
    assert client.post(_page(need), step | {"in_charge": stranger.pk}).status_code == 422
    client.post(_page(need), step | {"in_charge": colleague.pk})
    need.refresh_from_db()
    assert need.in_charge == colleague
    assert "Lan Pham" in client.get(_page(need)).content.decode()
    # Whoever has left stays named until somebody else is.
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    client.post(_page(need), step | {"in_charge": colleague.pk, "revision": need.revision, "note": "weiter"})
    need.refresh_from_db()
    assert need.in_charge == colleague
