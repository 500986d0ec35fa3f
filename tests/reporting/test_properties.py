"""What must hold of the figures whatever was recorded: parts add up, persons never exceed what they did, and no change of the records'
surroundings (a merge, an erasure, another counsellor, a correction) moves a number that it should not move."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from counselling.models import Client, Consultation, ShortContact
from counselling.services import merge_clients, reassign_client
from iqquadrat.accounts.permissions import Role
from iqquadrat.core.figures import Period, count_together
from iqquadrat.reporting.catalogue import breakdowns, figures
from placements.categories import Category, Headline
from placements.headlines import categories_of
from placements.models import Placement, Vacancy
from tests.businesses.factories import BusinessFactory
from tests.counselling.factories import ClientFactory, topic
from tests.fixtures.people import CentreFactory, UserFactory
from tests.rights.agreed import erase_by_two

BERLIN = ZoneInfo("Europe/Berlin")
# Few worlds, each with many records: every one is counted a dozen times.
few = settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
pytestmark = pytest.mark.django_db

# The hours in which a day of Berlin is not the day of UTC, and the turns of the year.
_hours = st.sampled_from([(0, 0), (0, 30), (9, 15), (23, 30), (23, 59)])
_days = st.sampled_from([dt.date(2006, 12, 31), dt.date(2007, 1, 1), dt.date(2007, 12, 31), dt.date(2008, 1, 1)]) | st.dates(
    dt.date(2006, 10, 1), dt.date(2009, 2, 1)
)  # fmt: skip
_moments = st.builds(lambda day, hour: dt.datetime.combine(day, dt.time(*hour), tzinfo=BERLIN), _days, _hours)


@dataclass(frozen=True)
class Talk:
    """Whose talk it was (nobody's: without a record), with whom, when, and whether somebody came."""

    person: int | None
    counsellor: int
    at: dt.datetime
    missed: bool
    programme: str


@dataclass(frozen=True)
class Start:
    """Who started as what on which day."""

    person: int
    category: str
    on: dt.date
    programme: str


_codes = st.sampled_from(["iq", "other"])
_talks = st.lists(
    st.builds(Talk, st.none() | st.integers(0, 4), st.integers(0, 1), _moments, st.booleans(), _codes), max_size=25
)  # fmt: skip
_starts = st.lists(
    st.builds(Start, st.integers(0, 4), st.sampled_from(list(Category)), _days, _codes), max_size=15
)


@dataclass
class World:
    """Two centres with two counsellors and five persons; the last person and the second counsellor belong to the second centre."""

    clients: list[Client]
    counsellors: list[Any]

    def period(self, first: dt.date, last: dt.date, **more: Any) -> Period:
        centres = tuple(user.centre_id for user in self.counsellors)
        return Period(**({"starts_on": first, "ends_on": last, "centre_ids": centres} | more))


@contextmanager
def world(talks: list[Talk], starts: list[Start]) -> Iterator[World]:
    """Make the records, and take them away again."""
    with transaction.atomic():
        users = [UserFactory(centre=CentreFactory(), roles=[Role.COUNSELLOR]) for _each in range(2)]
        people = [ClientFactory(counsellor=users[number == 4]) for number in range(5)]
        main, further = topic(), topic("benefits")
        Consultation.objects.bulk_create(_talk(talk, people, users, main) for talk in talks if talk.person is not None or not talk.missed)  # fmt: skip
        Consultation.other_topics.through.objects.bulk_create(
            Consultation.other_topics.through(consultation=talk, topic=one)
            for talk in Consultation.objects.filter(is_no_show=False, held_at__minute=30)
            for one in (main, further)
        )
        ShortContact.objects.bulk_create(
            ShortContact(centre=users[talk.counsellor].centre, counsellor=users[talk.counsellor], at=talk.at, language="ar", topic=main)
            for talk in talks[::3]
        )  # fmt: skip
        shops = [BusinessFactory(centre=user.centre) for user in users]
        for start in starts:
            client = people[start.person]
            shop = shops[client.centre_id != users[0].centre_id]
            vacancy = Vacancy.objects.create(
                centre=client.centre,
                business=shop,
                title="Hilfe",
                field_of_work="kitchen",
                opened_on=start.on,
            )
            Placement.objects.create(
                centre=client.centre, client=client, vacancy=vacancy, category=start.category, started_on=start.on,
                programme_code=start.programme,
            )  # fmt: skip
        yield World(people, users)
        transaction.set_rollback(True)


def _talk(talk: Talk, people: list[Client], users: list[Any], main: Any) -> Consultation:
    client = None if talk.person is None else people[talk.person]
    user = users[talk.counsellor] if client is None else users[client.centre_id != users[0].centre_id]
    return Consultation(
        centre=user.centre, client=client, counsellor=user, held_at=talk.at, programme_code=talk.programme, channel="person_planned",
        is_no_show=talk.missed, minutes=0 if talk.missed else 30, main_topic=None if talk.missed else main,
        languages=[] if talk.missed else ["ar"],
    )  # fmt: skip


def counts(period: Period) -> dict[str, int]:
    return count_together(figures(), period)


# Figures of events: each record lies on one day, with one counsellor, in one centre and one programme.
EVENTS = (
    "contacts", "no_shows", "short_contacts", "services", "placements_started", "employment_relationships", "primary_labour_market",
    "training_taken_up", "vacancies",
)  # fmt: skip
YEARS = (dt.date(2007, 1, 1), dt.date(2008, 12, 31))


def _months(first: dt.date, last: dt.date) -> list[tuple[dt.date, dt.date]]:
    starts = [dt.date(year, month, 1) for year in range(first.year, last.year + 1) for month in range(1, 13)]
    return [
        (one, other - dt.timedelta(days=1)) for one, other in pairwise([*starts, last + dt.timedelta(days=1)])
    ]


@few
@given(talks=_talks, starts=_starts)
def test_events_add_up_over_months_centres_and_programmes(
    db: None, talks: list[Talk], starts: list[Start]
) -> None:
    with world(talks, starts) as made:
        whole = made.period(*YEARS)
        total = counts(whole)
        by_month = [counts(made.period(*days)) for days in _months(*YEARS)]
        by_centre = [counts(replace(whole, centre_ids=(user.centre_id,))) for user in made.counsellors]
        for code in EVENTS:
            assert total[code] == sum(part[code] for part in by_month), code
            assert total[code] == sum(part[code] for part in by_centre), code
        by_programme = [counts(replace(whole, programme_code=code)) for code in ("iq", "other")]
        for code in ("contacts", "no_shows", "placements_started", "employment_relationships"):
            assert total[code] == sum(part[code] for part in by_programme), code
        by_counsellor = [counts(replace(whole, counsellor_id=user.pk)) for user in made.counsellors]
        for code in ("contacts", "no_shows", "short_contacts", "placements_started"):
            assert total[code] == sum(part[code] for part in by_counsellor), code
        # A person belongs to one centre, so persons add up over centres as well; over months they do not.
        assert total["persons_advised"] == sum(part["persons_advised"] for part in by_centre)
        assert total["persons_advised"] <= sum(part["persons_advised"] for part in by_month)


@few
@given(talks=_talks, starts=_starts)
def test_persons_never_exceed_what_they_did(db: None, talks: list[Talk], starts: list[Start]) -> None:
    with world(talks, starts) as made:
        period = made.period(*YEARS)
        found = counts(period)
        assert found["persons_new"] + found["persons_returned"] <= 2 * found["persons_advised"]
        assert found["persons_advised"] <= found["contacts"]
        by_category = {row.key: row.count for row in _table("placements_by_category", period)}
        persons = {row.key: row.count for row in _table("persons_by_headline", period)}
        for headline in Headline:
            codes = categories_of(headline)
            reached = sum(persons[code] for code in codes)
            assert reached == found[f"persons_{headline}"]
            assert reached <= sum(by_category[code] for code in codes)
            # Whoever reached the highest category counts there, and there alone.
            assert persons[codes[0]] == Placement.objects.filter(
                category=codes[0], started_on__range=YEARS
            ).values("client").distinct().count()  # fmt: skip
        assert sum(by_category.values()) == found["placements_started"]


def _table(code: str, period: Period) -> list[Any]:
    return next(one for one in breakdowns() if one.code == code).slices(period)


@few
@given(talks=_talks, first=st.dates(dt.date(2006, 11, 1), dt.date(2008, 2, 1)), days=st.integers(0, 364))
def test_who_is_there_at_the_end_was_there_or_came_and_has_not_left(
    db: None, talks: list[Talk], first: dt.date, days: int
) -> None:
    with world(talks, []) as made:
        period = made.period(first, first + dt.timedelta(days=days))
        the_day_before = made.period(first - dt.timedelta(days=1), first - dt.timedelta(days=1))
        found, before = counts(period), counts(the_day_before)
        assert found["persons_present"] == (
            before["persons_present"]
            + found["persons_new"]
            + found["persons_returned"]
            - found["persons_gone"]
        )


@few
@given(talks=_talks, starts=_starts)
def test_what_is_counted_together_is_what_one_looks_at(
    db: None, talks: list[Talk], starts: list[Start]
) -> None:
    with world(talks, starts) as made:
        period = made.period(*YEARS, programme_code="iq")
        together = counts(period)
        for one in figures():
            if not one.total_of:
                assert together[one.code] == len(list(one.rows(period))) == one.count(period), one.code
            elif one.shortcut:
                assert together[one.code] == sum(getattr(row, one.total_of) for row in one.rows(period)), (
                    one.code
                )


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (dt.datetime(2007, 12, 31, 23, 30, tzinfo=BERLIN), 2007), (dt.datetime(2008, 1, 1, 0, 0, tzinfo=BERLIN), 2008),
        (dt.datetime(2007, 12, 31, 22, 59, tzinfo=dt.UTC), 2007), (dt.datetime(2007, 12, 31, 23, 0, tzinfo=dt.UTC), 2008),
    ],
)  # fmt: skip
def test_the_year_ends_at_midnight_where_the_centre_is(db: None, moment: dt.datetime, year: int) -> None:
    with world([Talk(0, 0, moment, False, "iq")], []) as made:
        found = {
            one: counts(made.period(dt.date(one, 1, 1), dt.date(one, 12, 31)))["contacts"]
            for one in (2007, 2008)
        }
        assert found == {2007: int(year == 2007), 2008: int(year == 2008)}


