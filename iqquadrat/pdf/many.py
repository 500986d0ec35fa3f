"""Many documents in a row: their texts are written here, several processes draw them. A paper costs its drawing, not its texts."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

from iqquadrat.pdf.documents import Document
from iqquadrat.pdf.rendering import draw, most_pages_of, page_of, render, zoom_of

K = TypeVar("K")


def render_many(documents: Iterable[tuple[K, Document]], *, processes: int) -> Iterator[tuple[K, bytes]]:
    """Yield each document's mark with its PDF, in the order given. Raises ``PdfError``.

    With one ``process`` everything is done in this one. Else only finished HTML goes to the others, a few documents ahead, so that
    memory stays the same however many there are; stopping to iterate stops them after what they are at.
    """
    if processes < 2:
        for mark, document in documents:
            yield mark, render(document)
        return
    # A fresh process each: a copy of this one would share its connection to the database.
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    try:
        ahead: deque[tuple[K, Future[bytes]]] = deque()
        for mark, document in documents:
            shape = most_pages_of(document), zoom_of(document)
            ahead.append((mark, pool.submit(draw, page_of(document), *shape)))
            if len(ahead) > 2 * processes:
                first, future = ahead.popleft()
                yield first, future.result()
        while ahead:
            first, future = ahead.popleft()
            yield first, future.result()
    finally:
        pool.shutdown(cancel_futures=True)
