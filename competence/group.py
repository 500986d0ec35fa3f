"""The profiles of a centre as a group: how many, which bands, fields of work, wishes and times. Sums for the coordination.

Nothing of the language evidence is read here, and no name. Periods are half-years that are over: they never overlap and never grow, so
that no two pages of one day can be subtracted from each other. A person counts once a half-year, with the latest profile.

Limit: the figures are counted anew at each look. Who keeps a page and compares it with one after an erasure, or after a correction of a
single file, sees the difference of one person. Frozen figures, as the reports have them, would end that.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Min
from django.utils import timezone

from competence.group_counts import Person
from competence.models import Assessment, AssessmentQuerySet, FieldConfirmation
from competence.page import DAYS, PARTS
from competence.profile import Profile, choices_by_key
from competence.scoring import ScaleScore
from counselling.enums import AgeBand
from counselling.models import Client
from iqquadrat.accounts.models import User
from iqquadrat.core.figures import Period
from iqquadrat.questionnaires.enums import ItemType
from iqquadrat.questionnaires.models import Answer, Version

NOT_STATED = "-"  # no answer, or not known of the person
YES, NO = "yes", "no"
NOT_NAMED = "0"
BANDS = ("0", "1", "2")
BETWEEN, TOO_FEW = "between", "too_few"
HOURS = ("h15", "h30", "h99")  # below 15, below 30, from 30 on
SPLITS = ("gender", "age", "programme")
WISHES = ("wsh_field", "wsh_form")
_AGES = ((18, AgeBand.UNDER_18), (30, AgeBand.FROM_18), (55, AgeBand.FROM_30))


@dataclass(frozen=True, order=True)
class HalfYear:
    """A half of a calendar year."""

    year: int
    half: int

    @property
    def first_day(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def next(self) -> "HalfYear":
        """The one after it."""
        return HalfYear(self.year, 2) if self.half == 1 else HalfYear(self.year + 1, 1)

    @property
    def last_day(self) -> dt.date:
        """Its last day."""
        return self.next.first_day - dt.timedelta(days=1)

    @property
    def key(self) -> str:
        """As it stands in the address."""
        return f"{self.year}-{self.half}"


def half_of(day: dt.date) -> HalfYear:
    """Return the half-year of a day."""
    return HalfYear(day.year, 1 if day.month < 7 else 2)


def half_years(user: User, today: dt.date) -> list[HalfYear]:
    """Return the half-years that are over, from the latest back to that of the centre's first finished profile."""
    first = _finished(user).aggregate(first=Min("finished_at"))["first"]
    if first is None:
        return []
    found, half = [], half_of(timezone.localdate(first))
    while half.last_day < today:
        found.append(half)
        half = half.next
    return found[::-1]


def _finished(user: User) -> AssessmentQuerySet:
    """Finished profiles of the centre; what is left of erased persons has no answers any more."""
    return Assessment.objects.finished().filter(
        centre_id=user.centre_id, client__erased_at__isnull=True
    )  # fmt: skip


@dataclass(frozen=True)
class Group:
    """The persons of one half-year, and the newest questionnaire among theirs: its choices name the lines."""

    persons: list[Person]
    version: Version | None


def group_of(user: User, half: HalfYear) -> Group:
    """Return the persons with a profile finished in this half-year, in a fixed number of queries."""
    period = Period(starts_on=half.first_day, ends_on=half.last_day, centre_ids=(user.centre_id,))
    latest = (
        _finished(user).filter(period.moments("finished_at")).order_by("client_id", "-finished_at", "-pk")
    )
    found = list(latest.distinct("client_id").select_related("client", "response"))
    versions = _versions({assessment.response.version_id for assessment in found})
    profiles = list(_profiles(found, versions))
    if not profiles:
        return Group([], None)
    newest = max(versions.values(), key=lambda version: version.number)
    fields = choices_of(newest, "wrk_main")
    persons = [_person(profile, newest, fields) for profile in profiles]
    return Group(persons, newest)


def _versions(keys: set[int]) -> dict[int, Version]:
    rows = Version.objects.filter(pk__in=keys).prefetch_related("items", "choice_lists__choices")
    return {version.pk: version for version in rows}


def _profiles(found: Sequence[Assessment], versions: Mapping[int, Version]) -> Iterable[Profile]:
    answers: dict[int, dict[str, Answer]] = {assessment.response_id: {} for assessment in found}
    items = {item.pk: item for version in versions.values() for item in version.items.all()}
    choices = {pk: choices_by_key(version) for pk, version in versions.items()}
    # What clients wrote in their own words is nobody's sum.
    for answer in Answer.objects.filter(response__in=answers).exclude(item__type=ItemType.TEXT):
        answer.item = items[answer.item_id]  # read once, not once an answer
        answers[answer.response_id][answer.item.key] = answer
    confirmed: dict[int, dict[str, FieldConfirmation]] = {}
    for row in FieldConfirmation.objects.filter(assessment__in=found):
        confirmed.setdefault(row.assessment_id, {})[row.row_key] = row
    for assessment in found:
        version = assessment.response.version_id
        yield Profile(
            assessment=assessment, version=versions[version], answers=answers[assessment.response_id],
            confirmations=confirmed.get(assessment.pk, {}), remarks=(), shared_choices=choices[version],
        )  # fmt: skip


def choices_of(version: Version, key: str) -> tuple[str, ...]:
    item = version.items_by_key.get(key)
    return tuple(choice.key for choice in item.all_choices if choice.key != "none") if item else ()


def _person(profile: Profile, version: Version, fields: Sequence[str]) -> Person:
    """What is counted of one profile; nothing else is kept of it."""
    assessment = profile.assessment
    categories = {f"scale:{score.code}": _band(score) for score in profile.scores}
    evidence = {row.key: str(int(row.evidence)) for row in profile.rows}
    categories |= {f"field:{key}": evidence.get(f"field:{key}", NOT_NAMED) for key in fields}
    for item in WISHES:
        said = {profile.one(item), *profile.several(item)}
        categories |= {f"{item}:{key}": YES if key in said else NO for key in choices_of(version, item)}
    categories |= _times(profile, choices_of(version, "mob_dist"))
    return Person(categories, _groups(assessment))


def _band(score: ScaleScore) -> str:
    if score.low is None:
        return TOO_FEW
    return str(int(score.low)) if score.settled else BETWEEN


def _times(profile: Profile, ways: Sequence[str]) -> dict[str, str]:
    free = set(profile.several("avl_times"))
    hours = profile.number("avl_hours")
    step = NOT_STATED if hours is None else HOURS[(hours >= 15) + (hours >= 30)]
    way = profile.one("mob_dist") or NOT_STATED
    found = {"hours": step, "way": way if way in ways else NOT_STATED}
    for part in PARTS:
        found[f"time:{part}"] = YES if any(f"{day}_{part}" in free for day in DAYS) else NO
    return found


def _groups(assessment: Assessment) -> dict[str, str]:
    client = assessment.client
    return {
        "gender": client.gender or NOT_STATED,
        "age": _age(client, timezone.localdate(assessment.finished_at)),
        "programme": assessment.programme_code or NOT_STATED,
    }


def _age(client: Client, day: dt.date) -> str:
    """The age group on a day; where no birth date is known, the group that was told."""
    born = client.birth_date
    if born is None:
        return client.age_band or NOT_STATED
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((band for below, band in _AGES if years < below), AgeBand.FROM_55).value
