"""Drafts of consultations: kept by the page while somebody types, listed, thrown away, brought back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from counselling import services
from counselling.forms import ConsultationForm
from counselling.models import Client, Draft
from counselling.views.consultations import chosen_client
from counselling.views.lists import page_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission

LONGEST = 60_000  # characters of one draft; the fields together hold less
_KEPT = frozenset(ConsultationForm.base_fields) - {"submission"}


@access(Permission.CONSULTATION_WRITE)
def draft_list(request: StaffRequest) -> HttpResponse:
    """Show the user's drafts, and those thrown away today."""
    drafts = Draft.objects.visible_to(request.user).with_names(request.user)
    context = {"page_obj": page_of(drafts.open(), request), "gone": drafts.restorable()[:25]}
    return render(request, "counselling/draft_list.html", context)


def _is_gone(public_id: str) -> bool:
    """Nobody has this address any more: a page left open does not bring back what was erased with its client."""
    try:
        return not Client.objects.filter(public_id=UUID(public_id)).exists()
    except ValueError:
        return False


def _storable(text: str) -> str:
    """The text without what the database cannot hold (NUL, halves of characters); everything else is kept as typed."""
    return text.encode("utf-8", "ignore").decode().replace("\0", "")


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def draft_keep(request: StaffRequest, key: UUID) -> HttpResponse:
    """Keep what was typed. 410: the form was saved meanwhile, or the person erased. 413: more than any talk needs."""
    typed = {
        name: [_storable(value) for value in values] for name, values in request.POST.lists() if name in _KEPT
    }
    if sum(len(value) for values in typed.values() for value in values) > LONGEST:
        return JsonResponse({"message": _("This is too long for a draft.")}, status=413)
    client = chosen_client(request.user, request.POST.get("client"))
    if client is None and _is_gone(request.POST.get("client", "")):
        return JsonResponse(
            {"message": _("This record has been erased. What you type here is not kept.")}, status=410
        )
    draft = services.keep_draft(key=key, typed=typed, client=client, by=request.user)
    if draft is None:
        return JsonResponse({"message": _("This consultation is saved already.")}, status=410)
    at = time_format(timezone.localtime(draft.changed_at), "H:i")
    return JsonResponse({"message": _("Draft kept, %(at)s") % {"at": at}})


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def draft_discard(request: StaffRequest, key: UUID) -> HttpResponse:
    """Throw a draft away."""
    services.discard_draft(draft=get_object_or_404(Draft.objects.visible_to(request.user).open(), key=key))
    messages.success(request, _("The draft is thrown away. Until tomorrow you can bring it back."))
    return redirect("counselling:draft_list")


@access(Permission.CONSULTATION_WRITE, methods=["POST"])
def draft_restore(request: StaffRequest, key: UUID) -> HttpResponse:
    """Bring a draft back."""
    services.restore_draft(
        draft=get_object_or_404(Draft.objects.visible_to(request.user).restorable(), key=key)
    )
    messages.success(request, _("The draft is back."))
    return redirect("counselling:draft_list")
