"""Persons by headline: each counts once in each, in the highest category reached there."""

from django.db.models import Case, CharField, F, IntegerField, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber

from iqquadrat.core.figures import Period
from placements.categories import COUNTING, Category, Headline
from placements.models import Placement


def categories_of(headline: Headline) -> tuple[Category, ...]:
    """Return the categories of a headline, the highest first."""
    found = [category for category, counting in COUNTING.items() if counting.headline is headline]
    return tuple(sorted(found, key=lambda category: COUNTING[category].rank))


def begun(period: Period) -> QuerySet[Placement]:
    """Placements begun in the period, whatever they count as, in no order."""
    rows = Placement.objects.filter(period.place(), period.days("started_on"))
    return rows.filter(client__counsellor_id=period.counsellor_id) if period.counsellor_id else rows


def highest(period: Period, headline: Headline | None = None) -> QuerySet[Placement]:
    """Return one placement for every person and headline: the first of the highest category reached in the period."""
    rows = begun(period)
    if headline is not None:
        rows = rows.filter(category__in=categories_of(headline))
    place = Window(
        RowNumber(), partition_by=[F("client"), _line()], order_by=[_rank(), F("started_on"), F("pk")]
    )
    ranked = rows.annotate(place=place).filter(place=1)
    chosen = Placement.objects.filter(pk__in=ranked.values("pk"))
    return chosen.select_related("client", "vacancy__business").order_by("started_on", "pk")


def _line() -> Case:
    whens = [
        When(category=category, then=Value(counting.headline)) for category, counting in COUNTING.items()
    ]
    return Case(*whens, output_field=CharField())


def _rank() -> Case:
    whens = [When(category=category, then=Value(counting.rank)) for category, counting in COUNTING.items()]
    return Case(*whens, output_field=IntegerField())
