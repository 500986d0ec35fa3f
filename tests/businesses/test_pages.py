"""The pages: what they show, what they refuse, how many queries they need."""

from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from businesses.models import (
    Business,
    BusinessConsultation,
    ContactAttempt,
    Event,
    Interview,
    TrainingPlace,
    Unit,
    Wave,
)
from businesses.reports import FIGURES
from businesses.services import record_interview
from iqquadrat.accounts.models import User
from iqquadrat.core.figures import Period
from iqquadrat.questionnaires.models import Answer
from tests.businesses.factories import (
    BusinessFactory,
    EventFactory,
    StreetFactory,
    TrainingPlaceFactory,
    UnitFactory,
    WaveFactory,
)

pytestmark = pytest.mark.django_db


def _form(**changes: Any) -> dict[str, Any]:
    return {
        "street": "Eisenbahnstraße", "number": "52a", "floor": "0", "position": "left", "status": "open",
        "sign_name": "Imbiss Hoa Sen", "submission": str(uuid4()),
    } | changes  # fmt: skip


def test_an_empty_register_says_what_to_do_first(as_user: Any, counsellor: User) -> None:
    page = as_user(counsellor).get(reverse("businesses:business_list")).content.decode()
    assert reverse("businesses:business_create") in page
    assert "<table" not in page


def test_filters_find_and_a_filter_without_hits_offers_all(as_user: Any, counsellor: User) -> None:
    street = StreetFactory(centre=counsellor.centre)
    client = as_user(counsellor)
    client.post(reverse("businesses:business_create"), _form())
    BusinessFactory(
        centre=counsellor.centre, premises__street=street, sign_name="", status="vacant", branch=None
    )
    address = reverse("businesses:business_list")
    assert client.get(address, {"q": "hoa SEN"}).context["page_obj"].paginator.count == 1
    assert client.get(address, {"status": "vacant"}).context["page_obj"].paginator.count == 1
    assert client.get(address, {"street": street.pk}).context["page_obj"].paginator.count == 2
    assert client.get(address, {"kind": "gastronomy"}).context["page_obj"].paginator.count == 0
    odd = client.get(
        address, {"q": "x" * 300, "street": "abc", "status": "nonsense", "sort": "drop", "page": "-4"}
    )
    assert odd.status_code == 200
    for sort in ("name", "address", "branch", "confirmed"):
        assert client.get(address, {"sort": sort}).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_lists(
    rows: int, as_user: Any, coordinator: User, django_assert_num_queries: Any
) -> None:
    client = as_user(coordinator)
    wave = WaveFactory(centre=coordinator.centre)
    for _row in range(rows):
        UnitFactory(wave=wave)
        EventFactory(centre=coordinator.centre)
    client.get(reverse("businesses:wave_list"))  # the first page of a session notes the time
    with django_assert_num_queries(10):
        client.get(reverse("businesses:business_list"))
    with django_assert_num_queries(7):
        client.get(reverse("businesses:event_list"), {"when": "past"})
    with django_assert_num_queries(13):
        client.get(reverse("businesses:wave_detail", kwargs={"public_id": wave.public_id}))


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_of_the_section(
    rows: int, unit: Unit, surveyor: User, as_user: Any, django_assert_num_queries: Any
) -> None:
    for _row in range(rows - 1):
        UnitFactory(wave=unit.wave, business__premises__street=unit.business.premises.street)
    client = as_user(surveyor)
    client.get(reverse("businesses:field_panel"))  # the first page of a session notes the time
    with django_assert_num_queries(8):
        client.get(reverse("businesses:field_home"))


