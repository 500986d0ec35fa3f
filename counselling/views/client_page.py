"""The client's page: timeline, panels of other rooms, data and consents."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import services
from counselling.consents import current_texts
from counselling.enums import SpokenLanguage
from counselling.errors import ConsentError, ConsentTakenBackError
from counselling.forms import ConsentForm, FollowUpForm
from counselling.law import income_label
from counselling.models import Client, Consent, EmergencyAccess, Merge
from counselling.queries import consent_states, current_situation, entry_day
from counselling.rules import can_change_charges, can_change_client, can_read_client
from counselling.views.consent_texts import text_part
from counselling.views.lists import own_client
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of
from iqquadrat.core.registry import TimelineEntry, panels_for, timeline_for

SHOWN_AT_FIRST = 20
CONSENTS_AT_FIRST = 4  # of each of the purposes


def _head(request: StaffRequest, client: Client, active: str) -> dict[str, Any]:
    """What every tab of the page shows."""
    return {
        "client": client, "consents": consent_states(client), "panels": panels_for("client", request.user),
        "actions": panels_for("client.actions", request.user), "active": active,
        "merges": Merge.objects.undoable().filter(kept=client).select_related("absorbed"),
        "emergencies": EmergencyAccess.objects.to_notice(request.user).filter(client=client).select_related("user"),
        "is_in_charge": client.counsellor_id == request.user.pk, "may_change": can_change_client(request.user, client),
    }  # fmt: skip


@access(Permission.CLIENT_READ_OWN, Permission.CLIENT_LIST)
def client_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show the file to those who may read it; who may only list clients meets name, number and who is in charge."""
    client = get_object_or_404(
        Client.objects.visible_to(request.user).select_related("counsellor"), public_id=public_id
    )
    record(Action.VIEW, by=request.user, obj=client)
    if not can_read_client(request.user, client):
        context = {"client": client, "actions": panels_for("client.reduced", request.user)}
        return render(request, "counselling/client_reduced.html", context | _team(request, client))
    entries = timeline_for(request.user, client.pk)
    chosen = request.GET.get("kind", "")
    context = _head(request, client, "timeline") | _timeline(
        entries, chosen, show_all=request.GET.get("all") == "1"
    )
    context |= {
        "follow_ups": excerpt_of(client.follow_ups.open().select_related("assigned_to"), request, "follow_ups"), "follow_up_form": FollowUpForm(), "today": timezone.localdate(),
        "appointments": client.appointments.standing().filter(starts_at__gte=timezone.now()).select_related("counsellor")[:3],
    }  # fmt: skip
    context |= _goals(request, client) | {
        "situation": current_situation(client),
        "marks": panels_for("client.marks", request.user),
    }
    context["entry_income"] = income_label(client.income_type, entry_day(client))
    return render(request, "counselling/client_detail.html", context)


def _team(request: StaffRequest, client: Client) -> dict[str, Any]:
    """Who is and was in charge, who deputises."""
    today = timezone.localdate()
    shown = excerpt_of(client.charges.select_related("user"), request, "charges")
    charges = [(charge, charge.holds_on(today), charge.since > today) for charge in shown]
    return {
        "charges": charges,
        "more_charges": shown,
        "may_change_team": can_change_charges(request.user, client),
    }


def _goals(request: StaffRequest, client: Client) -> dict[str, Any]:
    """The cases, open ones first, with how many talks belong to each."""
    open_first = F("closed_on").desc(nulls_first=True)
    cases = client.cases.annotate(talks=Count("consultations")).order_by(open_first, "-opened_on", "-pk")
    return {"cases": excerpt_of(cases, request, "cases")}


def _histories(request: StaffRequest, client: Client) -> dict[str, Any]:
    """What has changed over time: work and income with what held at entry as the last line, languages with their levels."""
    situations = excerpt_of(client.situations.all(), request, "situations")
    skills = {row.language: row for row in client.language_skills.all()}
    today, entry = timezone.localdate(), entry_day(client)
    current = next((row for row in situations if row.since <= today), None)
    if current is None and situations.has_more:  # all of those shown are still to come
        current = client.situations.until_today().first()
    languages = [
        (code, str(SpokenLanguage(code).label), skills.get(code), code == client.reading_language)
        for code in dict.fromkeys(
            [
                *client.spoken_languages,
                *skills,
                *([client.reading_language] if client.reading_language else []),
            ]
        )
    ]
    return {
        "situations": situations, "situation": current, "languages": excerpt_of(languages, request, "languages"), "entry_day": entry,
        "entry_income": income_label(client.income_type, entry),
    }  # fmt: skip


