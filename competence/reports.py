"""The figures of this room: assessments and the languages used, never the language evidence."""

from typing import Any

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from competence.models import Assessment
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice


def _of(period: Period, moment: str) -> QuerySet[Assessment]:
    rows = Assessment.objects.filter(period.place(), period.moments(moment))
    if period.counsellor_id:
        rows = rows.filter(client__counsellor_id=period.counsellor_id)
    return rows.select_related("client").order_by(moment, "pk")


def started(period: Period) -> QuerySet[Assessment]:
    """Assessments whose first question was opened in the period."""
    return _of(period, "started_at")


def completed(period: Period) -> QuerySet[Assessment]:
    """Assessments that were completed in the period."""
    return _of(period, "finished_at")


def discussed(period: Period) -> QuerySet[Assessment]:
    """Assessments whose profile was discussed with the client in the period."""
    return _of(period, "discussed_at")


def persons_begun(period: Period) -> QuerySet[Any, Any]:
    """Clients who began at least one assessment in the period."""
    return started(period).order_by().values("client").distinct()


def persons_completed(period: Period) -> QuerySet[Any, Any]:
    """Clients who completed at least one assessment in the period."""
    return completed(period).order_by().values("client").distinct()


_COLUMNS = (
    (_("Client"), lambda row: row.client.number),
    (_("State"), lambda row: row.get_state_display()),
    (_("Started"), lambda row: row.started_at),
)


_COMPLETE = _("None: no such record can be kept without it.")


def _figure(code: str, name: Any, definition: Any, rows: Any, rule: Any) -> Figure:
    return Figure(
        code=code, name=name, definition=definition, chapter="competence", rows=rows, columns=_COLUMNS,
        drill_permission=Permission.PROFILE_AGGREGATE, rule=rule, unit=_("assessments"), missing=_COMPLETE,
    )  # fmt: skip


FIGURES: list[Figure] = [
    _figure(
        "assessments_started", _("Competence assessments begun"),
        _("Competence assessments whose first question was opened in the period."), started,
        _("The local day on which the first question was opened lies in the period."),
    ),
    _figure(
        "assessments_completed", _("Competence assessments completed"),
        _("Competence assessments in which the client came to the end in the period."), completed,
        _("The local day on which the client came to the end lies in the period."),
    ),
    _figure(
        "assessments_discussed", _("Profiles discussed"),
        _("Competence profiles that counsellor and client went through together in the period."), discussed,
        _("The local day of the talk about the profile lies in the period."),
    ),
]  # fmt: skip


def _by_language(period: Period) -> list[Slice]:
    counts = dict(started(period).order_by().values_list("mother_tongue").annotate(n=Count("pk")))
    found = [Slice(code, name, counts[code]) for code, name in settings.LANGUAGES if counts.get(code)]
    missing = sum(count for code, count in counts.items() if not code)
    return [*sorted(found, key=lambda piece: -piece.count), Slice("", _("not stated"), missing)]


BREAKDOWNS: list[Breakdown] = [
    Breakdown(
        code="assessment_languages", name=_("Assessments by mother tongue"), chapter="competence", slices=_by_language,
        definition=_("Competence assessments begun in the period, by the mother tongue that the client chose."), unit=_("assessments"),
        of_persons=True, rule=_("The local day on which the first question was opened lies in the period."),
        missing=_("Those that do not say it are a row of their own."),
    )
]  # fmt: skip
