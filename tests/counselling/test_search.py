"""The search box: every spelling and script, numbers, phones, birth dates; and only whom one may see."""

import datetime as dt
from typing import Any

import pytest

from counselling.birth_dates import read_date
from counselling.models import Client
from counselling.search import find
from tests.counselling.factories import ClientFactory
from tests.fixtures.people import UserFactory

PEOPLE = {
    "haddad": ("أمل", "حدّاد", "Amal", "Haddad"),
    "sayed": ("محمد", "السيد", "Mohamed", "Al-Sayed"),
    "rahimi": ("محمد", "رحیمی", "Muhammad", "Rahimi"),
    "nguyen": ("Thị Hương", "Nguyễn", "", ""),
    "shcherbakov": ("Дмитрий", "Щербаков", "Dmitri", "Schtscherbakow"),
    "kovalchuk": ("Олена", "Ковальчук", "Olena", "Kowaltschuk"),
    "yildiz": ("Fatma", "Yıldız", "", ""),
    "karimi": ("رضا", "کریمی", "Reza", "Karimi"),
    "diallo": ("Aïssatou", "Diallo", "", ""),
    "hussein": ("حسين", "خالد", "", ""),
}
FINDS = [
    ("Haddad", "haddad"), ("hadad", "haddad"), ("حداد", "haddad"), ("أمل حداد", "haddad"), ("Amal Haddad", "haddad"),
    ("haddad amal", "haddad"), ("Muhammad", "sayed"), ("Mohamed", "sayed"), ("محمد", "sayed"), ("محمد", "rahimi"),
    ("Mohammed", "rahimi"), ("Sayed", "sayed"), ("el sayed", "sayed"), ("Nguyen", "nguyen"), ("Nguyễn", "nguyen"),
    ("nguy", "nguyen"), ("huong", "nguyen"), ("Щербаков", "shcherbakov"), ("Schtscherbakow", "shcherbakov"),
    ("Shcherbakov", "shcherbakov"), ("Scherbakow", "shcherbakov"), ("дмит", "shcherbakov"), ("Kovalchuk", "kovalchuk"),
    ("Ковальчук", "kovalchuk"), ("Olena", "kovalchuk"), ("Yildiz", "yildiz"), ("YILDIZ", "yildiz"), ("Yıldız", "yildiz"),
    ("Resa", "karimi"), ("کریمی", "karimi"), ("كريمي", "karimi"), ("Aissatou", "diallo"), ("Khaled", "hussein"),
    ("Hussain", "hussein"), ("Kovalchk", "kovalchuk"), ("Schtscherbakwo", "shcherbakov"),
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(counsellor: Any) -> dict[str, Client]:
    return {
        key: ClientFactory(
            counsellor=counsellor, given_name=given, family_name=family, latin_given_name=latin_given,
            latin_family_name=latin_family,
        )
        for key, (given, family, latin_given, latin_family) in PEOPLE.items()
    }  # fmt: skip


def test_every_spelling_finds_its_person(counsellor: Any, people: dict[str, Client]) -> None:
    assert len(FINDS) >= 30
    missed = []
    for typed, key in FINDS:
        found = find(Client.objects.visible_to(counsellor), typed, centre_id=counsellor.centre_id)
        if people[key] not in found:
            missed.append((typed, key))
    assert missed == []


def test_a_name_finds_few_others(counsellor: Any, people: dict[str, Client]) -> None:
    found = find(Client.objects.visible_to(counsellor), "Schtscherbakow", centre_id=counsellor.centre_id)
    assert found == [people["shcherbakov"]]
    assert find(Client.objects.visible_to(counsellor), "Xylophon", centre_id=counsellor.centre_id) == []
    assert find(Client.objects.visible_to(counsellor), "  ", centre_id=counsellor.centre_id) == []
    assert find(Client.objects.visible_to(counsellor), "???", centre_id=counsellor.centre_id) == []


def test_number_phone_and_birth_date(counsellor: Any) -> None:
    client = ClientFactory(
        counsellor=counsellor, number="K-2026-0143", phone="+49 151 5550 1432",
        birth_date=dt.date(1990, 3, 12), birth_precision="day",
    )  # fmt: skip
    ClientFactory(counsellor=counsellor, number="K-2026-0999")
    for typed in ("K-2026-0143", "k-2026-0143", "143", "0143", "0151 5550", "+49 151", "12.3.1990", "1990-03-12",
                  "۱۲.۳.۱۹۹۰", "١٢/٣/١٩٩٠"):  # fmt: skip
        assert find(Client.objects.visible_to(counsellor), typed, centre_id=counsellor.centre_id) == [
            client
        ], typed


def test_only_whom_the_user_may_see(counsellor: Any, coordinator: Any, stranger: Any) -> None:
    theirs = ClientFactory(counsellor=UserFactory(centre=counsellor.centre))
    ClientFactory(counsellor=stranger)
    for user, expected in ((counsellor, []), (coordinator, [theirs])):
        assert find(Client.objects.visible_to(user), "Haddad", centre_id=user.centre_id) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14.3.1991", ("1991-03-14", "day")), ("3/1991", ("1991-03-01", "month")), ("1991", ("1991-01-01", "year")),
        ("31.2.1990", None), ("0000-00-00", None), ("99999999", None), ("", None), ("gestern", None),
    ],
)  # fmt: skip
def test_dates_as_people_type_them(text: str, expected: Any) -> None:
    read = read_date(text)
    assert (read and (read[0].isoformat(), read[1].value)) == expected
