"""Every write on accounts. An administrator acts within the own centre and never on the own rights."""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from iqquadrat.accounts.enums import Theme
from iqquadrat.accounts.models import Centre, PasswordLink, User
from iqquadrat.accounts.permissions import Permission, Role
from iqquadrat.accounts.services.authority import authorise
from iqquadrat.accounts.services.errors import (
    EmailTakenError,
    NoRoleError,
    NotAllowedError,
    OwnRightsError,
    RolesError,
    StaleAccountError,
)  # fmt: skip
from iqquadrat.accounts.signals import account_changed, account_created, password_link_sent

# Nobody's mailbox is flooded by whoever types the address into the page for forgotten passwords.
LINKS_AN_HOUR = 3


def check_roles(roles: Sequence[str]) -> list[str]:
    """Return the roles in the order of the policy; raises ``NoRoleError`` or ``RolesError``."""
    chosen = [role.value for role in Role if role.value in roles]
    if not chosen:
        raise NoRoleError
    if Role.SURVEYOR.value in chosen and len(chosen) > 1:
        raise RolesError
    return chosen


def _refuse_taken_email(email: str, *, but: User | None = None) -> None:
    taken = User.objects.filter(email__iexact=email)
    if but is not None:
        taken = taken.exclude(pk=but.pk)
    if taken.exists():
        raise EmailTakenError


@transaction.atomic
def create_user(
    *, by: User | None, centre: Centre, email: str, given_name: str, family_name: str, roles: Sequence[str],
    password: str | None = None, submission: uuid.UUID | None = None, **more: Any,
) -> User:  # fmt: skip
    """Create an account. Without a password it waits for its owner to choose one by the link in a mail.

    The same ``submission`` again returns the account it made. ``more``: form_of_address, language, theme.
    """
    authorise(by, centre, Permission.USER_WRITE)
    if submission is not None and (made := User.objects.filter(submission=submission, centre=centre).first()):
        return made
    _refuse_taken_email(email)
    user = User.objects.create_user(
        email=email, password=password, given_name=given_name, family_name=family_name, centre=centre,
        roles=check_roles(roles), submission=submission, **more,
    )  # fmt: skip
    account_created.send(sender=User, user=user, by=by)
    return user


@transaction.atomic
def change_user(
    *, user: User, by: User | None, roles: Sequence[str], revision: int | None = None, **facts: Any
) -> User:
    """Change an account's facts and roles. Changed roles end all its sessions.

    ``facts``: email, given_name, family_name, form_of_address.
    """
    authorise(by, user.centre, Permission.USER_WRITE)
    stored = User.objects.select_for_update().get(pk=user.pk)
    if revision is not None and revision != stored.revision:
        raise StaleAccountError
    wanted = check_roles(roles)
    if by is not None and by.pk == stored.pk and wanted != stored.roles:
        raise OwnRightsError
    if "email" in facts:
        facts["email"] = User.objects.normalize_email(facts["email"])
        _refuse_taken_email(facts["email"], but=stored)
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    if sorted(wanted) != sorted(stored.roles):
        changed.append("roles")
        stored.session_epoch += 1
    return _save_changes(stored, by=by, changed=changed, values={**facts, "roles": wanted})


@transaction.atomic
def close_account(*, user: User, by: User | None) -> User:
    """Close an account: its sessions end, its owner cannot sign in; what it did stays."""
    return _set_active(user=user, by=by, active=False)


@transaction.atomic
def reopen_account(*, user: User, by: User | None) -> User:
    """Open a closed account again; old sessions stay dead."""
    return _set_active(user=user, by=by, active=True)


def _set_active(*, user: User, by: User | None, active: bool) -> User:
    authorise(by, user.centre, Permission.USER_WRITE)
    if by is not None and by.pk == user.pk:
        raise OwnRightsError
    stored = User.objects.select_for_update().get(pk=user.pk)
    if stored.is_active == active:
        return stored
    stored.session_epoch += 1
    return _save_changes(stored, by=by, changed=["is_active"], values={"is_active": active})


@transaction.atomic
def set_password(*, user: User, password: str, by: User | None) -> User:
    """Set a new password; every other session of the account ends. ``by`` is the owner, also by the link of a mail."""
    stored = User.objects.select_for_update().get(pk=user.pk)
    if by is not None and by.pk != stored.pk:
        authorise(by, stored.centre, Permission.USER_WRITE)
    stored.set_password(password)
    user.password = stored.password
    return _save_changes(stored, by=by, changed=["password"], values={})


@transaction.atomic
def allow_password_link(*, user: User) -> bool:
    """Note that a mail with a link goes out; False when the address got enough of them within the last hour.

    The lock on the account keeps requests that arrive together from counting past each other.
    """
    User.objects.select_for_update().get(pk=user.pk)
    links = PasswordLink.objects.filter(user=user)
    links.filter(sent_at__lte=timezone.now() - dt.timedelta(hours=1)).delete()
    if links.count() >= LINKS_AN_HOUR:
        return False
    PasswordLink.objects.create(user=user)
    password_link_sent.send(sender=User, user=user)
    return True


@transaction.atomic
def change_own_facts(*, by: User, **facts: Any) -> User:
    """Change what everybody may change on the own account: names, form of address, language, appearance."""
    allowed = {"given_name", "family_name", "form_of_address", "language", "theme"}
    if not set(facts) <= allowed or not (by.is_active and by.is_authenticated):
        raise NotAllowedError
    if (
        facts.get("language", "de") not in settings.STAFF_LANGUAGES
        or facts.get("theme", "auto") not in Theme.values
    ):
        raise NotAllowedError
    stored = User.objects.select_for_update().get(pk=by.pk)
    changed = [name for name, value in facts.items() if getattr(stored, name) != value]
    return _save_changes(stored, by=by, changed=changed, values=facts)


def _save_changes(user: User, *, by: User | None, changed: list[str], values: dict[str, Any]) -> User:
    if changed:
        for name, value in values.items():
            setattr(user, name, value)
        user.revision += 1
        user.save()
        account_changed.send(sender=User, user=user, by=by, changed=changed)
    return user
