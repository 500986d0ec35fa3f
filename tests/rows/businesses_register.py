"""Rows of the register's office work: lists that come in, people of a business, records that became one."""

import datetime as dt

from django.utils import timezone

from businesses.models import (
    Business,
    BusinessMerge,
    Contact,
    Observation,
    Premises,
    RegisterImport,
    RegisterProblem,
    RegisterRow,
    Street,
)
from iqquadrat.accounts.models import Centre
from tests.rows.registry import Users, rows, store

WITHOUT = {
    "businesses.RegisterFilePart": "read by the worker, never shown",
    "businesses.RegisterRecord": "counted, never listed; taking back reads it in pieces",
}


@rows(Business, makes=(Contact,))
def _of_a_business(business: Business, users: Users, numbers: range) -> None:
    store([Contact(business=business, name=f"Linh {number}", languages=["vi"]) for number in numbers])
    day = timezone.localdate() - dt.timedelta(days=400)
    store(
        [
            Observation(business=business, seen_on=day + dt.timedelta(days=number), status="open", by=users["coordinator"])
            for number in numbers
        ]
    )  # fmt: skip


@rows(RegisterImport, makes=(RegisterRow, RegisterProblem))
def _of_an_import(run: RegisterImport, users: Users, numbers: range) -> None:
    store(
        [
            RegisterRow(run=run, line=number + 10, cells=[f"Imbiss {number}"], facts={"sign_name": "Imbiss"}, plan="doubt", match_line=2, place_key="imbiss")
            for number in numbers
        ]
    )  # fmt: skip
    store(
        [
            RegisterProblem(run=run, line=number + 10, column=0, field="sign_name", message="Bitte ansehen")
            for number in numbers
        ]
    )


@rows(Centre, makes=(RegisterImport, BusinessMerge))
def _of_the_centre(centre: Centre, users: Users, numbers: range) -> None:
    store(
        [
            RegisterImport(centre=centre, created_by=users["coordinator"], file_name=f"Liste {number}.csv", state="mapping")
            for number in numbers
        ]
    )  # fmt: skip
    street, _new = Street.objects.get_or_create(centre=centre, name="Doppelstraße")
    start = street.premises.count()
    # Twenty pairs are more than an office leaves lying.
    doors = store(
        [
            Premises(centre=centre, street=street, house_number=start + number + 1)
            for number in range(len(numbers[:20]))
        ]
    )
    twins = [
        Business(centre=centre, premises=door, sign_name=name, name_key=name.casefold())
        for door in doors
        for name in ("Laden", "Laden 2")
    ]
    store(twins)
    kept = [twins[n % len(twins)] for n in range(len(numbers))]
    absorbed = store([Business(centre=centre, sign_name="Doppelt", merged_into=one) for one in kept])
    store(
        [
            BusinessMerge(centre=centre, kept=one, absorbed=other, merged_by=users["coordinator"], details={})
            for one, other in zip(kept, absorbed, strict=True)
        ]
    )
