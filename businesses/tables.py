"""The figures of this room split by something: results of visits, branches, the training ladder, kinds of meetings."""

from collections import Counter
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from businesses.analysis.jobs import Step
from businesses.analysis.training_answers import step_of
from businesses.counted import (
    business_consultations,
    business_events,
    businesses_registered,
    businesses_surveyed,
    training_places_created,
)
from businesses.enums import BranchKind, Disposition, EventKind, NeedTopic, TrainingReason
from businesses.models import Unit
from iqquadrat.core.figures import Breakdown, Period, Slice
from iqquadrat.questionnaires.models import Answer

CHAPTER = "businesses"
_COMPLETE = _("None: no such record can be kept without it.")
_IN_A_ROW = _("Those that do not say it are a row of their own.")
# What a business has for training, whether it would, and whom it trains (questions 14, 24 and 25).
_ON_TRAINING = ("v14_trainees_now", "v24_right", "v25_willing")


def _by_branch(period: Period) -> list[Slice]:
    """Units of the register by kind of shop; those without a branch are a row of their own."""
    counts = dict(
        businesses_registered(period).order_by().values_list("branch__kind").annotate(n=Count("pk"))
    )
    found = [
        Slice(kind.value, kind.label, counts[kind.value]) for kind in BranchKind if counts.get(kind.value)
    ]
    missing = sum(count for kind, count in counts.items() if not kind)
    return [*sorted(found, key=lambda piece: -piece.count), Slice("", _("not stated"), missing)]


def _by_disposition(period: Period) -> list[Slice]:
    """Units of the waves that fell into the period, by what came of the visits."""
    units = Unit.objects.filter(
        period.place(centre="wave__centre_id", programme="wave__programme_code"),
        wave__starts_on__lte=period.ends_on, wave__ends_on__gte=period.starts_on,
    )  # fmt: skip
    counts = dict(units.values_list("disposition").annotate(n=Count("pk")))
    found = [
        Slice(result.value, result.label, counts[result.value])
        for result in Disposition
        if counts.get(result.value)
    ]
    return [*found, Slice("", _("not visited yet"), counts.get("", 0))]


def _ladder(period: Period) -> list[Slice]:
    """Businesses interviewed in the period by their step of the training ladder."""
    held = businesses_surveyed(period).order_by()
    told: dict[int, dict[str, Any]] = {
        response: {} for response in held.values_list("response_id", flat=True)
    }
    answers = Answer.objects.filter(
        status="answered", item__key__in=_ON_TRAINING, response__interview__in=held
    )
    for response, key, choices, number in answers.values_list(
        "response_id", "item__key", "choices", "number"
    ):
        told[response][key] = choices or number
    steps = Counter(
        step_of(
            trainees=one.get("v14_trainees_now"), right=one.get("v24_right", []), willing="".join(one.get("v25_willing", []))
        )
        for one in told.values()
    )  # fmt: skip
    return [*(Slice(step, step.label, steps[step]) for step in Step), Slice("", _("not stated"), steps[None])]


def _by(rows: Any, column: str, choices: Any, total: Any = None) -> Any:
    """Return a table by a column of codes: how many records, or the sum of something in them."""

    def slices(period: Period) -> list[Slice]:
        counts = dict(rows(period).order_by().values_list(column).annotate(n=total or Count("pk")))
        return [Slice(code, label, counts[code]) for code, label in choices if counts.get(code)]

    return slices


def _table(code: str, name: Any, definition: Any, slices: Any, unit: Any, rule: Any, missing: Any = _COMPLETE, **more: Any) -> Breakdown:  # fmt: skip
    return Breakdown(
        code=code,
        name=name,
        definition=definition,
        chapter=CHAPTER,
        slices=slices,
        unit=unit,
        rule=rule,
        missing=missing,
        **more,
    )


_BY_EVENT = _("The local day of the event lies in the period.")

BREAKDOWNS: list[Breakdown] = [
    _table(
        "survey_results", _("What came of the visits"), _("Units of the survey waves of the period, by the result of the visits."),
        _by_disposition, _("units"), _("The survey wave and the period have a day in common."), _IN_A_ROW,
    ),
    _table(
        "branches", _("Businesses by branch"), _("Units of the register without vacant shops, by kind of shop."), _by_branch,
        _("businesses"), _("The unit was written down by the last day of the period."), _IN_A_ROW,
    ),
    _table(
        "training_ladder", _("Training ladder"),
        _("Businesses interviewed in the period: whether they train, may train and would (questions 14, 24 and 25 of the survey)."),
        _ladder, _("businesses"), _("The local day on which the interview was handed in lies in the period."), _IN_A_ROW, of_persons=True,
    ),
    _table(
        "training_places_by_reason", _("Why training places count as created"), _("Training places created in the period by why they count."),
        _by(training_places_created, "reason", TrainingReason.choices), _("training places"),
        _("The day on which the place was created lies in the period."),
    ),
    _table(
        "business_consultations_by_topic", _("What businesses asked about"), _("Talks with businesses by their topic."),
        _by(business_consultations, "topic", NeedTopic.choices), _("consultations"), _("The local day of the talk lies in the period."),
    ),
    _table(
        "business_events_by_kind", _("Courses and meetings by kind"), _("Courses, regulars' tables and information events held in the period."),
        _by(business_events, "kind", EventKind.choices), _("events"), _BY_EVENT,
    ),
    _table(
        "business_event_heads_by_kind", _("Persons at courses and meetings"),
        _("Persons counted at courses, regulars' tables and information events for businesses, by kind."),
        _by(business_events, "kind", EventKind.choices, Sum("head_count")), _("heads"), _BY_EVENT,
    ),
]  # fmt: skip
