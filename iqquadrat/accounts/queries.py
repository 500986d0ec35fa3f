"""Reads used by pages: the accounts of a centre, searched and filtered."""

from django.db.models import Q, QuerySet

from iqquadrat.accounts.models import User


def find_accounts(reader: User, *, q: str = "", role: str = "", state: str = "") -> QuerySet[User]:
    """Return the accounts of the reader's centre. ``state``: empty for open ones, ``closed``, ``all``."""
    accounts = User.objects.visible_to(reader).order_by("family_name", "given_name", "pk")
    for word in q.split():
        accounts = accounts.filter(
            Q(given_name__icontains=word) | Q(family_name__icontains=word) | Q(email__icontains=word)
        )
    if role:
        accounts = accounts.filter(roles__contains=[role])
    if state != "all":
        accounts = accounts.filter(is_active=state != "closed")
    return accounts
