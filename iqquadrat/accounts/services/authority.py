"""Who may write, checked as it is now and one writer a centre at a time."""

from iqquadrat.accounts.models import Centre, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.services.errors import AccountError, NotAllowedError


def authorise(
    by: User | None, centre: Centre, *permissions: Permission, refusal: type[AccountError] = NotAllowedError
) -> Centre:
    """Lock the centre and check that the acting user has any of the rights there; returns the centre as it is stored.

    The lock keeps two administrators from closing each other at the same moment. ``by=None`` is the command line.
    """
    stored = Centre.objects.select_for_update().get(pk=centre.pk)
    if by is None:
        return stored
    now = User.objects.filter(pk=by.pk).first()
    if (
        now is None
        or now.centre_id != centre.pk
        or not any(now.may(permission) for permission in permissions)
    ):
        raise refusal
    return stored
