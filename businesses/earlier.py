"""What a business said in an earlier wave, for the one that asks again: only what may be shown at the door, as a device takes it.

Never the owner's country of birth (question 6) nor family helpers (13), and nothing of a business that did not agree to its answers
being compared (the consent to the panel).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from businesses.enums import ConsentPurpose
from businesses.interviewing import question_number
from businesses.models import BusinessConsent, Interview, Unit
from iqquadrat.questionnaires.enums import AnswerStatus, ItemType
from iqquadrat.questionnaires.models import Answer, Item
from iqquadrat.questionnaires.queries import version_content

NEVER_SHOWN = frozenset({6, 13})
Raw = dict[str, Any]


def before_of(units: Iterable[Unit]) -> dict[int, Raw]:
    """Return by unit what its business answered in the newest wave before: ``{"wave": name, "answers": {key: raw}}``.

    Units without such an interview are left out. As many queries for one unit as for all.
    """
    listed = list(units)
    willing = BusinessConsent.objects.filter(
        purpose=ConsentPurpose.PANEL,
        withdrawn_at__isnull=True,
        business__in=[unit.business_id for unit in listed],
    )
    talks = (
        Interview.objects.finished()
        .filter(business__in=willing.values("business"))
        .select_related("wave", "response")
        .order_by("-wave__starts_on", "-pk")
    )
    by_business: dict[int, list[Interview]] = {}
    for talk in talks:
        by_business.setdefault(talk.business_id, []).append(talk)
    newest = {
        unit.pk: earlier
        for unit in listed
        if (earlier := _earlier(unit, by_business.get(unit.business_id, [])))
    }
    given = _answers(earlier.response_id for earlier in newest.values())
    asked = {
        version: version_content(version).items_by_key
        for version in {unit.wave.version_id for unit in listed if unit.pk in newest}
    }
    return {
        unit.pk: {
            "wave": newest[unit.pk].wave.name,
            "answers": _taken(given.get(newest[unit.pk].response_id, []), asked[unit.wave.version_id]),
        }
        for unit in listed
        if unit.pk in newest
    }


def _earlier(unit: Unit, talks: Iterable[Interview]) -> Interview | None:
    return next((talk for talk in talks if talk.wave.starts_on < unit.wave.starts_on), None)


def _answers(responses: Iterable[int]) -> dict[int, list[Answer]]:
    found: dict[int, list[Answer]] = {}
    rows = Answer.objects.filter(response__in=set(responses), status=AnswerStatus.ANSWERED)
    for answer in rows.select_related("item").order_by("item__position"):
        found.setdefault(answer.response_id, []).append(answer)
    return found


def _taken(answers: Iterable[Answer], asked: Mapping[str, Item]) -> Raw:
    """The answers to what is asked in the same way today, raw as the device sends them."""
    found: Raw = {}
    for answer in answers:
        number, item = question_number(answer.item.key), asked.get(answer.item.key)
        if number is None or number in NEVER_SHOWN or item is None or item.type != answer.item.type:
            continue
        raw = _raw(answer, item)
        if raw is not None:
            found[item.key] = raw
    return found


def _raw(answer: Answer, item: Item) -> Raw | None:
    if item.has_choices:
        offered = {choice.key for choice in item.all_choices}
        return {"choices": list(answer.choices)} if set(answer.choices) <= offered else None
    if item.type == ItemType.TEXT:
        return {"value": answer.text}
    return {"value": answer.number} if answer.number is not None else None
