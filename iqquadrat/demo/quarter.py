"""The quarter: streets, shops, the survey of July 2007, training places, courses and the Stammtisch."""

import datetime as dt
import tomllib
import uuid
from collections.abc import Sequence
from random import Random
from typing import Any

from businesses.models import (
    Assignment,
    Business,
    BusinessConsultation,
    ContactAttempt,
    Event,
    EventAttendance,
    Interview,
    Observation,
    Premises,
    Street,
    TrainingPlace,
    Unit,
    Wave,
    WzBranch,
)
from businesses.services.register import set_keys
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.names import CONTENT
from iqquadrat.demo.plan import Plan, moment, workdays
from iqquadrat.demo.streets import doors
from iqquadrat.questionnaires import flow
from iqquadrat.questionnaires.models import Answer, Item, Response, Version

STREETS = {"Eisenbahnstraße": 120, "Konradstraße": 60, "Hermann-Liebmann-Straße": 100, "Dresdner Straße": 80}
STATES_WITHOUT_INTERVIEW = ["refusal", "owner_absent", "no_contact", "language_barrier", "ineligible"]
SIZES = ["1", "2-4", "2-4", "2-4", "5-9", "10-19"]
HEADS = {"1": (1, 1), "2-4": (2, 4), "5-9": (5, 9), "10-19": (10, 14)}
# What businesses that do not train have for it; most of them nothing.
RIGHTS = [["none"], ["unknown"], ["trainer"], ["master", "premises"], ["trainer", "premises"]]
TRAINING_PLACES = [
    ("Restaurant Levante", "Köchin/Koch", "first_time"), ("Restaurant Sen Vàng", "Köchin/Koch", "first_time"),
    ("Salon Belkis", "Friseurin/Friseur", "first_time"), ("Markt am Eck", "Verkäuferin/Verkäufer", "additional"),
]  # fmt: skip


def make_businesses(*, centre: Centre, by: User, plan: Plan, random: Random) -> list[Business]:
    """Create the units of the streets: named shops first, then many more like them, some empty, some closed."""
    stock = tomllib.loads((CONTENT / "shops.toml").read_text(encoding="utf-8"))
    streets = Street.objects.bulk_create(Street(centre=centre, name=name) for name in STREETS)
    spots = [(streets[0], number, position) for number, position in doors(STREETS["Eisenbahnstraße"])]
    spots += [(street, number, "") for street in streets[1:] for number in range(2, STREETS[street.name], 3)]
    branches = {branch.code: branch for branch in WzBranch.objects.filter(version=2008)}
    premises = Premises.objects.bulk_create(
        Premises(centre=centre, street=street, house_number=number, position=position)
        for street, number, position in spots[: plan.units]
    )
    rows = []
    for number, place in enumerate(premises):
        shop = stock["shops"][number] if number < len(stock["shops"]) else _another(stock, random)
        state = (
            "open"
            if number < len(stock["shops"])
            else random.choices(["open", "vacant", "closed"], [84, 11, 5])[0]
        )
        rows.append(_business(centre, by, place, shop, state, branches, plan, random))
    created = Business.objects.bulk_create(rows)
    # The register was written down during the survey, not on the day the demonstration is built.
    Business.objects.filter(centre=centre).update(created_at=moment(plan.survey_ends_on, 18))
    Observation.objects.bulk_create(
        Observation(business=business, seen_on=plan.survey_ends_on, status=business.status, by=by)
        for business in created
    )
    return created


def _another(stock: dict[str, Any], random: Random) -> list[Any]:
    """Return a shop of the same trade under another owner's name."""
    model = random.choice(stock["shops"])
    return [f"{model[2]} {random.choice(stock['owners'])}", *model[1:]]


def _business(
    centre: Centre, by: User, place: Premises, shop: Sequence[Any], state: str, branches: dict[str, WzBranch], plan: Plan, random: Random
) -> Business:  # fmt: skip
    name, code, words, languages = shop
    empty = state == "vacant"
    business = Business(
        centre=centre, premises=place, status=state, sign_name="" if empty else name, branch=None if empty else branches.get(code),
        branch_words="" if empty else words, languages=[] if empty else languages, size_band="" if empty else random.choice(SIZES),
        size_is_estimated=not empty and random.random() < 0.3, confirmed_on=plan.survey_ends_on, confirmed_by=by, created_by=by,
        programme_code=plan.programme_code,
    )  # fmt: skip
    set_keys(business)
    return business