def test_create_twice_edit_and_be_overtaken(as_user: Any, counsellor: User) -> None:
    client = as_user(counsellor)
    sent = _form(number="۵۲")  # Persian digits
    for _twice in (1, 2):
        assert client.post(reverse("businesses:business_create"), sent).status_code == 302
    business = Business.objects.get()
    assert business.premises.house_number == 52
    edit = reverse("businesses:business_edit", kwargs={"public_id": business.public_id})
    assert client.post(edit, _form(sign_name="Hoa Sen", revision="1")).status_code == 302
    overtaken = client.post(edit, _form(sign_name="Lotus", revision="1"))
    assert overtaken.status_code == 409
    page = overtaken.content.decode()
    assert "Hoa Sen" in page
    assert 'value="Lotus"' in page
    # Whoever has read it saves on top of the new revision.
    assert overtaken.context["form"]["revision"].value() == "2"


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": ""}, {"street": ""}, {"number": "zweiundfünfzig"}, {"number": "0"}, {"number": "99999"}, {"sign_name": ""},
        {"sign_name": "Imbiss\u202egnp"}, {"sign_name": "x" * 201}, {"status": "gone"}, {"branch": "0x1"}, {"email": "hier"},
        {"languages": ["xx"]}, {"submission": "nonsense"}, {"status": "vacant", "street": "", "number": ""}, {"floor": "9" * 50},
        {"note": "\x00"},
    ],
)  # fmt: skip
def test_bad_input_is_answered_in_words_and_nothing_is_lost(
    wrong: dict[str, Any], as_user: Any, counsellor: User
) -> None:
    response = as_user(counsellor).post(
        reverse("businesses:business_create"), _form(phone="0341 123") | wrong
    )
    assert response.status_code in (400, 422)
    if response.status_code == 422:
        assert "0341 123" in response.content.decode()
    assert not Business.objects.exists()


def test_the_business_page_shows_what_hangs_on_it(
    as_user: Any, unit: Unit, surveyor: User, counsellor: User, core: dict
) -> None:
    client, business = as_user(counsellor), unit.business
    interview = record_interview(
        unit=unit, answers=core, by=surveyor, started_at=timezone.now(), completed_at=timezone.now()
    )
    place = {
        "occupation": "Koch/Köchin",
        "created_on": "2026-09-01",
        "reason": "first_time",
        "submission": str(uuid4()),
    }
    talk = {
        "held_at": "2026-09-02T10:00", "minutes": "45", "channel": "on_site", "topic": "tax", "agreed": "Termin beim Steuerbüro",
        "submission": str(uuid4()),
    }  # fmt: skip
    for name, data in (("training_place_create", place), ("consultation_create", talk)):
        address = reverse(f"businesses:{name}", kwargs={"public_id": business.public_id})
        assert client.post(address, {}).status_code == 422
        for _twice in (1, 2):
            assert client.post(address, data).status_code == 302
    assert TrainingPlace.objects.count() == BusinessConsultation.objects.count() == 1
    page = client.get(
        reverse("businesses:business_detail", kwargs={"public_id": business.public_id})
    ).content.decode()
    for text in ("Koch/Köchin", "Termin beim Steuerbüro", unit.wave.name, "business_survey 1"):
        assert text in page
    answers = client.get(
        reverse("interviews:interview_detail", kwargs={"public_id": interview.public_id})
    ).content.decode()
    for text in ("Suppen und Nudeln", "Inhaber/in", "Vietnamesisch", "1998"):
        assert text in answers


def test_an_event_with_the_businesses_that_came(as_user: Any, counsellor: User) -> None:
    business = BusinessFactory(centre=counsellor.centre)
    foreign = BusinessFactory()
    data = {
        "kind": "regulars_table", "title": "Stammtisch im Juni", "at": "2008-06-05T19:00", "head_count": "9", "languages": ["vi"],
        "businesses": [business.pk], "submission": str(uuid4()),
    }  # fmt: skip
    client = as_user(counsellor)
    assert (
        client.post(reverse("businesses:event_create"), data | {"businesses": [foreign.pk]}).status_code
        == 422
    )
    assert client.post(reverse("businesses:event_create"), data).status_code == 302
    assert Event.objects.get().attendances.get().business == business
    assert (
        "Stammtisch im Juni"
        in client.get(reverse("businesses:event_list"), {"when": "past"}).content.decode()
    )


