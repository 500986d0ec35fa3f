"""Consultations: logged on one page, corrected, listed."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Sum
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from counselling import search, services
from counselling.consents import current_text
from counselling.enums import Purpose
from counselling.errors import NotAllowedError, RecordChangedError
from counselling.exports import MOST_AT_ONCE, consultations_workbook
from counselling.forms import ConsultationFilterForm, ConsultationForm
from counselling.forms.consultations import as_typed, from_draft
from counselling.models import Appointment, Client, Consultation, Draft
from counselling.queries import appointment_at, consultations_for_list, day_bounds
from counselling.rules import can_change_consultation, can_read_client
from counselling.views.lists import page_of, understood
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.downloads import download
from iqquadrat.core.forms import on_top_of
from iqquadrat.core.registry import panels_for


@access(Permission.CONSULTATION_WRITE, Permission.CONSULTATION_READ_FACTS)
def consultation_list(request: StaffRequest) -> HttpResponse:
    """Show consultations; who may read only facts meets numbers instead of names."""
    form = ConsultationFilterForm(request.GET)
    rows = _filtered(Consultation.objects.facts_visible_to(request.user), understood(form), request.user)
    totals = rows.contacts().aggregate(minutes=Sum("minutes"))
    page = page_of(consultations_for_list(rows), request)
    shown = {
        client.pk
        for client in Client.objects.own(request.user).filter(pk__in=[row.client_id for row in page])
    }
    context = {
        "filter_form": form, "page_obj": page, "hours": round((totals["minutes"] or 0) / 60), "named": shown,
        "writes": request.user.may(Permission.CONSULTATION_WRITE),
    }  # fmt: skip
    return render(request, "counselling/consultation_list.html", context)


@access(Permission.CONSULTATION_WRITE, Permission.CONSULTATION_READ_FACTS, fresh=True)
def consultation_export(request: StaffRequest) -> HttpResponse:
    """Hand out the facts of the talks that the list shows, with the same filters; what is too long is asked for in parts."""
    rows = _filtered(
        Consultation.objects.facts_visible_to(request.user),
        understood(ConsultationFilterForm(request.GET)),
        request.user,
    )
    count = rows.count()
    if count > MOST_AT_ONCE:
        messages.error(
            request,
            _("These are %(count)s talks. A file holds up to %(most)s: please choose a shorter time.")
            % {"count": number_format(count), "most": number_format(MOST_AT_ONCE)},
        )
        return redirect(f"{reverse('counselling:consultation_list')}?{request.GET.urlencode()}")
    record(Action.EXPORT, by=request.user, object_type="counselling.consultation", format="xlsx", rows=count)
    name = f"{_('consultations')}-{timezone.localdate():%Y-%m-%d}.xlsx"
    return download(consultations_workbook(rows), name)


def _filtered(rows: Any, wanted: dict[str, Any], user: User) -> Any:
    if begin := wanted.get("begin"):
        rows = rows.filter(held_at__gte=day_bounds(begin)[0])
    if end := wanted.get("end"):
        rows = rows.filter(held_at__lt=day_bounds(end)[1])
    if topic := wanted.get("topic"):
        rows = rows.filter(main_topic=topic)
    if language := wanted.get("language"):
        rows = rows.filter(languages__contains=[language])
    if channel := wanted.get("channel"):
        rows = rows.filter(channel=channel)
    if wanted.get("who") == "me":
        rows = rows.filter(counsellor=user)
    return rows


def chosen_client(user: User, public_id: Any) -> Client | None:
    """The client of the address or of a form that failed; a forged one is nobody."""
    try:
        return Client.objects.own(user).at_address(public_id) if public_id else None
    except (ValidationError, ValueError):
        return None


def _page(
    request: StaffRequest, form: ConsultationForm, client: Client | None, record: Consultation | None, status: int = 200,
    theirs: list[tuple[Any, Any, Any]] | None = None, people: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    # Whoever wrote a talk corrects it also when the client has got into other hands; from then on the page shows the number.
    if client is not None and not can_read_client(request.user, client):
        client = None
    context = {
        "form": form,
        "client": client,
        "record": record,
        "marks": panels_for("consultation.marks", request.user),
        "theirs": theirs or [],
        "people": people,
        "finished": form.data.getlist("finished")
        if isinstance(form.data, QueryDict)
        else form.initial.get("finished", []),
        "others": _not_own(request.user, record) if record else 0,
        "consent_text": current_text(Purpose.REFERRAL, request.user.centre_id).text if record is None else "",
        "draft_key": _uuid(form["submission"].value()) if record is None else None,
    } | _aside(request.user, client, record)
    return render(request, "counselling/consultation_form.html", context, status=status)


def _not_own(user: User, record: Consultation) -> int:
    """How many further persons of a talk the reader may not know of."""
    further = record.further_persons
    return len(further) - Client.objects.own(user).filter(pk__in=further).count() if further else 0


def _planned(user: User, client: Client | None, public_id: str) -> Appointment | None:
    """The appointment of the address, or the one that is now; only with its own client."""
    if client is None:
        return None
    if (key := _uuid(public_id)) is not None:
        return Appointment.objects.filter(counsellor=user, client=client, public_id=key).first()
    return appointment_at(user, client, timezone.now())


def _aside(user: User, client: Client | None, record: Consultation | None = None) -> dict[str, Any]:
    if client is None:
        return {"last": None, "open_follow_ups": []}
    earlier = Consultation.objects.contacts().visible_to(user).filter(client=client)
    if record is not None:
        earlier = earlier.filter(held_at__lt=record.held_at)
    return {"last": earlier.first(), "open_follow_ups": client.follow_ups.open()[:5]}


def _with_person(
    request: StaffRequest, client: Client | None, record: Consultation | None
) -> HttpResponse | None:
    """Without JavaScript further persons come by buttons of the form: the page again with everything typed, and one person more.

    None when the form was not sent for that.
    """
    if not {"find_person", "add_person"} & request.POST.keys():
        return None
    text, own = request.POST.get("with", "")[:200], Client.objects.own(request.user)
    typed = as_typed(request.POST.lists())
    chosen, found = chosen_client(request.user, request.POST.get("add_person")), []
    if chosen is None and text:
        there = {str(client.public_id) if client else "", *typed["companions"]}
        found = [
            one for one in search.find(own, text, centre_id=request.user.centre_id, limit=8) if str(one.public_id) not in there
        ]  # fmt: skip
        if len(found) == 1:
            chosen = found[0]
    if chosen is not None:
        text, found = "", []
        key = str(chosen.public_id)
        if chosen != client and key not in typed["companions"]:
            typed["companions"].append(key)
    form = ConsultationForm(user=request.user, client=client, record=record, initial=typed)
    return _page(request, form, client, record, people={"text": text, "found": found})


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def consultation_create(request: StaffRequest) -> HttpResponse:
    """Log a talk; what was so the last time is filled in."""
    if request.method != "POST":
        if draft := _draft(request):
            form = ConsultationForm(user=request.user, client=draft.client, initial=from_draft(draft))
            return _page(request, form, draft.client, None)
        client = chosen_client(request.user, request.GET.get("client"))
        planned = _planned(request.user, client, request.GET.get("appointment", ""))
        form = ConsultationForm(user=request.user, client=client, appointment=planned)
        return _page(request, form, client, None)
    client = chosen_client(request.user, request.POST.get("client"))
    if page := _with_person(request, client, None):
        return page
    form = ConsultationForm(request.POST, user=request.user, client=client)
    if not form.is_valid():
        return _page(request, form, client, None, status=422)
    data = form.cleaned_data
    try:
        made = services.log_consultation(
            by=request.user, client=data["client"], submission=data["submission"], other_topics=data["others"],
            next_step=data["next_step"], next_step_on=data["next_step_on"], finished_follow_ups=list(data["finished"]),
            companions=data["companions"], absent=data["absent"], referral=form.referral(), **form.facts(),
        )  # fmt: skip
    except NotAllowedError:
        raise PermissionDenied from None
    messages.success(request, _("The consultation is saved."))
    if request.POST.get("then") == "appointment" and made.client:
        return redirect(f"{reverse('counselling:appointment_create')}?client={made.client.public_id}")
    return redirect(made.client or "counselling:consultation_list")


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None


def _draft(request: StaffRequest) -> Draft | None:
    """The draft of the address, if it is the user's own and its client still is; a forged one is none."""
    key = _uuid(request.GET.get("draft"))
    if key is None:
        return None
    draft = Draft.objects.visible_to(request.user).open().select_related("client").filter(key=key).first()
    if draft and draft.client and not can_read_client(request.user, draft.client):
        raise PermissionDenied
    return draft


