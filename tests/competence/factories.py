"""Assessments for the tests of this room and of those above it, on a small questionnaire with a question of every kind."""

from datetime import timedelta
from typing import Any

import factory
from django.conf import settings
from django.utils import timezone

from competence.enums import AssessmentState, Measuring
from competence.kiosk_door import new_token, token_hash
from competence.models import AgreedGoal, Assessment, KioskSession
from iqquadrat.questionnaires.models import (
    Choice,
    ChoiceList,
    Item,
    Questionnaire,
    Response,
    Section,
    Version,
)
from tests.counselling.factories import ClientFactory

# (key, type, list, what differs from a plain question)
ITEMS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("start_mood", "single", "mood", {"appearance": "tiles"}),
    ("arr_year", "year", "", {"min_value": 1950, "max_value": 2026}),
    ("sch_years", "integer", "", {"evidence": True, "min_value": 0, "max_value": 25}),
    ("wrk_ever", "single", "yes_no", {"evidence": True}),
    ("wrk_main", "single", "fields", {"appearance": "tiles", "condition": "${wrk_ever} = 'yes'"}),
    ("wrk_tasks", "multiple", "tasks", {
        "evidence": True, "choice_filter": "wrk_main", "condition": "${wrk_main} != ''",
    }),
    ("prk_cook", "single", "ability", {"evidence": True}),
    ("lng_other", "multiple", "others", {"evidence": True, "appearance": "tiles"}),
    ("de_read", "single", "ladder", {"evidence": True, "appearance": "ladder"}),
    ("prb_a1_1", "single", "probe", {
        "probe": True, "correct": "cup", "stimulus": "Essen und Trinken bitte nur hier!",
    }),
    ("avl_times", "multiple", "times", {"appearance": "grid"}),
    ("avl_from", "date", "", {"evidence": True}),
    ("wsh_learn", "text", "", {"evidence": True}),
]  # fmt: skip
LISTS: dict[str, list[dict[str, Any]]] = {
    "mood": [{"key": "good", "icon": "cup"}, {"key": "bad", "icon": "moon"}],
    "yes_no": [{"key": "yes"}, {"key": "no"}],
    "fields": [{"key": "kitchen", "icon": "pot"}, {"key": "care", "icon": "heart-hand"}],
    "tasks": [
        {"key": "kitchen_cook", "filter_value": "kitchen"}, {"key": "kitchen_bake", "filter_value": "kitchen"},
        {"key": "care_wash", "filter_value": "care"},
    ],
    "ability": [
        {"key": "none", "score": 1}, {"key": "little", "score": 2}, {"key": "good", "score": 3},
        {"key": "very_good", "score": 4},
    ],
    "others": [{"key": "ar"}, {"key": "tr"}, {"key": "none", "exclusive": True}],
    "ladder": [{"key": "below_a1"}, {"key": "a1"}, {"key": "a2"}],
    "probe": [{"key": "cup", "icon": "cup", "fixed": True}, {"key": "bed", "icon": "bed", "fixed": True}],
    "times": [{"key": f"{day}_{part}"} for day in ("mon", "tue") for part in ("am", "pm", "eve")],
}  # fmt: skip
LANGUAGES = tuple(code for code in settings.CLIENT_LANGUAGES if code != "de")


def texts(field: str, german: str) -> dict[str, str]:
    """Return a text in German and, marked, in the other languages."""
    return {f"{field}_de": german} | {f"{field}_{code}": f"[{code}] {german}" for code in LANGUAGES}


def small_version() -> Version:
    """Return the published small questionnaire, made once a test; whatever is published already is taken."""
    found = Version.objects.published().filter(questionnaire__key="competence").first()
    if found is not None:
        return found
    questionnaire, _created = Questionnaire.objects.get_or_create(
        key="competence", defaults=texts("title", "Was ich kann")
    )
    version = Version.objects.create(
        questionnaire=questionnaire, number=questionnaire.versions.count() + 1, **texts("title", "Was ich kann")
    )  # fmt: skip
    lists = {}
    for name, choices in LISTS.items():
        lists[name] = ChoiceList.objects.create(version=version, name=name)
        for position, facts in enumerate(choices, start=1):
            german = f"Antwort {facts['key']}"
            words = {"text_de": german} if facts.get("fixed") else texts("text", german)
            Choice.objects.create(choice_list=lists[name], position=position, **facts, **words)
    for number in range(1, 4):
        section = Section.objects.create(
            version=version, key=f"part{number}", position=number, **texts("title", f"Teil {number}")
        )
        for position, (key, kind, choice_list, facts) in enumerate(ITEMS, start=1):
            if (position - 1) // 5 + 1 == number:
                Item.objects.create(
                    version=version, section=section, key=key, position=position, type=kind, level="A1",
                    choice_list=lists.get(choice_list), **texts("label", f"Frage zu {key}?"), **facts,
                )  # fmt: skip
    version.state, version.published_at = "published", timezone.now()
    version.save()
    return version


class ResponseFactory(factory.django.DjangoModelFactory):
    """Answers, none yet."""

    class Meta:
        model = Response

    version = factory.LazyFunction(small_version)
    language = "ar"


class AssessmentFactory(factory.django.DjangoModelFactory):
    """An assessment that was created; ``running=True`` and ``finished=True`` go further."""

    class Meta:
        model = Assessment

    class Params:
        running = factory.Trait(
            state=AssessmentState.RUNNING, measuring=Measuring.AGREED, started_at=factory.LazyFunction(timezone.now)
        )  # fmt: skip
        finished = factory.Trait(
            state=AssessmentState.FINISHED, measuring=Measuring.AGREED,
            started_at=factory.LazyFunction(lambda: timezone.now() - timedelta(minutes=40)),
            finished_at=factory.LazyFunction(timezone.now),
        )  # fmt: skip

    client = factory.SubFactory(ClientFactory)
    centre = factory.SelfAttribute("client.centre")
    response = factory.SubFactory(ResponseFactory)
    mother_tongue = "ar"
    pair = factory.LazyFunction(lambda: ["cup", "moon"])


class KioskSessionFactory(factory.django.DjangoModelFactory):
    """A live session; ``token`` is its address."""

    class Meta:
        model = KioskSession

    class Params:
        token = factory.LazyFunction(new_token)

    assessment = factory.SubFactory(AssessmentFactory, running=True)
    token_hash = factory.LazyAttribute(lambda made: token_hash(made.token))
    started_at = factory.LazyFunction(timezone.now)
    last_seen = factory.LazyFunction(timezone.now)
    ends_at = factory.LazyFunction(lambda: timezone.now() + timedelta(minutes=90))


class AgreedGoalFactory(factory.django.DjangoModelFactory):
    """A goal agreed on today, due today; ``ended=True`` was reached."""

    class Meta:
        model = AgreedGoal

    class Params:
        ended = factory.Trait(state="reached", ended_on=factory.LazyFunction(timezone.localdate))

    assessment = factory.SubFactory(AssessmentFactory, finished=True)
    client = factory.SelfAttribute("assessment.client")
    kind = "work"
    text = "Wieder als Koch arbeiten"
    agreed_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyFunction(timezone.localdate)
    due_precision = "day"
    done_by = "both"
