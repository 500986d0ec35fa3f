"""Ten per cent of each surveyor's interviews are checked by phone; who is called, chance decides."""

import math
from collections import defaultdict
from random import Random
from typing import Any

from django.db import transaction
from django.utils import timezone

from businesses.enums import CallBackOutcome
from businesses.models import CallBack, Interview, Wave
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User

# One interview in ten, and at least one of every surveyor.
ONE_IN = 10


def wanted_sample(finished: int) -> int:
    """Return how many of so many finished interviews are to be called back."""
    return math.ceil(finished / ONE_IN)


def choose(candidates: list[int], number: int, *, seed: int, surveyor: int) -> list[int]:
    """Return ``number`` of these keys at random; the same seed and the same candidates give the same choice again."""
    return sorted(Random(f"{seed}:{surveyor}").sample(sorted(candidates), min(number, len(candidates))))  # noqa: S311 - a sample, no secret


@transaction.atomic
def draw_call_backs(*, wave: Wave, seed: int, by: User) -> list[CallBack]:
    """Draw what is missing to a tenth of the finished interviews of each surveyor of a wave.

    Without new interviews nothing is missing, and drawing again adds nothing; what was drawn once stays drawn.
    """
    Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    drawn: dict[int, int] = defaultdict(int)
    left: dict[int, list[int]] = defaultdict(list)
    finished = Interview.objects.finished().filter(wave=wave)
    # An outer join: None where the interview was never drawn, which the types of the query do not know.
    found: Any = finished.values_list("surveyor", "pk", "call_back")
    for surveyor, interview, call_back in found.order_by("surveyor", "pk"):
        if call_back is None:
            left[surveyor].append(interview)
        else:
            drawn[surveyor] += 1
    now = timezone.now()
    new = [
        CallBack(interview_id=interview, seed=seed, drawn_at=now, drawn_by=by)
        for surveyor, rest in left.items()
        for interview in choose(
            rest,
            max(0, wanted_sample(len(rest) + drawn[surveyor]) - drawn[surveyor]),
            seed=seed,
            surveyor=surveyor,
        )
    ]
    made = CallBack.objects.bulk_create(new)
    if made:
        record(Action.CHANGE, by=by, obj=wave, call_backs_drawn=len(made), seed=seed)
    return made


@transaction.atomic
def note_call_back(
    *, call_back: CallBack, outcome: str, by: User, minutes: int | None = None, note: str = ""
) -> CallBack:
    """Keep what came of the call; a later call overwrites the earlier one, the same again changes nothing."""
    stored = (
        CallBack.objects.select_for_update(of=("self",))
        .select_related("interview__wave")
        .get(pk=call_back.pk)
    )
    told = {"outcome": CallBackOutcome(outcome).value, "minutes": minutes, "note": note.strip()}
    if all(getattr(stored, field) == value for field, value in told.items()):
        return stored
    for field, value in told.items():
        setattr(stored, field, value)
    stored.called_at, stored.called_by = timezone.now(), by
    stored.save(update_fields=[*told, "called_at", "called_by"])
    record(Action.CHANGE, by=by, obj=stored, centre_id=stored.interview.wave.centre_id, outcome=outcome)
    return stored
