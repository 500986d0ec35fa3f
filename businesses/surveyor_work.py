"""What each surveyor did in a wave, in figures: visits, interviews, how many core questions stayed open, what call-backs found.

The database counts; a fixed number of queries however many surveyors there are.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Avg, Count, F, Q
from django.db.models.functions import TruncDate

from businesses.enums import INTERVIEWED, CallBackOutcome, Disposition
from businesses.models import CallBack, ContactAttempt, Interview, Wave
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.enums import AnswerStatus
from iqquadrat.questionnaires.models import Answer
from iqquadrat.questionnaires.queries import version_content


@dataclass
class Work:
    """One surveyor's. ``core`` is how many core questions everybody is asked; ``answered`` how many of them have an answer, over all interviews."""

    name: str
    core: int
    visits: int = 0
    days: int = 0
    refusals: int = 0
    interviews: int = 0
    partial: int = 0
    minutes: int | None = None
    answered: int = 0
    calls: Counter[str] = field(default_factory=Counter)

    @property
    def rate(self) -> float | None:
        """Interviews over all doors that said yes or no: the surveyor's own rate of cooperation; None where there was neither."""
        asked = self.interviews + self.refusals
        return self.interviews / asked if asked else None

    @property
    def open_core(self) -> float | None:
        """The share of core questions without an answer; None without an interview."""
        asked = self.core * self.interviews
        return 1 - self.answered / asked if asked else None

    @property
    def confirmed(self) -> int:
        """Call-backs that confirmed the interview."""
        return self.calls[CallBackOutcome.CONFIRMED]

    @property
    def differing(self) -> int:
        """Call-backs that found something else, or nobody who remembers."""
        return self.calls[CallBackOutcome.DIFFERS] + self.calls[CallBackOutcome.NOT_REMEMBERED]

    @property
    def drawn(self) -> int:
        """Interviews that chance chose to be checked."""
        return sum(self.calls.values())


def core_items(wave: Wave) -> list[int]:
    """Return the core questions that everybody is asked."""
    items = version_content(wave.version_id).ordered_items
    return [item.pk for item in items if item.required_core and not item.condition]


def work_in(wave: Wave) -> list[Work]:
    """Return what each surveyor did, by name."""
    core = core_items(wave)
    visits: Any = ContactAttempt.objects.filter(unit__wave=wave).order_by().values_list("surveyor")
    talks = Interview.objects.finished().filter(wave=wave).order_by()
    refused = Q(disposition=Disposition.REFUSAL)
    been = {
        row[0]: row[1:]
        for row in visits.annotate(
            n=Count("pk"), days=Count(TruncDate("at"), distinct=True), refused=Count("unit", filter=refused, distinct=True)
        )
    }  # fmt: skip
    spoken: Any = talks.values_list("surveyor").annotate(
        n=Count("pk"), partial=Count("pk", filter=Q(disposition=Disposition.PARTIAL)), mean=Avg(F("completed_at") - F("started_at"))
    )  # fmt: skip
    held = {row[0]: row[1:] for row in spoken}
    given = Answer.objects.filter(
        response__interview__wave=wave, response__interview__disposition__in=INTERVIEWED, item__in=core,
        status=AnswerStatus.ANSWERED,
    )  # fmt: skip
    counted: Any = given.order_by().values_list("response__interview__surveyor").annotate(n=Count("pk"))
    answered = dict(counted)
    calls = _calls(wave)
    people = {user.pk: str(user) for user in User.objects.filter(pk__in=been.keys() | held.keys())}
    return [
        _work(people[pk], len(core), been.get(pk), held.get(pk), answered.get(pk, 0), calls.get(pk))
        for pk in sorted(people, key=lambda pk: (people[pk], pk))
    ]


def _work(
    name: str, core: int, been: Any, held: Any, answered: int, calls: Counter[str] | None
) -> Work:  # fmt: skip
    work = Work(name, core, answered=answered, calls=calls or Counter())
    if been:
        work.visits, work.days, work.refusals = been
    if held:
        work.interviews, work.partial = held[:2]
        work.minutes = round(held[2].total_seconds() / 60) if held[2] is not None else None
    return work


def _calls(wave: Wave) -> dict[int, Counter[str]]:
    found: dict[int, Counter[str]] = {}
    rows: Any = (
        CallBack.objects.filter(interview__wave=wave).order_by().values_list("interview__surveyor", "outcome")
    )
    for surveyor, outcome, number in rows.annotate(n=Count("pk")):
        found.setdefault(surveyor, Counter())[outcome] += number
    return found


def open_core_of(wave: Wave, responses: Iterable[int]) -> dict[int, list[str]]:
    """Return the keys of the core questions without an answer, by response."""
    core = set(core_items(wave))
    items = {item.pk: item.key for item in version_content(wave.version_id).ordered_items if item.pk in core}
    told: dict[int, set[int]] = {pk: set() for pk in responses}
    rows = Answer.objects.filter(response__in=told, item__in=core, status=AnswerStatus.ANSWERED)
    for response, item in rows.values_list("response", "item"):
        told[response].add(item)
    return {pk: [key for item, key in items.items() if item not in given] for pk, given in told.items()}
