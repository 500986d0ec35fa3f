"""Invented people and figures for the gallery of components."""

from typing import Any

from iqquadrat.core import pictograms


def gallery_context() -> dict[str, Any]:
    """Return what the gallery shows."""
    return {"pictograms": pictograms.names()}
