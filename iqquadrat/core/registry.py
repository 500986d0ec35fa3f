"""Doors upward: a higher room registers what it adds to a lower room's page, so that no lower room imports it.

Filled in the ``ready()`` of each room; read by pages. Permissions are plain strings here, because this floor knows no
room above it: whoever is signed in answers ``user.may(permission)``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise


class Reader(Protocol):
    """Somebody who may or may not."""

    @property
    def is_authenticated(self) -> bool: ...

    def may(self, permission: str) -> bool: ...


Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class NavigationEntry:
    """One place in the side navigation. ``prefix``: the path, or several, under which it counts as the current place; "/" is
    the first page alone."""

    label: Text
    url_name: str
    icon: str
    permissions: Sequence[str]
    order: int
    prefix: str | tuple[str, ...]
    count: Callable[[Any], int] | None = None


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of another room's page, loaded by ``hx-get``. The url takes the owner's primary key as ``pk``."""

    key: str
    label: Text
    url_name: str
    permission: str
    order: int = 100
    icon: str = ""  # buttons and tabs that show one
    text: Text = ""  # pages that say in a line what is found there


@dataclass(frozen=True, kw_only=True)
class TimelineEntry:
    """Something that happened with a client, as one entry of the timeline."""

    at: datetime
    kind: str  # consultation, assessment, placement, referral, ...
    icon: str
    title: Text
    lines: Sequence[Text] = ()
    meta: Text = ""
    tags: Sequence[Text] = ()
    url: str = ""
    note: Sequence[tuple[Text, str]] = ()  # (label, text), for example concern, done, agreed
    next_step: Text = ""


TimelineSource = Callable[[Any, int], Iterable[TimelineEntry]]  # (user, client primary key)


# Given primary keys of one kind of record, the names by which the reader of a log knows those that still exist.
RecordNames = Callable[[Iterable[str]], dict[str, str]]


@dataclass(frozen=True, kw_only=True)
class MergeRule:
    """What becomes of one table's rows when two records of one person are made one, where moving them is not all.

    ``stays``: rows are the record's own and never move. ``quiet``: a row that cannot move says nothing new, nobody need be
    told. ``words``: how a row that could not move is told to the reader. ``adjust(kept, absorbed, now)``: values that must
    change before rows move, by primary key; ``adjust_back(kept, absorbed, merged_at)``: the same once they have gone back.
    """

    stays: bool = False
    quiet: bool = False
    words: Callable[[Any], str] | None = None
    adjust: Callable[[int, int, datetime], dict[Any, dict[str, Any]]] | None = None
    adjust_back: Callable[[int, int, datetime], dict[Any, dict[str, Any]]] | None = None


# Given a reader and the address of a record that is not there: the address of the one that it became part of, if the reader may know.
KeptAddress = Callable[[Any, UUID], UUID | None]


@dataclass
class _Registry:
    navigation: dict[str, NavigationEntry] = field(default_factory=dict)
    panels: dict[str, dict[str, Panel]] = field(default_factory=dict)
    timeline: dict[str, TimelineSource] = field(default_factory=dict)
    record_names: dict[str, RecordNames] = field(default_factory=dict)
    merge_rules: dict[str, MergeRule] = field(default_factory=dict)
    kept_addresses: dict[str, KeptAddress] = field(default_factory=dict)


_registry = _Registry()


def register_navigation(entry: NavigationEntry) -> None:
    """Add a place to the side navigation; registering the same url name again replaces it."""
    _registry.navigation[entry.url_name] = entry


def register_panel(page: str, panel: Panel) -> None:
    """Add a panel to a page. Pages: ``client`` (tabs of the client page), ``client.actions`` (buttons in its head,
    opened by GET), ``client.data`` (parts of its data and consents), ``client.marks`` and ``consultation.marks`` (small lines under the record), ``client.reduced`` (buttons of who only lists clients), ``today`` (day view; takes no primary key), ``settings`` (places of the administration; the same), ``business`` (tabs of the business page)."""
    _registry.panels.setdefault(page, {})[panel.key] = panel


def register_timeline(key: str, source: TimelineSource) -> None:
    """Add a source of entries to the client's timeline."""
    _registry.timeline[key] = source


def register_record_names(kind: str, names: RecordNames) -> None:
    """Say how records of a kind (``app.model``) are called on paper, so that the log need not show internal numbers."""
    _registry.record_names[kind] = names


def record_names(kind: str, keys: Iterable[str]) -> dict[str, str]:
    """Return the names of these records by their keys; what has none, or is gone, is not in it."""
    known = _registry.record_names.get(kind)
    return known(keys) if known else {}


def register_merge_rule(kind: str, rule: MergeRule) -> None:
    """Say what a merge does with the rows of a table (``app.model``); without a rule they move to the kept record."""
    _registry.merge_rules[kind] = rule


def merge_rule(kind: str) -> MergeRule:
    """Return the rule of a table, or the usual one."""
    return _registry.merge_rules.get(kind, MergeRule())


def register_kept_address(key: str, find: KeptAddress) -> None:
    """Say where the records of a room went that became part of another one."""
    _registry.kept_addresses[key] = find


def kept_address(reader: Any, public_id: UUID) -> UUID | None:
    """Return the address of the record that this one became part of; None when there is none, or the reader may not know of it."""
    found = (find(reader, public_id) for find in _registry.kept_addresses.values())
    return next((address for address in found if address is not None), None)


def panels_for(page: str, user: Reader) -> list[Panel]:
    """Return the panels of a page that this reader may open, in order. What the role may not see is not there."""
    panels = sorted(_registry.panels.get(page, {}).values(), key=lambda panel: (panel.order, panel.key))
    return [panel for panel in panels if user.may(panel.permission)]


def timeline_for(user: Reader, client_pk: int) -> list[TimelineEntry]:
    """Return what all rooms know of a client, newest first. Each source checks for itself what the reader may see."""
    entries = [entry for source in _registry.timeline.values() for entry in source(user, client_pk)]
    return sorted(entries, key=lambda entry: entry.at, reverse=True)


@dataclass(frozen=True)
class NavigationLink:
    """A place in the navigation, ready to be shown."""

    label: Text
    url: str
    icon: str
    current: bool
    count: int | None


def _is_within(path: str, prefix: str | tuple[str, ...]) -> bool:
    prefixes = (prefix,) if isinstance(prefix, str) else prefix
    return any(path.startswith(one) if one != "/" else path == one for one in prefixes)


def navigation_for(user: Reader, path: str) -> list[NavigationLink]:
    """Return the navigation of this reader; nothing for somebody who is not signed in."""
    if not user.is_authenticated:
        return []
    entries = sorted(_registry.navigation.values(), key=lambda entry: entry.order)
    return [
        NavigationLink(
            label=entry.label,
            url=reverse(entry.url_name),
            icon=entry.icon,
            current=_is_within(path, entry.prefix),
            count=entry.count(user) if entry.count else None,
        )
        for entry in entries
        if any(user.may(permission) for permission in entry.permissions)
    ]