@few
@given(talks=_talks, starts=_starts)
def test_a_merge_makes_two_persons_one_and_moves_no_event(
    db: None, talks: list[Talk], starts: list[Start]
) -> None:
    with world(talks, starts) as made:
        kept, absorbed = made.clients[:2]
        period = made.period(*YEARS)
        before = counts(period)
        both = _advised(kept, period) and _advised(absorbed, period)
        merge_clients(kept=kept, absorbed=absorbed, choices={}, by=made.counsellors[0])
        after = counts(period)
        assert {code: after[code] for code in EVENTS} == {code: before[code] for code in EVENTS}
        assert after["persons_advised"] == before["persons_advised"] - both


def _advised(client: Client, period: Period) -> bool:
    held = Consultation.objects.filter(client=client, is_no_show=False)
    return held.filter(period.moments("held_at")).exists()


# The day of a talk stays, its hour does not: 365 days and half an hour are 365 days.
_A_YEAR_AND_HALF_AN_HOUR = [
    Talk(0, 0, dt.datetime(2006, 12, 31, 0, 0, tzinfo=BERLIN), False, "iq"),
    Talk(0, 0, dt.datetime(2007, 12, 31, 0, 30, tzinfo=BERLIN), False, "iq"),
]


@few
@example(talks=_A_YEAR_AND_HALF_AN_HOUR, starts=[])
@given(talks=_talks, starts=_starts)
def test_an_erasure_moves_no_figure(db: None, talks: list[Talk], starts: list[Start]) -> None:
    with world(talks, starts) as made:
        period = made.period(*YEARS)
        before = counts(period), [(one.code, one.slices(period)) for one in breakdowns()]
        client = made.clients[0]
        manager = UserFactory(centre=client.centre, roles=[Role.COORDINATOR])
        erase_by_two(client=client, by=manager, typed_number=client.number)
        assert (counts(period), [(one.code, one.slices(period)) for one in breakdowns()]) == before


