"""However a day's work arrives (twice, in halves, with answers lost, in any order), it ends as if it had come once and in order.

And whatever else arrives is answered 400, never 500.
"""

import json
import os
import random
from typing import Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from businesses.models import Unit
from iqquadrat.accounts.models import User
from tests.businesses.factories import UnitFactory
from tests.businesses.field_helpers import Device, Sent, end_state, send

# The long run sets these: IQ_FIELD_CASES=300 IQ_FIELD_BODIES=500.
CASES = int(os.environ.get("IQ_FIELD_CASES", "30"))
HERE = {"lat": 51.3412, "lon": 12.4011, "accuracy": 9}
BODIES = int(os.environ.get("IQ_FIELD_BODIES", "60"))


class _UndoError(Exception):
    """Take back what a case has written."""


def _at_a_door(random_: random.Random, core: dict[str, Any]) -> list[dict[str, Any]]:
    """What is done at one door: nobody there, something seen, then perhaps an interview, now and then with mistakes."""
    told = random_.choice([None, {"trains": "yes"}])
    before = [
        {"kind": "attempt", "disposition": "no_contact"},
        {"kind": "attempt", "disposition": "refusal", "reason": "no_time", "doorstep": told},
        {"kind": "attempt", "disposition": "flew away"},
        {"kind": "observe", "status": random_.choice(["open", "closed", "vacant"])},
        {"kind": "sight", "seen": random_.choice([{}, {"sign_name": "Neu", "trade": "Tee"}, {"languages": ["vi"], "status": "closed"}])},
        {"kind": "attempt", "disposition": "owner_absent", "position": random_.choice([HERE, {"lat": 99}])},
    ]  # fmt: skip
    steps = random_.sample(before, random_.randint(0, 3))
    if random_.random() < 0.8:
        keys = random_.sample(sorted(core), len(core))
        cut = random_.choice([2, 15, len(core) - 1])
        heads = {"v09_heads": {"value": random_.choice([3, 4, 5, 6, "x"])}}
        steps += [
            {"kind": "begin", "language": random_.choice(["de", "vi"]), "position": HERE},
            {"kind": "answers", "answers": {key: core[key] for key in keys[:cut]}},
            {"kind": "answers", "answers": heads},
            {"kind": "answers", "answers": {key: core[key] for key in keys[cut:]}},
            {"kind": "finish", "note": "gut"},
        ]
    return [step for step in steps if random_.random() < 0.95]


def _days_work(random_: random.Random, units: list[Unit], core: dict[str, Any]) -> list[Sent]:
    """The work at these doors and at shops that are on no list, mixed as it comes; each door in its own order."""
    device, begun, work = Device(), {}, []
    doors = {number: _at_a_door(random_, core) for number in range(len(units) + random_.randint(0, 2))}
    found: dict[int, Sent] = {}
    finds = random_.sample(FINDS, 2)
    while open_ := [number for number, steps in doors.items() if steps]:
        door = random_.choice(open_)
        if door >= len(units) and door not in found:
            found[door] = _found(device, units[0], *finds.pop())
            work.append(found[door])
            continue
        facts = doors[door].pop(0)
        kind = facts.pop("kind")
        if kind in ("answers", "finish"):
            if door not in begun:
                continue
            facts["begin"] = begun[door]
        work.append(_noted(device, kind, facts, units[door] if door < len(units) else found[door]))
        if kind == "begin":
            begun[door] = work[-1]["uuid"]
    return work or [device.note("observe", units[0], status="open")]


def _noted(device: Device, kind: str, facts: dict[str, Any], at: Unit | Sent) -> Sent:
    if isinstance(at, Unit):
        return device.note(kind, at, **facts)
    made = device.note_at(at, kind, **facts)
    # Answers name the beginning of their interview, not the find.
    return {name: value for name, value in made.items() if name != "found" or "begin" not in facts}


FINDS = [("7", "Kiosk"), ("9 b", "Schneider"), ("hinten", "Hof"), ("11", "Tee"), ("900/1", "Imbiss")]


def _found(device: Device, unit: Unit, number: str, name: str) -> Sent:
    """A find; one of them stands at no house number."""
    return device.find(
        unit.wave, unit.business.premises.street, number=number, sign_name=name, status="open", position=HERE
    )


def _arrive(client: Any, work: list[Sent], random_: random.Random) -> None:
    """Send in a random manner until the device may forget everything; a device forgets nothing that may still be taken."""
    manner = random_.choice(["twice", "halves", "batches"])
    if manner == "twice":
        send(client, random_.sample(work, len(work)) * 2)
    elif manner == "halves":
        half = len(work) // 2
        for part in (work[half:], work[:half], work[half:]):
            send(client, part)
    else:
        for _n in range(4):
            send(client, random_.sample(work, random_.randint(1, len(work))))
    pending = work
    for _n in range(len(work) + 1):
        told = send(client, pending)
        open_ = {one["uuid"] for one in told if not one.get("final", True)}
        pending = [operation for operation in work if operation["uuid"] in open_]
        if not pending:
            return
    pytest.fail("the device never gets rid of its operations")


