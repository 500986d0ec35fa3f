"""The figures of this room split by something: languages, topics, channels, kinds, arrivals, outcomes."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, F, Func, Sum
from django.utils.translation import gettext_lazy as _

from counselling.counted import (
    cases_closed,
    contacts,
    further_services,
    group_events,
    referrals,
    short_contacts,
)
from counselling.enums import (
    Arrived,
    CaseOutcome,
    Channel,
    GroupEventKind,
    InstitutionKind,
    Interpretation,
    SpokenLanguage,
)
from counselling.models import Topic
from iqquadrat.core.figures import Breakdown, Period, Slice, Text

NOT_STATED, NOT_ASKED = _("not stated"), _("not asked yet")


def _by_language(period: Period) -> list[Slice]:
    """Contacts by each language used; a consultation in two languages counts in both."""
    rows = (
        contacts(period)
        .order_by()
        .annotate(language=Func(F("languages"), function="unnest"))
        .values("language")
    )
    counts = {row["language"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    used = [
        Slice(code, SpokenLanguage(code).label, count)
        for code, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    ]
    return [*used, Slice("", NOT_STATED, contacts(period).filter(languages__len=0).count())]


def _by_topic(period: Period) -> list[Slice]:
    """Contacts by main topic."""
    counts = dict(contacts(period).order_by().values_list("main_topic").annotate(n=Count("pk")))
    topics = Topic.objects.filter(pk__in=[pk for pk in counts if pk]).order_by("position")
    found = [Slice(topic.key, topic.name, counts[topic.pk]) for topic in topics]
    return [*sorted(found, key=lambda row: -row.count), Slice("", NOT_STATED, counts.get(None, 0))]


def _by_channel(period: Period) -> list[Slice]:
    """Contacts by the way they took place."""
    counts = dict(contacts(period).order_by().values_list("channel").annotate(n=Count("pk")))
    return [Slice(code, label, counts[code]) for code, label in Channel.choices if counts.get(code)]


def _short_by_language(period: Period) -> list[Slice]:
    """Short contacts by language."""
    rows = short_contacts(period).order_by().values_list("language").annotate(n=Count("pk")).order_by("-n")
    return [Slice(code, SpokenLanguage(code).label, count) for code, count in rows]


def _by_service(period: Period) -> list[Slice]:
    """Topics of the contacts, main and further ones."""
    held = contacts(period).order_by()
    counts = dict(held.values_list("main_topic").annotate(n=Count("pk")))
    for topic, count in further_services(period).values_list("topic").annotate(n=Count("pk")):
        counts[topic] = counts.get(topic, 0) + count
    found = [
        Slice(topic.key, topic.name, counts[topic.pk])
        for topic in Topic.objects.filter(pk__in=counts).order_by("position")
    ]
    return sorted(found, key=lambda row: -row.count)


def _by(rows: Callable[[Period], Any], column: str, choices: Any, missing: Text | None = None) -> Any:
    """Return a table by a column of codes; ``missing``: the words for those that have none."""

    def slices(period: Period) -> list[Slice]:
        counts = dict(rows(period).order_by().values_list(column).annotate(n=Count("pk")))
        found = [Slice(code, label, counts[code]) for code, label in choices if code and counts.get(code)]
        return found if missing is None else [*found, Slice("", missing, counts.get("", 0))]

    return slices


def _heads_by_kind(period: Period) -> list[Slice]:
    """Heads at events by kind of event."""
    counts = dict(group_events(period).order_by().values_list("kind").annotate(n=Sum("head_count")))
    return [Slice(code, label, counts[code]) for code, label in GroupEventKind.choices if counts.get(code)]


_BY_TALK = _("The local day of the consultation lies in the period.")
_BY_REFERRAL = _("The day of the referral lies in the period.")
_COMPLETE = _("None: no such record can be kept without it.")
_IN_A_ROW = _("Those that do not say it are a row of their own.")


def _breakdown(
    code: str, name: Text, definition: Text, slices: Any, unit: Text, *, rule: Text = _BY_TALK, missing: Text = _COMPLETE
) -> Breakdown:  # fmt: skip
    return Breakdown(
        code=code,
        name=name,
        definition=definition,
        chapter="counselling",
        slices=slices,
        unit=unit,
        rule=rule,
        missing=missing,
    )


BREAKDOWNS = [
    _breakdown(
        "languages", _("Languages of the consultations"),
        _("Consultations by the languages used. A consultation in two languages counts in both."), _by_language, _("consultations"),
        missing=_IN_A_ROW,
    ),
    _breakdown(
        "language_help", _("Language help"), _("Consultations by who helped with the language."),
        _by(contacts, "interpretation", Interpretation.choices), _("consultations"),
    ),
    _breakdown(
        "topics", _("Main topics"), _("Consultations by their main topic."), _by_topic, _("consultations"), missing=_IN_A_ROW
    ),
    _breakdown(
        "services_by_topic", _("Services by topic"), _("Topics of the consultations, main and further ones. A topic counts once a consultation."),
        _by_service, _("services"),
    ),
    _breakdown("channels", _("How people were advised"), _("Consultations by the way they took place."), _by_channel, _("consultations")),
    _breakdown(
        "short_contact_languages", _("Languages of the short contacts"), _("Short contacts by language."), _short_by_language,
        _("short contacts"), rule=_("The local day of the short contact lies in the period."),
    ),
    _breakdown(
        "event_heads_by_kind", _("Reached by kind of event"), _("Heads counted at group and information events and in outreach, by kind."),
        _heads_by_kind, _("heads"), rule=_("The local day of the event lies in the period."),
    ),
    _breakdown(
        "referrals_by_kind", _("Where people were referred to"), _("Referrals of the period by the kind of institution."),
        _by(referrals, "institution__kind", InstitutionKind.choices), _("referrals"), rule=_BY_REFERRAL,
    ),
    _breakdown(
        "arrivals", _("Whether they arrived"), _("Referrals of the period by whether the client arrived there, as far as it was asked."),
        _by(referrals, "arrived", Arrived.choices, NOT_ASKED), _("referrals"), rule=_BY_REFERRAL, missing=_IN_A_ROW,
    ),
    _breakdown(
        "case_outcomes", _("What came of the goals"), _("Goals closed in the period by what came of them."),
        _by(cases_closed, "outcome", CaseOutcome.choices), _("goals"), rule=_("The day of closing lies in the period."),
    ),
]  # fmt: skip
