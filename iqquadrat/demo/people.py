"""Clients, consultations, short contacts and events of a programme."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from random import Random
from typing import Any

from counselling.models import (
    Client,
    ClientCounter,
    Consent,
    Consultation,
    FollowUp,
    GroupEvent,
    ShortContact,
    Topic,
)
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.names import CONTENT, draw
from iqquadrat.demo.plan import Plan, moment, workdays

BATCH = 1000
COUNTRIES = {
    "ar": ["Syrien", "Irak", "Marokko", "Libanon", "Tunesien"], "ku": ["Türkei", "Irak", "Syrien"],
    "ru": ["Russische Föderation", "Kasachstan", "Ukraine"], "uk": ["Ukraine"], "vi": ["Vietnam"], "tr": ["Türkei"],
    "fa": ["Iran", "Afghanistan"], "en": ["Nigeria", "Ghana"], "fr": ["Kamerun", "Togo", "Senegal"], "de": ["Kasachstan", "Deutschland"],
}  # fmt: skip
SECOND_LANGUAGES = {
    "ku": ["ar", "tr"],
    "uk": ["ru"],
    "ar": ["fr", "ku"],
    "fa": ["tr"],
    "tr": ["ku"],
    "fr": ["en"],
    "en": ["fr"],
}
DISTRICTS = [
    ("04315", "Neustadt-Neuschönefeld"),
    ("04315", "Volkmarsdorf"),
    ("04318", "Anger-Crottendorf"),
    ("04347", "Schönefeld"),
]
TOPIC_WEIGHTS = {
    "application": 20, "work_search": 22, "german_course": 9, "recognition": 7, "benefits": 8, "forms": 8, "training": 7,
    "residence": 4, "housing": 3, "further_training": 4, "self_employment": 3, "family": 2, "health": 1, "debts": 1, "digital": 2,
    "business_advice": 1, "other": 2,
}  # fmt: skip


def talks() -> dict[str, list[dict[str, str]]]:
    """Return what was talked about, by topic."""
    found: dict[str, list[dict[str, str]]] = tomllib.loads(
        (CONTENT / "talks.toml").read_text(encoding="utf-8")
    )
    return found


def make_clients(
    *, centre: Centre, counsellors: Sequence[User], number: int, entry_days: Sequence[dt.date], code: str, plan: Plan, random: Random
) -> list[Client]:  # fmt: skip
    """Create clients who come in over ``entry_days``; in the order of their numbers."""
    days = sorted(random.choice(entry_days) for _each in range(number))
    languages, weights = list(plan.languages), list(plan.languages.values())
    counters: dict[int, int] = {
        counter.year: counter.last for counter in ClientCounter.objects.filter(centre=centre)
    }
    clients = []
    for day in days:
        counters[day.year] = counters.get(day.year, 0) + 1
        language = random.choices(languages, weights)[0]
        clients.append(
            Client(
                centre=centre, number=f"K-{day.year}-{counters[day.year]:04}", in_charge_since=day, programme_code=code,
                counsellor=_counsellor_for(language, counsellors, random), **_facts(language, day, random),
            )
        )  # fmt: skip
    created = Client.objects.bulk_create(clients, batch_size=BATCH)
    for year, last in counters.items():
        ClientCounter.objects.update_or_create(centre=centre, year=year, defaults={"last": last})
    Consent.objects.bulk_create(
        [
            Consent(
                client=client, purpose="counselling_data", text_version="2007-07", given_at=moment(client.in_charge_since, 10),
                explained_in=client.reading_language or "de",
            )
            for client in created
        ], batch_size=BATCH,
    )  # fmt: skip
    return created


def _counsellor_for(language: str, counsellors: Sequence[User], random: Random) -> User:
    """Each counsellor takes the languages of a share of the clients; some come to whoever is free."""
    if random.random() < 0.15:
        return random.choice(counsellors)
    return counsellors[sum(map(ord, language)) % len(counsellors)]


def _facts(language: str, day: dt.date, random: Random) -> dict[str, Any]:
    name = draw(language, random)
    spoken = [language, *(code for code in SECOND_LANGUAGES.get(language, []) if random.random() < 0.4)]
    if language != "de" and random.random() < 0.7:
        spoken.append("de")
    age = int(random.triangular(17, 62, 33))
    exact = random.random() < 0.8
    postal_code, district = random.choice(DISTRICTS)
    return {
        "given_name": name.given, "family_name": name.family, "latin_given_name": name.latin_given, "latin_family_name": name.latin_family,
        "name_order": "family_first" if name.family_first else "given_first", "form_of_address": "ms" if name.woman else "mr",
        "gender": ("female" if name.woman else "male") if random.random() < 0.95 else "",
        "birth_date": dt.date(day.year - age, random.randint(1, 12) if exact else 1, random.randint(1, 28) if exact else 1),
        "birth_precision": "day" if exact else "year",
        "country_of_birth": random.choice(COUNTRIES[language]), "arrived_year": day.year - random.randint(0, 12),
        "spoken_languages": spoken, "reading_language": language if language != "ku" or random.random() < 0.5 else "tr",
        "postal_code": postal_code, "district": district,
        "phone": f"0341 555{random.randint(1000, 9999)}" if random.random() < 0.6 else "",
        "school_isced": random.choices(["", "0", "1", "2", "3", "6", "7"], [15, 4, 12, 30, 25, 9, 5])[0],
        "labour_market_status": random.choices(
            ["", "unemployed_short", "unemployed_long", "marginal", "not_seeking", "in_education", "employed"], [8, 30, 38, 9, 6, 5, 4]
        )[0],
        "income_type": random.choices(["", "sgb2", "sgb3", "family", "own", "asylblg"], [15, 55, 10, 8, 7, 5])[0],
        "heard_from": random.choices(["", "friends", "job_centre", "community", "passing_by", "course"], [20, 40, 15, 10, 10, 5])[0],
    }  # fmt: skip


def make_consultations(
    *, clients: Sequence[Client], last_day: dt.date, code: str, random: Random
) -> list[Consultation]:
    """Create the consultations of these clients: the first on the day they came, others over the following months."""
    topics = {topic.key: topic for topic in Topic.objects.all()}
    stock, keys, weights = talks(), list(TOPIC_WEIGHTS), list(TOPIC_WEIGHTS.values())
    made = []
    for client in clients:
        for number, day in enumerate(_visits(client.in_charge_since, last_day, random)):
            key = random.choices(keys, weights)[0]
            made.append(
                _consultation(
                    client, day, topics[key], random.choice(stock[key]), code, random, first=number == 0
                )
            )
    made.sort(key=lambda row: row.held_at)
    created = Consultation.objects.bulk_create(made, batch_size=BATCH)
    through = Consultation.other_topics.through
    extra = []
    for row in created:
        if row.main_topic and random.random() < 0.35:
            other = topics[random.choice(keys)]
            if other.pk != row.main_topic_id:
                extra.append(through(consultation_id=row.pk, topic_id=other.pk))
    through.objects.bulk_create(extra, batch_size=BATCH)
    return created


def _visits(first: dt.date, last_day: dt.date, random: Random) -> list[dt.date]:
    """Return the days of a client's visits: one for many, a handful for most of the others, a dozen for a few."""
    wanted = random.choices([1, 2, 3, 4, 6, 9, 12], [38, 22, 15, 10, 8, 5, 2])[0]
    days, day = [first], first
    for _each in range(wanted - 1):
        day += dt.timedelta(days=random.randint(4, 45))
        day += dt.timedelta(days=max(0, day.weekday() - 4) and 7 - day.weekday())
        if day > last_day:
            break
        days.append(day)
    return days


