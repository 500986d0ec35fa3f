"""What the client's record already says about an entry, and how many hours of counselling there have been: reads only."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, Sum
from django.utils import timezone

from counselling.doors import FundedProgramme, funded_programmes
from counselling.enums import BirthPrecision, Stated
from counselling.models import Attendance, Client, Consultation, Participation
from counselling.participation import (
    GENDER_OF,
    MINUTES_BEFORE_ENTRY,
    STATUS_OF,
    age_band_at,
    third_country,
)
from counselling.queries import current_situation
from iqquadrat.accounts.models import User

GERMANY = frozenset({"deutschland", "germany", "de", "ddr", "brd"})


def at_entry(client: Client, programmes: list[FundedProgramme]) -> dict[str, Any]:
    """Return what the entry form begins with."""
    today = timezone.localdate()
    running = [one for one in programmes if one.covers(today)] or programmes
    day = today if not running or running[0].covers(today) else min(today, running[0].ends_on)
    status = current_situation(client).labour_market_status or client.labour_market_status
    return {
        "programme_code": running[0].code if running else "", "entered_on": day,
        "gender": GENDER_OF.get(client.gender, "not_stated"), "status": STATUS_OF.get(status, ""),
        "age_band": _age_group(client, day), "isced": client.school_isced,
    }  # fmt: skip


def _age_group(client: Client, day: dt.date) -> str:
    if client.birth_date:
        precision = client.birth_precision or BirthPrecision.DAY
        return age_band_at(day, client.birth_date, precision, client.birth_calendar)
    return client.age_band


def voluntary_at_entry(client: Client) -> dict[str, str]:
    """Return what follows from the record about the voluntary questions; it is confirmed with the client, or dropped."""
    outside = third_country(client.residence_status)
    born = client.country_of_birth.strip().casefold()
    abroad = Stated.YES if outside == Stated.YES or (born and born not in GERMANY) else ""
    return {"third_country": outside, "foreign_background": abroad}


@dataclass(frozen=True)
class Hours:
    """Minutes of counselling of one client in one programme."""

    client: Client
    programme: FundedProgramme
    minutes: int

    @property
    def words(self) -> str:
        """Hours and minutes as a clock shows them."""
        return f"{self.minutes // 60}:{self.minutes % 60:02}"

    @property
    def is_due(self) -> bool:
        """Whether so many hours are over that entry is proposed."""
        return self.minutes >= MINUTES_BEFORE_ENTRY


def hours_so_far(client: Client) -> list[Hours]:
    """Return the hours of a client in every programme of today that they have not entered yet."""
    today = timezone.localdate()
    programmes = [one for one in funded_programmes(client.centre_id) if one.covers(today)]
    entered = set(client.participations.values_list("programme_code", flat=True))
    sums = _minutes(Q(client=client), programmes)
    return [
        Hours(client, one, sums[client.pk, one.code]) for one in programmes if one.code not in entered
    ]  # fmt: skip


def to_enter(user: User) -> list[Hours]:
    """Return own clients whose hours are over and who have not entered, those with most hours first."""
    today = timezone.localdate()
    programmes = {one.code: one for one in funded_programmes(user.centre_id) if one.covers(today)}
    if not programmes:
        return []
    own = Client.objects.own(user)
    sums = _minutes(Q(client__in=own), list(programmes.values()))
    wanted = {key: minutes for key, minutes in sums.items() if minutes >= MINUTES_BEFORE_ENTRY}
    there = Participation.objects.filter(client__in=own, programme_code__in=programmes)
    for key in there.values_list("client_id", "programme_code"):
        wanted.pop(key, None)
    clients = own.in_bulk([pk for pk, _code in wanted])
    found = [
        Hours(clients[pk], programmes[code], minutes) for (pk, code), minutes in wanted.items() if pk in clients
    ]  # fmt: skip
    return sorted(found, key=lambda one: (-one.minutes, one.client.pk))


def _minutes(who: Q, programmes: list[FundedProgramme]) -> dict[tuple[int, str], int]:
    """Add up minutes by client and programme: talks of their own, and those in which they took part beside somebody else."""
    codes = [one.code for one in programmes]
    sums: dict[tuple[int, str], int] = defaultdict(int)
    if not codes:
        return sums
    own = Consultation.objects.contacts().filter(who, programme_code__in=codes).order_by()
    for pk, code, minutes in own.values_list("client_id", "programme_code").annotate(all=Sum("minutes")):
        sums[pk, code] += minutes
    beside = Attendance.objects.filter(
        who, consultation__is_no_show=False, consultation__programme_code__in=codes
    ).order_by()
    beside = beside.exclude(consultation__client=F("client"))
    rows = beside.values_list("client_id", "consultation__programme_code")
    for pk, code, minutes in rows.annotate(all=Sum("consultation__minutes")):
        sums[pk, code] += minutes
    return sums
