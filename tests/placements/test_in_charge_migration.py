"""Vacancies that were there before somebody was in charge of them."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from tests.fixtures.people import CentreFactory, UserFactory

BEFORE, AFTER = [("placements", "0003_job_retention")], [("placements", "0004_vacancies")]


@pytest.mark.django_db(transaction=True)
def test_who_reported_a_vacancy_that_stands_is_in_charge_of_it() -> None:
    centre = CentreFactory()
    counsellor, surveyor = (UserFactory(centre=centre, roles=[role]) for role in ("counsellor", "surveyor"))
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    try:
        old = MigrationExecutor(connection).migrate(BEFORE)
        vacancies: Any = old.apps.get_model("placements", "Vacancy").objects
        for title, state, reporter in (
            ("stands", "open", counsellor), ("filled", "filled", counsellor), ("drafted", "draft", counsellor), ("of a surveyor", "open", surveyor),
            ("of nobody", "open", None),
        ):  # fmt: skip
            vacancies.create(
                title=title, state=state, centre_id=centre.pk, employer_name="Bäckerei", field_of_work="kitchen", opened_on=dt.date(2026, 3, 2),
                created_by_id=reporter and reporter.pk,
            )  # fmt: skip
        new = MigrationExecutor(connection).migrate(AFTER)
        rows: Any = new.apps.get_model("placements", "Vacancy").objects
        assert dict(rows.values_list("title", "in_charge")) == {
            "stands": counsellor.pk, "filled": counsellor.pk, "drafted": None, "of a surveyor": None, "of nobody": None,
        }  # fmt: skip
        back = MigrationExecutor(connection).migrate(BEFORE)
        assert back.apps.get_model("placements", "Vacancy").objects.count() == 5
        back.apps.get_model("placements", "Vacancy").objects.all().delete()
    finally:
        MigrationExecutor(connection).migrate(leaves)