def _consultation(
    client: Client, day: dt.date, topic: Topic, talk: dict[str, str], code: str, random: Random, *, first: bool
) -> Consultation:  # fmt: skip
    missed = not first and random.random() < 0.06
    language = client.spoken_languages[0]
    languages = (
        [language]
        if random.random() < 0.85 or language == "de" or "de" not in client.spoken_languages
        else [language, "de"]
    )
    return Consultation(
        centre_id=client.centre_id, client=client, counsellor_id=client.counsellor_id, programme_code=code,
        held_at=moment(day, random.randint(9, 17), random.choice([0, 15, 30, 45])), minutes=0 if missed else random.choice([15, 20, 30, 30, 45, 45, 60]),
        channel=random.choices(
            ["person_planned", "person_unplanned", "phone", "accompaniment", "outreach", "mail"], [50, 24, 15, 5, 4, 2]
        )[0],
        languages=languages, interpretation=random.choices(["none", "staff", "volunteer", "relative"], [70, 15, 12, 3])[0],
        main_topic=None if missed else topic, is_no_show=missed, concern="" if missed else talk["concern"],
        done="" if missed else talk["done"], agreed="" if missed else talk["agreed"],
    )  # fmt: skip


def make_short_contacts(
    *, centre: Centre, counsellors: Sequence[User], number: int, days: Sequence[dt.date], code: str, plan: Plan, random: Random
) -> None:  # fmt: skip
    """Create anonymous short contacts."""
    topics = {topic.key: topic for topic in Topic.objects.all()}
    keys, weights = list(TOPIC_WEIGHTS), list(TOPIC_WEIGHTS.values())
    languages, shares = list(plan.languages), list(plan.languages.values())
    ShortContact.objects.bulk_create(
        [
            ShortContact(
                centre=centre, counsellor=random.choice(counsellors), at=moment(random.choice(days), random.randint(9, 17), random.randint(0, 59)),
                language=random.choices(languages, shares)[0], topic=topics[random.choices(keys, weights)[0]], programme_code=code,
                minutes=random.choice([3, 5, 5, 10]),
            )
            for _each in range(number)
        ], batch_size=BATCH,
    )  # fmt: skip


def make_information_events(*, centre: Centre, plan: Plan, random: Random) -> None:
    """Create information events, one every few weeks."""
    titles = [
        "Arbeiten in Deutschland",
        "Wie bewerbe ich mich?",
        "Anerkennung von Berufen",
        "Rechte bei der Arbeit",
        "Selbstständig im Quartier",
    ]
    days = workdays(plan.starts_on, plan.ends_on)[10::23]
    GroupEvent.objects.bulk_create(
        GroupEvent(
            centre=centre, title=random.choice(titles), at=moment(day, 17), place="Bürgertreff im Quartier", languages=random.sample(["ar", "ru", "vi", "de", "ku"], 2),
            head_count=random.randint(8, 34), programme_code=plan.programme_code,
        )
        for day in days
    )  # fmt: skip


def make_follow_ups(consultations: Sequence[Consultation], *, today: dt.date, random: Random) -> None:
    """Create follow-ups from the latest talks: some overdue, some due today, some to come."""
    steps = [talk["next"] for rows in talks().values() for talk in rows if talk["next"]]
    rows: list[FollowUp] = []
    seen: set[int] = set()
    for row in reversed(consultations):
        if row.client_id is None or row.client_id in seen or row.is_no_show or len(rows) >= 24:
            continue
        seen.add(row.client_id)
        rows.append(
            FollowUp(
                client_id=row.client_id, consultation=row, assigned_to_id=row.counsellor_id, text=random.choice(steps),
                due_on=today + dt.timedelta(days=random.choice([-4, -2, -1, 0, 0, 0, 1, 1, 2, 3, 7])),
            )
        )  # fmt: skip
    FollowUp.objects.bulk_create(rows)
