"""Indicators of persons of the European Social Fund Plus: Regulation (EU) 2021/1057, Annex I, EECO01 to 17 and EECR01 to 06.

Each is a condition on participations or on the questions after leaving, and a condition under which the answer is missing. A person
counts once in a programme: at the first entry, and at the last leaving.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from counselling.enums import AgeBand, AnswerState, EntryStatus, QuestionKind, ReportedGender, Stated
from counselling.models import Participation, ParticipationQuestion
from counselling.models.participation import IN_TIME, KNOWN
from counselling.participation import ISCED_GROUPS
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice, Text

CHAPTER = "esf"
GENDERS = tuple(ReportedGender)
AT_WORK = EntryStatus.EMPLOYED
OUT_OF_WORK = (EntryStatus.UNEMPLOYED, EntryStatus.LONG_TERM, EntryStatus.INACTIVE)


def entries(period: Period) -> QuerySet[Participation]:
    """First entries of persons into a programme, of the period."""
    rows = Participation.objects.filter(
        period.place(centre="client__centre_id"), period.days("entered_on"), client__merged_into=None
    )
    earlier = Participation.objects.filter(
        client=OuterRef("client"), programme_code=OuterRef("programme_code"), entered_on__lt=OuterRef("entered_on")
    ).order_by()  # fmt: skip
    rows = rows.filter(client__counsellor_id=period.counsellor_id) if period.counsellor_id else rows
    return rows.exclude(Exists(earlier)).select_related("client").order_by("entered_on", "pk")


def questions(kind: QuestionKind, period: Period) -> QuerySet[ParticipationQuestion]:
    """Questions about persons who left a programme for the last time, whose day lies in the period, answered or not."""
    rows = ParticipationQuestion.objects.filter(
        period.place(centre="participation__client__centre_id", programme="participation__programme_code"),
        period.days("due_on"),
        kind=kind,
        participation__client__merged_into=None,
    )
    later = Participation.objects.filter(
        client=OuterRef("participation__client"),
        programme_code=OuterRef("participation__programme_code"),
        entered_on__gt=OuterRef("participation__left_on"),
    ).order_by()
    if period.counsellor_id:
        rows = rows.filter(participation__client__counsellor_id=period.counsellor_id)
    return rows.exclude(Exists(later)).select_related("participation__client").order_by("due_on", "pk")


def on_leaving(period: Period) -> QuerySet[ParticipationQuestion]:
    """Questions on leaving."""
    return questions(QuestionKind.LEAVING, period)


def after_six_months(period: Period) -> QuerySet[ParticipationQuestion]:
    """Questions six months after leaving."""
    return questions(QuestionKind.SIX_MONTHS, period)


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator of persons.

    ``base``: the records it looks at   ``gender``: the way to the gender from there   ``about``: of whom it can be true at all
    ``counted``, ``missing``: conditions; both never hold together   ``voluntary``: asked of free will, shown to nobody one by one.
    """

    code: str
    name: Text
    definition: Text
    base: Callable[[Period], QuerySet[Any]]
    gender: str
    counted: Q
    missing: Q
    about: Q = field(default_factory=Q)
    voluntary: bool = False

    def rows(self, period: Period) -> QuerySet[Any]:
        """Return the records that are counted."""
        return self.base(period).filter(self.about, self.counted)


_ENTRY = _("Persons whose first entry into the programme lies in the period, each once.")
_LEAVING = _(
    "Persons who left the programme for good in the period, as found out within four weeks after the last day. What was found out later"
    " or not at all is not known."
)
_LATER = _(
    "Persons for whom the day six months after leaving lies in the period, as found out within four weeks from that day on."
    " What was found out later or not at all is not known."
)
NOTHING = Q(pk__in=[])


def _at_entry(code: str, name: Text, counted: Q, missing: Q, *, voluntary: bool = False) -> Indicator:
    return Indicator(
        code=code, name=name, definition=_ENTRY, base=entries, gender="gender", counted=counted, missing=missing,
        voluntary=voluntary,
    )  # fmt: skip


def _voluntary(code: str, name: Text, column: str) -> Indicator:
    said = {f"sensitive__{column}": Stated.YES}
    refused = ~Q(**{f"sensitive__{column}__in": [Stated.YES, Stated.NO]}) | Q(sensitive=None)
    return _at_entry(code, name, Q(**said), refused, voluntary=True)