def test_a_wave_is_planned_and_walked(as_user: Any, survey: Any, coordinator: User, surveyor: User) -> None:
    business = BusinessFactory(centre=coordinator.centre)
    street = business.premises.street
    client = as_user(coordinator)
    today = timezone.localdate().isoformat()
    data = {
        "name": "Juli",
        "starts_on": today,
        "ends_on": today,
        "streets": [street.pk],
        "submission": str(uuid4()),
    }
    assert client.post(reverse("businesses:wave_create"), data | {"ends_on": "2001-01-01"}).status_code == 422
    for _twice in (1, 2):
        assert client.post(reverse("businesses:wave_create"), data).status_code == 302
    wave = Wave.objects.get()
    again = client.post(reverse("businesses:wave_create"), data | {"submission": str(uuid4())})
    assert again.status_code == 422
    sections = reverse("businesses:section_assign", kwargs={"public_id": wave.public_id})
    section = {"surveyor": surveyor.pk, "street": street.pk, "side": "both"}
    assert client.post(sections, section | {"number_from": "9", "number_to": "3"}).status_code == 422
    assert client.post(sections, section | {"surveyor": coordinator.pk}).status_code == 422
    assert client.post(sections, section).status_code == 302
    assert business.sign_name in as_user(surveyor).get(reverse("businesses:field_home")).content.decode()
    assert wave.name in as_user(surveyor).get(reverse("businesses:field_panel")).content.decode()
    assert wave.name in client.get(reverse("businesses:wave_list")).content.decode()


def test_a_refusal_in_two_taps(as_user: Any, unit: Unit, surveyor: User) -> None:
    client = as_user(surveyor)
    refusal = reverse("businesses:refusal", kwargs={"pk": unit.pk})
    assert refusal in client.get(reverse("businesses:unit_detail", kwargs={"pk": unit.pk})).content.decode()
    assert client.post(refusal, {"reason": "because"}).status_code == 422
    data = {"reason": "no_time", "submission": str(uuid4())}
    for _twice in (1, 2):
        assert client.post(refusal, data).status_code == 302
    assert [(a.disposition, a.reason) for a in ContactAttempt.objects.all()] == [("refusal", "no_time")]


def test_nobody_reached_in_one_tap(as_user: Any, unit: Unit, surveyor: User) -> None:
    client, address = as_user(surveyor), reverse("businesses:attempt_create", kwargs={"pk": unit.pk})
    assert client.post(address, {"disposition": "complete"}).status_code == 422
    assert client.post(address, {"disposition": "no_contact", "note": "Rollladen zu"}).status_code == 302
    unit.refresh_from_db()
    assert unit.disposition == "no_contact"


def test_another_section_is_not_there(as_user: Any, unit: Unit, surveyor: User) -> None:
    other = UnitFactory(wave=unit.wave, business__premises__street__name="Torgauer Straße")
    client = as_user(surveyor)
    for name in ("unit_detail", "refusal"):
        assert client.get(reverse(f"businesses:{name}", kwargs={"pk": other.pk})).status_code == 404
    assert client.post(reverse("businesses:interview_begin", kwargs={"pk": other.pk})).status_code == 404


def _sent(question: Any, core: dict[str, Any]) -> dict[str, Any]:
    """What a surveyor ticks for one question: the core as given, everything else "no answer"."""
    raw = core.get(question.name)
    if raw is None:
        return {question.name: "-"} if question.options else {f"{question.name}-": "1"}
    return {question.name: raw["choices"] if "choices" in raw else str(raw["value"])}


