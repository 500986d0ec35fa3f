"""A job search in words."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counselling.enums import DrivingLicence
from placements.enums import FieldOfWork, WorkCertificate, WorkingSlot
from placements.matching.words import minutes_of, years_of
from placements.models import JobSearch
from placements.models.job_search import NO_CERTIFICATE
from placements.sheets import DAYS, PARTS


def facts_in_words(search: JobSearch, only: Sequence[str] | None = None) -> list[tuple[Any, str]]:
    """Return name and words of what is known, in the order of the form; ``only`` these fields."""
    hours = _hours(search)
    said: Mapping[str, str] = {
        "fields_experienced": _fields(search.fields_experienced, search.years_by_field),
        "fields_trained": _fields(search.fields_trained, {}),
        "fields_wished": _fields(search.fields_wished, {}),
        "hours_from": "" if only and "hours_to" in only else hours,
        "hours_to": hours if only else "",
        "slots": slots_in_words(search.slots),
        "minutes_limit": minutes_of(search.minutes_limit) if search.minutes_limit else "",
        "certificates": _certificates(search.certificates),
        "certificates_in_progress": _certificates(search.certificates_in_progress),
        "licence_in_progress": str(DrivingLicence(search.licence_in_progress).label) if search.licence_in_progress else "",
    }  # fmt: skip
    names = {column.name: column.verbose_name for column in JobSearch._meta.concrete_fields}
    names |= {"hours_from": _("hours a week"), "hours_to": _("hours a week")}
    return [(names[name], words) for name, words in said.items() if words and (only is None or name in only)]


def _fields(codes: Iterable[str], years: Mapping[str, int]) -> str:
    parts = []
    for code in codes:
        label = str(FieldOfWork(code).label)
        parts.append(f"{label} ({years_of(years[code])})" if years.get(code) else label)
    return ", ".join(parts)


def _hours(search: JobSearch) -> str:
    low, high = search.hours_from, search.hours_to
    if low and high and low != high:
        return _("%(low)d to %(high)d hours") % {"low": low, "high": high}
    if high:
        hours = ngettext("%(n)d hour a week", "%(n)d hours a week", high) % {"n": high}
        return hours if low else _("up to %(n)d hours") % {"n": high}
    return _("from %(n)d hours") % {"n": low} if low else ""


def _certificates(codes: Iterable[str]) -> str:
    return ", ".join(
        _("none") if code == NO_CERTIFICATE else str(WorkCertificate(code).label) for code in codes
    )


def slots_in_words(slots: Iterable[str]) -> str:
    """Return times of the week in words; days that are alike are named once: "Mon to Fri: morning"."""
    free = set(slots)
    order = list(WorkingSlot.values)
    days = [
        (number, tuple(part for part in range(len(PARTS)) if order[len(PARTS) * number + part] in free))
        for number in range(len(DAYS))
    ]
    found = []
    for parts, run in groupby(days, key=lambda day: day[1]):
        numbers = [number for number, _parts in run]
        if parts:
            first, last = DAYS[numbers[0]], DAYS[numbers[-1]]
            span = _("%(first)s to %(last)s") % {"first": first, "last": last} if len(numbers) > 1 else first
            times = ", ".join(str(PARTS[part]) for part in parts)
            found.append(_("%(days)s: %(times)s") % {"days": span, "times": times})
    return "; ".join(found)
