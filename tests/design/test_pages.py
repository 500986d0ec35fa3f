"""Error pages, the sign of life, and the frame of every page."""

from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from iqquadrat.core import errors

ANSWERS = [
    (errors.answer_bad_request, 400),
    (errors.answer_forbidden, 403),
    (errors.answer_not_found, 404),
    (errors.answer_conflict, 409),
    (errors.answer_server_error, 500),
    (errors.csrf_failure, 403),
]


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize(("answer", "status"), ANSWERS)
def test_error_pages_speak_the_readers_language_and_show_a_way_back(
    answer: Any, status: int, language: str
) -> None:
    with translation.override(language):
        response = answer(RequestFactory().get("/nowhere/?name=secret"))
        body = response.content.decode()
    assert response.status_code == status
    assert f'lang="{language}"' in body
    assert 'href="/"' in body
    assert "secret" not in body
    assert ("Zur ersten Seite" if language == "de" else "To the first page") in body


@pytest.mark.django_db
def test_the_health_page_answers() -> None:
    response = Client().get("/health/")
    assert (response.status_code, response.content) == (200, b"ok")
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_an_unknown_address_is_a_404_in_the_design() -> None:
    response = Client().get("/no-such-page/")
    assert response.status_code == 404
    assert b"bare-page" in response.content