@access(Permission.CONSULTATION_WRITE)
def consultation_aside(request: StaffRequest) -> HttpResponse:
    """What the page of logging shows beside the form once a client is chosen."""
    client = chosen_client(request.user, request.GET.get("client"))
    planned = _planned(request.user, client, "")
    context = _aside(request.user, client) | {
        "client": client, "finished": [], "begins": ConsultationForm(user=request.user, client=client, appointment=planned),
    }  # fmt: skip
    return render(request, "counselling/includes/consultation_aside.html", context)


@access(Permission.CONSULTATION_WRITE)
def consultation_people(request: StaffRequest) -> HttpResponse:
    """Find further persons for the same talk, as one types."""
    text = request.GET.get("with", "")[:200]
    own = Client.objects.own(request.user)
    found = search.find(own, text, centre_id=request.user.centre_id, limit=8)
    return render(
        request, "counselling/includes/people_found.html", {"text": text, "found": found, "plain": False}
    )


@access(Permission.CONSULTATION_WRITE, methods=["GET", "POST"])
def consultation_edit(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Correct what one has logged oneself."""
    consultation = get_object_or_404(
        Consultation.objects.visible_to(request.user)
        .select_related("client", "main_topic")
        .prefetch_related("attendances__client"),
        public_id=public_id,
    )
    if not can_change_consultation(request.user, consultation):
        raise PermissionDenied
    client = consultation.client
    if request.method != "POST":
        return _page(
            request,
            ConsultationForm(user=request.user, client=client, record=consultation),
            client,
            consultation,
        )
    if page := _with_person(request, client, consultation):
        return page
    form = ConsultationForm(request.POST, user=request.user, client=client, record=consultation)
    if not form.is_valid():
        return _page(request, form, client, consultation, status=422)
    data = form.cleaned_data
    try:
        services.update_consultation(
            consultation=consultation, by=request.user, revision=data["revision"], other_topics=data["others"],
            next_step=data["next_step"], next_step_on=data["next_step_on"], companions=data["companions"], absent=data["absent"],
            **form.facts(),
        )  # fmt: skip
    except RecordChangedError:
        consultation.refresh_from_db()
        theirs = _differences(form, consultation)
        on_top_of(form, consultation.revision)
        return _page(request, form, client, consultation, status=409, theirs=theirs)
    messages.success(request, _("The correction is saved."))
    return redirect(file_or_list(request.user, client))


def file_or_list(user: User, client: Client | None) -> Client | str:
    """Where to go when a talk is stored: to the client's page, or to the list for who may not open it (any more)."""
    return client if client is not None and can_read_client(user, client) else "counselling:consultation_list"


def _differences(form: ConsultationForm, stored: Consultation) -> list[tuple[Any, Any, Any]]:
    """Label, stored and typed text of what differs."""
    typed = form.facts()
    rows = []
    for name in ("held_at", "minutes", "channel", "concern", "done", "agreed", "private_note"):
        theirs, mine = getattr(stored, name), typed.get(name, getattr(stored, name))
        if theirs != mine:
            rows.append((Consultation._meta.get_field(name).verbose_name, _words(theirs), _words(mine)))  # type: ignore[union-attr]
    return rows


def _words(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    return str(value) or "–"
