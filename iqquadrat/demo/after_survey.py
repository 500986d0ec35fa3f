"""What followed from the surveys: needs with their steps, a course that runs, the Stammtisch, drafts of vacancies."""

import datetime as dt
from collections.abc import Sequence
from random import Random
from typing import Any

from businesses.enums import ENDED_NEEDS, NeedState
from businesses.models import (
    Business,
    BusinessConsent,
    BusinessConsultation,
    Enrolment,
    Event,
    EventAttendance,
    EventSeries,
    Interview,
    Need,
    NeedStep,
)
from businesses.naming import TOPIC_KEYS, needs_named
from iqquadrat.accounts.models import Centre, User
from iqquadrat.demo.plan import Plan, moment, workdays
from iqquadrat.questionnaires.models import Answer
from placements.models import Vacancy

ENDS = [NeedState.DONE, NeedState.DONE_ALONE, NeedState.UNREACHABLE, NeedState.NOT_OURS]
# What was said in a shop, by topic; how pressing; days since it was opened and until it is due.
SAID: list[tuple[str, str, str, int, int | None]] = [
    ("german", "Die Inhaberin möchte mit Lieferanten selbst telefonieren.", "urgent", 41, 2),
    ("tax", "Brief vom Finanzamt, Frist läuft.", "urgent", 12, -1),
    ("staff", "Sucht eine Kraft für die Küche, zuerst als Minijob.", "some", 33, 5),
    ("law", "Genehmigung für Tische auf dem Gehweg.", "some", 20, 9),
    ("marketing", "Bewertungen im Internet, möchte eigene Fotos einstellen.", "some", 27, 20),
    ("trainer", "Würde ausbilden, hat aber keinen Ausbilderschein.", "urgent", 48, 6),
    ("financing", "Neue Kühltheke, Angebot der Bank liegt vor.", "some", 15, 12),
    ("succession", "Will in zwei Jahren übergeben, der Neffe hat Interesse.", "some", 60, 30),
    ("german", "Zwei Mitarbeitende wollen Deutsch für den Verkauf lernen.", "some", 37, None),
    ("tax", "Wechsel der Buchhaltung zum Jahresende.", "some", 8, 14),
]
PEOPLE = [
    "Hoa Nguyễn", "Samira Haddad", "Mehmet Yıldız", "Olena Kovalenko", "Reza Ahmadi", "Dilan Aydın", "Minh Trần", "Nour Khalil", "Fatma Kaya",
    "Irina Petrowa", "Awat Rasul", "Lan Phạm", "Khalid Mansour", "Ana Popescu",
]  # fmt: skip
MINUTES = (
    "Begrüßung durch Café Samowar, zwei neue Betriebe stellen sich vor.\n\n"
    "Straßenfest im Frühjahr: Die Stadt gibt die Straße von 12 bis 20 Uhr frei. Wer einen Stand möchte, meldet sich bis Monatsende.\n\n"
    "Müllabholung: Die Beratungsstelle schreibt gemeinsam mit den Betrieben an die Stadtreinigung.\n\n"
    "Nächstes Treffen wieder im Café Samowar."
)
SEATS = 12


def make_needs_of_then(*, centre: Centre, by: User, plan: Plan, random: Random) -> list[Need]:
    """Create the needs that the interviews of July 2007 named; all had ended when the programme did."""
    days = workdays(plan.survey_ends_on, plan.ends_on)
    interviews = list(
        Interview.objects.filter(wave__centre=centre, completed_at__isnull=False)
        .select_related("response")
        .order_by("pk")
    )
    named: dict[int, dict[str, Any]] = {}
    answers = Answer.objects.filter(
        response__in=[one.response_id for one in interviews], item__key__in=TOPIC_KEYS
    )
    for response, key, choices in answers.values_list("response", "item__key", "choices"):
        named.setdefault(response, {})[key] = choices[0] if choices else None
    rows = []
    for interview in interviews:
        for one in needs_named(named.get(interview.response_id, {})):
            end = random.choices(ENDS, [55, 20, 15, 10])[0]
            rows.append(
                Need(
                    business_id=interview.business_id, topic=one.topic, urgency=one.urgency, source="interview", interview=interview,
                    opened_on=plan.survey_ends_on, state=end, in_charge=by, closed_on=random.choice(days), closed_by=by,
                    programme_code=plan.programme_code, created_by=by,
                )
            )  # fmt: skip
    return _with_steps(rows, by)


