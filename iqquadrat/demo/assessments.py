"""Assessments with believable behaviour at the PC: who reads little German switches, who is tired skips, who hurries is too fast.

A simulated person has a reading level and a habit of answering. The events are of the same kind as those of the kiosk; the
derived results come from the same services as for real clients.
"""

import datetime as dt
import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from competence.enums import AssessmentState, EndReason, Event, Measuring
from competence.models import Assessment, KioskSession, ParadataEvent
from counselling.models import Client
from iqquadrat.demo.plan import moment
from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.models import Answer, Item, Response, Version

BATCH = 2000
TRANSLATED = ("ru", "vi", "ar", "fa", "tr")
DIFFICULTY = {"A1": 0.0, "A2": 1.0, "B1": 2.0, "": 0.0}
FIELDS = [
    "kitchen",
    "construction",
    "cleaning",
    "care",
    "warehouse",
    "sales",
    "repair",
    "driving",
    "office",
    "sewing",
    "garden",
]
PAIRS = ["teapot", "moon", "sun", "fish", "boat", "key", "umbrella", "drum", "bread", "leaf"]


@dataclass
class Person:
    """Somebody at the PC. ``reading``: 0 reads hardly any German, 3 reads B1 with ease; ``pace`` stretches all times."""

    mother_tongue: str
    reading: float
    pace: float
    strengths: dict[str, float]
    year: int  # of the sitting
    fields: list[str]  # of work, the main one first
    years: int  # of work in all
    arrived: int
    random: Random

    def understands(self, item: Item) -> bool:
        """Whether the German of this question is understood today."""
        ease = self.reading - DIFFICULTY[item.level] + 0.35
        return self.random.random() < min(0.97, max(0.04, 0.5 + ease * 0.45))


@dataclass
class Sitting:
    """What one person leaves behind: answers and events, in order."""

    answers: dict[str, Any] = field(default_factory=dict)
    shown_in: dict[str, str] = field(default_factory=dict)
    status: dict[str, str] = field(default_factory=dict)
    events: list[tuple[str, str, str, int]] = field(default_factory=list)  # event, item, state, milliseconds
    ms: int = 0


def sit_down(version: Version, person: Person) -> Sitting:
    """Let a person answer all questions that are asked, one after the other."""
    sitting = Sitting()
    item = flow.next_item(version, sitting.answers, None)
    while item is not None:
        _answer(item, person, sitting)
        item = flow.next_item(version, sitting.answers, item.key)
    sitting.events.append((Event.END, "", "", sitting.ms))
    return sitting


def _answer(item: Item, person: Person, sitting: Sitting) -> None:
    random = person.random

    def happens(event: str, state: str = "") -> None:
        sitting.events.append((event, item.key, state, sitting.ms))

    happens(Event.SHOWN)
    words = len(str(item.label).split())
    in_a_hurry = random.random() < 0.015
    sitting.ms += int((400 if in_a_hurry else 1500 + words * 380 * random.uniform(0.8, 1.6)) * person.pace)
    german = person.mother_tongue == "de" or (in_a_hurry or person.understands(item))
    if not german and not item.probe:
        happens(Event.TO_L1)
        sitting.ms += int(random.uniform(2500, 6000) * person.pace)
    sitting.shown_in[item.key] = "de" if german or item.probe else person.mother_tongue
    value = _value(item, person, sitting, german=german)
    if value is None:
        status, event, state = (
            ("dont_know", Event.DONT_KNOW, "dk") if random.random() < 0.5 else ("skipped", Event.SKIP, "sk")
        )
        sitting.status[item.key] = status
    else:
        sitting.status[item.key], sitting.answers[item.key] = "answered", value
        event, state = Event.ANSWER, _state(value)
    happens(event, state)
    sitting.ms += int(random.uniform(600, 1800) * person.pace)
    happens(Event.NEXT, state)
    sitting.ms += random.randint(150, 500)


