"""The figures of this room, each with its records."""

from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.figures import Breakdown, Figure, Period, Slice
from placements.categories import COUNTING, EMPLOYMENT, PRIMARY, TRAINING, Category
from placements.enums import Stage, VacancyKind
from placements.models import Placement, PlacementEvent, Vacancy


def _narrowed(rows: QuerySet[Placement], period: Period) -> QuerySet[Placement]:
    return rows.filter(client__counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def started(period: Period) -> QuerySet[Placement]:
    """Placements begun in the period, whatever they count as."""
    rows = Placement.objects.filter(period.place(), period.days("started_on"))
    return _narrowed(rows, period).select_related("client", "vacancy__business").order_by("started_on", "pk")


def _started_as(categories: tuple[Category, ...]) -> Any:
    return lambda period: started(period).filter(category__in=categories)


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


def vacancies(period: Period) -> QuerySet[Vacancy]:
    """Vacancies reported in the period."""
    return (
        Vacancy.objects.real()
        .filter(period.place(), period.days("opened_on"))
        .select_related("business")
        .order_by("opened_on", "pk")
    )


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


def _placement_url(placement: Placement) -> str:
    return reverse("placements:placement_detail", kwargs={"public_id": placement.public_id})


def _vacancy_url(vacancy: Vacancy) -> str:
    return reverse("placements:vacancy_detail", kwargs={"public_id": vacancy.public_id})


def _placements(code: str, name: Any, definition: Any, rows: Any) -> Figure:
    return Figure(
        code=code, name=name, definition=definition, chapter="placements", rows=rows,
        drill_permission=Permission.PLACEMENT_READ_FACTS, columns=_PLACEMENT_COLUMNS, link=_placement_url,
    )  # fmt: skip


def _vacancies(code: str, name: Any, definition: Any, rows: Any) -> Figure:
    return Figure(
        code=code, name=name, definition=definition, chapter="placements", rows=rows,
        drill_permission=Permission.VACANCY_READ, columns=_VACANCY_COLUMNS, link=_vacancy_url,
    )  # fmt: skip


FIGURES = [
    _placements(
        "employment_relationships", _("Employment relationships taken up"),
        _("Placements whose work began in the period: insured, subsidised or as a minijob. A person who starts twice counts twice."),
        _started_as(EMPLOYMENT),
    ),
    _placements(
        "primary_labour_market", _("of which on the primary labour market"),
        _("Employment relationships with social insurance and without subsidy, full or part time."),
        _started_as(PRIMARY),
    ),
    _placements(
        "training_taken_up", _("Training places taken up"),
        _("Clients who began dual or school-based vocational training in the period."),
        _started_as(TRAINING),
    ),
    _placements(
        "placements_started", _("Placements begun, all kinds"),
        _("All placements that began in the period, steps such as internships and further training included."),
        started,
    ),
    _placements(
        "placements_proposed", _("Placements proposed"),
        _("Placements with a proposal or a later step in the period. Wishes do not count."),
        proposed,
    ),
    _vacancies("vacancies", _("Vacancies won"), _("Vacancies that became known in the period, whatever became of them."), vacancies),
    _vacancies(
        "training_vacancies", _("of which training places"), _("Vacancies of the kind training place."),
        lambda period: vacancies(period).filter(kind=VacancyKind.TRAINING),
    ),
]  # fmt: skip


def _by_category(period: Period) -> list[Slice]:
    counts = dict(started(period).order_by().values_list("category").annotate(n=Count("pk")))
    return [Slice(category, category.label, counts.get(category, 0)) for category in COUNTING]


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


BREAKDOWNS = [
    Breakdown(
        code="placements_by_category", name=_("Placements by category"), chapter="placements", slices=_by_category,
        definition=_("Placements that began in the period, by what they started as."), unit=_("placements"),
    ),
    Breakdown(
        code="placements_by_field", name=_("Placements by field of work"), chapter="placements", slices=_by_field,
        definition=_("Placements that began in the period, by the vacancy's field of work."), unit=_("placements"),
    ),
]  # fmt: skip
