"""The suite's own distrust works: what it promises to refuse, it refuses."""

import socket

import pytest
import pytest_socket
from django.db import connection
from django.template import Context, Template, engines
from django.test import Client

from iqquadrat.accounts.models import Sitting
from tests.fixtures.templates import ROOT


def _ours(source: str, **context: object) -> str:
    template = Template(source, engine=engines["django"].engine)
    template.origin.name = str(ROOT / "templates/written_in_a_test.html")
    return template.render(Context(context))


def test_an_unknown_template_variable_fails() -> None:
    with pytest.raises(AssertionError, match="unknown template variable: missing"):
        _ours("{{ missing }}")


def test_an_unknown_template_variable_fails_before_a_filter() -> None:
    with pytest.raises(AssertionError, match=r"unknown template variable: person\.name"):
        _ours("{{ person.name|upper }}", person={})


def test_a_guarded_template_variable_does_not_fail() -> None:
    assert _ours("{% if missing %}x{% endif %}{{ missing|default:'none' }}{{ known }}", known=3) == "none3"


def test_templates_of_libraries_are_left_alone() -> None:
    assert Template("{{ missing }}", engine=engines["django"].engine).render(Context()) == ""


def test_no_test_reaches_the_network() -> None:
    with (
        pytest.raises(pytest_socket.SocketConnectBlockedError),
        pytest.warns(UserWarning, match="A test tried"),
        socket.socket() as outside,
    ):
        outside.connect(("192.0.2.1", 80))


@pytest.mark.django_db
def test_the_database_is_postgresql() -> None:
    assert connection.vendor == "postgresql"
    with connection.cursor() as cursor:
        cursor.execute("show server_encoding")
        assert cursor.fetchone() == ("UTF8",)
    assert Sitting.objects.count() == 0


@pytest.mark.django_db
def test_a_post_without_a_token_is_refused(strict_client: Client) -> None:
    assert strict_client.post("/account/sign-in/", {}).status_code == 403
