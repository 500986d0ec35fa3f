"""What was made of profiles in the talk: fields of work confirmed, and what people agreed on, in German and in their own words."""

import calendar
import datetime as dt
from collections.abc import Sequence
from random import Random

from competence.enums import DuePrecision, GoalDoer, GoalKind, GoalState
from competence.models import AgreedGoal, Assessment, EarlierGoal, FieldConfirmation
from iqquadrat.demo.plan import moment
from iqquadrat.questionnaires.enums import AnswerStatus
from iqquadrat.questionnaires.models import Answer

# Kind, German, the same as the client says it.
SAID: list[tuple[GoalKind, str, dict[str, str]]] = [
    (GoalKind.WORK, "Ich möchte wieder in einer Küche arbeiten, halbtags.", {
        "ru": "Хочу снова работать на кухне, полдня.", "vi": "Tôi muốn làm việc trong bếp trở lại, nửa ngày.",
        "ar": "أريد أن أعمل في مطبخ من جديد، نصف يوم.", "fa": "می‌خواهم دوباره در آشپزخانه کار کنم، نیمه‌وقت.",
        "tr": "Yeniden bir mutfakta, yarım gün çalışmak istiyorum.",
    }),
    (GoalKind.GERMAN, "Den Deutschkurs B1 am Vormittag anfangen.", {
        "ru": "Начать утренний курс немецкого B1.", "vi": "Bắt đầu khóa học tiếng Đức B1 vào buổi sáng.",
        "ar": "البدء بدورة الألمانية B1 صباحًا.", "fa": "شروع دورهٔ آلمانی B1 در صبح.", "tr": "Sabahları B1 Almanca kursuna başlamak.",
    }),
    (GoalKind.RECOGNITION, "Zeugnisse übersetzen lassen und den Antrag bei der IHK FOSA stellen.", {
        "ru": "Перевести документы и подать заявление в IHK FOSA.", "vi": "Dịch bằng cấp và nộp đơn cho IHK FOSA.",
        "ar": "ترجمة الشهادات وتقديم الطلب إلى IHK FOSA.", "fa": "ترجمهٔ مدارک و دادن درخواست به IHK FOSA.",
        "tr": "Diplomaları çevirtmek ve IHK FOSA'ya başvurmak.",
    }),
    (GoalKind.CERTIFICATE, "Den Staplerschein machen.", {
        "ru": "Получить права на погрузчик.", "ar": "الحصول على رخصة الرافعة الشوكية.", "fa": "گرفتن گواهی لیفتراک.",
        "tr": "Forklift ehliyeti almak.",
    }),
    (GoalKind.PAPERS, "Den Lebenslauf fertig schreiben und ein Foto machen lassen.", {"vi": "Viết xong sơ yếu lý lịch và chụp ảnh."}),
    (GoalKind.TRAINING, "Zwei Tage Probearbeit in der Werkstatt, dann über eine Ausbildung reden.", {}),
]  # fmt: skip


def make_goals(*, assessments: Sequence[Assessment], today: dt.date, random: Random) -> list[AgreedGoal]:
    """Agree on one to three goals in every profile that was talked about; some are due, some reached, one was changed."""
    goals = [
        goal
        for assessment in assessments
        if assessment.discussed_at is not None and assessment.discussed_at.date() <= today
        for goal in _goals(assessment, today, random)
    ]
    made = AgreedGoal.objects.bulk_create(goals)
    EarlierGoal.objects.bulk_create(_worded_before(goal) for goal in made if goal.revision > 1)
    return made


def confirm_fields(*, assessments: Sequence[Assessment], random: Random) -> list[FieldConfirmation]:
    """Confirm the main field of work in two of three talks: in the talk itself, or because there was a paper to be seen."""
    talked = {row.response_id: row for row in assessments if row.discussed_at is not None}
    rows = Answer.objects.filter(response__in=talked, item__key="wrk_main", status=AnswerStatus.ANSWERED)
    return FieldConfirmation.objects.bulk_create(
        FieldConfirmation(
            assessment=talked[row.response_id], row_key=f"field:{row.choices[0]}", evidence=random.choice([2, 2, 2, 3, 3, 4]),
            created_by_id=talked[row.response_id].client.counsellor_id,
        )
        for row in rows.order_by("response_id")
        if random.random() < 0.65
    )  # fmt: skip


def _goals(assessment: Assessment, today: dt.date, random: Random) -> list[AgreedGoal]:
    agreed_on = assessment.discussed_at.date() if assessment.discussed_at else today
    return [
        _goal(assessment, said, agreed_on, today, random)
        for said in random.sample(SAID, random.choice([1, 2, 2, 3]))
    ]


def _goal(
    assessment: Assessment, said: tuple[GoalKind, str, dict[str, str]], agreed_on: dt.date, today: dt.date, random: Random
) -> AgreedGoal:  # fmt: skip
    kind, german, own = said
    due_on, precision = max(agreed_on, today + dt.timedelta(days=random.randint(-40, 120))), DuePrecision.DAY
    if random.random() < 0.4:
        last = calendar.monthrange(due_on.year, due_on.month)[1]
        due_on, precision = due_on.replace(day=last), DuePrecision.MONTH
    goal = AgreedGoal(
        client_id=assessment.client_id, assessment=assessment, agreed_on=agreed_on, kind=kind, text=german,
        own_text=own.get(assessment.mother_tongue, ""), due_on=due_on, due_precision=precision,
        done_by=random.choice(GoalDoer.values), created_by_id=assessment.client.counsellor_id,
    )  # fmt: skip
    goal.own_language = assessment.mother_tongue if goal.own_text else ""
    if random.random() < 0.25:
        goal.state, goal.ended_on = (
            random.choice([GoalState.REACHED, GoalState.REACHED, GoalState.GIVEN_UP]),
            today,
        )
    if random.random() < 0.3:
        goal.revision = 2
    return goal


def _worded_before(goal: AgreedGoal) -> EarlierGoal:
    """How it was put at first: another doer."""
    return EarlierGoal(
        goal=goal, number=1, kind=goal.kind, text=goal.text, own_text=goal.own_text, own_language=goal.own_language,
        due_on=goal.due_on, due_precision=goal.due_precision, done_by=GoalDoer.BOTH, until_at=moment(goal.agreed_on, 16),
        replaced_by_id=goal.created_by_id,
    )  # fmt: skip
