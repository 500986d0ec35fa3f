"""The people of a business: written down, corrected, deleted on demand."""

from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from businesses.errors import RecordChangedError
from businesses.models import Business, Contact
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User
from iqquadrat.core.submissions import take_turns


@dataclass(frozen=True, kw_only=True)
class ContactFacts:
    """Everything that is written down of a contact person."""

    name: str
    role: str = ""
    phone: str = ""
    email: str = ""
    languages: tuple[str, ...] = ()
    reach: str = ""

    def columns(self) -> dict[str, Any]:
        """The facts by the model's field names."""
        return asdict(self) | {"languages": list(self.languages)}


@transaction.atomic
def create_contact(
    *, business: Business, facts: ContactFacts, by: User, submission: UUID | None = None
) -> Contact:
    """Write down a person of a business; the same form sent twice makes one."""
    take_turns(submission)
    if submission and (made := Contact.objects.filter(submission=submission, business=business).first()):
        return made
    contact = Contact.objects.create(
        business=business, created_by=by, submission=submission, **facts.columns()
    )
    record(Action.CREATE, by=by, obj=contact, centre_id=business.centre_id)
    return contact


@transaction.atomic
def change_contact(*, contact: Contact, facts: ContactFacts, revision: int, by: User) -> Contact:
    """Correct a person as they were at ``revision``. Raises ``RecordChangedError`` when somebody was faster."""
    stored = Contact.objects.select_for_update(of=("self",)).select_related("business").get(pk=contact.pk)
    if stored.revision != revision:
        raise RecordChangedError(stored)
    changed = [name for name, value in facts.columns().items() if getattr(stored, name) != value]
    if changed:
        for name in changed:
            setattr(stored, name, facts.columns()[name])
        stored.revision += 1
        stored.save()
        record(Action.CHANGE, by=by, obj=stored, centre_id=stored.business.centre_id, fields=changed)
    return stored


@transaction.atomic
def delete_contact(*, contact: Contact, by: User) -> None:
    """Delete a person for good; what was agreed to stays with the business, without the name."""
    record(Action.DELETE, by=by, obj=contact, centre_id=contact.business.centre_id)
    contact.delete()
