"""Every write of this room: a verb, keyword-only, ``by=`` whom, atomic, logged."""

from iqquadrat.rights.services.erasing import erase_client, preview
from iqquadrat.rights.services.restoring import apply_erasures

__all__ = ["apply_erasures", "erase_client", "preview"]
