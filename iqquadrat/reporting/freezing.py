"""A counted report becomes one text with one hash, and that text becomes the same report again.

The text is JSON in one possible form: keys in order, no blanks, UTF-8. It holds every part of ``Report`` with the names and
definitions of that day in German and English. Parts that a report gains later go in by themselves, for they are read off its
dataclasses; a text without them is read with their defaults. What leads to records (queries, links) stays outside.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import types
import typing
from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils.functional import Promise, lazy
from django.utils.translation import get_language, override

from iqquadrat import VERSION
from iqquadrat.accounts.models import Centre
from iqquadrat.core.figures import Breakdown, Figure
from iqquadrat.reporting.errors import BrokenSealError
from iqquadrat.reporting.models import FrozenReport, Programme
from iqquadrat.reporting.queries import Report

SCHEMA = 1
LANGUAGES = ("de", "en")
SOFTWARE = f"IQ_QUADRAT {VERSION}"
# What of a definition works on records.
LIVE: dict[type, frozenset[str]] = {
    Figure: frozenset(
        {
            "rows",
            "columns",
            "link",
            "drill_permission",
            "shared",
            "where",
            "distinct",
            "shortcut",
        }
    ),
    Breakdown: frozenset({"slices"}),
}
_PROGRAMME = ("code", "name", "title", "starts_on", "ends_on", "esf_plus")
_CENTRE = ("name", "subtitle", "address_line")


@dataclasses.dataclass(frozen=True)
class Place:
    """A centre as it was called on that day."""

    name: str
    subtitle: str
    address_line: str


@dataclasses.dataclass(frozen=True)
class Frozen:
    """What a text says: the report, whose it is, when it was counted and by which software."""

    report: Report
    centres: list[Place]
    counted_at: dt.datetime
    software: str
    sha256: str


def frozen_text(report: Report, *, centres: list[Centre], counted_at: dt.datetime, software: str) -> str:
    """Return the text to keep. Names that stand in the database are read once more for English: within one transaction."""
    content = {
        "schema": SCHEMA,
        "software": software,
        "counted_at": counted_at.isoformat(),
        "centres": [{name: str(getattr(centre, name)) for name in _CENTRE} for centre in centres],
        "report": _plain(report),
    }
    _name_in_english(content["report"], report)
    return canonical(content)


def canonical(content: Any) -> str:
    """Return the one way in which this content is written."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def sealed(text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def opened(stored: FrozenReport) -> Frozen:
    """Return what a stored report says. Raises ``BrokenSealError`` when the hash does not fit."""
    if sealed(stored.content) != stored.sha256:
        raise BrokenSealError
    return read(stored.content)


def read(text: str) -> Frozen:
    """Return what a text says, whoever vouches for it."""
    content = json.loads(text)
    return Frozen(
        report=_revived(Report, content["report"]),
        centres=[Place(**centre) for centre in content["centres"]],
        counted_at=dt.datetime.fromisoformat(content["counted_at"]),
        software=content["software"],
        sha256=sealed(text),
    )


def _plain(value: Any) -> Any:
    """Return a value of a report as JSON knows it."""
    if isinstance(value, Promise):
        return {code: _said(value, code) for code in LANGUAGES}
    if isinstance(value, Programme):
        return {name: _plain(getattr(value, name)) for name in _PROGRAMME}
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in dataclasses.fields(value)]
        return {
            name: _plain(getattr(value, name))
            for name in names
            if name not in LIVE.get(type(value), frozenset())
        }
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, str):
        return str(value)
    message = f"a report cannot be frozen with a {type(value).__name__}"
    raise TypeError(message)


def _said(words: Promise, code: str) -> str:
    with override(code):
        return str(words)


def _name_in_english(content: dict[str, Any], report: Report) -> None:
    """Topics and the like carry their names in the database: they were read in German only."""
    for chapter, told in zip(report.chapters, content["chapters"], strict=True):
        for table, rows in zip(chapter.tables, told["tables"], strict=True):
            if all(isinstance(piece.label, Promise) for piece in table.slices):
                continue
            with override("en"):
                named = {piece.key: str(piece.label) for piece in table.breakdown.slices(report.period)}
            for row in rows["slices"]:
                if isinstance(row["label"], str):
                    row["label"] = {"de": row["label"], "en": named.get(row["key"], row["label"])}


def _in_languages(words: dict[str, str]) -> str:
    return words.get((get_language() or "de")[:2]) or words["de"]


_spoken: Callable[[dict[str, str]], Any] = lazy(_in_languages, str)


def spoken(words: dict[str, str] | str) -> Any:
    """Return words that say themselves in the language of whoever reads; what was one word in all languages stays it."""
    return _spoken(words) if isinstance(words, dict) else words


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _revived(hint: Any, data: Any) -> Any:
    """Return a value of this type from what JSON knew of it."""
    if data is None or hint is Any:
        return data
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        if Promise in inner:
            return spoken(data)
        return _revived(next(one for one in inner if one is not types.NoneType), data)
    if origin is list:
        return [_revived(inner[0], one) for one in data]
    if origin is tuple:
        kinds = [inner[0]] * len(data) if inner[-1] is Ellipsis else inner
        return tuple(_revived(kind, one) for kind, one in zip(kinds, data, strict=True))
    if origin is dict:
        return {key: _revived(inner[1], one) for key, one in data.items()}
    if hint is Programme:
        return Programme(
            **{name: _revived(_of_programme(name), data[name]) for name in _PROGRAMME if name in data}
        )
    if dataclasses.is_dataclass(hint):
        return _built(typing.cast("type", hint), data)
    if hint in (dt.date, dt.datetime):
        return hint.fromisoformat(data)
    return data


def _of_programme(name: str) -> type:
    return dt.date if name in ("starts_on", "ends_on") else str


def _built(kind: type, data: dict[str, Any]) -> Any:
    known = {field.name for field in dataclasses.fields(kind)} - LIVE.get(kind, frozenset())
    facts = {name: _revived(_hints(kind)[name], data[name]) for name in known if name in data}
    if kind is Figure:
        facts |= {"rows": _no_records, "drill_permission": ""}
    elif kind is Breakdown:
        facts |= {"slices": _no_records}
    return kind(**facts)


def _no_records(_period: object) -> Any:
    message = "a frozen figure leads to no records"
    raise LookupError(message)
