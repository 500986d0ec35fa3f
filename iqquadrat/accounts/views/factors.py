"""The own second factor: an app, security keys, recovery codes. Everything that changes it asks for a fresh sign-in."""

import secrets
from typing import Any

import pyotp
import segno
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from iqquadrat.accounts.access import StaffRequest, signed_in
from iqquadrat.accounts.addresses import first_page
from iqquadrat.accounts.forms import AppForm, SecurityKeyForm
from iqquadrat.accounts.models import AuthenticatorApp, SecurityKey
from iqquadrat.accounts.queries import key_ids, recovery_codes_left
from iqquadrat.accounts.sealing import seal, unseal
from iqquadrat.accounts.security_keys import challenge_bytes, new_challenge, options_to_add
from iqquadrat.accounts.services import (
    AccountError,
    WrongCodeError,
    add_security_key,
    new_secret,
    remove_app,
    remove_security_key,
    renew_recovery_codes,
    set_up_app,
)
from iqquadrat.accounts.views.signing_in import site_of

# So long a page to set something up holds: a phone has to be found and an app installed.
SET_UP_SECONDS = 30 * 60


def _own(purpose: str, request: StaffRequest) -> str:
    """What a page was given out for: this person's set-up, and nobody else's."""
    return f"{purpose} of {request.user.pk}"


def _back(request: StaffRequest) -> str:  # noqa: ARG001 - what a rule keeps for a request
    return reverse("accounts:factors")


@signed_in(before_second_factor=True)
@never_cache
def factors(request: StaffRequest) -> HttpResponse:
    """Show what stands beside the password. Who needs a second factor and has none finds the way here alone."""
    user = request.user
    app = AuthenticatorApp.objects.filter(user=user).first()
    context = {
        "app": app, "keys": SecurityKey.objects.filter(user=user), "codes_left": recovery_codes_left(user),
        "frame": "bare.html" if user.lacks_second_factor else "base.html",
    }  # fmt: skip
    return render(request, "accounts/factors.html", context)


@signed_in(methods=["GET", "POST"], fresh=True, keep=_back, before_second_factor=True)
@sensitive_post_parameters("code", "sealed")
@never_cache
def app(request: StaffRequest) -> HttpResponse:
    """Show a new secret as a picture and as text, and set the app up with its first code."""
    purpose = _own("authenticator app", request)
    sent = request.POST if request.method == "POST" else None
    secret = unseal(request.POST.get("sealed", ""), purpose=purpose, seconds=SET_UP_SECONDS) if sent else None
    form = AppForm(sent)
    status = 422 if sent else 200
    if sent and secret is None:
        # Too old, or not ours: another secret on a new page.
        messages.warning(request, _("This page was open for too long. Please scan the new picture."))
        return redirect("accounts:factor_app")
    if secret is not None and form.is_valid():
        try:
            codes = set_up_app(by=request.user, secret=secret, code=form.cleaned_data["code"])
        except WrongCodeError as refusal:
            form.add_error("code", str(refusal))
        else:
            return _done(request, codes, _("The app is set up."))
    if secret is None:
        secret = new_secret()
        form.initial["sealed"] = seal(secret, purpose=purpose)
    return render(
        request, "accounts/factor_app.html", {"form": form, **_shown(request, secret)}, status=status
    )


def _shown(request: StaffRequest, secret: str) -> dict[str, Any]:
    address = pyotp.TOTP(secret).provisioning_uri(name=request.user.email, issuer_name=settings.SITE_NAME)
    picture = segno.make(address, error="m", micro=False)
    return {
        "picture": picture.svg_data_uri(scale=5, border=4, light="#fff", dark="#000"), "address": address,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
    }  # fmt: skip


def _done(request: StaffRequest, codes: list[str], words: str) -> HttpResponse:
    """Lead on; with recovery codes, show them first, this once."""
    messages.success(request, words)
    return _show_codes(request, codes) if codes else redirect("accounts:factors")


def _show_codes(request: StaffRequest, codes: list[str]) -> HttpResponse:
    context = {"codes": codes, "next": first_page(request)}
    return render(request, "accounts/recovery_codes.html", context)


@signed_in(methods=["POST"], fresh=True, keep=_back)
def app_remove(request: StaffRequest) -> HttpResponse:
    """Take the own app away."""
    try:
        remove_app(by=request.user)
    except AccountError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The app is removed."))
    return redirect("accounts:factors")


@signed_in(methods=["POST"], fresh=True, keep=_back)
@never_cache
def recovery_codes(request: StaffRequest) -> HttpResponse:
    """Make ten new recovery codes and show them, this once."""
    try:
        codes = renew_recovery_codes(by=request.user)
    except AccountError as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:factors")
    return _show_codes(request, codes)


@signed_in(methods=["GET", "POST"], fresh=True, keep=_back, before_second_factor=True)
@never_cache
def key_add(request: StaffRequest) -> HttpResponse:
    """Ask the browser for a new key, and keep its public half under the name its owner gives it."""
    purpose = _own("security key", request)
    sent = request.POST if request.method == "POST" else None
    challenge = (
        unseal(request.POST.get("sealed", ""), purpose=purpose, seconds=SET_UP_SECONDS) if sent else None
    )
    form = SecurityKeyForm(sent)
    if sent and challenge is None:
        messages.warning(request, _("This page was open for too long. Please try again."))
        return redirect("accounts:key_add")
    if challenge is not None and form.is_valid():
        try:
            codes = add_security_key(
                by=request.user, name=form.cleaned_data["name"], answer=form.cleaned_data["answer"],
                challenge=challenge_bytes(challenge), site=site_of(request),
            )  # fmt: skip
        except AccountError as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, codes, _("The security key is set up."))
    if challenge is None:
        challenge = new_challenge()
        form.initial["sealed"] = seal(challenge, purpose=purpose)
    context = {"form": form, "options": _options(request, challenge)}
    return render(request, "accounts/key_add.html", context, status=422 if sent else 200)


def _options(request: StaffRequest, challenge: str) -> str:
    user = request.user
    return options_to_add(
        challenge=challenge, site=settings.SITE_NAME, host=site_of(request).name, handle=secrets.token_bytes(32),
        account=user.email, person=user.get_full_name(), known=key_ids(user),
    )  # fmt: skip


@signed_in(methods=["POST"], fresh=True, keep=_back)
def key_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Take one of the own keys away."""
    key = get_object_or_404(SecurityKey.objects.filter(user=request.user), pk=pk)
    try:
        remove_security_key(by=request.user, key=key)
    except AccountError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The security key is removed."))
    return redirect("accounts:factors")
