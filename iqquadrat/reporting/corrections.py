"""Corrections after closing, where somebody meets them: on the record itself, and in the report to the funder."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Cast
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from counselling.models import Client
from iqquadrat.accesslog.enums import Action
from iqquadrat.core.figures import Period
from iqquadrat.reporting.closing import DATED
from iqquadrat.reporting.models import ClosedPeriod, LateChange

# A record is corrected once or twice, not every day; more is looked up on the page of the period.
MOST = 10


@dataclass(frozen=True)
class Correction:
    """What was made, changed or deleted of one kind of record inside one closed period: numbers, nobody's name."""

    until: dt.date
    programme: str | None
    record: str | Promise
    action: str | Promise
    count: int
    last_at: dt.datetime

    @property
    def closed(self) -> str:
        """The closed period in words, in the language of whoever reads or of the paper."""
        return closed_in_words(self.until, self.programme)


def closed_in_words(until: dt.date, programme: str | None) -> str:
    """Return what a closed period is called in a line of text."""
    words = {"day": date_format(until, "SHORT_DATE_FORMAT"), "programme": programme}
    return _("%(programme)s up to %(day)s") % words if programme else _("everything up to %(day)s") % words


def corrections_of(period: Period) -> list[Correction]:
    """Return what a report must tell of its own period; nothing for a single caseload: periods are closed for all of it."""
    if period.counsellor_id is not None:
        return []
    rows = LateChange.objects.filter(
        period__centre__in=period.centre_ids, day__gte=period.starts_on, day__lte=period.ends_on
    )
    if code := period.programme_code:
        # What belongs to no programme, as an assessment does, may have been counted.
        rows = rows.filter(
            Q(period__programme=None) | Q(period__programme__code=code), programme_code__in=[code, ""]
        )
    grouped = rows.order_by("period__until", "period__programme__name", "object_type", "action").values_list(
        "period__until", "period__programme__name", "object_type", "action"
    )
    return [
        Correction(until, programme, kind_in_words(kind), Action(action).label, count, last)
        for until, programme, kind, action, count, last in grouped.annotate(
            count=Count("object_id", distinct=True), last=Max("at")
        )
    ]


def kind_in_words(object_type: str) -> str | Promise:
    """Return what a kind of record is called."""
    return apps.get_model(object_type)._meta.verbose_name or object_type


@dataclass(frozen=True)
class Mark:
    """One record that was corrected after closing, the last time."""

    closed: str
    record: str | Promise
    change: LateChange


def marks_of_client(client: Client) -> list[Mark]:
    """Return the corrected records of a client, of whatever room, the newest first."""
    found = Q(pk__in=[])
    for label in DATED:
        model = apps.get_model(label)
        if any(field.name == "client" for field in model._meta.concrete_fields):
            found |= _of(model, model._meta.base_manager.filter(client=client))
    return _marks(found)


def marks_of_record(model: type[models.Model], public_id: UUID) -> list[Mark]:
    """Return the corrections of one record."""
    return _marks(_of(model, model._meta.base_manager.filter(public_id=public_id)))


def _of(model: type[models.Model], rows: "models.QuerySet[models.Model]") -> Q:
    keys = rows.order_by().annotate(key=Cast("pk", models.CharField())).values("key")
    return Q(object_type=model._meta.label_lower, object_id__in=keys)


def _marks(found: Q) -> list[Mark]:
    last = (
        LateChange.objects.filter(found)
        .order_by("period_id", "object_type", "object_id", "-at", "-pk")
        .distinct("period_id", "object_type", "object_id")
    )
    rows: Iterable[LateChange] = LateChange.objects.filter(pk__in=last.values("pk")).select_related(
        "period__programme", "by"
    )[:MOST]
    return [Mark(_closed(change.period), kind_in_words(change.object_type), change) for change in rows]


def _closed(period: ClosedPeriod) -> str:
    return closed_in_words(period.until, period.programme.name if period.programme else None)
