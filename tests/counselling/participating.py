"""A programme that reports participants, and people who take part in it, for the tests of several rooms."""

import datetime as dt
from typing import Any

import factory

from counselling.enums import AnswerState, EntryStatus, QuestionKind, ReportedGender
from counselling.models import Participation, ParticipationQuestion, ParticipationSensitive
from tests.counselling.factories import ClientFactory

CODE = "quartier-plus"
MAY = dt.date(2026, 5, 4)


def esf_programme(centre: Any, **facts: Any) -> Any:
    """The programme of a year, reported to the European Social Fund Plus."""
    from tests.reporting.factories import ProgrammeFactory

    days = {"starts_on": dt.date(2026, 1, 1), "ends_on": dt.date(2026, 12, 31)}
    return ProgrammeFactory(
        **{"code": CODE, "name": "Quartier Plus", "centres": [centre], "esf_plus": True} | days | facts
    )


class ParticipationFactory(factory.django.DjangoModelFactory):
    """Somebody who was unemployed for long, takes part since May."""

    class Meta:
        model = Participation

    client = factory.SubFactory(ClientFactory)
    programme_code = CODE
    entered_on = MAY
    gender = ReportedGender.WOMAN
    status = EntryStatus.LONG_TERM
    age_band = "from_30"
    isced = "3"


class SensitiveFactory(factory.django.DjangoModelFactory):
    """Voluntary answers: no to everything."""

    class Meta:
        model = ParticipationSensitive

    participation = factory.SubFactory(ParticipationFactory)
    third_country = foreign_background = minority = disability = homeless = rural = "no"


class QuestionFactory(factory.django.DjangoModelFactory):
    """The question on leaving, open."""

    class Meta:
        model = ParticipationQuestion

    participation = factory.SubFactory(ParticipationFactory, left_on=MAY + dt.timedelta(days=30))
    kind = QuestionKind.LEAVING
    due_on = factory.SelfAttribute("participation.left_on")


def known(
    participation: Participation, kind: str = "leaving", *, after: int = 5, **results: bool
) -> ParticipationQuestion:
    """A question answered so many days after its day."""
    from counselling.participation import days_asked

    assert participation.left_on is not None
    day = days_asked(participation.left_on)[QuestionKind(kind)]
    question: ParticipationQuestion = QuestionFactory(
        participation=participation, kind=kind, due_on=day, answer=AnswerState.KNOWN, source="client",
        asked_on=day + dt.timedelta(days=after), **results,
    )  # fmt: skip
    return question
