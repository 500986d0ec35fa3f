"""Is this business in the register already? By its number; else by its door and its folded name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import gettext

from businesses.models import Business, RegisterProblem, RegisterRow
from businesses.recognition import name_key

Place = tuple[Any, ...]
CHUNK = 1_000


def by_number(centre_id: int, numbers: Iterable[str]) -> dict[str, Business]:
    """Return the businesses of these numbers: own ones first, else those of an export. One that was merged leads to what it became."""
    numbers = {number for number in numbers if number}
    addresses = {uuid: number for number in numbers if (uuid := _uuid(number))}
    found = Business.with_absorbed.filter(
        Q(reference__in=numbers) | Q(public_id__in=list(addresses)), centre=centre_id
    ).select_related(
        "premises__street", "branch", "predecessor", "merged_into__premises__street", "merged_into__branch"
    )
    named: dict[str, Business] = {}
    # Own numbers count for more than addresses, standing records for more than those that became part of another one.
    businesses = sorted(found, key=lambda business: (business.merged_into_id is None, business.pk))
    for business in businesses:
        if number := addresses.get(business.public_id):
            named[number] = _standing(business)
    for business in businesses:
        if business.reference in numbers:
            named[business.reference] = _standing(business)
    return named


def batched(values: Iterable[str], size: int) -> Iterator[list[str]]:
    """Yield these values some at a time."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some


def _standing(business: Business) -> Business:
    while business.merged_into:
        business = business.merged_into
    return business


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def place_of(facts: Mapping[str, Any]) -> Place:
    """Return door and folded name of what a row says."""
    return *facts.get("door", ()), name_key(facts.get("sign_name", ""), facts.get("legal_name", ""))


def key_of(place: Place) -> str:
    """Return the same as it can be compared in the database."""
    return " | ".join(str(part) for part in place)[:400]


def by_place(centre_id: int, places: Sequence[Place]) -> dict[Place, list[Business]]:
    """Return those that are behind the same door under the same name, the oldest first; of founders without a door those of the same name."""
    doors = [place for place in places if len(place) > 1]
    bare = [place[0] for place in places if len(place) == 1 and place[0]]
    found = Business.objects.filter(centre=centre_id).select_related(
        "premises__street", "branch", "predecessor"
    )
    known: dict[Place, list[Business]] = defaultdict(list)
    behind = found.filter(
        premises__street__name__in={place[0] for place in doors}, premises__house_number__in={place[1] for place in doors},
        name_key__in={place[-1] for place in doors},
    )  # fmt: skip
    for business in behind.order_by("pk"):
        if door := business.premises:
            place = (
                door.street.name,
                door.house_number,
                door.addition,
                door.floor,
                door.position,
                business.name_key,
            )
            known[place].append(business)
    for business in found.filter(premises__isnull=True, name_key__in=bare).order_by("pk"):
        known[(business.name_key,)].append(business)
    return known


def repeated_within(run_pk: int) -> None:
    """A row that is like one above it is in doubt, also where both are like a business in the register."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE businesses_registerrow AS below SET plan = 'doubt', match_line = above.line FROM ("
            " SELECT place_key, min(line) AS line FROM businesses_registerrow WHERE run_id = %s AND plan IN ('new', 'doubt')"
            " AND place_key <> '' GROUP BY place_key HAVING count(*) > 1) AS above"
            " WHERE below.run_id = %s AND below.place_key = above.place_key AND below.line > above.line"
            " AND below.plan IN ('new', 'doubt')",
            [run_pk, run_pk],
        )


def rows_above(run_pk: int, lines: Sequence[int], most: int) -> dict[int, list[int]]:
    """Return for each of these lines the lines above that say the same door and name, in their order: the ``most`` nearest.

    So many at most, because a list of thousands of rows that are all alike has millions of pairs.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT here.line, above.line FROM businesses_registerrow AS here CROSS JOIN LATERAL ("
            " SELECT line FROM businesses_registerrow WHERE run_id = here.run_id AND place_key = here.place_key"
            " AND line < here.line AND plan IN ('new', 'doubt') ORDER BY line DESC LIMIT %s) AS above"
            " WHERE here.run_id = %s AND here.line = ANY(%s) AND here.match_line IS NOT NULL ORDER BY here.line, above.line",
            [most, run_pk, list(lines)],
        )
        pairs = cursor.fetchall()
    found: dict[int, list[int]] = {}
    for line, above in pairs:
        found.setdefault(line, []).append(above)
    return found


def numbers_twice(run_pk: int) -> int:
    """Name the rows whose number stands in a row above; return how many good ones became broken by it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row.line, first.line FROM businesses_registerrow AS row JOIN ("
            " SELECT reference, min(line) AS line FROM businesses_registerrow WHERE run_id = %s AND reference <> ''"
            " GROUP BY reference HAVING count(*) > 1) AS first"
            " ON row.reference = first.reference AND row.line > first.line WHERE row.run_id = %s",
            [run_pk, run_pk],
        )
        twice = cursor.fetchall()
    RegisterProblem.objects.bulk_create(
        [
            RegisterProblem(
                run_id=run_pk, line=line, field="reference", message=gettext("Line %(line)d has this number already.") % {"line": first}
            )
            for line, first in twice
        ],
        batch_size=1_000,
    )  # fmt: skip
    rows = RegisterRow.objects.filter(
        run=run_pk, line__in=[line for line, _first in twice], facts__isnull=False
    )
    return rows.update(facts=None, plan="", match=None, changes=[])


def unknown_predecessors(run_pk: int, centre_id: int) -> int:
    """Name the rows whose predecessor is neither in the list nor in the register; return how many good ones became broken by it."""
    rows = RegisterRow.objects.filter(run=run_pk, facts__has_key="predecessor")
    wanted: dict[str, list[int]] = defaultdict(list)
    for line, number in rows.values_list("line", "facts__predecessor").iterator(chunk_size=2_000):
        wanted[str(number)].append(line)
    known: set[str] = set()
    for some in batched(wanted, CHUNK):
        known |= by_number(centre_id, some).keys()
        listed = RegisterRow.objects.filter(run=run_pk, reference__in=some, facts__isnull=False)
        known |= set(listed.values_list("reference", flat=True))
    missing = [(number, line) for number, lines in wanted.items() if number not in known for line in lines]
    RegisterProblem.objects.bulk_create(
        [
            RegisterProblem(
                run_id=run_pk, line=line, field="predecessor",
                message=gettext("No business has the number “%(number)s”.") % {"number": number},
            )
            for number, line in missing
        ],
        batch_size=1_000,
    )  # fmt: skip
    broken = RegisterRow.objects.filter(run=run_pk, line__in=[line for _number, line in missing])
    return broken.update(facts=None, plan="", match=None, changes=[])
