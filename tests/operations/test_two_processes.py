"""Two web processes, two workers, one database, under load; one of each is killed. What was acknowledged is there, once."""

import http.client
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any

import pytest
from django.conf import settings
from django.test import Client as Browser
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from counselling.models import Consultation
from iqquadrat.operations.tasks import answer
from tests.counselling.factories import ClientFactory
from tests.operations.processes import PATIENCE, ask, kill, site, wait_for, worker

HANDS, POSTS, KILL_AFTER = 4, 80, 25
TASKS = 40


class Load:
    """Several hands send talks to both sites. Who gets no answer sends the same form again, to the other site, as a browser would."""

    def __init__(self, ports: list[int], session: str, people: list[Any]) -> None:
        self.ports, self.session, self.people = ports, session, people
        self.acknowledged: list[uuid.UUID] = []
        self.broken_off = 0
        self._lock = threading.Lock()
        self.enough = threading.Event()

    def post(self, number: int) -> None:
        submission = uuid.uuid4()
        sent = {
            "submission": str(submission), "client": str(self.people[number % HANDS].public_id), "held_on": "2026-01-05",
            "held_time": f"{8 + number // 60:02}:{number % 60:02}", "minutes": "20", "channel": "phone", "languages": "ar",
            "topics": "application", "main_topic": "application",
        }  # fmt: skip
        for attempt in range(20):
            try:
                status = ask(
                    self.ports[(number + attempt) % 2],
                    "POST",
                    reverse("counselling:consultation_create"),
                    session=self.session,
                    sent=sent,
                )
            except (OSError, http.client.HTTPException):
                with self._lock:
                    self.broken_off += 1
                time.sleep(0.05)
                continue
            assert status == 302, status
            with self._lock:
                self.acknowledged.append(submission)
                if len(self.acknowledged) >= KILL_AFTER:
                    self.enough.set()
            return
        raise AssertionError("no site took it")


def _session(user: Any) -> str:
    browser = Browser()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_sites_is_killed_and_nothing_acknowledged_is_lost(counsellor: Any) -> None:
    people = [ClientFactory(counsellor=counsellor) for _hand in range(HANDS)]
    with ExitStack() as stack:
        (first, victim), (second, _other) = stack.enter_context(site()), stack.enter_context(site())
        wait_for(first)
        wait_for(second)
        load = Load([first, second], _session(counsellor), people)
        with ThreadPoolExecutor(HANDS) as hands:
            posts = [hands.submit(load.post, number) for number in range(POSTS)]
            assert load.enough.wait(60)
            kill(victim)
            for post in posts:
                post.result()
    assert load.broken_off > 0  # the kill was felt
    assert len(load.acknowledged) == POSTS
    stored = Counter(Consultation.objects.values_list("submission", flat=True))
    assert stored == Counter(load.acknowledged)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_of_two_workers_is_killed_and_the_queue_is_worked_off() -> None:
    asked = 0
    with worker("first") as victim, worker("second"):
        until = time.monotonic() + PATIENCE
        while not (_done_by("first") and _done_by("second")):
            assert time.monotonic() < until
            answer.enqueue()
            asked += 1
            time.sleep(0.05)
        for _task in range(TASKS):
            answer.enqueue()
        kill(victim)
        asked += TASKS
        # What the killed one had in its hands is told as running; a page offers it again. All else is done by the other.
        _wait_until(lambda: DBTaskResult.objects.successful().count() + _in_dead_hands() == asked)
    assert DBTaskResult.objects.count() == asked
    assert _in_dead_hands() <= 1


def _done_by(name: str) -> int:
    return DBTaskResult.objects.successful().filter(worker_ids__contains=[name]).count()


def _in_dead_hands() -> int:
    return DBTaskResult.objects.running().filter(worker_ids__contains=["first"]).count()


def _wait_until(is_so: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise AssertionError("it did not come to that")
        time.sleep(0.05)
