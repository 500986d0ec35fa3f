"""The record itself: birth dates of two calendars, age groups, licences; who has given no name; the form's parts."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from counselling import search, services
from counselling.birth_dates import Birth, birth_in_words, read_birth, read_date, typed_birth
from counselling.errors import NotAllowedError, RecordChangedError
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.latin import propose_latin
from tests.counselling.factories import ClientFactory, ConsultationFactory, NamelessFactory


# --- Calendars ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "date", "precision", "calendar"),
    [
        ("1370/5/2", "1991-07-24", "day", "persian"), ("۱۳۷۰/۵/۲", "1991-07-24", "day", "persian"),
        ("2.5.1370", "1991-07-24", "day", "persian"), ("5/1370", "1991-07-23", "month", "persian"),
        ("1370/5", "1991-07-23", "month", "persian"), ("١٣٧٠", "1991-03-21", "year", "persian"),
        ("30.12.1399", "2021-03-20", "day", "persian"), ("14.3.1991", "1991-03-14", "day", "gregorian"),
        ("1991", "1991-01-01", "year", "gregorian"), ("3/1991", "1991-03-01", "month", "gregorian"),
    ],
)  # fmt: skip
def test_a_birth_date_is_read_in_the_calendar_of_its_year(
    typed: str, date: str, precision: str, calendar: str
) -> None:
    assert read_birth(typed) == (dt.date.fromisoformat(date), precision, calendar)


@pytest.mark.parametrize(
    "typed", ["30.12.1400", "1370/13/1", "32.1.1370", "31.2.1991", "0", "", "a", "9999/99/99"]
)
def test_what_is_no_birth_date(typed: str) -> None:
    assert read_birth(typed) is None


def test_days_of_the_desk_stay_gregorian() -> None:
    """An appointment in the year 1405 is a slip of the finger, not a Persian day."""
    assert read_date("2.5.1405") == (dt.date(1405, 5, 2), "day")


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2070, 1, 1)), st.sampled_from(["day", "month", "year"]), st.sampled_from(["gregorian", "persian"]))  # fmt: skip
def test_what_is_shown_can_be_typed_again(date: dt.date, precision: str, calendar: str) -> None:
    said: Any = JalaliDate(date) if calendar == "persian" else date
    first = said.replace(
        day=1 if precision != "day" else said.day, month=1 if precision == "year" else said.month
    ) if precision != "day" else said  # fmt: skip
    stored = first.to_gregorian() if calendar == "persian" else first
    shown = typed_birth(stored, precision, calendar)
    assert read_birth(shown) == Birth(stored, precision, calendar)  # type: ignore[arg-type]  # codes
    assert str(said.year) in birth_in_words(stored, precision, calendar)


def test_latin_letters_are_proposed_where_the_script_tells_them() -> None:
    assert propose_latin("Олена Коваленко") == "Olena Kovalenko"
    assert propose_latin("Анна-Мария") == "Anna-Mariya"
    assert propose_latin("გიორგი") == "Giorgi"
    for guess in ("أمل", "محمد", "فاطمه", "Nguyễn", "Amal", "李", "", "אסתר"):
        assert propose_latin(guess) == ""


# --- What the database says -----------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "anonymous"}, {"kind": "pseudonymous", "pseudonym": "Rosa"}, {"kind": "ghost"},
        {"age_band": "from_30"}, {"age_band_on": dt.date(2026, 1, 1)}, {"age_band": "x", "age_band_on": dt.date(2026, 1, 1)},
        {"age_band": "from_30", "age_band_on": dt.date(2026, 1, 1), "birth_date": dt.date(1990, 1, 1), "birth_precision": "day"},
        {"birth_calendar": "moon"}, {"driving_licences": ["none", "b"]}, {"driving_licences": ["z"]},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_record(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientFactory(**wrong)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "named"}, {"kind": "pseudonymous"}, {"pseudonym": "Rosa"}, {"aliases": "Rosa"}, {"family_name": "Haddad"},
        {"latin_given_name": "Amal"}, {"kind": "pseudonymous", "pseudonym": "Rosa", "given_name": "Amal"},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_half_a_name(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        NamelessFactory(**wrong)


# --- Without a name -------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_somebody_without_a_name_is_found_by_number_or_chosen_name(counsellor: User) -> None:
    nobody = NamelessFactory(counsellor=counsellor, number="K-2026-0042")
    rosa = NamelessFactory(counsellor=counsellor, kind="pseudonymous", pseudonym="Роза")
    assert (nobody.display_name, rosa.display_name, rosa.is_named) == ("K-2026-0042", "Роза", False)
    own = Client.objects.visible_to(counsellor)
    for text, found in (("K-2026-0042", nobody), ("42", nobody), ("Rosa", rosa), ("роза", rosa)):
        assert search.find(own, text, centre_id=counsellor.centre_id)[0] == found, text


@pytest.mark.django_db
def test_a_name_given_later_keeps_the_file_and_the_chosen_name(counsellor: User, stranger: User) -> None:
    rosa = NamelessFactory(counsellor=counsellor, kind="pseudonymous", pseudonym="Rosa")
    names = {"given_name": "Amal", "family_name": "Haddad"}
    with pytest.raises(NotAllowedError):
        services.name_client(client=rosa, by=stranger, revision=1, **names)
    with pytest.raises(RecordChangedError):
        services.name_client(client=rosa, by=counsellor, revision=7, **names)
    named = services.name_client(client=rosa, by=counsellor, revision=1, **names)
    assert (named.pk, named.kind, named.pseudonym, named.aliases) == (rosa.pk, "named", "", "Rosa")
    own = Client.objects.visible_to(counsellor)
    for text in ("Rosa", "Haddad"):
        assert search.find(own, text, centre_id=counsellor.centre_id) == [rosa]
    with pytest.raises(NotAllowedError):
        services.name_client(client=rosa, by=counsellor, revision=2, **names)


@pytest.mark.django_db
def test_merging_knows_who_has_a_name(counsellor: User) -> None:
    for kept_facts, absorbed_facts, known in (
        ({"kind": "pseudonymous", "pseudonym": "Rosa"}, None, ("named", "", "Rosa")),
        (None, {"kind": "pseudonymous", "pseudonym": "Rosa"}, ("named", "", "Rosa")),
        ({}, {"kind": "pseudonymous", "pseudonym": "Rosa"}, ("pseudonymous", "Rosa", "")),
        ({}, {}, ("anonymous", "", "")),
    ):
        kept, absorbed = (
            ClientFactory(counsellor=counsellor) if facts is None else NamelessFactory(counsellor=counsellor, **facts)
            for facts in (kept_facts, absorbed_facts)
        )  # fmt: skip
        services.merge_clients(kept=kept, absorbed=absorbed, choices={}, by=counsellor)
        kept.refresh_from_db()
        assert (kept.kind, kept.pseudonym, kept.aliases) == known


# --- Pages ----------------------------------------------------------------------------------------------
@pytest.fixture
def desk(counsellor: User, as_user: Any) -> Browser:
    return as_user(counsellor)


CREATE = "counselling:client_create"


@pytest.mark.django_db
def test_taken_in_without_a_name_and_named_later(desk: Browser, counsellor: User) -> None:
    url = reverse(CREATE)
    for kind, shown, hidden in (
        ("anonymous", (), ("given_name", "pseudonym", "aliases")), ("pseudonymous", ("pseudonym",), ("given_name",)),
        ("named", ("given_name",), ("pseudonym",)), ("evil", ("given_name",), ("pseudonym",)),
    ):  # fmt: skip
        fields = desk.get(url, {"kind": kind}).context["form"].fields
        assert set(shown) <= set(fields)
        assert not set(hidden) & set(fields)
    typed = {
        "submission": str(uuid.uuid4()),
        "kind": "pseudonymous",
        "pseudonym": "Rosa",
        "given_name": "Amal",
    }
    for _again in range(2):
        assert desk.post(url, typed).status_code == 302
    rosa = Client.objects.get()
    assert (rosa.kind, rosa.pseudonym, rosa.given_name) == ("pseudonymous", "Rosa", "")
    assert desk.post(url, typed | {"submission": str(uuid.uuid4()), "pseudonym": ""}).status_code == 422
    for page in (rosa.get_absolute_url(), reverse("counselling:client_list"), reverse("home")):
        assert desk.get(page).status_code == 200
    assert "Rosa" in desk.get(reverse("counselling:client_list")).content.decode()
    edit = reverse("counselling:client_edit", args=[rosa.public_id])
    assert desk.post(edit, {"pseudonym": "Roza", "revision": "1", "district": "Reudnitz"}).status_code == 302
    name = reverse("counselling:client_name", args=[rosa.public_id])
    twin = ClientFactory(counsellor=counsellor)
    names = {
        "given_name": "أمل",
        "family_name": "حداد",
        "latin_given_name": "",
        "latin_family_name": "",
        "name_order": "given_first",
    }
    asked = desk.post(name, names | {"revision": "2"})
    assert asked.status_code == 200
    assert [other for other, _own in asked.context["found"]] == [twin]
    late = desk.post(name, names | {"revision": "1", "sure": "on"})
    assert late.status_code == 409
    assert desk.post(name, names | {"revision": "2", "sure": "on"}).status_code == 302
    rosa.refresh_from_db()
    assert (rosa.kind, rosa.given_name, rosa.aliases) == ("named", "أمل", "Roza")
    assert desk.get(name).status_code == 302
    other = names | {"given_name": "Roza"}
    assert desk.post(name, names | {"revision": "2", "sure": "on"}).status_code == 302, "a double click"
    later = desk.post(name, other | {"revision": "2", "sure": "on"})
    assert later.status_code == 409
    assert ("أمل", "Roza") in [(stored, typed) for _label, stored, typed in later.context["theirs"]]
    assert desk.post(name, other | {"revision": later.context["form"].data["revision"]}).status_code == 302
    rosa.refresh_from_db()
    assert rosa.given_name == "Roza"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"given_name": "", "family_name": ""}, {"given_name": "x" * 121}, {"name_order": "up"}, {"revision": "x"}, {"family_name": "\u202e"}], ids=str)  # fmt: skip
def test_bad_input_of_a_name_is_answered_in_words(
    desk: Browser, counsellor: User, wrong: dict[str, str]
) -> None:
    nobody = NamelessFactory(counsellor=counsellor)
    typed = {"given_name": "Amal", "family_name": "Haddad", "name_order": "given_first", "revision": "1"}
    answer = desk.post(reverse("counselling:client_name", args=[nobody.public_id]), typed | wrong)
    assert answer.status_code == 422
    assert Client.objects.get().kind == "anonymous"


@pytest.mark.django_db
def test_the_papers_and_lists_cope_with_an_empty_name(desk: Browser, counsellor: User) -> None:
    nobody = NamelessFactory(counsellor=counsellor)
    ConsultationFactory(client=nobody)
    for name, key in (
        ("client_data", nobody), ("client_edit", nobody), ("case_open", nobody), ("deputy_add", nobody), ("referral_create", nobody),
    ):  # fmt: skip
        page = desk.get(reverse(f"counselling:{name}", args=[key.public_id]))
        assert page.status_code == 200
        assert nobody.number in page.content.decode()
    for name in ("client_list", "consultation_list", "client_export", "client_search"):
        assert desk.get(reverse(f"counselling:{name}"), {"q": nobody.number}).status_code == 200


@pytest.mark.django_db
def test_everything_of_a_record_is_stored_and_shown_again(desk: Browser) -> None:
    typed = {
        "submission": str(uuid.uuid4()), "given_name": "مریم", "birth": "۱۳۷۰/۵/۲", "age_band": "from_30",
        "driving_licences": ["b", "forklift"], "recognition": "applied", "income_type": "sgb2",
    }  # fmt: skip
    assert desk.post(reverse(CREATE), typed).status_code == 302
    client = Client.objects.get()
    assert (client.birth_date, client.birth_calendar, client.age_band) == (
        dt.date(1991, 7, 24),
        "persian",
        "",
    )
    page = desk.get(client.get_absolute_url()).content.decode()
    for text in ("24.7.1991 (2. Mordad 1370)", "B (Auto), Stapler", "beantragt"):
        assert text in page, text
    edit = reverse("counselling:client_edit", args=[client.public_id])
    form = desk.get(edit).context["form"]
    assert form["birth"].value() == "2.5.1370"
    again = {"given_name": "مریم", "birth": "", "age_band": "from_30", "revision": "1"}
    assert desk.post(edit, again).status_code == 302
    client.refresh_from_db()
    assert (client.birth_date, client.age_band, client.age_band_on) == (None, "from_30", timezone.localdate())
    assert client.birth_words == f"30 bis 54 (Stand {timezone.localdate().year})"


@pytest.mark.django_db
def test_a_group_told_earlier_keeps_its_day(desk: Browser, counsellor: User) -> None:
    day = dt.date(2024, 3, 1)
    client = ClientFactory(counsellor=counsellor, age_band="from_18", age_band_on=day)
    edit = reverse("counselling:client_edit", args=[client.public_id])
    assert desk.post(edit, {"given_name": "Amal", "age_band": "from_18", "revision": "1"}).status_code == 302
    client.refresh_from_db()
    assert client.age_band_on == day


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"birth": "1370/13/1"}, {"birth": "1450"}, {"age_band": "x"}, {"driving_licences": ["none", "b"]},
        {"driving_licences": ["z"]}, {"recognition": "x"}, {"kind": "ghost"}, {"income_type": "x"},
    ],
    ids=str,
)  # fmt: skip
def test_bad_input_of_the_new_fields_is_answered_in_words(desk: Browser, wrong: dict[str, Any]) -> None:
    typed = {"submission": str(uuid.uuid4()), "given_name": "Amal"} | wrong
    assert desk.post(reverse(CREATE), typed).status_code == 422
    assert not Client.objects.exists()


@pytest.mark.django_db
def test_latin_letters_are_proposed_and_nothing_is_stored(desk: Browser) -> None:
    typed = {
        "submission": str(uuid.uuid4()),
        "given_name": "Олена",
        "family_name": "Коваленко",
        "latin_family_name": "Kowalenko",
        "propose": "1",
    }
    answer = desk.post(reverse(CREATE), typed)
    form = answer.context["form"]
    assert (form["latin_given_name"].value(), form["latin_family_name"].value()) == ("Olena", "Kowalenko")
    assert not Client.objects.exists()


@pytest.mark.django_db
def test_parts_of_the_form_are_open_where_something_stands_or_is_wrong(
    desk: Browser, counsellor: User
) -> None:
    def opened(page: str) -> list[str]:
        parts = page.split('<details class="sheet-fold"')[1:]
        return [part.split("<summary>")[1].split("<")[0] for part in parts if part.startswith(" open")]

    assert opened(desk.get(reverse(CREATE)).content.decode()) == []
    client = ClientFactory(counsellor=counsellor, phone="0341", school_isced="3")
    edit = reverse("counselling:client_edit", args=[client.public_id])
    assert opened(desk.get(edit).content.decode()) == ["Erreichbarkeit", "Schule und Ausbildung"]
    wrong = desk.post(edit, {"given_name": "Amal", "residence_until": "morgen", "revision": "1"})
    assert opened(wrong.content.decode()) == ["Herkunft und Aufenthalt"]
