"""Which rows of files on their way in may be about a client who is being erased.

A row that was checked is known by what the check compares. One that was not, or that is broken, is only cells: it is about the person
when both names stand in it, or the phone number, the e-mail address, the client number. In doubt it goes; the file still has it.
"""

import json
import re
from collections.abc import Iterable

from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast

from counselling.enums import BirthPrecision
from counselling.imports.matching import Person, phone_key
from counselling.models import Client, ImportedRecord, ImportRow, ImportRun
from counselling.models.imports import ImportRowQuerySet

_COMPARED = (
    "given_name",
    "family_name",
    "latin_given_name",
    "latin_family_name",
    "birth_date",
    "birth_precision",
    "phone",
)
# A shorter number stands in many cells that mean something else.
SHORTEST_NUMBER = 4


def rows_about(client: Client) -> ImportRowQuerySet:
    """Return the staged rows of the centre that may be about this client, whatever has been done with them so far."""
    person = Person.of({name: getattr(client, name) for name in _COMPARED})
    found = Q(match=client) | Q(facts__client_id=client.pk)
    if client.birth_date:
        found |= Q(birth_date=client.birth_date, part_keys__overlap=client.search_key.split())
    if phone := phone_key(client.phone):
        found |= Q(phone_key=phone) | Q(digits__contains=phone)
    named = _named(client)
    if person.whole_key:
        named |= Q(whole_key=person.whole_key)
    # Another exact birth date speaks against it: somebody else of that name.
    if client.birth_date and client.birth_precision == BirthPrecision.DAY:
        named &= Q(birth_date__isnull=True) | Q(birth_date=client.birth_date)
    rows = ImportRow.objects.filter(run__centre_id=client.centre_id).alias(
        written=Cast("cells", TextField()),
        digits=Func(
            F("written"),
            Value(r"\D"),
            Value(""),
            Value("g"),
            function="regexp_replace",
            output_field=TextField(),
        ),
    )
    return rows.filter(found | named | _numbered(client))


def forget_file_names(client: Client) -> None:
    """Empty the names of files that are called like the client."""
    ImportRun.objects.filter(_named(client, "file_name"), centre_id=client.centre_id).update(file_name="")


def _named(client: Client, where: str = "written") -> Q:
    """Both names stand in the row, in whatever script and order; other names count as family names."""
    families = {client.family_name, client.latin_family_name, *re.split(r"[,;/\s]+", client.aliases)}
    return _any_of({client.given_name, client.latin_given_name}, where) & _any_of(families, where)


def _numbered(client: Client) -> Q:
    """A cell is a number of the person, or the e-mail address stands in the row."""
    old = ImportedRecord.objects.filter(client=client).values_list("reference", flat=True)
    numbers = [number for number in (client.number, *old) if len(number) >= SHORTEST_NUMBER]
    found = _any_of({client.email})
    for number in numbers:
        found |= Q(cells__contains=[number])
    return found


def _any_of(words: Iterable[str], where: str = "written") -> Q:
    """One of these words stands in the row; without any word no row fits."""
    found = Q(pk__in=[])
    for word in words:
        if len(word) > 1:
            found |= Q(**{f"{where}__icontains": json.dumps(word, ensure_ascii=False)[1:-1]})
    return found
