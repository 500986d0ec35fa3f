"""Generated clients and vacancies for the tests of matching."""

import datetime as dt
from random import Random
from typing import Any

from django.utils import timezone

from counselling.enums import Purpose
from counselling.models import Client, Consent, LanguageSkill
from iqquadrat.accounts.models import User
from placements.enums import FieldOfWork, LegalPrerequisite, WorkCertificate, WorkingSlot
from placements.models import JobSearch, TravelTime, Vacancy
from placements.models.vacancy import LICENCES
from tests.counselling.factories import ClientFactory
from tests.placements.factories import VacancyFactory

CODES = ["04315", "04317", "04318", "04347", "04103"]
LEVELS = ["none", "a1", "a2", "b1", "b2", "c1", "native"]
LANGUAGES = ["ar", "ru", "vi", "en", "tr"]


def some(random: Random, codes: Any, most: int) -> list[str]:
    """A few of these codes, often none."""
    return sorted(str(code) for code in random.sample(list(codes), random.choice([0, 0, *range(most + 1)])))


def make_clients(counsellor: User, number: int, random: Random) -> list[Client]:
    """Clients of whom much, little or nothing is known."""
    clients = [_client(counsellor, random) for _each in range(number)]
    JobSearch.objects.bulk_create(_search(client, random) for client in clients if random.random() < 0.85)
    for client in clients:
        _languages(client, random)
    for low, high in zip(sorted(CODES), sorted(CODES)[1:], strict=False):
        TravelTime.objects.create(
            centre=counsellor.centre, code_a=low, code_b=high, minutes=random.choice([9, 15, 16, 40, 75])
        )
    return clients


def _client(counsellor: User, random: Random) -> Client:
    licences = random.choice([[], ["none"], ["foreign"], some(random, LICENCES, 3)])
    return ClientFactory(
        counsellor=counsellor, postal_code=random.choice(["", *CODES]), driving_licences=licences,
        spoken_languages=some(random, LANGUAGES, 2),
    )  # fmt: skip


def _search(client: Client, random: Random) -> JobSearch:
    experienced = some(random, FieldOfWork.values, 3)
    low = random.choice([None, 1, 10, 20, 30])
    certificates = random.choice([[], ["none"], some(random, WorkCertificate.values, 3)])
    coming = [code for code in some(random, WorkCertificate.values, 2) if code not in certificates]
    legal = random.choice(["", "", *LegalPrerequisite.values])
    return JobSearch(
        client=client, fields_experienced=experienced, fields_trained=some(random, FieldOfWork.values, 1),
        fields_wished=some(random, FieldOfWork.values, 2),
        years_by_field={code: random.randint(0, 12) for code in experienced if random.random() < 0.7},
        hours_from=low, hours_to=random.choice([None, low or 5, 30, 40]), slots=some(random, WorkingSlot.values, 15),
        certificates=certificates, certificates_in_progress=coming, minutes_limit=random.choice([None, 10, 30, 60]),
        licence_in_progress=random.choice(["", "", "b", "c", "forklift"]), legal=legal,
        legal_confirmed_on=dt.date(2026, 5, 4) if legal else None, as_of=dt.date(2026, 5, 4),
    )  # fmt: skip


def _languages(client: Client, random: Random) -> None:
    for language in ["de", *some(random, LANGUAGES, 2)]:
        if random.random() < 0.75:
            level, reading = random.choice(LEVELS), random.choice(["", *LEVELS])
            speaking = random.choice(["", level]) if reading else level
            LanguageSkill.objects.create(
                client=client, language=language, speaking=speaking, reading=reading,
                source=random.choice(["self", "counsellor", "certificate"]), noted_on=dt.date(2026, 5, 4),
            )  # fmt: skip


def make_vacancy(counsellor: User, random: Random) -> Vacancy:
    """A vacancy that demands much or little."""
    required = some(random, LICENCES, 1)
    certificates = some(random, WorkCertificate.values, 1)
    return VacancyFactory(
        centre=counsellor.centre, field_of_work=random.choice(FieldOfWork.values), hours_per_week=random.choice([None, 8, 20, 40]),
        working_slots=some(random, WorkingSlot.values, 8), postal_code=random.choice(["", *CODES]),
        german_required=random.choice(["", "A1", "A2", "B1", "B2"]), languages=some(random, LANGUAGES, 2),
        experience_years=random.choice([None, 1, 3, 8]), licences_required=required,
        licences_desired=[code for code in some(random, LICENCES, 2) if code not in required],
        certificates_required=certificates,
        certificates_desired=[code for code in some(random, WorkCertificate.values, 2) if code not in certificates],
    )  # fmt: skip


def say(clients: list[Client], vacancy: Vacancy, random: Random) -> None:
    """Some agreed to this employer, some took it back, and one of them agreed again."""
    for client in clients:
        withdrawn = random.choice([True, False])
        if random.random() < 0.3:
            _agreed(client, vacancy, withdrawn=withdrawn)
            if withdrawn and random.random() < 0.3:
                _agreed(client, vacancy, withdrawn=False)


def _agreed(client: Client, vacancy: Vacancy, *, withdrawn: bool) -> None:
    given = timezone.now() - dt.timedelta(days=2)
    Consent.objects.create(
        client=client, purpose=Purpose.SHARE_WITH_EMPLOYER, employer_name=vacancy.employer, text_version="2026-01",
        explained_in="de", given_at=given, withdrawn_at=given + dt.timedelta(hours=1) if withdrawn else None,
    )  # fmt: skip
