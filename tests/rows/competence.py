"""Rows of the competence room: finished assessments with answers, remarks and confirmed lines."""

import datetime as dt

from django.utils import timezone

from competence.models import (
    AgreedGoal,
    Assessment,
    BatchPaper,
    ClientRemark,
    EarlierGoal,
    EvidenceSetAside,
    FieldConfirmation,
    PaperBatch,
    ProfileRelease,
)
from counselling.models import Client
from iqquadrat.accounts.models import Centre
from iqquadrat.questionnaires.models import Answer, Response
from tests.competence.factories import AssessmentFactory, small_version
from tests.rows.counselling import clients
from tests.rows.registry import Users, bulk, rows, store

WITHOUT = {
    "competence.KioskCode": "the newest one is shown, never listed",
    "competence.KioskAttempt": "counted, never shown",
    "competence.KioskSession": "one live one an assessment, never listed",
    "competence.KioskOperation": "the replies of the kiosk, never shown",
    "competence.ParadataEvent": "becomes the evidence result; the kiosk's own tests measure it",
    "competence.EvidenceResult": "one an assessment, made when the profile is first read",
}


def _assessments(found: list[Client]) -> list[Assessment]:
    version = small_version()
    responses = store([Response(version=version, language="ar") for _client in found])
    answers = {item.key: item for item in version.items.filter(key__in=("wrk_ever", "wrk_main", "prk_cook"))}
    chosen = {"wrk_ever": ["yes"], "wrk_main": ["kitchen"], "prk_cook": ["good"]}
    store([
        Answer(response=response, item=item, status="answered", choices=chosen[key])
        for response in responses for key, item in answers.items()
    ])  # fmt: skip
    return bulk(
        AssessmentFactory, range(len(found)), finished=True, client=lambda n: found[n], centre=lambda n: found[n].centre,
        response=lambda n: responses[n], finished_at=lambda n: timezone.now() + dt.timedelta(seconds=n),
    )  # fmt: skip


@rows(Centre, makes=(Assessment,))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    _assessments(clients(centre, users, numbers))


@rows(Centre)
def _batches(centre: Centre, users: Users, numbers: range) -> None:
    store(
        [
            PaperBatch(centre=centre, created_by=users["counsellor"], kinds=["cv_pdf"], state="cancelled")
            for _n in numbers
        ]
    )


@rows(PaperBatch, makes=(PaperBatch, BatchPaper))
def _papers(batch: PaperBatch, users: Users, numbers: range) -> None:
    made = _assessments(clients(batch.centre, users, numbers))
    store(
        [
            BatchPaper(batch=batch, assessment=one, kind="short", language="de", is_missing=True)
            for one in made
        ]
    )


@rows(Client)
def _of_one_client(client: Client, users: Users, numbers: range) -> None:
    _assessments([client for _number in numbers])


@rows(Assessment, makes=(ClientRemark, FieldConfirmation, EvidenceSetAside, ProfileRelease))
def _said_of_it(assessment: Assessment, users: Users, numbers: range) -> None:
    numbers = numbers[:20]  # there are eighteen fields of work
    store(
        [
            ClientRemark(
                assessment=assessment,
                text=f"{n}. Wort",
                said_on=timezone.localdate(),
                created_by=users["counsellor"],
            )
            for n in numbers
        ]
    )
    store(
        [
            FieldConfirmation(
                assessment=assessment, row_key=f"field:more{n}", evidence=1, created_by=users["counsellor"]
            )
            for n in numbers
        ]
    )
    now = timezone.now()
    store(
        [
            EvidenceSetAside(
                assessment=assessment, reason="müde", at=now, by=users["counsellor"], undone_at=now
            )
            for _n in numbers
        ]
    )
    store(
        [
            ProfileRelease(
                assessment=assessment, items=["name"], shown={"name": f"{n}. Name"}, text_version="2026-1", explained_in="ar",
                released_at=now - dt.timedelta(days=2), ended_at=now - dt.timedelta(days=1), ended_how="replaced",
                ended_by=users["counsellor"], created_by=users["counsellor"],
            )
            for n in numbers
        ]
    )  # fmt: skip


def _goals(client: Client, assessment: Assessment | None, users: Users, numbers: range) -> list[AgreedGoal]:
    """A few open ones, as the services allow, the others ended; all are due."""
    today = timezone.localdate()
    ended = {"state": "reached", "ended_on": today}
    return store(
        [
            AgreedGoal(
                client=client, assessment=assessment, kind="work", text=f"{n}. Ziel", own_text="هدف", own_language="ar", due_on=today,
                due_precision="day", done_by="both", agreed_on=today, created_by=users["counsellor"], revision=2, **(ended if n >= 5 else {}),
            )
            for n in numbers
        ]
    )  # fmt: skip


def _worded_before(goals: list[AgreedGoal], users: Users, number: int) -> None:
    store(
        [
            EarlierGoal(
                goal=goal, number=number, kind="work", text="Früher", due_on=goal.due_on, due_precision="day", done_by="client",
                until_at=timezone.now(), replaced_by=users["counsellor"],
            )
            for goal in goals
        ]
    )  # fmt: skip


@rows(Assessment, makes=(AgreedGoal, EarlierGoal))
def _agreed_on_it(assessment: Assessment, users: Users, numbers: range) -> None:
    _worded_before(_goals(assessment.client, assessment, users, numbers), users, 1)


@rows(AgreedGoal)
def _worded_often(goal: AgreedGoal, users: Users, numbers: range) -> None:
    for number in numbers[:20]:
        _worded_before([goal], users, number + 10)


@rows(Centre)
def _goals_of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    for client in clients(centre, users, numbers):
        _goals(client, None, users, range(1))