def _afterwards(code: str, name: Text, base: Any, column: str, about: Q) -> Indicator:
    return Indicator(
        code=code, name=name, definition=_LEAVING if base is on_leaving else _LATER, base=base, gender="participation__gender",
        counted=KNOWN & Q(**{column: True}), missing=~KNOWN | Q(asked_on=None), about=about,
    )  # fmt: skip


_STATUS, _AGE, _SCHOOL = Q(status=""), Q(age_band=""), Q(isced="")
_WAS_OUT = Q(participation__status__in=OUT_OF_WORK)

INDICATORS: tuple[Indicator, ...] = (
    _at_entry("eeco01", _("Participants"), Q(), NOTHING),
    _at_entry(
        "eeco02", _("unemployed, including long-term unemployed"),
        Q(status__in=[EntryStatus.UNEMPLOYED, EntryStatus.LONG_TERM]), _STATUS,
    ),
    _at_entry("eeco03", _("long-term unemployed"), Q(status=EntryStatus.LONG_TERM), _STATUS),
    _at_entry("eeco04", _("inactive"), Q(status=EntryStatus.INACTIVE), _STATUS),
    _at_entry("eeco05", _("employed, including self-employed"), Q(status=AT_WORK), _STATUS),
    _at_entry("eeco06", _("under 18"), Q(age_band=AgeBand.UNDER_18), _AGE),
    _at_entry("eeco07", _("18 to 29"), Q(age_band=AgeBand.FROM_18), _AGE),
    _at_entry("eeco08", _("55 and over"), Q(age_band=AgeBand.FROM_55), _AGE),
    _at_entry("eeco09", _("lower secondary education or less (ISCED 0 to 2)"), Q(isced__in=ISCED_GROUPS["0-2"]), _SCHOOL),
    _at_entry("eeco10", _("upper or post-secondary education (ISCED 3 and 4)"), Q(isced__in=ISCED_GROUPS["3-4"]), _SCHOOL),
    _at_entry("eeco11", _("tertiary education (ISCED 5 to 8)"), Q(isced__in=ISCED_GROUPS["5-8"]), _SCHOOL),
    _voluntary("eeco12", _("with disabilities"), "disability"),
    _voluntary("eeco13", _("third-country nationals"), "third_country"),
    _voluntary("eeco14", _("with a foreign background"), "foreign_background"),
    _voluntary("eeco15", _("of minorities"), "minority"),
    _voluntary("eeco16", _("homeless or affected by housing exclusion"), "homeless"),
    _voluntary("eeco17", _("from rural areas"), "rural"),
    _afterwards(
        "eecr01", _("looking for work on leaving"), on_leaving, "job_searching",
        Q(participation__status=EntryStatus.INACTIVE),
    ),
    _afterwards("eecr02", _("in education or training on leaving"), on_leaving, "in_education", Q()),
    _afterwards("eecr03", _("gained a qualification on leaving"), on_leaving, "qualification", Q()),
    _afterwards("eecr04", _("in employment on leaving"), on_leaving, "in_employment", _WAS_OUT),
    _afterwards("eecr05", _("in employment six months after leaving"), after_six_months, "in_employment", _WAS_OUT),
    _afterwards(
        "eecr06", _("better situation at work six months after leaving"), after_six_months, "improved",
        Q(participation__status=AT_WORK),
    ),
)  # fmt: skip
# The names in Annex I do not say of whom. Those at work are left out after the practice of the period 2014 to 2020; no text of the
# Commission for 2021 to 2027 could be looked at for it. See decision 25.
_CHANGED = _(
    "Only of persons who were unemployed or inactive at entry; please ask your managing authority whether it counts in the same way."
)
OF_WHOM: Mapping[str, Text] = {
    "eecr01": _("Only of persons who were inactive at entry."),
    "eecr04": _CHANGED,
    "eecr05": _CHANGED,
    "eecr06": _("Only of persons who were employed or self-employed at entry."),
    "eeco05": _("The owner of a business counts here, as a person, and the business then not as an entity."),
}


def by_code() -> dict[str, Indicator]:
    """Return the indicators by their codes."""
    return {one.code: one for one in INDICATORS}


