"""A caseload into other hands: chosen, looked at once more, done."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from counselling import services
from counselling.forms.absences import CaseloadForm, HandoverForm
from counselling.models import Client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

MOST_AT_ONCE = 500


@access(Permission.CLIENT_REASSIGN, methods=["GET", "POST"])
def hand_over(request: StaffRequest) -> HttpResponse:
    """Choose whose clients, choose for each the new counsellor, see what would happen, and only then do it."""
    whose = CaseloadForm(request.GET or None, reader=request.user)
    if not whose.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "counselling/hand_over.html", {"whose": whose, "form": None}, status=status)
    counsellor = whose.cleaned_data["counsellor"]
    rows = Client.objects.visible_to(request.user).filter(counsellor=counsellor)
    clients = list(rows.order_by("latin_family_name", "latin_given_name", "pk")[: MOST_AT_ONCE + 1])
    is_cut, clients = len(clients) > MOST_AT_ONCE, clients[:MOST_AT_ONCE]
    form = HandoverForm(
        request.POST if request.method == "POST" else None,
        reader=request.user,
        counsellor=counsellor,
        clients=clients,
    )
    context = {
        "whose": whose,
        "form": form,
        "counsellor": counsellor,
        "rows": form.rows(),
        "is_cut": is_cut,
        "preview": [],
        "number": 0,
    }
    if request.method != "POST":
        return render(request, "counselling/hand_over.html", context)
    if not form.is_valid():
        return render(request, "counselling/hand_over.html", context, status=422)
    moves = form.moves()
    if request.POST.get("sure") != "1" or not moves:
        if not moves:
            form.add_error(None, _("Nobody is chosen yet."))
        context |= {
            "preview": sorted(Counter(moves.values()).items(), key=lambda pair: str(pair[0])),
            "number": len(moves),
        }
        return render(request, "counselling/hand_over.html", context, status=200 if moves else 422)
    done = services.hand_over(
        counsellor=counsellor, moves=moves, by=request.user, reason=form.cleaned_data["reason"], with_tasks=form.cleaned_data["with_tasks"]
    )  # fmt: skip
    text = ngettext(
        "%(n)s client is in other hands now.", "%(n)s clients are in other hands now.", done.clients
    )
    messages.success(request, text % {"n": done.clients})
    if done.skipped:
        gone = ngettext(
            "%(n)s had been given away meanwhile.", "%(n)s had been given away meanwhile.", done.skipped
        )
        messages.warning(request, gone % {"n": done.skipped})
    return redirect(reverse("counselling:client_list"))
