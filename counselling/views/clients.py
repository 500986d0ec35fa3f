"""Clients: list, search, intake, page, changes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from counselling import search, services
from counselling.enums import ClientKind
from counselling.errors import RecordChangedError
from counselling.exports import clients_workbook
from counselling.forms import ClientFilterForm, ClientForm, DuplicateSearchForm, NameForm
from counselling.models import Client
from counselling.models.client import ClientQuerySet
from counselling.queries import possible_duplicates, with_last_contact
from counselling.views.lists import own_client, page_of, understood
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.forms import differences, on_top_of

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
    return download(clients_workbook(own), f"{name}.xlsx")


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


def _form_page(
    request: StaffRequest, form: ClientForm, client: Client | None, *, theirs: Any = (), status: int = 200
) -> HttpResponse:
    context = {"form": form, "client": client, "theirs": theirs, "kinds": ClientKind.choices}
    return render(request, "counselling/client_form.html", context, status=status)


@access(Permission.CLIENT_CREATE, methods=["GET", "POST"])
def client_create(request: StaffRequest) -> HttpResponse:
    """Step 2: the details; with a name, under a chosen one, or without."""
    if request.method != "POST":
        kind = request.GET.get("kind", "")[:12]
        return _form_page(request, ClientForm(user=request.user, kind=kind, initial=_carried(request)), None)
    form = ClientForm(request.POST, user=request.user)
    if "propose" in request.POST:
        return _proposed(request, form, None)
    if not form.is_valid():
        return _form_page(request, form, None, status=422)
    client = services.create_client(
        by=request.user,
        submission=form.cleaned_data["submission"],
        deputies=list(form.cleaned_data["deputies"]),
        **form.facts(),
    )
    messages.success(request, _("%(number)s is taken in.") % {"number": client.number})
    return redirect(client)


def _proposed(request: StaffRequest, form: ClientForm, client: Client | None) -> HttpResponse:
    """The form as it was typed, with a proposal for the Latin letters; nothing is stored."""
    form.propose_latin()
    return _form_page(request, form, client, status=200 if form.is_valid() else 422)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def client_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Change details; somebody who was faster is shown, not overwritten."""
    client = own_client(request.user, public_id)
    if request.method != "POST":
        return _form_page(request, ClientForm(user=request.user, client=client), client)
    form = ClientForm(request.POST, user=request.user, client=client)
    if "propose" in request.POST:
        return _proposed(request, form, client)
    if not form.is_valid():
        return _form_page(request, form, client, status=422)
    try:
        services.update_client(
            client=client, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
        )
    except RecordChangedError:
        client.refresh_from_db()
        on_top_of(form, client.revision)
        return _form_page(
            request,
            form,
            client,
            theirs=differences(form, ClientForm(user=request.user, client=client)),
            status=409,
        )
    messages.success(request, _("The details are saved."))
    return redirect(client)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def client_name(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Somebody who was known without a name gives one; first we look whether the person is here under it already."""
    client = own_client(request.user, public_id)
    form = NameForm(request.POST or None, initial={"revision": client.revision})
    if client.is_named:
        return _named_meanwhile(request, form, client)
    context: dict[str, Any] = {"form": form, "client": client, "found": [], "theirs": []}
    if request.method == "POST" and form.is_valid():
        names = form.names()
        if not form.cleaned_data["sure"]:
            context["found"] = _others_called(
                request.user, client, " ".join(names[key] for key in ("given_name", "family_name"))
            )
        if not context["found"]:
            try:
                services.name_client(
                    client=client, by=request.user, revision=form.cleaned_data["revision"], **names
                )
            except RecordChangedError:
                client.refresh_from_db()
                on_top_of(form, client.revision)
                return render(
                    request, "counselling/client_name.html", context | {"changed": True}, status=409
                )
            messages.success(request, _("The name is written down."))
            return redirect(client)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "counselling/client_name.html", context | {"changed": False}, status=status)


def _named_meanwhile(request: StaffRequest, form: NameForm, client: Client) -> HttpResponse:
    """Somebody was faster: both names are shown; whoever saves again corrects the name."""
    if request.method != "POST" or not form.is_valid():
        return redirect("counselling:client_edit", public_id=client.public_id)
    try:
        services.update_client(
            client=client, by=request.user, revision=form.cleaned_data["revision"], **form.names()
        )
    except RecordChangedError:
        theirs = differences(form, NameForm(initial={name: getattr(client, name) for name in form.names()}))
        on_top_of(form, client.revision)
        context = {"form": form, "client": client, "found": [], "theirs": theirs, "changed": False}
        return (
            render(request, "counselling/client_name.html", context, status=409)
            if theirs
            else redirect(client)
        )
    messages.success(request, _("The name is written down."))
    return redirect(client)


def _others_called(user: User, client: Client, name: str) -> list[tuple[Client, bool]]:
    """Clients of the centre who could be called so, and whether they are own ones; the search is logged."""
    found = [other for other in possible_duplicates(user, name, None, "") if other.pk != client.pk]
    record(Action.SEARCH, by=user, object_type="counselling.client", reason="duplicate", found=len(found))
    own = set(Client.objects.own(user).filter(pk__in=[c.pk for c in found]).values_list("pk", flat=True))
    return [(other, other.pk in own) for other in found]
