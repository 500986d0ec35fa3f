"""Coding in the office: trades that are known in plain words only, with the branches that fit."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from businesses.coding import branches_by_code, proposed_codes
from businesses.errors import AlreadyCodedError
from businesses.forms import CodingForm
from businesses.models import Business
from businesses.services import code_business
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of


@access(Permission.BUSINESS_WRITE)
def coding(request: StaffRequest) -> HttpResponse:
    """Businesses without a branch but with words, in the order of the doors."""
    return _page(request, chosen=request.GET.get("choose", ""))


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def business_code(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take the branch that was chosen, and go on where the list was."""
    business = get_object_or_404(Business.objects.visible_to(request.user), public_id=public_id)
    form = CodingForm(request.POST)
    if not form.is_valid():
        return _page(request, chosen=str(public_id), failed=form)
    branch = form.chosen()
    names = {"business": business.display_name, "branch": str(branch)}
    try:
        code_business(business=business, branch=branch, by=request.user)
    except AlreadyCodedError:
        messages.error(
            request, _("Somebody else has coded “%(business)s” in the meantime; nothing was changed.") % names
        )
    else:
        messages.success(request, _("“%(business)s” is coded: %(branch)s") % names)
    return redirect(f"{reverse('businesses:coding')}?{_place(request)}")


def _page(request: StaffRequest, *, chosen: str, failed: CodingForm | None = None) -> HttpResponse:
    waiting = Business.objects.visible_to(request.user).to_code()
    page = page_of(waiting.select_related("premises__street").by_door(), request)
    codes = {business.pk: proposed_codes(business.branch_words) for business in page}
    branches = branches_by_code(code for found in codes.values() for code in found)
    rows = [
        (business, [branches[code] for code in codes[business.pk] if code in branches]) for business in page
    ]
    # One list of all branches a page is enough: at the row that was asked for, else at the first, where one goes on.
    shown = {str(business.public_id) for business, _found in rows}
    opened = chosen if chosen in shown else next((str(row[0].public_id) for row in rows), "")
    context = {
        "page_obj": page, "rows": rows, "opened": opened, "form": failed or CodingForm(), "place": _place(request),
        "list_address": reverse("businesses:coding"),
    }  # fmt: skip
    return render(request, "businesses/coding.html", context, status=422 if failed else 200)


def _place(request: StaffRequest) -> str:
    """The page of the list as a query, so that saving leads back to it."""
    wanted = {name: request.GET.get(name, "") for name in ("page", "size")}
    return urlencode({name: value for name, value in wanted.items() if value.isdecimal()})
