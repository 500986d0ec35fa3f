"""Every field of every table says what it tells about a person: none missing, none of a field that is gone."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import models

from iqquadrat.core.classification import Class, Table
from iqquadrat.house.classification import FIELDS as OF_OTHERS

ROOMS = {
    "accounts": "iqquadrat.accounts", "accesslog": "iqquadrat.accesslog", "questionnaires": "iqquadrat.questionnaires",
    "counselling": "counselling", "competence": "competence", "businesses": "businesses", "placements": "placements",
    "rights": "iqquadrat.rights", "reporting": "iqquadrat.reporting",
}  # fmt: skip
# A name in these words is about a person wherever it stands.
TELLING = {"given_name", "family_name", "birth_date", "email", "phone", "username", "ip_address"}
NOT_OF_A_PERSON = {
    ("Centre", "email"), ("Centre", "phone"),
    ("Institution", "street"), ("Institution", "postal_code"), ("Institution", "phone"), ("Institution", "email"),
}  # fmt: skip


def _stored(model: type[models.Model]) -> set[str]:
    """Return the fields with a column or a table of their own; what only looks back from another table is not one."""
    return {field.name for field in model._meta.get_fields() if not field.auto_created or field.concrete}


def _models(label: str) -> dict[str, type[models.Model]]:
    return {model.__name__: model for model in apps.get_app_config(label).get_models()}


def _table(room: str) -> Table:
    table: Table = import_module(f"{ROOMS[room]}.classification").FIELDS
    return table


def test_no_room_with_tables_is_left_out() -> None:
    with_tables = {config.label for config in apps.get_app_configs() if list(config.get_models())}
    others = {name.split(".")[0] for name in OF_OTHERS}
    assert with_tables - {"tests"} == set(ROOMS) | others


@pytest.mark.parametrize("room", ROOMS)
def test_every_field_of_a_room_is_classified(room: str) -> None:
    table, found = _table(room), _models(room)
    assert set(table) == set(found)
    for name, model in found.items():
        stored = _stored(model)
        assert stored - set(table[name]) == set(), f"{name}: not classified"
        assert set(table[name]) - stored == set(), f"{name}: no such field"


def test_every_field_of_the_tables_of_others_is_classified() -> None:
    labels = {name.split(".")[0] for name in OF_OTHERS}
    found = {f"{label}.{name}": model for label in labels for name, model in _models(label).items()}
    assert set(OF_OTHERS) == set(found)
    for name, model in found.items():
        assert set(OF_OTHERS[name]) == _stored(model), name


@pytest.mark.parametrize("room", ROOMS)
def test_the_classes_hold_what_they_promise(room: str) -> None:
    """Names, addresses and the way to a client are identifying wherever they stand."""
    for name, fields in _table(room).items():
        for field, kind in fields.items():
            assert isinstance(kind, Class)
            if field in TELLING and (name, field) not in NOT_OF_A_PERSON:
                assert kind is Class.IDENTIFYING, (name, field)
            if field in ("client", "assessment"):
                assert kind is Class.IDENTIFYING, (name, field)


def test_answers_and_language_evidence_are_sensitive() -> None:
    answers, evidence = _table("questionnaires")["Answer"], _table("competence")["EvidenceResult"]
    assert {answers[field] for field in ("choices", "number", "text", "date", "language_shown")} == {
        Class.SENSITIVE
    }
    assert {evidence[field] for field in ("codes", "probes", "overall", "level")} == {Class.SENSITIVE}
