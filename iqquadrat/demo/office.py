"""Office work with the register: somebody to ask for, a founder, a shop that was written down twice."""

import datetime as dt
from collections.abc import Sequence

from businesses.enums import ContactRole, Reach, Status
from businesses.models import Business
from businesses.services import BusinessFacts, Door, create_business, create_contact
from businesses.services.contacts import ContactFacts
from iqquadrat.accounts.models import User

PEOPLE = [
    ("Samer Haddad", ContactRole.OWNER, ("ar", "de"), Reach.VISIT), ("Trần Thị Lan", ContactRole.OWNER, ("vi",), Reach.PHONE),
    ("Belkıs Yılmaz", ContactRole.OWNER, ("tr", "de"), Reach.PHONE), ("Dmitri Koval", ContactRole.MANAGER, ("ru", "uk"), Reach.VISIT),
]  # fmt: skip


def make_office_work(*, businesses: Sequence[Business], by: User, day: dt.date) -> None:
    """Write down some people, a founder without a shop, and the second record of one shop."""
    for number, (business, (name, role, languages, reach)) in enumerate(
        zip(businesses, PEOPLE, strict=False)
    ):
        facts = ContactFacts(
            name=name, role=role, languages=languages, reach=reach, phone=f"0341 555010{number}"
        )
        create_contact(business=business, facts=facts, by=by)
    create_business(centre=by.centre, by=by, facts=BusinessFacts(
        sign_name="Nähstube Amal", status=Status.NOT_YET_OPEN, branch_words="Änderungsschneiderei", languages=("ar", "de"),
        planned_opening=day + dt.timedelta(days=60), reference="G-1",
    ))  # fmt: skip
    twice, door = businesses[1], businesses[1].premises
    if door is not None:
        create_business(centre=by.centre, by=by, facts=BusinessFacts(
            door=Door(
                street=door.street.name, house_number=door.house_number, addition=door.addition, floor=door.floor, position=door.position
            ),
            sign_name=twice.sign_name.replace("Restaurant ", "Rest. "), branch_words="Vietnamesisches Restaurant", phone="0341 5550101",
        ))  # fmt: skip