@few
@given(talks=_talks, starts=_starts)
def test_another_counsellor_takes_the_placements_along_and_the_talks_stay(
    db: None, talks: list[Talk], starts: list[Start]
) -> None:
    with world(talks, starts) as made:
        old, period, client = made.counsellors[0], made.period(*YEARS), made.clients[0]
        new = UserFactory(centre=old.centre, roles=[Role.COUNSELLOR])
        lead = UserFactory(centre=old.centre, roles=[Role.COORDINATOR])
        before, mine = counts(period), counts(replace(period, counsellor_id=old.pk))
        reassign_client(client=client, counsellor=new, by=lead)
        assert counts(period) == before
        then, theirs = (
            counts(replace(period, counsellor_id=old.pk)),
            counts(replace(period, counsellor_id=new.pk)),
        )
        assert (then["contacts"], theirs["contacts"]) == (mine["contacts"], 0)
        assert then["placements_started"] + theirs["placements_started"] == mine["placements_started"]
        assert (
            theirs["placements_started"]
            == Placement.objects.filter(client=client, started_on__range=YEARS).count()
        )


@few
@given(talks=_talks, to=_moments)
def test_a_corrected_day_moves_one_contact_from_month_to_month(
    db: None, talks: list[Talk], to: dt.datetime
) -> None:
    with world([*talks, Talk(0, 0, dt.datetime(2007, 5, 3, 9, tzinfo=BERLIN), False, "iq")], []) as made:
        wrong = Consultation.objects.order_by("pk").last()
        assert wrong is not None
        may, target = (dt.date(2007, 5, 1), dt.date(2007, 5, 31)), to.date()
        before = counts(made.period(*may))["contacts"], counts(made.period(target, target))["contacts"]
        Consultation.objects.filter(pk=wrong.pk).update(held_at=to)
        after = counts(made.period(*may))["contacts"], counts(made.period(target, target))["contacts"]
        in_may, on_the_day = may[0] <= target <= may[1], target == dt.date(2007, 5, 3)
        assert after == (before[0] - (not in_may), before[1] + (not on_the_day))
