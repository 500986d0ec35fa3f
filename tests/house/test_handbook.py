"""The handbook: a page for every role, its pictures there and small, its links leading somewhere."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import resolve, reverse

from iqquadrat.accounts.permissions import Role
from iqquadrat.house.handbook import CHAPTERS, chapter_for, rendered
from tests.fixtures.people import UserFactory

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "docs/pictures"
KEYS = [chapter.key for chapter in CHAPTERS]


@pytest.mark.parametrize("role", Role)
@pytest.mark.django_db
def test_it_opens_at_the_page_of_the_role(client: Client, role: Role) -> None:
    client.force_login(UserFactory(roles=[role.value]), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("handbook"), follow=True)
    own = next(chapter for chapter in CHAPTERS if chapter.role == role)
    assert answer.redirect_chain == [(reverse("handbook_chapter", args=[own.key]), 302)]
    assert rendered(own.key)[0] in answer.content.decode()
    assert 'aria-current="page"' in answer.content.decode()


def test_whoever_has_no_role_reads_too() -> None:
    assert chapter_for([]) == CHAPTERS[0]


@pytest.mark.django_db
def test_a_page_that_is_not_there(client: Client) -> None:
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("handbook_chapter", args=["kochbuch"])).status_code == 404


@pytest.mark.parametrize("key", KEYS)
def test_pictures_and_links_lead_somewhere(key: str) -> None:
    title, text = rendered(key)
    assert title
    assert "<h1>" not in text
    pictures = re.findall(r'<img src="/static/(handbook/[^"]+)" alt="([^"]+)"', text)
    assert pictures
    assert len(pictures) == text.count("<img")
    assert [source for source, _alt in pictures if finders.find(source) is None] == []
    for address in re.findall(r'href="([^"]*)"', text):
        assert address.startswith("/handbook/") or access_rule_of(address)


def access_rule_of(address: str) -> object:
    """The rule of a page of this site; a 404 for an address that leads nowhere."""
    return resolve(address).func.access_rule


def test_every_picture_is_used_and_small() -> None:
    documents = [ROOT / "README.md", *ROOT.glob("docs/**/*.md")]
    words = "".join(document.read_text() for document in documents)
    pictures = list(PICTURES.glob("*.png"))
    assert len(pictures) > 10
    assert [picture.name for picture in pictures if picture.name not in words] == []
    assert [picture.name for picture in pictures if picture.stat().st_size >= 250_000] == []


def test_every_chapter_is_a_document_and_every_document_a_chapter() -> None:
    assert sorted(path.stem for path in (ROOT / "docs/handbook").glob("*.md")) == sorted(KEYS)
