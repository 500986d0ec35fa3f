"""Referrals: made on the client's page, asked about on the day view."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from counselling import services
from counselling.consents import current_text
from counselling.enums import Arrived, Purpose
from counselling.errors import NotAllowedError
from counselling.forms import ReferralFilterForm, ReferralForm
from counselling.models import Client, Consultation, Institution, Referral
from counselling.models.referral import ReferralQuerySet
from counselling.views.lists import own_client, page_of, understood
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of

SHOWN_TODAY = 6


def _rows(request: StaffRequest) -> ReferralQuerySet:
    rows = Referral.objects.visible_to(request.user)
    return rows.select_related("client", "institution", "topic", "consent", "counsellor")


@access(Permission.CLIENT_READ_OWN)
def referral_list(request: StaffRequest) -> HttpResponse:
    """Show the referrals of own clients; those to be asked about can be answered here."""
    form = ReferralFilterForm(request.GET, user=request.user)
    wanted, rows, today = understood(form), _rows(request), timezone.localdate()
    show = wanted.get("show")
    if show == "ask":
        rows = rows.to_ask(today).order_by("ask_on", "pk")
    elif show == "open":
        rows = rows.sent().filter(arrived="")
    elif show:
        rows = rows.filter(arrived=show)
    if institution := wanted.get("institution"):
        rows = rows.filter(institution=institution)
    context = {
        "page_obj": page_of(rows, request),
        "filter_form": form,
        "today": today,
        "arrivals": Arrived.choices,
    }
    return render(request, "counselling/referral_list.html", context)


@access(Permission.CLIENT_CHANGE_OWN)
def referrals_today(request: StaffRequest) -> HttpResponse:
    """The part of the day view: of whom it is time to ask whether they arrived. Empty when there is nobody."""
    today = timezone.localdate()
    rows = _rows(request).to_ask(today).order_by("ask_on", "pk")
    context = {
        "referrals": list(rows[:SHOWN_TODAY]), "count": rows.count(), "today": today, "arrivals": Arrived.choices,
    }  # fmt: skip
    return render(request, "counselling/includes/referrals_today.html", context)


@access(Permission.CLIENT_READ_OWN)
def client_referrals(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The tab of the client's page."""
    client = own_client(request.user, public_id)
    if not request.htmx:
        return redirect("counselling:client_panel", public_id=client.public_id, key="referrals")
    context = {
        "client": client, "referrals": excerpt_of(_rows(request).filter(client=client), request, "referrals"), "today": timezone.localdate(),
        "arrivals": Arrived.choices, "may_change": request.user.may(Permission.CLIENT_CHANGE_OWN),
    }  # fmt: skip
    return render(request, "counselling/includes/client_referrals.html", context)


@access(Permission.CLIENT_CHANGE_OWN, methods=["GET", "POST"])
def referral_create(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Refer a client; what is passed on is agreed to then and there."""
    client = own_client(request.user, public_id)
    if request.method != "POST":
        talk = _talk(client, request.GET.get("consultation", ""))
        initial = (
            {"topic": talk.main_topic.key, "consultation": talk.public_id} if talk and talk.main_topic else {}
        )
        institution = request.GET.get("institution", "")
        if institution.isascii() and institution.isdigit() and len(institution) < 10:
            initial["institution"] = institution
        return _form(request, ReferralForm(user=request.user, client=client, initial=initial), client)
    form = ReferralForm(request.POST, user=request.user, client=client)
    if not form.is_valid():
        return _form(request, form, client, status=422)
    talk = _talk(client, str(form.cleaned_data["consultation"] or ""))
    made = services.refer(client=client, consultation=talk, by=request.user, **form.facts())
    if made.ask_on:
        words = _("The referral is noted. On %(day)s we ask whether it worked out.")
        messages.success(request, words % {"day": date_format(made.ask_on, "SHORT_DATE_FORMAT")})
    else:
        messages.success(request, _("The referral is noted."))
    return redirect(client)


def _talk(client: Client, public_id: str) -> Consultation | None:
    try:
        wanted = UUID(public_id)
    except ValueError:
        return None
    return client.consultations.select_related("main_topic").filter(public_id=wanted).first()


def _form(request: StaffRequest, form: ReferralForm, client: Client, status: int = 200) -> HttpResponse:
    context = {
        "form": form, "client": client, "text": current_text(Purpose.REFERRAL, client.centre_id).text,
        "has_institutions": Institution.objects.visible_to(request.user).in_use().exists(),
    }  # fmt: skip
    return render(request, "counselling/referral_form.html", context, status=status)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def referral_arrival(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Note in one click whether somebody arrived; an empty answer takes it back."""
    referral = _own(request, public_id)
    try:
        services.note_arrival(
            referral=referral, arrived=request.POST.get("arrived", "")[:10], by=request.user
        )
    except NotAllowedError:
        return HttpResponseBadRequest()
    if request.htmx:
        context = {
            "referral": _own(request, public_id),
            "today": timezone.localdate(),
            "arrivals": Arrived.choices,
        }
        return render(request, "counselling/includes/referral_row.html", context)
    return redirect("counselling:referral_list")


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def referral_delete(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Take back a referral noted by mistake."""
    referral = _own(request, public_id)
    services.delete_referral(referral=referral, by=request.user)
    messages.success(request, _("The referral is taken back."))
    return redirect(referral.client)


def _own(request: StaffRequest, public_id: UUID) -> Referral:
    return get_object_or_404(_rows(request), public_id=public_id)