def _timeline(entries: list[TimelineEntry], chosen: str, *, show_all: bool) -> dict[str, Any]:
    counts: dict[str, int] = {}
    for entry in entries:
        counts[entry.kind] = counts.get(entry.kind, 0) + 1
    shown = [entry for entry in entries if not chosen or entry.kind == chosen]
    return {
        "entries": shown if show_all else shown[:SHOWN_AT_FIRST], "chosen": chosen, "total": len(entries),
        "more": 0 if show_all else max(0, len(shown) - SHOWN_AT_FIRST),
        "kinds": [(kind, kind_label(kind), count) for kind, count in sorted(counts.items(), key=lambda pair: -pair[1])],
    }  # fmt: skip


def kind_label(kind: str) -> str:
    """Return a kind of entry in words; rooms above bring kinds of their own."""
    return {
        "consultation": _("Consultations"), "no_show": _("Missed appointments"), "assessment": _("Competence"),
        "placement": _("Placement"), "case": _("Goals"), "referral": _("Referrals"), "event": _("Events"),
    }.get(kind, kind)  # fmt: skip


@access(Permission.CLIENT_READ_OWN)
def client_panel(request: StaffRequest, public_id: UUID, key: str) -> HttpResponse:
    """Show a tab that another room fills; it is fetched by htmx, or opened by a link without it."""
    client = own_client(request.user, public_id)
    panel = next((panel for panel in panels_for("client", request.user) if panel.key == key), None)
    if panel is None:
        raise Http404
    record(Action.VIEW, by=request.user, obj=client, tab=key)
    return render(request, "counselling/client_panel.html", _head(request, client, key) | {"panel": panel})


@access(Permission.CLIENT_READ_OWN)
def client_data(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Show all details and the consents with their texts."""
    client = own_client(request.user, public_id)
    record(Action.VIEW, by=request.user, obj=client, tab="data")
    return _data_page(request, client, None)


def _data_page(request: StaffRequest, client: Client, failed: ConsentForm | None) -> HttpResponse:
    head = _head(request, client, "data")
    forms = []
    texts = current_texts(client.centre_id)
    for state in head["consents"]:
        text = texts[state.purpose]
        form = ConsentForm(
            client=client,
            initial={"purpose": state.purpose, "text_version": text.version},
            auto_id=f"id_{state.purpose}_%s",
        )
        if failed is not None and failed.data.get("purpose") == state.purpose:
            form = failed
        language = str(form["explained_in"].value() or "de")
        given = excerpt_of(state.in_force, request, f"consents-{state.purpose}", CONSENTS_AT_FIRST)
        forms.append((state, text, form, text_part(text, language), given))
    parts = panels_for("client.data", request.user)
    context = (
        head | _team(request, client) | _histories(request, client) | {"consent_forms": forms, "parts": parts}
    )
    context["list_address"] = (
        reverse("counselling:client_data", args=[client.public_id]) if failed is not None else ""
    )
    return render(request, "counselling/client_data.html", context, status=422 if failed is not None else 200)


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def consent_give(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The client agrees."""
    client = own_client(request.user, public_id)
    form = ConsentForm(request.POST, client=client, auto_id=f"id_{request.POST.get('purpose', '')[:30]}_%s")
    if not form.is_valid():
        return _data_page(request, client, form)
    data = form.cleaned_data
    today = data["given_on"] == timezone.localdate()
    try:
        services.give_consent(
            client=client, purpose=data["purpose"], text_version=data["text_version"], explained_in=data["explained_in"],
            employer_name=data["employer_name"], by=request.user,
            given_at=timezone.now() if today else timezone.make_aware(_noon(data["given_on"])),
        )  # fmt: skip
    except ConsentTakenBackError:
        form.add_error(
            "given_on",
            _("The client took this back after that day. Please enter the day of the new consent."),
        )
        return _data_page(request, client, form)
    except ConsentError:
        form.add_error(None, _("This text is not known. Please open the page again."))
        return _data_page(request, client, form)
    messages.success(request, _("The consent is written down."))
    return redirect("counselling:client_data", public_id=client.public_id)


def _noon(day: dt.date) -> dt.datetime:
    """Only the day is known; noon is that day in every time zone near here."""
    return dt.datetime.combine(day, dt.time(12))


@access(Permission.CLIENT_CHANGE_OWN, methods=["POST"])
def consent_withdraw(request: StaffRequest, pk: int) -> HttpResponse:
    """The client takes it back."""
    own = Client.objects.visible_to(request.user)
    consent = get_object_or_404(Consent.objects.filter(client__in=own).select_related("client"), pk=pk)
    if not can_change_client(request.user, consent.client):
        raise PermissionDenied
    services.withdraw_consent(consent=consent, by=request.user)
    messages.success(request, _("The consent is withdrawn from now on."))
    return redirect("counselling:client_data", public_id=consent.client.public_id)
