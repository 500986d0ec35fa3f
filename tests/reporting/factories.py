"""Programmes for the tests of the figures."""

import datetime as dt
from typing import Any

import factory

from iqquadrat.reporting.models import Programme, ProgrammeFunder, Target


class ProgrammeFactory(factory.django.DjangoModelFactory):
    """A programme like the real one; ``centres`` take part, ``funders`` pay, ``targets`` is a mapping of figure to value."""

    class Meta:
        model = Programme
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"programme-{n}")
    name = "IQ_QUADRAT"
    starts_on = dt.date(2007, 7, 1)
    ends_on = dt.date(2008, 9, 30)

    @factory.post_generation
    def centres(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: ARG002
        if create and extracted:
            self.centres.set(extracted)

    @factory.post_generation
    def funders(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: ARG002
        for number, name in enumerate(extracted or [], start=1):
            ProgrammeFunder.objects.create(programme=self, position=number, name=name)

    @factory.post_generation
    def targets(self: Any, create: bool, extracted: Any, **kwargs: Any) -> None:  # noqa: ARG002
        for figure, value in (extracted or {}).items():
            Target.objects.create(programme=self, figure=figure, value=value)
