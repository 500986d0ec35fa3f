"""The profiles of the centre as a group: sums for the coordination, nobody's profile."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from competence.group import group_of, half_years
from competence.group_page import group_page
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission


@access(Permission.PROFILE_AGGREGATE)
def group_view(request: StaffRequest) -> HttpResponse:
    """One half-year that is over, of all persons or of one group of them."""
    halves = half_years(request.user, timezone.localdate())
    half = next((one for one in halves if one.key == request.GET.get("period")), next(iter(halves), None))
    page = group_page(group_of(request.user, half), half, request.GET.get("group", "")) if half else None
    return render(request, "competence/group.html", {"page": page, "halves": halves})
