"""Which centre's persons the database shows: the second wall, behind ``visible_to``.

The tables of persons have row-level security (``iqquadrat.rights.walls`` names them). What a statement may see is a setting of its
connection, ``iq.centre``; here stands what it is to be now, and ``iqquadrat.core.database`` hands it over together with the next
statement. Nothing in force shows nothing. See decision 30.

    with in_centre(user.centre_id): ...            # a request of staff, a task, a command for one centre
    with in_centres(ids, "sums of a programme"): ...
    with at_kiosk(token_hash): ...                 # the database itself finds out the centre of this session
    with every_centre("clocks of retention"): ...  # what crosses centres lawfully, with its reason
"""

import contextlib
import re
from collections.abc import Iterable, Iterator
from contextvars import ContextVar

NOTHING = ""
EVERY = "*"
KIOSK = "k:"
SETTING = "iq.centre"

_in_force: ContextVar[str] = ContextVar("centre_in_force", default=NOTHING)
_HASH = re.compile(r"[0-9a-f]{64}")


def in_force() -> str:
    """Return what statements may see now, as the database reads it: letters, digits, comma, colon and star only."""
    return _in_force.get()


@contextlib.contextmanager
def _with(value: str) -> Iterator[None]:
    before = _in_force.set(value)
    try:
        yield
    finally:
        _in_force.reset(before)


@contextlib.contextmanager
def in_centre(centre_id: int | None) -> Iterator[None]:
    """See the persons of one centre and no others. Without a centre nobody is seen."""
    with _with(NOTHING if centre_id is None else str(int(centre_id))):
        yield


@contextlib.contextmanager
def in_centre_unless_inside(centre_id: int | None) -> Iterator[None]:
    """See the persons of one centre where nothing is in force yet: before a sign-in, after a sign-out."""
    if in_force() or centre_id is None:
        yield
        return
    with in_centre(centre_id):
        yield


@contextlib.contextmanager
def in_centres(centre_ids: Iterable[int], reason: str) -> Iterator[None]:
    """See the persons of these centres: for sums that several centres of one programme make together."""
    _because(reason)
    with _with(",".join(str(int(pk)) for pk in sorted(centre_ids))):
        yield


@contextlib.contextmanager
def at_kiosk(token_hash: str) -> Iterator[None]:
    """See the persons of the centre whose session has this address; an address that nobody has shows nobody."""
    if not _HASH.fullmatch(token_hash):
        raise ValueError("no hash of a session's address")
    with _with(KIOSK + token_hash):
        yield


@contextlib.contextmanager
def every_centre(reason: str) -> Iterator[None]:
    """See the persons of all centres. For what crosses centres by its nature; ``reason`` says at the place why it may."""
    _because(reason)
    with _with(EVERY):
        yield


def _because(reason: str) -> None:
    if not reason.strip():
        raise ValueError("whoever looks beyond one centre says why")
