"""The old addresses of records that became part of another one."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from counselling.errors import ClientGoneError
from counselling.models import Client
from iqquadrat.accounts.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]


class MovedTo(HttpResponseRedirect):
    """Elsewhere, with the same method and everything that was typed: a form that was open during a merge is not lost."""

    status_code = 307


class MergedAddress:
    """Lead on from an absorbed client's address to the record that was kept. Asked only when a page was not found,
    or a record was gone when something was to be stored with it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Redirect a reader who may know of the kept record; for all others it stays not found.

        Who was overtaken by a merge or an erasure while a form was being stored (nothing of it is) sends the same once more.
        """
        if isinstance(exception, ClientGoneError):
            return MovedTo(request.get_full_path())
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None or "public_id" not in match.kwargs:
            return None
        if not isinstance(request.user, User):
            return None
        kept = Client.objects.visible_to(request.user).at_address(match.kwargs["public_id"])
        if kept is None or kept.public_id == match.kwargs["public_id"]:
            return None
        address = reverse(match.view_name, kwargs=match.kwargs | {"public_id": kept.public_id})
        query = request.META.get("QUERY_STRING", "")
        where = f"{address}?{query}" if query else address
        return HttpResponseRedirect(where) if request.method in ("GET", "HEAD") else MovedTo(where)
