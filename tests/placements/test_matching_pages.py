"""The pages of matching: who sees whom, what is refused, what a proposal has to say, what is stored with it."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, transaction
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling.models import LanguageSkill
from counselling.services.merges import merge_clients
from placements.enums import OverrideReason, Stage
from placements.models import JobSearch, Placement, StoredMatch, TravelTime
from placements.services.matching import ReasonNeededError, StaleJobSearchError, keep_job_search, store_match
from placements.services.placements import propose
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import CentreFactory, UserFactory
from tests.placements.factories import (
    JobSearchFactory,
    PlacementFactory,
    StoredMatchFactory,
    TravelTimeFactory,
    VacancyFactory,
    agree,
)

pytestmark = pytest.mark.django_db


def _url(name: str, *records: Any) -> str:
    keys = ("public_id", "vacancy_id")
    return reverse(
        f"placements:{name}", kwargs={key: one.public_id for key, one in zip(keys, records, strict=False)}
    )


@pytest.fixture
def fitting(counsellor: Any) -> Any:
    """A client who fits a kitchen job well."""
    client = ClientFactory(
        counsellor=counsellor, latin_family_name="Haddad", spoken_languages=["ar"], postal_code="04315"
    )
    JobSearchFactory(client=client)
    LanguageSkill.objects.create(
        client=client, language="de", speaking="b1", source="counsellor", noted_on=timezone.localdate()
    )
    return client


@pytest.fixture
def kitchen(counsellor: Any) -> Any:
    return VacancyFactory(centre=counsellor.centre, german_required="A2", postal_code="04315")


def test_a_counsellor_meets_own_clients_by_name_and_no_others(
    as_user: Any, counsellor: Any, fitting: Any, kitchen: Any
) -> None:
    other = ClientFactory(counsellor=UserFactory(centre=counsellor.centre, roles=["counsellor"]))
    page = as_user(counsellor).get(_url("matching_for_vacancy", kitchen)).content.decode()
    assert "Haddad" in page
    assert "Passt gut" in page
    assert other.number not in page
    assert f"?client={fitting.public_id}&amp;vacancy={kitchen.public_id}" in page


def test_a_coordinator_meets_numbers_and_no_facts(
    as_user: Any, coordinator: Any, fitting: Any, kitchen: Any
) -> None:
    browser = as_user(coordinator)
    page = browser.get(_url("matching_for_vacancy", kitchen)).content.decode()
    assert fitting.number in page
    assert "Haddad" not in page
    detail = browser.get(_url("match_detail", fitting, kitchen)).content.decode()
    assert fitting.number in detail
    assert "Haddad" not in detail
    assert "B1" not in detail
    assert "Klient/in bringt mit" not in detail
    assert browser.get(_url("match_paper", fitting, kitchen)).status_code == 403


@pytest.mark.parametrize("word", ["gender", "nationality", "alter", "religion"])
def test_an_unlawful_wish_is_refused_with_the_laws_name(
    as_user: Any, counsellor: Any, fitting: Any, kitchen: Any, word: str
) -> None:
    for address in (_url("matching_for_vacancy", kitchen), _url("matching_for_client", fitting)):
        answer = as_user(counsellor).get(address, {word: "x"})
        assert answer.status_code == 422
        assert "AGG" in answer.content.decode()
        assert "Haddad" not in answer.content.decode()


def test_family_is_refused_too_but_not_by_that_law(as_user: Any, counsellor: Any, kitchen: Any) -> None:
    answer = as_user(counsellor).get(_url("matching_for_vacancy", kitchen), {"children": "0"})
    assert answer.status_code == 422
    assert "AGG" not in answer.content.decode()


def test_the_groups_are_filters_and_an_old_address_leads_to_the_last_page(
    as_user: Any, counsellor: Any, fitting: Any, kitchen: Any
) -> None:
    ClientFactory(counsellor=counsellor, latin_family_name="Unbekannt")
    browser = as_user(counsellor)
    everybody = {"everybody": "on"}
    good = browser.get(_url("matching_for_vacancy", kitchen), everybody | {"group": "good"}).content.decode()
    assert "Haddad" in good
    assert "Unbekannt" not in good
    assert "Unbekannt" in browser.get(_url("matching_for_vacancy", kitchen), everybody).content.decode()
    assert "Unbekannt" not in browser.get(_url("matching_for_vacancy", kitchen)).content.decode()
    assert "Haddad" in browser.get(_url("matching_for_vacancy", kitchen), {"page": "99"}).content.decode()


def test_the_vacancies_for_a_client_and_the_whole_list_of_one(
    as_user: Any, counsellor: Any, fitting: Any, kitchen: Any
) -> None:
    VacancyFactory(
        centre=counsellor.centre, title="Dachdecker/in", field_of_work="construction", state="filled"
    )
    browser = as_user(counsellor)
    page = browser.get(_url("matching_for_client", fitting)).content.decode()
    assert "Küchenhilfe" in page
    assert "Dachdecker/in" not in page
    part = browser.get(
        _url("match_detail", fitting, kitchen), headers={"HX-Request": "true"}
    ).content.decode()
    assert "<html" not in part
    assert "hat dort gearbeitet" in part
    assert "B1, Eindruck der Beratung" in part or "B1" in part


def test_a_proposal_that_the_list_speaks_for_stores_it(
    as_user: Any, counsellor: Any, fitting: Any, kitchen: Any
) -> None:
    agree(fitting, kitchen)
    form = {
        "client": fitting.public_id,
        "vacancy": kitchen.public_id,
        "stage": "proposed",
        "explained_in": "de",
    }
    assert as_user(counsellor).post(reverse("placements:placement_create"), form).status_code == 302
    stored = StoredMatch.objects.get(placement__client=fitting)
    assert (stored.group, stored.override_reason, stored.weights_version) == ("good", "", "2026-11")
    assert stored.facts["client"]["german"] == "b1"
    assert {line["criterion"]: line["points"] for line in stored.table["lines"]} == {
        "field": 2, "german": 2, "hours": 2, "distance": 2,
    }  # fmt: skip


def test_one_that_it_does_not_speak_for_needs_one_reason(as_user: Any, counsellor: Any, kitchen: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    agree(client, kitchen)
    browser = as_user(counsellor)
    form = {
        "client": client.public_id,
        "vacancy": kitchen.public_id,
        "stage": "proposed",
        "explained_in": "de",
        "note": "Bitte bald",
    }
    answer = browser.post(reverse("placements:placement_create"), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Bitte nennen Sie den Grund" in page
    assert "Bitte bald" in page
    assert not Placement.objects.filter(client=client).exists()
    answer = browser.post(reverse("placements:placement_create"), form | {"match_reason": "known_from_talk"})
    assert answer.status_code == 302
    stored = StoredMatch.objects.get(placement__client=client)
    assert (stored.group, stored.fit, stored.override_reason) == (
        "too_little",
        None,
        OverrideReason.KNOWN_FROM_TALK,
    )
    shown = browser.get(_url("stored_match", stored.placement)).content.decode()
    assert "Aus dem Gespräch bekannt" in shown
    assert "Zu wenig Angaben" in shown


def test_the_service_asks_for_the_reason_too_and_a_wish_is_its_own(counsellor: Any, kitchen: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    agree(client, kitchen)
    with pytest.raises(ReasonNeededError):
        propose(client=client, vacancy=kitchen, by=counsellor, match_reason="")
    assert not Placement.objects.filter(client=client).exists()
    wish = propose(client=client, vacancy=kitchen, by=counsellor, stage=Stage.WISH, match_reason="")
    stored = StoredMatch.objects.get(placement=wish)
    assert stored.override_reason == OverrideReason.CLIENT_WISHES
    assert store_match(wish, by=counsellor) == stored


def test_a_stored_list_is_not_changed_and_later_facts_do_not_reach_it(
    counsellor: Any, fitting: Any, kitchen: Any
) -> None:
    stored = store_match(PlacementFactory(client=fitting, vacancy=kitchen), by=counsellor)
    LanguageSkill.objects.filter(client=fitting).update(speaking="none")
    again = StoredMatch.objects.get(pk=stored.pk)
    assert again.facts["client"]["german"] == "b1"
    with pytest.raises(InternalError, match="append_only"), transaction.atomic():
        StoredMatch.objects.filter(pk=stored.pk).update(group="partly")


def test_a_search_is_stored_once_seen_and_a_stale_form_keeps_what_was_typed(
    as_user: Any, counsellor: Any
) -> None:
    client = ClientFactory(counsellor=counsellor)
    browser, address = as_user(counsellor), _url("job_search_edit", client)
    form = {
        "revision": "0", "fields_wished": ["sales"], "years_kitchen": "4", "hours_from": "10", "hours_to": "20", "slots": ["mon_am"],
        "legal": "allowed", "minutes_limit": "30",
    }  # fmt: skip
    assert browser.post(address, form).status_code == 302
    search = JobSearch.objects.get(client=client)
    assert (search.fields_experienced, search.years_by_field) == (["kitchen"], {"kitchen": 4})
    assert (search.legal_confirmed_by, search.legal_confirmed_on) == (counsellor, timezone.localdate())
    stale = browser.post(address, form | {"minutes_limit": "55"})
    assert stale.status_code == 409
    assert 'value="55"' in stale.content.decode()
    assert JobSearch.objects.get(client=client).minutes_limit == 30


def test_what_cannot_be_is_said_in_words_and_not_lost(as_user: Any, counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    form = {
        "revision": "0",
        "hours_from": "30",
        "hours_to": "20",
        "certificates": ["none", "hygiene"],
        "minutes_limit": "25",
    }
    answer = as_user(counsellor).post(_url("job_search_edit", client), form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Das obere Ende liegt unter dem unteren." in page
    assert "nichts davon" in page
    assert 'value="25"' in page
    assert not JobSearch.objects.exists()


def test_the_date_of_the_law_stays_until_it_is_checked_again(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor)
    old = dt.date(2026, 1, 5)
    JobSearchFactory(client=client, legal="allowed", legal_confirmed_on=old, legal_confirmed_by=counsellor)
    kept = keep_job_search(client=client, revision=1, by=counsellor, legal="allowed", hours_to=25)
    assert kept.legal_confirmed_on == old
    again = keep_job_search(client=client, revision=2, by=counsellor, legal="allowed", legal_again=True)
    assert again.legal_confirmed_on == timezone.localdate()
    with pytest.raises(StaleJobSearchError):
        keep_job_search(client=client, revision=2, by=counsellor, legal="")


def test_the_database_holds_what_a_search_may_be(counsellor: Any) -> None:
    for wrong in (
        {"hours_from": 30, "hours_to": 20}, {"certificates": ["none", "care"]}, {"fields_wished": ["magic"]}, {"slots": ["mon_night"]},
        {"legal": "allowed"}, {"minutes_limit": 500}, {"licence_in_progress": "none"},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            JobSearchFactory(client=ClientFactory(counsellor=counsellor), **wrong)


def test_two_records_of_one_person_keep_the_search_of_the_kept_one(counsellor: Any) -> None:
    kept, absorbed = ClientFactory(counsellor=counsellor), ClientFactory(counsellor=counsellor)
    JobSearchFactory(client=kept, hours_to=20)
    JobSearchFactory(client=absorbed, hours_to=30)
    merge_clients(kept=kept, absorbed=absorbed, by=counsellor, choices={})
    assert JobSearch.objects.get(client=kept).hours_to == 20


def test_a_table_of_ways_is_pasted_with_its_faults_by_line(as_user: Any, coordinator: Any) -> None:
    browser, address = as_user(coordinator), reverse("placements:travel_times")
    answer = browser.post(
        address, {"ways": "04315 04347 18\n04315;04315;5\n0431 04347 9\n\n04315 04318 zehn"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Zeile 2: beide Postleitzahlen sind gleich.",
        "Zeile 3: 0431 ist keine Postleitzahl.",
        "Zeile 5: zehn",
    ):
        assert words in page
    assert "04315;04315;5" in page
    assert not TravelTime.objects.exists()
    TravelTimeFactory(centre=coordinator.centre, code_a="04315", code_b="04347", minutes=40)
    assert browser.post(address, {"ways": "04347 04315 ۱۸\n04315\t04318\t9"}).status_code == 302
    assert set(TravelTime.objects.values_list("code_a", "code_b", "minutes")) == {
        ("04315", "04347", 18),
        ("04315", "04318", 9),
    }
    listed = browser.get(address, {"code": "04318"}).content.decode()
    assert "04318" in listed
    assert "04347" not in listed.split("<table")[1]
    way = TravelTime.objects.get(code_b="04318")
    assert browser.post(reverse("placements:travel_time_delete", kwargs={"pk": way.pk})).status_code == 302
    assert TravelTime.objects.count() == 1


def test_ways_are_one_pair_in_one_order_of_one_centre(coordinator: Any) -> None:
    TravelTimeFactory(centre=coordinator.centre, code_a="04315", code_b="04347")
    TravelTimeFactory(centre=CentreFactory(), code_a="04315", code_b="04347")
    for pair in (("04315", "04347"), ("04347", "04317"), ("4315", "04347")):
        with pytest.raises(IntegrityError), transaction.atomic():
            TravelTimeFactory(centre=coordinator.centre, code_a=pair[0], code_b=pair[1])
    assert TravelTime.objects.visible_to(coordinator).between("04347", "04315").count() == 1


def test_the_audit_counts_persons_and_hides_few(as_user: Any, coordinator: Any, counsellor: Any) -> None:
    for gender, number in (("female", 12), ("male", 9), ("diverse", 2)):
        for place in range(number):
            client = ClientFactory(counsellor=counsellor, gender=gender, spoken_languages=["ar"])
            stage = Stage.STARTED if place < 6 and gender != "diverse" else Stage.PROPOSED
            more = {"category": "SV_FT", "started_on": timezone.localdate()} if stage is Stage.STARTED else {}
            PlacementFactory(client=client, stage=stage, **more)
    page = as_user(coordinator).get(reverse("placements:matching_audit"))
    tables = {str(table.title): table for table in page.context["tables"]}
    rows = {str(row.label): row for row in tables["Nach Geschlecht"].rows}
    assert rows["weiblich"].started == 6
    assert rows["divers"].advised is None
    # With one more hidden beside it the total tells nothing.
    assert sum(row.advised is None for row in rows.values()) >= 2
    assert tables["Nach Geschlecht"].hides
    assert as_user(counsellor).get(reverse("placements:matching_audit")).status_code == 403


def test_a_strangers_records_are_not_there(
    client: Browser, as_user: Any, counsellor: Any, fitting: Any, kitchen: Any
) -> None:
    stranger = as_user(UserFactory(roles=["counsellor"]))
    stored = StoredMatchFactory(placement__client=fitting, placement__vacancy=kitchen)
    for address in (
        _url("matching_for_vacancy", kitchen), _url("matching_for_client", fitting), _url("match_detail", fitting, kitchen),
        _url("match_show", fitting, kitchen), _url("match_paper", fitting, kitchen), _url("stored_match", stored.placement),
    ):  # fmt: skip
        assert stranger.get(address).status_code == 404
