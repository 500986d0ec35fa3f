"""A shop that nobody had on the list, found by the surveyor who walks past."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from businesses.enums import Status
from businesses.errors import AlreadyListedError, NotOnTheListError
from businesses.models import Assignment, Street, Unit, Wave
from businesses.services.fieldwork import add_units
from businesses.services.register import BusinessFacts, Door, create_business
from iqquadrat.accounts.models import User
from iqquadrat.core.folding import search_key


@transaction.atomic
def list_found(
    *,
    wave: Wave,
    street: Street,
    house_number: int,
    by: User,
    addition: str = "",
    sign_name: str = "",
    trade: str = "",
    status: str = Status.OPEN,
    seen_on: date | None = None,
    position: Mapping[str, Decimal] | None = None,
) -> Unit:
    """Write a shop into the register and onto the list of a wave, seen on this day.

    Raises ``NotOnTheListError`` when the door is not in the surveyor's section, ``AlreadyListedError`` when a shop of this name is on the
    list at this number, or one that stands empty as this one does.
    """
    Wave.objects.select_for_update(of=("self",)).get(pk=wave.pk)
    if street.centre_id != wave.centre_id or not in_section(wave, by, street, house_number):
        raise NotOnTheListError
    there = Unit.objects.filter(
        wave=wave, business__premises__street=street, business__premises__house_number=house_number,
        business__premises__addition=addition,
    )  # fmt: skip
    for unit in there.select_related("business", "wave"):
        if search_key(unit.business.sign_name) == search_key(sign_name):
            raise AlreadyListedError(unit)
    facts = BusinessFacts(
        door=Door(street=street.name, house_number=house_number, addition=addition), sign_name=sign_name, branch_words=trade, status=status,
        programme_code=wave.programme_code,
    )  # fmt: skip
    business = create_business(
        centre=wave.centre, facts=facts, by=by, confirmed_on=seen_on, wave=wave, position=position
    )
    add_units(wave=wave, businesses=[business], by=by)
    found: Unit = Unit.objects.select_related("wave", "business").get(wave=wave, business=business)
    return found


def in_section(wave: Wave, surveyor: User, street: Street, house_number: int) -> bool:
    """Whether a house lies in a section that this surveyor walks in the wave."""
    return any(
        section.holds(house_number)
        for section in Assignment.objects.filter(wave=wave, surveyor=surveyor, street=street)
    )
