"""Doors of this room for the rooms above: what they know that a page or a service of counselling must ask for."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class FundedProgramme:
    """A programme that reports its participants to the European Social Fund Plus; days are the first and the last one."""

    code: str
    name: str
    starts_on: dt.date
    ends_on: dt.date

    def covers(self, day: dt.date) -> bool:
        """Whether the day lies in the programme."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class WorkFact:
    """Work or training of a client on a day, as a record of another room knows it."""

    words: str
    in_employment: bool = False
    in_education: bool = False


# Given a centre, its programmes of this kind. Given a client and a day, the work that ran then.
FundedProgrammes = Callable[[int], list[FundedProgramme]]
WorkFacts = Callable[[int, dt.date], list[WorkFact]]


@dataclass
class _Doors:
    programmes: list[FundedProgrammes] = field(default_factory=list)
    work_facts: list[WorkFacts] = field(default_factory=list)


_doors = _Doors()


def register_funded_programmes(find: FundedProgrammes) -> None:
    """Say which programmes of a centre report to the European Social Fund Plus."""
    if find not in _doors.programmes:
        _doors.programmes.append(find)


def register_work_facts(find: WorkFacts) -> None:
    """Say where it is known that a client is at work or in training."""
    if find not in _doors.work_facts:
        _doors.work_facts.append(find)


def funded_programmes(centre_id: int) -> list[FundedProgramme]:
    """Return the programmes of a centre whose participants are reported, the newest first."""
    found = [programme for find in _doors.programmes for programme in find(centre_id)]
    return sorted(found, key=lambda programme: (programme.starts_on, programme.code), reverse=True)


def work_on(client_id: int, day: dt.date) -> list[WorkFact]:
    """Return what other rooms know of a client's work on a day."""
    return [fact for find in _doors.work_facts for fact in find(client_id, day)]