def count_by_gender(base: Any, period: Period) -> dict[str, dict[str, dict[str, int]]]:
    """Count all indicators of one base in one query: by code, then ``all``, ``counted`` or ``missing``, then gender."""
    chosen = [one for one in INDICATORS if one.base is base]
    wanted = {}
    for one in chosen:
        wanted[f"{one.code}_all"] = Count("pk", filter=one.about)
        wanted[f"{one.code}_counted"] = Count("pk", filter=one.about & one.counted)
        wanted[f"{one.code}_missing"] = Count("pk", filter=one.about & one.missing)
    rows = (
        base(period).order_by().annotate(reported=F(chosen[0].gender)).values("reported").annotate(**wanted)
    )
    found = {row["reported"]: row for row in rows}
    return {
        one.code: {
            part: {gender.value: found.get(gender.value, {}).get(f"{one.code}_{part}", 0) for gender in GENDERS}
            for part in ("all", "counted", "missing")
        }
        for one in chosen
    }  # fmt: skip


def _number(row: Any) -> str:
    client = row.participation.client if isinstance(row, ParticipationQuestion) else row.client
    return str(client.number)


def _url(row: Any) -> str:
    client = row.participation.client if isinstance(row, ParticipationQuestion) else row.client
    return str(client.get_absolute_url())


_ENTRY_COLUMNS = (
    (_("Client"), _number),
    (_("First day"), lambda row: row.entered_on),
    (_("Last day"), lambda row: row.left_on),
)
_QUESTION_COLUMNS = (
    (_("Client"), _number),
    (_("Last day"), lambda row: row.participation.left_on),
    (_("Asked on"), lambda row: row.asked_on),
)


RULES: dict[Any, Text] = {
    entries: _("The day of the first entry into the programme lies in the period."),
    on_leaving: _("The day of leaving lies in the period."),
    after_six_months: _("The day six months after leaving lies in the period."),
}
_MISSING = _(
    "Who has not answered, or of whom it was not found out, does not count; the ESF+ table says how many these are."
)

_ROW_OF_ITS_OWN = _("What is not known is a row of its own.")


def figure_of(one: Indicator) -> Figure:
    """Return an indicator as a figure of the report. Records behind voluntary answers are shown to those in charge only."""
    more = OF_WHOM.get(one.code)
    return Figure(
        code=one.code, name=one.name, definition=_joined(one.definition, more) if more else one.definition, chapter=CHAPTER,
        rows=one.rows, of_persons=one.voluntary, link=_url,
        drill_permission=Permission.CLIENT_READ_OWN if one.voluntary else Permission.CONSULTATION_READ_FACTS,
        columns=_ENTRY_COLUMNS if one.base is entries else _QUESTION_COLUMNS,
        rule=RULES[one.base], unit=_("persons"), missing=_MISSING,
    )  # fmt: skip


def _joined(*parts: Text) -> Text:
    return format_lazy("{} {}", *parts)


FIGURES = [figure_of(one) for one in INDICATORS]


def _answers(base: Any) -> Callable[[Period], list[Slice]]:
    """Every question of the period is in one row, also those that nobody answered, and apart those answered too late."""

    def slices(period: Period) -> list[Slice]:
        counts = base(period).order_by().aggregate(
            known=Count("pk", filter=KNOWN), late=Count("pk", filter=Q(answer=AnswerState.KNOWN) & ~IN_TIME),
            unknown=Count("pk", filter=Q(answer=AnswerState.UNKNOWN)), open=Count("pk", filter=Q(answer="")),
        )  # fmt: skip
        return [
            Slice("known", _("found out in time"), counts["known"]), Slice("late", _("found out too late to count"), counts["late"]),
            Slice("unknown", _("could not be found out"), counts["unknown"]), Slice("", _("not asked yet"), counts["open"]),
        ]  # fmt: skip

    return slices


BREAKDOWNS = [
    Breakdown(
        code="esf_leaving", name=_("Question on leaving"), chapter=CHAPTER, slices=_answers(on_leaving), unit=_("persons"), of_persons=True,
        definition=_("Persons who left for good in the period, by whether it was found out what became of them."),
        rule=RULES[on_leaving], missing=_ROW_OF_ITS_OWN,
    ),
    Breakdown(
        code="esf_six_months", name=_("Question six months after leaving"), chapter=CHAPTER, slices=_answers(after_six_months),
        unit=_("persons"), of_persons=True,
        definition=_("Persons for whom six months after leaving end in the period, by whether it was found out what became of them."),
        rule=RULES[after_six_months], missing=_ROW_OF_ITS_OWN,
    ),
]  # fmt: skip
