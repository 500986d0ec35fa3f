"""The old addresses of records that became part of another one."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from iqquadrat.core.registry import kept_address

GetResponse = Callable[[HttpRequest], HttpResponse]


class MovedTo(HttpResponseRedirect):
    """Elsewhere, with the same method and everything that was typed: a form that was open during a merge is not lost."""

    status_code = 307


class MergedAddress:
    """Lead on from an absorbed record's address to the one that was kept. Asked only when a page was not found."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect a reader who may know of the kept record; for all others it stays not found."""
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None or "public_id" not in match.kwargs:
            return None
        if not request.user.is_authenticated:
            return None
        kept = kept_address(request.user, match.kwargs["public_id"])
        if kept is None or kept == match.kwargs["public_id"]:
            return None
        address = reverse(match.view_name, kwargs=match.kwargs | {"public_id": kept})
        query = request.META.get("QUERY_STRING", "")
        where = f"{address}?{query}" if query else address
        return HttpResponseRedirect(where) if request.method in ("GET", "HEAD") else MovedTo(where)
