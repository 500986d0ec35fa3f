"""What changed since a report was frozen: every number then and now, and what the access log knows of the records behind it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Count, Max, Q
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.models import Entry
from iqquadrat.core.figures import Period
from iqquadrat.reporting.closing import DATED, WRITES
from iqquadrat.reporting.corrections import kind_in_words
from iqquadrat.reporting.models import LateChange
from iqquadrat.reporting.queries import Report

Text = str | Promise
CLIENT = "counselling.client"
# Whose records lie in which chapter; persons are counted in three.
CHAPTER_OF = {
    "counselling": "counselling",
    "competence": "competence",
    "businesses": "businesses",
    "placements": "placements",
}


@dataclass(frozen=True)
class Difference:
    """One number: what it was, what it is. None: it did not exist."""

    table: Text
    name: Text
    then: int | None
    now: int | None
    definition_changed: bool = False

    @property
    def by(self) -> int:
        """How much more it is now."""
        return (self.now or 0) - (self.then or 0)


@dataclass(frozen=True)
class Cause:
    """What the log knows: so many records of a kind were made, changed, deleted or erased since."""

    chapter: str
    kind: Text
    action: Text
    count: int
    last_at: dt.datetime


@dataclass(frozen=True)
class ChapterChanges:
    """What differs in a chapter, out of how many numbers, and what may explain it."""

    title: Text
    numbers: int
    differences: list[Difference]
    causes: list[Cause]


@dataclass(frozen=True)
class _Line:
    chapter: str
    key: tuple[str, ...]
    table: Text
    name: Text
    value: int
    definition: str = ""


def what_changed(then: Report, now: Report, *, since: dt.datetime) -> list[ChapterChanges]:
    """Return chapter by chapter what differs between a frozen report and the same counted now."""
    old, new = ({line.key: line for line in _lines(report)} for report in (then, now))
    causes = causes_since(since, then.period)
    titles: dict[str, Text] = {chapter.key: chapter.title for chapter in (*then.chapters, *now.chapters)}
    titles["way"] = _("Months and steps")
    found = []
    for key, title in titles.items():
        keys = [one for one, line in (old | new).items() if line.chapter == key]
        differences = [_difference(old.get(one), new.get(one)) for one in keys]
        changed = [
            one for one in differences if one.by or one.definition_changed or None in (one.then, one.now)
        ]
        why = [cause for cause in causes if key == "way" or cause.chapter in (key, "")] if changed else []
        found.append(ChapterChanges(title, len(keys), changed, why))
    return found


def _difference(then: _Line | None, now: _Line | None) -> Difference:
    line = now or then
    assert line is not None  # noqa: S101 - one of them is there: the key came from it
    return Difference(
        line.table, line.name, then.value if then else None, now.value if now else None,
        definition_changed=bool(then and now and then.definition != now.definition),
    )  # fmt: skip


def _lines(report: Report) -> Iterator[_Line]:
    """Yield every number of a report."""
    for chapter in report.chapters:
        for counted in chapter.figures:
            figure = counted.figure
            yield _Line(
                chapter.key,
                ("figure", figure.code),
                _("Figures"),
                figure.name,
                counted.value,
                str(figure.definition),
            )
        for table in chapter.tables:
            for piece in table.slices:
                code, definition = table.breakdown.code, str(table.breakdown.definition)
                yield _Line(
                    chapter.key,
                    ("row", code, piece.key),
                    table.breakdown.name,
                    piece.label,
                    piece.count,
                    definition,
                )
    for month in report.months:
        for key, name, value in (
            ("contacts", _("Consultations"), month.contacts),
            ("short_contacts", _("Short contacts"), month.short_contacts),
        ):
            yield _Line(
                "way", ("month", key, month.first.isoformat()), name, month.first.strftime("%m.%Y"), value
            )
    for place, step in enumerate(report.steps):
        yield _Line("way", ("step", str(place)), _("Step by step"), step.label, step.count)


def causes_since(since: dt.datetime, period: Period) -> list[Cause]:
    """Return what was written in the access log since then about records of these days, kind by kind: numbers, nobody's name."""
    entries = Entry.objects.filter(centre_id__in=period.centre_ids, at__gt=since, action__in=WRITES)
    found = [
        Cause(
            CHAPTER_OF[label.split(".")[0]],
            kind_in_words(label),
            Action(row["action"]).label,
            row["n"],
            row["last"],
        )
        for label in DATED
        for row in _grouped(entries.filter(_of_the_days(label, period), object_type=label))
    ]
    persons = entries.filter(object_type=CLIENT)
    for words, rows in (
        (_("erased"), persons.filter(action=Action.DELETE, detail__erased=True)),
        (_("merged"), persons.filter(detail__reason="merge", detail__fields=["merged_into"])),
        (_("merge undone"), persons.filter(detail__reason="merge_undone")),
    ):
        found += [Cause("", kind_in_words(CLIENT), words, row["n"], row["last"]) for row in _grouped(rows)]
    return found


def _grouped(rows: "models.QuerySet[Entry]") -> Any:
    counted = rows.order_by().values("action").annotate(n=Count("object_id", distinct=True), last=Max("at"))
    return counted.order_by("action")


def _of_the_days(label: str, period: Period) -> Q:
    """Records that lie in the period, or lay in it when they were corrected after closing; what is deleted has no day any more."""
    model = apps.get_model(label)
    inside = Q()
    for column in DATED[label]:
        moment = isinstance(model._meta.get_field(column), models.DateTimeField)
        inside |= period.moments(column) if moment else period.days(column)
    rows = model._meta.base_manager.filter(inside).order_by()
    late = LateChange.objects.filter(object_type=label, day__gte=period.starts_on, day__lte=period.ends_on)
    return (
        Q(action=Action.DELETE)
        | Q(object_id__in=rows.annotate(key=Cast("pk", models.CharField())).values("key"))
        | Q(object_id__in=late.order_by().values("object_id"))
    )
