"""What a check finds: a state, a sentence, and what to do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import IntEnum


class State(IntEnum):
    """How it stands. The number of the worst one is the exit code of the command."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True)
class Finding:
    """One line of the doctor. ``skipped``: nothing could be looked at, and nothing is wrong with that."""

    state: State
    text: str
    advice: str = ""
    skipped: bool = False


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line: the address of the running site, and whom to send a mail as a trial."""

    url: str = ""
    send_to: str = ""


Check = Callable[[Asked], Iterator[Finding]]


def ok(text: str) -> Finding:
    """All is well."""
    return Finding(State.OK, text)


def skipped(text: str) -> Finding:
    """There was nothing to look at."""
    return Finding(State.OK, text, skipped=True)


def warning(text: str, advice: str) -> Finding:
    """It works, but should not stay so."""
    return Finding(State.WARNING, text, advice)


def fault(text: str, advice: str) -> Finding:
    """Something does not work, or is not safe."""
    return Finding(State.FAULT, text, advice)
