"""Every view declares who may come in; a view without a declaration is an error of ``manage.py check``.

    @access(Permission.CLIENT_CREATE, methods=["GET", "POST"])
    def create_client(request: StaffRequest) -> HttpResponse: ...

The decorator answers for the role. A record is then fetched through ``visible_to(user)``: what the reader may not know of is
a 404; what the reader knows but may not touch raises ``PermissionDenied`` and is a 403.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, Protocol

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from iqquadrat.accounts.middleware import is_fresh
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission

READ = ("GET", "HEAD")


class StaffRequest(HttpRequest):
    """A request whose user is signed in; what the views behind a rule get."""

    htmx: HtmxDetails
    user: User  # narrower than Django's: the rule has turned everybody else away


class View(Protocol):
    """A view function."""

    def __call__(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse: ...


# Takes what was sent in a request, and returns the address at which to go on with it.
Keep = Callable[[Any], str]


@dataclass(frozen=True)
class Rule:
    """Who may come in: ``public``, ``kiosk``, ``signed_in``, or one who has any of ``permissions``."""

    kind: str
    methods: tuple[str, ...]
    permissions: tuple[Permission, ...] = ()
    fresh: bool = False

    def admits(self, user: Any) -> bool:
        """Tell whether this user may enter as far as the role decides."""
        if self.kind in ("public", "kiosk"):
            return True
        if not user.is_authenticated:
            return False
        return self.kind == "signed_in" or any(user.may(permission) for permission in self.permissions)


def _declare(view: View, rule: Rule, guard: Callable[[HttpRequest], HttpResponse | None]) -> View:
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = guard(request)
        if refusal is not None:
            return refusal
        if request.method not in rule.methods:
            return HttpResponseNotAllowed(rule.methods)
        return view(request, *args, **kwargs)

    guarded.access_rule = rule  # type: ignore[attr-defined]  # read by the system check and the table test
    return guarded


def _methods(methods: Sequence[str]) -> tuple[str, ...]:
    return (*methods, "HEAD") if "GET" in methods and "HEAD" not in methods else tuple(methods)


def access(
    *permissions: Permission,
    methods: Sequence[str] = ("GET",),
    fresh: bool = False,
    keep: Keep | None = None,
    as_json: bool = False,
) -> Callable[[View], View]:
    """Admit signed-in users who have any of ``permissions``; others are sent to sign in, or get a 403.

    ``fresh`` is for what takes data out of the house: the password must have been given a short while ago, or is asked
    for again. ``keep`` takes what was sent when it was not fresh, so that asking loses nothing, and says where it goes on.
    ``as_json`` is for what a script asks: it gets 401 or 403 as JSON, for a page to sign in would read like an answer.
    """
    rule = Rule("permission", _methods(methods), permissions, fresh)

    def guard(request: HttpRequest) -> HttpResponse | None:
        if as_json and not rule.admits(request.user):
            known = request.user.is_authenticated
            return JsonResponse(
                {"error": "forbidden" if known else "signed_out"}, status=403 if known else 401
            )
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if not rule.admits(request.user):
            raise PermissionDenied
        if request.user.lacks_second_factor:
            return _to_set_up(request, as_json=as_json)
        if fresh and not is_fresh(request):
            return _to_confirm(request, keep)
        return None

    return lambda view: _declare(view, rule, guard)


def signed_in(
    *,
    methods: Sequence[str] = ("GET",),
    fresh: bool = False,
    keep: Keep | None = None,
    before_second_factor: bool = False,
) -> Callable[[View], View]:
    """Admit everybody who is signed in. ``fresh`` and ``keep`` as in ``access``.

    ``before_second_factor``: also who has to set up a second factor first. Only what that takes, and the way out, is open then.
    """
    rule = Rule("signed_in", _methods(methods), fresh=fresh)

    def guard(request: HttpRequest) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        if request.user.lacks_second_factor and not before_second_factor:
            return _to_set_up(request)
        return _to_confirm(request, keep) if fresh and not is_fresh(request) else None

    return lambda view: _declare(view, rule, guard)


def public(*, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Admit everybody: signing in, error pages, the health check."""
    return lambda view: _declare(view, Rule("public", _methods(methods)), lambda request: None)


def kiosk(*, methods: Sequence[str] = ("GET",)) -> Callable[[View], View]:
    """Admit a kiosk session; the kiosk's own middleware proves it. Such views never read ``request.user``."""
    return lambda view: _declare(view, Rule("kiosk", _methods(methods)), lambda request: None)


def _to_confirm(request: HttpRequest, keep: Keep | None) -> HttpResponse:
    """Ask for the password again, and lead back: to the page, or to where what was sent is kept."""
    next_page = request.get_full_path() if request.method in READ else "/"
    if keep is not None and request.method == "POST":
        next_page = keep(request)
    return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': next_page})}")


def _to_set_up(request: HttpRequest, *, as_json: bool = False) -> HttpResponse:
    """Lead somebody who has to have a second factor, and has none yet, to where it is set up."""
    if as_json:
        return JsonResponse({"error": "second_factor"}, status=403)
    address = reverse("accounts:factors")
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send to sign in and back; an htmx fragment is answered by a redirect of the whole page."""
    if getattr(request, "htmx", False):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = redirect_to_login(request.htmx.current_url_abs_path or "/").url  # type: ignore[attr-defined]  # a redirect has one
        return response
    # What only takes a POST is no place to come back to.
    return redirect_to_login(request.get_full_path() if request.method in READ else "/")
