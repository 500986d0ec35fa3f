"""What can go wrong with a placement; the text of each kind stands where it is caught."""

from collections.abc import Sequence

from placements.models import WageSubsidy
from placements.rules import Breach


class PlacementError(Exception):
    """A step that cannot be taken; the text of each kind stands in the form that caught it."""


class ConsentMissingError(PlacementError):
    """The client has not agreed that this employer gets to know of them."""


class OtherCentreError(PlacementError):
    """Client and vacancy belong to different centres."""


class StepNotPossibleError(PlacementError):
    """The step does not follow from the present one, or a fact that it needs is missing."""


class AskedAboutError(PlacementError):
    """The start cannot be undone while it is noted what became of it."""


class SubsidisedError(PlacementError):
    """The start cannot be undone while a wage subsidy is noted for it."""


class AgainstLawError(PlacementError):
    """The facts of a step do not keep to ``placements.law``; ``breaches`` say where."""

    def __init__(self, breaches: Sequence[Breach]) -> None:
        self.breaches = list(breaches)
        super().__init__(", ".join(breach.rule for breach in self.breaches))


class NothingStartedError(PlacementError):
    """A wage subsidy belongs to work that has started."""


class StaleSubsidyError(PlacementError):
    """Somebody else has changed the subsidy since it was opened for editing. ``stored`` is the version that stands."""

    def __init__(self, stored: WageSubsidy) -> None:
        self.stored = stored
        super().__init__("the subsidy was changed by somebody else")
