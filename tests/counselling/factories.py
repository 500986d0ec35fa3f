"""Clients and what is done with them, for the tests of this room and of those above it."""

import datetime as dt
from typing import Any

import factory
from django.utils import timezone

from counselling import enums
from counselling.models import (
    Absence,
    Appointment,
    Attendance,
    Case,
    Charge,
    Client,
    Consent,
    Consultation,
    EventAttendance,
    FollowUp,
    GroupEvent,
    Institution,
    LanguageSkill,
    Referral,
    ShortContact,
    Situation,
    Topic,
    VolunteerWork,
)
from tests.fixtures.people import UserFactory


def topic(key: str = "application") -> Topic:
    """A topic of the list every database has."""
    return Topic.objects.get(key=key)


class ClientFactory(factory.django.DjangoModelFactory):
    """A client in ``counsellor``'s charge, of that counsellor's centre."""

    class Meta:
        model = Client
        skip_postgeneration_save = True

    counsellor = factory.SubFactory(UserFactory)
    centre = factory.SelfAttribute("counsellor.centre")
    number = factory.Sequence(lambda n: f"K-2020-{n + 1:04}")
    given_name = "أمل"
    family_name = "حدّاد"
    latin_given_name = "Amal"
    latin_family_name = "Haddad"
    spoken_languages = factory.LazyFunction(lambda: ["ar", "ku"])
    reading_language = "ar"
    in_charge_since = dt.date(2026, 2, 3)

    @factory.post_generation
    def deputies(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: ARG002
        for user in extracted or [] if create else []:
            ChargeFactory(client=self, user=user)


class NamelessFactory(ClientFactory):
    """Somebody who has given no name; pass ``kind="pseudonymous", pseudonym=...`` for a chosen one."""

    kind = enums.ClientKind.ANONYMOUS
    given_name = family_name = latin_given_name = latin_family_name = ""


class ChargeFactory(factory.django.DjangoModelFactory):
    """A deputy since February."""

    class Meta:
        model = Charge

    client = factory.SubFactory(ClientFactory)
    user = factory.SubFactory(UserFactory, centre=factory.SelfAttribute("..client.centre"))
    kind = enums.ChargeKind.DEPUTY
    since = dt.date(2026, 2, 3)


class SituationFactory(factory.django.DjangoModelFactory):
    """Work found in May."""

    class Meta:
        model = Situation

    client = factory.SubFactory(ClientFactory)
    since = dt.date(2026, 5, 4)
    labour_market_status = enums.LabourMarketStatus.MARGINAL
    income_type = enums.IncomeType.SGB2


class LanguageSkillFactory(factory.django.DjangoModelFactory):
    """How well somebody speaks Arabic."""

    class Meta:
        model = LanguageSkill

    client = factory.SubFactory(ClientFactory)
    language = "ar"
    speaking = enums.LanguageLevel.NATIVE
    source = enums.LevelSource.SELF
    noted_on = dt.date(2026, 2, 3)


class CaseFactory(factory.django.DjangoModelFactory):
    """A goal set in February, still open."""

    class Meta:
        model = Case

    client = factory.SubFactory(ClientFactory)
    centre = factory.SelfAttribute("client.centre")
    goal = "Wieder als Köchin arbeiten"
    opened_on = dt.date(2026, 2, 3)
    opened_by = factory.SelfAttribute("client.counsellor")


class ConsentFactory(factory.django.DjangoModelFactory):
    """A consent in force."""

    class Meta:
        model = Consent

    client = factory.SubFactory(ClientFactory)
    purpose = enums.Purpose.COUNSELLING_DATA
    text_version = "2026-1"
    explained_in = "ar"


class ConsultationFactory(factory.django.DjangoModelFactory):
    """A talk with ``client``; pass ``client=None, counsellor=...`` for one without a name."""

    class Meta:
        model = Consultation
        skip_postgeneration_save = True

    client = factory.SubFactory(ClientFactory)
    counsellor = factory.LazyAttribute(lambda made: made.client.counsellor)
    centre = factory.SelfAttribute("counsellor.centre")
    held_at = factory.LazyFunction(timezone.now)
    minutes = 45
    channel = enums.Channel.PERSON_PLANNED
    languages = factory.LazyFunction(lambda: ["ar", "de"])
    main_topic = factory.LazyFunction(topic)


class NoShowFactory(ConsultationFactory):
    """An appointment nobody came to."""

    is_no_show = True
    minutes = 0
    languages = factory.LazyFunction(list)
    main_topic = None


class ShortContactFactory(factory.django.DjangoModelFactory):
    """A quick question at the counter."""

    class Meta:
        model = ShortContact

    counsellor = factory.SubFactory(UserFactory)
    centre = factory.SelfAttribute("counsellor.centre")
    language = "ar"
    topic = factory.LazyFunction(topic)


class FollowUpFactory(factory.django.DjangoModelFactory):
    """An open follow-up, due today."""

    class Meta:
        model = FollowUp

    client = factory.SubFactory(ClientFactory)
    assigned_to = factory.LazyAttribute(lambda made: made.client.counsellor)
    due_on = factory.LazyFunction(timezone.localdate)
    text = "Zeugnis da?"


class AppointmentFactory(factory.django.DjangoModelFactory):
    """An appointment with a client, in an hour."""

    class Meta:
        model = Appointment

    client = factory.SubFactory(ClientFactory)
    counsellor = factory.LazyAttribute(lambda made: made.client.counsellor)
    centre = factory.SelfAttribute("counsellor.centre")
    starts_at = factory.LazyFunction(lambda: timezone.now() + dt.timedelta(hours=1))
    title = "Bewerbung als Küchenhilfe"
    language = "ar"


class GroupEventFactory(factory.django.DjangoModelFactory):
    """An information event."""

    class Meta:
        model = GroupEvent

    centre = factory.SubFactory("tests.fixtures.people.CentreFactory")
    title = "Arbeitsrecht in einfachen Worten"
    at = factory.LazyFunction(timezone.now)
    languages = factory.LazyFunction(lambda: ["ar", "de"])
    head_count = 12


class InstitutionFactory(factory.django.DjangoModelFactory):
    """A place in the directory of ``centre``."""

    class Meta:
        model = Institution
        skip_postgeneration_save = True

    centre = factory.SubFactory("tests.fixtures.people.CentreFactory")
    name = factory.Sequence(lambda n: f"Beratungsstelle Lindenhof {n + 1}")
    kind = enums.InstitutionKind.MIGRATION_ADVICE
    street = "Lindenhof 3"
    postal_code = "04315"
    city = "Leipzig"
    languages = factory.LazyFunction(lambda: ["ar", "de"])

    @factory.post_generation
    def topics(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: ARG002
        if create and extracted:
            self.topics.set(extracted)


class ReferralFactory(factory.django.DjangoModelFactory):
    """A referral to an institution, made today, arrival to be asked in two weeks."""

    class Meta:
        model = Referral

    client = factory.SubFactory(ClientFactory)
    counsellor = factory.LazyAttribute(lambda made: made.client.counsellor)
    centre = factory.SelfAttribute("counsellor.centre")
    institution = factory.SubFactory(InstitutionFactory, centre=factory.SelfAttribute("..centre"))
    on = factory.LazyFunction(timezone.localdate)
    ask_on = factory.LazyAttribute(lambda made: made.on + dt.timedelta(days=14))


class AbsenceFactory(factory.django.DjangoModelFactory):
    """Somebody is away from today on for a week, and a colleague looks after the clients."""

    class Meta:
        model = Absence

    counsellor = factory.SubFactory(UserFactory)
    centre = factory.SelfAttribute("counsellor.centre")
    deputy = factory.LazyAttribute(lambda made: UserFactory(centre=made.counsellor.centre))
    first_day = factory.LazyFunction(timezone.localdate)
    last_day = factory.LazyAttribute(lambda made: made.first_day + dt.timedelta(days=6))


class AttendanceFactory(factory.django.DjangoModelFactory):
    """Somebody who took part in a talk whose note lies in another file."""

    class Meta:
        model = Attendance

    consultation = factory.SubFactory(ConsultationFactory)
    client = factory.LazyAttribute(lambda made: ClientFactory(counsellor=made.consultation.counsellor))


class EventAttendanceFactory(factory.django.DjangoModelFactory):
    """A client on the list of an event."""

    class Meta:
        model = EventAttendance

    client = factory.SubFactory(ClientFactory)
    event = factory.LazyAttribute(lambda made: GroupEventFactory(centre=made.client.centre))
    came = True


class VolunteerWorkFactory(factory.django.DjangoModelFactory):
    """Two and a half hours of interpreting."""

    class Meta:
        model = VolunteerWork

    centre = factory.SubFactory("tests.fixtures.people.CentreFactory")
    name = "Frau M."
    on = factory.LazyFunction(timezone.localdate)
    minutes = 150
    activity = enums.VolunteerActivity.INTERPRETING
