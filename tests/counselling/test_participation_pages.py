"""Pages of participations: entry with and without a yes, conflict, leaving, the questions, the day view."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling.models import Client, Consent, Participation, ParticipationQuestion, ParticipationSensitive
from iqquadrat.accounts.models import User
from placements.categories import Category
from tests.counselling.factories import ClientFactory, ConsultationFactory
from tests.counselling.participating import CODE, ParticipationFactory, SensitiveFactory, esf_programme
from tests.placements.factories import started

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def programme(counsellor: User) -> Any:
    return esf_programme(
        counsellor.centre, starts_on=TODAY - dt.timedelta(days=400), ends_on=TODAY + dt.timedelta(days=100)
    )


@pytest.fixture
def client(counsellor: User, programme: Any) -> Client:
    return ClientFactory(
        counsellor=counsellor, gender="female", labour_market_status="unemployed_long", school_isced="3", residence_status="tolerated",
        birth_date=dt.date(1990, 4, 1), birth_precision="day",
    )  # fmt: skip


@pytest.fixture
def desk(counsellor: User, as_user: Any) -> Browser:
    return as_user(counsellor)


def _typed(**facts: str) -> dict[str, str]:
    return {
        "submission": str(uuid4()), "entered_on": f"{TODAY}", "gender": "woman", "status": "long_term", "isced": "3",
        "third_country": "yes", "foreign_background": "yes", "minority": "", "disability": "", "homeless": "", "rural": "",
    } | facts  # fmt: skip


def test_the_record_fills_the_form(client: Client, desk: Browser) -> None:
    page = desk.get(reverse("counselling:participation_enter", args=[client.public_id]))
    form = page.context["form"]
    assert {name: form[name].value() for name in ("programme_code", "gender", "status", "isced", "third_country", "foreign_background")} == {
        "programme_code": CODE, "gender": "woman", "status": "long_term", "isced": "3", "third_country": "yes", "foreign_background": "yes",
    }  # fmt: skip
    assert "age_band" not in form.fields
    assert "الصندوق الاجتماعي" in page.content.decode()


def test_what_was_only_filled_in_is_not_kept_without_a_yes(client: Client, desk: Browser) -> None:
    url = reverse("counselling:participation_enter", args=[client.public_id])
    assert desk.post(url, _typed()).status_code == 302
    assert Participation.objects.get().age_band == "from_30"
    assert not ParticipationSensitive.objects.exists()
    assert not Consent.objects.exists()


def test_an_answer_needs_a_yes_and_nothing_typed_is_lost(client: Client, desk: Browser) -> None:
    url = reverse("counselling:participation_enter", args=[client.public_id])
    refused = desk.post(url, _typed(disability="yes"))
    assert refused.status_code == 422
    assert refused.context["form"]["disability"].value() == "yes"
    assert list(refused.context["form"].errors) == ["agrees"]
    assert desk.post(url, _typed(disability="yes", agrees="on", explained_in="ar")).status_code == 302
    assert ParticipationSensitive.objects.get().disability == "yes"
    assert Consent.objects.get().explained_in == "ar"


def test_two_who_correct_see_both_versions(client: Client, desk: Browser) -> None:
    row = ParticipationFactory(client=client, entered_on=TODAY)
    url = reverse("counselling:participation_edit", args=[row.public_id])
    typed = {
        "revision": "1", "entered_on": f"{TODAY}", "gender": "woman", "status": "employed", "isced": "3", "explained_in": "ar",
    }  # fmt: skip
    assert desk.post(url, typed).status_code == 302
    late = desk.post(url, typed | {"status": "inactive"})
    assert late.status_code == 409
    assert late.context["form"]["status"].value() == "inactive"
    assert len(late.context["theirs"]) == 1
    assert Participation.objects.get().status == "employed"


def test_from_leaving_to_the_answer_and_back(client: Client, desk: Browser) -> None:
    row = ParticipationFactory(client=client, entered_on=TODAY - dt.timedelta(days=20))
    leave = reverse("counselling:participation_leave", args=[row.public_id])
    assert desk.post(leave, {"revision": "1", "left_on": "1.1.1999"}).status_code == 422
    assert desk.post(leave, {"revision": "1", "left_on": f"{TODAY}"}).status_code == 302
    question = ParticipationQuestion.objects.get(kind="leaving")
    answer = reverse("counselling:question_answer", args=[question.public_id])
    typed = {
        "revision": "1",
        "answer": "known",
        "results": ["in_education"],
        "source": "client",
        "asked_on": f"{TODAY}",
    }
    assert (
        desk.post(answer, typed | {"results": ["job_searching"]}).status_code == 422
    )  # was unemployed at entry
    assert desk.post(answer, {**typed, "source": ""}).status_code == 422
    assert desk.post(answer, typed).status_code == 302
    assert desk.post(answer, typed).status_code == 409
    tab = desk.get(
        reverse("counselling:client_participations", args=[client.public_id]), headers={"HX-Request": "true"}
    ).content.decode()
    assert "in Schule, Ausbildung oder Weiterbildung" in tab
    back = reverse("counselling:participation_return", args=[row.public_id])
    desk.post(back, {"revision": "2"})
    assert Participation.objects.get().left_on == TODAY  # answered: the day stands
    desk.post(reverse("counselling:question_clear", args=[question.public_id]), {"revision": "2"})
    desk.post(back, {"revision": "2"})
    assert Participation.objects.get().left_on is None


def test_a_placement_on_record_fills_the_answer(client: Client, desk: Browser, programme: Any) -> None:
    started(client, Category.SV_FT, TODAY - dt.timedelta(days=3), programme_code=CODE)
    row = ParticipationFactory(client=client, entered_on=TODAY - dt.timedelta(days=20), left_on=TODAY)
    question = ParticipationQuestion.objects.create(participation=row, kind="leaving", due_on=TODAY)
    form = desk.get(reverse("counselling:question_answer", args=[question.public_id])).context["form"]
    assert (form["answer"].value(), form["results"].value(), form["source"].value()) == (
        "known",
        ["in_employment"],
        "placement",
    )


def test_the_day_view_shows_whom_to_ask_and_who_may_enter(
    client: Client, counsellor: User, desk: Browser
) -> None:
    url = reverse("counselling:questions_today")
    assert desk.get(url).content.decode().strip() == ""
    row = ParticipationFactory(client=ClientFactory(counsellor=counsellor), entered_on=TODAY, left_on=TODAY)
    ParticipationQuestion.objects.create(participation=row, kind="leaving", due_on=TODAY)
    ConsultationFactory(client=client, minutes=500, programme_code=CODE)
    page = desk.get(url).content.decode()
    assert reverse("counselling:question_answer", args=[row.questions.get().public_id]) in page
    assert reverse("counselling:participation_enter", args=[client.public_id]) in page


def test_the_coordination_reads_no_voluntary_answer(client: Client, coordinator: User, as_user: Any) -> None:
    row = SensitiveFactory(participation__client=client).participation
    desk = as_user(coordinator)
    for name in ("client_participations", "participation_enter"):
        assert desk.get(reverse(f"counselling:{name}", args=[client.public_id])).status_code == 403
    assert desk.get(reverse("counselling:participation_edit", args=[row.public_id])).status_code == 403
