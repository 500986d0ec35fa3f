"""Signing in and out: the password, and a second step where there is a second factor."""

from urllib.parse import urlencode

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from iqquadrat.accounts import second_step
from iqquadrat.accounts.access import StaffRequest, public, signed_in
from iqquadrat.accounts.addresses import first_page, wished
from iqquadrat.accounts.forms import ConfirmForm, SecondStepForm, SignInForm
from iqquadrat.accounts.models import User
from iqquadrat.accounts.queries import has_app, key_ids
from iqquadrat.accounts.security_keys import challenge_bytes, options_to_use
from iqquadrat.accounts.services import Site, accept_code, accept_security_key
from iqquadrat.accounts.signals import second_step_failed
from iqquadrat.accounts.throttling import answer_locked_out, count_code, forget_codes, too_many_codes


@public(methods=["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for e-mail and password. Known, unknown and closed accounts get the same answer after the same work."""
    address = wished(request)
    if request.user.is_authenticated:
        return redirect(address or first_page(request))
    form = SignInForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        user = form.get_user()
        if user.has_second_factor:
            return _to_second_step(request, user, address)
        login(request, user)
        return redirect(address or first_page(request))
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "next": address,
        "just_signed_out": request.method == "GET" and "out" in request.GET,
        "too_late": request.method == "GET" and "late" in request.GET,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


def _to_second_step(request: HttpRequest, user: User, address: str) -> HttpResponse:
    second_step.begin(request, user)
    page = reverse("accounts:second_step")
    return redirect(f"{page}?{urlencode({'next': address})}" if address else page)


def site_of(request: HttpRequest) -> Site:
    """Return where a security key is used: its name is bound to the host, not to the port."""
    host = request.get_host()
    name = host.rpartition(":")[0] if host.rpartition(":")[2].isdigit() else host
    return Site(name=name, origin=f"{request.scheme}://{host}")


@public(methods=["GET", "POST"])
@sensitive_post_parameters("code", "answer")
@never_cache
def ask_second_step(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a security key after the right password; until then nobody is signed in."""
    found = second_step.state_of(request)
    address = wished(request)
    if found is None:
        second_step.give_up(request)
        return redirect(
            reverse("accounts:confirm" if request.user.is_authenticated else "accounts:sign_in") + "?late=1"
        )
    user, state = found
    if too_many_codes(user):
        return answer_locked_out(request)
    by_paper = "recovery" in request.GET
    form = SecondStepForm(request.POST if request.method == "POST" else None, recovery=by_paper)
    if request.method == "POST" and form.is_valid():
        if _fits(request, user, state, form):
            forget_codes(user)
            second_step.complete(request, user)
            return redirect(address or first_page(request))
        if (answer := _count_wrong(request, user)) is not None:
            return answer
        form.add_error("code", _("That did not fit. Please try again; a code works once."))
        state = second_step.renew_challenge(request)
    known = key_ids(user)
    options = (
        options_to_use(challenge=state.challenge, host=site_of(request).name, known=known) if known else ""
    )
    context = {
        "form": form, "next": address, "by_paper": by_paper, "options": options, "has_app": has_app(user), "query": urlencode({"next": address} if address else {}),
    }  # fmt: skip
    return render(
        request, "accounts/second_step.html", context, status=422 if request.method == "POST" else 200
    )


def _fits(request: HttpRequest, user: User, state: second_step.HalfWay, form: SecondStepForm) -> bool:
    if form.cleaned_data["answer"]:
        challenge = challenge_bytes(state.challenge)
        return accept_security_key(
            user=user, answer=form.cleaned_data["answer"], challenge=challenge, site=site_of(request)
        )
    return accept_code(user=user, code=form.cleaned_data["code"])


def _count_wrong(request: HttpRequest, user: User) -> HttpResponse | None:
    """Count a wrong one; the page that shuts the door if it was one too many."""
    count_code(user)
    locked = too_many_codes(user)
    second_step_failed.send(sender=User, user=user, locked=locked)
    if not locked:
        return None
    second_step.give_up(request)
    return answer_locked_out(request)


@signed_in(methods=["GET", "POST"], before_second_factor=True)
@sensitive_post_parameters("password")
@never_cache
def confirm(request: StaffRequest) -> HttpResponse:
    """Ask for the password once more before data leaves the house, and lead on."""
    form = ConfirmForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if request.user.has_second_factor:
            return _to_second_step(request, request.user, wished(request))
        second_step.complete(request, request.user)
        return redirect(wished(request) or first_page(request))
    context = {"form": form, "next": wished(request)}
    return render(request, "accounts/confirm.html", context, status=422 if request.method == "POST" else 200)


@signed_in(methods=["POST"], before_second_factor=True)
@never_cache
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session on the server and say so on the page for the next person."""
    logout(request)
    return redirect(f"{reverse('accounts:sign_in')}?out=1")
