"""Changing a password, and choosing one by the link of a mail."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import PasswordResetConfirmView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from iqquadrat.accounts.access import StaffRequest, public, signed_in
from iqquadrat.accounts.forms import ChangePasswordForm, NewPasswordForm, PasswordLinkForm
from iqquadrat.accounts.mail import password_link_mail, post
from iqquadrat.accounts.models import User
from iqquadrat.accounts.services import allow_password_link


@signed_in(methods=["GET", "POST"])
@sensitive_post_parameters()
@never_cache
def change_password(request: StaffRequest) -> HttpResponse:
    """Change the own password; this session goes on, all others of the account end."""
    form = ChangePasswordForm(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, _("Your new password is set. You are signed out everywhere else."))
        return redirect("accounts:account")
    return render(
        request,
        "accounts/password_change.html",
        {"form": form},
        status=422 if request.method == "POST" else 200,
    )


@public(methods=["GET", "POST"])
@never_cache
def ask_for_link(request: HttpRequest) -> HttpResponse:
    """Take an e-mail address; the answer is the same whether there is an account or not."""
    form = PasswordLinkForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        send_link(request, email=form.cleaned_data["email"])
        return redirect("accounts:password_sent")
    return render(
        request,
        "accounts/password_ask.html",
        {"form": form},
        status=422 if request.method == "POST" else 200,
    )


def send_link(request: HttpRequest, *, email: str, template: str = "accounts/mail/password_link.txt") -> bool:
    """Send a link to the open account with this address. For an unknown one the same mail is made and thrown away.

    False: nothing was sent, because there is no such account or it got enough mails within the hour.
    """
    user = User.objects.filter(email__iexact=email, is_active=True).select_related("centre").first()
    origin = f"{request.scheme}://{request.get_host()}"
    nobody = User(email=email, language=settings.LANGUAGE_CODE, given_name="-", family_name="-")
    message = password_link_mail(user=user or nobody, origin=origin, template=template)
    if user is None or not allow_password_link(user=user):
        return False
    post(message)
    return True


@public()
def link_sent(request: HttpRequest) -> HttpResponse:
    """Say that a mail is on its way if there is such an account."""
    return render(request, "accounts/password_sent.html", {"minutes": settings.PASSWORD_RESET_TIMEOUT // 60})


class ConfirmView(PasswordResetConfirmView):
    """Django's own: it takes the token out of the address before the page is shown, so that no referrer tells it."""

    form_class = NewPasswordForm
    template_name = "accounts/password_confirm.html"
    success_url = reverse_lazy("accounts:password_done")

    def get_user(self, uidb64: str) -> Any:
        """Leave closed accounts closed."""
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show the form again with what is wrong."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


_confirm: Any = ConfirmView.as_view()
confirm_link = public(methods=["GET", "POST"])(_confirm)


@public()
def password_done(request: HttpRequest) -> HttpResponse:
    """Say that the new password is set."""
    return render(request, "accounts/password_done.html", {})
