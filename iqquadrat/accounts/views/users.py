"""The accounts of the centre: a list for those who may read it, changes for administrators."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.forms import AccountFilter, AccountForm, NewAccountForm
from iqquadrat.accounts.mail import factor_gone_mail, post
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.queries import find_accounts, places_of, recovery_codes_left
from iqquadrat.accounts.services import (
    EmailTakenError,
    NotAllowedError,
    OwnFactorError,
    OwnRightsError,
    StaleAccountError,
    change_user,
    close_account,
    create_user,
    end_all_sittings,
    reopen_account,
    take_second_factor_away,
)  # fmt: skip
from iqquadrat.accounts.views.passwords import send_link
from iqquadrat.core.forms import differences, on_top_of

PAGE_SIZE = 25


@access(Permission.USER_READ)
def user_list(request: StaffRequest) -> HttpResponse:
    """List the centre's accounts, a page at a time."""
    filters = AccountFilter(request.GET)
    wanted = filters.cleaned_data if filters.is_valid() else {}
    page = Paginator(find_accounts(request.user, **wanted), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"filters": filters, "page": page, "is_filtered": any(wanted.values())}
    return render(request, "accounts/user_list.html", context)


@access(Permission.USER_WRITE, methods=["GET", "POST"])
@sensitive_post_parameters("password")
def create_account(request: StaffRequest) -> HttpResponse:
    """Create an account; without a first password its owner gets a link by mail."""
    form = NewAccountForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            user = create_user(
                by=request.user, centre=request.user.centre, roles=form.cleaned_data["roles"],
                password=form.cleaned_data["password"] or None, submission=form.cleaned_data["submission"], **form.facts(),
            )  # fmt: skip
        except EmailTakenError as taken:
            form.add_error("email", str(taken))
        else:
            if form.cleaned_data["password"]:
                messages.success(request, _("The account of %(name)s is ready.") % {"name": user})
            else:
                send_link(request, email=user.email, template="accounts/mail/welcome.txt")
                messages.success(
                    request,
                    _("The account of %(name)s is ready. A link to choose a password is on its way.")
                    % {"name": user},
                )
            return redirect("administration:user_list")
    return render(
        request, "accounts/user_create.html", {"form": form}, status=422 if request.method == "POST" else 200
    )


@access(Permission.USER_WRITE, methods=["GET", "POST"])
def edit_account(request: StaffRequest, pk: int) -> HttpResponse:
    """Change an account. Somebody else's change in between is shown, not overwritten."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    fields = ("form_of_address", "given_name", "family_name", "email", "roles", "revision")
    stored = {name: getattr(user, name) for name in fields}
    form = AccountForm(
        request.POST if request.method == "POST" else None, initial=stored, own=user.pk == request.user.pk
    )
    status = 422 if request.method == "POST" else 200
    theirs: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            change_user(
                user=user, by=request.user, roles=form.cleaned_data["roles"],
                revision=form.cleaned_data["revision"], **form.facts(),
            )  # fmt: skip
        except StaleAccountError:
            on_top_of(form, user.revision)
            theirs, status = differences(form, AccountForm(initial=stored)), 409
        except EmailTakenError as taken:
            form.add_error("email", str(taken))
        else:
            messages.success(request, _("The account of %(name)s is saved.") % {"name": user})
            return redirect("administration:user_list")
    context = {
        "form": form, "account": user, "theirs": theirs, "is_own": user.pk == request.user.pk, "number_of_places": len(places_of(user)),
        "codes_left": recovery_codes_left(user) if user.has_second_factor else 0,
    }  # fmt: skip
    return render(request, "accounts/user_edit.html", context, status=status)


@access(Permission.USER_WRITE, methods=["POST"])
def close(request: StaffRequest, pk: int) -> HttpResponse:
    """Close an account: its sessions end at once."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        close_account(user=user, by=request.user)
    except (OwnRightsError, NotAllowedError) as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The account of %(name)s is closed.") % {"name": user})
    return redirect("administration:user_edit", pk=user.pk)


@access(Permission.USER_WRITE, methods=["POST"])
def reopen(request: StaffRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        reopen_account(user=user, by=request.user)
    except (OwnRightsError, NotAllowedError) as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("The account of %(name)s is open again.") % {"name": user})
    return redirect("administration:user_edit", pk=user.pk)


@access(Permission.USER_WRITE, methods=["POST"])
def send_password_link(request: StaffRequest, pk: int) -> HttpResponse:
    """Send somebody the link to choose a new password."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    if send_link(request, email=user.email):
        messages.success(request, _("A link to choose a password is on its way."))
    else:
        messages.warning(
            request, _("No mail was sent: the account is closed, or it got three links within the last hour.")
        )
    return redirect("administration:user_edit", pk=user.pk)


def _to_the_account(request: Any) -> str:
    return reverse("administration:user_edit", kwargs={"pk": request.resolver_match.kwargs["pk"]})


@access(Permission.USER_WRITE, methods=["POST"], fresh=True, keep=_to_the_account)
def take_factor_away(request: StaffRequest, pk: int) -> HttpResponse:
    """Take the second factor from somebody who lost it, and tell the person by mail."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        taken = take_second_factor_away(user=user, by=request.user)
    except (OwnFactorError, NotAllowedError) as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    if taken:
        post(factor_gone_mail(user=user))
        messages.success(
            request,
            _("%(name)s signs in with the password alone for now, and was told by e-mail.") % {"name": user},
        )
    return redirect("administration:user_edit", pk=user.pk)


@access(Permission.USER_WRITE, methods=["POST"])
def sign_out_everywhere(request: StaffRequest, pk: int) -> HttpResponse:
    """End all sittings of somebody, for example when a phone or PC was stolen. Of oneself too: then one signs in again."""
    user = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    try:
        end_all_sittings(user=user, by=request.user)
    except NotAllowedError as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, _("%(name)s is signed out everywhere.") % {"name": user})
    return redirect("administration:user_edit", pk=user.pk)
