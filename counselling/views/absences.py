"""When somebody is away, and who looks after the clients meanwhile."""

from collections.abc import Sequence

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from counselling import services
from counselling.errors import AbsenceKnownError, NotAllowedError, RecordChangedError
from counselling.forms.absences import AbsenceForm, CoverForm
from counselling.models import Absence, AbsenceCover, Client
from counselling.rules import can_keep_absence
from counselling.views.lists import page_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.addresses import wished
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.forms import differences, on_top_of

TEAM = (Permission.CLIENT_READ_OWN, Permission.CLIENT_REASSIGN)


@access(*TEAM)
def absence_list(request: StaffRequest) -> HttpResponse:
    """Show who is away now and later, and on demand who was: the own absences and those one deputises in, or all of the centre."""
    today, past = timezone.localdate(), request.GET.get("show") == "past"
    rows = Absence.objects.visible_to(request.user).select_related("counsellor", "deputy")
    rows = (
        rows.filter(last_day__lt=today).order_by("-last_day", "-pk")
        if past
        else rows.filter(last_day__gte=today)
    )
    context = {"page_obj": page_of(rows, request), "past": past, "today": today}
    return render(request, "counselling/absence_list.html", context)


def _form_page(
    request: StaffRequest,
    form: AbsenceForm,
    absence: Absence | None,
    status: int,
    theirs: Sequence[tuple[object, str, str]],
) -> HttpResponse:
    context = {"form": form, "absence": absence, "theirs": theirs}
    return render(request, "counselling/absence_form.html", context, status=status)


def _taken(form: AbsenceForm) -> None:
    form.add_error("first_day", _("Some of these days are entered as an absence already."))


@access(*TEAM, methods=["GET", "POST"])
def absence_create(request: StaffRequest) -> HttpResponse:
    """Enter an absence: the own one, or for the coordination that of any counsellor of the centre."""
    form = AbsenceForm(request.POST if request.method == "POST" else None, reader=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.enter_absence(
                counsellor=form.whose(),
                by=request.user,
                submission=form.cleaned_data["submission"],
                **form.facts(),
            )
        except AbsenceKnownError:
            _taken(form)
        except NotAllowedError:
            raise PermissionDenied from None
        else:
            messages.success(request, _("The absence is entered."))
            return redirect("counselling:absence_detail", pk=made.pk)
    return _form_page(request, form, None, 422 if request.method == "POST" else 200, [])


def _changeable(request: StaffRequest, pk: int) -> Absence:
    """The absence, if it may be changed; who only deputises in it gets a 403."""
    rows = Absence.objects.visible_to(request.user).select_related("counsellor", "deputy")
    absence = get_object_or_404(rows, pk=pk)
    if not can_keep_absence(request.user, absence.counsellor):
        raise PermissionDenied
    return absence


@access(*TEAM, methods=["GET", "POST"])
def absence_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Change days or deputy; somebody who was faster is shown, not overwritten."""
    absence = _changeable(request, pk)
    form = AbsenceForm(
        request.POST if request.method == "POST" else None, reader=request.user, record=absence
    )
    status, theirs = (422 if request.method == "POST" else 200), []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_absence(
                absence=absence, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
            )
        except AbsenceKnownError:
            _taken(form)
        except NotAllowedError:
            raise PermissionDenied from None
        except RecordChangedError:
            absence = _changeable(request, pk)
            on_top_of(form, absence.revision)
            theirs, status = differences(form, AbsenceForm(reader=request.user, record=absence)), 409
        else:
            messages.success(request, _("The absence is changed."))
            return redirect("counselling:absence_detail", pk=pk)
    return _form_page(request, form, absence, status, theirs)


def _detail(
    request: StaffRequest, absence: Absence, form: CoverForm | None, status: int = 200
) -> HttpResponse:
    today, keeps = timezone.localdate(), can_keep_absence(request.user, absence.counsellor)
    # Who has got into other hands meanwhile is no longer among them.
    covers = absence.covers.filter(
        client__in=Client.objects.standing().filter(counsellor_id=absence.counsellor_id)
    )
    covers = covers.select_related("client", "deputy").order_by(
        "client__latin_family_name", "client__latin_given_name", "pk"
    )
    if not keeps and absence.deputy_id != request.user.pk:
        covers = covers.filter(deputy=request.user)  # the others are in others' hands
    # Who opens the page before the first day or after the last knows the names from then on, or from before.
    names = request.user.may(Permission.CLIENT_LIST) or request.user.pk == absence.counsellor_id
    lasts = absence.first_day <= today <= absence.last_day
    address = reverse("counselling:absence_detail", args=[absence.pk])
    shown = covers if names or lasts else covers.none()
    context = {
        "absence": absence, "page_obj": page_of(shown, request), "keeps": keeps, "lasts": lasts, "today": today,
        "is_over": absence.last_day < today, "form": form or CoverForm(absence=absence), "opens": request.user.may(Permission.CLIENT_READ_OWN),
        "list_address": address if request.method == "POST" else "", "next": f"{address}?{request.GET.urlencode()}",
    }  # fmt: skip
    return render(request, "counselling/absence_detail.html", context, status=status)


@access(*TEAM)
def absence_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show an absence: its days, its deputies, and what to know about single clients."""
    rows = Absence.objects.visible_to(request.user).select_related("counsellor", "deputy")
    return _detail(request, get_object_or_404(rows, pk=pk), None)


@access(*TEAM, methods=["POST"])
def absence_end(request: StaffRequest, pk: int) -> HttpResponse:
    """Somebody is back, or does not go."""
    absence = _changeable(request, pk)
    services.end_absence(absence=absence, by=request.user)
    messages.success(request, _("The absence is over. Deputies do not see the clients any more."))
    return redirect("counselling:absence_list")


@access(*TEAM, methods=["POST"])
def cover_add(request: StaffRequest, pk: int) -> HttpResponse:
    """Give one client to somebody else than the others, with what to know."""
    absence = _changeable(request, pk)
    form = CoverForm(request.POST, absence=absence)
    if not form.is_valid():
        return _detail(request, absence, form, status=422)
    services.cover_client(absence=absence, by=request.user, **form.cleaned_data)
    return redirect("counselling:absence_detail", pk=pk)


@access(*TEAM, methods=["POST"])
def cover_remove(request: StaffRequest, pk: int) -> HttpResponse:
    """Let the one client be looked after like all others."""
    rows = AbsenceCover.objects.filter(absence__in=Absence.objects.changeable_by(request.user))
    cover = get_object_or_404(rows.select_related("absence__counsellor"), pk=pk)
    services.uncover_client(cover=cover, by=request.user)
    return redirect(wished(request) or reverse("counselling:absence_detail", args=[cover.absence_id]))
