"""Who sees what of an entry."""

from iqquadrat.accounts.models import User
from iqquadrat.accounts.permissions import Permission


def sees_content(user: User) -> bool:
    """Which record it was and what of it is shown to the coordinator; the administrator reads who, what and when only."""
    return user.may(Permission.LOG_READ_CENTRE)
