"""What can go wrong when something is written; each says in words what to do."""

from typing import Any


class BusinessError(Exception):
    """The root of this room's named errors."""


class RecordChangedError(BusinessError):
    """Somebody else changed the record in between; ``stored`` is what they wrote."""

    def __init__(self, stored: Any) -> None:
        super().__init__("record changed")
        self.stored = stored


class NotOnTheListError(BusinessError):
    """The business is no unit of this wave, or the wave does not run."""


class AlreadyInterviewedError(BusinessError):
    """The unit has an interview that is finished, or that somebody else has begun."""


class InterviewClosedError(BusinessError):
    """The interview was handed in; its answers are corrected in the office."""


class TooFewAnswersError(BusinessError):
    """Less than half of the core is answered: this is no interview yet."""

    def __init__(self, *, answered: int, core: int) -> None:
        super().__init__("too few answers")
        self.answered, self.core = answered, core


class NoQuestionnaireError(BusinessError):
    """No version of the business survey is published."""


class NeedAlreadyRunsError(BusinessError):
    """A need of this topic runs already; ``need`` is it."""

    def __init__(self, need: Any) -> None:
        super().__init__("a need of this topic runs already")
        self.need = need


class NotPlannedError(BusinessError):
    """This event is cancelled, or it has been held already."""


class HeldInTheFutureError(BusinessError):
    """An event that is still to come has not been held."""
