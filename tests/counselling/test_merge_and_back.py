"""Whatever two records hold: merging and undoing gives back every column of every table."""

import datetime as dt
from typing import Any
from uuid import uuid4

from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from counselling import services
from counselling.merging.facts import ABSORBED, BOTH, KEPT
from counselling.merging.relations import all_relations
from counselling.models import Client, EmergencyAccess
from tests.counselling.factories import (
    AppointmentFactory,
    ChargeFactory,
    ClientFactory,
    ConsentFactory,
    ConsultationFactory,
    FollowUpFactory,
    ReferralFactory,
)
from tests.fixtures.people import UserFactory
from tests.placements.factories import PlacementFactory, VacancyFactory

# The log tells of the merge and the merge tells of itself: they are the only tables that may say more afterwards.
TELLING = {"accesslog_entry", "counselling_merge"}


def dump() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table. The kept record counts its changes on: two editors are told apart by that."""
    tables: dict[str, list[tuple[Any, ...]]] = {}
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name in TELLING or name.startswith("django_"):
                continue
            cursor.execute(f'SELECT t::text FROM "{name}" t ORDER BY 1')  # noqa: S608 - the database's own names
            tables[name] = cursor.fetchall()
        cursor.execute(
            "SELECT (to_jsonb(c) - 'revision' - 'changed_at')::text FROM counselling_client c ORDER BY 1"
        )
        tables["counselling_client"] = cursor.fetchall()
    return tables


NAMES = st.sampled_from(["", "Amal", "أمل", "Анна", "Thị Hương"])
FACTS = st.fixed_dictionaries({
    "given_name": NAMES.filter(bool), "family_name": NAMES, "latin_given_name": NAMES, "aliases": NAMES,
    "birth_date": st.none() | st.dates(dt.date(1930, 1, 1), dt.date(2015, 1, 1)), "gender": st.sampled_from(["", "female"]),
    "nationalities": st.lists(st.sampled_from(["Syrien", "Irak", "Polen"]), unique=True),
    "spoken_languages": st.lists(st.sampled_from(["ar", "ku", "ru"]), unique=True),
    "phone": st.sampled_from(["", "0151 1", "+49 151 2"]), "arrived_year": st.none() | st.integers(1990, 2026),
})  # fmt: skip
ROWS = st.lists(
    st.sampled_from(
        [
            "talk",
            "step",
            "seen",
            "sent",
            "agreed",
            "ended",
            "placed",
            "deputy",
            "emergency",
            "draft",
            "merged",
        ]
    ),
    max_size=8,
)


class TestMergeAndBack(TestCase):
    """Whatever two records hold: merging and undoing gives back every column of every table."""

    def _client(self, user: Any, about: dict[str, Any], rows: list[str], vacancy: Any) -> Client:
        about = about | {"birth_precision": "day" if about["birth_date"] else ""}
        client = ClientFactory(counsellor=user, latin_family_name="", **about)
        for kind in rows:
            _add(client, kind, vacancy)
        return client

    @settings(
        max_examples=25,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.explicit, Phase.generate],
    )
    @given(
        FACTS,
        FACTS,
        ROWS,
        ROWS,
        st.dictionaries(
            st.sampled_from(["phone", "given_name", "aliases"]), st.sampled_from([KEPT, ABSORBED, BOTH])
        ),
    )
    def test_it_comes_back(self, one: Any, other: Any, rows: Any, other_rows: Any, choices: Any) -> None:
        user = UserFactory()
        vacancy = VacancyFactory()
        kept, absorbed = (
            self._client(user, one, rows, vacancy),
            self._client(user, other, other_rows, vacancy),
        )
        before = dump()
        made = services.merge_clients(kept=kept, absorbed=absorbed, choices=choices, by=user)
        assert dump() != before
        assert set(made.details["moved"]) <= {relation.key for relation in all_relations()}
        services.undo_merge(merge=made, by=user)
        assert dump() == before


def _add(client: Client, kind: str, vacancy: Any) -> None:
    now = timezone.now()
    centre = client.centre
    if kind in ("talk", "step", "seen", "sent"):
        {"talk": ConsultationFactory, "step": FollowUpFactory, "seen": AppointmentFactory, "sent": ReferralFactory}[kind](client=client)  # fmt: skip
    elif kind == "ended":
        ConsentFactory(client=client, given_at=now - dt.timedelta(3), withdrawn_at=now - dt.timedelta(1))
    elif kind == "agreed" and not client.consents.in_force().exists():
        ConsentFactory(client=client, given_at=now - dt.timedelta(2))
    elif kind == "placed" and not client.placements.exists():
        PlacementFactory(client=client, vacancy=vacancy, centre=centre)
    elif kind == "deputy":
        ChargeFactory(client=client)
    elif kind == "emergency":
        EmergencyAccess.objects.create(
            client=client, user=UserFactory(centre=centre), reason="Notfall", opened_at=now - dt.timedelta(hours=1),
            until=now + dt.timedelta(hours=22),
        )  # fmt: skip
    elif kind == "draft":
        client.drafts.create(key=uuid4(), author=client.counsellor, typed={}, begun_at=now, changed_at=now)
    elif kind == "merged":
        services.merge_clients(
            kept=client,
            absorbed=ClientFactory(counsellor=client.counsellor),
            choices={},
            by=client.counsellor,
        )
