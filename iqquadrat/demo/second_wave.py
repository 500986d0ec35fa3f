"""The street asked again after a year: who is still there, who opened, closed or took over, and what the others say now.

Belongs to no programme, so that the programme's figures stay those of the real project. What stays from one wave to the next is more
likely the less it is a matter of mood: a rent contract, then suppliers, then the state of business.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from businesses.enums import ConsentPurpose, Status
from businesses.interviewing import CONSENT_ITEMS
from businesses.models import (
    Assignment,
    Business,
    BusinessConsent,
    BusinessConsultation,
    ContactAttempt,
    Interview,
    Observation,
    Street,
    Unit,
    Wave,
)
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo import quarter
from iqquadrat.demo.plan import Plan, moment, workdays
from iqquadrat.questionnaires.models import Answer, Version
from placements.models import Vacancy

NAME = "Nacherhebung Juli 2008"
DEATHS, TAKEOVERS, BIRTHS = 9, 5, 7
# Who was asked in 2007 mostly lets itself be asked again; of the others some agree this time.
AGAIN, FIRST_TIME = 0.84, 0.25
OPENED = [
    ("Bistro Zagros", "56.1", "Imbiss", ["de", "ku"]), ("Naturkost Rabet", "47.2", "Naturkost", ["de"]),
    ("Phở 79", "56.1", "Asiatisches Bistro", ["de", "vi"]), ("Handy & Mehr", "47.4", "Handys und Zubehör", ["de", "ar"]),
    ("Barbershop Ali", "96.0", "Friseur", ["de", "ar"]), ("Fahrradladen Speiche", "95.2", "Fahrräder", ["de"]),
    ("Goldschmiede Aram", "47.7", "Schmuck", ["de", "ku"]),
]  # fmt: skip
# How likely an answer is the same a year later, by the number of the question; else it is asked anew.
_FIRM = {*range(1, 9), 15}
_MOOD = {20, 21, 22, 23}
_SAME = {"firm": 0.97, "mood": 0.5, "other": 0.85}
_STAFF = ("v10_full", "v11_part", "v12_marginal", "v13_family")
Facts = dict[str, Any]


def keep_consents(*, wave: Wave) -> None:
    """What was agreed to in the interviews of a wave, where nothing is in force yet; who may be called has a number in the register."""
    yes = Answer.objects.filter(
        response__interview__wave=wave, item__key__in=CONSENT_ITEMS, choices=["yes"]
    ).select_related("response__interview", "item")
    known = set(BusinessConsent.objects.values_list("business", "purpose"))
    agreed = [
        BusinessConsent(
            business_id=answer.response.interview.business_id, interview=answer.response.interview, purpose=CONSENT_ITEMS[answer.item.key],
            text_version="business_survey 1", given_at=answer.answered_at,
        )
        for answer in yes
        if (answer.response.interview.business_id, CONSENT_ITEMS[answer.item.key]) not in known
    ]  # fmt: skip
    BusinessConsent.objects.bulk_create(agreed)
    callable_ = [one.business_id for one in agreed if one.purpose == ConsentPurpose.CONTACT]
    numbered = list(Business.objects.filter(pk__in=callable_, phone="").order_by("pk"))
    for business in numbered:
        business.phone = f"0341 5551{business.pk % 1000:03d}"
    Business.objects.bulk_update(numbered, ["phone"])


def make_second_wave(
    *, centre: Centre, businesses: Sequence[Business], surveyors: Sequence[User], version: Version, by: User, plan: Plan, random: Random
) -> list[Business]:  # fmt: skip
    """Create the wave of July 2008; return the businesses that took over from others since the first one."""
    first = Wave.objects.get(centre=centre, starts_on=plan.survey_starts_on)
    keep_consents(wave=first)
    opened, new = _a_year_later(businesses, by, plan, random)
    wave = Wave.objects.create(
        centre=centre,
        name=NAME,
        starts_on=plan.second_starts_on,
        ends_on=plan.second_ends_on,
        version=version,
        created_by=by,
    )
    Assignment.objects.bulk_create(
        Assignment(wave=wave, surveyor=surveyor, street=street, side=side)
        for street in Street.objects.filter(centre=centre)
        for surveyor, side in zip(surveyors, ("odd", "even"), strict=False)
    )
    before = {
        talk.business_id: talk for talk in Interview.objects.filter(wave=first).select_related("response")
    }
    days = workdays(plan.second_starts_on, plan.second_ends_on)
    units, attempts, asked = [], [], []
    for business in [*businesses, *new]:
        if business.status == Status.MOVED:
            continue
        surveyor = surveyors[(business.premises_id or 0) % len(surveyors)]
        is_asked = business.status == Status.OPEN and random.random() < (
            AGAIN if business.pk in before else FIRST_TIME
        )
        result = quarter.result_of(business, is_asked, random)
        unit = Unit(wave=wave, business=business, status=business.status, disposition=result)
        units.append(unit)
        attempts += quarter.visits(unit, surveyor, result, days, random)
        if is_asked:
            asked.append((business, surveyor, result))
    Unit.objects.bulk_create(units)
    ContactAttempt.objects.bulk_create(attempts)
    _see(wave, units, days, by, random)
    said = _said({talk.response_id: talk.business_id for talk in before.values()})
    starts = {business.pk: year for business, year in opened.items()}
    _hold(wave, asked, said, starts, days, random)
    keep_consents(wave=wave)
    return new


def _a_year_later(
    businesses: Sequence[Business], by: User, plan: Plan, random: Random
) -> tuple[dict[Business, Facts], list[Business]]:
    """Some closed, some were taken over, some opened in empty shops. Returns who is new, with how it began, and the successors."""
    late = moment(plan.second_starts_on, 0)
    busy = set(BusinessConsultation.objects.filter(held_at__gte=late).values_list("business", flat=True))
    busy |= set(Vacancy.objects.filter(valid_until__gte=late).values_list("business", flat=True))
    # The first forty have names that the rest of the demonstration relies on.
    free = [one for one in businesses[40:] if one.status == Status.OPEN and one.pk not in busy]
    gone = random.sample(free, min(DEATHS + TAKEOVERS, len(free)))
    closed, handed_over = gone[:DEATHS], gone[DEATHS:]
    empty = random.sample([one for one in businesses if one.status == Status.VACANT], BIRTHS)
    began: dict[Business, Facts] = {}
    for one in closed:
        one.status = Status.CLOSED
    owners = ["Demir", "Hoang", "Saleh", "Sokolow", "Brandt"]
    new = []
    for one, owner in zip(handed_over, owners, strict=False):
        one.status = Status.MOVED
        new.append(_successor(one, owner, by, random))
    branches = {one.branch.code: one.branch for one in businesses if one.branch}
    for one, (name, code, words, languages) in zip(empty, OPENED, strict=True):
        one.status, one.sign_name, one.branch_words, one.languages = Status.OPEN, name, words, languages
        one.branch, one.size_band = branches.get(code), random.choice(["1", "2-4"])
        began[one] = {"v02_founded": {"number": 2008}, "v03_start": {"choices": ["new"]}}
    Business.objects.bulk_update(
        [*gone, *empty], ["status", "sign_name", "branch_words", "languages", "branch", "size_band"]
    )
    Business.objects.bulk_create(new)
    for one in new:
        began[one] = {"v02_founded": {"number": 2008}, "v03_start": {"choices": ["takeover"]}}
    return began, new


def _successor(old: Business, owner: str, by: User, random: Random) -> Business:
    return Business(
        centre_id=old.centre_id, premises=old.premises, sign_name=f"{old.branch_words} {owner}", branch=old.branch,
        branch_words=old.branch_words, languages=old.languages, size_band=random.choice(quarter.SIZES), predecessor=old, created_by=by,
    )  # fmt: skip


def _see(wave: Wave, units: Sequence[Unit], days: Sequence[dt.date], by: User, random: Random) -> None:
    """Everybody was passed by once at least."""
    seen = {unit.business_id: random.choice(days) for unit in units}
    Observation.objects.bulk_create(
        Observation(
            business_id=unit.business_id, seen_on=seen[unit.business_id], status=unit.status, wave=wave, by=by
        )
        for unit in units
    )
    passed = [unit.business for unit in units]
    for business in passed:
        business.confirmed_on, business.confirmed_by = seen[business.pk], by
    Business.objects.bulk_update(passed, ["confirmed_on", "confirmed_by"])


def _said(responses: Mapping[int, int]) -> dict[int, dict[str, Facts]]:
    """What each business answered the first time, by the key of the question."""
    said: dict[int, dict[str, Facts]] = {}
    rows = Answer.objects.filter(response__in=responses, status="answered").select_related("item")
    for answer in rows:
        value: Facts = {"choices": answer.choices} if answer.choices else {}
        if answer.number is not None:
            value = {"number": answer.number}
        if answer.text:
            value = {"text": answer.text}
        if answer.date:
            value = {"date": answer.date, "date_precision": answer.date_precision}
        said.setdefault(responses[answer.response_id], {})[answer.item.key] = value
    return said


def _hold(
    wave: Wave, asked: Sequence[tuple[Business, User, str]], said: Mapping[int, dict[str, Facts]], began: Mapping[int, Facts],
    days: Sequence[dt.date], random: Random,
) -> None:  # fmt: skip
    talks = quarter.hold_interviews(wave, asked, days, random)
    rows: list[Answer] = []
    for (business, _surveyor, result), response in zip(asked, talks, strict=True):
        told = _told(business, said.get(business.pk, {}), began.get(business.pk, {}), random)
        rows += quarter.answers(
            business, response, wave.version, random, most=None if result == "complete" else 26, told=told
        )
    Answer.objects.bulk_create(rows, batch_size=2000)


def _told(
    business: Business, before: Mapping[str, Facts], began: Mapping[str, Facts], random: Random
) -> dict[str, Facts]:
    """What is certain before the talk begins: staff that fits together, and what stayed since the last time."""
    told = quarter.staff(business, random)
    counted = {key: before[key]["number"] for key in (*_STAFF, "v14_trainees_now") if key in before}
    if len(counted) == len(_STAFF) + 1:
        told |= _staff_again(counted, random)
    return (
        told
        | {key: fact for key, fact in before.items() if key not in told and _stays(key, random)}
        | dict(began)
    )


def _stays(key: str, random: Random) -> bool:
    number = int(key[1:3]) if key.startswith("v") else 0
    kind = "firm" if number in _FIRM else "mood" if number in _MOOD else "other"
    return random.random() < _SAME[kind]


def _staff_again(before: Mapping[str, int], random: Random) -> dict[str, Facts]:
    """A year's change: one job more here, one less there, now and then a first trainee."""
    now = {key: before[key] for key in _STAFF}
    grown = random.choices([1, 0, -1], [26, 58, 16])[0]
    if grown > 0:
        now[random.choice(["v10_full", "v11_part", "v11_part", "v12_marginal"])] += 1
    elif grown < 0 and any(now.values()):
        now[random.choice([key for key in _STAFF if now[key]])] -= 1
    trainees = before["v14_trainees_now"]
    if trainees == 0 and now["v10_full"] + now["v11_part"] >= 2 and random.random() < 0.18:
        trainees = 1
    facts: dict[str, Facts] = {key: {"number": number} for key, number in now.items()}
    facts |= {"v09_heads": {"number": 1 + sum(now.values())}, "v14_trainees_now": {"number": trainees}}
    facts["v14_trainees_later"] = {"number": trainees + (random.random() < 0.1)}
    if trainees:
        facts["v24_right"] = {"choices": ["trainer", "premises", "trains"]}
    return facts
