"""Models: what the database itself refuses, who sees which record, and that every field is classified."""

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, transaction

from counselling.classification import FIELDS, Class
from counselling.models import Client, Consultation, FollowUp, Topic
from tests.counselling.factories import (
    AppointmentFactory,
    ClientFactory,
    ConsentFactory,
    ConsultationFactory,
    FollowUpFactory,
    NoShowFactory,
    ShortContactFactory,
)

pytestmark = pytest.mark.django_db


def test_every_field_of_every_model_is_classified() -> None:
    models = list(apps.get_app_config("counselling").get_models())
    assert len(models) >= 10
    for model in models:
        fields = {
            field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete
        }
        assert set(FIELDS[model.__name__]) == fields, model.__name__
    assert {kind for fields in FIELDS.values() for kind in fields.values()} == set(Class)


def test_topics_are_there_in_all_languages_we_know() -> None:
    assert Topic.objects.count() == 18
    for topic in Topic.objects.all():
        for language in settings.CLIENT_LANGUAGES:
            assert getattr(topic, f"name_{language}"), (topic.key, language)


@pytest.mark.parametrize(
    "wrong",
    [
        {"given_name": "", "family_name": ""},
        {"birth_date": dt.date(1990, 1, 1)},
        {"birth_precision": "day"},
        {"birth_date": dt.date(1890, 1, 1), "birth_precision": "day"},
        {"arrived_year": 12},
        {"spoken_languages": ["klingon"]},
        {"residence_until": dt.date(2030, 1, 1)},
    ],
    ids=str,
)
def test_the_database_refuses_a_client(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientFactory(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"minutes": 0}, {"minutes": 1441}, {"languages": []}, {"main_topic": None}, {"is_no_show": True},
        {"languages": ["xx"]},
    ],
    ids=str,
)  # fmt: skip
def test_the_database_refuses_a_consultation(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsultationFactory(**wrong)


def test_a_number_is_given_once_a_centre(counsellor: Any, stranger: Any) -> None:
    ClientFactory(counsellor=counsellor, number="K-2026-0001")
    ClientFactory(counsellor=stranger, number="K-2026-0001")
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientFactory(counsellor=counsellor, number="K-2026-0001")


def test_pairs_are_both_or_neither() -> None:
    follow_up = FollowUpFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FollowUp.objects.filter(pk=follow_up.pk).update(done_at=dt.datetime.now(dt.UTC))
    consent = ConsentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(client=consent.client)
    with pytest.raises(IntegrityError), transaction.atomic():
        AppointmentFactory(client=None, counsellor=consent.client.counsellor, title="")


def test_a_client_s_names() -> None:
    client = ClientFactory.build(counsellor=None, centre=None)
    assert client.display_name == "Amal Haddad"
    assert client.native_name == "أمل حدّاد"
    assert client.native_language == "ar"
    client = Client(given_name="Thị Hương", family_name="Nguyễn", name_order="family_first")
    assert client.display_name == "Nguyễn Thị Hương"
    assert (client.latin_name, client.native_name, client.native_language) == ("", "Nguyễn Thị Hương", "vi")


def test_search_keys_follow_the_name(counsellor: Any) -> None:
    client = ClientFactory(counsellor=counsellor, phone="+49 151 5550 1432", number="K-2026-0143")
    keys = set(Client.objects.get(pk=client.pk).search_key.split())
    assert {"haddad", "amal", ":hd", "015155501432", "143", "20260143"} <= keys
    client.latin_family_name = "Karimi"
    client.family_name = ""
    client.save()
    keys = set(Client.objects.get(pk=client.pk).search_key.split())
    assert ":krm" in keys
    assert ":hd" not in keys
    [made] = Client.objects.bulk_create(
        [ClientFactory.build(centre=counsellor.centre, counsellor=counsellor)]
    )
    assert ":hd" in Client.objects.get(pk=made.pk).search_key.split()


def test_who_sees_a_client(
    counsellor: Any, coordinator: Any, surveyor: Any, administrator: Any, stranger: Any
) -> None:
    own = ClientFactory(counsellor=counsellor)
    from tests.fixtures.people import UserFactory

    colleague = UserFactory(centre=counsellor.centre)
    other = ClientFactory(counsellor=colleague)
    deputised = ClientFactory(counsellor=colleague, deputies=[counsellor])
    ClientFactory(counsellor=stranger)
    assert set(Client.objects.visible_to(counsellor)) == {own, deputised}
    assert set(Client.objects.visible_to(coordinator)) == {own, other, deputised}
    assert set(Client.objects.own(coordinator)) == set()
    for nobody in (surveyor, administrator):
        assert not Client.objects.visible_to(nobody).exists()


def test_who_sees_a_consultation(
    counsellor: Any, coordinator: Any, administrator: Any, stranger: Any
) -> None:
    own = ConsultationFactory(client=ClientFactory(counsellor=counsellor))
    NoShowFactory(client=own.client)
    ShortContactFactory(counsellor=counsellor)
    assert Consultation.objects.visible_to(counsellor).count() == 2
    assert Consultation.objects.contacts().visible_to(counsellor).count() == 1
    assert Consultation.objects.visible_to(coordinator).count() == 0
    assert Consultation.objects.facts_visible_to(coordinator).count() == 2
    for nobody in (administrator, stranger):
        assert Consultation.objects.facts_visible_to(nobody).count() == 0
