"""Rows of a client's record: who was in charge, situations, languages, goals; requests and holds."""

import datetime as dt

from django.utils import timezone

from counselling.enums import LanguageLevel, SpokenLanguage
from counselling.models import Case, Charge, Client, LanguageSkill, Situation
from iqquadrat.accounts.models import Centre
from iqquadrat.rights.models import LegalHold, PersonRequest
from tests.counselling.factories import CaseFactory, ChargeFactory, LanguageSkillFactory, SituationFactory
from tests.fixtures.people import UserFactory
from tests.rows.counselling import clients
from tests.rows.registry import Users, bulk, rows, store

WITHOUT = {
    "counselling.ConsentVersion": "a handful a purpose in a centre's life",
    "counselling.ConsentText": "one a language of a version",
    "rights.Erasure": "hashes only; the command that applies them reads all",
    "rights.RetentionPeriod": "a handful of clocks",
}


@rows(Client, makes=(Charge, Situation, LanguageSkill, Case))
def _histories(client: Client, users: Users, numbers: range) -> None:
    some = numbers[:30]  # a life has no hundred changes of work, nor of deputies
    taken = set(client.situations.values_list("since", flat=True))
    days = {n: dt.date(2020, 1, 1) + dt.timedelta(days=n) for n in some}
    bulk(
        SituationFactory,
        some,
        client=client,
        since=lambda n: days[n] if days[n] not in taken else days[n] - dt.timedelta(days=999),
    )
    known = set(client.language_skills.values_list("language", flat=True))
    left = [code for code in SpokenLanguage.values if code not in known][: len(some)]
    bulk(
        LanguageSkillFactory,
        range(len(left)),
        client=client,
        language=lambda n: left[n],
        speaking=LanguageLevel.NATIVE,
    )
    bulk(
        CaseFactory,
        numbers,
        client=client,
        centre=client.centre,
        goal=lambda n: f"{n}. Ziel",
        opened_by=users["counsellor"],
    )
    colleague = UserFactory(centre=client.centre)
    bulk(ChargeFactory, some, client=client, user=colleague, since=lambda n: days[n], until=lambda n: days[n])


@rows(Centre, makes=(PersonRequest, LegalHold))
def _requests(centre: Centre, users: Users, numbers: range) -> None:
    today = timezone.localdate()
    found = clients(centre, users, numbers)
    store([
        PersonRequest(centre=centre, client=client, kind="access", received_on=today, due_on=today + dt.timedelta(days=30), created_by=users["counsellor"])
        for client in found
    ])  # fmt: skip
    store([LegalHold(client=client, reason="Klage", set_by=users["coordinator"]) for client in found[:30]])