def _state(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def _value(item: Item, person: Person, sitting: Sitting, *, german: bool) -> Any:
    """Return the answer, or None for one of the two ways not to answer."""
    random = person.random
    if item.probe:
        return (
            item.correct
            if random.random() < (0.93 if german else 0.3)
            else random.choice([c.key for c in item.all_choices])
        )
    if random.random() < (0.02 if german else 0.04):
        return None
    if item.type in ("single", "multiple"):
        return _choices(item, person, sitting)
    return _typed_in(item, person)


def _typed_in(item: Item, person: Person) -> Any:
    """Return a number, a year, a day or words that fit to what the person said elsewhere."""
    random = person.random
    if item.type == "integer":
        least, most = item.min_value or 0, min(item.max_value or 40, 40)
        told = {
            "wrk_years": person.years,
            "wrk_main_years": max(1, person.years * 2 // 3),
            "avl_hours": random.choice([20, 25, 30, 40]),
        }
        return told.get(
            item.key, min(most, max(least, int(random.triangular(least, most, (least + most) / 3))))
        )
    if item.type == "year":
        return (
            person.arrived
            if item.key == "arr_year"
            else random.randint(max(person.arrived, person.year - 4), person.year)
        )
    if item.type == "date":
        return dt.date(person.year + random.choice([0, 1]), random.randint(1, 12), 1)
    return random.choice(
        ["Deutsch", "Computer", "Backen wie hier", "Staplerschein", "Altenpflege", "Buchhaltung", "Friseurin"]
    )


def _choices(item: Item, person: Person, sitting: Sitting) -> Any:
    random = person.random
    offered = flow.choices_for(item, sitting.answers)
    if not offered:
        return None
    if offered[0].score is not None and len(offered) == 4:
        level = person.strengths.get(item.dimension, 2.6) + random.gauss(0, 0.7)
        return offered[min(3, max(0, round(level) - 1))].key
    known = {
        "home_langs": person.mother_tongue, "lng_first": person.mother_tongue, "wrk_ever": "yes" if random.random() < 0.88 else "no",
        "voc_way": random.choice(["none", "on_job", "on_job", "vocational", "university"]),
        "sch_attended": random.choices(["long", "short", "never"], [75, 20, 5])[0], "wrk_main": person.fields[0],
        "voc_field": person.fields[0], "wrk_fields": person.fields, "wsh_field": person.fields[:1],
    }.get(item.key)  # fmt: skip
    if item.key.startswith("de_") and item.key != "de_course":
        return offered[min(len(offered) - 1, max(0, round(person.reading + random.gauss(0.6, 0.6))))].key
    if isinstance(known, list):
        return known
    if known:
        return [known] if item.type == "multiple" else known
    if item.type == "single":
        return random.choice(offered).key
    plain = [choice.key for choice in offered if not choice.exclusive]
    return sorted(random.sample(plain, min(len(plain), random.choice([1, 2, 2, 3]))), key=plain.index)


def make_assessments(
    *, clients: Sequence[Client], version: Version, first_days: dict[int, dt.date], code: str, random: Random
) -> list[Assessment]:  # fmt: skip
    """Create one finished assessment for each of these clients, a few days after their first talk; one in eight stays unfinished."""
    sittings = [
        (client, sit_down(version, _person(client, first_days[client.pk].year, random))) for client in clients
    ]
    finished = [random.random() > 0.125 for _each in sittings]
    starts = [
        moment(first_days[client.pk] + dt.timedelta(days=random.randint(2, 12)), random.randint(9, 15))
        for client in clients
    ]
    responses = Response.objects.bulk_create(
        [
            Response(
                version=version, language=_mother_tongue(client), started_at=start,
                completed_at=start + dt.timedelta(milliseconds=sitting.ms) if done else None,
            )
            for (client, sitting), done, start in zip(sittings, finished, starts, strict=True)
        ], batch_size=BATCH,
    )  # fmt: skip
    assessments = Assessment.objects.bulk_create(
        [
            _assessment(client, response, done, code, random)
            for (client, _sitting), response, done in zip(sittings, responses, finished, strict=True)
        ],
        batch_size=BATCH,
    )
    kept = [
        sitting if done else _cut_short(sitting, random)
        for (_client, sitting), done in zip(sittings, finished, strict=True)
    ]
    _store_answers(responses, kept, version)
    _store_events(assessments, responses, kept, version)
    return assessments


def _mother_tongue(client: Client) -> str:
    language = client.spoken_languages[0]
    return language if language in TRANSLATED else "de"


def _person(client: Client, year: int, random: Random) -> Person:
    strengths = {
        dimension: random.gauss(2.9, 0.5) for dimension in ("MET", "PER", "SOC", "MAN", "NUM", "DIG")
    }
    age = year - client.birth_date.year if client.birth_date else 30
    return Person(
        mother_tongue=_mother_tongue(client), reading=random.triangular(-0.2, 3.2, 1.2), pace=random.uniform(0.8, 1.9), strengths=strengths,
        year=year, fields=random.sample(FIELDS, random.choice([1, 2, 2, 3])), years=random.randint(1, max(2, age - 17)),
        arrived=client.arrived_year or year - 3, random=random,
    )  # fmt: skip


def _assessment(client: Client, response: Response, done: bool, code: str, random: Random) -> Assessment:
    discussed = (
        response.completed_at + dt.timedelta(days=random.randint(1, 20))
        if response.completed_at and random.random() < 0.8
        else None
    )
    return Assessment(
        client=client, centre_id=client.centre_id, response=response, mother_tongue=_mother_tongue(client), programme_code=code,
        measuring=Measuring.AGREED if random.random() < 0.92 else Measuring.REFUSED,
        state=AssessmentState.FINISHED if done else AssessmentState.PAUSED, started_at=response.started_at,
        finished_at=response.completed_at, discussed_at=discussed, pair=random.sample(PAIRS, 2),
    )  # fmt: skip


def _cut_short(sitting: Sitting, random: Random) -> Sitting:
    """Return what is left of a sitting that was paused somewhere and not taken up again."""
    keys = list(sitting.status)
    kept = set(keys[: random.randint(8, max(9, len(keys) - 10))])
    short = Sitting(
        answers={key: value for key, value in sitting.answers.items() if key in kept},
        shown_in=sitting.shown_in, status={key: value for key, value in sitting.status.items() if key in kept},
        events=[event for event in sitting.events if event[1] in kept],
    )  # fmt: skip
    short.ms = short.events[-1][3]
    short.events.append((Event.PAUSE, "", "", short.ms))
    return short


def _store_answers(responses: Sequence[Response], sittings: Sequence[Sitting], version: Version) -> None:
    items = version.items_by_key
    rows = []
    for response, sitting in zip(responses, sittings, strict=True):
        for seq, (key, status) in enumerate(sitting.status.items(), start=1):
            rows.append(
                Answer(
                    response=response, item=items[key], status=status, epoch=1, seq=seq, language_shown=sitting.shown_in[key],
                    answered_at=response.started_at, **_typed(items[key], sitting.answers.get(key)),
                )
            )  # fmt: skip
    Answer.objects.bulk_create(rows, batch_size=BATCH)


def _typed(item: Item, value: Any) -> dict[str, Any]:
    if value is None:
        return {}
    if item.type in ("single", "multiple"):
        return {"choices": value if isinstance(value, list) else [value]}
    if item.type in ("integer", "year"):
        return {"number": value}
    if item.type == "date":
        return {"date": value, "date_precision": "month"}
    return {"text": value}


def _store_events(
    assessments: Sequence[Assessment], responses: Sequence[Response], sittings: Sequence[Sitting], version: Version
) -> None:  # fmt: skip
    sessions = KioskSession.objects.bulk_create(
        [
            KioskSession(
                assessment=assessment, token_hash=uuid.uuid5(uuid.NAMESPACE_OID, f"demo-{assessment.pk}").hex, started_at=response.started_at,
                last_seen=response.started_at + dt.timedelta(milliseconds=sitting.ms), last_seq=len(sitting.events),
                ends_at=response.started_at + dt.timedelta(minutes=90), ended_at=response.started_at + dt.timedelta(milliseconds=sitting.ms),
                ended_reason=EndReason.FINISHED if response.completed_at else EndReason.PAUSED,
            )
            for assessment, response, sitting in zip(assessments, responses, sittings, strict=True)
        ], batch_size=BATCH,
    )  # fmt: skip
    rows = []
    for session, sitting in zip(sessions, sittings, strict=True):
        # Who refused the measuring leaves no events: the kiosk does not store them either.
        events = [] if session.assessment.measuring == Measuring.REFUSED else sitting.events
        for seq, (event, key, state, ms) in enumerate(events, start=1):
            at = session.started_at + dt.timedelta(milliseconds=ms)
            rows.append(
                ParadataEvent(
                    session=session,
                    seq=seq,
                    item_key=key,
                    item_version=version.number,
                    event=event,
                    state=state,
                    ms=ms,
                    at=at,
                )
            )
    ParadataEvent.objects.bulk_create(rows, batch_size=BATCH)
