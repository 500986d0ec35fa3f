"""Knowing the values of our own columns by how people write them."""

from collections.abc import Mapping, Sequence

from counselling.imports.columns import choices_of, columns_of
from iqquadrat.core.importing import guessing
from iqquadrat.core.importing.columns import Column
from iqquadrat.core.importing.guessing import Meanings

# How people shorten and paraphrase what we have codes for; everything else is known by its label and its code.
ALSO = {
    "gender": {"female": "w f frau weibl fem woman", "male": "m mann mnnl maennl man herr", "diverse": "d divers x", "none_stated": "k.A. ka unbekannt o.A."},
    "form_of_address": {"ms": "frau fr mrs miss", "mr": "herr hr"},
    "name_order": {"given_first": "vorname-zuerst", "family_first": "nachname-zuerst familienname-zuerst"},
    "residence_status": {
        "german": "deutsch", "eu": "eu-bürger eu-bürgerin freizügigkeit", "settlement": "niederlassungserlaubnis ne unbefristet",
        "residence": "aufenthaltserlaubnis ae", "temporary_protection": "§24 24 §-24", "pending": "aufenthaltsgestattung gestattung",
        "tolerated": "duldung geduldet",
    },
    "work_permission": {"allowed": "ja erlaubt gestattet yes", "needs_approval": "mit-genehmigung zustimmung", "not_allowed": "nein verboten no"},
    "income_type": {
        "sgb3": "alg-1 alg-i arbeitslosengeld sgb-3", "sgb2": "alg-2 alg-ii bürgergeld grundsicherungsgeld hartz-4 sgb-2", "sgb12": "sozialhilfe sgb-12",
        "asylblg": "asylblg", "bafoeg": "bafög", "own": "arbeit lohn gehalt", "none": "keins kein",
    },
    "labour_market_status": {"employed": "angestellt arbeit", "marginal": "minijob", "unemployed_long": "langzeitarbeitslos", "unemployed_short": "arbeitslos arbeitsuchend", "self_employed": "selbständig selbstständig"},
    "channel": {"person_unplanned": "persönlich vor-ort offen", "person_planned": "termin", "phone": "tel anruf", "mail": "e-mail email", "video": "online"},
    "is_no_show": {"1": "ja j x yes y true", "0": "nein n no false"},
}  # fmt: skip


def guess_columns(kind: str, headers: Sequence[str], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return for places of the file the field of this kind that it most likely is."""
    return guessing.guess_columns(columns_of(kind), headers, remembered)


def meanings_of(column: Column, said: Mapping[str, str]) -> Meanings:
    """Return everything by which values of this column are known: what was said about this file comes first."""
    return guessing.meanings_of(lambda: choices_of(column), ALSO.get(column.field, {}), said)
