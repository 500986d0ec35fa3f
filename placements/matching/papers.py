"""Licences and certificates: which is had, in progress, lacking or not known."""

from enum import StrEnum

from placements.matching.facts import ClientFacts, Codes

# Who has one of these has the other too: C covers C1, and both, BE and D are given only to holders of B (section 9 FeV).
COVERED_BY: dict[str, Codes] = {
    "b": frozenset({"b", "be", "c1", "c", "d"}),
    "c1": frozenset({"c1", "c"}),
}
# The forklift stands in the list of licences and in that of certificates; it is one paper.
FORKLIFT = "forklift"
ABROAD = "foreign"  # a licence from abroad that has to be rewritten counts as on its way to B


class Paper(StrEnum):
    """How a client stands to one paper."""

    HAD = "had"
    COMING = "coming"
    LACKING = "lacking"
    UNKNOWN = "unknown"


def licence(code: str, client: ClientFacts) -> Paper:
    """Tell how the client stands to a driving licence."""
    if covering(code) & client.licences or (code == FORKLIFT and FORKLIFT in client.certificates):
        return Paper.HAD
    on_its_way = code == client.licence_in_progress or (code == "b" and ABROAD in client.licences)
    if on_its_way or (code == FORKLIFT and FORKLIFT in client.certificates_in_progress):
        return Paper.COMING
    return Paper.LACKING if client.licences else Paper.UNKNOWN


def certificate(code: str, client: ClientFacts) -> Paper:
    """Tell how the client stands to a certificate."""
    if code in client.certificates or (code == FORKLIFT and FORKLIFT in client.licences):
        return Paper.HAD
    if code in client.certificates_in_progress or (
        code == FORKLIFT and client.licence_in_progress == FORKLIFT
    ):
        return Paper.COMING
    return Paper.LACKING if client.certificates else Paper.UNKNOWN


def covering(code: str) -> Codes:
    """Return the licences with which one may drive what ``code`` allows."""
    return COVERED_BY.get(code, frozenset({code}))


def standing(licences: Codes, certificates: Codes, client: ClientFacts) -> dict[str, Paper]:
    """Return how the client stands to all of these, licences first, each by ``licence:b`` or ``certificate:hygiene``."""
    return {
        **{f"licence:{code}": licence(code, client) for code in sorted(licences)},
        **{f"certificate:{code}": certificate(code, client) for code in sorted(certificates)},
    }
