"""The own account: name, language, appearance."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from iqquadrat.accounts.access import StaffRequest, public, signed_in
from iqquadrat.accounts.addresses import back
from iqquadrat.accounts.enums import Theme
from iqquadrat.accounts.forms import OwnAccountForm
from iqquadrat.accounts.services import change_own_facts
from iqquadrat.core.registry import panels_for


@signed_in(methods=["GET", "POST"])
def account(request: StaffRequest) -> HttpResponse:
    """Show and change the own account; rooms above add panels, such as the own entries of the access log."""
    user = request.user
    fields = ("form_of_address", "given_name", "family_name", "language", "theme")
    stored = {name: getattr(user, name) for name in fields}
    form = OwnAccountForm(request.POST if request.method == "POST" else None, initial=stored)
    if request.method == "POST" and form.is_valid():
        changed = change_own_facts(by=user, **form.cleaned_data)
        with translation.override(changed.language):
            messages.success(request, _("Your account is saved."))
        return _keep_language(redirect("accounts:account"), changed.language)
    context = {"form": form, "panels": panels_for("account", user)}
    return render(request, "accounts/account.html", context, status=422 if request.method == "POST" else 200)


@public(methods=["POST"])
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the pages to German or English: for an account it is saved, for this browser a cookie keeps it."""
    language = request.POST.get("language", "")
    if language not in settings.STAFF_LANGUAGES:
        raise BadRequest
    if request.user.is_authenticated:
        change_own_facts(by=request.user, language=language)
    return _keep_language(redirect(back(request)), language)


@signed_in(methods=["POST"])
def set_theme(request: StaffRequest) -> HttpResponse:
    """Switch the appearance and go back."""
    theme = request.POST.get("theme", "")
    if theme not in Theme.values:
        raise BadRequest
    change_own_facts(by=request.user, theme=theme)
    return redirect(back(request))


def _keep_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=60 * 60 * 24 * 365, secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY, samesite="Lax",
    )  # fmt: skip
    return response
