"""Named errors of this room's services."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from iqquadrat.rights.models import LegalHold


class HeldError(Exception):
    """The client must not be erased: a legal hold."""

    def __init__(self, hold: "LegalHold") -> None:
        self.hold = hold
        super().__init__("the client is held")


class AlreadyErasedError(Exception):
    """There is nobody left to erase."""


class WrongNumberError(Exception):
    """What was typed to confirm is not the client's number."""


class NotProposedError(Exception):
    """Nobody has noted that the client wants to be erased, or nobody has proposed it."""


class SecondPersonError(Exception):
    """Who proposed it does not carry it out."""


class NotAllowedError(Exception):
    """The acting user may not do this."""


class AlreadyAnsweredError(Exception):
    """The request has been answered."""


class RetentionTooShortError(Exception):
    """Records would be gone sooner than anybody could have meant."""