def make_survey(
    *, centre: Centre, businesses: Sequence[Business], surveyors: Sequence[User], version: Version, by: User, plan: Plan, random: Random
) -> None:  # fmt: skip
    """Create the wave of July 2007 with its units, sections, attempts and interviews."""
    wave = Wave.objects.create(
        centre=centre, name="Bedarfsermittlung Juli 2007", starts_on=plan.survey_starts_on, ends_on=plan.survey_ends_on, version=version,
        programme_code=plan.programme_code, created_by=by,
    )  # fmt: skip
    streets = list(Street.objects.filter(centre=centre))
    Assignment.objects.bulk_create(
        Assignment(wave=wave, surveyor=surveyor, street=street, side=side)
        for street in streets
        for surveyor, side in zip(surveyors, ("odd", "even"), strict=False)
    )
    open_ones = [business for business in businesses if business.status == "open"]
    asked = {
        business.pk
        for business in [
            *open_ones[: len(TRAINING_PLACES) * 10],
            *random.sample(open_ones[40:], plan.interviews - 40),
        ]
    }
    days = workdays(plan.survey_starts_on, plan.survey_ends_on)
    units, attempts, interviews = [], [], []
    for business in businesses:
        surveyor = surveyors[business.premises_id % len(surveyors)] if business.premises_id else surveyors[0]
        result = result_of(business, business.pk in asked, random)
        unit = Unit(wave=wave, business=business, status=business.status, disposition=result)
        units.append(unit)
        attempts += visits(unit, surveyor, result, days, random)
        if business.pk in asked:
            interviews.append((business, surveyor, result))
    Unit.objects.bulk_create(units)
    ContactAttempt.objects.bulk_create(attempts)
    _make_interviews(wave, interviews, version, days, random)


def result_of(business: Business, is_asked: bool, random: Random) -> str:
    """Return what came of the visits at a door."""
    if is_asked:
        return "complete" if random.random() < 0.9 else "partial"
    if business.status != "open":
        return "ineligible"
    return random.choices(STATES_WITHOUT_INTERVIEW, [45, 25, 20, 9, 1])[0]


def visits(
    unit: Unit, surveyor: User, result: str, days: Sequence[dt.date], random: Random
) -> list[ContactAttempt]:
    """Return up to four visits; the last one gave the result, those before found nobody who could answer."""
    number = 4 if result in ("owner_absent", "no_contact") else random.choice([1, 1, 2, 3])
    rows = []
    for visit, day in enumerate(sorted(random.sample(list(days), number)), start=1):
        last = visit == number
        disposition = result if last else random.choice(["owner_absent", "no_contact"])
        reason = random.choice(["no_time", "no_interest", "mistrust"]) if disposition == "refusal" else ""
        rows.append(
            ContactAttempt(
                unit=unit,
                surveyor=surveyor,
                at=moment(day, random.randint(9, 18)),
                disposition=disposition,
                reason=reason,
            )
        )
    return rows


def _make_interviews(
    wave: Wave, asked: Sequence[tuple[Business, User, str]], version: Version, days: Sequence[dt.date], random: Random
) -> None:  # fmt: skip
    responses = hold_interviews(wave, asked, days, random)
    rows = []
    for (business, _surveyor, outcome), response in zip(asked, responses, strict=True):
        rows += answers(business, response, version, random, most=None if outcome == "complete" else 26)
    Answer.objects.bulk_create(rows, batch_size=2000)


def hold_interviews(
    wave: Wave, asked: Sequence[tuple[Business, User, str]], days: Sequence[dt.date], random: Random
) -> list[Response]:
    """Create the finished interviews of a wave; return their responses, which hold no answers yet."""
    starts = [moment(random.choice(days), random.randint(9, 17), random.randint(0, 59)) for _each in asked]
    ends = [start + dt.timedelta(minutes=random.randint(14, 38)) for start in starts]
    responses = Response.objects.bulk_create(
        Response(version=wave.version, language="de", started_at=start, completed_at=end)
        for start, end in zip(starts, ends, strict=True)
    )
    Interview.objects.bulk_create(
        Interview(
            business=business, wave=wave, response=response, surveyor=surveyor, disposition=outcome, started_at=start, completed_at=end,
            language=random.choices(["de", "vi", "ar", "tr"], [80, 8, 7, 5])[0], with_interpreter=random.random() < 0.1,
        )
        for (business, surveyor, outcome), response, start, end in zip(asked, responses, starts, ends, strict=True)
    )  # fmt: skip
    return responses


def answers(
    business: Business, response: Response, version: Version, random: Random, *, most: int | None,
    told: dict[str, dict[str, Any]] | None = None,
) -> list[Answer]:  # fmt: skip
    """Return the answers of one interview, at most so many. ``told`` is what is certain beforehand; staff that fits together when not given."""
    values: dict[str, Any] = {}
    rows: list[Answer] = []
    told = staff(business, random) if told is None else told
    item = flow.next_item(version, values, None)
    while item is not None and (most is None or len(rows) < most):
        facts = _fact(item, business, values, told, random)
        if facts is not None:
            chosen = facts.get("choices")
            values[item.key] = (
                (chosen if item.type == "multiple" else chosen[0])
                if chosen
                else facts.get("number", facts.get("text"))
            )
        rows.append(
            Answer(
                response=response, item=item, status="answered" if facts else "skipped", answered_at=response.started_at, epoch=0,
                seq=len(rows) + 1, op_id=uuid.UUID(int=random.getrandbits(128)), **(facts or {}),
            )
        )  # fmt: skip
        item = flow.next_item(version, values, item.key)
    return rows


