"""Work and income, levels of languages: entries with days, what held at entry stays what reports count."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling import services
from counselling.errors import (
    BeforeEntryError,
    FutureDayError,
    LanguageKnownError,
    NotAllowedError,
    RecordChangedError,
    SituationKnownError,
)
from counselling.law import income_choices, income_label
from counselling.models import Client, LanguageSkill, Situation
from counselling.queries import current_situation, entry_day
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import User
from tests.counselling.factories import ChargeFactory, ClientFactory, LanguageSkillFactory, SituationFactory
from tests.fixtures.people import UserFactory

pytestmark = pytest.mark.django_db

MAY = dt.date(2026, 5, 4)


@pytest.fixture
def client(counsellor: User) -> Client:
    return ClientFactory(counsellor=counsellor, labour_market_status="unemployed_long", income_type="sgb2")


@pytest.fixture
def desk(counsellor: User, as_user: Any) -> Browser:
    return as_user(counsellor)


# --- What the database says -----------------------------------------------------------------------------
def test_the_database_refuses_a_situation(client: Client) -> None:
    SituationFactory(client=client)
    for wrong in (
        {},
        {"since": MAY + dt.timedelta(1), "labour_market_status": "", "income_type": ""},
        {"since": dt.date(1989, 12, 31)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SituationFactory(client=client, **wrong)


@pytest.mark.parametrize("wrong", [{}, {"language": "xx"}, {"language": "de", "speaking": ""}, {"language": "de", "source": "kiosk"}], ids=str)  # fmt: skip
def test_the_database_refuses_a_language_level(client: Client, wrong: dict[str, Any]) -> None:
    LanguageSkillFactory(client=client)
    with pytest.raises(IntegrityError), transaction.atomic():
        LanguageSkillFactory(client=client, **wrong)


def test_answers_at_the_pc_are_no_source_of_a_level() -> None:
    assert {code for code, _label in LanguageSkill._meta.get_field("source").flatchoices} == {
        "self", "certificate", "counsellor",
    }  # fmt: skip


# --- The law's names --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2007, 7, 2), "Arbeitslosengeld II"), (dt.date(2022, 12, 31), "Arbeitslosengeld II"),
        (dt.date(2023, 1, 1), "Bürgergeld"), (dt.date(2026, 6, 30), "Bürgergeld"),
        (dt.date(2026, 7, 1), "Grundsicherungsgeld"),
    ],
)  # fmt: skip
def test_an_income_is_called_what_it_was_called_on_that_day(day: dt.date, name: str) -> None:
    assert income_label("sgb2", day) == f"{name} (SGB II)"
    assert ("sgb2", f"{name} (SGB II)") in income_choices(day)


def test_what_never_changed_its_name_keeps_it() -> None:
    assert income_label("", MAY) == ""
    assert income_label("sgb3", MAY) == income_label("sgb3", dt.date(2007, 1, 1)) != ""


# --- Work and income --------------------------------------------------------------------------------------
def test_today_holds_what_changed_last_and_entry_stays(client: Client, counsellor: User) -> None:
    assert current_situation(client).labour_market_status == "unemployed_long"
    first = services.add_situation(client=client, by=counsellor, since=MAY, labour_market_status="marginal")
    services.add_situation(
        client=client, by=counsellor, since=MAY + dt.timedelta(9), labour_market_status="employed"
    )
    assert current_situation(client).labour_market_status == "employed"
    client.refresh_from_db()
    assert (client.labour_market_status, client.revision) == ("unemployed_long", 1)
    services.delete_situation(situation=client.situations.first(), by=counsellor)
    assert current_situation(client) == first
    assert {
        entry.detail["client"] for entry in Entry.objects.filter(object_type="counselling.situation")
    } == {client.pk}


def test_a_change_lies_between_entry_and_today_and_is_noted_once(client: Client, counsellor: User) -> None:
    facts: dict[str, Any] = {"client": client, "by": counsellor, "labour_market_status": "employed"}
    assert entry_day(client) == client.in_charge_since
    with pytest.raises(BeforeEntryError):
        services.add_situation(**facts, since=client.in_charge_since)
    with pytest.raises(FutureDayError):
        services.add_situation(**facts, since=timezone.localdate() + dt.timedelta(1))
    key = uuid.uuid4()
    made = services.add_situation(**facts, since=MAY, submission=key)
    assert services.add_situation(**facts, since=MAY, submission=key) == made
    with pytest.raises(SituationKnownError):
        services.add_situation(**facts, since=MAY)
    other = services.add_situation(**facts, since=MAY + dt.timedelta(1))
    with pytest.raises(SituationKnownError):
        services.correct_situation(
            situation=other, by=counsellor, revision=1, since=MAY, labour_market_status="", income_type="own"
        )


def test_entry_is_the_first_day_even_after_handing_over(
    client: Client, counsellor: User, coordinator: User
) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    services.reassign_client(client=client, counsellor=colleague, by=coordinator)
    client.refresh_from_db()
    assert entry_day(client) == dt.date(2026, 2, 3) < client.in_charge_since
    assert services.add_situation(client=client, by=colleague, since=MAY, income_type="own").pk


def test_only_the_team_changes_histories(client: Client, counsellor: User, stranger: User) -> None:
    colleague = UserFactory(centre=counsellor.centre)
    row, skill = SituationFactory(client=client), LanguageSkillFactory(client=client)
    for other in (stranger, colleague):
        with pytest.raises(NotAllowedError):
            services.add_situation(client=client, by=other, since=MAY, income_type="own")
        with pytest.raises(NotAllowedError):
            services.delete_situation(situation=row, by=other)
        with pytest.raises(NotAllowedError):
            services.delete_language_skill(skill=skill, by=other)
    ChargeFactory(client=client, user=colleague)
    services.delete_situation(situation=row, by=colleague)
    assert not Situation.objects.exists()


# --- Languages --------------------------------------------------------------------------------------------
def test_a_language_that_is_spoken_stands_among_the_spoken_ones(client: Client, counsellor: User) -> None:
    def add(language: str, **levels: str) -> LanguageSkill:
        return services.add_language_skill(
            client=client, by=counsellor, language=language, source="self", **levels
        )

    german = add("de", speaking="a2", reading="a1")
    add("tr", speaking="none", reading="b1")
    client.refresh_from_db()
    assert client.spoken_languages == ["ar", "ku", "de"]
    with pytest.raises(LanguageKnownError):
        add("de", speaking="b1")
    changed = services.correct_language_skill(
        skill=german,
        by=counsellor,
        revision=1,
        source="certificate",
        speaking="b1",
        reading="b1",
        noted_on=MAY,
    )
    assert (changed.speaking, changed.source, changed.noted_on) == ("b1", "certificate", MAY)
    with pytest.raises(RecordChangedError):
        services.correct_language_skill(
            skill=german, by=counsellor, revision=1, source="self", speaking="b1", reading="", noted_on=MAY
        )
    services.delete_language_skill(skill=german, by=counsellor)
    client.refresh_from_db()
    assert "de" in client.spoken_languages


# --- Pages ------------------------------------------------------------------------------------------------
def test_a_change_of_work_on_the_page(desk: Browser, client: Client) -> None:
    add = reverse("counselling:situation_add", args=[client.public_id])
    assert desk.get(add).context["form"]["labour_market_status"].value() == "unemployed_long"
    typed = {
        "submission": str(uuid.uuid4()), "since": "۴.۵.۲۰۲۶", "labour_market_status": "marginal", "income_type": "sgb2",
    }  # fmt: skip
    for _again in range(2):
        assert desk.post(add, typed).status_code == 302
    row = client.situations.get()
    page = desk.get(reverse("counselling:client_data", args=[client.public_id])).content.decode()
    for text in ("4.5.2026", "Bürgergeld (SGB II)", "bei Aufnahme, 3.2.2026", "arbeitslos über 12 Monate"):
        assert text in page, text
    assert "Minijob" in page or "geringfügig" in page
    edit = reverse("counselling:situation_edit", args=[row.pk])
    assert desk.get(edit).status_code == 200
    corrected = {
        "since": "2026-05-05",
        "labour_market_status": "employed",
        "income_type": "own",
        "revision": "1",
    }
    assert desk.post(edit, corrected).status_code == 302
    late = desk.post(edit, corrected | {"income_type": "family"})
    assert late.status_code == 409
    assert [row[0] for row in late.context["theirs"]] == ["Lebt von"]
    again = corrected | {"income_type": "family", "revision": late.context["form"]["revision"].value()}
    assert desk.post(edit, again).status_code == 302
    assert desk.post(reverse("counselling:situation_delete", args=[row.pk])).status_code == 302
    assert not client.situations.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"since": ""}, {"since": "3.2.2026"}, {"since": "1.1.2199"}, {"since": "0001-01-01"}, {"since": "x" * 40},
        {"labour_market_status": "", "income_type": ""}, {"labour_market_status": "king"}, {"income_type": "\x00"},
        {"submission": "x"},
    ],
    ids=lambda wrong: str(wrong)[:40],
)  # fmt: skip
def test_bad_input_of_a_change_is_answered_in_words(
    desk: Browser, client: Client, wrong: dict[str, str]
) -> None:
    typed = {
        "submission": str(uuid.uuid4()),
        "since": "4.5.2026",
        "labour_market_status": "marginal",
        "income_type": "own",
    }
    answer = desk.post(reverse("counselling:situation_add", args=[client.public_id]), typed | wrong)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not client.situations.exists()


def test_levels_of_a_language_on_the_page(desk: Browser, client: Client) -> None:
    add = reverse("counselling:language_add", args=[client.public_id])
    form = desk.get(add, {"language": "ku"}).context["form"]
    assert form["language"].value() == "ku"
    assert [code for code, _label in form.fields["language"].choices][:3] == ["", "ar", "ku"]
    typed = {
        "submission": str(uuid.uuid4()), "language": "de", "speaking": "b1", "reading": "a2", "source": "certificate",
        "noted_on": "4.5.2026",
    }  # fmt: skip
    for _again in range(2):
        assert desk.post(add, typed).status_code == 302
    skill = client.language_skills.get()
    page = desk.get(reverse("counselling:client_data", args=[client.public_id])).content.decode()
    for text in ("B1", "A2", "Zertifikat, 4.5.2026"):
        assert text in page
    edit = reverse("counselling:language_edit", args=[skill.pk])
    changed = {"speaking": "b2", "reading": "b1", "source": "self", "noted_on": "5.5.2026", "revision": "1"}
    assert desk.post(edit, changed).status_code == 302
    assert desk.post(edit, changed | {"speaking": "c1"}).status_code == 409
    assert desk.get(add).context["form"].fields["language"].choices[-1][0] != "de"
    assert desk.post(reverse("counselling:language_delete", args=[skill.pk])).status_code == 302
    assert not client.language_skills.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "xx"}, {"language": ""}, {"language": "ar"}, {"speaking": "", "reading": ""}, {"speaking": "d1"}, {"source": "kiosk"},
        {"noted_on": "1.1.2199"}, {"noted_on": ""}, {"submission": ""},
    ],
    ids=str,
)  # fmt: skip
def test_bad_input_of_levels_is_answered_in_words(
    desk: Browser, client: Client, wrong: dict[str, str]
) -> None:
    LanguageSkillFactory(client=client)
    typed = {
        "submission": str(uuid.uuid4()), "language": "de", "speaking": "b1", "reading": "", "source": "self",
        "noted_on": "4.5.2026",
    }  # fmt: skip
    answer = desk.post(reverse("counselling:language_add", args=[client.public_id]), typed | wrong)
    assert answer.status_code == 422
    assert client.language_skills.count() == 1


def test_the_tables_cost_the_same_with_one_and_with_three(
    desk: Browser, client: Client, django_assert_num_queries: Any
) -> None:
    url = reverse("counselling:client_data", args=[client.public_id])
    desk.get(url)
    for number, language in ((1, "ar"), (2, "tr"), (3, "ru")):
        SituationFactory(client=client, since=MAY + dt.timedelta(number))
        LanguageSkillFactory(client=client, language=language)
        if number != 2:
            with django_assert_num_queries(QUERIES):
                desk.get(url)


QUERIES = 17
