"""Participants of the present programme, which reports to the European Social Fund Plus: entries, voluntary answers, what became of them."""

import datetime as dt
from collections.abc import Sequence
from random import Random

from businesses.models import BusinessConsultation
from counselling.enums import AnswerSource, AnswerState, EntryStatus, QuestionKind, Stated
from counselling.models import Client, Consent, Participation, ParticipationQuestion, ParticipationSensitive
from counselling.models.participation import SENSITIVE
from counselling.participation import GENDER_OF, STATUS_OF, WINDOW, age_band_at, days_asked
from counselling.participation_facts import voluntary_at_entry
from iqquadrat.demo.plan import Plan, moment
from placements.models import Ownership

# Of a hundred participants so many answer yes, where the record says nothing.
YES = {
    "third_country": 62, "foreign_background": 88, "minority": 14, "disability": 9, "homeless": 6, "rural": 8,
}  # fmt: skip
SHARE_ENTERED, SHARE_AGREED, SHARE_LEFT = 0.72, 0.85, 0.55
# The first who came, so that every part of the table has something to show.
FIRST_ONES: tuple[dict[str, str], ...] = (
    {"gender": "non_binary", "status": EntryStatus.EMPLOYED}, {"status": EntryStatus.EMPLOYED}, {"status": EntryStatus.INACTIVE},
    {"status": EntryStatus.INACTIVE, "age_band": "under_18", "isced": "1"}, {"status": EntryStatus.LONG_TERM},
    {"status": EntryStatus.UNEMPLOYED}, {"status": EntryStatus.EMPLOYED}, {"status": EntryStatus.INACTIVE},
)  # fmt: skip


def make_participations(*, clients: Sequence[Client], plan: Plan, today: dt.date, random: Random) -> None:
    """Let most clients of the present programme enter it; over half of those who came early have left."""
    made = [
        Participation(
            client=client, programme_code=plan.present_code, entered_on=client.in_charge_since, left_on=_left_on(client, today, random),
            gender=GENDER_OF.get(client.gender, "not_stated"), status=STATUS_OF.get(client.labour_market_status, ""),
            age_band=_age_band(client), isced=client.school_isced, created_by=client.counsellor,
        )
        for client in clients
        if random.random() < SHARE_ENTERED
    ]  # fmt: skip
    for row, facts in zip(made, FIRST_ONES, strict=False):
        for name, value in facts.items():
            setattr(row, name, value)
        # They left early enough to be asked again by today, where the year is old enough.
        day = row.entered_on + dt.timedelta(days=6)
        row.left_on = day if day < today else None
    participations = Participation.objects.bulk_create(made)
    agreed = [row for row in participations if random.random() < SHARE_AGREED]
    Consent.objects.bulk_create(
        Consent(
            client=row.client, purpose="esf_answers", text_version="2026-1", given_at=moment(row.entered_on, 11),
            explained_in=row.client.reading_language or "de", created_by=row.client.counsellor,
        )
        for row in agreed
    )  # fmt: skip
    ParticipationSensitive.objects.bulk_create(_answers(row, random) for row in agreed)
    _ask(participations, today, random)
    _own_business(participations, plan)


def _left_on(client: Client, today: dt.date, random: Random) -> dt.date | None:
    day = client.in_charge_since + dt.timedelta(days=random.randint(20, 130))
    return day if day < today - dt.timedelta(days=2) and random.random() < SHARE_LEFT else None


def _age_band(client: Client) -> str:
    day = client.in_charge_since
    return age_band_at(day, client.birth_date, client.birth_precision, client.birth_calendar)


def _answers(row: Participation, random: Random) -> ParticipationSensitive:
    said = dict.fromkeys(SENSITIVE, "")
    for name in SENSITIVE:
        drawn = random.random() * 100
        said[name] = Stated.YES if drawn < YES[name] else Stated.NO if drawn < 95 else Stated.NOT_STATED
    known = {name: answer for name, answer in voluntary_at_entry(row.client).items() if answer}
    return ParticipationSensitive(participation=row, **said | known)


def _ask(participations: Sequence[Participation], today: dt.date, random: Random) -> None:
    """Most questions of the past are answered in time, some too late, some not at all; those of these days are open."""
    questions = []
    for row in participations:
        for kind, day in days_asked(row.left_on).items() if row.left_on else ():
            question = ParticipationQuestion(
                participation=row, kind=kind, due_on=day, created_by=row.client.counsellor
            )
            if day + WINDOW < today and random.random() < 0.9:
                _answer(question, today, random)
            questions.append(question)
    ParticipationQuestion.objects.bulk_create(questions)


def _answer(question: ParticipationQuestion, today: dt.date, random: Random) -> None:
    question.asked_on = min(today, question.due_on + dt.timedelta(days=random.randint(0, WINDOW.days + 2)))
    if random.random() < 0.12:
        question.answer = AnswerState.UNKNOWN
        return
    question.answer, question.source = AnswerState.KNOWN, AnswerSource.CLIENT
    status = question.participation.status
    question.in_employment = random.random() < (0.9 if status == EntryStatus.EMPLOYED else 0.4)
    if question.kind == QuestionKind.SIX_MONTHS:
        question.improved = (
            status == EntryStatus.EMPLOYED and question.in_employment and random.random() < 0.6
        )
        return
    question.in_education = not question.in_employment and random.random() < 0.35
    question.qualification = random.random() < 0.3
    question.job_searching = status == EntryStatus.INACTIVE and not question.in_employment


def _own_business(participations: Sequence[Participation], plan: Plan) -> None:
    """One participant runs a business that is advised too: the person counts, the business does not."""
    advised = BusinessConsultation.objects.filter(programme_code=plan.present_code).order_by("pk").first()
    owner = next((row for row in participations if row.status == EntryStatus.EMPLOYED), None)
    if advised is not None and owner is not None:
        Ownership.objects.create(
            client=owner.client, business=advised.business, created_by=owner.client.counsellor
        )
