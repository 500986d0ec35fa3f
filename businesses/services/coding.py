"""Coding the plain words of a trade."""

from django.db import transaction

from businesses.errors import AlreadyCodedError
from businesses.models import Business, WzBranch
from iqquadrat.accesslog.enums import Action
from iqquadrat.accesslog.services import record
from iqquadrat.accounts.models import User


@transaction.atomic
def code_business(*, business: Business, branch: WzBranch, by: User) -> Business:
    """Give a business that has no branch yet this one; the same branch again changes nothing.

    Raises ``AlreadyCodedError`` when it has another branch by now: that is changed on its own page, where it is seen.
    """
    stored = Business.objects.select_for_update(of=("self",)).get(pk=business.pk)
    if stored.branch_id == branch.pk:
        return stored
    if stored.branch_id is not None:
        raise AlreadyCodedError
    stored.branch = branch
    stored.revision += 1
    stored.save(update_fields=["branch", "revision", "changed_at"])
    record(Action.CHANGE, by=by, obj=stored, fields=["branch"])
    return stored
