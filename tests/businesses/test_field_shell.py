"""What the device keeps of the site: one page that names nobody, its files, and a worker that knows them by version."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse

from businesses import field_shell
from businesses.field_data import owner_of
from businesses.models import Unit
from iqquadrat.accounts.models import User

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).parents[2]
APP, WORKER = "businesses:field_app", "businesses:field_worker"


def test_every_file_of_the_page_is_kept(as_user: Any, unit: Unit, surveyor: User) -> None:
    modules = {
        f"businesses/field/{path.name}" for path in (ROOT / "businesses/static/businesses/field").glob("*.js")
    }
    assert modules <= set(field_shell.FILES)
    assert [name for name in field_shell.FILES if finders.find(name) is None] == []
    page = as_user(surveyor).get(reverse(APP)).content.decode()
    linked = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    assert len(linked) > 15
    assert linked <= set(field_shell.FILES)


def test_what_is_kept_names_nobody(as_user: Any, unit: Unit, surveyor: User) -> None:
    client = as_user(surveyor)
    live, kept = client.get(reverse(APP)), client.get(f"{reverse(APP)}?kept")
    assert f'data-owner="{owner_of(surveyor)}"' in live.content.decode()
    assert owner_of(surveyor) not in kept.content.decode()
    for words in (surveyor.family_name, surveyor.email, "csrfmiddlewaretoken", "Imbiss Hoa Sen"):
        assert words not in kept.content.decode()
    assert client.get(reverse("businesses:field_data")).json()["user"] == owner_of(surveyor)
    assert live["Cache-Control"] == "no-store"
    assert "geolocation=(self)" in live["Permissions-Policy"]
    assert "worker-src 'self'" in live["Content-Security-Policy"]


def test_the_worker_has_a_version_of_its_files(
    as_user: Any, unit: Unit, surveyor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user(surveyor)
    first = client.get(reverse(WORKER))
    assert first["Content-Type"] == "text/javascript"
    assert first["Cache-Control"] == "no-cache"
    assert first.content == client.get(reverse(WORKER)).content
    assert "businesses/field/sync.js" in first.content.decode()
    assert "&quot;" not in first.content.decode()
    monkeypatch.setattr(field_shell, "FILES", field_shell.FILES[1:])
    assert first.content != client.get(reverse(WORKER)).content


def test_a_stranger_gets_no_worker(client: Any) -> None:
    assert client.get(reverse(WORKER)).status_code == 401
