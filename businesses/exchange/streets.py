"""Streets as lists write them: with the number in one cell, shortened, in another spelling."""

import re

from businesses.models import Street
from iqquadrat.core.folding import folded_words

_ADDRESS = re.compile(r"(?P<street>.*\D)\s*\b(?P<number>\d{1,4}\s*[a-zA-Z]?)", re.DOTALL)
_SHORT = re.compile(r"str$")


def divided(address: str) -> tuple[str, str]:
    """Return street and house number of an address in one cell; no number where none stands at its end."""
    match = _ADDRESS.fullmatch(address.strip().rstrip(",;"))
    return (match["street"].strip(" ,"), match["number"]) if match else (address, "")


def folded(name: str) -> str:
    """Return by what two spellings of a street are one: ``Eisenbahnstr.`` is ``Eisenbahnstraße``."""
    return " ".join(_SHORT.sub("strasse", word) for word in folded_words(name))


class StreetNames:
    """The streets that a centre knows, by how people write them."""

    def __init__(self, centre_id: int) -> None:
        names = Street.objects.filter(centre=centre_id).order_by("pk").values_list("name", flat=True)
        self._names = {folded(name): name for name in names}

    def of(self, written: str) -> str:
        """Return the centre's name of this street; a new one stays as it is written, and is known from then on."""
        key = folded(written)
        return self._names.setdefault(key, written) if key else written
