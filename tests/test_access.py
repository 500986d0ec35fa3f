"""View x role x method, from the table; the table names every route."""

import importlib
import pkgutil
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

import tests.access
from iqquadrat.accounts.checks import every_view_declares_its_rule, routes
from tests.access.table import EVERYBODY, Route
from tests.fixtures.people import UserFactory


def _rows() -> list[Route]:
    rows: list[Route] = []
    for module in pkgutil.iter_modules(tests.access.__path__):
        if module.name != "table":
            rows += importlib.import_module(f"tests.access.{module.name}").ROUTES
    return rows


ROWS = _rows()
GUARDED = [row for row in ROWS if not row.public and not row.kiosk]


def test_the_table_names_every_route() -> None:
    names = [route.name for route in routes()]
    assert len(names) > 40
    assert sorted(row.name for row in ROWS) == sorted(names)


def test_every_view_declares_its_rule() -> None:
    assert every_view_declares_its_rule(None) == []


def test_an_undeclared_view_is_an_error(settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.undeclared_urls"
    assert [message.id for message in every_view_declares_its_rule(None)] == ["iqquadrat.E001"]


def test_the_table_says_the_same_methods_as_the_views() -> None:
    declared = {route.name: set(route.view.access_rule.methods) - {"HEAD"} for route in routes()}
    assert {row.name: set(row.methods) for row in ROWS} == declared


@pytest.fixture
def users(centre: Any) -> dict[str, Any]:
    return {role: UserFactory(centre=centre, roles=[role]) for role in sorted(EVERYBODY)}


@pytest.mark.django_db
@pytest.mark.parametrize("row", GUARDED, ids=lambda row: row.name)
def test_view_x_role_x_method(row: Route, users: dict[str, Any], as_user: Any) -> None:
    url = reverse(row.name, kwargs=row.kwargs(users | {"me": users["counsellor"]}))
    for method in ("GET", "POST"):
        anonymous = getattr(Client(), method.lower())(url)
        assert anonymous.status_code == (401 if row.as_json else 302), f"anonymous {method}"
        assert row.as_json or "/account/sign-in/" in anonymous["Location"]
        for role, user in users.items():
            if row.own:
                url = reverse(row.name, kwargs=row.kwargs(users | {"me": user}))
            status = getattr(as_user(user), method.lower())(url).status_code
            assert status in _expected(row, role, method), f"{role} {method} {url}: {status}"


def _expected(row: Route, role: str, method: str) -> tuple[int, ...]:
    if role not in row.roles:
        return (403,)
    if method not in row.methods:
        return (405,)
    return (row.get_status,) if method == "GET" else row.post_statuses


@pytest.mark.django_db
@pytest.mark.parametrize("row", [row for row in GUARDED if row.other_centre], ids=lambda row: row.name)
def test_records_of_another_centre_do_not_exist(row: Route, users: dict[str, Any], as_user: Any) -> None:
    arguments = row.kwargs(users | {"me": users["counsellor"]})
    if not arguments:
        pytest.fail("a route about no record says other_centre=0")
    for role in row.roles:
        foreigner = UserFactory(roles=[role])
        for method in row.methods:
            status = getattr(as_user(foreigner), method.lower())(
                reverse(row.name, kwargs=arguments)
            ).status_code
            assert status == row.other_centre, f"{role} of another centre {method}: {status}"
