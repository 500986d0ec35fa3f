"""What can go wrong when something is written; each says in words what to do."""

from typing import Any


class BusinessError(Exception):
    """The root of this room's named errors."""


class RecordChangedError(BusinessError):
    """Somebody else changed the record in between; ``stored`` is what they wrote."""

    def __init__(self, stored: Any) -> None:
        super().__init__("record changed")
        self.stored = stored


class AlreadyCodedError(BusinessError):
    """Somebody else has coded the business by another branch in the meantime."""


class NotOnTheListError(BusinessError):
    """The business is no unit of this wave, or the wave does not run."""


class AlreadyInterviewedError(BusinessError):
    """The unit has an interview that is finished, or that somebody else has begun; ``interview`` is it, where there is one."""

    def __init__(self, interview: Any = None) -> None:
        super().__init__("already interviewed")
        self.interview = interview


class NameNeededError(BusinessError):
    """A shop that is not empty has a name."""


class AlreadyListedError(BusinessError):
    """This very shop is on the list of the wave already; ``unit`` is it."""

    def __init__(self, unit: Any) -> None:
        super().__init__("already listed")
        self.unit = unit


class PhotosNotWantedError(BusinessError):
    """No photos are taken in this wave."""


class PhotoTooOldError(BusinessError):
    """The photo that is kept was taken later than this one."""


class InterviewClosedError(BusinessError):
    """The interview was handed in; its answers are corrected in the office."""


class TooFewAnswersError(BusinessError):
    """Less than half of the core is answered: this is no interview yet."""

    def __init__(self, *, answered: int, core: int) -> None:
        super().__init__("too few answers")
        self.answered, self.core = answered, core


class NoRefusalError(BusinessError):
    """The doorstep form belongs to a refusal, and this attempt is none."""


class NothingToldError(BusinessError):
    """Not one of the six questions was answered."""


class WavesOverlapError(BusinessError):
    """Two open waves would ask one business on the same days; ``other`` is the wave that does already."""

    def __init__(self, other: Any) -> None:
        super().__init__("waves overlap")
        self.other = other


class WaveInUseError(BusinessError):
    """Somebody was at a door or held an interview in this wave: it is closed, not deleted."""


class NoQuestionnaireError(BusinessError):
    """No version of the business survey is published."""


class NameTakenError(BusinessError):
    """There is another street, or another section of the street, of this name."""


class NeedAlreadyRunsError(BusinessError):
    """A need of this topic runs already; ``need`` is it."""

    def __init__(self, need: Any) -> None:
        super().__init__("a need of this topic runs already")
        self.need = need


class NotPlannedError(BusinessError):
    """This event is cancelled, or it has been held already."""


class HeldInTheFutureError(BusinessError):
    """An event that is still to come has not been held."""