def test_the_end_is_that_of_once_and_in_order(
    as_user: Any, unit: Unit, surveyor: User, core: dict[str, Any]
) -> None:
    client = as_user(surveyor)
    other = UnitFactory(wave=unit.wave, business__premises__street=unit.business.premises.street)
    seen: dict[str, int] = {"interviews": 0, "attempts": 0, "consents": 0, "sights": 0, "found": 0}
    for case in range(CASES):
        random_ = random.Random(case)
        work = _days_work(random_, [unit, other], core)
        ends = []
        for arrive in (
            lambda work=work: send(client, work),
            lambda work=work, r=random_: _arrive(client, work, r),
        ):
            try:
                with transaction.atomic():
                    arrive()
                    ends.append(end_state(unit, other))
                    raise _UndoError  # noqa: TRY301 - the next run begins at the same state
            except _UndoError:
                pass
        assert ends[0] == ends[1], f"case {case}"
        for name in seen:
            seen[name] += len(ends[0][name])
    assert min(seen.values()) >= CASES // 4, seen


json_value = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
NAMES = (
    "uuid", "seq", "kind", "at", "after", "unit", "begin", "answers", "note", "disposition", "reason", "doorstep", "status",
    "language", "with_interpreter", "position", "seen", "found", "wave", "street", "number", "sign_name",
)  # fmt: skip


@st.composite
def operation(draw: st.DrawFn) -> dict[str, Any]:
    """Something like an operation, wrong at one to three places or at none."""
    made: dict[str, Any] = {
        "uuid": str(draw(st.uuids())), "seq": draw(st.integers(1, 99)), "at": "2026-11-27T10:00:00+01:00", "unit": 1,
        "kind": draw(st.sampled_from(["begin", "answers", "finish", "attempt", "observe", "sight", "found"])),
        "seen": draw(st.dictionaries(st.sampled_from(["status", "sign_name", "trade", "languages"]), json_value, max_size=2)),
        "wave": draw(st.integers(0, 3)), "street": draw(st.integers(0, 3)), "number": draw(st.sampled_from(["1", "14 a", "x"])),
        "position": draw(st.none() | st.dictionaries(st.sampled_from(["lat", "lon", "accuracy"]), json_value)),
        "answers": {draw(st.sampled_from(["v09_heads", "v07_languages", "v02_founded", "v05_goods"])): draw(
            st.dictionaries(st.sampled_from(["value", "choices", "status", "year"]), json_value, max_size=2))},
        "disposition": "refusal", "reason": "other", "status": "closed",
        "doorstep": draw(st.none() | st.dictionaries(st.sampled_from(["trains", "since_year", "languages", "contact"]), json_value)),
    }  # fmt: skip
    for name in draw(st.lists(st.sampled_from(NAMES), max_size=3)):
        made[name] = draw(json_value)
    return made


body = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=40).map(lambda text: text.encode("utf-8", "replace")),
    json_value.map(lambda value: json.dumps(value).encode()),
    json_value.map(lambda value: json.dumps({"operations": value}).encode()),
    st.lists(operation() | json_value, max_size=4).map(lambda ops: json.dumps({"operations": ops}).encode()),
    st.lists(operation(), max_size=4).map(lambda ops: json.dumps({"operations": ops}).encode()),
    st.sampled_from([
        b"[" * 100_000, b'{"operations":' * 20_000, b'{"operations": [' + b"9" * 5000 + b"]}", b"\xff\xfe", b"",
        b'{"operations": [1e999]}', b'{"operations": [NaN]}', b'{"operations": ["\\ud800"]}', b"\x00", b'{"operations": {}}',
    ]),
)  # fmt: skip


def test_bodies_of_all_sorts(as_user: Any, unit: Unit, surveyor: User) -> None:
    client, statuses = as_user(surveyor), []
    results: set[str] = set()
    begin = Device().note("begin", unit)
    send(client, [begin])

    @settings(
        max_examples=BODIES,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(body)
    def sent(content: bytes) -> None:
        content = content.replace(b'"unit": 1', f'"unit": {unit.pk}'.encode())
        answer = client.post(reverse("businesses:field_sync"), content, content_type="application/json")
        statuses.append(answer.status_code)
        assert answer.status_code in (200, 400), content
        results.update(one["result"] for one in answer.json().get("results", []))

    sent()
    assert len(statuses) >= BODIES
    assert {200, 400} == set(statuses)
    # What was made up got as far as the services, and some of it was a thing that can be done.
    assert "refused" in results
    assert results & {"applied", "already"}
