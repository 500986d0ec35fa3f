"""Records of the business room for every test."""

import datetime as dt
from typing import Any

import factory

from businesses.enums import BranchKind, BranchLevel, EventKind, NeedTopic, TrainingReason
from businesses.models import (
    Business,
    BusinessConsultation,
    Event,
    Premises,
    Street,
    TrainingPlace,
    WzBranch,
)
from tests.fixtures.people import CentreFactory, UserFactory


class WzBranchFactory(factory.django.DjangoModelFactory):
    """A line of the classification that the reference data holds."""

    class Meta:
        model = WzBranch
        django_get_or_create = ("version", "code")

    version = 2008
    code = "56.1"
    level = BranchLevel.GROUP
    name_de = "Restaurants, Gaststätten, Imbissstuben, Cafés, Eissalons u. Ä."
    kind = BranchKind.GASTRONOMY


class StreetFactory(factory.django.DjangoModelFactory):
    """A street of the quarter."""

    class Meta:
        model = Street
        django_get_or_create = ("centre", "name")

    centre = factory.SubFactory(CentreFactory)
    name = "Eisenbahnstraße"


class PremisesFactory(factory.django.DjangoModelFactory):
    """A shop unit; house numbers count up."""

    class Meta:
        model = Premises

    centre = factory.SubFactory(CentreFactory)
    street = factory.SubFactory(StreetFactory, centre=factory.SelfAttribute("..centre"))
    house_number = factory.Sequence(lambda n: n % 9000 + 1)


class BusinessFactory(factory.django.DjangoModelFactory):
    """An open snack bar."""

    class Meta:
        model = Business

    centre = factory.SubFactory(CentreFactory)
    premises = factory.SubFactory(PremisesFactory, centre=factory.SelfAttribute("..centre"))
    sign_name = factory.Sequence(lambda n: f"Imbiss {n}")
    branch = factory.SubFactory(WzBranchFactory)


class TrainingPlaceFactory(factory.django.DjangoModelFactory):
    """A training place created in addition."""

    class Meta:
        model = TrainingPlace

    business = factory.SubFactory(BusinessFactory)
    occupation = "Fachkraft im Gastgewerbe"
    created_on = dt.date(2008, 8, 1)
    reason = TrainingReason.FIRST_TIME


class BusinessConsultationFactory(factory.django.DjangoModelFactory):
    """A talk of half an hour on bookkeeping."""

    class Meta:
        model = BusinessConsultation

    business = factory.SubFactory(BusinessFactory)
    counsellor = factory.SubFactory(UserFactory, centre=factory.SelfAttribute("..business.centre"))
    held_at = dt.datetime(2008, 3, 4, 10, tzinfo=dt.UTC)
    minutes = 30
    topic = NeedTopic.TAX


class EventFactory(factory.django.DjangoModelFactory):
    """An evening of the regulars' table."""

    class Meta:
        model = Event

    centre = factory.SubFactory(CentreFactory)
    kind = EventKind.REGULARS_TABLE
    title = "Stammtisch"
    at: Any = dt.datetime(2008, 3, 4, 18, tzinfo=dt.UTC)
    head_count = 12
