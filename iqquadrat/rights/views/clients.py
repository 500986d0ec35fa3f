"""One client's rights: the part of the client's page, handing over, erasing, the hold."""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from counselling.models import Client
from counselling.views.lists import own_client
from iqquadrat import pdf
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission, Role
from iqquadrat.rights import services
from iqquadrat.rights.belongings import rows_of
from iqquadrat.rights.documents import UnknownLanguageError
from iqquadrat.rights.errors import HeldError, NotProposedError, SecondPersonError, WrongNumberError
from iqquadrat.rights.forms import EraseForm, HoldForm
from iqquadrat.rights.models import LegalHold, PersonRequest


def client_languages() -> list[tuple[str, str]]:
    """Return the languages that papers for clients exist in, with their names."""
    names = dict(settings.LANGUAGES)
    return [(code, str(names[code])) for code in settings.CLIENT_LANGUAGES]


def listed_client(request: StaffRequest, public_id: UUID) -> Client:
    """A client of the centre, for who may erase; the name is all that is read of it."""
    clients = Client.objects.visible_to(request.user).select_related("counsellor", "centre")
    return get_object_or_404(clients, public_id=public_id)


@access(Permission.CLIENT_HAND_OVER)
def client_rights(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The part of the client's page: what was asked for, handing over, the hold."""
    client = own_client(request.user, public_id)
    requests = (
        PersonRequest.objects.filter(client=client)
        .select_related("done_by", "proposed_by")
        .order_by("-received_on", "-pk")
    )
    context = {
        "client": client, "requests": requests, "today": timezone.localdate(), "languages": client_languages(),
        "hold": LegalHold.objects.standing().filter(client=client).first(),
    }  # fmt: skip
    return render(request, "rights/client_rights.html", context)


@access(Permission.CLIENT_HAND_OVER, fresh=True)
def hand_over_file(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Everything that is stored, as a file for another program."""
    client = own_client(request.user, public_id)
    with override("de"):
        data = services.hand_over_file(client=client, by=request.user)
    answer = HttpResponse(
        json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json; charset=utf-8"
    )
    answer["Content-Disposition"] = f'attachment; filename="daten-{client.number.lower()}.json"'
    answer["Cache-Control"] = "no-store, private"
    return answer


@access(Permission.CLIENT_HAND_OVER, fresh=True)
def hand_over_paper(request: StaffRequest, public_id: UUID, language: str) -> HttpResponse:
    """Everything that is stored, on paper."""
    client = own_client(request.user, public_id)
    try:
        document = services.hand_over_paper(client=client, language=language, by=request.user)
    except UnknownLanguageError:
        raise Http404 from None
    return pdf.response(document)


@access(Permission.CLIENT_ERASE, methods=["GET", "POST"], fresh=True)
def client_erase(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Say what will go and what will stay; erase when another one has proposed it and the number was typed."""
    client = listed_client(request, public_id)
    form = EraseForm(request.POST or None)
    hold = LegalHold.objects.standing().filter(client=client).first()
    if request.method == "POST" and form.is_valid():
        try:
            services.erase_client(client=client, by=request.user, typed_number=form.cleaned_data["number"])
        except WrongNumberError:
            form.add_error("number", _("This is not the number of this client."))
        except (NotProposedError, SecondPersonError):
            form.add_error("number", _("Two are needed: one proposes, another one erases."))
        except HeldError as held:
            hold = held.hold
        else:
            messages.success(request, _("The client is erased. The figures are as they were."))
            return redirect("counselling:client_list")
    context = {"client": client, "form": form, "hold": hold, "preview": services.preview(client)}
    return render(
        request,
        "rights/client_erase.html",
        context | _proposal(request, client),
        status=422 if form.is_bound else 200,
    )


def _proposal(request: StaffRequest, client: Client) -> dict[str, Any]:
    """How far the two have come who erase: the wish, who proposed it, and whether anybody else could carry it out."""
    wish = (
        PersonRequest.objects.to_erase()
        .filter(client__in=rows_of(client)[Client])
        .select_related("proposed_by", "created_by")
        .first()
    )
    others = User.objects.filter(
        centre_id=request.user.centre_id, is_active=True, roles__contains=[Role.COORDINATOR.value]
    ).exclude(pk=request.user.pk)
    is_mine = wish is not None and wish.proposed_by_id == request.user.pk
    return {
        "wish": wish, "is_mine": is_mine, "is_alone": not others.exists(),
        "may_erase": wish is not None and wish.proposed_at is not None and not is_mine,
    }  # fmt: skip


@access(Permission.CLIENT_ERASE, methods=["GET", "POST"])
def client_hold(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Keep a client from being erased, with a reason."""
    client = listed_client(request, public_id)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.hold_client(client=client, by=request.user, **form.cleaned_data)
        messages.success(request, _("The client is kept from being erased."))
        return redirect(client)
    context = {
        "client": client, "form": form, "hold": LegalHold.objects.standing().filter(client=client).select_related("set_by").first(),
    }  # fmt: skip
    return render(request, "rights/client_hold.html", context, status=422 if form.is_bound else 200)


@access(Permission.CLIENT_ERASE, methods=["POST"])
def hold_lift(request: StaffRequest, pk: int) -> HttpResponse:
    """The reason is gone."""
    hold = get_object_or_404(
        LegalHold.objects.filter(client__in=Client.objects.visible_to(request.user)).select_related("client"),
        pk=pk,
    )
    if hold.client.centre_id != request.user.centre_id:
        raise PermissionDenied
    services.lift_hold(hold=hold, by=request.user)
    messages.success(request, _("The hold is lifted."))
    return redirect(hold.client)
