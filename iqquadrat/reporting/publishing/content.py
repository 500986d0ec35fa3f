"""The public version as one text, and that text as a page, a paper or a file shows it.

It names neither the hash of the funder's version nor anything else made of the hidden numbers: few of them could be tried out until the hash fits.
"""

import csv
import datetime as dt
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from businesses.survey_data.csv_file import BYTE_ORDER_MARK, defused
from iqquadrat.reporting.errors import BrokenSealError
from iqquadrat.reporting.freezing import Place, canonical, sealed, spoken
from iqquadrat.reporting.models import PublishedReport
from iqquadrat.reporting.publishing import links
from iqquadrat.reporting.publishing.cells import What

SCHEMA = 1


@dataclass(frozen=True)
class Number:
    """One number with its name; None is hidden."""

    name: Any
    value: int | None
    code: str = ""
    definition: Any = ""


@dataclass(frozen=True)
class PublicTable:
    """A table of the public version."""

    code: str
    name: Any
    definition: Any
    unit: Any
    rows: list[Number]

    @property
    def tells(self) -> bool:
        """Whether anything was counted, shown or hidden."""
        return any(row.value != 0 for row in self.rows)

    @property
    def largest(self) -> int:
        """The longest bar; at least one."""
        return max((row.value or 0 for row in self.rows), default=0) or 1


@dataclass(frozen=True)
class PublicChapter:
    """A chapter of the public version."""

    key: str
    title: Any
    figures: list[Number]
    tables: list[PublicTable]


@dataclass(frozen=True)
class PublicMonth:
    """A month; None is hidden."""

    first: dt.date
    contacts: int | None
    short_contacts: int | None


@dataclass(frozen=True)
class PublicReport:
    """What everybody may read."""

    programme: dict[str, str]
    centres: list[Place]
    starts_on: dt.date
    ends_on: dt.date
    counted_on: dt.date
    chapters: list[PublicChapter]
    months: list[PublicMonth]
    steps: list[Number]
    withheld: list[Any]


def public_text(frozen_text: str, shown: frozenset[What]) -> str:
    """Return what of a frozen text is given to everybody."""
    content = json.loads(frozen_text)
    report, withheld = content["report"], []
    chapters = []
    for chapter in report["chapters"]:
        figures, tables = [], []
        for counted in chapter["figures"]:
            figure = counted["figure"]
            if figure["code"] not in links.FIGURES:
                withheld.append(figure["name"])
                continue
            value = _shown(shown, counted["value"], "figure", figure["code"])
            figures.append({name: figure[name] for name in ("code", "name", "definition")} | {"value": value})
        for table in chapter["tables"]:
            breakdown = table["breakdown"]
            if breakdown["code"] not in links.TABLES:
                withheld.append(breakdown["name"])
                continue
            rows = [
                {"key": row["key"], "label": row["label"], "value": _shown(shown, row["count"], "row", breakdown["code"], row["key"])}
                for row in table["slices"]
            ]  # fmt: skip
            named = {name: breakdown[name] for name in ("code", "name", "definition", "unit")}
            tables.append(named | {"rows": rows})
        chapters.append(
            {"key": chapter["key"], "title": chapter["title"], "figures": figures, "tables": tables}
        )
    months = [
        {"first": month["first"]}
        | {name: _shown(shown, month[name], "month", name, month["first"]) for name in links.BY_MONTH}
        for month in report["months"]
    ]
    steps = [
        {"label": step["label"], "value": _shown(shown, step["count"], "step", str(place))}
        for place, step in enumerate(report["steps"])
    ]
    return canonical({
        "schema": SCHEMA, "programme": {name: report["programme"][name] for name in ("code", "name", "title")} | {
            "funder": "; ".join(funder["name"] for funder in report["funders"])
        },
        "centres": content["centres"], "starts_on": report["period"]["starts_on"], "ends_on": report["period"]["ends_on"],
        "counted_on": content["counted_at"][:10], "chapters": chapters, "months": months, "steps": steps, "withheld": withheld,
    })  # fmt: skip


def _shown(shown: frozenset[What], value: int, *what: str) -> int | None:
    return value if tuple(what) in shown else None


def shown_in(text: str) -> frozenset[What]:
    """Return which numbers a public text shows."""
    content = json.loads(text)
    found: set[What] = set()
    for chapter in content["chapters"]:
        found |= {("figure", one["code"]) for one in chapter["figures"] if one["value"] is not None}
        for table in chapter["tables"]:
            found |= {("row", table["code"], row["key"]) for row in table["rows"] if row["value"] is not None}
    for month in content["months"]:
        found |= {("month", name, month["first"]) for name in links.BY_MONTH if month[name] is not None}
    found |= {
        ("step", str(place)) for place, step in enumerate(content["steps"]) if step["value"] is not None
    }
    return frozenset(found)


def opened_public(publication: PublishedReport) -> PublicReport:
    """Return what a publication says. Raises ``BrokenSealError`` when the hash does not fit."""
    if sealed(publication.content) != publication.sha256:
        raise BrokenSealError
    return read_public(publication.content)


def read_public(text: str) -> PublicReport:
    """Return what a public text says, in the language of whoever reads."""
    content = json.loads(text)
    return PublicReport(
        programme=content["programme"],
        centres=[Place(**centre) for centre in content["centres"]],
        starts_on=dt.date.fromisoformat(content["starts_on"]),
        ends_on=dt.date.fromisoformat(content["ends_on"]),
        counted_on=dt.date.fromisoformat(content["counted_on"]),
        chapters=[_chapter(chapter) for chapter in content["chapters"]],
        months=[
            PublicMonth(dt.date.fromisoformat(month["first"]), month["contacts"], month["short_contacts"])
            for month in content["months"]
        ],
        steps=[Number(spoken(step["label"]), step["value"]) for step in content["steps"]],
        withheld=[spoken(name) for name in content["withheld"]],
    )


def _chapter(chapter: dict[str, Any]) -> PublicChapter:
    return PublicChapter(
        chapter["key"],
        spoken(chapter["title"]),
        [
            Number(spoken(one["name"]), one["value"], one["code"], spoken(one["definition"]))
            for one in chapter["figures"]
        ],
        [
            PublicTable(
                table["code"], spoken(table["name"]), spoken(table["definition"]), spoken(table["unit"]),
                [Number(spoken(row["label"]), row["value"], row["key"]) for row in table["rows"]],
            )
            for table in chapter["tables"]
        ],
    )  # fmt: skip


def lines(report: PublicReport) -> Iterator[tuple[str, str, str, int | None]]:
    """Yield every number with its chapter, its table or figure, and its row."""
    for chapter in report.chapters:
        for figure in chapter.figures:
            yield str(chapter.title), str(figure.name), "", figure.value
        for table in chapter.tables:
            for row in table.rows:
                yield str(chapter.title), str(table.name), str(row.name), row.value
    for month in report.months:
        for name, value in (
            (_("Consultations"), month.contacts),
            (_("Short contacts"), month.short_contacts),
        ):
            yield _("Months"), name, month.first.strftime("%Y-%m"), value
    for step in report.steps:
        yield _("Step by step"), str(step.name), "", step.value


def as_csv(report: PublicReport) -> str:
    """Return the numbers as CSV, one a line; what is hidden says so. No text of it is run by a spreadsheet."""
    out = io.StringIO()
    out.write(BYTE_ORDER_MARK)
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_("Chapter"), _("Figure or table"), _("Row"), _("Value")])
    for chapter, name, row, value in lines(report):
        writer.writerow(
            [defused(chapter), defused(name), defused(row), _("hidden") if value is None else value]
        )
    return out.getvalue()
