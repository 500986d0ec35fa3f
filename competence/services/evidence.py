"""Working out the language evidence of a finished assessment and keeping it."""

from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils import timezone

from competence.enums import Measuring
from competence.evidence import (
    Circumstances,
    CodedItem,
    Contradictions,
    Event,
    Evidence,
    Item,
    Thresholds,
    evaluate,
)
from competence.models import Assessment, EvidenceResult, ParadataEvent
from competence.profile import Profile, load
from competence.thresholds import thresholds_on
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.questionnaires import texts
from iqquadrat.questionnaires.models import Item as Question


@transaction.atomic
def store_result(assessment: Assessment, *, thresholds: Thresholds | None = None) -> EvidenceResult:
    """Read the log of an assessment and keep codes, measures and statement with the thresholds they were read by: those of the day
    on which it was finished, unless others are given.

    Called when an assessment is finished; called again, it replaces the result. Refused measuring stores "not measured".
    """
    day = timezone.localdate(assessment.finished_at)
    evidence = read_evidence(assessment, thresholds=thresholds or thresholds_on(day))
    result, _created = EvidenceResult.objects.update_or_create(
        assessment=assessment, defaults=_stored(evidence)
    )
    record(Action.CHANGE, by=None, obj=assessment, fields=["evidence_result"])
    return result


def read_evidence(assessment: Assessment, *, thresholds: Thresholds | None = None) -> Evidence:
    """Return what the log says, without storing anything."""
    profile = load(assessment)
    questions = profile.version.ordered_items
    return evaluate(
        [_item(question, assessment.mother_tongue) for question in questions],
        _events(assessment),
        Circumstances(assessment.mother_tongue, is_agreed=assessment.measuring == Measuring.AGREED),
        right_probes=[item.key for item in questions if item.probe and profile.one(item.key) == item.correct],
        chosen={
            item.key: profile.one(item.key) or "" for item in profile.asked if item.key in profile.answers
        },
        facts=_facts(profile),
        thresholds=thresholds,
    )


def _item(question: Question, mother_tongue: str) -> Item:
    is_scale = question.choice_list is not None and all(choice.score for choice in question.all_choices)
    return Item(
        key=question.key, level=question.level, german=question.label_de or "",  # type: ignore[attr-defined]  # a column a language
        is_evidence=question.evidence, is_probe=question.probe,
        is_offered=texts.is_offered(question, mother_tongue),
        positions=tuple(choice.key for choice in question.all_choices) if is_scale else (),
    )  # fmt: skip


def _events(assessment: Assessment) -> list[Event]:
    """The events of all sittings, one sequence on one clock."""
    rows = ParadataEvent.objects.filter(session__assessment=assessment).order_by("seq", "pk")
    return [
        Event(kind, item, ms, state)
        for kind, item, ms, state in rows.values_list("event", "item_key", "ms", "state")
    ]


def _facts(profile: Profile) -> Contradictions:
    return Contradictions(
        main_years=profile.number("wrk_main_years"), total_years=profile.number("wrk_years"),
        last_worked=profile.number("wrk_last"), arrived=profile.number("arr_year"),
        works_in_germany=profile.one("wrk_de") not in (None, "none"),
    )  # fmt: skip


def _stored(evidence: Evidence) -> dict[str, Any]:
    thresholds = asdict(evidence.thresholds) | {"valid_from": evidence.thresholds.valid_from.isoformat()}
    return {
        "codes": [_row(item) for item in evidence.items],
        "probes": {level.level: [level.probes_right, level.probes] for level in evidence.levels},
        "measures": asdict(evidence.measures), "marks": [mark.value for mark in evidence.marks],
        "overall": evidence.overall.kind.value, "level": evidence.overall.level,
        "thresholds": thresholds, "computed_at": timezone.now(),
    }  # fmt: skip


def _row(item: CodedItem) -> list[object]:
    return [item.key, item.level, item.code.value, item.why.value if item.why else "", item.ms]