def staff(business: Business, random: Random) -> dict[str, dict[str, Any]]:
    """Return answers on staff and training that fit together, and the size in the register."""
    heads = random.randint(*HEADS.get(business.size_band, (1, 4)))
    full = random.randint(0, (heads - 1) // 2)
    part = random.randint(0, heads - 1 - full)
    marginal = random.randint(0, heads - 1 - full - part)
    trainees = 1 if full + part >= 2 and random.random() < 0.4 else 0
    right = ["trainer", "premises", "trains"] if trainees else random.choices(RIGHTS, [60, 12, 12, 8, 8])[0]
    numbers = {
        "v09_heads": heads, "v10_full": full, "v11_part": part, "v12_marginal": marginal, "v13_family": heads - 1 - full - part - marginal,
        "v14_trainees_now": trainees, "v14_trainees_later": trainees + (random.random() < 0.1),
    }  # fmt: skip
    return {key: {"number": number} for key, number in numbers.items()} | {"v24_right": {"choices": right}}


def _fact(
    item: Item, business: Business, values: dict[str, Any], told: dict[str, dict[str, Any]], random: Random
) -> dict[str, Any] | None:
    """Return a believable answer, or None where the owner did not want to say."""
    if random.random() < 0.06:
        return None
    if item.key in told:
        return told[item.key]
    offered = list(flow.choices_for(item, values))
    if item.type == "single":
        return {"choices": [random.choice(offered).key]} if offered else None
    if item.type == "multiple":
        plain = [choice.key for choice in offered if not choice.exclusive]
        return (
            {
                "choices": sorted(
                    random.sample(plain, min(len(plain), random.choice([1, 1, 2, 3]))), key=plain.index
                )
            }
            if plain
            else None
        )
    if item.type == "year":
        return {"number": random.randint(1992, 2007)}
    if item.type == "integer":
        least = item.min_value or 0
        return {"number": least + min(int(random.expovariate(0.6)), 12)}
    if item.type == "date":
        return {"date": dt.date(2007, random.randint(8, 12), 1), "date_precision": "month"}
    return {"text": business.branch_words or business.sign_name}


def make_advice(
    *, centre: Centre, businesses: Sequence[Business], by: User, plan: Plan, random: Random
) -> None:
    """Create what followed: business consultations, courses, Stammtisch evenings, the four training places."""
    named = {business.sign_name: business for business in businesses if business.sign_name}
    TrainingPlace.objects.bulk_create(
        TrainingPlace(
            business=named[name], occupation=occupation, reason=reason, created_on=day, programme_code=plan.programme_code, created_by=by,
            evidence="contract" if day.month != 8 else "employer",
        )
        for (name, occupation, reason), day in zip(
            TRAINING_PLACES, [dt.date(2007, 11, 5), dt.date(2008, 2, 11), dt.date(2008, 5, 19), dt.date(2008, 8, 1)], strict=True
        )
    )  # fmt: skip
    days = workdays(plan.survey_ends_on, plan.ends_on)
    topics = ["german", "tax", "marketing", "law", "financing", "staff", "succession"]
    open_ones = [business for business in businesses if business.status == "open"]
    BusinessConsultation.objects.bulk_create(
        BusinessConsultation(
            business=random.choice(open_ones), counsellor=by, held_at=moment(random.choice(days), random.randint(10, 18)),
            minutes=random.choice([30, 45, 60, 90]), topic=random.choice(topics), languages=["de"], programme_code=plan.programme_code,
        )
        for _each in range(86)
    )  # fmt: skip
    evenings = Event.objects.bulk_create(
        [
            Event(
                centre=centre, kind="regulars_table", title="Stammtisch der Unternehmer/innen", at=moment(day, 20), languages=["de"],
                place="Café Samowar", head_count=0, programme_code=plan.programme_code,
            )
            for day in days[20::22]
        ]
        + [
            Event(
                centre=centre, kind="course", title="Deutsch für Unternehmer/innen", at=moment(day, 19), languages=["de"],
                place="Beratungsstelle Dialog", programme_code=plan.programme_code,
            )
            for day in days[45:245:5]
        ]
    )  # fmt: skip
    attendances = []
    for evening in evenings:
        guests = random.sample(open_ones, random.randint(6, 14))
        rows = [
            EventAttendance(event=evening, business=guest, heads=random.choice([1, 1, 1, 2]))
            for guest in guests
        ]
        evening.head_count = sum(row.heads for row in rows)
        attendances += rows
    EventAttendance.objects.bulk_create(attendances)
    Event.objects.bulk_update(evenings, ["head_count"])
