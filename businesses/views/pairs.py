"""Two records that really are two businesses: said, and taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.errors import NotMergeableError
from businesses.forms.pairs import ReallyTwoForm
from businesses.models import Business, ReallyTwo
from businesses.services import say_no_longer_two, say_two
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def really_two(request: StaffRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Both records, and why they are two; sending it says so."""
    visible = Business.objects.visible_to(request.user).listed()
    one, two = (get_object_or_404(visible, public_id=address) for address in (public_id, other))
    if one == two:
        return redirect("businesses:business_detail", public_id=public_id)
    bound = request.method == "POST"
    form = ReallyTwoForm(request.POST if bound else None)
    if bound and form.is_valid():
        return _say(request, one, two, form.cleaned_data["reason"])
    said = (
        ReallyTwo.objects.visible_to(request.user).about(one.pk, two.pk).select_related("decided_by").first()
    )
    context = {"form": form, "both": (one, two), "said": said}
    return render(request, "businesses/really_two.html", context, status=422 if bound else 200)


def _say(request: StaffRequest, one: Business, two: Business, reason: str) -> HttpResponse:
    try:
        say_two(one=one, other=two, reason=reason, by=request.user)
    except NotMergeableError:
        messages.error(request, _("One of these two records has become part of another one meanwhile."))
    else:
        messages.success(request, _("They are two. The pair is not proposed any more."))
    return redirect("businesses:duplicates")


@access(Permission.BUSINESS_WRITE, methods=["POST"])
def really_two_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """Take back that two are two."""
    pair = get_object_or_404(ReallyTwo.objects.visible_to(request.user), pk=pk)
    say_no_longer_two(pair=pair, by=request.user)
    messages.success(request, _("Taken back. If the names are alike enough, the pair is proposed again."))
    return redirect("businesses:duplicates")
