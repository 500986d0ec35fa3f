"""A client of whom every table knows something, with a word that stands nowhere else in every column that can hold words.

The tables and columns are read from the models: one that is added is filled without anybody thinking of it.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from itertools import count
from typing import Any
from uuid import uuid4

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import DataError, IntegrityError, models, transaction

from competence.models import PaperBatch
from counselling.models import Client, ImportRun, Topic
from iqquadrat.accounts.models import Centre, User
from iqquadrat.core.classification import Apart
from iqquadrat.rights.belongings import Model, hanging, is_text, rule_of
from iqquadrat.rights.services.erasing import _append_only
from tests.businesses.factories import BusinessFactory
from tests.competence.factories import small_version
from tests.counselling.factories import (
    AbsenceFactory,
    GroupEventFactory,
    InstitutionFactory,
    ShortContactFactory,
)
from tests.placements.factories import VacancyFactory

NOW = dt.datetime(2026, 5, 12, 9, 40, tzinfo=dt.UTC)
PROGRAMME = "iq-quadrat"
# Five letters, so that they fit everywhere.
CANARY = re.compile("ẞ[0-9]{3}ẞ")

GOAL = {
    "text": "x", "own_text": "x", "own_language": "ar", "due_precision": "day", "state": "reached", "outcome_note": "x",
}  # fmt: skip
# What a column must hold so that the database takes the row, and so that the figures count it.
FACTS: dict[str, dict[str, Any]] = {
    "competence.ProfileRelease": {"items": ["name"]},
    "counselling.Client": {
        "family_name": "x", "number": "K-2026-0777", "birth_date": dt.date(1990, 4, 17), "birth_precision": "day",
        "gender": "female", "age_band": "", "age_band_on": None, "pseudonym": "", "residence_status": "tolerated", "spoken_languages": ["ar"], "merged_into": None, "erased_at": None,
    },
    "counselling.Case": {"outcome": "reached", "goal": "x"},
    "counselling.Situation": {"labour_market_status": "marginal"},
    "counselling.Consultation": {"minutes": 45, "languages": ["ar", "de"], "is_no_show": False, "channel": "phone"},
    "counselling.Consent": {"purpose": "referral", "withdrawn_at": None},
    "counselling.EmergencyAccess": {"reason": "x", "until": NOW + dt.timedelta(hours=20)},
    "counselling.Appointment": {
        "cancelled": "", "cancelled_at": None, "cancelled_by": None, "reminded_at": None, "reminded_by": None,
    },
    "counselling.ImportedRecord": {"consultation": None, "short_contact": None},
    "counselling.Addendum": {"text": "x"},
    "counselling.FollowUp": {"text": "x"},
    "counselling.Referral": {"direction": "to", "arrived": "yes"},
    "counselling.Merge": {"undone_at": None},
    "counselling.Participation": {"entered_on": NOW.date(), "left_on": None, "isced": "3", "age_band": "from_30"},
    "counselling.ParticipationQuestion": {
        "kind": "leaving", "answer": "known", "source": "client", "asked_on": NOW.date(), "in_employment": True,
    },
    "competence.Assessment": {
        "state": "finished", "started_at": NOW, "finished_at": NOW, "pair": ["cup", "moon"], "mother_tongue": "ar",
    },
    "competence.KioskSession": {"ended_reason": "done"},
    "competence.EvidenceResult": {"overall": "x", "level": ""},
    "competence.EvidenceSetAside": {"reason": "x"},
    "competence.ClientRemark": {"text": "x"},
    "competence.AgreedGoal": GOAL,
    "competence.EarlierGoal": GOAL,
    "competence.FieldConfirmation": {"years": 3},
    "competence.ParadataEvent": {"ms": 12},
    "questionnaires.Answer": {"status": "answered", "choices": [], "number": None, "text": "x", "date": None, "date_precision": ""},
    "placements.Placement": {
        "category": "SV_FT", "started_on": NOW.date(), "ended_on": None, "hours_per_week": 20, "monthly_pay": 2100, "trial_basis": "",
        "trial_from": None, "trial_until": None, "trial_longer": "",
    },
    "placements.WageSubsidy": {
        "percent": 50, "starts_on": NOW.date(), "ends_on": NOW.date(), "applied_on": NOW.date(), "granted_on": NOW.date(), "declined_on": None,
    },
    "placements.EmployerAnswer": {
        "outcome": "declined", "reason": "times", "answered_on": NOW.date(), "due_on": NOW.date(), "undoes": None,
    },
    "placements.PlacementEvent": {"stage": "started", "reason": "", "undoes": None},
    "placements.RetentionCheck": {"months": 3, "situation": "same_job", "source": "client", "asked_on": NOW.date()},
    "placements.JobSearch": {
        "fields_experienced": ["kitchen"], "fields_trained": [], "fields_wished": ["sales"], "years_by_field": {"kitchen": 3}, "hours_from": 10,
        "hours_to": 20, "slots": ["mon_am"], "certificates": ["hygiene"], "certificates_in_progress": ["welding"],
        "licence_in_progress": "b", "minutes_limit": 30, "legal": "allowed", "legal_confirmed_on": NOW.date(),
    },
    "placements.StoredMatch": {"group": "good", "fit": 80, "coverage": 90, "override_reason": "client_wishes"},
    "rights.LegalHold": {"reason": "x", "until": dt.date(2026, 6, 1)},
    "rights.PersonRequest": {"outcome": "", "done_on": None, "done_by": None, "proposed_at": None, "proposed_by": None},
}  # fmt: skip
# Codes that are not choices of the column: they name a programme or a language, never a person.
CODES = {"programme_code", "mother_tongue"}
# Columns that take no word: an answer holds one kind of value; the database knows the levels. Both rows go as a whole.
NO_WORDS = {"questionnaires.Answer.choices", "competence.EvidenceResult.level"}


@dataclass
class World:
    """The rows made, and the words in them with their column."""

    client: Client
    counsellor: User
    absorbed: Client = field(default_factory=Client)
    rows: dict[Model, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)


def build(counsellor: User) -> World:
    """Make one row of every table that hangs on a client."""
    numbers = count(1)
    others: dict[Model, Any] = {
        User: counsellor, Centre: counsellor.centre, Topic: Topic.objects.get(key="application"),
    }  # fmt: skip
    world = World(client=Client(), counsellor=counsellor)
    with pgtrigger.ignore(*_append_only({model: set() for model in hanging()})):
        for model in _parents_first():
            row = _make(model, world, others)
            world.rows[model] = row
            if model is Client:
                world.client = row
                # A second record of the same person, merged into the first.
                world.absorbed = _make(Client, world, others, number="K-2026-0778", merged_into=row)
        for model, row in [*world.rows.items(), (Client, world.absorbed)]:
            _fill(model, row, world, numbers)
    assert world.refused == NO_WORDS
    world.client.refresh_from_db()
    return world


def _parents_first() -> Iterator[Model]:
    graph = {
        model: {tie.parent for tie in ties if tie.parent is not model and not tie.owned}
        for model, ties in hanging().items()
    }
    for model, ties in hanging().items():
        for tie in ties:
            if tie.owned:  # the row that is owned is made first: its owner names it
                graph[tie.parent].add(model)
    order = [
        model for model in TopologicalSorter(graph).static_order() if not isinstance(rule_of(model), Apart)
    ]
    return iter(order)


def _make(model: Model, world: World, others: dict[Model, Any], **more: Any) -> Any:
    facts = FACTS.get(model._meta.label, {}) | more
    values: dict[str, Any] = {}
    for column in model._meta.concrete_fields:
        if column.primary_key and not isinstance(column, models.UUIDField):
            continue
        values[column.name] = facts[column.name] if column.name in facts else _value(column, world, others)
    row = model(**values)
    model._base_manager.bulk_create([row])
    for column in model._meta.many_to_many:
        getattr(row, column.name).set([_other(column.related_model, others)])
    model._base_manager.filter(pk=row.pk).update(
        **{
            c.attname: values[c.name]
            for c in model._meta.concrete_fields
            if getattr(c, "auto_now_add", False)
        }
    )
    return row


def _value(column: Any, world: World, others: dict[Model, Any]) -> Any:
    if column.name == "absorbed":
        return world.absorbed
    if isinstance(column, models.ForeignKey):
        if column.related_model in world.rows:
            return world.rows[column.related_model]
        if column.related_model in hanging() and not isinstance(rule_of(column.related_model), Apart):
            return None
        return _other(column.related_model, others)
    if column.name == "programme_code":
        return PROGRAMME
    if isinstance(column, models.UUIDField):
        return uuid4()
    if column.choices:
        return column.flatchoices[0][0]
    return _plain_value(column)


def _plain_value(column: Any) -> Any:
    by_kind: list[tuple[type[models.Field[Any, Any]], Any]] = [
        (models.DateTimeField, NOW), (models.DateField, NOW.date()), (models.TimeField, NOW.time()), (models.BooleanField, False),
        (models.JSONField, {}), (ArrayField, []), (models.PositiveSmallIntegerField, 2010 if "year" in column.name else 1),
        (models.IntegerField, 1), (models.BinaryField, b"x"), (models.CharField, uuid4().hex[: column.max_length or 20]),
        (models.TextField, ""), (models.FloatField, 1.0), (models.DecimalField, 1),
    ]  # fmt: skip
    return next(value for kind, value in by_kind if isinstance(column, kind))


MAKERS: dict[str, Callable[[Centre, User], Any]] = {
    "businesses.Business": lambda centre, user: BusinessFactory(centre=centre),
    "competence.PaperBatch": lambda centre, user: PaperBatch.objects.create(
        centre=centre, created_by=user, kinds=["client"]
    ),
    "counselling.Absence": lambda centre, user: AbsenceFactory(counsellor=user),
    "counselling.GroupEvent": lambda centre, user: GroupEventFactory(centre=centre),
    "counselling.ImportRun": lambda centre, user: ImportRun.objects.create(
        centre=centre, created_by=user, kind="clients", file_name="x.csv"
    ),
    "counselling.Institution": lambda centre, user: InstitutionFactory(centre=centre),
    "counselling.ShortContact": lambda centre, user: ShortContactFactory(counsellor=user),
    "placements.Vacancy": lambda centre, user: VacancyFactory(centre=centre),
    "questionnaires.Version": lambda centre, user: small_version(),
    "questionnaires.Item": lambda centre, user: small_version().items.get(key="wsh_learn"),
}


def _other(model: Model, others: dict[Model, Any]) -> Any:
    """A row of a table that is no client's."""
    if model not in others:
        label = model._meta.label
        assert label in MAKERS, f"say in tests/rights/canaries.py how a {label} is made"
        others[model] = MAKERS[label](others[Centre], others[User])
    return others[model]


def _fill(model: Model, row: Any, world: World, numbers: Iterator[int]) -> None:
    """Write a word into every column that can hold one; which ones refuse, ``NO_WORDS`` says."""
    for column in model._meta.concrete_fields:
        inner = getattr(column, "base_field", column)
        if not is_text(column) or inner.choices or column.name in CODES or column.primary_key:
            continue
        word = f"ẞ{next(numbers):03}ẞ"
        value: Any = word
        if isinstance(column, ArrayField):
            value = [word] * (column.size or 1)
        elif isinstance(column, models.JSONField):
            value = {"word": word, "list": [{"deep": word}]}
        try:
            with transaction.atomic():
                model._base_manager.filter(pk=row.pk).update(**{column.attname: value})
        except (IntegrityError, DataError):
            world.refused.add(f"{model._meta.label}.{column.name}")
            continue
        world.words[word] = f"{model._meta.label}.{column.name}"


def found_in(text: str, world: World) -> dict[str, str]:
    """Return the words that stand in a text, with the columns they were written into."""
    return {word: world.words.get(word, "?") for word in set(CANARY.findall(text))}
