"""Records of the business room for every test."""

import datetime as dt
from io import BytesIO
from typing import Any
from uuid import uuid4

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from businesses.enums import BranchKind, BranchLevel, Disposition, EventKind, NeedTopic, TrainingReason
from businesses.models import (
    Assignment,
    Business,
    BusinessConsultation,
    ContactAttempt,
    Event,
    Interview,
    Premises,
    Street,
    TrainingPlace,
    Unit,
    UnitPhoto,
    Wave,
    WzBranch,
)
from iqquadrat.questionnaires.models import Questionnaire, Response, Version
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


class WaveFactory(factory.django.DjangoModelFactory):
    """A wave that runs this month, on the published business survey (``version`` is to be given where it is not loaded)."""

    class Meta:
        model = Wave

    centre = factory.SubFactory(CentreFactory)
    name = factory.Sequence(lambda n: f"Welle {n}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() - dt.timedelta(days=10))
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=20))
    version = factory.LazyFunction(
        lambda: (
            Version.objects.published().filter(questionnaire__key="business_survey").first()
            or _bare_version()
        )
    )


def _bare_version() -> Version:
    """A version without questions, for tests in which nobody asks any."""
    questionnaire, _new = Questionnaire.objects.get_or_create(
        key="business_survey", defaults={"title": "Befragung der Betriebe"}
    )
    number = questionnaire.versions.count() + 1
    return Version.objects.create(questionnaire=questionnaire, number=number, title="Befragung der Betriebe")


class UnitFactory(factory.django.DjangoModelFactory):
    """A business on the list of a wave."""

    class Meta:
        model = Unit

    wave = factory.SubFactory(WaveFactory)
    business = factory.SubFactory(BusinessFactory, centre=factory.SelfAttribute("..wave.centre"))


class AssignmentFactory(factory.django.DjangoModelFactory):
    """The whole street for one surveyor."""

    class Meta:
        model = Assignment

    wave = factory.SubFactory(WaveFactory)
    street = factory.SubFactory(StreetFactory, centre=factory.SelfAttribute("..wave.centre"))
    surveyor = factory.SubFactory(
        UserFactory, centre=factory.SelfAttribute("..wave.centre"), roles=["surveyor"]
    )


class ContactAttemptFactory(factory.django.DjangoModelFactory):
    """Nobody opened."""

    class Meta:
        model = ContactAttempt

    unit = factory.SubFactory(UnitFactory)
    surveyor = factory.SubFactory(
        UserFactory, centre=factory.SelfAttribute("..unit.wave.centre"), roles=["surveyor"]
    )
    at = factory.LazyFunction(timezone.now)
    disposition = Disposition.NO_CONTACT


class InterviewFactory(factory.django.DjangoModelFactory):
    """An interview that has just begun; give ``disposition`` and ``completed_at`` for a finished one."""

    class Meta:
        model = Interview

    wave = factory.SubFactory(WaveFactory)
    business = factory.SubFactory(BusinessFactory, centre=factory.SelfAttribute("..wave.centre"))
    response = factory.LazyAttribute(lambda self: Response.objects.create(version=self.wave.version))
    surveyor = factory.SubFactory(
        UserFactory, centre=factory.SelfAttribute("..wave.centre"), roles=["surveyor"]
    )
    started_at = factory.LazyFunction(timezone.now)


def picture(width: int = 60, height: int = 40, kind: str = "JPEG", **more: Any) -> bytes:
    """A picture of one colour, as bytes of a file."""
    out = BytesIO()
    Image.new("RGB", (width, height), (200, 90, 40)).save(out, kind, **more)
    return out.getvalue()


class UnitPhotoFactory(factory.django.DjangoModelFactory):
    """A photo of a shop sign."""

    class Meta:
        model = UnitPhoto

    unit = factory.SubFactory(UnitFactory, wave__with_photos=True)
    public_id = factory.LazyFunction(uuid4)
    file = factory.LazyFunction(lambda: ContentFile(picture(), name="x.jpg"))
    size = 800
    taken_at = factory.LazyFunction(timezone.now)
    by = factory.SubFactory(
        UserFactory, centre=factory.SelfAttribute("..unit.wave.centre"), roles=["surveyor"]
    )
