"""The pages of a list: how many rows the reader wants, within reason."""

from typing import TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

M = TypeVar("M", bound=Model)
SIZES = (25, 50, 100)


class SizedPaginator(Paginator):  # type: ignore[type-arg]  # generic in the stubs only
    """A paginator whose list offers these sizes of a page at its foot."""

    sizes = SIZES


def page_of(rows: "QuerySet[M]", request: HttpRequest) -> Page[M]:
    """Return the page that the address asks for (``page``, ``size``); the last one when it asks for too much."""
    wanted = request.GET.get("size", "")
    size = int(wanted) if wanted in {str(size) for size in SIZES} else SIZES[0]
    return SizedPaginator(rows, size).get_page(request.GET.get("page"))
