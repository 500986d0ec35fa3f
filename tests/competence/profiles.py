"""A finished assessment on the delivered questionnaire, answered in full, with a believable log."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import competence
from competence.enums import AssessmentState, EndReason, Event, Measuring
from competence.models import Assessment, FieldConfirmation, KioskSession, ParadataEvent
from competence.services import evidence as evidence_services
from counselling.models import Client, LanguageSkill
from iqquadrat.accounts.models import User
from iqquadrat.questionnaires.models import Answer, Item, Response, Version
from tests.competence.factories import AssessmentFactory
from tests.counselling.factories import ClientFactory
from tests.fixtures.delivered import delivered

STARTED = datetime(2026, 11, 17, 10, 0, tzinfo=ZoneInfo("Europe/Berlin"))
CHOSEN: dict[str, list[str]] = {
    "home_langs": ["fa"], "wrk_ever": ["yes"], "voc_way": ["vocational"], "voc_field": ["repair"], "voc_done": ["finished"],
    "voc_docs": ["pending"], "voc_extra": ["welding"], "wrk_fields": ["repair", "construction", "sales"], "wrk_main": ["repair"],
    "wrk_tasks": ["repair_cars", "repair_electric", "repair_fault"], "wrk_lead": ["few"], "wrk_de": ["none"],
    "lng_first": ["fa"], "lng_other": ["en", "de"], "lng_lit1": ["very_good"], "lng_latin": ["good"], "de_listen": ["a2"],
    "de_read": ["a1"], "de_speak": ["a2"], "de_write": ["a1"], "de_course": ["course_now"], "prk_licence": ["car"],
    "fam_child": ["daily"], "vol_tasks": ["repair"], "sch_attended": ["long"], "sch_cert": ["upper_secondary"],
    "prb_a1_1": ["cup"], "prb_a1_2": ["thu_10"], "prb_a2_1": ["thu_10"], "prb_a2_2": ["place"], "prb_b1_1": ["stay_home"],
    "wsh_field": ["repair"], "wsh_form": ["job", "training"], "mob_dist": ["bus_30"], "con_note": ["daytime"],
    "avl_times": ["mon_am", "tue_am", "wed_am", "thu_am", "fri_am"],
}  # fmt: skip
NUMBERS = {
    "arr_year": 2021,
    "sch_years": 12,
    "wrk_years": 12,
    "wrk_main_years": 9,
    "wrk_last": 2020,
    "avl_hours": 30,
}
STEPS = {
    "prk_repair": 4, "prk_tools": 4, "prk_cook": 3, "prk_clean": 4, "prk_body": 4, "prk_cash": 4, "prk_measure": 4, "prk_table": 4,
    "fam_budget": 4, "wrk_indep": 4, "per_time": 4, "per_finish": 4, "per_stress": 3, "per_start": 4, "wrk_cust": 3,
    "fam_conflict": 3, "soc_team": 3, "soc_ask": 3, "soc_diff": 3, "soc_crit": 3, "sch_learn": 3, "prk_plan": 4,
    "fam_organise": 2, "met_plan": 4, "met_retry": 3, "dig_search": 2, "dig_msg": 2,
}  # fmt: skip
WISH = "Motoren von E-Autos"


def delivered_version() -> Version:
    """Load the questionnaire that is delivered with the programme."""
    return delivered(Path(competence.__file__).parent / "content")


def value_of(item: Item) -> dict[str, Any] | None:
    """The columns of the answer to one question; None where the person gave none."""
    if item.key in NUMBERS:
        return {"number": NUMBERS[item.key]}
    if item.key in STEPS:
        return {"choices": [item.all_choices[STEPS[item.key] - 1].key]}
    if item.key in CHOSEN:
        return {"choices": CHOSEN[item.key]}
    return {"text": WISH} if item.key == "wsh_learn" else None


def answer_all(response: Response) -> None:
    """Answer every question that has an answer above; the others are skipped or not known."""
    for item in response.version.items.all():
        columns = value_of(item)
        status = "answered" if columns else "dont_know" if item.key.startswith("dig_") else "skipped"
        Answer.objects.create(response=response, item=item, status=status, **(columns or {}))


def persian_client(**fields: Any) -> Client:
    """Reza Karimi."""
    return ClientFactory(
        given_name="رضا", family_name="کریمی", latin_given_name="Reza", latin_family_name="Karimi",
        spoken_languages=["fa", "en"], reading_language="fa", **fields,
    )  # fmt: skip


def full_assessment(client: Client, *, language: str = "fa", **fields: Any) -> Assessment:
    """A finished assessment with all answers."""
    response = Response.objects.create(
        version=delivered_version(), language=language, started_at=STARTED, completed_at=STARTED + timedelta(minutes=52)
    )  # fmt: skip
    facts = {
        "state": AssessmentState.FINISHED, "measuring": Measuring.AGREED, "started_at": STARTED,
        "finished_at": STARTED + timedelta(minutes=52), "mother_tongue": language,
    } | fields  # fmt: skip
    assessment = AssessmentFactory(client=client, response=response, **facts)
    answer_all(response)
    return assessment


def write_log(assessment: Assessment) -> KioskSession:
    """A log: A1 understood, every third of A2 switched, most of B1 switched."""
    session = KioskSession.objects.create(
        assessment=assessment, token_hash=f"{assessment.pk:064d}", started_at=STARTED, last_seen=STARTED, ends_at=STARTED,
        ended_at=STARTED, ended_reason=EndReason.FINISHED,
    )  # fmt: skip
    answers = {answer.item.key: answer for answer in assessment.response.answers.select_related("item")}
    lines: list[tuple[str, Event, str, int]] = []
    for number, item in enumerate(assessment.response.version.items.all()):
        start = number * 30_000
        lines.append((item.key, Event.SHOWN, "", start))
        if (item.level == "B1" and number % 5) or (item.level == "A2" and number % 3 == 0):
            lines.append((item.key, Event.TO_L1, "", start + 9000))
        if answers[item.key].status == "answered":
            lines.append((item.key, Event.ANSWER, f"h{number}", start + 12_000))
        else:
            lines.append((item.key, Event.DONT_KNOW, "dk", start + 12_000))
        lines.append((item.key, Event.NEXT, "", start + 15_000))
    ParadataEvent.objects.bulk_create(
        ParadataEvent(
            session=session, seq=seq, item_key=key, item_version=1, event=event, state=state, ms=ms, at=STARTED + timedelta(milliseconds=ms)
        )
        for seq, (key, event, state, ms) in enumerate(lines, start=1)
    )  # fmt: skip
    return session


# What is known of a person and is never an item of a paper for others.
SECRET = {
    "street": "Geheimgasse 7", "postal_code": "04399", "district": "Verborgen", "country_of_birth": "Landistan",
    "birth_date": date(1987, 3, 14), "birth_precision": "day", "nationalities": ["Staatistan"], "residence_status": "tolerated",
    "work_permission": "needs_approval", "arrived_year": 2021, "aliases": "Schattenname", "messenger": "@heimlich",
    "availability": "nur wenn das Kind schläft", "training": "Uhrmachergeselle",
}  # fmt: skip
SECRET_WORDS = (
    "Geheimgasse", "04399", "Verborgen", "Landistan", "Staatistan", "Schattenname", "@heimlich", "schläft", "Uhrmacher", "1987",
    "geduldet", "Duldung", "Zustimmung", "2021", "tagsüber", "Kinder", "Heimliche Notiz",
)  # fmt: skip


def well_known(counsellor: User) -> Assessment:
    """An assessment of a person of whom everything is known: contact, secrets, certificates, evidence, a note."""
    client = persian_client(
        counsellor=counsellor, number="K-2026-0127", phone="0341 5550127", email="reza@ort.example", driving_licences=["b", "forklift"],
        **SECRET,
    )  # fmt: skip
    made = full_assessment(client, discussed_at=STARTED + timedelta(days=1))
    FieldConfirmation.objects.create(
        assessment=made, row_key="field:repair", evidence=3, years=8, note="Heimliche Notiz"
    )
    for language, speaking, reading, source in (
        ("de", "b1", "a2", "certificate"),
        ("en", "c1", "", "counsellor"),
    ):
        LanguageSkill.objects.create(
            client=client,
            language=language,
            speaking=speaking,
            reading=reading,
            source=source,
            noted_on=STARTED.date(),
        )
    write_log(made)
    evidence_services.store_result(made)
    return anew(made)


def anew(assessment: Assessment) -> Assessment:
    """The same as it is stored now."""
    return Assessment.objects.select_related("client", "centre", "response").get(pk=assessment.pk)
