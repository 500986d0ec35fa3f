"""Signing people out from afar: oneself somewhere else, or, as an administrator, somebody everywhere."""

from django.db import transaction

from iqquadrat.accounts.models import Sitting, User
from iqquadrat.accounts.permissions import Permission
from iqquadrat.accounts.services.authority import authorise
from iqquadrat.accounts.signals import sittings_ended


def _end(sittings: list[str], *, user: User, by: User | None) -> int:
    gone, _tables = Sitting.objects.filter(pk__in=sittings, user=user).delete()
    if gone:
        sittings_ended.send(sender=User, user=user, by=by, number=gone)
    return gone


@transaction.atomic
def end_sitting(*, by: User, sitting: Sitting) -> int:
    """End one of the own sittings; returns how many ended, 0 if it was over already."""
    return _end([sitting.pk], user=by, by=by)


@transaction.atomic
def end_other_sittings(*, by: User, but: str) -> int:
    """End all own sittings except the one with this key; returns how many."""
    others = Sitting.objects.filter(user=by).exclude(pk=but)
    return _end(list(others.values_list("pk", flat=True)), user=by, by=by)


@transaction.atomic
def end_all_sittings(*, user: User, by: User | None) -> int:
    """Sign somebody out everywhere, also where a page is being asked for at this moment; returns how many places."""
    authorise(by, user.centre, Permission.USER_WRITE)
    stored = User.objects.select_for_update().get(pk=user.pk)
    stored.session_epoch += 1
    stored.save(update_fields=["session_epoch"])
    keys = Sitting.objects.filter(user=stored).values_list("pk", flat=True)
    return _end(list(keys), user=stored, by=by)
