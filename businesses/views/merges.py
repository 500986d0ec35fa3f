"""A business that is recorded twice: found, compared side by side, made one, taken apart again."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from businesses.errors import MergeContradictionError, MergeStandsError, NotMergeableError, RecordChangedError
from businesses.merging.duplicates import pairs_of
from businesses.merging.facts import facts, label_of
from businesses.models import Business, BusinessMerge, ReallyTwo
from businesses.services import merge_businesses, undo_merge
from businesses.services.merges import can_be_undone
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.merge_forms import MergeFactsForm
from iqquadrat.core.merging import UNDO_FOR, clashes_of, what_moves, what_undoing_does
from iqquadrat.core.paging import excerpt_of, page_of, page_of_list


@access(Permission.BUSINESS_WRITE)
def duplicates(request: StaffRequest) -> HttpResponse:
    """Pairs that could be one business, those that really are two, and what was merged lately."""
    merges = BusinessMerge.objects.visible_to(request.user).select_related("kept", "absorbed", "merged_by")
    apart = ReallyTwo.objects.visible_to(request.user).select_related(
        "first__premises__street", "second__premises__street", "decided_by"
    )
    context = {
        "apart": excerpt_of(apart, request, "apart"),
        "page_obj": page_of_list(pairs_of(request.user), request),
        "merges": page_of(merges, request).object_list[:10],
    }
    return render(request, "businesses/duplicates.html", context)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def merge_compare(request: StaffRequest, public_id: UUID, other: UUID) -> HttpResponse:
    """Both records side by side; sending it makes them one."""
    kept, absorbed = _get(request, public_id), _get(request, other)
    if kept.pk == absorbed.pk:
        return redirect("businesses:business_detail", public_id=public_id)
    if request.method == "POST":
        return _merge(request, kept, absorbed)
    record(Action.VIEW, by=request.user, obj=absorbed, reason="merge")
    return _compared(request, _form(kept, absorbed), kept, absorbed)


def _form(kept: Business, absorbed: Business, data: object = None) -> MergeFactsForm:
    return MergeFactsForm(data, kept=kept, absorbed=absorbed, facts=facts(kept, absorbed))


def _compared(
    request: StaffRequest, form: MergeFactsForm, kept: Business, absorbed: Business, *, problem: str = "", status: int = 200
) -> HttpResponse:  # fmt: skip
    said = (
        ReallyTwo.objects.visible_to(request.user)
        .about(kept.pk, absorbed.pk)
        .select_related("decided_by")
        .first()
    )
    context = {
        "said": said, "form": form, "kept": kept, "absorbed": absorbed, "moves": what_moves(absorbed), "problem": problem, "days": UNDO_FOR.days,
    }  # fmt: skip
    return render(request, "businesses/merge_compare.html", context, status=status)


def _merge(request: StaffRequest, kept: Business, absorbed: Business) -> HttpResponse:
    form = _form(kept, absorbed, request.POST)
    if not form.is_valid():
        words = _("Please choose one value in every row.")
        return _compared(request, form, kept, absorbed, problem=words, status=422)
    try:
        merge_businesses(
            kept=kept, absorbed=absorbed, choices=form.choices(), revisions=form.revisions(), by=request.user,
            submission=form.cleaned_data["submission"],
        )  # fmt: skip
    except RecordChangedError:
        words = _(
            "One of the records has been changed meanwhile. This is how they stand now; please compare again."
        )
        return _compared(request, _form(kept, absorbed), kept, absorbed, problem=words, status=409)
    except MergeContradictionError as error:
        return _compared(request, form, kept, absorbed, problem=str(error), status=422)
    except NotMergeableError:
        messages.error(request, _("These two records cannot be merged any more."))
        return redirect("businesses:duplicates")
    messages.success(
        request, _("Both records are one now. You can undo it for 30 days, under “Recorded twice?”.")
    )
    return redirect("businesses:business_detail", public_id=kept.public_id)


@access(Permission.BUSINESS_WRITE, methods=["GET", "POST"])
def merge_undo(request: StaffRequest, pk: int) -> HttpResponse:
    """What was merged, what undoing would do, and the button for it."""
    merges = BusinessMerge.objects.visible_to(request.user).select_related(
        "kept", "absorbed", "merged_by", "undone_by"
    )
    merge = get_object_or_404(merges, pk=pk)
    if request.method == "POST":
        try:
            undo_merge(merge=merge, by=request.user)
        except (MergeStandsError, NotMergeableError):
            messages.error(request, _("This merge can no longer be undone."))
            return redirect("businesses:merge_undo", pk=merge.pk)
        messages.success(request, _("They are two records again."))
        return redirect("businesses:business_detail", public_id=merge.kept.public_id)
    record(Action.VIEW, by=request.user, obj=merge.kept, reason="merge")
    context = {
        "merge": merge, "way": what_undoing_does(merge.kept, merge, label_of), "clashes": clashes_of(Business, merge),
        "undoable": can_be_undone(merge),
    }  # fmt: skip
    return render(request, "businesses/merge_undo.html", context)


def _get(request: StaffRequest, public_id: UUID) -> Business:
    return get_object_or_404(Business.objects.visible_to(request.user).listed(), public_id=public_id)
