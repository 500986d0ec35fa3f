"""What a job search begins with: the last finished competence assessment, as the client answered it. Proposed, never taken over
unseen: counsellor and client go through it together."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from competence import profile as profiles
from competence.models import Assessment
from competence.profile import Profile
from counselling.models import Client
from placements.enums import FieldOfWork, WorkCertificate, WorkingSlot
from placements.models.job_search import LONGEST, NO_CERTIFICATE

WAYS = {"walk_15": 15, "bike_30": 30, "bus_30": 30, "bus_60": 60, "car_60": 60}


@dataclass(frozen=True)
class Prefill:
    """Facts by the names of ``JobSearch``, only those that were answered; ``answered_on`` is None where there is no profile."""

    answered_on: dt.date | None = None
    facts: dict[str, Any] = field(default_factory=dict)

    def differing(self, stored: dict[str, Any]) -> list[str]:
        """Return the names of what the profile says otherwise than ``stored``, in the order of the form."""
        return [name for name, value in self.facts.items() if value != stored.get(name)]


def prefill_of(client: Client) -> Prefill:
    """Return what the client's last finished assessment says about work."""
    last = (
        Assessment.objects.finished()
        .filter(client=client)
        .select_related("response")
        .order_by("-finished_at", "-pk")
        .first()
    )
    if last is None or last.finished_at is None:
        return Prefill()
    return Prefill(timezone.localdate(last.finished_at), facts_in(profiles.load(last)))


def facts_in(profile: Profile) -> dict[str, Any]:
    """Return the facts of a job search that this profile answers."""
    work = profile.work
    main = [work.main_field] if work.main_field else []
    experienced = _known(FieldOfWork, [*work.fields, *main])
    trained = _known(FieldOfWork, [work.training_field] if work.training_state == "finished" else [])
    years = {
        row.field: min(row.known_years, LONGEST)
        for row in profile.rows
        if not row.is_certificate and row.known_years is not None and row.field in experienced
    }
    answers: dict[str, Any] = {
        "fields_experienced": experienced,
        "fields_trained": trained,
        "fields_wished": _known(FieldOfWork, profile.several("wsh_field")),
        "years_by_field": years,
        "hours_to": _hours(profile.number("avl_hours")),
        "slots": _known(WorkingSlot, profile.several("avl_times")),
        "certificates": _certificates(profile),
        "minutes_limit": WAYS.get(profile.one("mob_dist") or ""),
    }
    return {name: value for name, value in answers.items() if value not in (None, [], {})}


def _known(choices: Any, keys: Any) -> list[str]:
    """These answers as far as they are codes of ours, in our order."""
    return [code for code in choices.values if code in set(keys)]


def _hours(hours: int | None) -> int | None:
    return min(hours, 60) if hours else None


def _certificates(profile: Profile) -> list[str]:
    if profile.values.get("voc_extra") == ["none"]:
        return [NO_CERTIFICATE]
    return _known(WorkCertificate, profile.several("voc_extra"))
