"""Vacancies and placements for the tests of this room and of the report."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from counselling.enums import Purpose
from counselling.models import Client
from placements.categories import Category
from placements.enums import AnswerChannel, AnswerOutcome, FieldOfWork, MatchGroup, Stage
from placements.models import (
    EmployerAnswer,
    JobSearch,
    Placement,
    PlacementEvent,
    RetentionCheck,
    StoredMatch,
    TravelTime,
    Vacancy,
    WageSubsidy,
)
from tests.businesses.factories import BusinessFactory
from tests.counselling.factories import ClientFactory, ConsentFactory
from tests.fixtures.people import CentreFactory


class VacancyFactory(factory.django.DjangoModelFactory):
    """An open job of a business in the register."""

    class Meta:
        model = Vacancy

    centre = factory.SubFactory(CentreFactory)
    business = factory.SubFactory(BusinessFactory, centre=factory.SelfAttribute("..centre"))
    title = "Küchenhilfe"
    field_of_work = FieldOfWork.KITCHEN
    hours_per_week = 25


class PlacementFactory(factory.django.DjangoModelFactory):
    """A proposal of today; ``stage`` is the only step of its log, ``at`` its moment."""

    class Meta:
        model = Placement
        skip_postgeneration_save = True

    client = factory.SubFactory(ClientFactory)
    centre = factory.SelfAttribute("client.centre")
    vacancy = factory.SubFactory(VacancyFactory, centre=factory.SelfAttribute("..centre"))

    @factory.post_generation
    def stage(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:
        if create:
            PlacementEvent.objects.create(
                placement=self, stage=extracted or Stage.PROPOSED, at=kwargs.get("at") or timezone.now(),
                reason="no_answer" if extracted == Stage.CLOSED else "",
            )  # fmt: skip


class RetentionCheckFactory(factory.django.DjangoModelFactory):
    """A check that is due today, three months after the start."""

    class Meta:
        model = RetentionCheck

    placement = factory.SubFactory(
        PlacementFactory, stage=Stage.STARTED, category=Category.SV_FT,
        started_on=factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=91)),
    )  # fmt: skip
    months = 3
    due_on = factory.LazyFunction(timezone.localdate)


class EmployerAnswerFactory(factory.django.DjangoModelFactory):
    """An employer who is interested, as told by phone today."""

    class Meta:
        model = EmployerAnswer

    placement = factory.SubFactory(PlacementFactory)
    answered_on = factory.LazyFunction(timezone.localdate)
    channel = AnswerChannel.PHONE
    outcome = AnswerOutcome.INTERESTED


class WageSubsidyFactory(factory.django.DjangoModelFactory):
    """Half of the pay for half a year, granted and running."""

    class Meta:
        model = WageSubsidy

    placement = factory.SubFactory(
        PlacementFactory, stage=Stage.STARTED, category=Category.SUBS,
        started_on=factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=30)),
    )  # fmt: skip
    authority = "Jobcenter Leipzig"
    percent = 50
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=30))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=150))
    applied_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=50))
    granted_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=40))


def started(
    client: Client, category: Category = Category.SV_FT, on: dt.date | None = None, **facts: Any
) -> Placement:
    """A placement of this client whose work began."""
    day = on or timezone.localdate()
    return PlacementFactory(client=client, stage=Stage.STARTED, category=category, started_on=day, **facts)


def agree(client: Client, vacancy: Vacancy) -> None:
    """The client agrees that this employer gets to know of them."""
    ConsentFactory(client=client, purpose=Purpose.SHARE_WITH_EMPLOYER, employer_name=vacancy.employer)


class JobSearchFactory(factory.django.DjangoModelFactory):
    """A job search gone through today: three years in a kitchen, half days."""

    class Meta:
        model = JobSearch

    client = factory.SubFactory(ClientFactory)
    fields_experienced = factory.LazyFunction(lambda: ["kitchen"])
    years_by_field = factory.LazyFunction(lambda: {"kitchen": 3})
    hours_from = 15
    hours_to = 30
    minutes_limit = 45
    as_of = factory.LazyFunction(timezone.localdate)


class TravelTimeFactory(factory.django.DjangoModelFactory):
    """A way through the city."""

    class Meta:
        model = TravelTime

    centre = factory.SubFactory(CentreFactory)
    code_a = factory.Sequence(lambda n: f"{4000 + n:05d}")
    code_b = factory.Sequence(lambda n: f"{54000 + n:05d}")
    minutes = 25


class StoredMatchFactory(factory.django.DjangoModelFactory):
    """What was stored with a proposal of which little was known."""

    class Meta:
        model = StoredMatch

    placement = factory.SubFactory(PlacementFactory)
    weights_version = "2026-11"
    group = MatchGroup.TOO_LITTLE
    coverage = 30
    facts = factory.LazyFunction(dict)
    table = factory.LazyFunction(lambda: {"checks": [], "lines": []})
