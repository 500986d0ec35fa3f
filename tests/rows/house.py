"""Rows of the house itself: accounts, the log, questionnaires, programmes."""

import datetime as dt
from uuid import uuid4

import pgtrigger
from django.utils import timezone

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.accounts.models import Centre, User
from iqquadrat.questionnaires.models import (
    Choice,
    ChoiceList,
    Item,
    Questionnaire,
    Section,
    TextChange,
    Version,
)
from iqquadrat.questionnaires.queries import version_content
from iqquadrat.reporting.models import Programme, ProgrammeFunder, Target
from tests.fixtures.people import UserFactory
from tests.reporting.factories import ProgrammeFactory
from tests.rows.registry import Users, bulk, rows, store

WITHOUT = {
    "accounts.Centre": "a reader sees one centre",
    "accounts.PasswordLink": "counted, never listed",
    "questionnaires.Response": "comes with every assessment and interview",
    "questionnaires.Answer": "at most one a question of the version; comes with the room of competence",
    "questionnaires.TextState": "one a text; grows with the questionnaire, see questionnaires.Item",
    "questionnaires.Recording": "at most one a text; read with the content of the version",
    "questionnaires.PendingWorkbook": "at most one a person, never listed",
    "questionnaires.Section": "grows with the questionnaire, see questionnaires.Item",
    "questionnaires.ChoiceList": "grows with the questionnaire, see questionnaires.Item",
    "questionnaires.Choice": "grows with the questionnaire, see questionnaires.Item",
}
FIFTY, TWENTY = 50, 20  # where 300 is beyond what any centre will have: colleagues, questions; programmes


@rows(Centre, makes=(User,))
def _colleagues(centre: Centre, users: Users, numbers: range) -> None:
    roles = ["counsellor", "coordinator", "surveyor"]
    bulk(
        UserFactory,
        numbers[:FIFTY],
        centre=centre,
        email=lambda n: f"{uuid4().hex}@example.org",
        roles=lambda n: [roles[n % 3]],
    )


def _entries(user: User, numbers: range) -> list[Entry]:
    # Newer than what the visits of the test itself write, so that the first page shows these.
    at = timezone.now() + dt.timedelta(hours=1)
    return [
        Entry(at=at, action=Action.VIEW, user_id=user.pk, centre_id=user.centre_id, object_type="counselling.client", object_id=str(n))
        for n in numbers
    ]  # fmt: skip


@rows(Centre, makes=(Entry,))
def _log(centre: Centre, users: Users, numbers: range) -> None:
    store([entry for user in users.values() for entry in _entries(user, numbers)])


@rows(Centre, makes=(Programme, ProgrammeFunder, Target))
def _programmes(centre: Centre, users: Users, numbers: range) -> None:
    made = bulk(
        ProgrammeFactory, numbers[:TWENTY], code=lambda n: f"rows-{centre.pk}-{n}", name=lambda n: f"Projekt {n:03}", starts_on=dt.date(2026, 1, 1), ends_on=dt.date(2026, 12, 31)
    )  # fmt: skip
    through = Programme.centres.through
    through.objects.bulk_create(through(programme_id=programme.pk, centre_id=centre.pk) for programme in made)
    store([Target(programme=programme, figure="contacts", value=10) for programme in made])
    store([
        ProgrammeFunder(programme=programme, position=position, name=f"Stiftung {position}")
        for programme in made for position in (1, 2)
    ])  # fmt: skip


@rows(Centre, makes=(Questionnaire, Version))
def _questionnaires(centre: Centre, users: Users, numbers: range) -> None:
    known = Questionnaire.objects.filter(key__startswith="q-").count()
    made = store(
        [Questionnaire(key=f"q-{n}", title_de=f"Bogen {n}") for n in range(known, min(numbers.stop, FIFTY))]
    )
    store([Version(questionnaire=one, number=1, title_de="Bogen", fingerprint=uuid4().hex) for one in made])


@rows(Version, makes=(Item,))
def _questions(version: Version, users: Users, numbers: range) -> None:
    # A published version takes no more questions; the triggers look away while the page of a longer one is made up.
    parts = ("Section", "ChoiceList", "Choice", "Item")
    with pgtrigger.ignore(*(f"questionnaires.{part}:published_stays" for part in parts)):
        section, _new = Section.objects.get_or_create(
            version=version, key="more", defaults={"position": 900, "title_de": "Mehr"}
        )
        lists = store([ChoiceList(version=version, name=f"more{n}") for n in numbers[:FIFTY]])
        store([Choice(choice_list=one, key="a", position=1, text_de="A") for one in lists])
        store([
            Item(version=version, section=section, key=f"more{n}", position=1000 + n, type="single", choice_list=one, label_de="Noch eine?")
            for n, one in zip(numbers, lists, strict=False)
        ])  # fmt: skip
    Version.objects.filter(pk=version.pk).update(content_stamp=uuid4())
    version_content(version.pk)  # the process keeps it from now on


@rows(Version, makes=(TextChange,))
def _changes(version: Version, users: Users, numbers: range) -> None:
    store([
        TextChange(
            version=version, element="item", element_key="ever", field="label", language="ar", by=users["coordinator"], what="translated",
            state="draft", before=f"قبل {n}", after=f"بعد {n}",
        )
        for n in numbers
    ])  # fmt: skip


@rows(User)
def _done_by(user: User, users: Users, numbers: range) -> None:
    store(_entries(user, numbers))


@rows(Programme)
def _targets(programme: Programme, users: Users, numbers: range) -> None:
    store([Target(programme=programme, figure=f"figure-{n}", value=n) for n in numbers[:FIFTY]])
