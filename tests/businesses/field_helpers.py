"""What the tests of a surveyor's device share: operations as the device writes them, and how they are sent."""

import datetime as dt
from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse
from django.utils import timezone

from businesses.models import (
    BusinessConsent,
    ContactAttempt,
    Doorstep,
    Interview,
    Observation,
    Street,
    Unit,
    Wave,
)
from iqquadrat.questionnaires.models import Answer

Sent = dict[str, Any]


class Device:
    """Counts as a device does: every operation follows on the one before at the same unit."""

    def __init__(self) -> None:
        self.seq = 0
        self.last: dict[int, str] = {}
        self.at_found: dict[str, str] = {}
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

    def find(self, wave: Wave, street: Street, **facts: Any) -> Sent:
        """A shop that is on no list."""
        self.seq += 1
        at = (self.start + dt.timedelta(minutes=self.seq)).isoformat()
        return {
            "uuid": str(uuid4()), "seq": self.seq, "kind": "found", "at": at, "wave": wave.pk, "street": street.pk,
        } | facts  # fmt: skip

    def note_at(self, found: Sent, kind: str, **facts: Any) -> Sent:
        """Something at the door of what was found."""
        self.seq += 1
        at = (self.start + dt.timedelta(minutes=self.seq)).isoformat()
        before = self.at_found.get(found["uuid"], found["uuid"])
        made = {
            "uuid": str(uuid4()), "seq": self.seq, "kind": kind, "at": at, "after": before, "found": found["uuid"],
        } | facts  # fmt: skip
        self.at_found[found["uuid"]] = made["uuid"]
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
            "pk", "status", "disposition", "business__status", "business__confirmed_on",
            "business__sign_name", "business__branch_words", "business__branch", "business__languages")),
        # The key of a find depends on what came before it; where it is and what happened there does not.
        "found": list(Unit.objects.exclude(pk__in=[u.pk for u in units]).order_by("business__sign_name", "business__premises__house_number")
            .values_list("business__sign_name", "business__premises__house_number", "business__premises__addition", "disposition", "status")),
        "attempts": list(ContactAttempt.objects.order_by("submission", "at").values_list(
            "unit__business__sign_name", "at", "position_lat", "position_accuracy", "disposition", "reason", "note", "submission")),
        "doorsteps": list(Doorstep.objects.order_by("attempt__submission").values_list("attempt__submission", "trains")),
        "interviews": list(Interview.objects.order_by("submission").values_list(
            "submission", "business__sign_name", "position_lon", "started_at", "completed_at", "disposition", "note", "language")),
        "answers": list(Answer.objects.order_by("response__interview__submission", "item").values_list(
            "response__interview__submission", "item__key", "status", "choices", "number", "text", "seq", "op_id")),
        "consents": list(BusinessConsent.objects.order_by("business__premises", "purpose", "given_at").values_list(
            "business__sign_name", "purpose", "given_at", "withdrawn_at")),
        "sights": list(Observation.objects.order_by("business__sign_name", "business__premises__house_number", "pk").values_list(
            "business__sign_name", "seen_on", "status", "sign_name", "trade", "before", "position_lat")),
    }  # fmt: skip


def number(operation: Sent) -> UUID:
    """The number of an operation."""
    return UUID(operation["uuid"])