def make_needs_of_now(
    *, businesses: Sequence[Business], counsellors: Sequence[User], by: User, plan: Plan, today: dt.date
) -> list[Need]:
    """Create needs of this year: pressing ones, some that nobody is in charge of, one that is said to be over."""
    shops = [shop for shop in businesses if shop.status == "open"]
    charge = [counsellors[0], counsellors[0], None, counsellors[1], by]
    rows = []
    for number in range(3 * len(SAID)):
        topic, words, urgency, since, due = SAID[number % len(SAID)]
        who = charge[number % len(charge)]
        rows.append(
            Need(
                business=shops[number], topic=topic, words=words if number < len(SAID) else "", source="visit" if number % 2 else "consultation",
                urgency=urgency if number < len(SAID) or number % 4 == 0 else "some", in_charge=who,
                state="in_advice" if who and number % 3 else "open", opened_on=today - dt.timedelta(days=since + number),
                due_on=today + dt.timedelta(days=due + number // 3) if due is not None and who else None,
                closing_proposed_on=today - dt.timedelta(days=2) if number == 8 else None, programme_code=plan.present_code, created_by=by,
            )
        )  # fmt: skip
    needs = _with_steps(rows, by)
    BusinessConsultation.objects.bulk_create(
        BusinessConsultation(
            business=need.business, counsellor=need.in_charge, held_at=moment(today - dt.timedelta(days=9), 14), minutes=45, topic=need.topic,
            need=need, languages=["de"], content="Lage besprochen, Unterlagen durchgesehen.", agreed="Wir melden uns mit einem Vorschlag.",
            follow_up_on=today + dt.timedelta(days=1) if number == 1 else None, programme_code=plan.present_code, created_by=by,
        )
        for number, need in enumerate(one for one in needs if one.state == "in_advice" and one.in_charge)
    )  # fmt: skip
    return needs


def _with_steps(rows: list[Need], by: User) -> list[Need]:
    needs = Need.objects.bulk_create(rows)
    steps = []
    for need in needs:
        steps.append(NeedStep(need=need, to_state="open", by=by, at=moment(need.opened_on, 12)))
        if need.state in ENDED_NEEDS and need.closed_on:
            steps.append(
                NeedStep(
                    need=need, from_state="open", to_state=need.state, by=by, at=moment(need.closed_on, 15)
                )
            )
        elif need.state == NeedState.IN_ADVICE:
            day = need.opened_on + dt.timedelta(days=3)
            steps.append(
                NeedStep(need=need, from_state="open", to_state=need.state, by=need.in_charge, at=moment(day, 10), note="Termin im Laden vereinbart")
            )  # fmt: skip
    NeedStep.objects.bulk_create(steps)
    return needs


def make_events_of_now(
    *, centre: Centre, businesses: Sequence[Business], by: User, plan: Plan, today: dt.date, random: Random
) -> list[Event]:
    """Create a course in its fourth week, the Stammtisch before and to come, an evening whose attendance waits, and one called off."""
    facts: dict[str, Any] = {
        "centre": centre,
        "created_by": by,
        "responsible": by,
        "programme_code": plan.present_code,
    }
    series = EventSeries.objects.create(centre=centre, title="Deutsch für Unternehmer/innen", created_by=by)
    course = [
        _event(
            today + dt.timedelta(days=7 * week - 24), 18, facts | {"series": series, "topic": "german", "capacity": SEATS},
            kind="course", title=series.title, place="Beratungsstelle Dialog, Raum 1", state="held" if week < 4 else "planned",
            agenda="" if week < 4 else "Gespräche mit Kundschaft und Lieferanten",
        )
        for week in range(10)
    ]  # fmt: skip
    table = {"kind": "regulars_table", "title": "Stammtisch der Unternehmer/innen", "place": "Café Samowar"}
    evenings = [
        _event(today - dt.timedelta(days=21), 19, facts, state="held", minutes=MINUTES, agenda="Straßenfest, Müllabholung, Neues aus der Straße", **table),
        _event(today + dt.timedelta(days=6), 19, facts, state="planned", agenda="Straßenfest, Weihnachtsbeleuchtung, Neues aus der Straße", **table),
        _event(today - dt.timedelta(days=1), 18, facts | {"topic": "law"}, state="planned", kind="information", title="Tische auf dem Gehweg: was die Stadt verlangt", place="Bürgertreff"),
        _event(today + dt.timedelta(days=13), 18, facts | {"topic": "staff", "capacity": 15}, state="planned", kind="information", title="Die erste Mitarbeiterin, der erste Mitarbeiter", place="Beratungsstelle Dialog, Raum 1"),
        _event(today + dt.timedelta(days=9), 18, facts | {"topic": "tax"}, state="cancelled", kind="information", title="Kassenbuch und Bons", place="Bürgertreff"),
    ]  # fmt: skip
    made = Event.objects.bulk_create([*course, *evenings])
    shops = [shop for shop in businesses if shop.status == "open"]
    _seat(series, shops[: SEATS + 2], made, by)
    _attend(made[:4], shops[:SEATS], random)
    _attend(made[10:11], shops[3:14], random)
    Enrolment.objects.bulk_create(
        Enrolment(event=event, business=shop, created_by=by) for event in made[11:14] for shop in shops[4:13]
    )
    return made


def _event(day: dt.date, hour: int, facts: dict[str, Any], **more: Any) -> Event:
    start = moment(day, hour)
    return Event(at=start, ends_at=start + dt.timedelta(minutes=90), languages=["de"], **facts, **more)


def _seat(series: EventSeries, shops: Sequence[Business], course: Sequence[Event], by: User) -> None:
    needs = dict(
        Need.objects.running().filter(business__in=shops, topic="german").values_list("business", "pk")
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            series=series, business=shop, person_name=PEOPLE[number], state="enrolled" if number < SEATS else "waiting",
            need_id=needs.get(shop.pk), created_by=by,
        )
        for number, shop in enumerate(shops)
    )  # fmt: skip
    Enrolment.objects.filter(series=series).update(created_at=course[0].at - dt.timedelta(days=9))


