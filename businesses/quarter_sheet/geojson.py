"""The quarter sheet as GeoJSON (RFC 7946): a feature for each section, with the same figures as the paper."""

from typing import Any

from businesses.analysis.disclosure import Amount
from businesses.geometry import stretch
from businesses.models import Section
from businesses.quarter_sheet.figures import NO_KIND, Row, Sheet


def collection_of(sheet: Sheet) -> dict[str, Any]:
    """Return the sheet as a FeatureCollection. Coordinates are longitude and latitude in WGS 84, as the RFC wants them."""
    return {
        "type": "FeatureCollection",
        "name": sheet.wave.name,
        "wave": {"starts_on": sheet.wave.starts_on.isoformat(), "ends_on": sheet.wave.ends_on.isoformat()},
        "total": properties_of(sheet.total, sheet),
        "features": [_feature(row, sheet) for row in sheet.rows],
    }


def _feature(row: Row, sheet: Sheet) -> dict[str, Any]:
    feature: dict[str, Any] = {
        "type": "Feature",
        "geometry": _geometry(row.section) if row.section else None,
        "properties": properties_of(row, sheet),
    }
    return {"id": f"section-{row.section.pk}", **feature} if row.section else feature


def _geometry(section: Section) -> dict[str, Any] | None:
    street = section.street
    if not street.line or street.number_at_start is None or street.number_at_end is None:
        return None
    points = stretch(
        street.line, street.number_at_start, street.number_at_end, section.number_from, section.number_to
    )
    if points is None or len(points) < 2:
        return None
    return {"type": "LineString", "coordinates": [list(point) for point in points]}


def properties_of(row: Row, sheet: Sheet) -> dict[str, Any]:
    """Return the figures of a row, flat, so that a table of attributes shows them. What is hidden is null, and ``hidden`` says so."""
    section = row.section
    earlier = sheet.earlier(row)
    properties: dict[str, Any] = {
        "name": row.name, "street": section.street.name if section else None, "side": section.side if section else None,
        "number_from": section.number_from if section else None, "number_to": section.number_to if section else None,
        "units": row.units, "active": row.active, "vacant": row.vacant, "other": row.others,
        "vacancy_percent": row.vacancy_rate, "units_per_100_m": _plain(row.per_100_m),
    }  # fmt: skip
    properties |= {
        f"kind_{kind or 'unknown'}": row.kinds.get(kind, 0) for kind in (*sheet.kinds, *_absent(sheet))
    }
    properties |= {
        "interviews": row.interviews, "heads": _plain(row.heads), "full_time_equivalents": _plain(row.fte),
        "trainees": _plain(row.trainees),
    }  # fmt: skip
    properties |= {f"training_{step}": number for step, number in row.ladder.items()}
    properties |= {
        "units_before": earlier.units if earlier else None, "vacant_before": earlier.vacant if earlier else None,
        "heads_before": _plain(earlier.heads) if earlier else None, "hidden": row.hides,
    }  # fmt: skip
    return properties


def _absent(sheet: Sheet) -> list[str]:
    return [] if NO_KIND in sheet.kinds else [NO_KIND]


def _plain(amount: Amount | None) -> int | float | None:
    if amount is None:
        return None
    return int(amount) if amount == int(amount) else float(amount)
