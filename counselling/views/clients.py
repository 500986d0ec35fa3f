"""Clients: list, search, intake, page, changes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from counselling import search, services
from counselling.errors import RecordChangedError
from counselling.exports import clients_workbook
from counselling.forms import ClientFilterForm, ClientForm, DuplicateSearchForm
from counselling.forms.fields import on_top_of
from counselling.models import Client
from counselling.models.client import ClientQuerySet
from counselling.queries import possible_duplicates, with_last_contact
from counselling.views.lists import own_client, page_of, understood
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission

SEE = (Permission.CLIENT_READ_OWN, Permission.CLIENT_LIST)


def _filtered(request: StaffRequest) -> tuple[ClientFilterForm, ClientQuerySet]:
    user = request.user
    clients: ClientQuerySet = Client.objects.visible_to(user)
    districts = (
        clients.exclude(district="").order_by("district").values_list("district", flat=True).distinct()
    )
    full = user.may(Permission.CLIENT_READ_OWN)
    form = ClientFilterForm(request.GET, user=user, districts=list(districts[:100]), full=full)
    wanted = understood(form)
    if text := wanted.get("q"):
        clients = search.matching(clients, text, centre_id=user.centre_id)
    if language := wanted.get("language"):
        clients = clients.filter(spoken_languages__contains=[language])
    if charge := wanted.get("charge"):
        clients = clients.filter(counsellor_id=user.pk if charge == "me" else int(charge))
    if district := wanted.get("district"):
        clients = clients.filter(district=district)
    if status := wanted.get("status"):
        clients = clients.filter(labour_market_status=status)
    order = ClientFilterForm.SORTS[wanted.get("sort") or "name"]
    return form, clients.select_related("counsellor").order_by(*order)


@access(*SEE)
def client_list(request: StaffRequest) -> HttpResponse:
    """Show the clients the reader may see, 25 a page."""
    form, clients = _filtered(request)
    full = request.user.may(Permission.CLIENT_READ_OWN)
    page = page_of(with_last_contact(clients) if full else clients, request)
    context = {"filter_form": form, "page_obj": page, "full": full, "sort": request.GET.get("sort") or "name"}
    return render(request, "counselling/client_list.html", context)


@access(Permission.CLIENT_READ_OWN, fresh=True)
def client_export(request: StaffRequest) -> HttpResponse:
    """Hand out the list as a spreadsheet: the rows shown, own clients only."""
    _form, clients = _filtered(request)
    own = clients.filter(pk__in=Client.objects.own(request.user).values("pk"))
    record(Action.EXPORT, by=request.user, object_type="counselling.client", format="xlsx", rows=own.count())
    name = _("client-list")
    return HttpResponse(
        clients_workbook(own),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=f"{name}.xlsx")
            or ""
        },
    )


@access(*SEE)
def client_search(request: StaffRequest) -> HttpResponse:
    """Find clients from the box of every page: a few as one types, more on the page of its own."""
    text = request.GET.get("q", "")[:200]
    typing = bool(request.htmx)
    found = search.find(
        Client.objects.visible_to(request.user).select_related("counsellor"),
        text, centre_id=request.user.centre_id, limit=8 if typing else search.MOST,
    )  # fmt: skip
    context = {"text": text, "found": found, "choose": request.GET.get("choose") == "1"}
    if typing:
        return render(request, "counselling/includes/search_results.html", context)
    if text:
        record(Action.SEARCH, by=request.user, object_type="counselling.client", found=len(found))
    return render(request, "counselling/client_search.html", context)


@access(Permission.CLIENT_CREATE)
def client_check(request: StaffRequest) -> HttpResponse:
    """Step 1 of taking somebody in: is the person here already? Few fields, and logged."""
    form = DuplicateSearchForm(request.GET or None)
    context: dict[str, Any] = {"form": form, "searched": False, "found": [], "carry": ""}
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        found = possible_duplicates(request.user, data["name"], data["birth"], data["phone"])
        record(
            Action.SEARCH,
            by=request.user,
            object_type="counselling.client",
            reason="duplicate",
            found=len(found),
        )
        own = set(
            Client.objects.own(request.user).filter(pk__in=[c.pk for c in found]).values_list("pk", flat=True)
        )
        context |= {"searched": True, "found": [(client, client.pk in own) for client in found]}
    return render(
        request,
        "counselling/client_check.html",
        context,
        status=422 if form.is_bound and form.errors else 200,
    )


def _carried(request: StaffRequest) -> dict[str, Any]:
    """What was typed in step 1, as a beginning of step 2: the last word of a name is usually the family name."""
    words = request.GET.get("name", "")[:200].split()
    name = (
        {"given_name": " ".join(words[:-1]), "family_name": words[-1]}
        if len(words) > 1
        else {"given_name": " ".join(words)}
    )
    if words and all(char.isascii() for word in words for char in word):
        name |= {f"latin_{key}": value for key, value in name.items()}
    return name | {"birth": request.GET.get("birth", "")[:30], "phone": request.GET.get("phone", "")[:50]}


@access(Permission.CLIENT_CREATE, methods=["GET", "POST"])
def client_create(request: StaffRequest) -> HttpResponse:
    """Step 2: the details."""
    if request.method != "POST":
        form = ClientForm(user=request.user, initial=_carried(request))
        return render(request, "counselling/client_form.html", {"form": form, "client": None, "theirs": []})
    form = ClientForm(request.POST, user=request.user)
    if not form.is_valid():
        return render(
            request, "counselling/client_form.html", {"form": form, "client": None, "theirs": []}, status=422
        )
    client = services.create_client(
        by=request.user,
        submission=form.cleaned_data["submission"],
        deputies=list(form.cleaned_data["deputies"]),
        **form.facts(),
    )
    messages.success(request, _("%(number)s is taken in.") % {"number": client.number})
    return redirect(client)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def client_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change details; somebody who was faster is shown, not overwritten."""
    client = own_client(request.user, public_id)
    if request.method != "POST":
        form = ClientForm(user=request.user, client=client)
        return render(request, "counselling/client_form.html", {"form": form, "client": client, "theirs": []})
    form = ClientForm(request.POST, user=request.user, client=client)
    if not form.is_valid():
        return render(
            request,
            "counselling/client_form.html",
            {"form": form, "client": client, "theirs": []},
            status=422,
        )
    try:
        services.update_client(
            client=client, by=request.user, revision=form.cleaned_data["revision"], **form.facts(),
        )  # fmt: skip
    except RecordChangedError:
        client.refresh_from_db()
        on_top_of(form, client.revision)
        context = {
            "form": form,
            "client": client,
            "theirs": _differences(form, client, request.user),
        }
        return render(request, "counselling/client_form.html", context, status=409)
    messages.success(request, _("The details are saved."))
    return redirect(client)


def _differences(form: ClientForm, client: Client, user: User) -> list[tuple[Any, Any, Any]]:
    """Label, stored value and typed value of every field that differs."""
    stored = ClientForm(user=user, client=client)
    rows = []
    for field in form:
        if field.is_hidden:
            continue
        theirs, mine = stored[field.name].value() or "", field.value() or ""
        if theirs != mine and str(theirs) != str(mine):
            rows.append((field.label, _words(field, theirs), _words(field, mine)))
    return rows


def _words(field: Any, value: Any) -> str:
    """A stored or typed value as people read it."""
    labels = dict(getattr(field.field, "choices", []))
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(labels.get(part, part)) for part in values) or "–"
