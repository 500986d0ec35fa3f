"""The columns of a list of businesses: what they are called, what stands in them, and how it is read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from businesses import languages
from businesses.enums import Floor, Position, PositionSource, SizeBand, Status
from businesses.models import Business
from iqquadrat.core.importing.columns import Column, Shape

C, S = Column, Shape


class YesNo:
    """A box of the form as a column."""

    choices = (("1", _("yes")), ("0", _("no")))


COLUMNS: dict[str, Column] = {column.field: column for column in (
    C(field="reference", label=_("Number"), called=("nr", "nummer", "eigene nummer", "betriebsnummer", "id", "lfd nr", "number", "no", "own number"), hint=_("your own number, or the one from an export: by it a business is known again"), example="B-17"),
    C(field="street", label=_("Street"), called=("straße", "strasse", "street name"), example="Eisenbahnstraße"),
    C(field="house_number", label=_("House number"), called=("hausnummer", "haus nr", "hausnr", "nr haus", "house", "house no"), example="52a"),
    C(field="address", label=_("Street and house number"), called=("adresse", "anschrift", "straße nr", "straße und nr", "straße hausnummer", "address"), hint=_("both in one cell, where your list has no columns for each"), example="Eisenbahnstraße 52a"),
    C(field="floor", label=_("Floor"), shape=S.CHOICE, choices=Floor, called=("etage", "geschoss", "stockwerk", "level"), hint=_("ground floor, where nothing stands here"), example="Erdgeschoss"),
    C(field="position", label=_("Door"), shape=S.CHOICE, choices=Position, called=("tür", "eingang", "entrance"), example="links"),
    C(field="frontage_m", label=_("Frontage in metres"), called=("front", "fensterfront", "schaufenster in metern", "frontage"), example="6.5"),
    C(field="latitude", label=_("Latitude"), called=("breite", "breitengrad", "lat", "y"), hint=_("WGS 84, as 51.345821"), example="51.345821"),
    C(field="longitude", label=_("Longitude"), called=("länge", "längengrad", "lon", "lng", "x"), example="12.401977"),
    C(field="position_source", label=_("Position from"), shape=S.CHOICE, choices=PositionSource, called=("lage aus",)),
    C(field="status", label=_("Status"), shape=S.CHOICE, choices=Status, called=("zustand", "stand", "state"), hint=_("open, where nothing stands here"), example="offen"),
    C(field="sign_name", label=_("Name on the sign"), called=("name", "betrieb", "firma", "geschäft", "name auf dem schild", "shop", "business", "company"), hint=_("needed, or the legal name, unless the shop is vacant"), example="Imbiss Hoa Sen"),
    C(field="legal_name", label=_("Legal name"), called=("firmenname", "rechtlicher name", "inhaber", "inhaberin"), example="Hoa Sen GmbH"),
    C(field="branch", label=_("Branch code (WZ)"), called=("wz", "wz code", "wz 2008", "branche code", "wirtschaftszweig", "nace", "branch code"), hint=_("a group of the classification, as 56.1"), example="56.1"),
    C(field="branch_version", label=_("Classification"), called=("wz version", "klassifikation", "version"), hint=_("2008, where nothing stands here"), example="2008"),
    C(field="branch_words", label=_("Trade in plain words"), called=("branche", "gewerbe", "tätigkeit", "was", "trade", "branch"), example="Asia-Imbiss"),
    C(field="languages", label=_("Languages on the sign"), shape=S.CHOICES, choices=None, called=("sprachen", "schildsprachen", "sprachen auf dem schild", "languages"), hint=_("several with a comma"), example="Vietnamesisch, Deutsch"),
    C(field="size_band", label=_("Persons"), shape=S.CHOICE, choices=SizeBand, called=("größe", "beschäftigte", "mitarbeiter", "personen", "size", "staff"), example="2-4"),
    C(field="size_is_estimated", label=_("Persons estimated"), shape=S.CHOICE, choices=YesNo, called=("geschätzt", "größe geschätzt", "estimated"), example="ja"),
    C(field="phone", label=_("Phone"), called=("telefon", "tel", "handy", "mobil", "telefonnummer", "mobile"), example="0341 5550100"),
    C(field="email", label=_("E-mail"), called=("e-mail", "email", "mail"), example="hoasen@example.org"),
    C(field="planned_opening", label=_("Planned opening"), shape=S.DAY, called=("geplante eröffnung", "eröffnung", "öffnet am", "opening"), hint=_("of founders"), example="1.4.2027"),
    C(field="predecessor", label=_("Number of the predecessor"), called=("vorgänger", "nummer des vorgängers", "predecessor"), hint=_("who was behind the same door before"), example="B-3"),
    C(field="confirmed_on", label=_("Confirmed on"), shape=S.DAY, called=("bestätigt", "bestätigt am", "gesehen am", "stand vom", "confirmed", "seen on"), hint=_("when somebody last saw it"), example="24.11.2026"),
    C(field="programme_code", label=_("Programme"), called=("programm", "projekt", "programme")),
    C(field="note", label=_("Note"), shape=S.NOTE, called=("notiz", "bemerkung", "bemerkungen", "anmerkung", "note", "notes", "remark")),
)}  # fmt: skip

# How people shorten and paraphrase what we have codes for; everything else is known by its label and its code.
ALSO: dict[str, Mapping[str, str]] = {
    "floor": {"-1": "keller souterrain ug untergeschoss", "0": "eg parterre", "1": "1.og og 1", "2": "2.og 2", "3": "3.og 3", "4": "4.og 4 dg"},
    "status": {"open": "offen geöffnet auf in-betrieb aktiv active", "closed": "zu geschlossen aufgegeben", "vacant": "leer leerstand leerstehend empty", "moved": "umgezogen weggezogen verzogen", "not_yet_open": "gründung gründer-in in-gründung geplant planned", "changed": "wechsel gewechselt"},
    "size_is_estimated": {"1": "ja j x yes y true", "0": "nein n no false"},
    "size_band": {"1": "einzeln allein", "50+": "ab-50 über-50"},
}  # fmt: skip


def choices_of(column: Column) -> list[tuple[str, str]]:
    """Return codes and words of a column of choices, in the language of the reader."""
    choices = column.choices.choices if column.choices is not None else languages.choices()
    return [(str(code), str(label)) for code, label in choices]


@dataclass(frozen=True)
class Out:
    """A column that goes out: its value as a code, from a business with its premises, branch and predecessor."""

    column: Column
    code: Callable[[Business], Any]


def _door(name: str) -> Callable[[Business], Any]:
    return lambda business: getattr(business.premises, name) if business.premises else ""


def _own(name: str) -> Callable[[Business], Any]:
    return lambda business: getattr(business, name)


_VALUES: dict[str, Callable[[Business], Any]] = {
    "reference": lambda business: business.number,
    "street": lambda business: business.premises.street.name if business.premises else "",
    **{name: _door(name) for name in (
        "floor", "position", "frontage_m", "latitude", "longitude", "position_source",
    )},
    "house_number": _door("number"),
    "branch": lambda business: business.branch_code,
    "branch_version": lambda business: business.branch.version if business.branch else "",
    "languages": lambda business: list(business.languages),
    "size_is_estimated": lambda business: ("1" if business.size_is_estimated else "0") if business.size_band else "",
    "predecessor": lambda business: business.predecessor.number if business.predecessor else "",
}  # fmt: skip

# What an export holds. The address in one cell only comes in; here it stands in its parts.
GOING_OUT = [
    Out(column, _VALUES.get(column.field, _own(column.field)))
    for column in COLUMNS.values()
    if column.field != "address"
]
