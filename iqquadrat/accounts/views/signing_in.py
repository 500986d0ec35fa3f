"""Signing in and out."""

import time

from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from iqquadrat.accounts.access import StaffRequest, public, signed_in
from iqquadrat.accounts.addresses import first_page, wished
from iqquadrat.accounts.forms import ConfirmForm, SignInForm
from iqquadrat.accounts.middleware import CONFIRMED_AT


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
        login(request, form.get_user())
        return redirect(address or first_page(request))
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "next": address,
        "just_signed_out": request.method == "GET" and "out" in request.GET,
    }
    return render(request, "accounts/sign_in.html", context, status=status)


@signed_in(methods=["GET", "POST"])
@sensitive_post_parameters("password")
@never_cache
def confirm(request: StaffRequest) -> HttpResponse:
    """Ask for the password once more before data leaves the house, and lead on."""
    form = ConfirmForm(request, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        request.session.cycle_key()
        request.session[CONFIRMED_AT] = int(time.time())
        return redirect(wished(request) or first_page(request))
    context = {"form": form, "next": wished(request)}
    return render(request, "accounts/confirm.html", context, status=422 if request.method == "POST" else 200)


@signed_in(methods=["POST"])
@never_cache
def sign_out(request: StaffRequest) -> HttpResponse:
    """End the session on the server and say so on the page for the next person."""
    logout(request)
    return redirect(f"{reverse('accounts:sign_in')}?out=1")