def _attend(events: Sequence[Event], shops: Sequence[Business], random: Random) -> None:
    rows = []
    for event in events:
        notes = random.choices(["present", "excused", "absent"], [82, 10, 8], k=len(shops))
        here = [
            EventAttendance(event=event, business=shop, presence=note, heads=int(note == "present"))
            for shop, note in zip(shops, notes, strict=True)
        ]
        event.head_count = sum(row.heads for row in here)
        rows += here
    EventAttendance.objects.bulk_create(rows)
    Event.objects.bulk_update(events, ["head_count"])


def make_drafts(
    *, centre: Centre, businesses: Sequence[Business], by: User, plan: Plan, today: dt.date
) -> list[Vacancy]:
    """Create drafts of vacancies as interviews leave them, most of them of businesses that agreed to pass them on."""
    shops = [shop for shop in businesses if shop.status == "open"]
    standing = set(BusinessConsent.objects.filter(withdrawn_at=None).values_list("business", "purpose"))
    unasked = next(shop for shop in shops[26:] if (shop.pk, "share_vacancies") not in standing)
    rows = [
        (shops[0], "job", "kitchen", "Küche und Lebensmittel", "Teilzeit, 20 bis 34 Stunden; Beginn sofort"),
        (shops[1], "training", "other", "Ausbildungsplatz: Köchin/Koch", ""),
        (shops[10], "job", "sales", "Verkauf", "Minijob; Beginn innerhalb von drei Monaten"),
        (unasked, "internship", "other", "Praktikum: Friseurhandwerk", ""),
    ]  # fmt: skip
    given = moment(today - dt.timedelta(days=6), 11)
    agreed = [(shop, "contact") for number, shop in enumerate(shops[:40]) if number % 5 != 4]
    # The last draft waits for the consent of its business.
    agreed += [(shop, "share_vacancies") for shop, *_facts in rows[:-1]]
    BusinessConsent.objects.bulk_create(
        BusinessConsent(
            business=shop, purpose=purpose, text_version="2026-1", channel="on_site", given_at=given
        )
        for shop, purpose in agreed
        if (shop.pk, purpose) not in standing
    )
    return Vacancy.objects.bulk_create(
        Vacancy(
            centre=centre, business=shop, title=title, kind=kind, field_of_work=field, times=times, source="survey", state="draft",
            opened_on=today - dt.timedelta(days=6), programme_code=plan.present_code, created_by=by, place=shop.address,
        )
        for shop, kind, field, title, times in rows
    )  # fmt: skip
