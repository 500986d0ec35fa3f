"""Rows of pairs that really are two."""

from itertools import combinations, islice

from businesses.models import Business, ReallyTwo
from iqquadrat.accounts.models import Centre
from tests.rows.registry import Users, rows, store


@rows(Centre, makes=(ReallyTwo,))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    # Each with each: 25 shops of one name make 300 pairs, and the register stays short.
    count = next(n for n in range(2, 30) if n * (n - 1) // 2 >= len(numbers))
    alike = store([Business(centre=centre, sign_name=f"Zwilling {n}") for n in range(count)])
    pairs = islice(combinations(alike, 2), len(numbers))
    store(
        [
            ReallyTwo(centre=centre, first=one, second=other, decided_by=users["coordinator"], reason="zwei Cousins")
            for one, other in pairs
        ]
    )  # fmt: skip
