"""The street view: both sides of a street, house by house, and the unit that is chosen."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from businesses import queries
from businesses.enums import BranchKind, Status
from businesses.models import Business, Observation, Section, Street, Unit, Wave
from businesses.street import KIND_CLASS, STATUS_CLASS, crossings_of, present, stretches_of
from iqquadrat.accounts.access import StaffRequest, access
from iqquadrat.accounts.permissions import Permission
from iqquadrat.core.registry import panels_for


@access(Permission.BUSINESS_READ)
def street_view(request: StaffRequest) -> HttpResponse:
    """One street, or a section of it, as one walks it. ``?street=``, ``?section=``, ``?unit=``, ``?kind=``, ``?status=``."""
    centre = request.user.centre_id
    shops = Business.objects.visible_to(request.user).filter(premises__street=OuterRef("pk"))
    streets = list(Street.objects.filter(centre=centre).annotate(has_shops=Exists(shops)))
    sections = list(Section.objects.filter(street__centre=centre).select_related("street"))
    street, section = _place(request, streets, sections)
    if street is None:
        return render(request, "businesses/street.html", {"streets": []})
    found = Business.objects.visible_to(request.user).filter(premises__street=street)
    every = list(found.select_related("premises__street", "branch", "confirmed_by", "predecessor__branch"))
    units = [unit for unit in present(every) if not section or _holds(section, unit)]
    dim, kinds, states = _filtered(request, units)
    here = _chosen(request, units)
    context: dict[str, Any] = {
        "streets": streets, "sections": [one for one in sections if one.street_id == street.pk], "street": street,
        "section": section, "units": units, "kinds": kinds, "states": states, "here": here,
        "stretches": stretches_of(units, crossings_of(street, streets), dim), "walked": _walked(units),
        "response": _response(request, units), "panels": panels_for("business", request.user) if here else [],
        "as_table": "table" in request.GET,
    }  # fmt: skip
    return render(request, "businesses/street.html", context)


def _place(
    request: StaffRequest, streets: list[Any], sections: list[Section]
) -> tuple[Street | None, Section | None]:
    """What the address asks for: a section, a street; else the first street with shops."""
    by_key = {str(street.pk): street for street in streets}
    section = next((one for one in sections if str(one.pk) == request.GET.get("section")), None)
    wanted = request.GET.get("street", "")
    if section and wanted in ("", str(section.street_id)):
        return by_key[str(section.street_id)], section
    first = next((street for street in streets if street.has_shops), streets[0] if streets else None)
    return by_key.get(wanted) or first, None


def _holds(section: Section, unit: Business) -> bool:
    return unit.premises is not None and section.holds(unit.premises.house_number)


def _chosen(request: StaffRequest, units: list[Business]) -> Business | None:
    try:
        wanted = UUID(request.GET.get("unit", ""))
    except ValueError:
        return None
    return next((unit for unit in units if unit.public_id == wanted), None)


def _filtered(
    request: StaffRequest, units: list[Business]
) -> tuple[frozenset[int], list[dict[str, Any]], list[dict[str, Any]]]:
    """Which units stand back, and the chips with their numbers. Nothing ticked means everything."""
    kinds, states = set(request.GET.getlist("kind")), set(request.GET.getlist("status"))
    of_kind = Counter(
        unit.branch.kind if unit.branch and unit.status != Status.VACANT else "" for unit in units
    )
    of_state = Counter(unit.status for unit in units)
    dim = frozenset(
        unit.pk for unit in units
        if (kinds and (unit.branch.kind if unit.branch else "") not in kinds) or (states and unit.status not in states)
    )  # fmt: skip
    kind_chips = [
        {"code": kind.value, "word": kind.label, "css": KIND_CLASS[kind], "number": of_kind[kind], "on": kind in kinds}
        for kind in BranchKind if of_kind[kind]
    ]  # fmt: skip
    state_chips = [
        {"code": one.value, "word": one.label, "form": STATUS_CLASS[one][2:], "number": of_state[one], "on": one in states}
        for one in Status if of_state[one]
    ]  # fmt: skip
    return dim, kind_chips, state_chips


def _walked(units: list[Business]) -> Observation | None:
    """The last sight of any of these units: when the street was walked, and by whom."""
    seen = Observation.objects.filter(business__in=[unit.pk for unit in units]).select_related("by")
    return seen.order_by("-seen_on", "-pk").first()


def _response(request: StaffRequest, units: list[Business]) -> dict[str, Any] | None:
    """How the newest wave stands among these units; None when none of them was in one."""
    mine = Unit.objects.visible_to(request.user).filter(business__in=[unit.pk for unit in units])
    wave = Wave.objects.visible_to(request.user).filter(units__in=mine).order_by("-starts_on", "-pk").first()
    if wave is None:
        return None
    progress = queries.progress_of(mine.filter(wave=wave))
    rows = [*progress.rows]
    if progress.untouched:
        rows.append(("", _("not visited yet"), progress.untouched))
    return {"wave": wave, "rows": rows, "of": progress.units}
