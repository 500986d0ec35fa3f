"""Who was overtaken while a form was being stored."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from counselling.errors import ClientGoneError
from iqquadrat.core.merged_addresses import MovedTo

GetResponse = Callable[[HttpRequest], HttpResponse]


class OvertakenByMerge:
    """Whoever was overtaken by a merge or an erasure while a form was being stored (nothing of it is) sends the same once more."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Send it to the same address: there it is not found any more, or led on."""
        return MovedTo(request.get_full_path()) if isinstance(exception, ClientGoneError) else None
