"""Papers of several clients at once: chosen, watched, stopped, fetched once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from competence.models import Assessment, PaperBatch
from competence.paper_forms import BatchFilterForm, BatchForm, latest_finished
from competence.services import batches
from counselling import search
from counselling.models import Client
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import excerpt_of, page_of

READ = Permission.PROFILE_READ_OWN


def _batch(request: StaffRequest, public_id: UUID) -> PaperBatch:
    return get_object_or_404(PaperBatch.objects.visible_to(request.user), public_id=public_id)


def _back(batch: PaperBatch) -> HttpResponse:
    return redirect("competence:batch_detail", public_id=batch.public_id)


def _too_late(request: StaffRequest, batch: PaperBatch) -> HttpResponse:
    messages.info(request, _("The papers have moved on meanwhile. This is where they stand now."))
    return _back(batch)


def _filtered(request: StaffRequest) -> tuple[BatchFilterForm, QuerySet[Assessment]]:
    form = BatchFilterForm(request.GET)
    form.is_valid()
    wanted: dict[str, Any] = form.cleaned_data
    found: QuerySet[Assessment] = latest_finished(request.user)
    if text := wanted.get("q"):
        clients = search.matching(Client.objects.own(request.user), text, centre_id=request.user.centre_id)
        found = found.filter(client__in=clients.order_by().values("pk"))
    if discussed := wanted.get("discussed"):
        found = found.filter(discussed_at__isnull=discussed == "no")
    if language := wanted.get("language"):
        found = found.filter(mother_tongue=language)
    return form, found.order_by("client__latin_family_name", "client__latin_given_name", "client_id")


@access(READ, methods=["GET", "POST"])
def batch_create(request: StaffRequest) -> HttpResponse:
    """Choose persons, papers and language."""
    bound = request.method == "POST"
    form = BatchForm(request.POST if bound else None, user=request.user)
    if bound and form.is_valid():
        data = form.cleaned_data
        batch = batches.order_papers(
            assessments=data["chosen"], kinds=data["kinds"], language=data["language"], by=request.user,
            submission=data["submission"],
        )  # fmt: skip
        return _back(batch)
    filter_form, found = _filtered(request)
    recent = PaperBatch.objects.visible_to(request.user).exclude(pk__in=PaperBatch.objects.outlived())
    context = {
        "form": form, "filter_form": filter_form, "page_obj": page_of(found, request), "recent": excerpt_of(recent, request, "recent", 3),
        "ticked": set(request.POST.getlist("chosen")) if bound else set(),
    }  # fmt: skip
    return render(request, "competence/papers/batch_form.html", context, status=422 if bound else 200)


@access(READ)
def batch_detail(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Where the papers stand."""
    batch = _batch(request, public_id)
    context = {
        "batch": batch, "clients": batch.papers.values("assessment").distinct().count(),
        "made": batch.papers.filter(content__isnull=False).count(), "missing": _missing(batch),
        "is_over": batch.kept_until < timezone.now(),
    }  # fmt: skip
    return render(request, "competence/papers/batch_detail.html", context)


def _missing(batch: PaperBatch) -> list[str]:
    """The numbers of clients who have no short profile, because nothing is released."""
    rows = batch.papers.filter(is_missing=True).order_by("assessment__client__number")
    return list(rows.values_list("assessment__client__number", flat=True).distinct())


@access(READ)
def batch_progress(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """How far the worker is; the page is loaded anew when it is through."""
    batch = _batch(request, public_id)
    response = render(request, "competence/papers/batch_progress.html", {"batch": batch})
    if not batch.is_working:
        response["HX-Refresh"] = "true"
    return response


@access(READ, methods=["POST"])
def batch_stop(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """End the work; what was made is deleted."""
    batch = _batch(request, public_id)
    try:
        batches.stop_papers(batch=batch, by=request.user)
    except batches.BatchStateError:
        return _too_late(request, batch)
    return _back(batch)


@access(READ, methods=["POST"])
def batch_again(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand work over once more that broke off."""
    batch = _batch(request, public_id)
    try:
        batches.try_papers_again(batch=batch, by=request.user)
    except batches.BatchStateError:
        return _too_late(request, batch)
    return _back(batch)


def _keep(request: StaffRequest) -> str:
    """Whoever had to give the password again presses once more: the papers still wait there."""
    match = request.resolver_match
    return reverse("competence:batch_detail", kwargs=match.kwargs if match else {})


@access(READ, methods=["POST"], fresh=True, keep=_keep)
def batch_fetch(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Hand everything out as one ZIP, once."""
    batch = _batch(request, public_id)
    try:
        packed = batches.fetch_papers(batch=batch, by=request.user)
    except batches.BatchStateError:
        return _too_late(request, batch)
    except batches.NothingLeftError:
        messages.error(
            request,
            _(
                "There is no paper to fetch: nothing could be made, or these clients are not in your hands any more."
            ),
        )
        return _back(batch)
    name = f"{_('papers').lower()}-{timezone.localdate():%Y-%m-%d}.zip"
    headers = {
        "Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "",
        "Cache-Control": "no-store, private",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(packed, content_type="application/zip", headers=headers)
