"""The tables of the record of processing activities (Art. 30 GDPR), made from what the rooms say of their columns and clocks.

The paper itself is written by hand (``docs/datenschutz/verzeichnis.md``); what stands between two marks is made here, so that a new
table or another period cannot be missing from it. ``manage.py processing_record`` writes it, a test compares.
"""

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from iqquadrat.core.classification import Class
from iqquadrat.core.retention import Clock, clocks
from iqquadrat.rights.belongings import Model, classes, personal


class Processing(StrEnum):
    """One processing activity of a centre, a chapter of the paper."""

    COUNSELLING = "counselling"
    COMPETENCE = "competence"
    SURVEY = "survey"
    PLACEMENT = "placement"
    FUNDERS = "funders"
    RIGHTS = "rights"
    STAFF = "staff"


P = Processing

# What the tables of a room serve. A questionnaire's answers are a client's or a business's.
_ROOMS: dict[str, tuple[Processing, ...]] = {
    "counselling": (P.COUNSELLING,), "competence": (P.COMPETENCE,), "questionnaires": (P.COMPETENCE, P.SURVEY),
    "businesses": (P.SURVEY,), "placements": (P.PLACEMENT,), "reporting": (P.FUNDERS,), "rights": (P.RIGHTS,),
    "accounts": (P.STAFF,), "accesslog": (P.STAFF,), "sessions": (P.STAFF,), "axes": (P.STAFF,), "django_tasks_database": (P.STAFF,),
}  # fmt: skip
# Tables that serve something else than their room.
_TABLES: dict[str, tuple[Processing, ...]] = {
    "counselling.Participation": (P.FUNDERS,), "counselling.ParticipationSensitive": (P.FUNDERS,),
    "counselling.ParticipationQuestion": (P.FUNDERS,), "counselling.VolunteerWork": (P.STAFF,),
}  # fmt: skip
_CLOCKS: dict[str, Processing] = {
    "notes": P.COUNSELLING, "records": P.COUNSELLING, "drafts": P.COUNSELLING, "merges": P.COUNSELLING, "paradata": P.COMPETENCE,
    "paper_batches": P.COMPETENCE, "business": P.SURVEY, "sign_photo": P.SURVEY, "business_merges": P.SURVEY,
    "analysis_reports": P.SURVEY, "placement_notes": P.PLACEMENT, "voluntary": P.FUNDERS, "report_files": P.FUNDERS, "sittings": P.STAFF,
    "access_log": P.STAFF,
}  # fmt: skip
# Tables that come with Django's applications have English names, or none that a reader would understand.
_NAMES: dict[str, str | Promise] = {
    "axes.AccessAttempt": gettext_lazy("wrong passwords"),
    "axes.AccessAttemptExpiration": gettext_lazy("pauses after wrong passwords"),
    "axes.AccessFailureLog": gettext_lazy("list of failed sign-ins (switched off)"),
    "axes.AccessLog": gettext_lazy("list of sign-ins (switched off)"),
    "django_tasks_database.DBTaskResult": gettext_lazy("work in the background"),
}
_COLUMNS: dict[str, str | Promise] = {
    "django_tasks_database.DBTaskResult.traceback": gettext_lazy("text of an error"),
    "axes.AccessAttemptExpiration.access_attempt": gettext_lazy("wrong passwords"),
    "axes.AccessLog.session_hash": gettext_lazy("mark of a sitting"),
    "counselling.ImportFilePart.content": gettext_lazy("the file itself"),
    "businesses.RegisterFilePart.content": gettext_lazy("the file itself"),
}
_PART = re.compile(r"(<!-- (data|periods): (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


class UnassignedError(LookupError):
    """A table or a clock belongs to no processing activity yet; it has to be named here."""


class NoGermanError(RuntimeError):
    """The German catalogue was not compiled: the tables would come out in English."""


class MissingPartError(LookupError):
    """The paper has no place for a part."""


def processings_of(model: Model) -> tuple[Processing, ...]:
    """Return what a table serves.

    Raises:
        UnassignedError: neither the table nor its room is named.
    """
    label = model._meta.label
    found = _TABLES.get(label) or _ROOMS.get(model._meta.app_label)
    if not found:
        raise UnassignedError(label)
    return found


def processing_of(clock: Clock) -> Processing:
    """Return whose records a clock lets go.

    Raises:
        UnassignedError: the clock is not named.
    """
    if clock.key not in _CLOCKS:
        raise UnassignedError(clock.key)
    return _CLOCKS[clock.key]


def personal_tables() -> list[Model]:
    """Return every table with a column that says something about a person, in the order of the rooms."""
    return [model for model in classes() if personal(model)]


def name_of(model: Model) -> str:
    """Return what a table is called in the paper, in the language that is active."""
    text = str(_NAMES.get(model._meta.label, model._meta.verbose_name_plural))
    return text[:1].upper() + text[1:]


def _columns(model: Model, kind: Class) -> str:
    """The columns of a class in words. Those without a word serve the machine only."""
    found: dict[str, None] = {}
    for name, said in classes()[model].items():
        if said is kind:
            found[_column(model, name)] = None
    rest = _("technical details")
    words = [word for word in found if word != rest]
    return "; ".join(words + [rest] * (rest in found))


def _column(model: Model, name: str) -> str:
    label: Any = _COLUMNS.get(f"{model._meta.label}.{name}")
    if label is None:
        label = getattr(model._meta.get_field(name), "verbose_name", None)
    return str(label) if isinstance(label, Promise) else _("technical details")


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', '/') for cell in line)} |" for line in lines) + "\n"


def data_of(processing: Processing) -> str:
    """Return the table of data of a processing activity."""
    rows = [
        [name_of(model), _columns(model, Class.IDENTIFYING), _columns(model, Class.SENSITIVE)]
        for model in personal_tables()
        if processing in processings_of(model)
    ]
    return _table([_("Data"), _("leads to a person"), _("specially protected")], rows) if rows else ""


def periods_of(processing: Processing, months: Mapping[str, int] | None = None) -> str:
    """Return how long what is kept: by the months a centre has set, by clock, or as delivered."""
    chosen = {clock.key: clock.months for clock in clocks()} | dict(months or {})
    rows = [
        [str(clock.label), _("fixed") if clock.fixed else str(chosen[clock.key]), str(clock.text)]
        for clock in clocks()
        if processing_of(clock) is processing
    ]
    length = _("months as delivered") if months is None else _("months")
    return _table([_("Data"), length, _("from when, and what stays")], rows) if rows else ""


def _parts(months: Mapping[str, int] | None) -> Iterator[tuple[tuple[str, str], str]]:
    for processing in Processing:
        for kind, made in (("data", data_of(processing)), ("periods", periods_of(processing, months))):
            if made:
                yield (kind, processing.value), made


def filled(paper: str, months: Mapping[str, int] | None = None) -> str:
    """Return the paper with its tables as they are now, in German; with the months of a centre, by clock, or those delivered.

    Raises:
        MissingPartError: the paper lacks the place of a part.
        NoGermanError: German words are not to be had.
    """
    with translation.override("de"):
        if _("specially protected") == "specially protected":
            raise NoGermanError
        parts = dict(_parts(months))
    places = {(kind, name) for _begin, kind, name, _end in _PART.findall(paper)}
    if missing := sorted(set(parts) - places):
        raise MissingPartError(", ".join(f"{kind}: {name}" for kind, name in missing))
    return _PART.sub(lambda part: f"{part[1]}\n{parts.get((part[2], part[3]), '')}\n{part[4]}", paper)
