"""Two records of one business made one: nothing is lost on the way there, and everything is as it was on the way back."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from businesses.enums import Channel, ConsentPurpose, NeedSource, NeedTopic, Status, Urgency
from businesses.errors import MergeStandsError, NotMergeableError, RecordChangedError
from businesses.merging.duplicates import pairs_of
from businesses.models import (
    Business,
    BusinessConsent,
    BusinessMerge,
    ContactAttempt,
    Interview,
    Observation,
    Unit,
)
from businesses.services import (
    BusinessFacts,
    Door,
    change_business,
    create_business,
    create_contact,
    merge_businesses,
    note_consent,
    observe,
    open_need,
    undo_merge,
    withdraw_consent,
)
from businesses.services.contacts import ContactFacts
from iqquadrat.accounts.models import User
from iqquadrat.core.merging import all_relations
from tests.businesses.factories import (
    BusinessConsultationFactory,
    ContactAttemptFactory,
    InterviewFactory,
    TrainingPlaceFactory,
    UnitFactory,
    WaveFactory,
)
from tests.fixtures.people import CentreFactory, UserFactory
from tests.placements.factories import VacancyFactory

Rows = dict[str, list[tuple[Any, ...]]]


@pytest.fixture
def office(db: None) -> User:
    """Somebody of the office."""
    user: User = UserFactory(roles=["coordinator", "counsellor"])
    return user


def shop(by: User, name: str = "Imbiss Hoa Sen", number: int = 52, **more: Any) -> Business:
    """A shop of the register."""
    facts = BusinessFacts(door=Door(street="Eisenbahnstraße", house_number=number), sign_name=name, **more)
    return create_business(centre=by.centre, facts=facts, by=by)


def rows_of(*businesses: Business) -> Rows:
    """Every row of every table that hangs on these businesses or on their units, column by column."""
    found: Rows = {}
    keys = [business.pk for business in businesses]
    units = [unit.pk for unit in Unit.objects.filter(business__in=keys)]
    wanted = [(one, keys) for one in all_relations(Business)] + [(one, units) for one in all_relations(Unit)]
    for one, owners in wanted:
        if one.model in (BusinessMerge, Business):
            continue
        names = [
            field.attname
            for field in one.model._meta.concrete_fields
            if field.name not in ("changed_at", "disposition")
        ]
        rows = one.model._meta.base_manager.filter(**{f"{one.field.attname}__in": owners})
        found[one.key] = sorted(rows.values_list(*names), key=repr)
    return found


def facts_of(business: Business) -> dict[str, Any]:
    """What the register says of it, without the counter and the clock."""
    stored = Business.with_absorbed.get(pk=business.pk)
    return {
        field.attname: getattr(stored, field.attname)
        for field in Business._meta.concrete_fields
        if field.name not in ("revision", "changed_at")
    }


def counted(rows: Rows) -> dict[str, int]:
    """How many rows of each kind."""
    return {key: len(found) for key, found in rows.items()}


def equip(business: Business, by: User, waves: list[Any], kinds: set[str]) -> None:
    """Let something of every wanted kind hang on it."""
    for wave in waves:
        unit = UnitFactory(wave=wave, business=business)
        ContactAttemptFactory(unit=unit, surveyor=by)
    if "interview" in kinds and waves:
        InterviewFactory(business=business, wave=waves[0], surveyor=by)
    if "need" in kinds:
        open_need(
            business=business, topic=NeedTopic.TAX, urgency=Urgency.SOME, source=NeedSource.VISIT, by=by
        )
    if "contact" in kinds:
        create_contact(business=business, facts=ContactFacts(name="Linh"), by=by)
    if "talk" in kinds:
        BusinessConsultationFactory(business=business, counsellor=by)
    if "place" in kinds:
        TrainingPlaceFactory(business=business)
    if "vacancy" in kinds:
        VacancyFactory(centre=business.centre, business=business)
    if "consent" in kinds:
        BusinessConsent.objects.create(
            business=business, purpose=ConsentPurpose.PANEL, text_version="x 1", given_at=timezone.now()
        )


KINDS = st.sets(st.sampled_from(["interview", "need", "contact", "talk", "place", "vacancy", "consent"]))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    mine=KINDS,
    others=KINDS,
    my_waves=st.sets(st.integers(0, 2)),
    other_waves=st.sets(st.integers(0, 2)),
    chosen=st.booleans(),
)
def test_nothing_is_lost_and_undone_it_is_as_it_was(
    office: User, mine: set[str], others: set[str], my_waves: set[int], other_waves: set[int], chosen: bool
) -> None:
    waves = [WaveFactory(centre=office.centre) for _number in range(3)]
    kept, absorbed = (
        shop(office, phone="1", reference=f"a{waves[0].pk}"),
        shop(office, "Imbiss Hoa-Sen", note="Neu", reference=f"b{waves[0].pk}"),
    )
    equip(kept, office, [waves[number] for number in sorted(my_waves)], mine)
    equip(absorbed, office, [waves[number] for number in sorted(other_waves)], others)
    rows, facts = rows_of(kept, absorbed), (facts_of(kept), facts_of(absorbed))
    choices = dict.fromkeys(("sign_name", "reference", "phone", "note"), "absorbed" if chosen else "kept")
    merge = merge_businesses(kept=kept, absorbed=absorbed, choices=choices, by=office)
    after = counted(rows_of(kept, absorbed))
    before = counted(rows)
    # Two units of one wave have become one; everything else is there as often as before.
    spare = len(merge.details["units"])
    assert before.pop("businesses.unit:business") - spare == after.pop("businesses.unit:business")
    assert before == after
    twice = my_waves & other_waves
    both_asked = {w for w in twice if Interview.objects.filter(business=absorbed, wave=waves[w]).exists()}
    assert spare == len(twice - both_asked)
    assert not Business.objects.filter(pk=absorbed.pk).exists()
    undo_merge(merge=merge, by=office)
    assert rows_of(kept, absorbed) == rows
    assert (facts_of(kept), facts_of(absorbed)) == facts


def test_the_old_address_leads_to_the_survivor(office: User, as_user: Any) -> None:
    kept, absorbed = shop(office), shop(office, "Imbiss Hoasen")
    merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)
    browser: Browser = as_user(office)
    answer = browser.get(reverse("businesses:business_detail", args=[absorbed.public_id]))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("businesses:business_detail", args=[kept.public_id])
    stranger: User = UserFactory(roles=["coordinator"], centre=CentreFactory())
    assert (
        as_user(stranger).get(reverse("businesses:business_detail", args=[absorbed.public_id])).status_code
        == 404
    )


def test_a_vacancy_of_another_room_goes_along(office: User) -> None:
    kept, absorbed = shop(office), shop(office, "Imbiss Hoasen")
    vacancy = VacancyFactory(centre=office.centre, business=absorbed)
    merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)
    vacancy.refresh_from_db()
    assert vacancy.business == kept


def test_visits_of_one_wave_are_visits_of_one_unit(office: User) -> None:
    wave = WaveFactory(centre=office.centre)
    kept, absorbed = shop(office), shop(office, "Imbiss Hoasen")
    for business, disposition in ((kept, "no_contact"), (absorbed, "refusal")):
        unit = UnitFactory(wave=wave, business=business)
        ContactAttemptFactory(
            unit=unit,
            surveyor=office,
            disposition=disposition,
            reason="no_time" if disposition == "refusal" else "",
        )
    merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)
    [unit] = Unit.objects.filter(wave=wave)
    assert ContactAttempt.objects.filter(unit=unit).count() == 2
    assert (unit.business, unit.disposition) == (kept, "refusal")


def test_what_was_withdrawn_in_one_record_is_withdrawn_in_the_one(office: User) -> None:
    kept, absorbed = shop(office), shop(office, "Imbiss Hoasen")
    earlier = timezone.now() - dt.timedelta(days=9)
    given = BusinessConsent.objects.create(
        business=kept, purpose=ConsentPurpose.CONTACT, text_version="x 1", given_at=earlier
    )
    other = BusinessConsent.objects.create(
        business=absorbed, purpose=ConsentPurpose.CONTACT, text_version="x 1", given_at=earlier
    )
    withdraw_consent(consent=other, by=office)
    merge = merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    undo_merge(merge=merge, by=office)
    given.refresh_from_db()
    assert given.withdrawn_at is None


def test_a_predecessor_that_was_the_same_shop(office: User) -> None:
    absorbed = shop(office)
    kept = create_business(centre=office.centre, by=office, facts=BusinessFacts(
        door=Door(street="Eisenbahnstraße", house_number=52), sign_name="Hoa Sen", predecessor=absorbed,
    ))  # fmt: skip
    before = facts_of(kept)
    merge = merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)
    assert Business.objects.get(pk=kept.pk).predecessor is None
    undo_merge(merge=merge, by=office)
    assert facts_of(kept) == before


def test_who_was_overtaken_compares_again(office: User) -> None:
    kept, absorbed = shop(office), shop(office, "Imbiss Hoasen")
    revisions = (kept.revision, absorbed.revision)
    change_business(business=absorbed, facts=BusinessFacts(sign_name="Anders"), revision=1, by=office)
    with pytest.raises(RecordChangedError):
        merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office, revisions=revisions)
    merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)
    with pytest.raises(NotMergeableError):
        merge_businesses(kept=kept, absorbed=absorbed, choices={}, by=office)


def test_what_changed_since_stays_and_a_late_undo_is_refused(office: User) -> None:
    kept, absorbed = shop(office, phone="1"), shop(office, "Imbiss Hoasen", phone="2")
    merge = merge_businesses(
        kept=kept, absorbed=absorbed, choices={"phone": "absorbed", "sign_name": "absorbed"}, by=office
    )
    stored = Business.objects.get(pk=kept.pk)
    assert (stored.phone, stored.sign_name) == ("2", "Imbiss Hoasen")
    observe(business=stored, status=Status.CLOSED, by=office)
    Business.objects.filter(pk=kept.pk).update(phone="3")
    undo_merge(merge=merge, by=office)
    stored.refresh_from_db()
    assert (stored.phone, stored.sign_name, stored.status) == ("3", "Imbiss Hoa Sen", Status.CLOSED)
    assert Observation.objects.filter(business=kept).count() == 2
    again = merge_businesses(kept=stored, absorbed=absorbed, choices={}, by=office)
    BusinessMerge.objects.filter(pk=again.pk).update(merged_at=timezone.now() - dt.timedelta(days=31))
    again.refresh_from_db()
    with pytest.raises(MergeStandsError):
        undo_merge(merge=again, by=office)


def test_pairs_are_found_by_house_and_name(office: User) -> None:
    one, other = shop(office), shop(office, "IMBISS HÒA SEN")
    shop(office, "Friseur Belkis")
    shop(office, "Imbiss Hoa Sen", number=54)
    founder = create_business(
        centre=office.centre,
        by=office,
        facts=BusinessFacts(sign_name="Friseur Belkis", status=Status.NOT_YET_OPEN),
    )
    successor = create_business(centre=office.centre, by=office, facts=BusinessFacts(
        door=Door(street="Eisenbahnstraße", house_number=52), sign_name="Friseur Belkiss", predecessor=Business.objects.get(sign_name="Friseur Belkis", premises__isnull=False),
    ))  # fmt: skip
    found = {frozenset((pair.one.pk, pair.other.pk)) for pair in pairs_of(office)}
    assert frozenset((one.pk, other.pk)) in found
    assert any(founder.pk in pair for pair in found)
    assert not any(successor.pk in pair and founder.pk not in pair for pair in found)
    assert not pairs_of(UserFactory(roles=["coordinator"], centre=CentreFactory()))


def test_through_the_pages(office: User, as_user: Any) -> None:
    kept, absorbed = shop(office, phone="1"), shop(office, "Imbiss Hoasen", phone="2")
    browser: Browser = as_user(office)
    assert browser.get(reverse("businesses:duplicates")).status_code == 200
    address = reverse("businesses:merge_compare", args=[kept.public_id, absorbed.public_id])
    form = browser.get(address).context["form"]
    typed = {field.html_name: field.value() for field in form}
    assert browser.post(address, typed | {"fact_phone": "nobody"}).status_code == 422
    assert browser.post(address, typed | {"fact_phone": "absorbed"}).status_code == 302
    assert Business.objects.get(pk=kept.pk).phone == "2"
    merge = BusinessMerge.objects.get()
    page = reverse("businesses:merge_undo", args=[merge.pk])
    assert browser.get(page).status_code == 200
    assert browser.post(page).status_code == 302
    assert Business.objects.get(pk=kept.pk).phone == "1"


def test_a_consent_outside_of_an_interview(office: User, survey: Any, as_user: Any) -> None:
    business = shop(office)
    contact = create_contact(business=business, facts=ContactFacts(name="Linh"), by=office)
    browser: Browser = as_user(office)
    page = reverse("businesses:consents", args=[business.public_id])
    assert browser.get(page).status_code == 200
    typed = {
        "purpose": ConsentPurpose.SHARE_VACANCIES,
        "channel": Channel.PHONE,
        "contact": contact.pk,
        "on": "2026-11-02",
    }
    assert browser.post(page, typed | {"on": "2999-01-01"}).status_code == 422
    assert browser.post(page, typed).status_code == 302
    [consent] = business.consents.all()
    assert (consent.contact, consent.noted_by, consent.text_version) == (
        contact,
        office,
        f"business_survey {survey.number}",
    )
    assert browser.post(reverse("businesses:consent_withdraw", args=[consent.pk])).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    note_consent(business=business, purpose=ConsentPurpose.SHARE_VACANCIES, channel=Channel.PHONE, by=office)
    assert business.consents.filter(withdrawn_at__isnull=True).count() == 1
