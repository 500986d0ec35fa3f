"""The directory of institutions: found, read, kept."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from counselling import services
from counselling.enums import Arrived, Direction
from counselling.errors import InstitutionKnownError, RecordChangedError
from counselling.forms import InstitutionFilterForm, InstitutionForm
from counselling.models import Institution, Referral
from counselling.models.institution import InstitutionQuerySet
from counselling.queries import similar_institutions
from counselling.slips import InstitutionSlip
from counselling.views.lists import page_of, understood
from iqquadrat import pdf
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.folding import folded_words, search_key, skeletons
from iqquadrat.core.forms import differences, on_top_of

NEAR = 0.5


@access(Permission.DIRECTORY_READ)
def institution_list(request: StaffRequest) -> HttpResponse:
    """Show the places of the centre's directory, 25 a page."""
    form = InstitutionFilterForm(request.GET)
    wanted = understood(form)
    rows = Institution.objects.visible_to(request.user)
    if not wanted.get("retired"):
        rows = rows.in_use()
    if text := wanted.get("q"):
        rows = _fitting(rows, text)
    if language := wanted.get("language"):
        rows = rows.filter(languages__contains=[language])
    if topic := wanted.get("topic"):
        rows = rows.filter(topics=topic)
    if kind := wanted.get("kind"):
        rows = rows.filter(kind=kind)
    context = {"page_obj": page_of(rows.prefetch_related("topics"), request), "filter_form": form}
    return render(request, "counselling/institution_list.html", context)


def _fitting(rows: InstitutionQuerySet, text: str) -> InstitutionQuerySet:
    """Every word fits the beginning of a word of name or address, as it is spelled or as it sounds; else what is near."""
    found = rows
    for word, shapes in zip(folded_words(text), skeletons(text), strict=True):
        fits = Q(search_key__startswith=word) | Q(search_key__contains=f" {word}")
        for shape in shapes:
            if len(shape) > 3:
                fits |= Q(search_key__contains=shape)
        found = found.filter(fits)
    if found.exists():
        return found
    return rows.annotate(nearness=TrigramWordSimilarity(search_key(text), "search_key")).filter(
        nearness__gt=NEAR
    )


@access(Permission.DIRECTORY_READ)
def institution_detail(request: StaffRequest, pk: int) -> HttpResponse:
    """Show one place and how many were referred there and arrived."""
    institution = _visible(request, pk)
    sent = Q(direction=Direction.TO)
    counts = Referral.objects.filter(institution=institution).aggregate(
        sent=Count("pk", filter=sent),
        reached=Count("pk", filter=sent & Q(arrived=Arrived.YES)),
        missed=Count("pk", filter=sent & Q(arrived=Arrived.NO)),
        unasked=Count("pk", filter=sent & Q(arrived="")),
        came=Count("pk", filter=Q(direction=Direction.FROM)),
    )
    names = dict(settings.LANGUAGES)
    context = {
        "institution": institution, "counts": counts, "topics": institution.topics.all(),
        "slip_languages": [(code, names[code]) for code in settings.CLIENT_LANGUAGES],
    }  # fmt: skip
    return render(request, "counselling/institution_detail.html", context)


@access(Permission.DIRECTORY_READ)
def institution_slip(request: StaffRequest, pk: int) -> HttpResponse:
    """Hand out the way to a place as PDF, in a language that a client reads; about nobody, so nothing is logged."""
    language = request.GET.get("language", "de")[:5]
    if language not in settings.CLIENT_LANGUAGES:
        raise Http404
    return pdf.response(InstitutionSlip(_visible(request, pk), request.user.centre, language))


@access(Permission.DIRECTORY_WRITE, methods=["GET", "POST"])
def institution_create(request: StaffRequest) -> HttpResponse:
    """Add a place; one that looks like a known one is shown first."""
    if request.method != "POST":
        return _page(request, InstitutionForm(initial={"city": request.user.centre.city}), None)
    form = InstitutionForm(request.POST, asks="sure" in request.POST)
    if not form.is_valid():
        return _page(request, form, None, status=422)
    if not form.cleaned_data["sure"] and (
        similar := similar_institutions(request.user, form.cleaned_data["name_de"])
    ):
        again = InstitutionForm(request.POST, asks=True)
        again.is_valid()
        return _page(request, again, None, status=422, similar=similar)
    try:
        made = services.create_institution(
            by=request.user, submission=form.cleaned_data["submission"], **form.facts()
        )
    except InstitutionKnownError:
        form.add_error("name_de", _("An institution of this name already stands at this address."))
        return _page(request, form, None, status=422)
    messages.success(request, _("The institution stands in the directory."))
    return redirect(made)


@access(Permission.DIRECTORY_WRITE, methods=["GET", "POST"])
def institution_edit(request: StaffRequest, pk: int) -> HttpResponse:
    """Correct a place. Somebody else's change in between is shown beside one's own."""
    institution = _visible(request, pk)
    if request.method != "POST":
        return _page(request, InstitutionForm(record=institution), institution)
    form = InstitutionForm(request.POST, record=institution)
    if not form.is_valid():
        return _page(request, form, institution, status=422)
    try:
        services.update_institution(
            institution=institution, by=request.user, revision=form.cleaned_data["revision"], **form.facts()
        )
    except InstitutionKnownError:
        form.add_error("name_de", _("An institution of this name already stands at this address."))
        return _page(request, form, institution, status=422)
    except RecordChangedError:
        institution = _visible(request, pk)
        on_top_of(form, institution.revision)
        theirs = differences(form, InstitutionForm(record=institution))
        return _page(request, form, institution, status=409, theirs=theirs)
    messages.success(request, _("The institution is changed."))
    return redirect(institution)


def _page(
    request: StaffRequest, form: InstitutionForm, institution: Institution | None, status: int = 200,
    *, similar: Any = (), theirs: Any = (),
) -> HttpResponse:  # fmt: skip
    context = {"form": form, "institution": institution, "similar": similar, "theirs": theirs}
    return render(request, "counselling/institution_form.html", context, status=status)


@access(Permission.DIRECTORY_KEEP, methods=["POST"])
def institution_retire(request: StaffRequest, pk: int) -> HttpResponse:
    """Take a place out of the choices; the page offers to bring it back."""
    services.retire_institution(institution=_visible(request, pk), by=request.user)
    messages.success(request, _("The institution is retired. Its referrals stay."))
    return redirect("counselling:institution_detail", pk=pk)


@access(Permission.DIRECTORY_KEEP, methods=["POST"])
def institution_restore(request: StaffRequest, pk: int) -> HttpResponse:
    """Bring a retired place back."""
    try:
        services.retire_institution(institution=_visible(request, pk), by=request.user, retired=False)
    except InstitutionKnownError:
        messages.error(request, _("An institution of this name already stands at this address."))
    else:
        messages.success(request, _("The institution can be chosen again."))
    return redirect("counselling:institution_detail", pk=pk)


def _visible(request: StaffRequest, pk: int) -> Institution:
    return get_object_or_404(Institution.objects.visible_to(request.user), pk=pk)
