"""Where shops are: streets, their sections, and premises, which stay when the shop changes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from businesses.enums import Floor, Position, PositionSource, Side
from iqquadrat.accounts.models import Centre

HIGHEST_NUMBER = 9999
# Metres. What is less exact says nothing about a door.
LARGEST_ACCURACY = 9999


class Positioned(models.Model):
    """Where somebody stood, in WGS 84, when it was noted at a door: only where the device was allowed to say so, never a track."""

    position_lat = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    position_lon = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    position_accuracy = models.DecimalField(
        _("accuracy in metres"), max_digits=5, decimal_places=1, null=True, blank=True
    )

    class Meta:
        abstract = True


def position_whole(name: str) -> models.CheckConstraint:
    """Return the constraint of a ``Positioned`` model: all three or none, and on this planet."""
    return models.CheckConstraint(
        name=name,
        condition=Q(position_lat__isnull=True, position_lon__isnull=True, position_accuracy__isnull=True)
        | Q(
            position_lat__range=(-90, 90),
            position_lon__range=(-180, 180),
            position_accuracy__range=(0, LARGEST_ACCURACY),
        ),
    )


class Street(models.Model):
    """A street of the quarter, as one centre walks it."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="streets"
    )
    name = models.CharField(_("name"), max_length=120)
    # The middle of the carriageway from the lowest to the highest number, as [longitude, latitude] in WGS 84; drawn by the centre.
    line = models.JSONField(_("line of the street"), null=True, blank=True)
    number_at_start = models.PositiveSmallIntegerField(_("lowest number"), null=True, blank=True)
    number_at_end = models.PositiveSmallIntegerField(_("highest number"), null=True, blank=True)
    # Counts up at every save: two people who edit one street are told apart by it.
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("street")
        verbose_name_plural = _("streets")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["centre", "name"], name="businesses_street_name"),
            models.CheckConstraint(
                name="businesses_street_numbers",
                condition=Q(number_at_start__isnull=True, number_at_end__isnull=True)
                | Q(number_at_start__gte=1, number_at_end__gt=F("number_at_start")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Section(models.Model):
    """A stretch of a street that is walked and counted as one: a surveyor's part, a row of the city's quarter sheet."""

    street = models.ForeignKey(
        Street, verbose_name=_("street"), on_delete=models.CASCADE, related_name="sections"
    )
    name = models.CharField(_("name"), max_length=80)
    side = models.CharField(_("side"), max_length=4, choices=Side, default=Side.BOTH)
    number_from = models.PositiveSmallIntegerField(_("from number"), default=1)
    number_to = models.PositiveSmallIntegerField(_("to number"), default=HIGHEST_NUMBER)
    # Both sides added up when the section has both: what "units per 100 m" is divided by.
    frontage_m = models.PositiveIntegerField(_("frontage in metres"), null=True, blank=True)
    revision = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("section of a street")
        verbose_name_plural = _("sections of streets")
        ordering = ["street__name", "number_from", "side", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["street", "name"], name="businesses_section_name"),
            models.CheckConstraint(name="businesses_section_side", condition=Q(side__in=Side.values)),
            models.CheckConstraint(name="businesses_section_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="businesses_section_numbers",
                condition=Q(
                    number_from__gte=1, number_to__gte=F("number_from"), number_to__lte=HIGHEST_NUMBER
                ),
            ),
            models.CheckConstraint(
                name="businesses_section_frontage",
                condition=Q(frontage_m__isnull=True) | Q(frontage_m__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street}, {self.name}"

    def holds(self, house_number: int) -> bool:
        """Whether a house of the street lies in this section."""
        return within(house_number, self.side, self.number_from, self.number_to)


def within(house_number: int, side: str, number_from: int, number_to: int) -> bool:
    """Whether a house number lies on this side between these numbers, both included."""
    return number_from <= house_number <= number_to and (
        side == Side.BOTH or (side == Side.EVEN) == (house_number % 2 == 0)
    )


class Premises(models.Model):
    """A shop unit in a house: it stays when the shop changes."""

    centre = models.ForeignKey(
        Centre, verbose_name=_("centre"), on_delete=models.PROTECT, related_name="premises"
    )
    street = models.ForeignKey(
        Street, verbose_name=_("street"), on_delete=models.PROTECT, related_name="premises"
    )
    house_number = models.PositiveSmallIntegerField(_("house number"))
    addition = models.CharField(_("letter"), max_length=5, blank=True)
    floor = models.SmallIntegerField(_("floor"), choices=Floor, default=Floor.GROUND)
    position = models.CharField(_("door"), max_length=6, choices=Position, blank=True)
    frontage_m = models.DecimalField(
        _("frontage in metres"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    # Where the door is, in WGS 84: measured, imported, or reckoned from the course of the street and the number.
    latitude = models.DecimalField(_("latitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=9, decimal_places=6, null=True, blank=True)
    position_source = models.CharField(_("position from"), max_length=8, choices=PositionSource, blank=True)

    class Meta:
        verbose_name = _("premises")
        verbose_name_plural = _("premises")
        ordering = ["street__name", "house_number", "addition", "floor", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["street", "house_number", "addition", "floor", "position"],
                name="businesses_premises_once",
            ),
            models.CheckConstraint(
                name="businesses_premises_number",
                condition=Q(house_number__gte=1, house_number__lte=HIGHEST_NUMBER),
            ),
            models.CheckConstraint(name="businesses_premises_floor", condition=Q(floor__in=Floor.values)),
            models.CheckConstraint(
                name="businesses_premises_position", condition=Q(position__in=["", *Position.values])
            ),
            models.CheckConstraint(
                name="businesses_premises_where",
                condition=Q(latitude__isnull=True, longitude__isnull=True, position_source="")
                | Q(
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                    position_source__in=PositionSource.values,
                ),
            ),
            models.CheckConstraint(
                name="businesses_premises_frontage",
                condition=Q(frontage_m__isnull=True) | Q(frontage_m__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.street.name} {self.door}"

    @property
    def number(self) -> str:
        """The house number with its letter."""
        return f"{self.house_number}{self.addition}"

    @property
    def door(self) -> str:
        """Number, floor and door, as a surveyor looks for it: ``52, Erdgeschoss links``."""
        where = " ".join(
            str(part)
            for part in (self.get_floor_display(), self.get_position_display() if self.position else "")
            if part
        )
        return f"{self.number}, {where}"

    @property
    def side(self) -> Side:
        """The side of the street."""
        return Side.EVEN if self.house_number % 2 == 0 else Side.ODD
