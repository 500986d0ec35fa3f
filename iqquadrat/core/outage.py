"""The database cannot be reached, or a disk is full: a clear 503 for whoever asks, whether a page, a part of a page or the kiosk.

Django turns every error into an answer at the door of the middleware where it happened, so no middleware further out ever sees it: the
one place that hears of all of them, also of those before and after the views, is the handler of status 500, which asks here first.
Nothing has to be done for the recovery: a broken connection is dropped at the end of the request (``conn_health_checks``).
"""

import errno

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader

RETRY_AFTER = 15  # seconds
# SQLSTATE: connection exceptions, shutdown and start of the server, too many connections.
_GONE = ("08", "57P", "53300")
_DISK_FULL = "53100"


def is_outage(error: BaseException | None) -> bool:
    """Tell whether this error means that the database is away, rather than that one statement failed."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    # A statement that failed carries a code: a deadlock or a timeout is no outage. A connection that failed carries none.
    code = getattr(error.__cause__, "pgcode", None)
    return code is None or code.startswith(_GONE)


def is_full(error: BaseException | None) -> bool:
    """Tell whether nothing can be stored because a disk is full, the database's or that of the files."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", None) == _DISK_FULL


def answer_outage(request: HttpRequest, *, full: bool = False) -> HttpResponse:
    """503, without a look at the user or the database. A part of a page leaves the page as it is and puts a message on it.

    ``full``: waiting alone does not help, so the words say who does.
    """
    if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
        response = HttpResponse(
            loader.get_template("errors/503_message.html").render({"full": full}), status=503
        )
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML show:#messages:top"
        response["HX-Push-Url"] = "false"
    elif request.content_type == "application/json" or request.headers.get(
        "X-Part"
    ):  # the kiosk's script tries again
        response = JsonResponse({"error": "unavailable"}, status=503)
    else:
        response = HttpResponse(
            loader.get_template("errors/503.html").render({"bare": True, "full": full}), status=503
        )
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response
