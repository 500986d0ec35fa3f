"""Choosing a file takes a while: when the password has grown old meanwhile it is asked for again, and the file is not lost."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from counselling.imports import services
from counselling.models import ImportFilePart, ImportRun
from iqquadrat.core.importing.desk import ImportStateError
from tests.counselling.importing import AMAL, HEADERS, as_csv, run_queue
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
CREATE = "/clients/import/new/"


def sent(content: bytes, **more: Any) -> dict[str, Any]:
    return {
        "kind": "clients",
        "submission": str(uuid4()),
        "file": SimpleUploadedFile("Liste.csv", content),
        **more,
    }


@pytest.fixture
def later(counsellor: Any, as_user: Any) -> Any:
    """The counsellor's browser, twenty minutes after the form was opened."""
    browser = as_user(counsellor)
    assert browser.get(CREATE).status_code == 200
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=20)):
        yield browser


def test_the_form_is_not_shown_before_the_password_was_given(later: Browser) -> None:
    answer = later.get(CREATE)
    assert answer["Location"] == f"{reverse('accounts:confirm')}?next=%2Fclients%2Fimport%2Fnew%2F"


def test_the_file_waits_for_the_password_and_is_read_then(later: Browser) -> None:
    assert reverse("counselling:import_create") == CREATE
    asked = later.post(CREATE, sent(as_csv([HEADERS, AMAL])))
    run = ImportRun.objects.get()
    kept = reverse("counselling:import_kept", args=[run.public_id])
    assert asked.status_code == 302
    assert asked["Location"] == f"{reverse('accounts:confirm')}?next={kept.replace('/', '%2F')}"
    assert (run.state, run.queued_at, run.kind, run.file_name) == ("kept", None, "clients", "Liste.csv")
    run_queue()
    assert not run.staged_rows.exists(), "nothing is read before the password was given"
    for method in (later.get, later.post):
        assert method(kept)["Location"].startswith(reverse("accounts:confirm"))
    confirmed = later.post(reverse("accounts:confirm"), {"password": PASSWORD, "next": kept})
    assert confirmed["Location"] == kept
    page = later.get(kept).content.decode()
    assert "Liste.csv" in page
    assert "noch da" in page
    assert later.get(reverse("counselling:import_detail", args=[run.public_id]))["Location"] == kept
    assert later.post(kept).status_code == 302
    run_queue()
    run.refresh_from_db()
    assert (run.state, run.rows) == ("mapping", 1)
    assert not run.file_parts.exists()
    assert later.post(kept)["Location"] == reverse("counselling:import_detail", args=[run.public_id])


def test_the_same_form_sent_twice_keeps_one_file(later: Browser) -> None:
    submission = str(uuid4())
    for _press in range(2):
        later.post(CREATE, sent(as_csv([HEADERS, AMAL]), submission=submission))
    assert ImportRun.objects.count() == 1


def test_without_a_file_nothing_is_kept(later: Browser) -> None:
    answer = later.post(CREATE, {"kind": "clients", "submission": str(uuid4())})
    assert answer["Location"].endswith("?next=%2Fclients%2Fimport%2Fnew%2F")
    assert not ImportRun.objects.exists()


def test_a_kept_file_is_its_owner_s_and_goes_after_a_day(
    later: Browser, counsellor: Any, coordinator: Any, as_user: Any
) -> None:
    later.post(CREATE, sent(as_csv([HEADERS, AMAL])))
    run = ImportRun.objects.get()
    assert (
        as_user(coordinator).get(reverse("counselling:import_kept", args=[run.public_id])).status_code == 404
    )
    assert services.clear_imports(now=timezone.now() + dt.timedelta(hours=23)) == 0
    assert services.clear_imports(now=timezone.now() + dt.timedelta(hours=25)) == 1
    assert not ImportFilePart.objects.exists()
    with pytest.raises(ImportStateError):
        services.read_kept_file(run=run, by=counsellor)


def test_a_kept_file_can_be_thrown_away(later: Browser) -> None:
    later.post(CREATE, sent(as_csv([HEADERS, AMAL])))
    run = ImportRun.objects.get()
    later.post(reverse("counselling:import_discard", args=[run.public_id]))
    run.refresh_from_db()
    assert (run.state, run.file_parts.exists()) == ("cancelled", False)
