"""Which sections that have a name nobody walks yet in a wave."""

from django.db.models import Exists, OuterRef, QuerySet

from businesses.models import Assignment, Section, Unit, Wave


def open_sections(wave: Wave) -> QuerySet[Section]:
    """Return the named sections with doors on the list of the wave that are given to nobody as they are drawn today."""
    doors = Unit.objects.filter(
        wave=wave, business__premises__street=OuterRef("street"), business__premises__house_number__gte=OuterRef("number_from"),
        business__premises__house_number__lte=OuterRef("number_to"),
    )  # fmt: skip
    given = Assignment.objects.filter(
        wave=wave, street=OuterRef("street"), side=OuterRef("side"), number_from=OuterRef("number_from"), number_to=OuterRef("number_to")
    )  # fmt: skip
    return (
        Section.objects.filter(Exists(doors), ~Exists(given), street__centre=wave.centre_id)
        .select_related("street")
        .order_by("street__name", "number_from", "side", "pk")
    )
