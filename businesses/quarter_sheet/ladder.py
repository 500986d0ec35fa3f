"""The training ladder: which businesses train, which could, and what is missing where they do not."""

from collections.abc import Collection

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

APTITUDE = frozenset({"trainer", "master"})
WILLING = frozenset({"rather_yes", "yes"})


class Rung(TextChoices):
    """One rung. The potential is the second and the third."""

    TRAINS = "trains", _("trains now")
    COULD = "could", _("could and would, but does not train")
    WOULD = "would", _("would, but something is missing")
    COULD_NOT_WISH = "could_not_wish", _("could, but does not want to")
    NEITHER = "neither", _("neither")
    UNKNOWN = "unknown", _("not stated")


def rung_of(*, trainees: int | None, right: Collection[str], willing: str) -> Rung:
    """Return the rung of a business: trainees now (question 14), what it has for training (24), whether it would (25).

    Eligible is who has somebody with the aptitude (trainer's certificate or master's) and premises that are recognised. Without an
    answer to 24 (or with "don't know") or to 25 a business that does not train is on no rung.
    """
    if trainees:
        return Rung.TRAINS
    if not right or "unknown" in right or not willing:
        return Rung.UNKNOWN
    eligible = "premises" in right and not APTITUDE.isdisjoint(right)
    if willing in WILLING:
        return Rung.COULD if eligible else Rung.WOULD
    return Rung.COULD_NOT_WISH if eligible else Rung.NEITHER
