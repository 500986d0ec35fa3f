"""The map: the streets as the centre's own lines, the units on them; tiles of somebody else only when the site asks for them."""

from typing import Any, cast
from urllib.parse import urlsplit

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from businesses.forms import BusinessFilter
from businesses.models import Business, Street
from businesses.street import Front, present
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.paging import page_of


@access(Permission.BUSINESS_READ)
def business_map(request: StaffRequest) -> HttpResponse:
    """The page: filters as on the list, the map, and the same units as a table."""
    if not settings.MAP_TILES:
        return _map(request)
    # Only this page may ask the one other server for pictures.
    allowing = csp_update({"img-src": [tile_host(settings.MAP_TILES)]})
    return cast("HttpResponse", allowing(lambda _request: _map(request))(request))


def tile_host(address: str) -> str:
    """The origin of a tile address as the content security policy names it: ``https://*.tile.example`` for ``{s}``."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc.replace('{s}', '*')}"


def _map(request: StaffRequest) -> HttpResponse:
    filters = BusinessFilter(request.GET, centre=request.user.centre)
    found = filters.apply(Business.objects.visible_to(request.user).listed()).order_by(
        "premises__street__name", "premises__house_number", "premises__addition", "pk"
    )
    query = request.GET.urlencode()
    context = {
        "filters": filters, "page_obj": page_of(found, request), "tiles": settings.MAP_TILES,
        "attribution": settings.MAP_ATTRIBUTION, "points_url": f"{reverse('businesses:business_points')}?{query}",
        "without_place": found.filter(premises__latitude__isnull=True).count(),
    }  # fmt: skip
    return render(request, "businesses/business_map.html", context)


@access(Permission.BUSINESS_READ)
def business_points(request: StaffRequest) -> JsonResponse:
    """GeoJSON: the streets' lines and the units that fit the filters and have a position. Own centre only."""
    filters = BusinessFilter(request.GET, centre=request.user.centre)
    found = filters.apply(Business.objects.visible_to(request.user).listed())
    streets = Street.objects.filter(centre=request.user.centre_id, line__isnull=False)
    features = [
        _feature({"type": "LineString", "coordinates": street.line}, name=street.name, what="street")
        for street in streets
    ]
    features += [_unit(business) for business in present(found.filter(premises__latitude__isnull=False))]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _unit(business: Business) -> dict[str, Any]:
    door = business.premises
    assert door is not None and door.longitude is not None and door.latitude is not None  # noqa: S101, PT018 - filtered so
    front = Front(business, 0)
    return _feature(
        {"type": "Point", "coordinates": [float(door.longitude), float(door.latitude)]},
        what="unit", name=business.display_name, door=f"{door.street.name} {door.door}", css=front.css, form=front.form,
        status=business.get_status_display(),
        url=reverse("businesses:business_detail", kwargs={"public_id": business.public_id}),
    )  # fmt: skip


def _feature(geometry: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": facts}
