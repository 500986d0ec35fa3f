"""What changes over time with the clients of the present day: work, languages, goals, who deputises."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from counselling.models import Case, Charge, Client, Consultation, LanguageSkill, Situation
from iqquadrat.accounts.models import User

GOALS = [
    "Arbeit als Küchenhilfe, möglichst im Viertel", "Anerkennung als Krankenpfleger/in", "Ausbildung in der Altenpflege", "Deutsch bis B1, danach Arbeit suchen",
    "Wieder als Schneider/in arbeiten", "Eigenes Lebensmittelgeschäft", "Führerschein umschreiben, dann als Fahrer/in arbeiten", "Minijob neben dem Sprachkurs",
]  # fmt: skip
LEVELS = ["a1", "a2", "a2", "b1", "b1", "b2"]


def make_histories(
    *, clients: Sequence[Client], counsellors: Sequence[User], today: dt.date, random: Random
) -> None:
    """Give two thirds of the clients language levels, half of them a goal, a third of them a change of work; some a deputy."""
    skills, cases, situations, deputies = [], [], [], []
    for client in clients:
        if random.random() < 0.65:
            skills += _skills(client, random)
        if random.random() < 0.5:
            cases.append(_case(client, today, random))
        changed_on = client.in_charge_since + dt.timedelta(days=random.randint(20, 150))
        if random.random() < 0.35 and changed_on <= today:
            situations.append(_situation(client, changed_on, random))
        if random.random() < 0.1:
            deputies.append(_deputy(client, counsellors, today, random))
    LanguageSkill.objects.bulk_create(skills)
    Situation.objects.bulk_create(situations)
    Charge.objects.bulk_create(deputies)
    for case in Case.objects.bulk_create(cases):
        Consultation.objects.filter(client_id=case.client_id, is_no_show=False).update(case=case)


def _skills(client: Client, random: Random) -> list[LanguageSkill]:
    rows = []
    for code in client.spoken_languages[:3]:
        native = code == client.spoken_languages[0]
        level = "native" if native else random.choice(LEVELS)
        certified = code == "de" and random.random() < 0.5
        rows.append(
            LanguageSkill(
                client=client, language=code, speaking=level, reading="c2" if native else random.choice([level, "a1", ""]),
                source="certificate" if certified else random.choice(["self", "self", "counsellor"]), noted_on=client.in_charge_since,
            )
        )  # fmt: skip
    return rows


def _case(client: Client, today: dt.date, random: Random) -> Case:
    closed_on = client.in_charge_since + dt.timedelta(days=random.randint(30, 160))
    closed = random.random() < 0.4 and closed_on <= today
    return Case(
        client=client, centre_id=client.centre_id, goal=random.choice(GOALS), opened_on=client.in_charge_since, opened_by_id=client.counsellor_id,
        closed_on=closed_on if closed else None, closed_by_id=client.counsellor_id if closed else None,
        outcome=random.choice(["reached", "reached", "partly", "changed", "no_contact"]) if closed else "", programme_code=client.programme_code,
    )  # fmt: skip


def _situation(client: Client, day: dt.date, random: Random) -> Situation:
    status, income = random.choice(
        [("marginal", "sgb2"), ("employed", "own"), ("in_education", "bafoeg"), ("unemployed_short", "sgb3")]
    )
    return Situation(client=client, since=day, labour_market_status=status, income_type=income)


def _deputy(client: Client, counsellors: Sequence[User], today: dt.date, random: Random) -> Charge:
    others = [user for user in counsellors if user.pk != client.counsellor_id]
    since = max(client.in_charge_since, today - dt.timedelta(days=random.randint(0, 30)))
    return Charge(
        client=client, user=random.choice(others), kind="deputy", since=since, until=since + dt.timedelta(days=random.choice([8, 15, 22])),
        reason=random.choice(["Urlaub", "Fortbildung", "gemeinsame Beratung"]),
    )  # fmt: skip
