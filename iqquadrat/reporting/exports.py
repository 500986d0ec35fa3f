"""The report as data for other programs."""

from typing import Any

from django.utils import timezone

from iqquadrat.reporting.queries import Report


def as_data(report: Report) -> dict[str, Any]:
    """Return the figures by their codes, with period, targets, steps, months, breakdowns and what was corrected after closing."""
    data: dict[str, Any] = {
        "programme": report.programme.code if report.programme else "",
        "starts_on": report.period.starts_on.isoformat(),
        "ends_on": report.period.ends_on.isoformat(),
    }
    data |= {counted.figure.code: counted.value for counted in report.counted()}
    data["targets"] = {counted.figure.code: counted.target for counted in report.promised}
    data["targets_by_year"] = {
        str(year.number): {
            counted.figure.code: {"target": counted.target, "value": counted.value}
            for counted in year.figures
        }
        for year in report.years
    }
    data["steps"] = [{"step": str(step.label), "count": step.count, "of": step.of} for step in report.steps]
    data["months"] = [
        {
            "month": month.first.strftime("%Y-%m"),
            "contacts": month.contacts,
            "short_contacts": month.short_contacts,
        }
        for month in report.months
    ]
    data["breakdowns"] = {
        table.breakdown.code: {piece.key: piece.count for piece in table.slices}
        for chapter in report.chapters
        for table in chapter.tables
    }
    data["corrections"] = [
        {
            "closed_until": one.until.isoformat(), "programme": one.programme or "", "record": str(one.record), "action": str(one.action),
            "count": one.count, "last_on": timezone.localdate(one.last_at).isoformat(),
        }
        for one in report.corrections
    ]  # fmt: skip
    return data
