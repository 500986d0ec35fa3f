"""What the tests of a surveyor's device share: operations as the device writes them, and how they are sent."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from businesses.models import BusinessConsent, ContactAttempt, Doorstep, Interview, Observation, Unit
from iqquadrat.questionnaires.models import Answer

Sent = dict[str, Any]


class Device:
    """Counts as a device does: every operation follows on the one before at the same unit."""

    def __init__(self) -> None:
        self.seq = 0
        self.last: dict[int, str] = {}
        self.start = timezone.now() - dt.timedelta(hours=2)

    def note(self, kind: str, unit: Unit, **facts: Any) -> Sent:
        self.seq += 1
        made: Sent = {
            "uuid": str(uuid4()), "seq": self.seq, "kind": kind,
            "at": (self.start + dt.timedelta(minutes=self.seq)).isoformat(), "after": self.last.get(unit.pk),
        }  # fmt: skip
        made |= facts if "begin" in facts else {"unit": unit.pk} | facts
        self.last[unit.pk] = made["uuid"]
        return made


def send(client: Any, operations: Iterable[Any]) -> list[dict[str, Any]]:
    """Send and return the results."""
    answer = client.post(
        reverse("businesses:field_sync"), {"operations": list(operations)}, content_type="application/json"
    )
    assert answer.status_code == 200, answer.content
    results: list[dict[str, Any]] = answer.json()["results"]
    return results


def results(client: Any, *operations: Any) -> list[tuple[str, str]]:
    """Send and return result and code of each."""
    return [(told["result"], told.get("code", "")) for told in send(client, operations)]


def end_state(*units: Unit) -> dict[str, Any]:
    """All that the operations can have changed."""
    return {
        "units": list(Unit.objects.filter(pk__in=[u.pk for u in units]).order_by("pk").values_list(
            "pk", "status", "disposition", "business__status", "business__confirmed_on")),
        "attempts": list(ContactAttempt.objects.order_by("submission", "at").values_list(
            "unit", "at", "disposition", "reason", "note", "submission")),
        "doorsteps": list(Doorstep.objects.order_by("attempt__submission").values_list("attempt__submission", "trains")),
        "interviews": list(Interview.objects.order_by("submission").values_list(
            "submission", "business", "started_at", "completed_at", "disposition", "note", "language")),
        "answers": list(Answer.objects.order_by("response__interview__submission", "item").values_list(
            "response__interview__submission", "item__key", "status", "choices", "number", "text", "seq", "op_id")),
        "consents": list(BusinessConsent.objects.order_by("business", "purpose", "given_at").values_list(
            "business", "purpose", "given_at", "withdrawn_at")),
        "sights": list(Observation.objects.order_by("business", "pk").values_list("business", "seen_on", "status")),
    }  # fmt: skip


def number(operation: Sent) -> UUID:
    """The number of an operation."""
    return UUID(operation["uuid"])
