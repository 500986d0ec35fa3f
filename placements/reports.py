"""The figures of this room, each with its records."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice
from placements.categories import COUNTING, EMPLOYMENT, PRIMARY, TRAINING, Headline
from placements.enums import Situation, Stage, VacancyKind, VacancySource, VacancyState
from placements.headlines import begun, categories_of, highest
from placements.models import Placement, PlacementEvent, RetentionCheck, Vacancy
from placements.models.retention import IN_TIME, KNOWN, LASTS


def _narrowed(rows: QuerySet[Placement], period: Period) -> QuerySet[Placement]:
    return rows.filter(client__counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def started(period: Period) -> QuerySet[Placement]:
    """Placements begun in the period, whatever they count as."""
    return begun(period).select_related("client", "vacancy__business").order_by("started_on", "pk")


def proposed(period: Period) -> QuerySet[Placement]:
    """Placements whose proposal, or a later step, fell into the period."""
    events = (
        PlacementEvent.objects.standing()
        .filter(period.moments("at"))
        .exclude(stage__in=[Stage.WISH, Stage.CLOSED, Stage.ENDED])
    )
    rows = Placement.objects.filter(period.place(), pk__in=events.values("placement"))
    return _narrowed(rows, period).select_related("client", "vacancy__business").order_by("pk")


def persons_proposed(period: Period) -> QuerySet[Any, Any]:
    """Clients for whom at least one vacancy was proposed in the period."""
    return proposed(period).order_by().values("client").distinct()


def persons_employed(period: Period) -> QuerySet[Any, Any]:
    """Clients who took up at least one employment relationship in the period."""
    return started(period).filter(category__in=EMPLOYMENT).order_by().values("client").distinct()


def persons_asked_about(months: int, period: Period) -> QuerySet[Any, Any]:
    """Clients with a placement whose day after so many months lies in the period."""
    return asked_about(months, period).order_by().values("placement__client").distinct()


def vacancies(period: Period) -> QuerySet[Vacancy]:
    """Vacancies reported in the period."""
    return (
        Vacancy.objects.real()
        .filter(period.place(), period.days("opened_on"))
        .select_related("business")
        .order_by("opened_on", "pk")
    )


def asked_about(months: int, period: Period) -> QuerySet[RetentionCheck]:
    """Questions about placements whose day after so many months lies in the period, answered or not."""
    rows = RetentionCheck.objects.filter(
        period.place(centre="placement__centre_id", programme="placement__programme_code"),
        period.days("due_on"),
        months=months,
    )
    if period.counsellor_id:
        rows = rows.filter(placement__client__counsellor_id=period.counsellor_id)
    return rows.select_related(*RetentionCheck.NAMED_BY).order_by("due_on", "pk")


_PLACEMENT_COLUMNS = (
    (_("Client"), lambda placement: placement.client.number),
    (_("Vacancy"), lambda placement: placement.vacancy.title),
    (_("Employer"), lambda placement: placement.vacancy.employer),
    (_("Started as"), lambda placement: placement.get_category_display()),
    (_("Start"), lambda placement: placement.started_on),
)
_VACANCY_COLUMNS = (
    (_("Vacancy"), lambda vacancy: vacancy.title),
    (_("Employer"), lambda vacancy: vacancy.employer),
    (_("Kind"), lambda vacancy: vacancy.get_kind_display()),
    (_("Reported on"), lambda vacancy: vacancy.opened_on),
    (_("State"), lambda vacancy: vacancy.get_state_display()),
)


_RETENTION_COLUMNS = (
    (_("Client"), lambda check: check.placement.client.number),
    (_("Vacancy"), lambda check: check.placement.vacancy.title),
    (_("Employer"), lambda check: check.placement.vacancy.employer),
    (_("Asked on"), lambda check: check.asked_on),
    (_("Situation"), lambda check: check.get_situation_display()),
)


def _placement_url(placement: Placement) -> str:
    return reverse("placements:placement_detail", kwargs={"public_id": placement.public_id})


def _vacancy_url(vacancy: Vacancy) -> str:
    return reverse("placements:vacancy_detail", kwargs={"public_id": vacancy.public_id})


_BY_START = _("The first day of work or training lies in the period.")
_BY_REPORT = _("The day on which the vacancy became known lies in the period.")
_BY_ASKING = _("The day after so many months lies in the period.")


def _placements(code: str, name: Any, definition: Any, where: Q, *, part_of: str = "") -> Figure:
    """Placements begun in the period as something; all such figures are counted in one statement."""
    return Figure(
        code=code, name=name, definition=definition, chapter="placements", rows=lambda period: started(period).filter(where),
        drill_permission=Permission.PLACEMENT_READ_FACTS, columns=_PLACEMENT_COLUMNS, link=_placement_url, shared=begun, where=where,
        rule=_BY_START, unit=_("placements"), missing=_("None: whatever has begun has a category."), part_of=part_of,
    )  # fmt: skip


def _persons(headline: Headline, name: Any, definition: Any) -> Figure:
    """Persons of one headline; on the way down stands the placement by which each counts."""
    return Figure(
        code=f"persons_{headline}", name=name, definition=definition, chapter="placements",
        rows=lambda period: highest(period, headline), drill_permission=Permission.PLACEMENT_READ_FACTS, columns=_PLACEMENT_COLUMNS,
        link=_placement_url, shared=begun, where=Q(category__in=categories_of(headline)), distinct="client",
        rule=_BY_START, unit=_("persons"), missing=_("None: whatever has begun has a category."),
    )  # fmt: skip


def _vacancies(code: str, name: Any, definition: Any, where: Q, *, part_of: str = "") -> Figure:
    return Figure(
        code=code, name=name, definition=definition, chapter="placements", rows=lambda period: vacancies(period).filter(where),
        drill_permission=Permission.VACANCY_READ, columns=_VACANCY_COLUMNS, link=_vacancy_url, shared=vacancies, where=where,
        rule=_BY_REPORT, unit=_("vacancies"), missing=_("None: every vacancy has a kind and a day."), part_of=part_of,
    )  # fmt: skip


def _asked(months: int) -> Callable[[Period], QuerySet[RetentionCheck]]:
    return lambda period: asked_about(months, period)


_DUE = {months: _asked(months) for months in (3, 6, 12)}


def _checks(code: str, months: int, name: Any, definition: Any, where: Q, *, part_of: str = "") -> Figure:
    return Figure(
        code=f"{code}_{months}", name=name, definition=definition, chapter="placements",
        rows=lambda period: asked_about(months, period).filter(where), drill_permission=Permission.PLACEMENT_READ_FACTS,
        columns=_RETENTION_COLUMNS, link=lambda check: _placement_url(check.placement), shared=_DUE[months], where=where,
        rule=_BY_ASKING, unit=_("placements"), missing=_("Not asked, not found out or asked too late: rows of the table, not counted here."),
        part_of=part_of,
    )  # fmt: skip


def _retention(months: int, names: tuple[Any, Any, Any]) -> list[Figure]:
    """How many were due, of how many something is known in time, how many last: the two denominators beside the numerator."""
    due, known, lasting = names
    return [
        _checks("due", months, due, _("Placements whose day of asking lay in the period. Internships and other steps are not asked about."), Q()),
        _checks("known", months, known, _("Placements of which it was found out within 21 days before or after what the person does."), KNOWN, part_of=f"due_{months}"),
        _checks("lasting", months, lasting, _LASTING_WORDS, LASTS),
    ]  # fmt: skip


_LASTING_WORDS = _(
    "Placements whose day of asking lay in the period and of which it was found out within 21 days before or after that the person is"
    " still there, in another insured job, in training or self-employed. Where it could not be found out, it does not count: the true"
    " number may be higher. Internships and other steps are not asked about."
)

FIGURES = [
    _placements(
        "employment_relationships", _("Employment relationships taken up"),
        _("Placements whose work began in the period: insured, subsidised or as a minijob. A person who starts twice counts twice."),
        Q(category__in=EMPLOYMENT),
    ),
    _placements(
        "primary_labour_market", _("of which on the primary labour market"),
        _("Employment relationships with social insurance and without subsidy, full or part time."),
        Q(category__in=PRIMARY), part_of="employment_relationships",
    ),
    _placements(
        "training_taken_up", _("Training places taken up"),
        _("Clients who began dual or school-based vocational training in the period."),
        Q(category__in=TRAINING),
    ),
    _placements(
        "placements_started", _("Placements begun, all kinds"),
        _("All placements that began in the period, steps such as internships and further training included."), Q(),
    ),
    _persons(
        Headline.INSURED, _("Persons in insured employment"),
        _("Clients who began insured work without subsidy in the period, full or part time. Each person counts once."),
    ),
    _persons(
        Headline.SUBSIDISED, _("Persons in subsidised employment"),
        _("Clients who began subsidised work in the period. Each person counts once."),
    ),
    _persons(Headline.MARGINAL, _("Persons in a minijob"), _("Clients who began a minijob in the period. Each person counts once.")),
    _persons(
        Headline.SELF_EMPLOYED, _("Persons who became self-employed"),
        _("Clients who became self-employed in the period. Each person counts once."),
    ),
    _persons(
        Headline.TRAINING, _("Persons in vocational training"),
        _("Clients who began dual or school-based vocational training in the period. Each person counts once."),
    ),
    _persons(
        Headline.STEPS, _("Persons with a step on the way"),
        _("Clients who began an introductory qualification, an internship or further training in the period. Each person counts once."),
    ),
    Figure(
        code="placements_proposed", name=_("Placements proposed"), chapter="placements", rows=proposed,
        definition=_("Placements with a proposal or a later step in the period. Wishes do not count."),
        drill_permission=Permission.PLACEMENT_READ_FACTS, columns=_PLACEMENT_COLUMNS, link=_placement_url,
        rule=_("The day of the step lies in the period; a step that was undone counts no longer."), unit=_("placements"),
        missing=_("None: every step has a day."),
    ),
    *_retention(3, (
        _("Due to be asked 3 months after the start"), _("of which known after 3 months"),
        _("At work or in training 3 months after the start"),
    )),
    *_retention(6, (
        _("Due to be asked 6 months after the start"), _("of which known after 6 months"),
        _("At work or in training 6 months after the start"),
    )),
    *_retention(12, (
        _("Due to be asked 12 months after the start"), _("of which known after 12 months"),
        _("At work or in training 12 months after the start"),
    )),
    _vacancies("vacancies", _("Vacancies won"), _("Vacancies that became known in the period, whatever became of them."), Q()),
    _vacancies(
        "training_vacancies", _("of which training places"), _("Vacancies of the kind training place."), Q(kind=VacancyKind.TRAINING),
        part_of="vacancies",
    ),
]  # fmt: skip


def _by_category(period: Period) -> list[Slice]:
    counts = dict(started(period).order_by().values_list("category").annotate(n=Count("pk")))
    return [Slice(category, category.label, counts.get(category, 0)) for category in COUNTING]


def _persons_by_category(period: Period) -> list[Slice]:
    """Persons by headline, in each by the highest category reached: one row a category."""
    counts = dict(highest(period).order_by().values_list("category").annotate(n=Count("pk")))
    return [
        Slice(
            category,
            _("%(headline)s: %(category)s") % {"headline": headline.label, "category": category.label}
            if len(categories_of(headline)) > 1
            else category.label,
            counts.get(category, 0),
        )
        for headline in Headline
        for category in categories_of(headline)
    ]


def _vacancies_by(column: str, choices: Any) -> Callable[[Period], list[Slice]]:
    def slices(period: Period) -> list[Slice]:
        counts = dict(vacancies(period).order_by().values_list(column).annotate(n=Count("pk")))
        return [Slice(code, label, counts[code]) for code, label in choices if counts.get(code)]

    return slices


def _by_field(period: Period) -> list[Slice]:
    rows = (
        started(period)
        .order_by()
        .values_list("vacancy__field_of_work")
        .annotate(n=Count("pk"))
        .order_by("-n")
    )
    labels = dict(Vacancy._meta.get_field("field_of_work").flatchoices)
    return [Slice(key, labels[key], count) for key, count in rows]


def _by_situation(months: int) -> Callable[[Period], list[Slice]]:
    """Every question of the period is in one row, also those that nobody answered or answered too late."""

    def slices(period: Period) -> list[Slice]:
        counted = {
            row["situation"]: row
            for row in asked_about(months, period)
            .order_by()
            .values("situation")
            .annotate(all=Count("pk"), timely=Count("pk", filter=IN_TIME))
        }
        nothing = {"all": 0, "timely": 0}
        rows, late = [], 0
        for situation in Situation:
            row = counted.get(situation.value, nothing)
            known = situation is not Situation.UNKNOWN
            rows.append(Slice(situation, situation.label, row["timely"] if known else row["all"]))
            late += row["all"] - row["timely"] if known else 0
        asked_late = Slice("late", _("Found out too late to count"), late)
        return [*rows, asked_late, Slice("", _("Not asked"), counted.get("", nothing)["all"])]

    return slices


def _situations(months: int, name: Any) -> Breakdown:
    return Breakdown(
        code=f"situation_{months}", name=name, chapter="placements", slices=_by_situation(months), unit=_("placements"), of_persons=True,
        rule=_BY_ASKING, missing=_("Not asked, could not be found out and found out too late are rows of their own."),
        definition=_("What became of the placements whose day of asking lay in the period; found out within 21 days before or after."),
    )  # fmt: skip


BREAKDOWNS = [
    Breakdown(
        code="persons_by_headline", name=_("Persons by headline and highest category"), chapter="placements", slices=_persons_by_category,
        definition=_("Clients with a placement that began in the period: each once in each headline, in the highest category reached there."),
        unit=_("persons"), rule=_BY_START, missing=_("None: whatever has begun has a category."),
    ),
    Breakdown(
        code="placements_by_category", name=_("Placements by category"), chapter="placements", slices=_by_category,
        definition=_("Placements that began in the period, by what they started as."), unit=_("placements"),
        rule=_BY_START, missing=_("None: whatever has begun has a category."),
    ),
    Breakdown(
        code="placements_by_field", name=_("Placements by field of work"), chapter="placements", slices=_by_field,
        definition=_("Placements that began in the period, by the vacancy's field of work."), unit=_("placements"),
        rule=_BY_START, missing=_("None: every vacancy has a field of work."),
    ),
    _situations(3, _("What became of placements after 3 months")),
    _situations(6, _("What became of placements after 6 months")),
    _situations(12, _("What became of placements after 12 months")),
    *(
        Breakdown(
            code=f"vacancies_by_{column}", name=name, chapter="placements", slices=_vacancies_by(column, choices), definition=definition,
            unit=_("vacancies"), rule=_BY_REPORT, missing=_("None: every vacancy has a kind and a day."),
        )
        for column, choices, name, definition in (
            ("kind", VacancyKind.choices, _("Vacancies by kind"), _("Vacancies that became known in the period, by what is offered.")),
            (
                "source", VacancySource.choices, _("How vacancies became known"),
                _("Vacancies that became known in the period, by how the centre heard of them."),
            ),
            (
                "state", VacancyState.choices, _("What became of vacancies"),
                _("Vacancies that became known in the period, by where they stand today."),
            ),
        )
    ),
]  # fmt: skip
