"""What takes data out of the house asks for the password again when it was given a while ago."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from iqquadrat.accounts.checks import routes
from iqquadrat.accounts.models import User
from tests.fixtures.people import PASSWORD

pytestmark = pytest.mark.django_db
EXPORT = "/figures/report.json"


@pytest.fixture
def later(coordinator: User, as_user: Any, settings: Any) -> Any:
    """The coordinator's client, twenty minutes after signing in."""
    client = as_user(coordinator)
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        yield client


def test_shortly_after_signing_in_nothing_is_asked(coordinator: User, as_user: Any) -> None:
    assert as_user(coordinator).get(EXPORT).status_code == 200


def test_later_the_password_is_asked_once_and_leads_on(later: Client) -> None:
    asked = later.get(f"{EXPORT}?programme=x")
    assert asked.status_code == 302
    assert asked["Location"].startswith("/account/confirm/?next=%2Ffigures%2Freport.json%3Fprogramme")
    before = later.session.session_key
    confirmed = later.post("/account/confirm/", {"password": PASSWORD, "next": EXPORT})
    assert confirmed["Location"] == EXPORT
    assert later.session.session_key != before
    assert later.get(EXPORT).status_code == 200


def test_a_wrong_password_or_another_account_does_not_help(later: Client, counsellor: User) -> None:
    assert later.post("/account/confirm/", {"password": "wrong", "next": EXPORT}).status_code == 422
    later.post("/account/confirm/", {"username": counsellor.email, "password": "wrong", "next": EXPORT})
    assert later.get(EXPORT).status_code == 302


def test_a_safe_address_only(later: Client) -> None:
    answer = later.post("/account/confirm/", {"password": PASSWORD, "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer["Location"]


def test_every_export_and_every_emergency_asks() -> None:
    doors = {
        "accounts:app_remove",
        "accounts:factor_app",
        "accounts:key_add",
        "accounts:key_remove",
        "accounts:recovery_codes",
        "administration:user_factor_remove",
        "businesses:analysis_report_file",
        "businesses:need_export",
        "businesses:register_export",
        "businesses:revisits_pdf",
        "businesses:revisits_xlsx",
        "businesses:quarter_sheet",
        "businesses:quarter_sheet_geojson",
        "businesses:survey_data",
        "competence:batch_fetch",
        "placements:vacancy_export",
        "reporting:report_xlsx",
        "reporting:report_json",
        "reporting:report_file_fetch",
        "reporting:report_pdf",
        "reporting:compare_xlsx",
        "reporting:esf_pdf",
        "reporting:esf_xlsx",
        "counselling:client_export",
        "counselling:consultation_export",
        "counselling:emergency_file",
        "counselling:import_create",
        "counselling:import_kept",
        "counselling:import_start",
        "counselling:import_undo",
        "counselling:import_problems_export",
        "placements:placement_export",
        "rights:client_erase",
        "rights:hand_over_file",
        "rights:hand_over_paper",
    }
    fresh = {route.name for route in routes() if getattr(route.view.access_rule, "fresh", False)}
    assert fresh == doors
