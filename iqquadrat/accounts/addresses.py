"""Where somebody goes next: never to another site, never to what only takes a POST."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from iqquadrat.core.registry import navigation_for


def is_safe(request: HttpRequest, address: str) -> bool:
    """Tell whether an address stays on this site."""
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def first_page(request: HttpRequest) -> str:
    """Return the first place in the navigation of this role; the own account for a role without any."""
    places = navigation_for(request.user, "")  # type: ignore[arg-type]  # our user class answers may()
    return places[0].url if places else reverse("accounts:account")


def wished(request: HttpRequest) -> str:
    """Return the ``next`` of the form or the address if it is a safe path, else an empty text."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    # A word without a slash is no address: a redirect would take it for the name of a view.
    return address if address.startswith("/") and is_safe(request, address) else ""


def back(request: HttpRequest) -> str:
    """Return the page the reader came from: ``next``, the referrer, or the start."""
    if address := wished(request):
        return address
    referrer = request.META.get("HTTP_REFERER", "")
    if referrer and is_safe(request, referrer):
        parts = urlsplit(referrer)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return "/"
