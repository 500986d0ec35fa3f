"""Rows of pairs that really are two."""

from businesses.models import Business, ReallyTwo
from iqquadrat.accounts.models import Centre
from tests.rows.registry import Users, rows, store


@rows(Centre, makes=(ReallyTwo,))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    alike = store([Business(centre=centre, sign_name=f"Zwilling {n}") for n in numbers for _twin in range(2)])
    store(
        [
            ReallyTwo(centre=centre, first=one, second=other, decided_by=users["coordinator"], reason="zwei Cousins")
            for one, other in zip(alike[::2], alike[1::2], strict=True)
        ]
    )  # fmt: skip
