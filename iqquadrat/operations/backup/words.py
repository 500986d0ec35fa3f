"""What the three commands share: sizes in words, and an end without remains when the system asks for it."""

import contextlib
import signal
import threading
from collections.abc import Iterator
from typing import NoReturn


def size(count: int) -> str:
    """Return bytes in words, with decimal units."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if count >= factor:
            return f"{count / factor:.1f} {unit}"
    return f"{count} bytes"


@contextlib.contextmanager
def ends_cleanly() -> Iterator[None]:
    """Let the wish to end (SIGTERM) end the block as an error does, so that half files and scratch databases go."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def leave(number: int, _frame: object) -> NoReturn:
        raise SystemExit(128 + number)

    before = signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
