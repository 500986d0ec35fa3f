"""Which sections that have a name nobody walks yet in a wave."""

from django.db.models import (
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.functions import Mod

from businesses.enums import Side
from businesses.models import Assignment, Section, Unit, Wave
from businesses.models.register import covering


def open_sections(wave: Wave) -> QuerySet[Section]:
    """Return the named sections with a door on the list of the wave that nobody was given, by this section or by a larger part."""
    number = ExpressionWrapper(F("business__premises__house_number"), IntegerField())
    doors = (
        Unit.objects.filter(
            wave=wave, business__premises__street=OuterRef("street"), business__premises__house_number__gte=OuterRef("number_from"),
            business__premises__house_number__lte=OuterRef("number_to"),
        )
        .annotate(remainder=Mod(number, Value(2)), wanted=ExpressionWrapper(OuterRef("side"), CharField()))
        .filter(Q(wanted=Side.BOTH) | Q(wanted=Side.EVEN, remainder=0) | Q(wanted=Side.ODD, remainder=1))
        .exclude(Exists(covering(Assignment.objects.filter(wave=wave), "business__premises__")))
    )  # fmt: skip
    return (
        Section.objects.filter(Exists(doors), street__centre=wave.centre_id)
        .select_related("street")
        .order_by("street__name", "number_from", "side", "pk")
    )