def test_an_interview_from_the_door_to_the_figure(
    as_user: Any, unit: Unit, surveyor: User, coordinator: User, core: dict[str, Any]
) -> None:
    client = as_user(surveyor)
    begin = reverse("businesses:interview_begin", kwargs={"pk": unit.pk})
    start = {"language": "vi", "with_interpreter": "on", "submission": str(uuid4())}
    response = client.post(begin, start, follow=True)
    assert client.post(begin, start).status_code == 302
    interview = Interview.objects.get()
    asked: list[str] = []
    while "form" in response.context:
        form = response.context["form"]
        asked += [question.name for question in form.questions]
        address = response.wsgi_request.path
        empty = client.post(address, {"seq": form.seq, "op_id": str(form.op_id)})
        assert empty.status_code == 422
        data = {"seq": form.seq, "op_id": str(form.op_id)}
        for question in form.questions:
            data |= _sent(question, core)
        client.post(address, data)  # sent twice
        response = client.post(address, data, follow=True)
        assert response.status_code == 200
    assert len(asked) == len(set(asked)) == interview.response.answers.count()
    assert "v28_1_hours" in asked
    assert not {"v06_country", "v28_2_field", "v30_german_cooking"} & set(asked)
    finish = reverse("interviews:interview_finish", kwargs={"public_id": interview.public_id})
    assert client.post(finish, {"note": "Sehr \x00"}).status_code == 422
    assert client.post(finish, {"note": "Sehr freundlich"}).status_code == 302
    interview.refresh_from_db()
    assert (interview.disposition, interview.note, interview.with_interpreter) == (
        "complete",
        "Sehr freundlich",
        True,
    )
    assert client.get(finish).status_code == 404  # handed in
    today = timezone.localdate()
    period = Period(starts_on=today, ends_on=today, centre_ids=(coordinator.centre_id,))
    counted = {figure.code: figure.count(period) for figure in FIGURES}
    assert (
        counted["businesses_surveyed"] == counted["businesses_registered"] == counted["vacancies_named"] == 1
    )
    for figure in FIGURES:
        for row in figure.rows(period):
            assert all(column(row) is not None for _name, column in figure.columns)
            assert figure.link is None or figure.link(row)


def test_a_second_window_is_told(as_user: Any, unit: Unit, surveyor: User) -> None:
    client = as_user(surveyor)
    client.post(reverse("businesses:interview_begin", kwargs={"pk": unit.pk}), {"language": "de"})
    interview = Interview.objects.get()
    address = reverse("interviews:question", kwargs={"public_id": interview.public_id, "key": "v09_heads"})
    form = client.get(address).context["form"]
    assert client.post(address, {"seq": form.seq, "op_id": str(uuid4()), "v09_heads": "4"}).status_code == 302
    overtaken = client.post(address, {"seq": form.seq, "op_id": str(form.op_id), "v09_heads": "9"})
    assert overtaken.status_code == 409
    assert 'value="4"' in overtaken.content.decode()
    assert Answer.objects.get().number == 4


@pytest.mark.parametrize("typed", ["viele", "-3", "1" * 400, "1e9", "\u202e4", "4\x00", ""])
def test_a_wrong_number_stays_on_the_page(typed: str, as_user: Any, unit: Unit, surveyor: User) -> None:
    client = as_user(surveyor)
    client.post(reverse("businesses:interview_begin", kwargs={"pk": unit.pk}), {"language": "de"})
    address = reverse(
        "interviews:question", kwargs={"public_id": Interview.objects.get().public_id, "key": "v09_heads"}
    )
    response = client.post(address, {"v09_heads": typed, "seq": "9" * 40, "op_id": "x"})
    assert response.status_code in (400, 422)
    assert not Answer.objects.exists()


def test_figures_of_training_places(coordinator: User) -> None:
    TrainingPlaceFactory(business__centre=coordinator.centre, programme_code="iq-quadrat")
    TrainingPlaceFactory()
    figure = next(figure for figure in FIGURES if figure.code == "training_places_created")
    import datetime as dt

    period = Period(
        starts_on=dt.date(2007, 7, 1),
        ends_on=dt.date(2008, 9, 30),
        centre_ids=(coordinator.centre_id,),
        programme_code="iq-quadrat",
    )
    assert figure.count(period) == 1
