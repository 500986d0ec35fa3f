"""Places to refer to, and whom the counsellors sent there of late."""

import datetime as dt
import tomllib
from collections.abc import Sequence
from random import Random

from counselling.consents import current_text
from counselling.enums import Arrived, Direction, Purpose
from counselling.models import Client, Consent, Institution, Referral, Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.names import CONTENT
from iqquadrat.demo.plan import Plan, moment

REFERRALS = 42
PASSED_ON = ["Name und Telefon", "Name, Telefon und Anliegen", "", "Name und Sprache"]


def make_directory(*, centre: Centre, by: User, random: Random) -> list[Institution]:
    """Fill the directory."""
    topics = {topic.key: topic for topic in Topic.objects.all()}
    stock = tomllib.loads((CONTENT / "institutions.toml").read_text(encoding="utf-8"))["institutions"]
    made = []
    for number, (name, kind, street, languages, helps_with) in enumerate(stock):
        place = Institution.objects.create(
            centre=centre, created_by=by, name_de=name, kind=kind, street=street, postal_code=f"043{random.randrange(10, 20)}",
            city=centre.city, phone=f"0341 55502{number:02}", languages=languages,
            opening_hours="Mo, Di, Do 9–12 Uhr\nDi, Do auch 14–18 Uhr",
        )  # fmt: skip
        place.topics.set([topics[key] for key in helps_with])
        made.append(place)
    return made


def make_referrals(
    *, clients: Sequence[Client], places: Sequence[Institution], plan: Plan, today: dt.date, random: Random
) -> None:
    """Refer some clients in the last two months: half of those whose time has come were asked, the others wait."""
    chosen = random.sample(list(clients), k=min(REFERRALS, len(clients)))
    version = current_text(Purpose.REFERRAL).version
    for client in chosen:
        place, day = random.choice(places), today - dt.timedelta(days=random.randrange(1, 60))
        asked = day + dt.timedelta(days=14)
        answered = asked < today and random.random() < 0.75
        passed_on = random.choice(PASSED_ON)
        consent = None
        if passed_on:
            consent = Consent.objects.create(
                client=client, purpose=Purpose.REFERRAL, text_version=version, explained_in=client.reading_language or "de",
                given_at=moment(day, 11), employer_name=place.name_de, created_by=client.counsellor,  # type: ignore[attr-defined]  # a column a language
            )  # fmt: skip
        Referral.objects.create(
            centre_id=client.centre_id, client=client, institution=place, direction=Direction.TO, topic=place.topics.first(),
            counsellor=client.counsellor, created_by=client.counsellor, consent=consent, passed_on=passed_on, on=day,
            ask_on=asked, programme_code=plan.present_code,
            arrived=random.choice([Arrived.YES, Arrived.YES, Arrived.YES, Arrived.NO, Arrived.UNKNOWN]) if answered else "",
            asked_on=asked if answered else None, asked_by=client.counsellor if answered else None,
        )  # fmt: skip
