"""Programmes as the rooms below see them."""

from counselling.doors import FundedProgramme
from iqquadrat.reporting.models import Programme


def funded_programmes(centre_id: int) -> list[FundedProgramme]:
    """Return the programmes of a centre whose participants are reported to the European Social Fund Plus."""
    rows = Programme.objects.filter(centres=centre_id, esf_plus=True).order_by("-starts_on", "code")
    return [
        FundedProgramme(code, name, starts_on, ends_on)
        for code, name, starts_on, ends_on in rows.values_list("code", "name", "starts_on", "ends_on")
    ]
