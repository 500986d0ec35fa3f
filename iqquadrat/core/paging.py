"""The pages of a list, and the first rows of a long part of a page: how many the reader wants, within reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
R = TypeVar("R")
SIZES = (25, 50, 100)


class SizedPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """A paginator whose list offers these sizes of a page at its foot."""

    sizes = SIZES


def page_of(rows: "QuerySet[M]", request: HttpRequest) -> Page[M]:
    """Return the page that the address asks for (``page``, ``size``); the last one when it asks for too much."""
    return SizedPaginator(rows, _size(request)).get_page(request.GET.get("page"))


def page_of_list(rows: Sequence[R], request: HttpRequest) -> Page[R]:
    """The same for rows that are in memory anyway and cannot become many."""
    return SizedPaginator(rows, _size(request)).get_page(request.GET.get("page"))


def _size(request: HttpRequest) -> int:
    wanted = request.GET.get("size", "")
    return int(wanted) if wanted in {str(size) for size in SIZES} else SIZES[0]


SHOWN_AT_FIRST, SHOWN_AT_MOST = 10, 300


@dataclass(frozen=True)
class Excerpt(Generic[R]):
    """The first rows of a part of a page; ``has_more`` tells that there are others, shown by ``?more=<key>``."""

    rows: list[R]
    key: str
    has_more: bool

    def __iter__(self) -> Iterator[R]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def excerpt_of(
    rows: "QuerySet[Any, R] | Sequence[R]", request: HttpRequest, key: str, at_first: int = SHOWN_AT_FIRST
) -> Excerpt[R]:
    """Return the first rows of a part of a page, in one query whatever the number; ``includes/more.html`` leads to the rest."""
    limit = SHOWN_AT_MOST if request.GET.get("more") == key else at_first
    found = list(rows[: limit + 1])
    return Excerpt(found[:limit], key, len(found) > limit)
